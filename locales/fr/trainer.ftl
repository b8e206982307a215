# Formateurs et prestataires, au bureau.
trainer-list = Formateurs
trainer-list-lead = Qui peut animer des séances, avec quels savoir-faire et à quels moments.
trainer-one = Fiche du formateur
trainer-new = Ajouter un formateur
trainer-edit = Modifier le formateur
trainer-search = Nom du formateur
trainer-none = Aucun formateur pour l’instant
trainer-none-text = Ajoutez la première personne qui animera des séances.
trainer-name = Nom
trainer-email = Adresse électronique
trainer-phone = Téléphone
trainer-commune = Commune de départ
trainer-commune-hint = D’où il ou elle vient, pour compter les trajets.
trainer-skills = Savoir-faire
trainer-skills-hint = Ils servent à proposer un formateur pour chaque atelier.
trainer-availability = Disponible en général
trainer-morning = matin
trainer-afternoon = après-midi
trainer-evening = soir
trainer-account = Compte pour se connecter
trainer-account-hint = Avec un compte, la personne voit ses séances et note les présences.
trainer-note = Note
trainer-note-hint = Pour l’équipe seulement.
trainer-delete-text = La fiche disparaît. Si la personne a déjà animé une séance, archivez-la plutôt.
trainer-provider = Prestataire
trainer-providers = Prestataires
trainer-providers-lead = Les entreprises et organismes qui envoient des formateurs.
trainer-provider-new = Ajouter un prestataire
trainer-provider-edit = Modifier le prestataire
trainer-provider-search = Nom du prestataire
trainer-provider-none = Aucun prestataire pour l’instant
trainer-provider-none-text = Un formateur peut aussi venir sans prestataire.
trainer-provider-empty = Aucun formateur.
trainer-provider-delete-text = La fiche du prestataire disparaît.
trainer-refused-provider-in-use = « { $name } » envoie encore des formateurs. Changez d’abord leur prestataire.
trainer-refused-in-use = « { $name } » a déjà animé des séances : on ne peut pas effacer sa fiche. Archivez-la plutôt.
trainer-refused-sessions-to-come = « { $name } » a encore { $count ->
    [one] une séance à animer
   *[other] { $count } séances à animer
}. Confiez-les d’abord à quelqu’un d’autre.
