# Messages envoyés aux personnes. Court, simple, aimable : ce qui se passe, puis ce qu’il y a à faire.
mail-greeting = Bonjour { $name },
mail-greeting-nameless = Bonjour,
mail-closing = À bientôt,
mail-contact = Une question ? { $contact }
mail-footer = Ce message vous est envoyé par { $programme }.
mail-instant = { $date } à { $time }

mail-fact-module = Atelier
mail-fact-when = Quand
mail-fact-place = Où
mail-fact-room = Salle
mail-fact-bring = À apporter

mail-agenda-label = Voir les autres dates
mail-session-label = Revoir les détails de l’atelier
mail-calendar-adds = Le fichier joint ajoute l’atelier à votre agenda, si vous en utilisez un.
mail-calendar-updates = Le fichier joint met votre agenda à jour, si vous en utilisez un.
mail-calendar-removes = Le fichier joint retire l’atelier de votre agenda, si vous en utilisez un.
mail-withdraw = Un empêchement ? Prévenez-nous d’un clic : votre place servira à quelqu’un d’autre.
mail-withdraw-label = Je ne peux plus venir

mail-placed-subject = Votre place est réservée : { $module }, { $date }
mail-placed-intro = Votre inscription est enregistrée, votre place est réservée. Vous n’avez rien d’autre à faire.
mail-placed-missing = { $missing ->
    [one] L’atelier s’ouvrira dès qu’une personne de plus sera inscrite. Nous vous écrirons à ce moment-là.
   *[other] L’atelier s’ouvrira dès que { $missing } personnes de plus seront inscrites. Nous vous écrirons à ce moment-là.
  }

mail-waiting-subject = Liste d’attente : { $module }, { $date }
mail-waiting-intro = { $rank ->
    [1] Vous êtes sur la liste d’attente de cet atelier, au rang 1 : vous êtes en tête.
   *[other] Vous êtes sur la liste d’attente de cet atelier, au rang { $rank }.
  }
mail-waiting-next = Dès qu’une place se libère pour vous, nous vous la proposons par message. Si vous le pouvez, gardez la date.
mail-waiting-withdraw = Cette date ne vous intéresse plus ?
mail-waiting-withdraw-label = Retirer mon nom de la liste

mail-offer-subject = Une place s’est libérée : { $module }, { $date }
mail-offer-intro = Bonne nouvelle : une place s’est libérée. Nous vous la gardons jusqu’au { $until }.
mail-proposal-subject = Une place pour vous : { $module }, { $date }
mail-proposal-intro = Cette séance fait partie de votre parcours, et nous l’avons prévue en tenant compte de vos disponibilités. Une place vous est gardée jusqu’au { $until } : dites-nous si vous venez.
mail-proposal-next = Sans réponse de votre part avant cette date, la place sera proposée à quelqu’un d’autre.
mail-offer-accept = Je prends la place
mail-offer-next = Sans réponse de votre part avant cette date, la place sera proposée à la personne suivante.
mail-offer-decline = Je laisse la place

mail-lapsed-subject = Place proposée à quelqu’un d’autre : { $module }, { $date }
mail-lapsed-intro = Nous vous gardions une place. Nous n’avons pas eu votre réponse à temps, elle a donc été proposée à la personne suivante.
mail-taken-back-subject = Proposition retirée : { $module }, { $date }
mail-taken-back-intro = Nous vous gardions une place, mais nous devons revoir notre calendrier : cette proposition n’est plus valable. Nous en sommes désolés.
mail-lapsed-next = Ce n’est pas grave : vous pouvez vous inscrire de nouveau ou choisir une autre date.

mail-changed-subject = Changement : { $module }, { $date }
mail-changed-intro = Il y a un changement pour votre atelier :
mail-changed-now = Voici donc votre rendez-vous :
mail-changed-withdraw = Cela ne vous convient plus ? Prévenez-nous d’un clic, nous vous proposerons d’autres dates.
mail-change = { $label } : { $new } (et non plus { $old })
mail-change-new = { $label } : { $new }
mail-change-when = Date
mail-change-place = Lieu
mail-change-room = Salle
mail-change-trainer = Animation
mail-change-module = Atelier

mail-cancelled-subject = Annulé : { $module }, { $date }
mail-cancelled-intro = Nous devons annuler cet atelier. Nous en sommes désolés.
mail-cancelled-reason = La raison : { $reason }
mail-cancelled-alternatives = Vous pouvez venir à une autre date :

mail-reminder-subject = Rappel : { $module }, { $date }
mail-reminder-intro = Votre atelier approche. Nous vous attendons :

mail-group-subject = C’est confirmé : { $module }, { $date }
mail-group-intro = Bonne nouvelle : assez de personnes se sont inscrites, l’atelier a bien lieu.

mail-withdrawn-subject = C’est noté, vous ne venez plus : { $module }, { $date }
mail-withdrawn-intro = C’est noté : vous n’êtes plus inscrit à cet atelier. Merci de nous avoir prévenus.

mail-invitation-subject = Une place pour vous : { $module }, { $date }
mail-invitation-intro = { $by } vous propose une place dans cet atelier gratuit :
mail-invitation-until = Nous vous gardons cette place jusqu’au { $until }.
mail-invitation-accept = Je prends la place
mail-invitation-else = Si cet atelier ne vous intéresse pas, vous n’avez rien à faire.

