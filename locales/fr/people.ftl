# Personnes et organisations.
people-refused-known = { $name } est déjà dans la liste, avec la même adresse ou le même téléphone.
people-refused-erased = Les données de cette personne ont été effacées. On ne peut plus les modifier.
people-refused-merged = Cette fiche a été réunie avec une autre. Ouvrez la fiche qui reste.
people-refused-same-record = C’est deux fois la même fiche. Choisissez une autre fiche.

people-title = Personnes
people-count = { $n ->
    [0] Personne pour le moment
    [one] Une personne
   *[other] { $n } personnes
}
people-search = Nom, entreprise, courriel ou téléphone
people-profile = Profil
people-filter = Chercher
people-filter-none = Tout afficher
people-reach = Coordonnées
people-seats = Inscriptions
people-new = Nouvelle personne
people-none = Personne dans la liste
people-none-text = Les personnes arrivent ici dès qu’elles s’inscrivent, remplissent le questionnaire ou que vous les saisissez.
people-none-found = Personne ne correspond
people-none-found-text = Essayez avec moins de mots, ou retirez un filtre.
people-organisations = Organisations
people-organisation-count = { $n ->
    [0] Aucune organisation pour le moment
    [one] Une organisation
   *[other] { $n } organisations
}
people-organisation-search = Nom, SIRET, courriel ou téléphone
people-organisation-new = Nouvelle organisation
people-organisation-none = Aucune organisation dans la liste
people-organisation-none-text = Les entreprises et collectivités arrivent ici avec les personnes qui y travaillent, ou quand vous les saisissez.
people-organisation-none-found = Aucune organisation ne correspond
people-organisation-edit-title = Modifier l’organisation
people-organisation-empty = Personne n’est rattaché à cette organisation.
people-organisation-created = L’organisation est enregistrée.
people-organisation-saved = Les changements sont enregistrés.
people-edit = Modifier
people-edit-title = Modifier la fiche
people-invite = Inscrire à une séance
people-since = Venu par : { $origin }. Fiche créée le
people-unknown = Non renseigné
people-name-hint = Prénom et nom
people-note-hint = Pour l’équipe. La personne peut demander à la lire.
people-organisation-field = Entreprise, exploitation ou collectivité
people-organisation-hint = Si elle est déjà connue dans cette commune, elle sera retrouvée.
people-language = Langue des courriels
people-language-fr = Français
people-language-en = Anglais
people-save = Enregistrer
people-created = La personne est enregistrée.
people-saved = Les changements sont enregistrés.
people-look-for = Chercher cette personne dans la liste
people-stale = Quelqu’un d’autre vient de modifier cette fiche
people-stale-text = Voici ce qui est enregistré maintenant. Votre saisie est restée dans le formulaire : si vous l’enregistrez, elle remplacera ce qui suit.
people-was-merged = Cette fiche a été réunie avec une autre.
people-open-kept = Ouvrir la fiche qui reste
people-erased-name = Personne effacée
people-erased-organisation = Organisation effacée
people-page-seats = Séances
people-page-no-seats = Aucune inscription pour le moment.
people-hours = Temps réellement suivi :
people-page-certificates = Attestations
people-page-responses = Questionnaires
people-response-done = terminé
people-response-begun = commencé
people-page-wishes = Souhaits
people-page-letters = Courriels
people-letter-queued = à envoyer
people-letter-sent = envoyé
people-letter-failed = non parti
people-letter-dropped = abandonné
people-page-story = Ce qui s’est passé
people-page-data = Données personnelles
people-page-data-text = Toute personne peut recevoir ses données ou demander leur effacement.
people-export = Télécharger ses données
people-erase = Effacer
people-erase-title = Effacer les données de { $name }
people-erase-sure = Cet effacement est définitif
people-erase-what = Le nom, les coordonnées, les notes, les réponses aux questionnaires et le texte des courriels disparaissent, partout.
people-erase-kept = Restent, sans nom : les séances suivies, les heures, la commune et le secteur, pour les bilans.
people-erase-coming = { $n ->
    [one] Une place à venir sera rendue.
   *[other] { $n } places à venir seront rendues.
}
people-erase-yes = Effacer définitivement
people-erased = Les données de cette personne sont effacées.
people-duplicates = Doublons
people-duplicates-title = Fiches peut-être en double
people-duplicates-intro = { $n ->
    [one] Une paire à regarder.
   *[other] { $n } paires à regarder, les plus probables d’abord.
}
people-duplicates-none = Aucun doublon en vue
people-duplicates-none-text = Les fiches qui se ressemblent apparaîtront ici.
people-back-to-list = Revenir à la liste
people-compare = Comparer et réunir
people-are-two = Ce sont bien deux fiches différentes
people-kept-apart = C’est noté : cette paire ne sera plus proposée.
people-reason-same-registration = même numéro officiel
people-reason-same-email = même courriel
people-reason-same-phone = même téléphone
people-reason-same-name = même nom dans la même commune
people-reason-close-name = nom très proche dans la même commune
people-merge-title = Réunir deux fiches
people-merge-intro = La fiche « { $kept } » reste. Tout ce qui appartient à « { $gone } » la rejoint.
people-merge-swap = Garder plutôt l’autre fiche
people-merge-kept = Fiche qui reste
people-merge-gone = Fiche qui disparaît
people-merge-take = Choix
people-merge-take-this = Prendre celle de la fiche qui disparaît ({ $field })
people-merge-same = Identique
people-merge-moves = Ce qui rejoint la fiche qui reste
people-moves-enrolment = Inscriptions
people-moves-attendance = Présences
people-moves-operation = Présences notées, signatures
people-moves-response = Questionnaires
people-moves-pathway = Parcours
people-moves-wish = Souhaits
people-moves-debrief = Bilans
people-moves-certificate = Attestations
people-moves-level-test = Tests de niveau
people-moves-quiz = Réponses aux quiz
people-moves-mail = Courriels
people-moves-person = Personnes
people-merge-clashes = Séances où les deux sont inscrites
people-merge-clashes-text = Une seule des deux inscriptions peut rester : la meilleure. L’autre place va à la personne suivante.
people-merge-clash = reste : { $remains } ; prend fin : { $ends }
people-merge-undo = Les deux fiches d’avant restent lisibles dans le journal.
people-merge-yes = Réunir les deux fiches
people-merged = Les deux fiches n’en font plus qu’une.
people-merge-stale = L’une des deux fiches vient d’être modifiée. Regardez de nouveau avant de les réunir.
people-refused-separate = Cette réunion ne peut plus être annulée : une des deux fiches a été modifiée depuis, ou effacée. Créez plutôt une nouvelle fiche.
people-separate = Annuler la dernière réunion
people-separate-title = Annuler la réunion de deux fiches
people-separate-sure = « { $kept } » et « { $gone } » redeviennent deux fiches, telles qu’elles étaient.
people-separate-when = Elles ont été réunies le
people-separate-back = Reviennent à la fiche qui avait disparu :
people-separate-since = Ce qui est arrivé depuis la réunion reste à la fiche actuelle.
people-separate-ended = { $n ->
    [one] Une inscription en double a pris fin lors de la réunion. Elle reste terminée : réinscrivez la personne si besoin.
   *[other] { $n } inscriptions en double ont pris fin lors de la réunion. Elles restent terminées : réinscrivez la personne si besoin.
}
people-separate-yes = Séparer les deux fiches
people-separated = Les deux fiches sont de nouveau séparées.
