# What surrounds every page.
shell-skip = Skip to content
shell-nav = Main navigation
shell-nav-of-desk = Desk navigation
shell-menu = Menu
shell-menu-close = Close the menu
shell-sign-in = Staff sign-in
shell-sign-out = Sign out
shell-to-desk = My desk
shell-to-public = See the public site
shell-demonstration = Demonstration
shell-breadcrumb = Where you are

shell-nav-home = Home
shell-nav-agenda = Calendar
shell-nav-modules = Workshops
shell-nav-sites = Places
shell-nav-season = The season
shell-nav-mine = My page

shell-nav-today = My sessions
shell-nav-todo = To do
shell-nav-dashboard = Dashboard
shell-nav-sessions = Sessions
shell-nav-entry = Enter a questionnaire
shell-nav-people = People
shell-nav-organisations = Organisations
shell-nav-wishes = Wishes
shell-nav-debriefs = Looking back
shell-nav-satisfaction = Opinions
shell-nav-places = Places and rooms
shell-nav-trainers = Trainers
shell-nav-referents = Referents
shell-nav-programmes = Programmes and seasons
shell-nav-territories = Territories
shell-nav-rules = Path rules
shell-nav-certificates = Certificates
shell-nav-mail = Mail
shell-nav-exchange = Import and export
shell-nav-team = Team
shell-nav-history = History

shell-optional = optional
shell-cancel = Cancel
shell-errors = { $n ->
    [one] One answer needs another look
   *[other] { $n } answers need another look
}
shell-progress = Step { $step } of { $steps }
shell-pages = Pages of the list
shell-pages-shown = { $from } to { $to } of { $total }
shell-pages-previous = Previous page
shell-pages-next = Next page
