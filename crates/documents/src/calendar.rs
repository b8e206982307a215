//! Calendar files (iCalendar, RFC 5545 and 5546): one session for one person's calendar, and
//! feeds of many.
//!
//! Instants are written in UTC. Sessions do not recur, so a time zone would add nothing but a
//! `VTIMEZONE` that Outlook and Google each read in their own way; UTC is shown in the reader's
//! own zone by both. A change is a file with the same [`Event::uid`] and a higher
//! [`Event::sequence`]; a cancellation the same with [`Method::Cancel`].

use icalendar::{Calendar, Component, EventLike, EventStatus, Parameter, Property, ValueType};
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// What the receiving calendar shall do with the event (RFC 5546).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Enter it, or change the earlier entry: registration, seat offer taken, change.
    Request,
    /// Take the earlier entry away: withdrawal, cancellation.
    Cancel,
    /// Show it, without any bond with the person: feeds and downloads.
    Publish,
}

impl Method {
    /// The word in the file and in the `method` parameter of the mail part.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Request => "REQUEST",
            Self::Cancel => "CANCEL",
            Self::Publish => "PUBLISH",
        }
    }
}

/// How sure the event is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Standing {
    /// It takes place.
    #[default]
    Confirmed,
    /// It takes place if enough people register, or the person is on the waiting list.
    Tentative,
    /// It does not take place.
    Cancelled,
}

/// Someone named in a calendar file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The name shown.
    pub name: String,
    /// The mail address.
    pub email: String,
}

/// A session as a calendar sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Identifies the entry for ever, for instance `session-id@host`.
    pub uid: String,
    /// Number of the version, from 0; must grow with each change.
    pub sequence: u32,
    /// When this version was made.
    pub stamp: Timestamp,
    /// Beginning.
    pub start: Timestamp,
    /// End.
    pub end: Timestamp,
    /// The title.
    pub summary: String,
    /// More text; may have several lines.
    pub description: String,
    /// Where: site, street, town, on one line.
    pub location: String,
    /// Latitude and longitude in degrees.
    pub position: Option<(f64, f64)>,
    /// The page of the session.
    pub url: Option<String>,
    /// Who holds it. Calendars need one to accept a change or a cancellation.
    pub organizer: Option<Person>,
    /// The one person this file is for. Left out of feeds: nobody sees another's name.
    pub attendee: Option<Person>,
    /// How sure it is. [`Method::Cancel`] always writes “cancelled”.
    pub standing: Standing,
}

/// The calendar file of one event, to attach to a mail or to download.
#[must_use]
pub fn file(method: Method, event: &Event) -> Vec<u8> {
    let mut calendar = empty(method);
    calendar.push(component(method, event));
    calendar.to_string().into_bytes()
}

/// A feed of many events that calendars subscribe to; `name` is shown as its title.
#[must_use]
pub fn feed(name: &str, events: &[Event]) -> Vec<u8> {
    let mut calendar = empty(Method::Publish);
    for key in ["NAME", "X-WR-CALNAME"] {
        // Without the stated type an unknown property would be written unescaped.
        calendar.append_property(
            Property::new(key, line(name))
                .append_parameter(Parameter::from(ValueType::Text))
                .done(),
        );
    }
    calendar.append_property(Property::new("X-WR-TIMEZONE", "Europe/Paris"));
    calendar.append_property(Property::new("X-PUBLISHED-TTL", "PT1H"));
    calendar.append_property(
        Property::new("REFRESH-INTERVAL", "PT1H")
            .append_parameter(Parameter::from(ValueType::Duration))
            .done(),
    );
    for event in events {
        calendar.push(component(Method::Publish, event));
    }
    calendar.to_string().into_bytes()
}

fn empty(method: Method) -> Calendar {
    let mut calendar = Calendar::empty();
    for (key, value) in [
        ("VERSION", "2.0"),
        ("PRODID", "-//Essor//Essor//FR"),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", method.name()),
    ] {
        calendar.append_property(Property::new(key, value));
    }
    calendar
}

