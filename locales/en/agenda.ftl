# The public agenda: search, list and feeds.
agenda-title = Workshop calendar
agenda-commune = Near which town or village?
agenda-around = How far away?
agenda-km = up to { $km } km
agenda-km-any = any distance
agenda-theme = Theme
agenda-theme-any = All themes
agenda-search = Search
agenda-more = More choices: date, time of day, words
agenda-words = Words to look for
agenda-audience = Open to
agenda-audience-any = Everyone
agenda-track = Series
agenda-track-any = All series
agenda-from = From
agenda-until = Until
agenda-moment = At what time?
agenda-moment-matin = Morning
agenda-moment-apres-midi = Afternoon
agenda-moment-soir = Evening
agenda-moment-samedi = Saturday
agenda-free = Only where seats are left
agenda-reset = Clear everything
agenda-unknown-commune = We cannot find “{ $commune }”. Here are all sessions. Try the postcode, or the full name.
agenda-passed-over = Part of your search could not be understood and was left out.
agenda-found = { $n ->
    [0] No session found.
    [one] One session found.
   *[other] { $n } sessions found.
}
agenda-found-near = { $n ->
    [0] No session found near { $commune }.
    [one] One session found near { $commune }.
   *[other] { $n } sessions found near { $commune }.
}
agenda-by-date = Sort by date
agenda-by-distance = Sort by distance
agenda-distance = { $distance } away
agenda-reserved = Reserved: { $audience }
agenda-left = { $n ->
    [one] 1 seat left
   *[other] { $n } seats left
}
agenda-full = { $waiting ->
    [0] Full, waiting list open
    [one] Full, 1 person waiting
   *[other] Full, { $waiting } people waiting
}
agenda-opens = Opens at { $least }: { $missing } more
agenda-cancelled = Cancelled
agenda-over = Over
agenda-none = No session matches
agenda-none-text = Widen the distance or remove a choice. You can also tell us what you would need: we open sessions to meet demand.
agenda-none-action = Say what I would need
agenda-ics = Follow this list in my calendar (iCalendar)
agenda-atom = News feed (Atom)
agenda-feed = { $programme }: coming workshops
agenda-feed-near = { $programme }: workshops near { $commune }
