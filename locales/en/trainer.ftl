# Trainers and providers, at the desk.
trainer-list = Trainers
trainer-list-lead = Who can give sessions, with which skills and when.
trainer-one = The trainer
trainer-new = Add a trainer
trainer-edit = Edit the trainer
trainer-search = Name of the trainer
trainer-none = No trainer yet
trainer-none-text = Add the first person who will give sessions.
trainer-name = Name
trainer-email = E-mail address
trainer-phone = Telephone
trainer-commune = Home commune
trainer-commune-hint = Where they come from, to count journeys.
trainer-skills = Skills
trainer-skills-hint = They serve to propose a trainer for each workshop.
trainer-availability = Usually available
trainer-morning = morning
trainer-afternoon = afternoon
trainer-evening = evening
trainer-account = Account to sign in with
trainer-account-hint = With an account, they see their sessions and mark attendance.
trainer-note = Note
trainer-note-hint = For the team only.
trainer-delete-text = The record disappears. If the person ever gave a session, archive it instead.
trainer-provider = Provider
trainer-providers = Providers
trainer-providers-lead = The firms and bodies that send trainers.
trainer-provider-new = Add a provider
trainer-provider-edit = Edit the provider
trainer-provider-search = Name of the provider
trainer-provider-none = No provider yet
trainer-provider-none-text = A trainer can also come without a provider.
trainer-provider-empty = No trainer.
trainer-provider-delete-text = The provider’s record disappears.
trainer-refused-provider-in-use = “{ $name }” still sends trainers. Change their provider first.
trainer-refused-in-use = “{ $name }” gave sessions: the record cannot be deleted. Archive it instead.
trainer-refused-sessions-to-come = “{ $name }” still has { $count ->
    [one] one session to give
   *[other] { $count } sessions to give
}. Give them to somebody else first.
