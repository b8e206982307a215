# Référents, au bureau.
referent-list = Référents
referent-list-lead = Les élus et agents qui relaient le programme dans leur territoire.
referent-one = Fiche du référent
referent-new = Ajouter un référent
referent-edit = Modifier le référent
referent-search = Nom du référent
referent-none = Aucun référent pour l’instant
referent-none-text = Ajoutez un élu et un agent dans chaque territoire.
referent-name = Nom
referent-kind = Qualité
referent-elected = Élu
referent-staff = Agent
referent-other = Autre
referent-organisation = Organisme
referent-organisation-hint = Mairie, intercommunalité, chambre…
referent-territory = Territoire
referent-commune = Commune
referent-email = Adresse électronique
referent-phone = Téléphone
referent-account = Compte pour se connecter
referent-account-hint = Avec un compte, la personne saisit des questionnaires et voit qui s’inscrit dans son territoire.
referent-note = Note
referent-delete-text = La fiche disparaît. Le compte, s’il y en a un, reste.

# L’espace du référent.
referent-home = Mon territoire
referent-home-lead = { $number ->
    [0] Personne de votre territoire n’est encore connu pour la saison « { $season } ».
    [one] { $number } personne de votre territoire, saison « { $season } ».
   *[other] { $number } personnes de votre territoire, saison « { $season } ».
}
referent-home-no-season = Il n’y a pas de saison en cours.
referent-home-none = Personne pour l’instant
referent-home-none-text = Distribuez le questionnaire, puis saisissez ici les feuilles remplies.
referent-enter = Saisir un questionnaire
referent-paper = Imprimer des questionnaires
referent-register = Inscrire quelqu’un
referent-search-people = Nom, entreprise ou commune
referent-level = Niveau
referent-no-path = Pas encore de parcours
referent-next = Prochaine séance
referent-seats = Places
referent-waiting = Attentes
referent-session = Séance
referent-known = Personne déjà connue
referent-known-hint = Ou laissez vide et écrivez ses coordonnées ci-dessous.
referent-new-hint = Une commune de votre territoire.
referent-registered = C’est fait, la personne a sa place.
referent-registered-waiting = La séance est complète : la personne est en liste d’attente, au rang { $rank }.
