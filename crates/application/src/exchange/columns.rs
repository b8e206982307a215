//! The columns of each list: one definition for export, import and the empty file to fill in.

use documents::spreadsheet::{Column, Kind};
use documents::texts::Texts;
use domain::language::Language;

use super::List;

/// A column of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name: the field of the command, and a header that is understood.
    pub key: &'static str,
    /// The key of its header in the locale files.
    pub label: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Whether it is read from files (others are only written).
    pub is_read: bool,
    /// Whether every line of a file must fill it in.
    pub is_needed: bool,
}

const fn read(key: &'static str, label: &'static str) -> Field {
    Field {
        key,
        label,
        kind: Kind::Text,
        is_read: true,
        is_needed: false,
    }
}

const fn needed(key: &'static str, label: &'static str) -> Field {
    Field {
        is_needed: true,
        ..read(key, label)
    }
}

const fn written(key: &'static str, label: &'static str, kind: Kind) -> Field {
    Field {
        kind,
        is_read: false,
        ..read(key, label)
    }
}

const PEOPLE: [Field; 13] = [
    needed("name", "exchange-column-name"),
    read("email", "exchange-column-email"),
    read("phone", "exchange-column-phone"),
    read("commune", "exchange-column-commune"),
    read("organisation", "exchange-column-organisation"),
    read("registration", "exchange-column-registration"),
    read("sector", "exchange-column-sector"),
    read("profiles", "exchange-column-profiles"),
    read("language", "exchange-column-language"),
    read("needs", "exchange-column-needs"),
    read("note", "exchange-column-note"),
    written("enrolments", "exchange-column-enrolments", Kind::Number),
    written("created", "exchange-column-created", Kind::Date),
];

const ORGANISATIONS: [Field; 10] = [
    needed("name", "exchange-column-name"),
    read("kind", "exchange-column-kind"),
    read("registration", "exchange-column-registration"),
    read("sector", "exchange-column-sector"),
    read("commune", "exchange-column-commune"),
    read("email", "exchange-column-email"),
    read("phone", "exchange-column-phone"),
    read("note", "exchange-column-note"),
    written("people", "exchange-column-people", Kind::Number),
    written("created", "exchange-column-created", Kind::Date),
];

const REFERENTS: [Field; 8] = [
    needed("name", "exchange-column-name"),
    needed("territory", "exchange-column-territory"),
    needed("kind", "exchange-column-kind"),
    read("organisation", "exchange-column-organisation"),
    read("commune", "exchange-column-commune"),
    read("email", "exchange-column-email"),
    read("phone", "exchange-column-phone"),
    read("note", "exchange-column-note"),
];

const SITES: [Field; 15] = [
    needed("name", "exchange-column-name"),
    needed("commune", "exchange-column-commune"),
    read("address", "exchange-column-address"),
    read("coordinates", "exchange-column-coordinates"),
    read("monday", "exchange-column-monday"),
    read("tuesday", "exchange-column-tuesday"),
    read("wednesday", "exchange-column-wednesday"),
    read("thursday", "exchange-column-thursday"),
    read("friday", "exchange-column-friday"),
    read("saturday", "exchange-column-saturday"),
    read("sunday", "exchange-column-sunday"),
    read("accessibility", "exchange-column-accessibility"),
    read("access_note", "exchange-column-access-note"),
    read("phone", "exchange-column-phone"),
    read("one_off", "exchange-column-one-off"),
];

const TRAINERS: [Field; 8] = [
    needed("name", "exchange-column-name"),
    read("email", "exchange-column-email"),
    read("phone", "exchange-column-phone"),
    read("provider", "exchange-column-provider"),
    read("commune", "exchange-column-commune"),
    read("skills", "exchange-column-skills"),
    read("availability", "exchange-column-availability"),
    read("note", "exchange-column-note"),
];

