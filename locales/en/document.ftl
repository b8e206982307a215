# Printed documents.
document-page = Page

document-certificate-title = Certificate of attendance
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
