# Import de fichiers : ce qui ne va pas, dit simplement.
spreadsheet-too-big = Ce fichier est trop lourd : { $megabytes } Mo au plus. Découpez-le en plusieurs fichiers.
spreadsheet-too-many-rows = Ce fichier a plus de { $most } lignes. Découpez-le en plusieurs fichiers.
spreadsheet-too-many-columns = Ce fichier a plus de { $most } colonnes. Gardez seulement celles qui servent.
spreadsheet-empty = Ce fichier ne contient aucune ligne sous les titres des colonnes.
spreadsheet-doubled-header = Deux colonnes portent le même titre : « { $header } ». Renommez l’une des deux.
spreadsheet-unreadable = Ce fichier ne peut pas être lu. Enregistrez-le en CSV ou en Excel (.xlsx) puis envoyez-le de nouveau.
spreadsheet-line-too-many-cells = Ligne { $line } : il y a plus de cases que de titres de colonnes.
spreadsheet-line-cell-too-long = Ligne { $line } : la case « { $header } » dépasse { $most } caractères.
spreadsheet-line-broken-formula = Ligne { $line } : la formule de la case « { $header } » donne une erreur.
