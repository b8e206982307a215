# Inscriptions : règles, décisions, pages à un clic, gestes du bureau.
enrolment-refused-started = La séance a déjà commencé : on ne peut plus s’y inscrire ni changer son inscription ici.
enrolment-refused-held = La séance a eu lieu.
enrolment-refused-cancelled = La séance est annulée.
enrolment-refused-already-enrolled = Cette personne est déjà inscrite à cette séance.
enrolment-refused-reserved = { $audiences ->
    [farmers] Cet atelier est réservé aux personnes qui dirigent une exploitation agricole.
    [elected-or-staff] Cet atelier est réservé aux élus et aux agents des collectivités.
   *[other] Cet atelier est réservé à un autre public.
}
enrolment-refused-clash = Cette personne est déjà inscrite à une autre séance à la même heure.
enrolment-refused-no-seat-free = { $capacity ->
    [one] La seule place est prise.
   *[other] Les { $capacity } places sont prises.
}
enrolment-refused-too-late-to-offer = La séance commence trop tôt pour attendre une réponse : appelez la personne.
enrolment-refused-unknown = Cette inscription n’existe pas dans cette séance.
enrolment-refused-not-active = Cette inscription est déjà terminée.
enrolment-refused-no-offer = Aucune place n’est proposée à cette personne en ce moment.
enrolment-refused-offer-over = Le délai pour répondre est passé : la place a été proposée à la personne suivante.
enrolment-refused-seats-taken = { $must-leave ->
    [one] Plus de personnes ont une place que ce nouveau nombre : il faudrait d’abord qu’une personne se retire.
   *[other] Plus de personnes ont une place que ce nouveau nombre : il faudrait d’abord que { $must-leave } personnes se retirent.
}
enrolment-refused-bad-size = Le nombre pour ouvrir doit être compris entre 1 et le nombre de places.
enrolment-refused-no-email = Cette personne n’a pas d’adresse électronique : inscrivez-la directement, ou appelez-la.
enrolment-wait-full = { $capacity ->
    [one] La seule place est prise ou gardée pour quelqu’un.
   *[other] Les { $capacity } places sont prises ou gardées pour quelqu’un.
}
enrolment-wait-others-first = { $ahead ->
    [one] Une personne attendait déjà : elle passe avant.
   *[other] { $ahead } personnes attendaient déjà : elles passent avant.
}
enrolment-advice-take-first = Il est conseillé de suivre d’abord : { $modules }.
enrolment-done-placed = { $name } a une place.
enrolment-done-waiting = { $name } est sur la liste d’attente, au rang { $rank }. { $why }
enrolment-done-refused = { $name } n’est pas inscrit : { $why }
enrolment-done-by-hand = La place est donnée.
enrolment-done-withdrawn = L’inscription est retirée. Si quelqu’un attendait, la place lui est proposée.
enrolment-done-moved = La personne a une place à la nouvelle date.
enrolment-done-moved-waiting = La personne attend à la nouvelle date, au rang { $rank }.
enrolment-done-accepted = La place est prise.
enrolment-done-declined = La place est laissée à la personne suivante.
enrolment-done-invited = L’invitation est envoyée.
enrolment-done-phoned = C’est noté : la personne est prévenue.
enrolment-register = Inscrire quelqu’un
enrolment-register-lead = Cherchez d’abord la personne : nom, téléphone ou entreprise. Si elle n’est pas connue, remplissez la fiche plus bas.
enrolment-register-search = Nom, téléphone ou entreprise
enrolment-register-found = Personnes trouvées
enrolment-register-nobody = Personne ne correspond. Remplissez la fiche ci-dessous.
enrolment-register-new = Une ou plusieurs personnes nouvelles
enrolment-register-new-lead = Plusieurs personnes d’une même entreprise : une ligne par personne.
enrolment-register-send = Inscrire
enrolment-register-by-hand = Donner une place malgré l’attente
enrolment-register-invite = Inviter par courriel
enrolment-person = Personne { $n }
enrolment-name = Nom et prénom
enrolment-email = Adresse électronique
enrolment-phone = Téléphone
enrolment-commune = Commune
enrolment-commune-hint = Nom de la commune, avec le code postal si besoin.
enrolment-organisation = Entreprise, exploitation ou collectivité
enrolment-status = Situation
enrolment-stage-placed = A une place
enrolment-stage-offered = Place proposée jusqu’au { $until }
enrolment-stage-waiting = En attente, rang { $rank }
enrolment-stage-withdrawn = Retirée
enrolment-stage-lapsed = Proposition passée
enrolment-stage-cancelled = Annulée
enrolment-withdraw = Retirer
enrolment-withdraw-question = Retirer l’inscription de { $name } ?
enrolment-withdraw-text = La personne reçoit un courriel et la séance disparaît de son agenda. Si quelqu’un attend, la place lui est proposée.
enrolment-move = Changer de date
enrolment-move-title = Une autre date pour { $name }
enrolment-move-lead = La personne garde sa place actuelle tant qu’elle n’en a pas une autre.
enrolment-move-here = Choisir cette date
enrolment-move-none = Aucune autre date de cet atelier
enrolment-move-none-text = Créez une autre séance, ou gardez la personne ici.
enrolment-accept-for = A dit oui
enrolment-decline-for = A dit non
enrolment-place = Donner une place
enrolment-key-withdraw = Se désinscrire
enrolment-key-withdraw-text = { $name }, vous êtes inscrit à cet atelier. Vous ne pouvez plus venir ? Un clic suffit : quelqu’un d’autre pourra prendre la place.
enrolment-key-withdraw-yes = Je me désinscris
enrolment-key-accept = Une place pour vous
enrolment-key-accept-text = { $name }, une place s’est libérée. Elle est gardée pour vous jusqu’au { $until }.
enrolment-key-accept-yes = Je prends la place
enrolment-key-decline = Laisser la place
enrolment-key-decline-text = { $name }, une place s’est libérée pour vous. Si vous ne pouvez pas venir, laissez-la à la personne suivante.
enrolment-key-decline-yes = Je laisse la place
enrolment-key-invited = Vous êtes invité
enrolment-key-invited-text = { $name }, une place à cet atelier vous est proposée. Un clic suffit pour vous inscrire.
enrolment-key-invited-yes = Je m’inscris
enrolment-key-over = Il n’y a plus rien à faire ici
enrolment-key-over-text = Votre inscription : { $stage }.
enrolment-key-agenda = Voir les autres dates
enrolment-letter-placed = Place confirmée
enrolment-letter-waiting = Liste d’attente
enrolment-letter-seat-offered = Une place est proposée
enrolment-letter-offer-lapsed = La proposition est passée
enrolment-letter-taken-back = La proposition est retirée
enrolment-letter-withdrawn = Inscription retirée
enrolment-letter-cancelled = Séance annulée
enrolment-letter-session-changed = Changement de date ou de lieu
enrolment-letter-group-confirmed = La séance aura lieu
enrolment-letter-reminder = Rappel
