# Plans: scenarios, computation, calendar, publication, replacements.
plan-list = Planning
plan-list-lead = A plan proposes a whole season: which sessions to open, where, when, with whom and for whom, from pathways, wishes and availability. Nothing is published without you.
plan-new = New scenario
plan-new-lead = The computation starts from the season’s real demand. What exists already (sessions, registrations) does not move. Leave a field empty for the usual value.
plan-new-like = Try a variant
plan-name = Name of the scenario
plan-name-hint = For example: all sites, or no Wednesdays.
plan-names = Names
plan-from = Sessions from
plan-until = Until
plan-without-sites = Sites to leave out
plan-without-sites-hint = No new session will be proposed there.
plan-extra = Additional trainers
plan-extra-hint = To see what reinforcement would bring. Their sessions are created without a trainer.
plan-extra-like = Same skills and availability as
plan-most-sessions = New sessions at most
plan-most-sessions-hint = Empty: as many as needed.
plan-minutes = Minutes of computing
plan-minutes-hint = From 1 to 30. You can stop at any moment, the best result is kept.
plan-per-person = Sessions a week for one person, at most
plan-per-trainer = Sessions a week for one trainer, at most
plan-morning = Start in the morning
plan-afternoon = Start in the afternoon
plan-evening = Start in the evening
plan-hours-hint = At least three hours between two starts. A dash (-): never at that time.
plan-days-off = Days without sessions
plan-days-off-hint = One date a line: public holidays, closures.
plan-near = Sessions near home
plan-trainer-ways = Little driving for trainers
plan-few-sessions = Few sessions
plan-filled = Well filled groups
plan-same-level = Groups of one level
plan-importance-low = Counts little
plan-importance-usual = Counts as usual
plan-importance-high = Counts a lot
plan-stage = State
plan-stage-draft = Not computed yet
plan-stage-running = Computing
plan-stage-ready = Ready for review
plan-stage-failed = Interrupted
plan-stage-published = Published
plan-stage-undone = Publication taken back
plan-lead-draft = This scenario has not been computed yet.
plan-lead-running = You can leave this page: the computation goes on.
plan-lead-ready = Review, adjust if needed, then publish. Nobody has been told yet.
plan-lead-failed = The best result found so far is kept. You can go on computing from there.
plan-lead-published = The sessions are created and people have been asked to confirm.
plan-lead-undone = The sessions were cancelled and people were told.
plan-lead-repair = This is the smallest change found. Nothing is done yet: review the list before applying it.
plan-lead-applied = The changes are made and people have been told.
plan-ended-asked = You stopped the computation: this is the best result found.
plan-ended-optimal = It is proven that nothing better exists with these settings.
plan-failed-silent = The server stopped during the computation.
plan-failed-broke = The computation broke off because of an error. If it happens again, tell whoever looks after the server.
plan-progress = Progress
plan-refreshes = The page renews itself every five seconds.
plan-stop = Stop and keep the best
plan-stopping = Stopping; the best result will be kept.
plan-compute = Start computing
plan-compute-again = Compute again from here
plan-made = Made on
plan-made-by = By
plan-none = No plan
plan-none-text = Make a first scenario: it starts from the season’s pathways and wishes.
plan-figures = In figures
plan-figure-served = People served
plan-figure-complete = Complete pathways
plan-figure-missing = Workshops not served
plan-figure-opened = Sessions to open
plan-figure-attendances = Seats taken
plan-figure-person-km = Kilometres of people
plan-figure-trainer-km = Kilometres of trainers
plan-figure-of = of { $n }
plan-objective = Total cost
plan-objective-of = Total cost: { $n }. The lower the better: a workshop not served counts 100, a session 30, a kilometre 1, unless set otherwise.
plan-bound-of = No plan can go below { $n }.
plan-note-existing = { $n ->
    [one] One session exists already: it stays as it is, its free seats can be filled.
   *[other] { $n } sessions exist already: they stay as they are, their free seats can be filled.
  }
