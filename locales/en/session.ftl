# Sessions: list, calendar, page, forms, dashboard, what needs doing.
session-list = Sessions
session-list-lead = Every date, the coming ones first. Search for a workshop, a place, a commune or a trainer.
session-search = Workshop, place, trainer
session-none = No session
session-none-text = Create the first one.
session-new = Create a session
session-new-lead = Choose the workshop, the place and the time. Length and group size come from the workshop if you leave them empty.
session-edit = Change the session
session-one = The session
session-season = Season
session-module = Workshop
session-place = Place and room
session-site = Place
session-room = Room
session-commune = Commune
session-trainer = Trainer
session-no-trainer = No trainer
session-no-room = No room
session-day = Date
session-starts = From
session-ends = To
session-ends-hint = Empty: as long as the workshop lasts.
session-least = Opens from
session-least-hint = Number of people; empty: as the workshop says.
session-capacity = Seats
session-capacity-hint = Empty: as the workshop and the room allow.
session-public-note = Note shown on the public page
session-stage = Stage
session-stage-gathering = Gathering
session-stage-confirmed = Confirmed
session-stage-held = Held
session-stage-cancelled = Cancelled
session-opens-at = { $missing ->
    [one] Opens at { $least }: 1 more
   *[other] Opens at { $least }: { $missing } more
}
session-full = Full
session-placed = Registered
session-waiting = Waiting
session-free = Free seats
session-upcoming = Coming
session-past = Past
session-any-time = Any date
session-when = When
session-conflict-room = The room is taken already: { $other }.
session-conflict-trainer = The trainer is elsewhere already: { $other }.
session-conflict-participant = { $person } is also at another session: { $other }.
session-warning-past = This date is over already.
session-warning-outside-season = This date lies outside of the season.
session-warning-site-closed = The place is not usually open at that time.
session-warning-trainer-away = The trainer is not usually available at that time.
session-warning-trainer-lacks = Skills that the trainer has not named: { $missing }.
session-warning-room-lacks = Equipment that the room does not have: { $missing }.
session-warning-room-too-small = { $room ->
    [one] The room has only one seat.
   *[other] The room has only { $room } seats.
}
session-warning-group-too-large = This workshop is meant for { $most } people at most.
session-fault-ends-before-start = The session ends before it begins.
session-fault-too-long = A session lasts 12 hours at most.
session-fault-seats = The number of seats must lie between 1 and 500.
session-fault-least = The number to open must lie between 1 and the number of seats.
session-fault-room-too-small = The room is too small.
session-refused-room-busy = The room is taken at that time. Choose another room or another time, or tick the box to keep this room all the same.
session-refused-trainer-busy = The trainer is elsewhere at that time. Choose somebody else or another time, or tick the box to keep this choice all the same.
session-refused-over = The session was held or cancelled: it cannot change any more.
session-refused-not-begun = The session has not begun yet.
session-refused-module-taken = People are registered for this workshop: it cannot be replaced by another one. Cancel the session and create another.
session-preview-lead = This is what will happen. Nothing is saved yet.
session-preview-clashes = Two things at once
session-preview-warnings = To be checked
session-preview-letters = { $n ->
    [0] Nobody has to be told
    [one] One person is told
   *[other] { $n } people are told
}
session-preview-by-mail = E-mail
session-preview-by-phone = To be called
session-preview-who = Person
session-preview-what = What they are told
session-preview-how = How
session-preview-anyway = I know, keep it all the same
session-preview-go = Save and tell them
session-preview-save = Save
session-preview-back = Back to the form
session-created = The session is created.
session-changed = The session is changed.
session-told = { $n ->
    [one] One person is told.
   *[other] { $n } people are told.
}
session-repeat = Repeat
session-repeat-title = Repeat the session every week
session-repeat-lead = The same session, same day, same time, same room, without the registrations.
session-repeat-times = How many more weeks?
session-repeated = { $n ->
    [one] One session is created.
   *[other] { $n } sessions are created.
}
session-confirm = Confirm the session
session-confirm-title = Confirm that the session takes place?
session-confirm-lead = It takes place even with fewer people than hoped for.
session-confirmed = The session is confirmed.
session-hold = Say that it took place
session-held = Noted: the session took place.
session-cancel = Cancel the session
session-cancel-title = Cancel the session
session-cancel-lead = Everyone registered or waiting is told, with other dates where there are any.
session-cancel-reason = Why? (written in the e-mail)
session-cancel-go = Cancel the session and tell them
session-cancelled = The session is cancelled.
session-assign = Assign this trainer
session-assigned = The trainer is saved.
session-roster = Registrations
session-roster-empty = Nobody is registered yet.
session-letters = E-mails and calls
session-letters-empty = No e-mail about this session.
session-notes = Notes of trainers
session-history = History
session-others = Other dates of this workshop
session-public-page = Public page
session-needs = Needs
session-phone = Telephone
session-firm = Firm
session-to-do = Actions
session-who = Who
session-what = What
session-at = When
session-by-system = Essor
session-by-visitor = A visitor
session-action-session-created = Session created
session-action-session-changed = Session changed
session-action-session-gathering = Gathering
session-action-session-confirmed = Session confirmed
session-action-session-held = Session held
session-action-session-cancelled = Session cancelled
session-action-session-funded = Funder set
session-action-enrolment-placed = Has a seat
session-action-enrolment-waiting = On the waiting list
session-action-enrolment-offered = Seat offered
session-action-enrolment-withdrawn = Registration withdrawn
session-action-enrolment-lapsed = Offer over
session-action-enrolment-cancelled = Registration cancelled
session-action-enrolment-phoned = Told by telephone
session-action-enrolment-invited = Invitation sent
session-calendar = Calendar
session-calendar-month = Month
session-calendar-week = Week
session-calendar-views = Views
session-calendar-previous = Before
session-calendar-next = After
session-calendar-now = Today
session-calendar-empty = No session on these dates.
session-calendar-week-of = Week of { $day }
session-morning = Morning
session-afternoon = Afternoon
session-evening = Evening
session-today = To do today
session-today-nothing = Nothing is urgent
session-today-nothing-text = The coming groups are on a good way.
session-today-groups = { $n ->
    [one] One group does not have enough people yet
   *[other] { $n } groups do not have enough people yet
}
session-today-groups-text = Within seven days. Confirm all the same, find people, or cancel.
session-today-movable = { $n ->
    [one] One person who waits could come on another date
   *[other] { $n } people who wait could come on another date
}
session-today-move = Move
session-today-too-late = Free seats and people waiting: too late for an e-mail, call them
session-today-without = Sessions without trainer or room
session-today-to-close = Past sessions to be closed
session-today-offers = Seats offered, answer awaited
session-today-until = Until
session-today-wishes = Unanswered wishes
session-today-wishes-see = See the wishes
session-today-wish-any = Another wish
session-today-calls = People to call
session-today-called = Done
session-today-failed = E-mails that could not be sent
session-dashboard = Dashboard
session-dashboard-fill = Seats filled
session-dashboard-fill-of = { $placed } of { $seats }
session-dashboard-people = People
session-dashboard-sessions = Sessions
session-dashboard-waiting = Waiting
session-dashboard-stages = Sessions by stage
session-dashboard-sectors = People by sector
session-dashboard-sector = Sector
session-dashboard-unknown = Not known
session-dashboard-count = Number
session-dashboard-share = Share
session-dashboard-communes = People by commune
session-dashboard-population = Inhabitants
session-dashboard-population-share = Share of inhabitants
session-dashboard-missed = { $n ->
    [0] Every commune of the territory is represented.
    [one] One commune of the territory has nobody yet.
   *[other] { $n } communes of the territory have nobody yet.
}
session-dashboard-map = Map of the territory: the darker a commune, the more people come from it
session-dashboard-demand = Demand by workshop
session-dashboard-demand-empty = No wish and nobody waiting.
session-dashboard-wishes = Wishes
session-dashboard-wishes-open = Unanswered
session-dashboard-attendance = Attendance
session-dashboard-attendance-empty = No attendance has been marked yet.
session-dashboard-hours = Hours attended
session-dashboard-export = Download:
session-dashboard-all-communes = All communes
session-dashboard-nobody = Nobody is registered this season yet.
session-mark-present = Present
session-mark-late = Late
session-mark-left-early = Left early
session-mark-absent = Absent
session-mark-excused = Excused
session-no-season = No season yet
session-no-season-first = Everything begins with a season
session-no-season-make = Create the programme, then its season: this page will fill up afterwards.
session-no-season-wait = The coordination has not opened a season yet. This page will fill up once it has.
session-list-for = Choose the session in which to register { $name }.
session-from-day = From
session-to-day = Until
session-dashboard-sectors-against = Among people with a seat. The reference data do not say how many firms or inhabitants the territory has in each sector, so there is no comparison here.
session-dashboard-communes-against = Compared with inhabitants: the share of each commune among people with a seat, beside its share of the territory’s population (legal population, Insee). The inhabitants of Walloon communes are not known.
