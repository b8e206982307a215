# Words shared by all pages and documents.
format-list-and = and
format-list-or = or
