# What is wrong with an entry, and what to do.
input-error-empty = Please fill this in.
input-error-too-long = This is too long: at most { $max } characters.
input-error-too-short = This is too short: at least { $min } characters.
input-error-control-characters = There are invisible characters in this text. Delete it and type it again.
input-error-not-a-name = Write a name, with letters.
input-error-not-an-email = This is not an e-mail address. It looks like first.last@example.org.
input-error-not-a-phone = This is not a telephone number. Write for instance 03 21 00 00 00.
input-error-not-a-siret = This is not a SIRET number: it has 14 digits. Please check them.
input-error-not-an-enterprise-number = This is not a Belgian enterprise number: it has 10 digits. Please check them.
input-error-not-a-date = This is not a possible date. Write for instance 14/09/2026.
input-error-not-a-time = This is not a time. Write for instance 14:30.
input-error-not-a-number = Write a number in figures.
input-error-not-a-duration = This is not a length of time. Write for instance 1 h 30.
input-error-out-of-range = Give a number between { $min } and { $max }.
input-error-unknown-choice = There is no such choice. Choose from the list.
input-error-not-an-id = There is no such reference. Go back to the previous page and choose again.
input-error-not-a-code = This is not a certificate code. Copy it as it is printed.
input-error-not-opening-hours = These are not opening hours. Write for instance 9:00-12:00, 14:00-18:00.
input-error-not-a-web-address = This is not the address of a website. It looks like https://www.example.org.
input-error-already-taken = This is already taken. Choose something else, or change what exists.
input-error-end-before-start = The end must come after the beginning.
input-error-unknown-commune = We cannot find this commune. Write its name and postcode, such as “Frévent 62270”.
input-error-several-communes = Several communes match: { $communes }{ $others ->
        [0] .
       *[other] { " " }and { $others } more.
    } Write the name of yours with its postcode.
