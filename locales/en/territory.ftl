# Territories, at the desk.
territory-list = Territories
territory-list-lead = Your territories, made of communes, intercommunalities, départements or regions.
territory-one = The territory
territory-new = Compose a territory
territory-edit = Edit the territory
territory-none = No territory yet
territory-none-text = Compose the first: a programme runs in a territory.
territory-name = Name
territory-note = Note
territory-communes = Communes
territory-population = Inhabitants
territory-parts = Made of
territory-parts-hint = What is ticked makes the territory. Untick to take away.
territory-parts-none = Search below, then tick what fits.
territory-commune = commune
territory-epci = intercommunality
territory-departement = département
territory-region = region
territory-part = { $name } ({ $kind }): { $communes ->
    [one] one commune
   *[other] { $communes } communes
}, { $population } inhabitants
territory-part-unknown = { $code }: this code exists no longer
territory-map = Map of the communes: { $name }
territory-commune-names = Its communes
territory-delete-text = The territory disappears. Its communes stay known.
territory-refused-in-use = “{ $name }” is used by a programme, a referent or a role: it cannot be deleted.