fn component(method: Method, event: &Event) -> icalendar::Event {
    let mut component = icalendar::Event::new();
    component
        .uid(&line(&event.uid))
        .sequence(event.sequence)
        .add_property("DTSTAMP", instant(event.stamp))
        .add_property("LAST-MODIFIED", instant(event.stamp))
        .add_property("DTSTART", instant(event.start))
        .add_property("DTEND", instant(event.end))
        .summary(&line(&event.summary))
        .status(status(method, event.standing));
    if !event.description.trim().is_empty() {
        component.description(&lines(&event.description));
    }
    if !event.location.trim().is_empty() {
        component.location(&line(&event.location));
    }
    if let Some((latitude, longitude)) = event.position {
        component.add_property("GEO", format!("{latitude:.6};{longitude:.6}"));
    }
    if let Some(url) = &event.url {
        component.url(&address(url));
    }
    if let Some(organizer) = &event.organizer {
        component.append_property(person("ORGANIZER", organizer).done());
    }
    if let (Some(attendee), Method::Request | Method::Cancel) = (&event.attendee, method) {
        let mut property = person("ATTENDEE", attendee);
        property
            .add_parameter("CUTYPE", "INDIVIDUAL")
            .add_parameter("ROLE", "REQ-PARTICIPANT")
            // The person has registered already: the calendar must not ask for an answer.
            .add_parameter("PARTSTAT", "ACCEPTED")
            .add_parameter("RSVP", "FALSE");
        component.append_multi_property(property.done());
    }
    component.done()
}

fn status(method: Method, standing: Standing) -> EventStatus {
    match (method, standing) {
        (Method::Cancel, _) | (_, Standing::Cancelled) => EventStatus::Cancelled,
        (_, Standing::Confirmed) => EventStatus::Confirmed,
        (_, Standing::Tentative) => EventStatus::Tentative,
    }
}

fn person(key: &str, person: &Person) -> Property {
    let mut property = Property::new(key, format!("mailto:{}", address(&person.email)));
    // A quotation mark cannot be written inside a parameter at all (RFC 5545, 3.2).
    property.add_parameter("CN", &line(&person.name).replace('"', "'"));
    property
}

/// An instant in UTC, whole seconds: `20260203T133000Z`.
fn instant(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC)
        .strftime("%Y%m%dT%H%M%SZ")
        .to_string()
}

/// A text of several lines; line ends become `\n`, other control characters go.
fn lines(text: &str) -> String {
    text.replace("\r\n", "\n")
        .chars()
        .map(|character| if character == '\r' { '\n' } else { character })
        .filter(|character| *character == '\n' || !character.is_control())
        .collect()
}

/// A text on one line.
fn line(text: &str) -> String {
    lines(text).replace('\n', " ").trim().to_owned()
}