plan-note-outside = { $n ->
    [one] One registration is out of the ordinary (two on one day, outside the period): it is kept, and left out of the computation.
   *[other] { $n } registrations are out of the ordinary (two on one day, outside the period): they are kept, and left out of the computation.
  }
plan-note-extra = { $n ->
    [one] This scenario adds one trainer, still to be found.
   *[other] This scenario adds { $n } trainers, still to be found.
  }
plan-lacking = What is missing, and why
plan-lacking-lead = For each group of people not served, what is in the way and what would help them.
plan-held = { $n ->
    [one] One person lacks “{ $module }”:
   *[other] { $n } people lack “{ $module }”:
  }
plan-held-near = { $n ->
    [one] One person near { $site } lacks “{ $module }”:
   *[other] { $n } people near { $site } lack “{ $module }”:
  }
plan-held-served = { $n ->
    [one] Removing this obstacle would serve one person.
   *[other] Removing this obstacle would serve { $n } people.
  }
plan-cause-never = no date, site or trainer suits them, whatever is planned.
plan-cause-before = they lack “{ $module }”, which comes first.
plan-cause-no-trainer = no trainer has that skill.
plan-cause-trainer = no trainer with that skill is free then{ $when }.
plan-cause-seats = the sessions that would suit them are full{ $when }.
plan-cause-room = every room is taken{ $when }.
plan-cause-opening = the site is closed then{ $when }.
plan-cause-distance = the free seats are at least { $km } km farther than they travel.
plan-cause-hours = they cannot come when it is possible{ $when }.
plan-cause-weeks = their weeks are full with other workshops.
plan-cause-sessions = the greatest number of sessions is reached ({ $n }).
plan-cause-too-few = { $n ->
    [one] only one of them can come at any one time: too few for a group.
   *[other] at most { $n } of them can come at the same time: too few for a group.
  }
plan-cause-several = several obstacles come together.
plan-part-morning = morning
plan-part-afternoon = afternoon
plan-part-evening = evening
plan-part-saturday = Saturday
plan-people = People
plan-people-see = See who gets what
plan-people-of = People of “{ $name }”
plan-people-lead = What the plan gives each person of their pathway and wishes; those who lack most come first.
plan-people-none = Nobody
plan-people-none-text = Nobody has a workshop to attend in this plan.
plan-person = Person
plan-wanted = Workshops wanted
plan-given = Planned
plan-missing = Missing
plan-missing-which = Which are missing
plan-sessions = Sessions of the plan
plan-sessions-see = { $n ->
    [0] See the whole table, to be exported
    [one] See the whole table, to be exported (one more)
   *[other] See the whole table, to be exported ({ $n } more)
  }
plan-sessions-of = Sessions of “{ $name }”
plan-sessions-lead = Every session of the plan, including those that exist already.
plan-sessions-none = No session
plan-sessions-none-text = Start computing to get a plan.
plan-session-state = State
plan-session-new = To open
plan-session-small = To open, small group
plan-session-locked = Locked
plan-session-exists = Exists already
plan-session-exists-text = This session exists already: the plan may fill its free seats, but does not move it.
plan-session-exists-see = See the session
plan-settings = Settings
plan-trainer-extra = Trainer to be found (like { $like })
plan-board = Calendar of the plan
plan-board-lead = Drag a session to another half-day: what that changes shows at once. With the keyboard, or without dragging, open the session.
plan-board-fixed = This plan can no longer be adjusted.
plan-board-weighing = weighing…
plan-take-back = Undo the last change
plan-taken-back = The last change is undone.
plan-back = Back to the plan
plan-move = Move
plan-when = Half-day
plan-weigh = See what that changes
plan-lock = Lock
plan-unlock = Unlock
plan-locked-text = This session is locked: it stays as it is when you compute again.
plan-now-locked = The session is locked.
plan-now-unlocked = The session is unlocked.
plan-close = Do not open this session
plan-add = Add a person
plan-add-hint = Those who lack this workshop.
plan-remove = Remove
plan-has-seat = has a seat already
plan-nobody = Nobody is planned here yet.
plan-changed = Done.
plan-stale = Somebody changed this plan meanwhile. This is how it stands now: please try again.
plan-trial-possible = This is possible
plan-trial-impossible = This is not possible
plan-trial-do = Make this change
plan-trial-same = The total cost stays the same.
plan-trial-worse = The total cost rises by { $n }.
plan-trial-better = The total cost falls by { $n }.
plan-trial-km = Driving: { $n } km.
plan-trial-leaving = { $n ->
    [one] Loses a seat: { $names }.
   *[other] { $n } people lose a seat: { $names }.
  }
