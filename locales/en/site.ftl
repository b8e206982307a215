# Sites and rooms, at the desk.
site-list = Places
site-list-lead = Where sessions are held: regular places and places for a day, with their rooms.
site-one = The place
site-new = Add a place
site-edit = Edit the place
site-search = Name of the place
site-none = No place yet
site-none-text = Add the first place: a public internet centre, a town hall, a library…
site-name = Name
site-commune = Commune
site-commune-hint = Name and postcode, such as “Frévent 62270”.
site-address = Address
site-address-hint = Number and street; the commune says the rest.
site-coordinates = Position on the map
site-coordinates-hint = Latitude and longitude, such as 50.2763, 2.2866. Without them, the centre of the commune.
site-kind = Kind
site-regular = Regular place
site-one-off = Place for a day
site-one-off-hint = Lent for one session or a few.
site-rooms = Rooms
site-seats = Seats
site-phone = Telephone
site-hours = Opening hours
site-hours-of = Hours on { $day }
site-hours-hint = Such as 9:00-12:00, 14:00-18:00. Nothing: closed. All empty: hours unknown.
site-accessibility = Accessibility
site-access-note = How to get there
site-access-note-hint = Entrance, floor, key, where to park. Participants read it.
site-delete-text = The place and its rooms disappear. If a session was ever held there, archive it instead.
site-room-name = Room
site-room-new = Add a room
site-room-edit = Edit the room
site-room-none = No room yet. A session can be held here without a particular room.
site-room-capacity = Most participants
site-room-capacity-hint = Without the trainer.
site-room-equipment = Equipment
site-room-equipment-hint = How many of each. Nothing: there is none.
site-room-delete-text = The room disappears. If a session was ever held there, archive it instead.
site-refused-sessions-to-come = “{ $name }” still has { $count ->
    [one] one session to come
   *[other] { $count } sessions to come
}. Move or cancel them first.
site-refused-in-use = Sessions were held at “{ $name }”: it cannot be deleted. Archive it instead.