/// An address of the web or of mail, without what could end it.
fn address(text: &str) -> String {
    text.chars()
        .filter(|character| {
            !character.is_control() && !character.is_whitespace() && *character != '"'
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use icalendar::CalendarComponent;
    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;

    use super::*;

    fn event() -> Event {
        Event {
            uid: "session-1@essor.example".to_owned(),
            sequence: 2,
            stamp: "2026-01-10T08:00:00Z".parse().unwrap(),
            start: "2026-02-03T13:30:00Z".parse().unwrap(),
            end: "2026-02-03T15:30:00Z".parse().unwrap(),
            summary: "Créer son site".to_owned(),
            description: "À apporter : vos photos.\nVenez 5 minutes avant.".to_owned(),
            location: "Cybercentre, 4 rue de l’Église, Frévent".to_owned(),
            position: Some((50.275_12, 2.288_34)),
            url: Some("https://essor.example/seances/1".to_owned()),
            organizer: Some(Person {
                name: "Pays du Ternois".to_owned(),
                email: "bonjour@essor.example".to_owned(),
            }),
            attendee: Some(Person {
                name: "Zoé Lefèvre".to_owned(),
                email: "zoe@example.fr".to_owned(),
            }),
            standing: Standing::Confirmed,
        }
    }

    fn parse(bytes: Vec<u8>) -> Calendar {
        String::from_utf8(bytes).unwrap().parse().unwrap()
    }

    fn only(calendar: &Calendar) -> icalendar::Event {
        assert_eq!(calendar.components.len(), 1);
        match &calendar.components[0] {
            CalendarComponent::Event(event) => event.clone(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn an_invitation_carries_everything_a_calendar_needs_to_enter_and_change_it() {
        let text = String::from_utf8(file(Method::Request, &event()))
            .unwrap()
            .replace("\r\n ", "");
        for expected in [
            "METHOD:REQUEST\r\n",
            "UID:session-1@essor.example\r\n",
            "SEQUENCE:2\r\n",
            "DTSTAMP:20260110T080000Z\r\n",
            "DTSTART:20260203T133000Z\r\n",
            "DTEND:20260203T153000Z\r\n",
            "LOCATION:Cybercentre\\, 4 rue de l’Église\\, Frévent\r\n",
            "GEO:50.275120;2.288340\r\n",
            "ORGANIZER;CN=Pays du Ternois:mailto:bonjour@essor.example\r\n",
            "STATUS:CONFIRMED\r\n",
            "PARTSTAT=ACCEPTED",
            "mailto:zoe@example.fr\r\n",
        ] {
            assert!(text.contains(expected), "{expected:?} not in\n{text}");
        }
    }

    #[test]
    fn a_cancellation_keeps_the_identity_and_says_cancelled() {
        let cancelled = parse(file(Method::Cancel, &event()));
        assert_eq!(cancelled.property_value("METHOD"), Some("CANCEL"));
        let event = only(&cancelled);
        assert_eq!(event.get_uid(), Some("session-1@essor.example"));
        assert_eq!(event.get_status(), Some(EventStatus::Cancelled));
    }

    #[test]
    fn a_feed_never_names_a_participant() {
        let bytes = feed(
            "Ateliers, à Frévent; près de chez vous",
            &[event(), event()],
        );
        let text = String::from_utf8(bytes.clone()).unwrap();
        assert!(
            !text.contains("ATTENDEE") && !text.contains("zoe@"),
            "{text}"
        );
        let calendar = parse(bytes);
        assert_eq!(calendar.components.len(), 2);
        assert_eq!(
            calendar.get_name(),
            Some("Ateliers, à Frévent; près de chez vous")
        );
    }

    #[test]
    fn no_line_is_longer_than_75_bytes() {
        let long = Event {
            description: "é🎓 ".repeat(400),
            ..event()
        };
        let text = String::from_utf8(file(Method::Request, &long)).unwrap();
        assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
    }

    #[test]
    fn a_line_break_cannot_begin_a_new_property() {
        let hostile = "x\r\nATTENDEE:mailto:thief@example.org\rBEGIN:VALARM\n";
        let text = String::from_utf8(file(
            Method::Request,
            &Event {
                uid: hostile.to_owned(),
                summary: hostile.to_owned(),
                location: hostile.to_owned(),
                url: Some(hostile.to_owned()),
                organizer: Some(Person {
                    name: format!("\"{hostile}\""),
                    email: hostile.to_owned(),
                }),
                ..event()
            },
        ))
        .unwrap();
        let begins = |word: &str| {
            text.split("\r\n")
                .filter(|line| line.starts_with(word))
                .count()
        };
        assert_eq!(begins("ATTENDEE"), 1, "{text}");
        assert_eq!(begins("BEGIN:VALARM"), 0, "{text}");
    }

    /// Text as people and attackers write it: separators, escapes, breaks, emojis, long lines.
    fn hostile() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            Just(",".to_owned()),
            Just(";".to_owned()),
            Just(":".to_owned()),
            Just("\\".to_owned()),
            Just("\\n".to_owned()),
            Just("\n".to_owned()),
            Just("\r\n".to_owned()),
            Just("\"".to_owned()),
            Just("👩🏽‍🌾".to_owned()),
            Just("BEGIN:VEVENT".to_owned()),
            Just("\nEND:VEVENT".to_owned()),
            "[a-zé ]{0,90}",
            any::<char>().prop_map(String::from),
        ];
        proptest::collection::vec(piece, 1..12).prop_map(|pieces| format!("a{}z", pieces.concat()))
    }

    proptest! {
        #![proptest_config(ProptestConfig {
            cases: 256,
            rng_seed: RngSeed::Fixed(5545),
            failure_persistence: None,
            ..ProptestConfig::default()
        })]

        #[test]
        fn every_field_survives_writing_and_reading(
            summary in hostile(),
            description in hostile(),
            location in hostile(),
            name in hostile(),
            sequence in 0_u32..1000,
            seconds in 0_i64..4_000_000_000,
        ) {
            let start = Timestamp::from_second(seconds).unwrap();
            let written = Event {
                sequence,
                start,
                summary,
                description,
                location,
                attendee: Some(Person { name, email: "zoe@example.fr".to_owned() }),
                ..event()
            };
            let read = only(&parse(file(Method::Request, &written)));
            prop_assert_eq!(read.get_uid(), Some(written.uid.as_str()));
            prop_assert_eq!(read.get_sequence(), Some(sequence));
            let summary = line(&written.summary);
            prop_assert_eq!(read.get_summary(), Some(summary.as_str()));
            let description = lines(&written.description);
            prop_assert_eq!(read.get_description(), Some(description.as_str()));
            let location = line(&written.location);
            prop_assert_eq!(read.get_location(), Some(location.as_str()));
            prop_assert_eq!(read.get_url(), written.url.as_deref());
            let instant = instant(start);
            prop_assert_eq!(read.property_value("DTSTART"), Some(instant.as_str()));
            prop_assert_eq!(read.property_value("GEO"), Some("50.275120;2.288340"));
            let attendee = &read.multi_properties()["ATTENDEE"][0];
            prop_assert_eq!(attendee.value(), "mailto:zoe@example.fr");
            let name = line(&written.attendee.unwrap().name).replace('"', "'");
            prop_assert_eq!(attendee.params()["CN"].value(), name.as_str());
        }
    }
}
