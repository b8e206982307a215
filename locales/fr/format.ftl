# Mots communs à toutes les pages et à tous les documents.
format-list-and = et
format-list-or = ou
