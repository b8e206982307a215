# Registration: rules, decisions, one-click pages, what the desk does.
enrolment-refused-started = The session has begun: it is too late to register or to change a registration here.
enrolment-refused-held = The session has taken place.
enrolment-refused-cancelled = The session is cancelled.
enrolment-refused-already-enrolled = This person is registered for this session already.
enrolment-refused-reserved = { $audiences ->
    [farmers] This workshop is reserved for people who run a farm.
    [elected-or-staff] This workshop is reserved for elected officials and local-government staff.
   *[other] This workshop is reserved for other people.
}
enrolment-refused-clash = This person is registered for another session at the same time.
enrolment-refused-no-seat-free = { $capacity ->
    [one] The only seat is taken.
   *[other] All { $capacity } seats are taken.
}
enrolment-refused-too-late-to-offer = The session begins too soon to wait for an answer: call the person.
enrolment-refused-unknown = There is no such registration in this session.
enrolment-refused-not-active = This registration is over already.
enrolment-refused-no-offer = No seat is being offered to this person at present.
enrolment-refused-offer-over = The time to answer is over: the seat was offered to the next person.
enrolment-refused-seats-taken = { $must-leave ->
    [one] More people have a seat than that: one person would have to leave first.
   *[other] More people have a seat than that: { $must-leave } people would have to leave first.
}
enrolment-refused-bad-size = The number to open must lie between 1 and the number of seats.
enrolment-refused-no-email = This person has no e-mail address: register them directly, or call them.
enrolment-wait-full = { $capacity ->
    [one] The only seat is taken or kept for somebody.
   *[other] All { $capacity } seats are taken or kept for somebody.
}
enrolment-wait-others-first = { $ahead ->
    [one] One person was waiting already and comes first.
   *[other] { $ahead } people were waiting already and come first.
}
enrolment-advice-take-first = It is a good idea to take this first: { $modules }.
enrolment-done-placed = { $name } has a seat.
enrolment-done-waiting = { $name } is on the waiting list, at rank { $rank }. { $why }
enrolment-done-refused = { $name } is not registered: { $why }
enrolment-done-by-hand = The seat is given.
enrolment-done-withdrawn = The registration is withdrawn. If somebody was waiting, the seat is offered to them.
enrolment-done-moved = The person has a seat on the new date.
enrolment-done-moved-waiting = The person waits on the new date, at rank { $rank }.
enrolment-done-accepted = The seat is taken.
enrolment-done-declined = The seat is left to the next person.
enrolment-done-invited = The invitation is sent.
enrolment-done-phoned = Noted: the person has been told.
enrolment-register = Register somebody
enrolment-register-lead = Look for the person first: name, telephone or firm. If they are not known, fill in the form below.
enrolment-register-search = Name, telephone or firm
enrolment-register-found = People found
enrolment-register-nobody = Nobody matches. Fill in the form below.
enrolment-register-new = One or several new people
enrolment-register-new-lead = Several people of one firm: one line for each.
enrolment-register-send = Register
enrolment-register-by-hand = Give a seat past the waiting list
enrolment-register-invite = Invite by e-mail
enrolment-person = Person { $n }
enrolment-name = Name
enrolment-email = E-mail address
enrolment-phone = Telephone
enrolment-commune = Commune
enrolment-commune-hint = Name of the commune, with its postcode if needed.
enrolment-organisation = Firm, farm or local authority
enrolment-status = Status
enrolment-stage-placed = Has a seat
enrolment-stage-offered = Seat offered until { $until }
enrolment-stage-waiting = Waiting, rank { $rank }
enrolment-stage-withdrawn = Withdrawn
enrolment-stage-lapsed = Offer over
enrolment-stage-cancelled = Cancelled
enrolment-withdraw = Withdraw
enrolment-withdraw-question = Withdraw the registration of { $name }?
enrolment-withdraw-text = The person gets an e-mail and the session disappears from their calendar. If somebody is waiting, the seat is offered to them.
enrolment-move = Move to another date
enrolment-move-title = Another date for { $name }
enrolment-move-lead = The person keeps the present seat until they have another one.
enrolment-move-here = Choose this date
enrolment-move-none = No other date of this workshop
enrolment-move-none-text = Create another session, or keep the person here.
enrolment-accept-for = Said yes
enrolment-decline-for = Said no
enrolment-place = Give a seat
enrolment-key-withdraw = Give up the seat
enrolment-key-withdraw-text = { $name }, you are registered for this workshop. You cannot come? One click is enough: somebody else can have the seat.
enrolment-key-withdraw-yes = Give up my seat
enrolment-key-accept = A seat for you
enrolment-key-accept-text = { $name }, a seat has become free. It is kept for you until { $until }.
enrolment-key-accept-yes = I take the seat
enrolment-key-decline = Leave the seat
enrolment-key-decline-text = { $name }, a seat has become free for you. If you cannot come, leave it to the next person.
enrolment-key-decline-yes = I leave the seat
enrolment-key-invited = You are invited
enrolment-key-invited-text = { $name }, you are invited to this workshop. One click registers you.
enrolment-key-invited-yes = Register me
enrolment-key-over = There is nothing left to do here
enrolment-key-over-text = Your registration: { $stage }.
enrolment-key-agenda = See other dates
enrolment-letter-placed = Seat confirmed
enrolment-letter-waiting = Waiting list
enrolment-letter-seat-offered = A seat is offered
enrolment-letter-offer-lapsed = The offer is over
enrolment-letter-taken-back = The offer is withdrawn
enrolment-letter-withdrawn = Registration withdrawn
enrolment-letter-cancelled = Session cancelled
enrolment-letter-session-changed = Change of date or place
enrolment-letter-group-confirmed = The session takes place
enrolment-letter-reminder = Reminder
