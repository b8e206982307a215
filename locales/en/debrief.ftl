debrief-list = Talks at the end of the path
debrief-list-lead = With whom to look back, or with whom it is done: { $season }. Ten minutes are enough, in person or on the telephone.
debrief-search = Name, commune or organisation
debrief-person = Person
debrief-commune = Commune
debrief-sessions = Workshops attended
debrief-hours = Time spent
debrief-last = Last workshop
debrief-due = Why now
debrief-stage = Talk
debrief-by = Held by
debrief-organisation = Organisation
debrief-phone = Telephone
debrief-email = E-mail
debrief-needs = Needs
debrief-season = Season
debrief-season-now = Present season
debrief-territory = Territory
debrief-none = No talk to hold for the moment
debrief-none-text = People appear here when their path is complete, when their last workshop is past or when the season is over.
debrief-due-complete = Path complete
debrief-due-over = Season over
debrief-due-past = Last workshop past
debrief-due-none = Still on the way
debrief-stage-finished = Finished
debrief-stage-draft = Begun
debrief-stage-due = To hold

debrief-of = Looking back with { $name }
debrief-at-hand = At hand
debrief-path = Their path
debrief-no-path = No path in this season.
debrief-step-attended = Attended
debrief-step-booked = Registered
debrief-step-full = Full
debrief-step-absent = No date
debrief-step-proposed = Proposed
debrief-attended = Workshops attended: { $hours }
debrief-no-session = No workshop attended this season.
debrief-wishes = Their open wishes
debrief-answered = Their answers to the questionnaire
debrief-lack-module = Which workshops of the catalogue were missing?
debrief-lack-module-n = Workshop { $n }
debrief-lack-words = Which other subjects were missing?
debrief-lack-words-n = Subject { $n }, in the person’s words
debrief-weight-n = How much it matters, row { $n }
debrief-weight-1 = A little
debrief-weight-2 = Fairly
debrief-weight-3 = A lot
debrief-nothing = None
debrief-why = Why, if given up: { $module }
debrief-nothing-taken = No workshop attended this season: nothing to ask here.
debrief-use-weekly = Used every week
debrief-use-sometimes = Used sometimes
debrief-use-not-yet = Not tried yet
debrief-use-gave-up = Given up
debrief-save-draft = Keep and go on later
debrief-finish = Finish the talk
debrief-save = Save the changes
debrief-kept = It is kept. You can take it up again whenever you like.
debrief-finished = The talk is recorded. Print or send the page to take home.
debrief-print = Print the page to take home
debrief-send = Send the page by e-mail
debrief-sent = The page is sent.
debrief-sent-not = Nothing went out: there is no address, or this page was sent already.
debrief-no-email = No e-mail address: print the page.
debrief-stale = Somebody else wrote in this talk meanwhile. What you typed is kept below; here is what is stored and differs. Saving replaces it.
debrief-wrong-many = Twelve rows at most.
debrief-refused-draft = This talk is not finished: there is no page to take home yet.

debrief-home = Looking back on my path
debrief-home-open = Open my page
debrief-home-lead = { $sessions ->
    [one] { $season }: one workshop, { $hours }.
   *[other] { $season }: { $sessions } workshops, { $hours }.
  }
debrief-home-next = What I decided to do
debrief-home-did = What I did, what I use
debrief-home-missing = What I missed
debrief-home-contact = Whom to ask
debrief-home-made = Talk of { $day }.
debrief-home-back = Back to my space

debrief-missing = What was missing
debrief-missing-lead = From talks and open wishes: { $season }. One person counts once for each subject.
debrief-missing-lead-few = From talks and open wishes: { $season }. So that nobody is recognised, no number under five is shown.
debrief-missing-search = Subject
debrief-missing-none = Nothing was missing, or nothing was said yet
debrief-missing-none-text = Talks and wishes fill this page.
debrief-what = Subject
debrief-kind = Kind
debrief-kind-module = Workshop of the catalogue
debrief-kind-subject = Subject made of several
debrief-kind-words = One person’s words
debrief-people = People
debrief-weight = How much it matters
debrief-where = From where
debrief-everywhere = From every commune
debrief-more-places = { $n ->
    [one] one other commune
   *[other] { $n } other communes
  }
debrief-few = Fewer than 5
debrief-nowhere = Commune unknown
debrief-elsewhere = Other communes: { $people }
debrief-propose = Propose for the next season
debrief-propose-lead = One click makes a proposal of it. For a workshop of the catalogue everybody is counted in the next season at once.
debrief-proposed = It is proposed. Decide when you like; those who asked will be told.

debrief-group = Put words together
debrief-group-words = The words to put together
debrief-group-hint = Tick everything that speaks of the same thing.
debrief-group-none = All words belong to a subject already.
debrief-group-subject = Into a subject that is there
debrief-group-title = Or into a new subject
debrief-group-title-hint = Its name, without anybody’s: it will be written to those who asked for it.
debrief-grouped = They are put together.
debrief-subject = See the words
debrief-subject-people = How many people, and propose
debrief-subject-words = The words
debrief-subject-empty = No words in this subject.
debrief-subject-parts = Subjects put into this one
debrief-subject-no-parts = No other subject was put into it.
debrief-take-out = Take out
debrief-taken-out = These words are no longer in the subject.
debrief-merge = Put into another subject
debrief-merge-into = The subject that stays
debrief-merge-hint = This can be undone.
debrief-merged = The two subjects are one.
debrief-split = Take apart
debrief-split-done = The subject stands by itself again.
debrief-refused-merge = These two subjects cannot be put together.

debrief-proposals = Proposed workshops
debrief-proposals-lead = They come from what was missing: { $season }.
debrief-proposals-none = No proposal for the moment
debrief-proposals-none-text = Open a subject of “What was missing” and propose it.
debrief-proposal-stage = Decision
debrief-proposal-proposed = Proposed
debrief-proposal-taken-up = Taken up
debrief-proposal-declined = Not taken up
debrief-proposal-since = Proposed on
debrief-proposal-told = Told on
debrief-proposal-why = Why (for the team)
debrief-proposal-why-hint = What speaks for this workshop: who, where, when.
debrief-proposal-reason = Answer to those who asked
debrief-proposal-reason-hint = One or two sentences, as they will be read. Needed if it is not taken up.
debrief-decide = Decide
debrief-next = For the season
debrief-next-none = No next season yet
debrief-report = Count in the next season
debrief-reported = Those who asked are counted in the next season.
debrief-refused-no-next = There is no next season yet: create it first.
debrief-askers = Who asked for it
debrief-askers-none = Nobody any more: the records were erased.
debrief-counted = Counted in the next season
debrief-counted-yes = Yes
debrief-counted-no = No
debrief-announce = Tell them
debrief-announce-of = Tell them: { $title }
debrief-announce-lead = { $people ->
    [0] Nobody has an e-mail address.
    [one] One person will get this letter, once.
   *[other] { $people } people will get this letter, each once.
  }
debrief-announce-told = Told already on { $day }: only those who came since will get it.
debrief-announce-call = To be told in person
debrief-announce-send = Send the letters
debrief-told = { $letters ->
    [0] Everybody had been told already.
    [one] One letter is ready to go.
   *[other] { $letters } letters are ready to go.
  }
debrief-refused-undecided = Decide first whether it is taken up.
