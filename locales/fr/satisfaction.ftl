satisfaction-list = Avis sur les ateliers
satisfaction-list-lead = Ce que les participants en pensent, sans leur nom : { $season }. Les réponses s’ouvrent à partir de cinq.
satisfaction-search = Atelier, lieu ou animateur
satisfaction-session = Atelier
satisfaction-day = Jour
satisfaction-site = Lieu
satisfaction-trainer = Animateur
satisfaction-attended = Présents
satisfaction-answered = Réponses
satisfaction-mean = Note moyenne sur 5
satisfaction-few = Moins de 5 réponses
satisfaction-season = Avis sur la saison
satisfaction-none = Pas encore d’atelier passé
satisfaction-none-text = Les ateliers apparaissent ici une fois les présences relevées.
satisfaction-of = Avis : { $title }
satisfaction-count = { $answered ->
    [0] Aucune réponse pour { $attended } personnes présentes.
    [one] Une réponse pour { $attended } personnes présentes.
   *[other] { $answered } réponses pour { $attended } personnes présentes.
  }
satisfaction-ask = Demander l’avis par courriel
satisfaction-ask-hint = Chaque personne présente qui a une adresse reçoit un lien, une seule fois. Les autres le trouvent dans leur espace.
satisfaction-asked = { $letters ->
    [0] Toutes les personnes qui ont une adresse ont déjà reçu la lettre.
    [one] Une lettre est prête à partir.
   *[other] { $letters } lettres sont prêtes à partir.
  }
satisfaction-closed = Les réponses restent fermées tant qu’il y en a moins de cinq : personne ne doit pouvoir être reconnu.
satisfaction-mean-of = En moyenne : { $mean } sur 5
satisfaction-step = Réponse
satisfaction-people = Personnes
satisfaction-comments = Ce qui a été écrit
satisfaction-comments-order = Dans l’ordre alphabétique, pour ne rien dire de qui a écrit.
satisfaction-no-comment = Personne n’a écrit de commentaire.
satisfaction-anonymous = Votre réponse est gardée sans votre nom et sans la date. On ne la montre qu’à partir de cinq réponses.
satisfaction-send = Envoyer mon avis
satisfaction-thanks = Merci ! Votre avis est gardé, sans votre nom.
satisfaction-spent = Ce lien a déjà servi : chaque personne répond une fois. Merci !
satisfaction-agenda = Voir les prochains ateliers
satisfaction-own = Votre avis
satisfaction-own-link = Donner mon avis : { $title }
satisfaction-refused-early = Attendez la fin pour demander l’avis.
