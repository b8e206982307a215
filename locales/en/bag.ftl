# The bag: what one takes home from a path.
bag-title = The digital bag of { $person }
bag-made = Made on { $day }.
bag-sum = { $count ->
    [one] One session attended, { $time } in all.
   *[other] { $count } sessions attended, { $time } in all.
}
bag-empty = No session attended yet. Come back after your first session.
bag-contents = In this bag
bag-papers = To print and keep
bag-print = Everything on one page, to print
bag-book = The book, for an e-reader or a telephone
bag-home = Back to the beginning
bag-trainer = With { $name }.
bag-aims = What you can do now
bag-parts = What we did
bag-quiz = The quiz, corrected
bag-right = Right answer:
bag-own = Your answer:
bag-next = What comes next
bag-next-text = Your path goes on with these workshops:
bag-addresses = Addresses and help
bag-people = Who can help you
bag-places = Where to come
bag-group = The bags of the group
bag-contact-programme = For any question about the programme
bag-certificate = Your certificate
bag-own-title = My digital bag
bag-own-text = All that you have attended, to keep at home: it opens without internet, even on an old computer.
bag-folder = The folder to put on a USB stick
bag-folder-text = Download it, open it, copy the folder onto the stick, then open “index”.
bag-of-person = This person’s bag
bag-of-season = The bags of the season, in one folder
bag-refused-none = Nobody has attended a session yet: there is no bag to make.
bag-readme = Open the file “index” (or index.html) with a double click: your bag appears in the browser, without internet.
    The file that ends in .epub holds the same for an e-reader or a telephone.
    The file a-imprimer.html holds everything, ready to print.
