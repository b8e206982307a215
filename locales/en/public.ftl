# The public pages.
public-contact = Any questions? Call or write to us:
public-contact-or = or
public-footer-accessibility = Accessibility
public-footer-privacy = Personal data
public-footer-legal = Legal notice

public-home-title = Learn digital skills close to home
public-home-description = Free digital workshops in small groups: { $territory }. Find a session near you and register.
public-home-lead = Free workshops in small groups for shopkeepers, artisans, farmers and town halls: { $territory }.
public-home-commune = Your town, village or postcode
public-home-commune-hint = For instance: Frévent or 62270
public-home-km = Distance
public-home-find = Find a workshop
public-home-map = { $n ->
    [0] Map: { $territory }
    [one] Map: { $territory }, with one workshop site
   *[other] Map: { $territory }, with { $n } workshop sites
}
public-home-map-caption = { $n ->
    [0] Our territory.
    [one] Where the workshops are held.
   *[other] The { $n } places where workshops are held.
}
public-home-next = Next workshops
public-home-all = { $n ->
    [one] See the session
   *[other] See all { $n } sessions
}
public-home-none = No date yet
public-home-none-text = The next sessions will be announced soon. Meanwhile, have a look at the workshops.
public-home-none-action = See the workshops
public-home-path = Not sure where to begin?
public-home-path-text = Answer some twenty simple questions in ten minutes. We suggest a path: which workshops, in what order, near you, at times that suit you.
public-home-path-action = Find my path
public-home-how = How it works
public-home-how-free = It is free
public-home-how-free-text = Nothing to pay and nothing to buy. There are computers on site; you may bring your own.
public-home-how-small = In very small groups
public-home-how-small-text = The trainer has time for everybody. A session opens as soon as enough people are registered.
public-home-how-near = Close to home
public-home-how-near-text = In rooms and digital centres of the area, by day, in the evening or on Saturdays.
public-home-sites = The sites
public-home-season = All about the season

public-session-when = When
public-session-where = Where
public-session-level = Level
public-session-audience = Reserved for
public-session-group = Group
public-session-group-size = opens at { $least }, { $capacity } seats at most
public-session-group-most = { $capacity } seats
public-session-price = Price
public-session-free = free
public-session-cancelled = This session will not take place.
public-session-aims = Afterwards you will be able to
public-session-about = All about this workshop
public-session-before = Before this workshop
public-session-before-text = It is easier to follow once you have done these. It is not compulsory.
public-session-getting-there = Getting there
public-session-site-phone = Telephone of the site:
public-session-map = Map of the area: the session is in { $commune }
public-session-register = Register
public-session-wait = Join the waiting list
public-session-opens-text = { $missing ->
    [one] The session opens at { $least } people: one more is needed.
   *[other] The session opens at { $least } people: { $missing } more are needed.
}
public-session-full-text = All seats are taken. Join the waiting list: we write to you as soon as a seat is free.
public-session-others = See other dates
public-session-calendar = Add to my calendar
public-session-withdraw = Something came up? You can withdraw in one click, no questions asked.

public-registration-title = Register: { $title }
public-registration-name = First and last name
public-registration-email = E-mail address
public-registration-email-hint = For the confirmation and a reminder. Without an e-mail address, give a telephone number.
public-registration-phone = Telephone
public-registration-phone-hint = To tell you of a change at the last minute.
public-registration-commune = Your town or village
public-registration-organisation = Your firm, farm or town hall
public-registration-profile = You are
public-registration-profile-hint = This workshop is reserved: { $audience }.
public-registration-needs = Do you need any particular help?
public-registration-needs-hint = For instance: I am hard of hearing, I use a wheelchair, I prefer a large screen.
public-registration-own = You are registering as { $name }.
public-registration-others = Also register one or two people of the same firm
public-registration-others-text = Seats are given in the order of the list.
public-registration-other = Person { $number }
public-registration-privacy = These details are used to organise the workshop and for nothing else.
public-registration-privacy-link = What we keep, and your rights
public-registration-send = Register
public-registration-send-wait = Join the waiting list
public-registration-waiting-list = { $waiting ->
    [0] This session is full. You will be first on the waiting list.
    [one] This session is full. One person is waiting already.
   *[other] This session is full. { $waiting } people are waiting already.
}
public-registration-before = We advise taking these first:
public-registration-before-still = You can register all the same.
public-registration-see-agenda = See all sessions
public-registration-refused = The registration was not made
public-registration-refused-known = This person is already registered for this session, or on its waiting list. There is nothing else to do. To see or change a registration, go to “My space”.
public-registration-refused-reserved = This workshop is reserved: { $audiences }. Other workshops on the same theme are open to everyone. If you think it is for you, call us.
public-registration-refused-clash = This person is already registered for another session at the same time. Choose another date, or withdraw from the other session first.
public-registration-refused-closed = Registration for this session is closed. Choose another date.
public-registration-refused-other = This registration cannot be made online. Call us: we will find a way.
public-registration-wait-full = All seats are taken.
public-registration-wait-others = { $ahead ->
    [one] A seat is becoming free, but one person is waiting already and comes first.
   *[other] A seat is becoming free, but { $ahead } people are waiting already and come first.
}

public-registered-title = Your registration
public-registered-placed = Seat reserved
public-registered-placed-text = The seat is reserved. It is free, there is nothing else to do.
public-registered-waiting = Waiting, rank { $rank }
public-registered-waiting-text = As soon as a seat is free, it is offered to the first person on the list.
public-registered-offered = A seat is offered
public-registered-offered-text = A seat has become free. Answer the offer to keep it.
public-registered-over = Registration ended
public-registered-letter = A confirmation is sent to the e-mail address given, with a link to withdraw.
public-registered-no-letter = Without an e-mail address, we call if anything changes. Please note the date.
public-registered-withdraw = Withdraw

