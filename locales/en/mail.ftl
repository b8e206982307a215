# Letters to people. Short, plain, kind: what happened, then what to do.
mail-greeting = Hello { $name },
mail-greeting-nameless = Hello,
mail-closing = See you soon,
mail-contact = Any question? { $contact }
mail-footer = This message comes from { $programme }.
mail-instant = { $date } at { $time }

mail-fact-module = Workshop
mail-fact-when = When
mail-fact-place = Where
mail-fact-room = Room
mail-fact-bring = To bring

mail-agenda-label = See other dates
mail-session-label = See the details again
mail-calendar-adds = The attached file adds the workshop to your calendar, if you use one.
mail-calendar-updates = The attached file updates your calendar, if you use one.
mail-calendar-removes = The attached file takes the workshop out of your calendar, if you use one.
mail-withdraw = Something came up? Let us know with one click: someone else will be glad of your seat.
mail-withdraw-label = I can no longer come

mail-placed-subject = Your seat is reserved: { $module }, { $date }
mail-placed-intro = You are registered and your seat is reserved. There is nothing else to do.
mail-placed-missing = { $missing ->
    [one] The workshop opens as soon as one more person registers. We will write to you then.
   *[other] The workshop opens as soon as { $missing } more people register. We will write to you then.
  }

mail-waiting-subject = Waiting list: { $module }, { $date }
mail-waiting-intro = { $rank ->
    [1] You are on the waiting list for this workshop, at rank 1: first in line.
   *[other] You are on the waiting list for this workshop, at rank { $rank }.
  }
mail-waiting-next = As soon as a seat is free for you, we will offer it to you by mail. Keep the date if you can.
mail-waiting-withdraw = No longer interested in this date?
mail-waiting-withdraw-label = Take my name off the list

mail-offer-subject = A seat is free: { $module }, { $date }
mail-offer-intro = Good news: a seat is free. We are keeping it for you until { $until }.
mail-proposal-subject = A seat for you: { $module }, { $date }
mail-proposal-intro = This session is part of your pathway, and we planned it around the times that suit you. A seat is kept for you until { $until }: please tell us whether you are coming.
mail-proposal-next = If we do not hear from you by then, the seat goes to somebody else.
mail-offer-accept = I take the seat
mail-offer-next = If we do not hear from you by then, the seat goes to the next person.
mail-offer-decline = I leave the seat

mail-lapsed-subject = Seat offered to someone else: { $module }, { $date }
mail-lapsed-intro = We were keeping a seat for you. Your answer did not reach us in time, so it was offered to the next person.
mail-taken-back-subject = Offer withdrawn: { $module }, { $date }
mail-taken-back-intro = We were keeping a seat for you, but we have to review our calendar: this offer no longer stands. We are sorry.
mail-lapsed-next = No harm done: you can register again or choose another date.

mail-changed-subject = Change: { $module }, { $date }
mail-changed-intro = Something has changed for your workshop:
mail-changed-now = So here is your appointment:
mail-changed-withdraw = No longer suits you? Let us know with one click and we will suggest other dates.
mail-change = { $label }: { $new } (no longer { $old })
mail-change-new = { $label }: { $new }
mail-change-when = Date
mail-change-place = Place
mail-change-room = Room
mail-change-trainer = Trainer
mail-change-module = Workshop

mail-cancelled-subject = Cancelled: { $module }, { $date }
mail-cancelled-intro = We have to cancel this workshop. We are sorry.
mail-cancelled-reason = The reason: { $reason }
mail-cancelled-alternatives = You can come on another date:

mail-reminder-subject = Reminder: { $module }, { $date }
mail-reminder-intro = Your workshop is near. We look forward to seeing you:

mail-group-subject = It is confirmed: { $module }, { $date }
mail-group-intro = Good news: enough people have registered, the workshop takes place.

mail-withdrawn-subject = Noted, you are not coming: { $module }, { $date }
mail-withdrawn-intro = Noted: you are no longer registered for this workshop. Thank you for letting us know.

