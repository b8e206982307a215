### Quizzes at the end of a session.

quiz-list = Quizzes
quiz-list-lead = Quizzes for the end of sessions: yours, and those that others offer, which you can copy.
quiz-search = Title, workshop or trainer
quiz-none = No quiz
quiz-none-text = Make one: from a GIFT file, by pasting questions, or from a ready-made quiz.
quiz-new = New quiz
quiz-title = Title
quiz-title-hint = Participants will see it.
quiz-module = Workshop
quiz-owner = Made by
quiz-of-desk = The coordination
quiz-changed = Questions changed
quiz-changed-by = on { $day } by { $author } (version { $number })
quiz-people = People
quiz-stage = Status
quiz-stage-draft = In preparation
quiz-stage-open = Offered
quiz-stage-archived = Archived
quiz-for = For
quiz-session = For one session only
quiz-session-hint = Without a choice the quiz is for every session of this workshop.
quiz-session-all = Every session of the workshop
quiz-again = Can be taken again
quiz-again-hint = After the correction was seen. Only the first try counts in the results.
quiz-yes = yes
quiz-no = no
quiz-sheets = Answers received
quiz-settings = Title and settings
quiz-saved = Saved.
quiz-open = Offer to participants
quiz-opened = The quiz is offered to participants.
quiz-take-back = Stop offering
quiz-taken-back = The quiz is in preparation again.
quiz-archive = Archive
quiz-archived = The quiz is archived. The answers received stay.
quiz-take-up = Take up again
quiz-copy = Copy
quiz-copy-lead = The copy is yours: you change it without touching the original.
quiz-copied = The copy is ready. Read it through, then offer it to participants.
quiz-preview = See as a participant
quiz-paper = Quiz to print
quiz-paper-corrected = Answers to print
quiz-export = Download (GIFT)
quiz-edit-note = People have answered already. If you change the questions, their answers stay with the questions that they saw.
quiz-not-yours = This quiz is somebody else’s. Copy it to change it.
quiz-questions = Questions
quiz-question = Question
quiz-number = Number
quiz-back-home = Back to the home page
quiz-back-space = Back to my space
quiz-back-quiz = Back to the quiz
quiz-back-session = The session
quiz-choose = Choose

quiz-import-lead = Give a GIFT file (Moodle and other programs make them) or paste the questions.
quiz-import = Import
quiz-import-again = Replace the questions
quiz-import-stale = Somebody else changed this quiz meanwhile. Import again to put your questions in place of theirs.
quiz-import-faults = { $count ->
    [one] One question cannot be taken
   *[other] { $count } questions cannot be taken
  }
quiz-import-good = { $good ->
    [0] No other question was found. Nothing was imported.
    [one] The other question is good. Nothing was imported: correct the text, or tick “Keep the good questions”.
   *[other] The other { $good } are good. Nothing was imported: correct the text, or tick “Keep the good questions”.
  }
quiz-import-nothing = No question was found.
quiz-imported = { $count ->
    [one] One question was imported.
   *[other] { $count } questions were imported.
  }
quiz-imported-without = { $count ->
    [one] One question was left out (line { $lines }).
   *[other] { $count } questions were left out (lines { $lines }).
  }
quiz-line = Line
quiz-why = What is wrong
quiz-file = GIFT file
quiz-file-hint = A text file. If given, it replaces the text below.
quiz-text = Or the questions themselves
quiz-text-hint = An empty line separates questions.
quiz-keep-good = Keep the good questions
quiz-keep-good-hint = The others are left out. Otherwise a single mistake stops everything.
quiz-ready = Start from a ready-made quiz
quiz-ready-text = Its questions come into the form. Change them as you like.
quiz-gift-help = How to write questions
quiz-gift-example =
    Which sign separates the two parts of an address?
    {"{"} ~the full stop   =the at sign#Yes!   ~the hash {"}"}

    What can be attached to a message? (several answers)
    {"{"} ~%50%a photo   ~%50%a quote   ~%-100%a chair {"}"}

    The padlock proves that the seller is honest. {"{"}F{"}"}

    How many characters at least for a good password? {"{"}#12:1{"}"}

    The sign @ is called {"{"}=at =at sign{"}"} in English.

    Match.
    {"{"} =Reply -> to one person   =Reply to all -> to everybody {"}"}

