### A trainer's preparation of a session.

preparation-title = Prepare the session
preparation-print = This preparation, to print
preparation-papers = To print
preparation-quiz = Quiz “{ $title }”
preparation-quiz-corrected = Answers to the quiz “{ $title }”
preparation-hours = Time
preparation-part = Part
preparation-what = What happens
preparation-room = The room
preparation-room-is = Room: { $room }
preparation-room-there = { $count ->
    [one] In the room
   *[other] { $count } in the room
  }
preparation-room-missing = Missing in the room
preparation-room-unknown = No room chosen yet: to be checked
preparation-seats = { $count ->
    [one] one seat
   *[other] { $count } seats
  }
preparation-short = { $what }: { $there } for { $people } people
preparation-short-seats = { $there ->
    [one] One seat in the room for { $people } people
   *[other] { $there } seats in the room for { $people } people
  }
preparation-lacks = Something is missing in the room: see below, and tell the coordination.
preparation-people = Who comes
