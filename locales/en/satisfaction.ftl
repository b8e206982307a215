satisfaction-list = What people think
satisfaction-list-lead = What participants think, without their names: { $season }. Answers open from five on.
satisfaction-search = Workshop, place or trainer
satisfaction-session = Workshop
satisfaction-day = Day
satisfaction-site = Place
satisfaction-trainer = Trainer
satisfaction-attended = Attended
satisfaction-answered = Answers
satisfaction-mean = Mean mark out of 5
satisfaction-few = Fewer than 5 answers
satisfaction-season = What people think of the season
satisfaction-none = No past workshop yet
satisfaction-none-text = Workshops appear here once attendance is marked.
satisfaction-of = What people think: { $title }
satisfaction-count = { $answered ->
    [0] No answer from { $attended } people who attended.
    [one] One answer from { $attended } people who attended.
   *[other] { $answered } answers from { $attended } people who attended.
  }
satisfaction-ask = Ask by e-mail
satisfaction-ask-hint = Everybody who attended and has an address gets a link, once. The others find it in their own space.
satisfaction-asked = { $letters ->
    [0] Everybody with an address has had the letter already.
    [one] One letter is ready to go.
   *[other] { $letters } letters are ready to go.
  }
satisfaction-closed = Answers stay closed while there are fewer than five: nobody must be recognised.
satisfaction-mean-of = On average: { $mean } out of 5
satisfaction-step = Answer
satisfaction-people = People
satisfaction-comments = What was written
satisfaction-comments-order = In alphabetical order, which says nothing about who wrote.
satisfaction-no-comment = Nobody wrote a comment.
satisfaction-anonymous = Your answer is kept without your name and without the date. It is shown only from five answers on.
satisfaction-send = Send what I think
satisfaction-thanks = Thank you! What you think is kept, without your name.
satisfaction-spent = This link was used already: everybody answers once. Thank you!
satisfaction-agenda = See the next workshops
satisfaction-own = What you think
satisfaction-own-link = Say what I think: { $title }
satisfaction-refused-early = Wait for the end before asking.