quiz-fault-essay = The braces are empty: a free answer cannot be marked. Give answers.
quiz-fault-no-closing-brace = The opening brace is never closed. An empty line inside a question cuts it in two.
quiz-fault-no-opening-brace = There is a closing brace without an opening one.
quiz-fault-two-groups = There are two groups of answers. Write a backslash \ before a brace that is part of the text.
quiz-fault-endless-title = The title starts with :: and does not end with ::.
quiz-fault-answer-without-sign = Each answer must start with = (right) or ~ (wrong).
quiz-fault-empty-answer = An answer is empty.
quiz-fault-too-few-choices = There is only one answer to choose from.
quiz-fault-no-right-answer = A right answer is missing, or a wrong one to make it a choice.
quiz-fault-nothing-worth-all = No answer is worth 100%.
quiz-fault-weights = The right answers are worth { $text }% together instead of 100%.
quiz-fault-bad-weight = “{ $text }” is no weight. Write a number from -100 to 100.
quiz-fault-bad-number = “{ $text }” is no number.
quiz-fault-range = The second number is smaller than the first.
quiz-fault-wrong-number = A number cannot be marked as wrong with ~.
quiz-fault-pair-without-arrow = Some answers have an arrow -> and others have not. All need one.
quiz-fault-too-few-pairs = At least two pairs are needed, each with both sides.
quiz-fault-no-text = The question itself is missing.
quiz-fault-too-many = There are more than { $most } answers.
quiz-fault-too-long = A text is longer than { $most } characters.

quiz-kind-single = One choice
quiz-kind-multiple = Several choices
quiz-kind-truth = True or false
quiz-kind-words = A word to write
quiz-kind-number = A number
quiz-kind-matching = Things to match
quiz-kind-description = A text without question

quiz-question-new = Add a question
quiz-question-edit = Edit
quiz-question-up = Move up
quiz-question-down = Move down
quiz-question-remove = Remove the question
quiz-question-removed = The question was removed.
quiz-question-saved = The question is saved.
quiz-question-stale = Somebody else changed this quiz meanwhile: nothing was done. These are the questions of now.
quiz-question-changed = Somebody else changed this quiz meanwhile. Your text is still in the form: save again to keep it.
quiz-question-text = Question
quiz-question-after = Rest of the sentence, after the gap
quiz-question-after-hint = Only for a sentence to complete.
quiz-is-it-true = This sentence is…
quiz-if-right = To say to those who are right
quiz-if-wrong = To say to those who are wrong
quiz-otherwise = To say for any other number
quiz-answer-number = Answer { $number }
quiz-pair-number = Pair { $number }
quiz-pair-left = What is asked
quiz-pair-left-hint = Leave empty for one answer too many, which goes with nothing.
quiz-pair-right = What goes with it
quiz-number-right = Number
quiz-tolerance = How far off it may be
quiz-worth = This answer is
quiz-worth-yes = right
quiz-worth-no = wrong
quiz-worth-part = worth { $percent }%
quiz-answer-feedback = To say to those who give it
quiz-words-hint = Capitals and accents do not matter. A star * stands for any text.
quiz-feedback = To say to everybody
quiz-feedback-hint = Shown with the correction.

quiz-preview-note = This is the quiz as participants will see it. You can answer it: nothing is kept.
quiz-preview-kept-nowhere = This was a try: your answers were not kept.
quiz-take-intro = A few questions on what you have just seen. It is no exam: the correction comes straight after.
quiz-several = Tick all that apply.
quiz-a-number = A number, such as 12 or 3.5.
quiz-match = Choose what goes with each line.
quiz-hand-in = See the correction
quiz-hand-in-anyway = Hand in without these answers
quiz-handed-in = Thank you, your answers are saved.
quiz-answer-missing = Answer this question.
quiz-answer-not-a-number = Write a number, such as 12 or 3.5.
quiz-answer-not-an-answer = This answer is too long.
quiz-answer-not-offered = This answer is not one of the choices.
quiz-answer-other-count = This is not the right number of letters.
quiz-correction = Correction
quiz-score = { $right ->
    [0] No answer was wholly right out of { $asked }. The correction will help you.
    [one] One right answer out of { $asked }.
   *[other] { $right } right answers out of { $asked }.
  }
