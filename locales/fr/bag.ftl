# La valise : ce que l’on emporte de son parcours.
bag-title = La valise numérique de { $person }
bag-made = Préparée le { $day }.
bag-sum = { $count ->
    [one] Une séance suivie, { $time } en tout.
   *[other] { $count } séances suivies, { $time } en tout.
}
bag-empty = Aucune séance suivie pour l’instant. Revenez après votre première séance.
bag-contents = Dans cette valise
bag-papers = À imprimer, à garder
bag-print = Tout sur une page, à imprimer
bag-book = Le livre, pour une liseuse ou un téléphone
bag-home = Retour au début
bag-trainer = Avec { $name }.
bag-aims = Ce que vous savez faire maintenant
bag-parts = Ce que nous avons fait
bag-quiz = Le questionnaire corrigé
bag-right = Bonne réponse :
bag-own = Votre réponse :
bag-next = Et après
bag-next-text = Votre parcours continue avec ces ateliers :
bag-addresses = Adresses et aide
bag-people = Qui peut vous aider
bag-places = Où venir
bag-group = Les valises du groupe
bag-contact-programme = Pour toute question sur le programme
bag-certificate = Votre attestation
bag-own-title = Ma valise numérique
bag-own-text = Tout ce que vous avez suivi, à garder chez vous : il s’ouvre sans internet, même sur un vieil ordinateur.
bag-folder = Le dossier à mettre sur une clé USB
bag-folder-text = Téléchargez-le, ouvrez-le, copiez le dossier sur la clé, puis ouvrez « index ».
bag-of-person = La valise de cette personne
bag-of-season = Les valises de la saison, dans un dossier
bag-refused-none = Personne n’a encore suivi de séance : il n’y a pas de valise à préparer.
bag-readme = Ouvrez le fichier « index » (ou index.html) d’un double clic : votre valise s’affiche dans le navigateur, sans internet.
    Le fichier qui finit par .epub est le même contenu pour une liseuse ou un téléphone.
    Le fichier a-imprimer.html contient tout, prêt à imprimer.