plan-broken-closed = { $name } is closed then.
plan-broken-empty = Nobody could come any more.
plan-broken-overfull = There are only { $name } seats.
plan-broken-room = The room is taken then.
plan-broken-module = The same workshop already takes place at { $name } then.
plan-broken-skill = { $name } does not have that skill.
plan-broken-trainer-away = { $name } is not available then.
plan-broken-trainer-twice = { $name } gives another session then.
plan-broken-trainer-week = { $name } has enough sessions that week.
plan-broken-trainer-sites = { $name } is elsewhere that day.
plan-broken-not-wanted = { $name } does not attend this workshop.
plan-broken-again = { $name } attends this workshop on another date.
plan-broken-person-away = { $name } is not available then.
plan-broken-too-far = It is too far for { $name }.
plan-broken-too-often = { $name } would come too often.
plan-broken-order = { $name } would not have attended what comes first.
plan-broken-too-many = There would be more than { $name } sessions.
plan-broken-other = A rule of the plan would be broken.
plan-compare = Compare scenarios
plan-compare-lead = Two to four scenarios side by side. The best figure of each line is bold.
plan-compare-which = Scenarios to compare
plan-compare-hint = Four at most.
plan-compare-go = Compare
plan-compare-best = (the best)
plan-compare-too-many = Only the first four are shown.
plan-terms = Where the cost comes from
plan-terms-lead = Two scenarios with different settings weigh things differently: compare the figures above first.
plan-term-missing-module = Workshops not served
plan-term-incomplete-path = Incomplete pathways
plan-term-person-km = Ways of people
plan-term-trainer-km = Ways of trainers
plan-term-session = Sessions
plan-term-underfill = Groups too small
plan-term-level-spread = Mixed levels
plan-term-change = Changes and preferences
plan-term-sum = Total
plan-changed-title = The season has changed since
plan-changed-text = This plan rests on older data and cannot be published as it is. Take it up again: the computation starts from this plan with today’s data.
plan-changed-site = { $n ->
    [one] One site: { $names }.
   *[other] { $n } sites: { $names }.
  }
plan-changed-trainer = { $n ->
    [one] One trainer: { $names }.
   *[other] { $n } trainers: { $names }.
  }
plan-changed-session = { $n ->
    [one] One session or its people: { $names }.
   *[other] { $n } sessions or their people: { $names }.
  }
plan-changed-person = { $n ->
    [one] The pathway or availability of one person: { $names }.
   *[other] The pathway or availability of { $n } people: { $names }.
  }
plan-renew = Take up with today’s data
plan-publish = Publish
plan-publish-see = Review before publishing
plan-publish-title = Publish this plan
plan-publish-lead = This is everything that will be done. Nothing is created yet, nobody has been told yet.
plan-publish-sessions = { $n ->
    [one] One session will be created
   *[other] { $n } sessions will be created
  }
plan-look-at = To check
plan-days = Days to answer
plan-days-hint = After that the seat is free again. From 1 to 30.
plan-left-out = These people cannot be asked
plan-left-out-clash = { $name }, “{ $module }”: registered elsewhere at that time.
plan-left-out-late = { $name }, “{ $module }”: the session begins too soon to wait for an answer.
plan-left-out-full = { $name }, “{ $module }”: no seat is free.
plan-left-out-other = { $name }, “{ $module }”: registration is not possible.
plan-published = { $seats ->
    [one] Published: { $sessions } sessions created, one person asked to confirm.
   *[other] Published: { $sessions } sessions created, { $seats } seats offered.
  }
