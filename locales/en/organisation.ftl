# Firms and local authorities.
organisation-refused-known = { $name } is already on the list of organisations.
