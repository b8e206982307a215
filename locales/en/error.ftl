# What went wrong, and what to do next.
error-go-home = Back to the home page
error-go-agenda = See the calendar
error-reference = If you call us, give us this number: { $number }

error-400-title = We did not understand the request
error-400-text = The address or the information we received is incomplete. Go back to the previous page and try again.
error-401-title = Sign in first
error-401-text = This page is for people who are signed in.
error-403-title = You cannot see this page
error-403-text = It is for other people. If you think this is a mistake, call the programme’s team.
error-404-title = This page does not exist
error-404-text = The link may be old, or the address mistyped. The calendar shows all the workshops to come.
error-405-title = This cannot be done here
error-405-text = Go back to the previous page and use its buttons.
error-409-title = Things have changed in the meantime
error-409-text = Someone else changed this information while you were looking at it. Nothing is lost: go back to the previous page, reload it and try again.
error-413-title = This is too large
error-413-text = The file or text you sent is too long. Make it shorter or send it in several parts.
error-422-title = We cannot save this as it is
error-422-text = Something in it does not fit. Go back to the previous page, correct it and try again.
error-429-title = Too many tries
error-429-text = For safety, please wait a little before trying again.
error-429-wait = { $minutes ->
    [one] You can try again in one minute.
   *[other] You can try again in { $minutes } minutes.
}
error-500-title = Something went wrong on our side
error-500-text = It is not your fault, and what you had already saved is kept. Try again in a few minutes.
error-503-title = Many people at the same time
error-503-text = Too many people are using the site right now. Nothing is lost: wait a few seconds and try again.

error-form-expired = This page has been open for too long, or your browser refuses cookies. Go back to the previous page, reload it and send again.
error-form-malformed = The form we received is incomplete. Go back to the previous page and send it again.