plan-published-before = This plan was published already: nothing was done again.
plan-made-of = Sessions created: { $sessions }. Seats offered: { $seats }, of which { $answered } answered.
plan-undo = Take the publication back
plan-undo-title = Take this publication back
plan-undo-lead = Possible while nobody has answered. The sessions created are cancelled, the offers withdrawn, and everybody is told.
plan-undo-usual-reason = We have to review our calendar.
plan-undone = { $n ->
    [one] The publication is taken back, one person is told.
   *[other] The publication is taken back, { $n } people are told.
  }
plan-delete = Delete
plan-delete-title = Delete “{ $name }”?
plan-delete-text = The plan disappears with its adjustments. Nothing else changes.
plan-deleted = The plan is deleted.
plan-repair-new = Replace, move
plan-repair-lead = A trainer is absent, a site closes, a session cannot take place: Essor looks for the smallest change and shows you, person by person, what changes and why.
plan-repair-what = What is the matter?
plan-repair-trainer = Absence: { $name }
plan-repair-site = Site closed: { $name }
plan-repair-session = Session impossible: { $name }
plan-repair-from = From
plan-repair-from-hint = Leave the dates empty for a session.
plan-repair-until = Until
plan-apply = Apply these changes
plan-apply-see = Review before applying
plan-apply-title = Apply these changes
plan-apply-lead = Each change with its reason, then the letters that will go out. Nothing is done yet.
plan-apply-changes = { $n ->
    [0] Nothing changes
    [one] One change
   *[other] { $n } changes
  }
plan-apply-usual-reason = A last-minute impediment.
plan-applied = { $n ->
    [0] Done; nobody needed to be told.
    [one] Done; one person is told.
   *[other] Done; { $n } people are told.
  }
plan-fate-cancelled = { $session }: cancelled, no solution found.
plan-fate-trainer = { $session }: given by { $to }.
plan-fate-moved = { $session }: moved to { $to }.
plan-fate-opened = New session: { $to }, { $trainer }.
plan-seat-moved = { $name }: from “{ $session }” to “{ $to }” ({ $why }).
plan-seat-lost = { $name } loses the seat: { $session } ({ $why }).
plan-why-makes-room = to make room
plan-why-trainer = trainer absent
plan-why-site = site closed
plan-why-session = session impossible
plan-refused-nobody = Nobody has a workshop to attend in this season: there is nothing to plan. Demand comes from pathways and wishes.
plan-refused-nothing-affected = No session to come is concerned.
plan-refused-busy = Another computation is under way: “{ $name }”. Wait for its end or stop it.
plan-refused-running = This plan is being computed already.
plan-refused-over = A published plan is not computed again: make a variant of it.
plan-refused-unsound = The season’s data contradict each other: { $what }
plan-refused-delete = A plan that is published or being computed cannot be deleted.
plan-refused-not-adjustable = This plan cannot be adjusted at the moment.
plan-refused-broken = This change is not possible: a rule would be broken.
plan-refused-no-step = There is no change to undo.
plan-refused-exists = This session exists already: change it on its own page, where its people will be told.
plan-refused-locked = This session is locked: unlock it first.
plan-refused-changed = { $n ->
    [one] The season has changed since (one thing): take the plan up with today’s data.
   *[other] The season has changed since ({ $n } things): take the plan up with today’s data.
  }
plan-refused-not-publishable = This plan is not ready to be published.
plan-refused-is-repair = This plan repairs what exists: apply it instead.
plan-refused-no-repair = This plan is not a replacement.
plan-refused-nothing = This plan opens nothing and asks nobody: there is nothing to publish.
plan-refused-not-published = Only a published plan can be taken back.
plan-refused-answered = { $n ->
    [one] One person has answered or registered: the publication can no longer be taken back. Cancel sessions one by one if needed.
   *[other] { $n } people have answered or registered: the publication can no longer be taken back. Cancel sessions one by one if needed.
  }
