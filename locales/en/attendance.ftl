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

## Without network: the trainer's app.

attendance-app-title = Attendance without network
attendance-app-short = Attendance
attendance-app-open-app = Prepare this device to work without network
attendance-app-no-script = This page needs scripts, which your browser does not run.
attendance-app-start = No network in the room? Prepare this device here: it keeps your lists of the day, and you take attendance all day without network.
attendance-app-start-code = You choose a code. It is asked each time you open the lists.
attendance-app-start-lost = The lists show names and needs only. They are erased at the end of the day.
attendance-app-start-send = What you note is sent by itself once the network is back.
attendance-app-device-name = Name of this device
attendance-app-device-usual = My tablet
attendance-app-code = Your code
attendance-app-code-new = Code
attendance-app-code-hint = At least 6 characters that you will remember. Nobody can find it for you.
attendance-app-code-again = The same code once more
attendance-app-code-short = The code must have at least 6 characters.
attendance-app-code-differs = The two codes are not the same.
attendance-app-code-wrong = { $count ->
    [one] That is not the code. One more try before the lists are erased.
   *[other] That is not the code. Tries left before the lists are erased: { $count }.
  }
attendance-app-code-gone = Too many tries: the lists are erased. What is not sent yet stays here, protected by your code.
attendance-app-prepare = Prepare this device
attendance-app-preparing = Preparing…
attendance-app-prepare-again = Get the lists of the day again
attendance-app-prepare-offline = The server does not answer. Preparing the device needs the network.
attendance-app-prepare-sign-in = Sign in first, then come back to this page.
attendance-app-sign-in = Sign in
attendance-app-ready = The device is ready: it now works without network.
attendance-app-locked = Your code
attendance-app-locked-text = The device “{ $name }” is locked.
attendance-app-unlock = Open
attendance-app-unlocking = Opening…
attendance-app-forgotten = I forgot my code
attendance-app-wipe = Erase everything from this device
attendance-app-wipe-text = The lists and the code will be erased from this device. Nothing else is lost.
attendance-app-wipe-lost = { $count ->
    [one] One mark is not sent yet: it will be lost.
   *[other] { $count } marks are not sent yet: they will be lost.
  }
attendance-app-over = The day is over
attendance-app-over-text = The lists are erased from this device. What you noted is sent as soon as there is network, for seven days.
attendance-app-send = Send now
attendance-app-online-page = My sessions, online
attendance-app-device = This device
attendance-app-lock = Lock
attendance-app-open-list = Open the list
attendance-app-all-lists = All sessions of the day
attendance-app-kept = Noted.
attendance-app-too-old = This browser is too old to work without network. Print the attendance sheet.
attendance-app-conflict = Two devices do not say the same. The page of the session, online, lets you choose.
attendance-app-signed-screen = Signed on the screen.
attendance-app-waits = Not sent yet
attendance-app-arrives = Arrives now
attendance-app-leaves = Leaves now
attendance-app-clear = Clear
attendance-app-sign = Sign
attendance-app-sign-title = Signature of { $name }
attendance-app-sign-text = Sign in the frame, with a finger or the mouse.
attendance-app-sign-field = Frame to sign in
attendance-app-sign-paper = The person signs on the paper sheet
attendance-app-sign-missing = Sign in the frame, or tick the paper sheet.
attendance-app-sign-done = Done
attendance-app-sign-again = Start again
attendance-app-waiting = { $count ->
    [0] Everything is sent
    [one] 1 mark to send
   *[other] { $count } marks to send
  }
attendance-app-state-offline = No network · { $waiting }
attendance-app-state-refused = Sending refused · { $waiting }
attendance-app-missed = { $count ->
    [0] Nothing missed
    [one] One minute missed
   *[other] { $count } minutes missed
  }
attendance-app-open = { $count ->
    [0] Everybody is marked.
    [one] One person still to mark.
   *[other] { $count } people still to mark.
  }

attendance-devices = Devices without network
attendance-devices-text = Tablets and computers prepared to take attendance without network. One is lost? Remove it: it can send nothing any more, and erases its lists when it next connects.
attendance-devices-none = No device
attendance-devices-none-text = Devices appear here once they are prepared, from “My sessions”.
attendance-device-owner = Prepared by
attendance-device-since = Since
attendance-device-seen = Last contact
attendance-device-state = State
attendance-device-state-today = Ready for today
attendance-device-state-sends = Lists erased, can still send
attendance-device-state-over = Over
attendance-device-state-off = Removed
attendance-device-revoke = Remove
attendance-device-revoked-done = The device is removed.
attendance-device-nothing = You have no session today: there is nothing to prepare.
attendance-device-unknown = This device is not known here. Prepare it again.
attendance-device-forged = The device’s signature is not right: nothing was kept.
attendance-device-revoked = This device was removed: it can send nothing any more.
attendance-device-expired = The time to send is over. Sign in and prepare the device again: what waits will then be sent.
attendance-device-replayed = This was delivered before: nothing was kept a second time.
attendance-device-foreign = This speaks of a session that the device was never given: nothing was kept.
attendance-device-unreadable = This cannot be read: nothing was kept.

attendance-conflicts = { $count ->
    [one] For one person, two devices do not say the same. Choose what is right.
   *[other] For { $count } people, two devices do not say the same. Choose what is right.
  }
attendance-conflict-arrival = Two devices do not say the same of the arrival:
attendance-conflict-departure = Two devices do not say the same of the departure:
attendance-conflict-presence = One device says that the person did not come, another the contrary:
attendance-conflict-keep = This is right
attendance-signature = Signature of { $name }
attendance-signed-paper = Signed on the paper sheet.
attendance-signed-screen = Signed on the screen at { $time }.
attendance-said-arrived = Arrival
attendance-said-left = Departure
attendance-said-absent = Absence
attendance-said-excused = Excused absence
attendance-said-cleared = Mark cleared
attendance-said-marked = Attendance
attendance-said-added = Person added
attendance-said-signed = Signature
attendance-said-noted = Note
attendance-said-quiz = Result of a quiz
attendance-said-other = Unreadable message
attendance-aside = Received, but not applied
attendance-aside-text = A device sent this, and it could not be put on the list. Correct the list if needed.
attendance-aside-done = It is settled
attendance-aside-malformed = This message cannot be read.
attendance-aside-id-reused = Another message has the same number.
attendance-aside-unknown-person = This person is not on the list.
attendance-aside-cancelled = The session was cancelled.
attendance-aside-not-yours = The session was given to somebody else.
attendance-aside-too-early = It was too early before the session.
attendance-aside-invalid = The name cannot be kept as it is.