mail-invitation-subject = A seat for you: { $module }, { $date }
mail-invitation-intro = { $by } offers you a seat in this free workshop:
mail-invitation-until = We are keeping this seat for you until { $until }.
mail-invitation-accept = I take the seat
mail-invitation-else = If this workshop is not for you, there is nothing to do.

mail-code-subject = { $code }: your code
mail-code-intro = { $minutes ->
    [one] Here is the code to type on the site. It is valid for one minute.
   *[other] Here is the code to type on the site. It is valid for { $minutes } minutes.
  }
mail-code-ignore = You asked for nothing? Give this code to nobody and forget this message.

mail-link-subject = Your link to sign in
mail-link-intro = { $minutes ->
    [one] Here is the link you asked for. It is valid for one minute and works once.
   *[other] Here is the link you asked for. It is valid for { $minutes } minutes and works once.
  }
mail-link-label = Sign in
mail-link-ignore = You asked for nothing? Simply forget this message.

mail-resume-subject = Continue your questionnaire
mail-resume-intro = Your answers are kept. Continue where you left off, whenever you like and on any device.
mail-resume-label = Continue the questionnaire
mail-level-test-subject = Continue your level test
mail-level-test-intro = Your answers are kept. Continue the test where you left off, whenever you like: there is no time limit.
mail-level-test-label = Continue the test
mail-resume-next = Keep this message: the link is yours alone.

mail-pathway-subject = Your path is ready
mail-pathway-intro = { $steps ->
    [0] Thank you for your answers. Your path is ready.
    [one] Thank you for your answers. We suggest one workshop, with dates near you.
   *[other] Thank you for your answers. We suggest { $steps } workshops, in order, with dates near you.
  }
mail-pathway-label = See my path
mail-pathway-next = It also tells why each workshop is suggested. All that is left is to choose your dates.

mail-certificate-subject = Your certificate of attendance is ready
mail-certificate-intro = You attended { $hours } of workshops, well done! Your certificate is ready.
mail-certificate-label = Open my certificate
mail-certificate-next = You can print it or send it. Anyone can verify it with the code it bears.

mail-wish-subject = An answer to your wish
mail-wish-intro = You wrote to us: “{ $wish }”
mail-wish-sessions = These dates may suit you:

mail-staff-subject = Your access to { $programme }
mail-staff-intro = An account is open for you. Your role: { $role }.
mail-staff-next = { $hours ->
    [one] Choose your password with the link below. It is valid for one hour.
   *[other] Choose your password with the link below. It is valid for { $hours } hours.
  }
mail-staff-label = Choose my password

mail-confirm-subject = Is it you? Your new path is waiting
mail-confirm-intro = A questionnaire has just been filled in with your name and address. You already have a path. If it was you, please confirm: the new path will replace the present one.
mail-confirm-label = Yes, it is me
mail-confirm-next = If it was not you, do nothing: your path stays as it is.

mail-quiz-subject = The quiz of your workshop: { $module }
mail-quiz-intro = Thank you for coming to the workshop “{ $module }” on { $date }. A few questions await you to see where you stand, with the correction straight after.
mail-quiz-label = Take the quiz
mail-quiz-next = It takes five minutes. It is no exam.
mail-debrief-subject = Your path, to keep
mail-debrief-intro = Thank you for taking the time to look back together. Here is the essential.
mail-debrief-did = Your workshops
mail-debrief-hours = Time spent
mail-debrief-next = What you decided to do:
mail-debrief-page = The whole page is in your own space; you can print it.
mail-debrief-label = Open my space

mail-missing-subject = You had asked for it: { $title }
mail-missing-intro = You had told us that you missed this: “{ $title }”. Here is what comes of it.
mail-missing-taken-up = Good news: this subject is among the next workshops.
mail-missing-declined = We cannot offer a workshop on this subject for the moment.

mail-satisfaction-subject = What you think, in two minutes: { $title }
mail-satisfaction-intro = You took part: { $title }. What did you think of it?
mail-satisfaction-anonymous = Six questions, without your name: nobody will know that the answer is yours. The link works once.
mail-satisfaction-label = Say what I think
