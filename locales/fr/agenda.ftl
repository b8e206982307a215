# L’agenda public : recherche, liste et flux.
agenda-title = Agenda des ateliers
agenda-commune = Près de quelle commune ?
agenda-around = À quelle distance ?
agenda-km = jusqu’à { $km } km
agenda-km-any = peu importe la distance
agenda-theme = Thème
agenda-theme-any = Tous les thèmes
agenda-search = Chercher
agenda-more = Plus de choix : date, horaire, mots
agenda-words = Mots cherchés
agenda-audience = Ouvert à
agenda-audience-any = Tous les publics
agenda-track = Série
agenda-track-any = Toutes les séries
agenda-from = À partir du
agenda-until = Jusqu’au
agenda-moment = À quel moment ?
agenda-moment-matin = Matin
agenda-moment-apres-midi = Après-midi
agenda-moment-soir = Soir
agenda-moment-samedi = Samedi
agenda-free = Seulement s’il reste des places
agenda-reset = Tout effacer
agenda-unknown-commune = Nous ne trouvons pas la commune « { $commune } ». Voici toutes les séances. Essayez avec le code postal, ou le nom complet.
agenda-passed-over = Une partie de votre recherche n’a pas été comprise et n’a pas été prise en compte.
agenda-found = { $n ->
    [0] Aucune séance trouvée.
    [one] Une séance trouvée.
   *[other] { $n } séances trouvées.
}
agenda-found-near = { $n ->
    [0] Aucune séance trouvée près de { $commune }.
    [one] Une séance trouvée près de { $commune }.
   *[other] { $n } séances trouvées près de { $commune }.
}
agenda-by-date = Classer par date
agenda-by-distance = Classer par distance
agenda-distance = à { $distance }
agenda-reserved = Réservé : { $audience }
agenda-left = { $n ->
    [one] Reste 1 place
   *[other] Reste { $n } places
}
agenda-full = { $waiting ->
    [0] Complet, liste d’attente ouverte
    [one] Complet, 1 personne en attente
   *[other] Complet, { $waiting } personnes en attente
}
agenda-opens = Ouvre à { $least } : encore { $missing }
agenda-cancelled = Annulée
agenda-over = Passée
agenda-none = Aucune séance ne correspond
agenda-none-text = Élargissez la distance ou retirez un choix. Vous pouvez aussi nous dire ce qu’il vous faudrait : nous ouvrons des séances selon les besoins.
agenda-none-action = Dire ce qu’il me faudrait
agenda-ics = Suivre cette liste dans mon agenda (iCalendar)
agenda-atom = Flux d’actualité (Atom)
agenda-feed = { $programme } : ateliers à venir
agenda-feed-near = { $programme } : ateliers près de { $commune }