public-modules-title = The workshops
public-modules-lead = Everything you can learn, from the first click to the online shop. Every workshop is held in a small group, free of charge.
public-modules-level = Level
public-modules-level-0 = Beginner: to get started
public-modules-level-1 = First steps made
public-modules-level-2 = At ease
public-modules-level-3 = Experienced
public-modules-level-any = All levels
public-modules-show = Show
public-modules-found = { $n ->
    [0] No workshop.
    [one] One workshop.
   *[other] { $n } workshops.
}
public-modules-dates = { $n ->
    [0] No date yet
    [one] One coming date
   *[other] { $n } coming dates
}
public-modules-none = No workshop matches
public-modules-none-text = Remove a choice to see more.
public-modules-all = See all workshops
public-modules-parts = How the session goes
public-modules-part-input = We show you
public-modules-part-hands-on = You try
public-modules-part-evaluation = We take stock
public-modules-part-exchange = Break and exchange
public-modules-after = To go further
public-modules-length = Length
public-modules-group = opens at { $least }, { $most } people at most
public-modules-next = Coming dates
public-modules-no-date = No date for this workshop yet. Tell us that you are interested: we open sessions to meet demand.
public-modules-wish = Interested in this workshop?
public-modules-wish-text = If no date suits you, tell us. We take it into account.
public-modules-wish-action = I would like this workshop

public-sites-title = The sites
public-sites-lead = { $n ->
    [0] Where the workshops are held.
    [one] The workshops are held at this site.
   *[other] The workshops are held at these { $n } sites.
}
public-sites-coming = { $n ->
    [0] No coming session
    [one] One coming session
   *[other] { $n } coming sessions
}
public-sites-none = No site yet
public-sites-none-text = The workshop sites will be announced soon.
public-sites-archived = This site no longer hosts sessions.
public-sites-address = Address
public-sites-open-map = Open in my map application
public-sites-phone = Telephone
public-sites-accessibility = Accessibility
public-sites-access = Getting there
public-sites-hours = Opening hours
public-sites-rooms = Rooms
public-sites-capacity = { $n ->
    [one] 1 seat
   *[other] { $n } seats
}
public-sites-next = Next sessions here
public-sites-no-session = No session planned here for now.

public-season-title = The season
public-season-none = No season yet
public-season-none-text = The next season is being prepared. Meanwhile, have a look at the workshops.
public-season-agenda = See the calendar
public-season-sites = The season’s sites
public-season-partners = Partners
public-season-others = Other seasons
public-season-figure-modules = { $n ->
    [one] different workshop
   *[other] different workshops
}
public-season-figure-sessions = { $n ->
    [one] date
   *[other] dates
}
public-season-figure-sites = { $n ->
    [one] site
   *[other] sites
}
public-season-figure-seats = { $n ->
    [one] seat
   *[other] seats
}
public-season-figure-people = { $n ->
    [one] person registered
   *[other] people registered
}
public-season-partner-funder = funder
public-season-partner-host = host
public-season-partner-chamber = chamber
public-season-partner-sponsor = sponsor
public-season-partner-other = partner

public-accessibility-title = Accessibility
public-accessibility-aim = Our commitment
public-accessibility-aim-text = Everybody must be able to use this site: with a keyboard, with a screen reader, on an old computer, on a small screen, on a slow line.
public-accessibility-done = What is done
public-accessibility-done-text = Every page works without scripts. Text is large and well contrasted, in dark mode too. Every field has its label, every useful picture its description, and nothing is told by colour alone.
public-accessibility-not-yet = What is still to do
public-accessibility-not-yet-text = No complete audit has been made by an outside body yet. Maps have a short description; the list of sites beside them gives the same information as text.
public-accessibility-help = An obstacle?
public-accessibility-help-text = If a page stops you, tell us. We will do it with you by telephone, and put the page right.

public-privacy-title = Your personal data
public-privacy-what = What we keep
public-privacy-what-text = What you give us: your name, a way to reach you, your town or village, your firm or town hall, your answers to the questionnaire, your registrations and attendance.
public-privacy-why = Why
public-privacy-why-text = To organise the workshops of { $programme }, keep you informed, suggest a path and issue your certificate. Reports to funders contain numbers only.
public-privacy-who = Who sees them
public-privacy-who-text = The programme’s team, the trainers of your sessions and, if you live there, your area’s referent. Never the other participants. Nothing is sold or passed on.
public-privacy-how-long = For how long
public-privacy-how-long-text = For the time of the programme and its reports. You can ask for erasure at any time.
public-privacy-rights = Your rights
public-privacy-rights-text = In “My space” you can see, correct, download and erase your data. You can also ask us by telephone or e-mail, and complain to the data protection authority (CNIL) if our answer does not satisfy you.
public-privacy-cookies = Cookies
public-privacy-cookies-text = This site uses only the cookies it needs to work: protecting forms, keeping your language and your sign-in. No audience measurement, no advertising.

public-legal-title = Legal notice
public-legal-publisher = Publisher
public-legal-publisher-text = This site is published by those who run the programme { $programme } ({ $territory }).
public-legal-host = Hosting
public-legal-host-text = The site is hosted by the publisher or on its behalf. Details are given on request.
public-legal-content = Content and data
public-legal-content-text = Names and populations of communes come from Insee and La Poste, outlines from IGN (open licence). The calendar may be reused freely, naming { $programme }.
public-legal-software = Software
public-legal-software-text = This site runs on Essor, free software under the EUPL 1.2 licence.
