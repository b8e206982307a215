# The personal path and the rules that make it.
pathway-title = Your path
pathway-title-of = The path of { $name }
pathway-level-0 = You are beginning: we start gently, with the first steps.
pathway-level-1 = You have the first basics: we make them solid, step by step.
pathway-level-2 = You are comfortable: we go towards what serves your work.
pathway-level-3 = You are very comfortable: we go straight to your projects.
pathway-intro = { $modules ->
    [one] One workshop suits you. Here is why, and when it takes place near home.
   *[other] { $modules } workshops suit you, in this order. Here is why, and when they take place near home.
}
pathway-known-already = We know you already. Your registrations and your history are in your own space: the link is sent to you by e-mail if we have your address.
pathway-plan-title = A programme that you can follow
pathway-plan-text = The first dates of each workshop go together: { $sessions } sessions, none at the same time.
pathway-register-all = Register for all these sessions
pathway-register = Register
pathway-wait = Join the waiting list
pathway-seats-left = { $seats ->
    [0] full
    [one] { $seats } free seat
   *[other] { $seats } free seats
}
pathway-booked = You are registered
pathway-full = Full
pathway-full-wish = The sessions that suit you are full. Your wish is noted: it counts towards opening others.
pathway-absent-wish = Your wish is noted: it counts towards opening a session.
pathway-wish-kept = Wish noted
pathway-missed-far = The sessions planned are too far from home.
pathway-missed-time = The sessions planned are not at your hours.
pathway-missed-several = No session planned suits your hours, your distance and the rest of your path at once.
pathway-missed-none = No session is planned so far.
pathway-undated-before = Better to take first, as soon as there is a date: { $modules }.
pathway-why-here = in your own commune
pathway-why-near = { $km } from home
pathway-why-morning = { $day } morning, when you are free
pathway-why-afternoon = { $day } afternoon, when you are free
pathway-why-evening = { $day } evening, when you are free
pathway-why-after = after “{ $module }”
pathway-registered = You are registered for “{ $module }”.
pathway-waiting = “{ $module }” is full: you are on the waiting list, at place { $rank }.
pathway-not-registered = “{ $module }”: { $why }
pathway-no-longer-proposed = This session is no longer part of your path. Here are those that suit you now.
pathway-empty = No workshop to propose so far
pathway-empty-text = From your answers, you already know what our workshops teach. Look at the catalogue, or tell us what you are missing.
pathway-own-wishes = Your wishes
pathway-own-wishes-text = We have noted them. We will answer you.
pathway-print = Print my path
pathway-to-agenda = See the whole agenda
pathway-ask = A question? { $contact }
pathway-sheet-intro = The workshops that suit you, in the order to take them, from your answers.
pathway-rules = Rules of the paths
pathway-rules-lead = Who gets which workshop, and why, in the season “{ $season }”. Change the text, see what it changes for each person, then put it to use.
pathway-rules-adopted-by = Put to use by { $name } on { $date }.
pathway-rules-no-season = There is no current season: rules belong to a season.
pathway-rules-stale = Other rules were put to use while you were writing. Your text is below; nothing has changed. Copy it, reload this page and take it up again if needed.
pathway-rules-faults = This text cannot be used
pathway-rules-text = Text of the rules
pathway-rules-hint = A rule: a workshop, a condition on the answers, a priority, a reason in French and in English.
pathway-rules-adopted = { $number ->
    [0] The rules are in use.
    [one] The rules are in use, { $number } path drawn up anew.
   *[other] The rules are in use, { $number } paths drawn up anew.
}
pathway-preview = See what it changes
pathway-preview-title = What these rules change
pathway-preview-number = { $changed } people of { $people } would have another path. Nothing has changed yet.
pathway-preview-nothing = Nothing changes for the { $people } people who have a path.
pathway-adopt = Put these rules to use
pathway-adopt-text = All paths will be drawn up anew. Registrations do not change.
pathway-change-level = Level: { $from } → { $to }
pathway-change-added = More: { $modules }.
pathway-change-removed = Less: { $modules }.
pathway-change-moved = { $module } goes from place { $from } to place { $to }.
pathway-change-reasons = Another reason: { $modules }.
pathway-change-dates = Other dates: { $modules }.
pathway-recompute-title = Draw up the paths anew
pathway-recompute-text = After adding or cancelling sessions: paths are drawn up with the dates of today, and wishes counted anew.
pathway-recompute = Draw up all paths anew
pathway-recomputed = { $number ->
    [0] No path to draw up.
    [one] { $number } path drawn up.
   *[other] { $number } paths drawn up.
}
