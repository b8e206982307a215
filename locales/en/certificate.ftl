### Certificates of attendance.

certificate-check = Check a certificate
certificate-check-text = The code is printed at the bottom of the certificate, beside the black and white square.
certificate-check-do = Check
certificate-check-other = Check another certificate
certificate-code = Code
certificate-code-hint = For example ESS-7K3M-9QXT-2. Capitals, spaces and dashes do not matter.
certificate-unknown = We find no certificate with this code. Compare it with the paper, character by character. If it is the same, ask whoever gave it to you.
certificate-valid = This certificate is genuine
certificate-not-valid = This certificate no longer holds
certificate-was-replaced = A newer certificate took its place. Ask the person for the new one.
certificate-was-revoked = The programme has withdrawn it.
certificate-was-erased = It was withdrawn, and the person asked for their data to be erased.
certificate-name = Name
certificate-organisation = Firm or local authority
certificate-programme = Programme
certificate-hours = Time attended
certificate-in-sessions = { $count ->
    [one] in one session
   *[other] in { $count } sessions
  }
certificate-issued-on = Issued on
certificate-lines = Sessions attended

certificate-list = Certificates
certificate-list-lead = { $season }: everybody who came at least once, and where their certificate stands.
certificate-figure-attended = people who came
certificate-figure-due = certificates to issue
certificate-figure-given = issued
certificate-give-all = { $count ->
    [one] Issue the missing certificate
   *[other] Issue { $count } certificates
  }
certificate-print-all = Print all (PDF)
certificate-search = Name, firm or code
certificate-season = Season
certificate-state = Status
certificate-state-due = To issue
certificate-state-outdated = Hours changed since
certificate-state-given = Issued
certificate-state-not-yet = Not enough hours yet
certificate-sessions = Sessions
certificate-minutes = Minutes attended
certificate-actions = Actions
certificate-missing = Missing:
certificate-give = Issue
certificate-give-again = Issue the new one
certificate-print = PDF
certificate-revoke = Withdraw
certificate-no-season = No season
certificate-no-season-text = Certificates are issued by season. Create a season first.
certificate-to-programmes = See the programmes
certificate-nobody = Nobody has come yet
certificate-nobody-text = As soon as attendance is noted, people appear here with their hours.
certificate-given = Certificate { $code } is issued.
certificate-given-all = { $count ->
    [0] No new certificate.
    [one] One certificate is issued.
   *[other] { $count } certificates are issued.
  } Right already: { $unchanged }. Not enough hours yet: { $later }.

certificate-revoke-title = Withdraw this certificate?
certificate-revoke-text = Its code will no longer be recognised as valid. The person can be given another one.
certificate-reason = Why
certificate-reason-hint = For the team only.
certificate-revoke-do = Withdraw the certificate
certificate-revoke-back = Back to the list
certificate-revoked = Certificate { $code } is withdrawn.

certificate-refused-unchanged = This person already has a certificate that says these hours.
certificate-refused-not-yet = This person has not attended enough hours yet.
certificate-refused-none = No certificate has been issued for this season yet.
certificate-refused-revoked = This certificate is withdrawn already.

certificate-kind = What it certifies
certificate-kind-attendance = Attendance: the hours attended, not that the whole path was followed
certificate-kind-success = Success: { $share } % of the path attended, the programme asks for { $asked } %
certificate-earns-attendance = Attendance ({ $share } % of the path)
certificate-earns-success = Success ({ $share } % of the path)
certificate-share = Share of the path attended, in %
certificate-employer = Employer’s copy
certificate-badge = Badge
