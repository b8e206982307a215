# Le parcours personnel et les règles qui le composent.
pathway-title = Votre parcours
pathway-title-of = Le parcours de { $name }
pathway-level-0 = Vous débutez : nous commençons tranquillement, par les premiers gestes.
pathway-level-1 = Vous avez déjà les premières bases : nous les rendons solides, pas à pas.
pathway-level-2 = Vous êtes à l’aise : nous allons vers ce qui sert votre activité.
pathway-level-3 = Vous êtes très à l’aise : nous allons droit à vos projets.
pathway-intro = { $modules ->
    [one] Un atelier vous convient. Voici pourquoi, et quand il a lieu près de chez vous.
   *[other] { $modules } ateliers vous conviennent, dans cet ordre. Voici pourquoi, et quand ils ont lieu près de chez vous.
}
pathway-known-already = Nous vous connaissons déjà. Vos inscriptions et votre historique sont dans votre espace : le lien vous est envoyé par courriel si nous avons votre adresse.
pathway-plan-title = Un programme que vous pouvez suivre
pathway-plan-text = Les premières dates de chaque atelier vont ensemble : { $sessions } séances, sans chevauchement.
pathway-register-all = M’inscrire à toutes ces séances
pathway-register = M’inscrire
pathway-wait = Me mettre en liste d’attente
pathway-seats-left = { $seats ->
    [0] complet
    [one] { $seats } place libre
   *[other] { $seats } places libres
}
pathway-booked = Vous y êtes inscrit
pathway-full = Complet
pathway-full-wish = Les séances qui vous conviennent sont complètes. Votre souhait est noté : il compte pour en ouvrir d’autres.
pathway-absent-wish = Votre souhait est noté : il compte pour ouvrir une séance.
pathway-wish-kept = Souhait noté
pathway-missed-far = Les séances prévues sont trop loin de chez vous.
pathway-missed-time = Les séances prévues ne sont pas à vos heures.
pathway-missed-several = Aucune séance prévue ne convient à la fois à vos heures, à votre trajet et au reste de votre parcours.
pathway-missed-none = Aucune séance n’est prévue pour l’instant.
pathway-undated-before = Mieux vaut suivre d’abord, dès qu’une date existe : { $modules }.
pathway-why-here = dans votre commune
pathway-why-near = à { $km } de chez vous
pathway-why-morning = { $day } matin, où vous êtes libre
pathway-why-afternoon = { $day } après-midi, où vous êtes libre
pathway-why-evening = { $day } en soirée, où vous êtes libre
pathway-why-after = après « { $module } »
pathway-registered = Vous êtes inscrit à « { $module } ».
pathway-waiting = « { $module } » est complet : vous êtes en liste d’attente, au rang { $rank }.
pathway-not-registered = « { $module } » : { $why }
pathway-no-longer-proposed = Cette séance ne fait plus partie de votre parcours. Voici celles qui vous conviennent maintenant.
pathway-empty = Aucun atelier à proposer pour l’instant
pathway-empty-text = D’après vos réponses, vous savez déjà ce que nos ateliers apprennent. Regardez le catalogue, ou dites-nous ce qui vous manque.
pathway-own-wishes = Vos souhaits
pathway-own-wishes-text = Nous les avons notés. Nous vous répondrons.
pathway-print = Imprimer mon parcours
pathway-to-agenda = Voir tout l’agenda
pathway-ask = Une question ? { $contact }
pathway-sheet-intro = Les ateliers qui vous conviennent, dans l’ordre où les suivre, d’après vos réponses.
pathway-rules = Règles des parcours
pathway-rules-lead = Qui reçoit quel atelier, et pourquoi, dans la saison « { $season } ». Modifiez le texte, regardez ce que cela change pour chacun, puis appliquez.
pathway-rules-adopted-by = Appliquées par { $name } le { $date }.
pathway-rules-no-season = Il n’y a pas de saison en cours : les règles se règlent pour une saison.
pathway-rules-stale = D’autres règles ont été appliquées pendant que vous écriviez. Votre texte est ci-dessous ; rien n’a changé. Copiez-le, rechargez cette page et reprenez-le si besoin.
pathway-rules-faults = Ce texte ne peut pas être appliqué
pathway-rules-text = Texte des règles
pathway-rules-hint = Une règle : un atelier, une condition sur les réponses, une priorité, une raison en français et en anglais.
pathway-rules-adopted = { $number ->
    [0] Les règles sont appliquées.
    [one] Les règles sont appliquées, { $number } parcours refait.
   *[other] Les règles sont appliquées, { $number } parcours refaits.
}
pathway-preview = Voir ce que cela change
pathway-preview-title = Ce que ces règles changent
pathway-preview-number = { $changed } personnes sur { $people } auraient un autre parcours. Rien n’est encore changé.
pathway-preview-nothing = Rien ne change pour les { $people } personnes qui ont un parcours.
pathway-adopt = Appliquer ces règles
pathway-adopt-text = Tous les parcours seront refaits. Les inscriptions ne changent pas.
pathway-change-level = Niveau : { $from } → { $to }
pathway-change-added = En plus : { $modules }.
pathway-change-removed = En moins : { $modules }.
pathway-change-moved = { $module } passe de la place { $from } à la place { $to }.
pathway-change-reasons = Autre raison : { $modules }.
pathway-change-dates = Autres dates : { $modules }.
pathway-recompute-title = Refaire les parcours
pathway-recompute-text = Après avoir ajouté ou annulé des séances : les parcours sont refaits avec les dates d’aujourd’hui, et les souhaits comptés de nouveau.
pathway-recompute = Refaire tous les parcours
pathway-recomputed = { $number ->
    [0] Aucun parcours à refaire.
    [one] { $number } parcours refait.
   *[other] { $number } parcours refaits.
}
