# Territoires, au bureau.
territory-list = Territoires
territory-list-lead = Vos territoires, faits de communes, d’intercommunalités, de départements ou de régions.
territory-one = Fiche du territoire
territory-new = Composer un territoire
territory-edit = Modifier le territoire
territory-none = Aucun territoire pour l’instant
territory-none-text = Composez le premier : un programme se tient dans un territoire.
territory-name = Nom
territory-note = Note
territory-communes = Communes
territory-population = Habitants
territory-parts = Fait de
territory-parts-hint = Ce qui est coché fait le territoire. Décochez pour retirer.
territory-parts-none = Cherchez ci-dessous, puis cochez ce qui convient.
territory-commune = commune
territory-epci = intercommunalité
territory-departement = département
territory-region = région
territory-part = { $name } ({ $kind }) : { $communes ->
    [one] une commune
   *[other] { $communes } communes
}, { $population } habitants
territory-part-unknown = { $code } : ce code n’existe plus
territory-map = Carte des communes : { $name }
territory-commune-names = Ses communes
territory-delete-text = Le territoire disparaît. Les communes, elles, restent connues.
territory-refused-in-use = « { $name } » sert à un programme, à un référent ou à un rôle : on ne peut pas l’effacer.
