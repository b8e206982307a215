# Printed documents.
document-page = Page

document-certificate-title = Certificate of attendance
document-certificate-title-success = Certificate of success
document-certificate-title-employer = Copy for the employer
document-certificate-meaning-attendance = Certificate of attendance: it states the hours attended, not that the whole path was followed.
document-certificate-meaning-path = Certificate of success: { $share } % of the hours of the path were attended; the programme asks for { $asked } %.
document-certificate-meaning-each = Certificate of success: at least { $share } % of each session of the path was attended; the programme asks for { $asked } %.
document-certificate-meaning-employer = This copy states the workshops attended, their dates and their length. It says nothing of level, results, answers or absences.
document-certificate-cumulative = Since the beginning in this programme, all seasons together: { $hours }.
document-certificates-title = Certificates of attendance
document-certificate-awarded-to = awarded to
document-certificate-sentence = attended { $count ->
    [one] one workshop
   *[other] { $count } workshops
  } of the { $programme } programme, { $period }, for a total of { $hours }.
document-certificate-module = Workshop
document-certificate-dates = Dates
document-certificate-hours = Length
document-certificate-total = Total time attended
document-certificate-done-at = { $place }, { $date }
document-certificate-signature = Signature and stamp
document-certificate-verify = To verify this certificate, scan the code above with a phone or open this address:
document-certificate-verify-alt = Code to scan with a phone to verify certificate { $code }
document-certificate-partners = With the support of { $partners }.

document-attendance-title = Attendance sheet: { $module }
document-attendance-site = Place
document-attendance-room = Room
document-attendance-trainer = Trainer
document-attendance-season = Season
document-attendance-person = Name
document-attendance-trainer-signature = Trainer’s signature
document-attendance-footer = Each person signs for every half day they attend.

document-questionnaire-several = Tick all that apply.
document-questionnaire-single = Tick one answer only.
document-questionnaire-give-back = Where to hand in this questionnaire
document-questionnaire-footer = Your answers serve only to suggest workshops that suit you.

document-pathway-title = Your path
document-pathway-level = Your starting level:
document-pathway-contact = Any question?
document-pathway-online = Scan this code with a phone to see your path and register.
document-pathway-footer = Path drawn up on { $date } from your answers to the questionnaire.

document-people-title = People registered: { $module }
document-people-count = { $count ->
    [one] { $count } person
   *[other] { $count } people
  }
document-people-nobody = Nobody is registered yet.
document-people-name = Name
document-people-organisation = Organisation
document-people-commune = Commune
document-people-phone = Telephone
document-people-state = Registration
document-people-footer = Internal document: do not display. List as of { $date }.

document-quiz-name = Name
document-quiz-pairs = Write in each box the letter of what goes with it.
document-quiz-true = True
document-quiz-false = False
document-quiz-right = right
document-quiz-corrected = Answers
document-quiz-between = from { $low } to { $high }
document-quiz-footer = This is no exam. Version { $revision } of the quiz.

document-preparation-title = Preparation: { $module }
document-preparation-plan = Plan
document-preparation-room = The room
document-preparation-people = Who comes
document-preparation-nobody = Nobody is registered yet.
document-preparation-notes = Notes of earlier sessions
document-preparation-hours = Time
document-preparation-part = Part
document-preparation-what = What happens
document-preparation-footer = For the trainer alone: not to be displayed or left in the room.
document-debrief-title = Looking back on my path
document-debrief-summary = { $sessions ->
    [one] { $season }: one workshop, { $hours }.
   *[other] { $season }: { $sessions } workshops, { $hours }.
  }
document-debrief-did = What I did, what I use
document-debrief-next = What I decided to do
document-debrief-missing = What I missed
document-debrief-online = Read this code with a phone to find your own space again.
document-debrief-footer = Talk of { $date }.