const SESSIONS: [Field; 14] = [
    needed("season", "exchange-column-season"),
    needed("module", "exchange-column-module"),
    needed("site", "exchange-column-site"),
    read("room", "exchange-column-room"),
    read("trainer", "exchange-column-trainer"),
    Field {
        kind: Kind::Date,
        ..needed("day", "exchange-column-day")
    },
    needed("starts", "exchange-column-starts"),
    needed("ends", "exchange-column-ends"),
    Field {
        kind: Kind::Number,
        ..read("least", "exchange-column-least")
    },
    Field {
        kind: Kind::Number,
        ..read("capacity", "exchange-column-capacity")
    },
    read("public_note", "exchange-column-public-note"),
    written("stage", "exchange-column-stage", Kind::Text),
    written("placed", "exchange-column-placed", Kind::Number),
    written("waiting", "exchange-column-waiting", Kind::Number),
];

const WISHES: [Field; 11] = [
    written("name", "exchange-column-name", Kind::Text),
    written("email", "exchange-column-email", Kind::Text),
    written("phone", "exchange-column-phone", Kind::Text),
    written("commune", "exchange-column-commune", Kind::Text),
    written("season", "exchange-column-season", Kind::Text),
    written("module", "exchange-column-module", Kind::Text),
    written("detail", "exchange-column-detail", Kind::Text),
    written("reason", "exchange-column-reason", Kind::Text),
    written("stage", "exchange-column-stage", Kind::Text),
    written("answer", "exchange-column-answer", Kind::Text),
    written("created", "exchange-column-created", Kind::DateTime),
];

const ENROLMENTS: [Field; 15] = [
    written("name", "exchange-column-name", Kind::Text),
    written("email", "exchange-column-email", Kind::Text),
    written("phone", "exchange-column-phone", Kind::Text),
    written("commune", "exchange-column-commune", Kind::Text),
    written("organisation", "exchange-column-organisation", Kind::Text),
    written("sector", "exchange-column-sector", Kind::Text),
    written("season", "exchange-column-season", Kind::Text),
    written("module", "exchange-column-module", Kind::Text),
    written("site", "exchange-column-site", Kind::Text),
    written("starts", "exchange-column-starts-at", Kind::DateTime),
    written("stage", "exchange-column-stage", Kind::Text),
    written("origin", "exchange-column-origin", Kind::Text),
    written("requested", "exchange-column-requested", Kind::DateTime),
    written("mark", "exchange-column-mark", Kind::Text),
    written("minutes", "exchange-column-minutes", Kind::Number),
];

const ATTENDANCE: [Field; 11] = [
    written("name", "exchange-column-name", Kind::Text),
    written("commune", "exchange-column-commune", Kind::Text),
    written("organisation", "exchange-column-organisation", Kind::Text),
    written("sector", "exchange-column-sector", Kind::Text),
    written("season", "exchange-column-season", Kind::Text),
    written("module", "exchange-column-module", Kind::Text),
    written("site", "exchange-column-site", Kind::Text),
    written("starts", "exchange-column-starts-at", Kind::DateTime),
    written("mark", "exchange-column-mark", Kind::Text),
    written("minutes", "exchange-column-minutes", Kind::Number),
    written("marked", "exchange-column-marked", Kind::DateTime),
];

/// The columns of a list, from left to right.
#[must_use]
pub fn fields(list: List) -> &'static [Field] {
    match list {
        List::People => &PEOPLE,
        List::Organisations => &ORGANISATIONS,
        List::Referents => &REFERENTS,
        List::Sessions => &SESSIONS,
        List::Wishes => &WISHES,
        List::Sites => &SITES,
        List::Trainers => &TRAINERS,
        List::Enrolments => &ENROLMENTS,
        List::Attendance => &ATTENDANCE,
    }
}

/// The columns as the spreadsheet writer and reader know them.
pub(super) fn columns<'f>(
    fields: impl IntoIterator<Item = &'f Field>,
    language: Language,
) -> Vec<Column> {
    fields
        .into_iter()
        .map(|field| {
            Column::new(
                field.key,
                Texts::embedded().get(language, field.label),
                field.kind,
            )
        })
        .collect()
}
