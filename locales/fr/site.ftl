# Lieux et salles, au bureau.
site-list = Lieux
site-list-lead = Où les séances ont lieu : lieux permanents et lieux d’un jour, avec leurs salles.
site-one = Fiche du lieu
site-new = Ajouter un lieu
site-edit = Modifier le lieu
site-search = Nom du lieu
site-none = Aucun lieu pour l’instant
site-none-text = Ajoutez le premier lieu : un cybercentre, une mairie, une médiathèque…
site-name = Nom
site-commune = Commune
site-commune-hint = Nom et code postal, par exemple « Frévent 62270 ».
site-address = Adresse
site-address-hint = Numéro et rue ; la commune suffit pour le reste.
site-coordinates = Position sur la carte
site-coordinates-hint = Latitude et longitude, par exemple 50.2763, 2.2866. Sans elles, le centre de la commune.
site-kind = Genre
site-regular = Lieu permanent
site-one-off = Lieu d’un jour
site-one-off-hint = Prêté pour une ou quelques séances.
site-rooms = Salles
site-seats = Places
site-phone = Téléphone
site-hours = Horaires
site-hours-of = Horaires du { $day }
site-hours-hint = Par exemple 9:00-12:00, 14:00-18:00. Rien : fermé. Tout vide : horaires inconnus.
site-accessibility = Accessibilité
site-access-note = Comment venir
site-access-note-hint = Entrée, étage, clé, où se garer. Les participants le lisent.
site-delete-text = Le lieu et ses salles disparaissent. S’il a déjà accueilli une séance, archivez-le plutôt.
site-room-name = Salle
site-room-new = Ajouter une salle
site-room-edit = Modifier la salle
site-room-none = Aucune salle pour l’instant. Une séance peut avoir lieu ici sans salle précise.
site-room-capacity = Participants au plus
site-room-capacity-hint = Sans compter le formateur.
site-room-equipment = Matériel
site-room-equipment-hint = Combien de chaque. Rien : il n’y en a pas.
site-room-delete-text = La salle disparaît. Si elle a déjà accueilli une séance, archivez-la plutôt.
site-refused-sessions-to-come = « { $name } » a encore { $count ->
    [one] une séance à venir
   *[other] { $count } séances à venir
}. Déplacez-les ou annulez-les d’abord.
site-refused-in-use = Des séances ont eu lieu à « { $name } » : on ne peut pas l’effacer. Archivez-le plutôt.
