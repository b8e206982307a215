# People and organisations.
people-refused-known = { $name } is already on the list, with the same address or telephone.
people-refused-erased = This person’s data have been erased. They can no longer be changed.
people-refused-merged = This record has been merged with another. Open the record that remains.
people-refused-same-record = This is the same record twice. Choose another one.

people-title = People
people-count = { $n ->
    [0] Nobody yet
    [one] One person
   *[other] { $n } people
}
people-search = Name, firm, e-mail or telephone
people-profile = Profile
people-filter = Search
people-filter-none = Show all
people-reach = Contact
people-seats = Enrolments
people-new = New person
people-none = Nobody on the list
people-none-text = People appear here as soon as they enrol, fill in the questionnaire or are entered by you.
people-none-found = Nobody matches
people-none-found-text = Try fewer words, or remove a filter.
people-organisations = Organisations
people-organisation-count = { $n ->
    [0] No organisation yet
    [one] One organisation
   *[other] { $n } organisations
}
people-organisation-search = Name, SIRET, e-mail or telephone
people-organisation-new = New organisation
people-organisation-none = No organisation on the list
people-organisation-none-text = Firms and local authorities appear here with the people who work there, or when you enter them.
people-organisation-none-found = No organisation matches
people-organisation-edit-title = Change the organisation
people-organisation-empty = Nobody belongs to this organisation.
people-organisation-created = The organisation is saved.
people-organisation-saved = The changes are saved.
people-edit = Change
people-edit-title = Change the record
people-invite = Enrol in a session
people-since = Came through: { $origin }. Record made on
people-unknown = Not given
people-name-hint = First name and surname
people-note-hint = For the team. The person may ask to read it.
people-organisation-field = Firm, farm or local authority
people-organisation-hint = If it is already known in this commune, it will be found.
people-language = Language of e-mails
people-language-fr = French
people-language-en = English
people-save = Save
people-created = The person is saved.
people-saved = The changes are saved.
people-look-for = Look for this person on the list
people-stale = Somebody else has just changed this record
people-stale-text = This is what is saved now. What you typed is still in the form: saving it will replace the following.
people-was-merged = This record was merged with another.
people-open-kept = Open the record that remains
people-erased-name = Erased person
people-erased-organisation = Erased organisation
people-page-seats = Sessions
people-page-no-seats = No enrolment yet.
people-hours = Time really attended:
people-page-certificates = Certificates
people-page-responses = Questionnaires
people-response-done = finished
people-response-begun = begun
people-page-wishes = Wishes
people-page-letters = E-mails
people-letter-queued = to be sent
people-letter-sent = sent
people-letter-failed = not sent
people-letter-dropped = dropped
people-page-story = What happened
people-page-data = Personal data
people-page-data-text = Anybody may receive their data or ask for it to be erased.
people-export = Download their data
people-erase = Erase
people-erase-title = Erase the data of { $name }
people-erase-sure = This cannot be undone
people-erase-what = Name, contact details, notes, answers to questionnaires and the texts of e-mails disappear, everywhere.
people-erase-kept = What remains, without a name: sessions attended, hours, commune and sector, for the reports.
people-erase-coming = { $n ->
    [one] One coming seat will be given back.
   *[other] { $n } coming seats will be given back.
}
people-erase-yes = Erase for good
people-erased = This person’s data are erased.
people-duplicates = Duplicates
people-duplicates-title = Records that may be doubled
people-duplicates-intro = { $n ->
    [one] One pair to look at.
   *[other] { $n } pairs to look at, the most probable first.
}
people-duplicates-none = No duplicate in sight
people-duplicates-none-text = Records that look alike will appear here.
people-back-to-list = Back to the list
people-compare = Compare and merge
people-are-two = These are two different records
people-kept-apart = Noted: this pair will no longer be proposed.
people-reason-same-registration = same official number
people-reason-same-email = same e-mail
people-reason-same-phone = same telephone
people-reason-same-name = same name in the same commune
people-reason-close-name = very close name in the same commune
people-merge-title = Merge two records
people-merge-intro = The record “{ $kept }” stays. Everything that belongs to “{ $gone }” joins it.
people-merge-swap = Keep the other record instead
people-merge-kept = Record that stays
people-merge-gone = Record that goes
people-merge-take = Choice
people-merge-take-this = Take that of the record that goes ({ $field })
people-merge-same = The same
people-merge-moves = What joins the record that stays
people-moves-enrolment = Enrolments
people-moves-attendance = Attendance
people-moves-operation = Attendance notes, signatures
people-moves-response = Questionnaires
people-moves-pathway = Paths
people-moves-wish = Wishes
people-moves-debrief = Talks
people-moves-certificate = Certificates
people-moves-level-test = Level tests
people-moves-quiz = Quiz answers
people-moves-mail = E-mails
people-moves-person = People
people-merge-clashes = Sessions in which both are enrolled
people-merge-clashes-text = Only one of the two enrolments can remain: the better one. The other seat goes to the next person.
people-merge-clash = remains: { $remains }; ends: { $ends }
people-merge-undo = Both records as they were remain readable in the journal.
people-merge-yes = Merge the two records
people-merged = The two records are now one.
people-merge-stale = One of the two records has just been changed. Look again before merging them.
people-refused-separate = This merge can no longer be undone: one of the two records was changed or erased since. Create a new record instead.
people-separate = Undo the last merge
people-separate-title = Undo a merge of two records
people-separate-sure = “{ $kept }” and “{ $gone }” become two records again, as they were.
people-separate-when = They were merged on
people-separate-back = Going back to the record that had disappeared:
people-separate-since = What happened since the merge stays with the present record.
people-separate-ended = { $n ->
    [one] One doubled registration ended with the merge. It stays ended: register the person again if needed.
   *[other] { $n } doubled registrations ended with the merge. They stay ended: register the person again if needed.
}
people-separate-yes = Separate the two records
people-separated = The two records are separate again.