quiz-right-answer = Right
quiz-partly-right = Partly right
quiz-not-right = To look at again
quiz-your-answer = Your answer:
quiz-nothing-said = no answer
quiz-would-be-right = Right answer:
quiz-take-again = Take the quiz again
quiz-others = Other quizzes of this session

quiz-refused-empty = This quiz asks nothing: add a question before you offer it.
quiz-refused-full = A quiz has at most { $most } questions.
quiz-refused-early = The quiz opens at the end of the session.
quiz-refused-answered = You have answered this quiz already. Here is your correction.
quiz-refused-not-begun = The session has not begun.
quiz-refused-on-screen = This person has answered online already.

quiz-entry = Enter the sheet
quiz-entry-correct = Correct the entry
quiz-entry-of = Sheet of { $name }
quiz-entry-keys = Type what stands on the sheet. Tab goes to the next question, Enter saves and goes to the next person. An empty field means: no answer.
quiz-entry-one = One letter.
quiz-entry-several = The letters ticked, such as AC.
quiz-entry-truth = T for true, F for false.
quiz-entry-words = The word written.
quiz-entry-number = The number written.
quiz-entry-pairs = A letter for each line, in order, such as BAC; a dash for an empty line.
quiz-entry-save = Save and go on
quiz-entry-stale = Somebody else has just entered or corrected this sheet. Save again to keep yours.
quiz-entry-on-screen = This person answered online: there is nothing to enter.
quiz-entry-older = Careful, the quiz is at version { $number }. The sheet’s version stands at the bottom of its page.
quiz-entry-other-revision = The sheet is of another version
quiz-entered = The sheet of { $name } is saved.
quiz-revision = version { $number }
quiz-has-answered = Has answered

quiz-results = Results
quiz-results-lead = What came of the quizzes, workshop by workshop and session by session.
quiz-results-search = Quiz, workshop, place or trainer
quiz-results-of = Results: { $title }
quiz-results-none = No answers yet
quiz-results-none-text = Results appear as soon as somebody has answered.
quiz-session-day = Session of
quiz-site = Place
quiz-trainer = Trainer
quiz-mean = Success
quiz-mean-is = Mean success: { $share }.
quiz-of-session = Quiz of the session
quiz-session-none = No quiz for this session
quiz-session-none-text = Offer a quiz for this workshop, or make one for this session.
quiz-new-for-session = A quiz for this session
quiz-no-longer-offered = No longer offered
quiz-answered-by = { $count ->
    [0] Nobody has answered yet.
    [one] One person has answered.
   *[other] { $count } people have answered.
  }
quiz-by-question = Question by question
quiz-by-person = Person by person
quiz-by-session = Session by session
quiz-group = The group
quiz-missed = Missed by
quiz-missed-many = Missed by many
quiz-missed-some = Missed by some
quiz-missed-none = Known to all
quiz-missed-unknown = Not asked yet
quiz-left-out = Left out
quiz-right = Right answer
quiz-wrong = What was answered
quiz-person = Person
quiz-result = Result
quiz-paper-sheet = Sheet of paper
quiz-right-of = { $right } out of { $asked }
quiz-on-paper = on paper
quiz-on-screen = online
quiz-tries = { $count } tries
quiz-not-answered = Has not answered
quiz-nobody = Nobody is registered.
quiz-download-csv = Download (CSV)
quiz-download-xlsx = Download (Excel)
quiz-try = Try
quiz-origin = Answered
quiz-answer = Answer
quiz-is-right = Right
quiz-worth-percent = Points of the question (%)
quiz-mean-percent = Success (%)
