# Entreprises et collectivités.
organisation-refused-known = { $name } est déjà dans la liste des organisations.
