# Ce que l’API dit, en plus des erreurs ordinaires.
api-not-an-instant = « { $field } » doit être un jour (2026-11-22) ou un instant (2026-11-22T18:00:00Z).
api-not-a-cursor = Ce curseur n’est pas l’un des nôtres : reprenez la valeur de « next » telle quelle.
api-bad-key = La clé Idempotency-Key doit compter de 1 à 200 caractères visibles.
api-key-reused = Cette clé a déjà servi pour une autre demande : choisissez-en une nouvelle.
