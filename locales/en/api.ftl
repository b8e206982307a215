# What the API says besides the usual errors.
api-not-an-instant = “{ $field }” must be a day (2026-11-22) or an instant (2026-11-22T18:00:00Z).
api-not-a-cursor = This cursor is not one of ours: give the value of “next” as it is.
api-bad-key = The Idempotency-Key must have 1 to 200 visible characters.
api-key-reused = This key was used for another request already: choose a new one.