mail-code-subject = { $code } : votre code
mail-code-intro = { $minutes ->
    [one] Voici le code à recopier sur le site. Il est valable une minute.
   *[other] Voici le code à recopier sur le site. Il est valable { $minutes } minutes.
  }
mail-code-ignore = Vous n’avez rien demandé ? Ne donnez ce code à personne et oubliez ce message.

mail-link-subject = Votre lien pour entrer
mail-link-intro = { $minutes ->
    [one] Voici le lien que vous avez demandé. Il est valable une minute et ne sert qu’une fois.
   *[other] Voici le lien que vous avez demandé. Il est valable { $minutes } minutes et ne sert qu’une fois.
  }
mail-link-label = Entrer sur le site
mail-link-ignore = Vous n’avez rien demandé ? Oubliez simplement ce message.

mail-resume-subject = Reprendre votre questionnaire
mail-resume-intro = Vos réponses sont gardées. Reprenez où vous en étiez, quand vous voulez et sur l’appareil de votre choix.
mail-resume-label = Reprendre le questionnaire
mail-level-test-subject = Reprendre votre test de niveau
mail-level-test-intro = Vos réponses sont gardées. Reprenez le test où vous en étiez, quand vous voulez : il n’y a pas de temps limité.
mail-level-test-label = Reprendre le test
mail-resume-next = Gardez ce message : le lien est personnel.

mail-pathway-subject = Votre parcours est prêt
mail-pathway-intro = { $steps ->
    [0] Merci pour vos réponses. Votre parcours est prêt.
    [one] Merci pour vos réponses. Nous vous proposons un atelier, avec les dates près de chez vous.
   *[other] Merci pour vos réponses. Nous vous proposons { $steps } ateliers, dans l’ordre, avec les dates près de chez vous.
  }
mail-pathway-label = Voir mon parcours
mail-pathway-next = Vous y trouverez aussi pourquoi chaque atelier vous est proposé. Il ne reste qu’à choisir vos dates.

mail-certificate-subject = Votre attestation de présence est prête
mail-certificate-intro = Vous avez suivi { $hours } d’ateliers, bravo ! Votre attestation est prête.
mail-certificate-label = Ouvrir mon attestation
mail-certificate-next = Vous pouvez l’imprimer ou l’envoyer. Le code qui y figure permet à chacun de la vérifier.

mail-wish-subject = Réponse à votre souhait
mail-wish-intro = Vous nous aviez écrit : « { $wish } »
mail-wish-sessions = Ces dates peuvent vous convenir :

mail-staff-subject = Votre accès à { $programme }
mail-staff-intro = Un accès vous est ouvert. Votre rôle : { $role }.
mail-staff-next = { $hours ->
    [one] Choisissez votre mot de passe avec le lien ci-dessous. Il est valable une heure.
   *[other] Choisissez votre mot de passe avec le lien ci-dessous. Il est valable { $hours } heures.
  }
mail-staff-label = Choisir mon mot de passe

mail-confirm-subject = Est-ce bien vous ? Votre nouveau parcours attend
mail-confirm-intro = Un questionnaire vient d’être rempli à votre nom et avec votre adresse. Vous avez déjà un parcours. Si c’est bien vous, confirmez : le nouveau parcours remplacera l’ancien.
mail-confirm-label = Oui, c’est moi
mail-confirm-next = Si ce n’est pas vous, ne faites rien : votre parcours reste tel qu’il est.

mail-quiz-subject = Le quiz de votre atelier : { $module }
mail-quiz-intro = Merci d’avoir suivi l’atelier « { $module } » du { $date }. Quelques questions vous attendent pour faire le point, avec la correction tout de suite après.
mail-quiz-label = Répondre au quiz
mail-quiz-next = Cela prend cinq minutes. Ce n’est pas un examen.
mail-debrief-subject = Votre bilan, à garder
mail-debrief-intro = Merci pour ce moment passé à faire le point. Voici l’essentiel.
mail-debrief-did = Vos ateliers
mail-debrief-hours = Temps passé
mail-debrief-next = Ce que vous avez décidé de faire :
mail-debrief-page = La page complète est dans votre espace ; vous pouvez l’imprimer.
mail-debrief-label = Ouvrir mon espace

mail-missing-subject = Vous nous l’aviez demandé : { $title }
mail-missing-intro = Vous nous aviez dit qu’il vous manquait ceci : « { $title } ». Voici ce que cela devient.
mail-missing-taken-up = Bonne nouvelle : ce sujet est retenu pour les prochains ateliers.
mail-missing-declined = Nous ne pourrons pas proposer d’atelier sur ce sujet pour le moment.

mail-satisfaction-subject = Votre avis en deux minutes : { $title }
mail-satisfaction-intro = Vous avez participé : { $title }. Qu’en avez-vous pensé ?
mail-satisfaction-anonymous = Six questions, sans votre nom : personne ne saura que la réponse vient de vous. Le lien sert une seule fois.
mail-satisfaction-label = Donner mon avis
