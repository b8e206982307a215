# Referents, at the desk.
referent-list = Referents
referent-list-lead = Elected officials and staff who relay the programme in their territory.
referent-one = The referent
referent-new = Add a referent
referent-edit = Edit the referent
referent-search = Name of the referent
referent-none = No referent yet
referent-none-text = Add an elected official and a member of staff in each territory.
referent-name = Name
referent-kind = Capacity
referent-elected = Elected official
referent-staff = Staff
referent-other = Other
referent-organisation = Body
referent-organisation-hint = Town hall, intercommunality, chamber…
referent-territory = Territory
referent-commune = Commune
referent-email = E-mail address
referent-phone = Telephone
referent-account = Account to sign in with
referent-account-hint = With an account, they enter questionnaires and see who registers in their territory.
referent-note = Note
referent-delete-text = The record disappears. The account, if there is one, stays.

# The referent's own pages.
referent-home = My territory
referent-home-lead = { $number ->
    [0] Nobody of your territory is known yet for the season “{ $season }”.
    [one] { $number } person of your territory, season “{ $season }”.
   *[other] { $number } people of your territory, season “{ $season }”.
}
referent-home-no-season = There is no current season.
referent-home-none = Nobody so far
referent-home-none-text = Hand out the questionnaire, then enter the filled-in sheets here.
referent-enter = Enter a questionnaire
referent-paper = Print questionnaires
referent-register = Register somebody
referent-search-people = Name, firm or commune
referent-level = Level
referent-no-path = No path yet
referent-next = Next session
referent-seats = Seats
referent-waiting = Waiting
referent-session = Session
referent-known = Person known already
referent-known-hint = Or leave empty and write their details below.
referent-new-hint = A commune of your territory.
referent-registered = Done, the person has a seat.
referent-registered-waiting = The session is full: the person is on the waiting list, at place { $rank }.
