# Documents imprimés.
document-page = Page

document-certificate-title = Attestation de présence
document-certificate-title-success = Attestation de réussite
document-certificate-title-employer = Copie pour l’employeur
document-certificate-meaning-attendance = Attestation de présence : elle dit les heures suivies, et non que le parcours a été suivi en entier.
document-certificate-meaning-path = Attestation de réussite : { $share } % des heures du parcours ont été suivies ; le programme en demande { $asked } %.
document-certificate-meaning-each = Attestation de réussite : au moins { $share } % de chaque séance du parcours ont été suivis ; le programme en demande { $asked } %.
document-certificate-meaning-employer = Cette copie dit les ateliers suivis, leurs dates et leurs durées. Elle ne dit ni niveau, ni résultat, ni réponse, ni absence.
document-certificate-cumulative = Depuis le début dans ce programme, toutes saisons confondues : { $hours }.
document-certificates-title = Attestations de présence
document-certificate-awarded-to = remise à
document-certificate-sentence = a suivi { $count ->
    [one] un atelier
   *[other] { $count } ateliers
  } du programme { $programme }, { $period }, pour une durée totale de { $hours }.
document-certificate-module = Atelier
document-certificate-dates = Dates
document-certificate-hours = Durée
document-certificate-total = Durée totale de présence
document-certificate-done-at = Fait à { $place }, le { $date }
document-certificate-signature = Signature et cachet
document-certificate-verify = Pour vérifier cette attestation, lisez le code ci-dessus avec un téléphone ou ouvrez cette adresse :
document-certificate-verify-alt = Code à lire avec un téléphone pour vérifier l’attestation { $code }
document-certificate-partners = Avec le soutien de { $partners }.

document-attendance-title = Feuille de présence : { $module }
document-attendance-site = Lieu
document-attendance-room = Salle
document-attendance-trainer = Animé par
document-attendance-season = Saison
document-attendance-person = Nom
document-attendance-trainer-signature = Signature de l’animateur
document-attendance-footer = Chaque personne signe pour chaque demi-journée où elle est présente.

document-questionnaire-several = Cochez tout ce qui convient.
document-questionnaire-single = Cochez une seule réponse.
document-questionnaire-give-back = Où rendre ce questionnaire
document-questionnaire-footer = Vos réponses servent seulement à vous proposer des ateliers qui vous conviennent.

document-pathway-title = Votre parcours
document-pathway-level = Votre niveau de départ :
document-pathway-contact = Une question ?
document-pathway-online = Lisez ce code avec un téléphone pour retrouver votre parcours et vous inscrire.
document-pathway-footer = Parcours établi le { $date } d’après vos réponses au questionnaire.

document-people-title = Personnes inscrites : { $module }
document-people-count = { $count ->
    [one] { $count } personne
   *[other] { $count } personnes
  }
document-people-nobody = Personne n’est inscrit pour le moment.
document-people-name = Nom
document-people-organisation = Structure
document-people-commune = Commune
document-people-phone = Téléphone
document-people-state = Inscription
document-people-footer = Document interne : à ne pas afficher. Liste au { $date }.

document-quiz-name = Nom
document-quiz-pairs = Écrivez dans chaque case la lettre de ce qui va avec.
document-quiz-true = Vrai
document-quiz-false = Faux
document-quiz-right = juste
document-quiz-corrected = Corrigé
document-quiz-between = de { $low } à { $high }
document-quiz-footer = Ce n’est pas un examen. Version { $revision } du quiz.

document-preparation-title = Préparation : { $module }
document-preparation-plan = Déroulement
document-preparation-room = La salle
document-preparation-people = Qui vient
document-preparation-nobody = Personne n’est inscrit pour le moment.
document-preparation-notes = Notes des séances précédentes
document-preparation-hours = Heure
document-preparation-part = Partie
document-preparation-what = Ce qui s’y passe
document-preparation-footer = Pour le formateur seul : à ne pas afficher ni laisser dans la salle.
document-debrief-title = Mon bilan
document-debrief-summary = { $sessions ->
    [one] { $season } : un atelier, { $hours }.
   *[other] { $season } : { $sessions } ateliers, { $hours }.
  }
document-debrief-did = Ce que j’ai fait, ce que j’utilise
document-debrief-next = Ce que j’ai décidé de faire
document-debrief-missing = Ce qui m’a manqué
document-debrief-online = Lisez ce code avec un téléphone pour retrouver votre espace.
document-debrief-footer = Bilan du { $date }.
