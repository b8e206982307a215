# Personnes et organisations.
people-refused-known = { $name } est déjà dans la liste, avec la même adresse ou le même téléphone.
people-refused-erased = Les données de cette personne ont été effacées. On ne peut plus les modifier.
people-refused-merged = Cette fiche a été réunie avec une autre. Ouvrez la fiche qui reste.
people-refused-same-record = C’est deux fois la même fiche. Choisissez une autre fiche.
