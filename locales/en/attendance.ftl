### Attendance at sessions, trainers’ pages.

attendance-days = My sessions
attendance-today = Today
attendance-none-today = You have no session today.
attendance-unclosed = Lists to finish
attendance-unclosed-text = These sessions are over. Say who came, then finish the list.
attendance-coming = Coming up
attendance-none-coming = No session is planned for now.
attendance-closed = Finished sessions
attendance-no-session = No session for you
attendance-no-session-text = Your sessions will appear here once the coordination has given you one.
attendance-seats = { $placed ->
    [0] Nobody registered for { $capacity } seats
    [one] { $placed } person registered for { $capacity } seats
   *[other] { $placed } people registered for { $capacity } seats
  }
attendance-stage-gathering = Waiting for registrations
attendance-stage-confirmed = Confirmed
attendance-stage-held = Finished
attendance-stage-cancelled = Cancelled

attendance-list = Who is here?
attendance-count = { $unmarked ->
    [0] { $total ->
        [one] One person, noted.
       *[other] { $total } people, all noted.
      }
    [one] { $total ->
        [one] One person, still to note.
       *[other] { $total } people, one still to note.
      }
   *[other] { $total } people, { $unmarked } still to note.
  }
attendance-not-open = You can note who is here from half an hour before the start.
attendance-all-present = { $count ->
    [one] The remaining person is here
   *[other] All here ({ $count })
  }
attendance-all-done = { $count ->
    [0] Everybody was noted already.
    [one] One person is noted as present.
   *[other] { $count } people are noted as present.
  }
attendance-mark-none = To note
attendance-mark-present = Present
attendance-mark-late = Late
attendance-mark-left-early = Left early
attendance-mark-absent = Absent
attendance-mark-excused = Excused
attendance-part-only = Late or left early
attendance-minutes = Minutes missed
attendance-attended = Attended
attendance-first = Comes for the first time
attendance-needs = Needs help:
attendance-missing = Has not taken { $modules }: a short reminder will help.
attendance-walked-in = Came without registering
attendance-level-0 = Level: has hardly ever used a computer
attendance-level-1 = Level: some practice
attendance-level-2 = Level: at ease
attendance-level-3 = Level: experienced
attendance-nobody = Nobody is registered
attendance-nobody-text = If somebody turns up, add them under “Somebody else came”.

attendance-walk-in = Somebody else came
attendance-walk-in-text = The person is added to the list and noted as present.
attendance-walk-in-add = Add and note as present
attendance-walk-in-done = { $name } is on the list, present.
attendance-name = First and last name
attendance-phone = Telephone
attendance-email = E-mail
attendance-organisation = Firm, farm or town hall

attendance-earlier = Notes from earlier sessions
attendance-notes = Notes on this session
attendance-note = Your note
attendance-note-hint = For whoever gives this workshop next: equipment, pace, questions asked. Nothing personal about participants.
attendance-note-add = Save the note
attendance-note-done = The note is saved.
attendance-parts = How it goes
attendance-part-input = Input
attendance-part-hands-on = Hands-on
attendance-part-evaluation = Evaluation
attendance-part-exchange = Break and exchange
attendance-equipment = Equipment needed
attendance-phones = Whom to call
attendance-paper = Attendance sheet to print

attendance-close = Finish the list
attendance-close-title = Finish the list?
attendance-close-unmarked = { $count ->
    [one] One person is not noted yet:
   *[other] { $count } people are not noted yet:
  }
attendance-close-ready = Everybody is noted.
attendance-close-text = The session will be recorded as held. You can still correct somebody’s attendance afterwards.
attendance-close-absent = { $count ->
    [one] Note them as absent and finish
   *[other] Note them all as absent and finish
  }
attendance-close-back = Back to the list
attendance-closed-done = The list is finished. Thank you!
attendance-is-closed = This list is finished. A mistake can still be corrected.

attendance-error-too-early = It is too early: attendance can be noted from half an hour before the start.
attendance-error-cancelled = This session is cancelled: there is no attendance to note.
attendance-error-missed-too-much = The session lasts { $minutes } minutes: nobody can miss more.
attendance-error-stale = Somebody else has just noted this person differently. Look at what is noted now, then correct it if needed.
attendance-refused-not-begun = The session has not begun yet.
attendance-refused-over = The list is finished already, or the session is cancelled.
attendance-refused-unmarked = { $count ->
    [one] One person is not noted yet.
   *[other] { $count } people are not noted yet.
  }
