# Importing files: what is wrong, said plainly.
spreadsheet-too-big = This file is too large: { $megabytes } MB at most. Split it into several files.
spreadsheet-too-many-rows = This file has more than { $most } lines. Split it into several files.
spreadsheet-too-many-columns = This file has more than { $most } columns. Keep only those you need.
spreadsheet-empty = This file has no line below the column titles.
spreadsheet-doubled-header = Two columns have the same title: “{ $header }”. Rename one of them.
spreadsheet-unreadable = This file cannot be read. Save it as CSV or Excel (.xlsx) and send it again.
spreadsheet-line-too-many-cells = Line { $line }: there are more cells than column titles.
spreadsheet-line-cell-too-long = Line { $line }: the cell “{ $header }” is longer than { $most } characters.
spreadsheet-line-broken-formula = Line { $line }: the formula in the cell “{ $header }” gives an error.
