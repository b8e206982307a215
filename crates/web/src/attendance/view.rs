//! What the trainer's pages show.

use application::attendance::{Dated, Day, SessionNoteRow, Sheet, SheetPerson};
use application::content::{catalogue, vocabulary};
use application::people::commune_label;
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use serde::Serialize;

use super::WalkIn;
use crate::shell::{Ctx, FieldErrors, Page, WebError};

/// Marks that take one tap; the others ask for minutes.
const ONE_TAP: [&str; 3] = ["present", "absent", "excused"];

/// The list of people with its buttons.
#[derive(Serialize)]
pub(super) struct ListView {
    id: String,
    people: Vec<PersonView>,
    unmarked: usize,
    /// Whether people may be marked by now.
    open: bool,
    closable: bool,
    held: bool,
    pub(super) message: Option<String>,
    pub(super) bad: bool,
}

#[derive(Serialize)]
struct PersonView {
    id: String,
    name: String,
    phone: Option<String>,
    organisation: String,
    needs: String,
    level: Option<String>,
    missing: Vec<String>,
    first: bool,
    walked_in: bool,
    mark: Option<&'static str>,
    tone: &'static str,
    state: String,
    /// Minutes really attended, once somebody came late or left early.
    attended: Option<i64>,
    missed: Option<u32>,
    version: String,
    buttons: Vec<Button>,
}

#[derive(Serialize)]
struct Button {
    mark: &'static str,
    label: String,
    pressed: bool,
}

impl ListView {
    pub(super) fn of(ctx: &Ctx, sheet: &Sheet) -> Self {
        Self {
            id: sheet.session.id.clone(),
            people: sheet
                .people
                .iter()
                .map(|person| PersonView::of(ctx, person))
                .collect(),
            unmarked: sheet.unmarked(),
            open: sheet.open,
            closable: sheet.closable,
            held: sheet.session.stage == "held",
            message: None,
            bad: false,
        }
    }
}

impl PersonView {
    fn of(ctx: &Ctx, person: &SheetPerson) -> Self {
        let line = &person.line;
        let mark = person.mark.map(domain::attendance::Mark::name);
        let commune = || commune_label(line.commune_code.as_deref().unwrap_or_default());
        Self {
            id: line.person_id.clone(),
            name: line.name.clone(),
            phone: line.phone.clone(),
            organisation: line.organisation_name.clone().unwrap_or_else(commune),
            needs: line.needs.clone(),
            level: line
                .level
                .map(|level| ctx.text(&format!("attendance-level-{}", level.clamp(0, 3)))),
            missing: person.missing.iter().map(|slug| title(ctx, slug)).collect(),
            first: person.first,
            walked_in: line.enrolment_id.is_none(),
            tone: match mark {
                Some("present") => "ok",
                Some("late" | "left-early") => "wait",
                Some(_) => "bad",
                None => "info",
            },
            state: ctx.text(&format!("attendance-mark-{}", mark.unwrap_or("none"))),
            attended: person
                .mark
                .and_then(domain::attendance::Mark::missed)
                .and(line.minutes),
            missed: person.mark.and_then(domain::attendance::Mark::missed),
            version: line
                .mark_version
                .map_or_else(String::new, |version| version.to_string()),
            buttons: ONE_TAP
                .iter()
                .map(|name| Button {
                    mark: name,
                    label: ctx.text(&format!("attendance-mark-{name}")),
                    pressed: mark == Some(*name),
                })
                .collect(),
            mark,
        }
    }
}

/// The page of one session.
#[derive(Serialize)]
pub(super) struct SessionPage {
    title: String,
    season: String,
    day: Date,
    starts: Time,
    ends: Time,
    site: String,
    address: String,
    room: Option<String>,
    stage: &'static str,
    public_note: String,
    parts: Vec<PartView>,
    equipment: Vec<String>,
    phones: Vec<PhoneView>,
    list: ListView,
    notes: Vec<NoteView>,
    earlier: Vec<NoteView>,
    pub(super) note: String,
    pub(super) walk_in: WalkIn,
    pub(super) errors: FieldErrors,
}

impl Page for SessionPage {
    const TEMPLATE: &'static str = "attendance/session.html";
}

#[derive(Serialize)]
struct PartView {
    name: String,
    minutes: u32,
    text: String,
}

/// Somebody to call besides the participants.
#[derive(Serialize)]
struct PhoneView {
    whose: String,
    number: String,
}

#[derive(Serialize)]
struct NoteView {
    author: String,
    day: Date,
    body: String,
}

impl SessionPage {
    pub(super) fn of(ctx: &Ctx, sheet: &Sheet) -> Result<Self, WebError> {
        let session = &sheet.session;
        let (day, starts) = civil(session.starts_at, &sheet.zone)?;
        let (_, ends) = civil(session.ends_at, &sheet.zone)?;
        let language = ctx.language();
        let module = catalogue().module(&session.module);
        let notes = |rows: &[SessionNoteRow]| -> Result<Vec<NoteView>, WebError> {
            rows.iter()
                .map(|row| {
                    Ok(NoteView {
                        author: row.author_name.clone(),
                        day: civil(row.created_at, &sheet.zone)?.0,
                        body: row.body.clone(),
                    })
                })
                .collect()
        };
        Ok(Self {
            title: title(ctx, &session.module),
            season: sheet.season.name.clone(),
            day,
            starts,
            ends,
            site: session.site_name.clone(),
            address: [
                session.site_address.clone(),
                commune_label(&session.commune_code),
            ]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", "),
            room: session.room_name.clone(),
            stage: stage(&session.stage),
            public_note: session.public_note.clone(),
            parts: module.map_or_else(Vec::new, |module| {
                let parts = module.parts.all().into_iter();
                parts
                    .map(|(name, part)| PartView {
                        name: ctx.text(&format!("attendance-part-{}", name.replace('_', "-"))),
                        minutes: part.minutes,
                        text: part.text(language).to_owned(),
                    })
                    .collect()
            }),
            equipment: module.map_or_else(Vec::new, |module| {
                let known = module
                    .room
                    .iter()
                    .filter_map(|slug| vocabulary().equipment(slug));
                known
                    .map(|term| term.label.get(language).to_owned())
                    .collect()
            }),
            phones: sheet
                .phones
                .iter()
                .map(|(whose, number)| PhoneView {
                    whose: whose.clone(),
                    number: number.clone(),
                })
                .collect(),
            list: ListView::of(ctx, sheet),
            notes: notes(&sheet.notes)?,
            earlier: notes(&sheet.earlier)?,
            note: String::new(),
            walk_in: WalkIn::default(),
            errors: FieldErrors::default(),
        })
    }
}

/// The trainer's days.
#[derive(Default, Serialize)]
pub(super) struct DayPage {
    unclosed: Vec<Entry>,
    today: Vec<Entry>,
    coming: Vec<Entry>,
    closed: Vec<Entry>,
}

impl Page for DayPage {
    const TEMPLATE: &'static str = "attendance/days.html";
}

#[derive(Serialize)]
struct Entry {
    id: String,
    title: String,
    day: Date,
    starts: Time,
    ends: Time,
    site: String,
    commune: String,
    room: Option<String>,
    placed: i64,
    capacity: i64,
    stage: &'static str,
}

impl DayPage {
    pub(super) fn of(ctx: &Ctx, day: Day) -> Result<Self, WebError> {
        let list = |sessions: Vec<Dated>| {
            sessions
                .into_iter()
                .map(|(session, zone)| {
                    let (on, starts) = civil(session.starts_at, &zone)?;
                    Ok(Entry {
                        title: title(ctx, &session.module),
                        day: on,
                        starts,
                        ends: civil(session.ends_at, &zone)?.1,
                        commune: commune_label(&session.commune_code),
                        site: session.site_name,
                        room: session.room_name,
                        placed: session.placed,
                        capacity: session.capacity,
                        stage: stage(&session.stage),
                        id: session.id,
                    })
                })
                .collect::<Result<Vec<_>, WebError>>()
        };
        Ok(Self {
            unclosed: list(day.unclosed)?,
            today: list(day.today)?,
            coming: list(day.coming)?,
            closed: list(day.closed)?,
        })
    }
}

/// The title of a module, or its slug once it has left the catalogue.
pub(super) fn title(ctx: &Ctx, slug: &str) -> String {
    catalogue()
        .module(slug)
        .map_or(slug, |module| module.title.get(ctx.language()))
        .to_owned()
}

fn stage(stage: &str) -> &'static str {
    match stage {
        "confirmed" => "confirmed",
        "held" => "held",
        "cancelled" => "cancelled",
        _ => "gathering",
    }
}

fn civil(milliseconds: i64, zone: &TimeZone) -> Result<(Date, Time), WebError> {
    let instant = Timestamp::from_millisecond(milliseconds).map_err(WebError::internal)?;
    let local = instant.to_zoned(zone.clone());
    Ok((local.date(), local.time()))
}

#[cfg(test)]
fn sample_person(number: usize, mark: Option<&'static str>) -> PersonView {
    let buttons = ONE_TAP.map(|name| Button {
        mark: name,
        label: format!("Marque {name}"),
        pressed: mark == Some(name),
    });
    PersonView {
        id: format!("{number}"),
        name: "Jeanne <script>alert(1)</script> Petit".into(),
        phone: (number == 0).then(|| "+33321000000".into()),
        organisation: "Boulangerie du Centre".into(),
        needs: if number == 0 {
            "Grands caractères".into()
        } else {
            String::new()
        },
        level: (number == 0).then(|| "Débute".into()),
        missing: vec!["Clavier et souris".into(); number],
        first: number == 0,
        walked_in: number == 1,
        mark,
        tone: "ok",
        state: "Présent".into(),
        attended: (mark == Some("late")).then_some(105),
        missed: (mark == Some("late")).then_some(15),
        version: "1".into(),
        buttons: buttons.into(),
    }
}

/// A list with every look of a person.
#[cfg(test)]
pub(super) fn sample_list() -> ListView {
    ListView {
        id: "1".into(),
        people: vec![
            sample_person(0, None),
            sample_person(1, Some("present")),
            sample_person(2, Some("late")),
        ],
        unmarked: 1,
        open: true,
        closable: true,
        held: false,
        message: Some("Changé entre-temps.".into()),
        bad: true,
    }
}

#[cfg(test)]
#[expect(clippy::too_many_lines, reason = "one sample after the other")]
pub(super) fn samples() -> Vec<crate::shell::sample::Sample> {
    use crate::shell::sample::Sample;
    use jiff::civil::{date, time};
    let entry = |stage| Entry {
        id: "1".into(),
        title: "Chercher sur Internet".into(),
        day: date(2026, 10, 5),
        starts: time(14, 0, 0, 0),
        ends: time(16, 0, 0, 0),
        site: "Cybercentre".into(),
        commune: "Frévent (62270)".into(),
        room: Some("Salle 2".into()),
        placed: 3,
        capacity: 4,
        stage,
    };
    let note = || NoteView {
        author: "Paul".into(),
        day: date(2026, 9, 1),
        body: "Le vidéoprojecteur\nne marche pas.".into(),
    };
    let page = |list: ListView, stage: &'static str, errors: FieldErrors| SessionPage {
        title: "Chercher sur Internet".into(),
        season: "Automne 2026".into(),
        day: date(2026, 10, 5),
        starts: time(14, 0, 0, 0),
        ends: time(16, 0, 0, 0),
        site: "Cybercentre".into(),
        address: "1 rue du Château, Frévent".into(),
        room: Some("Salle 2".into()),
        stage,
        public_note: "Entrée par la cour.".into(),
        parts: vec![PartView {
            name: "Apport".into(),
            minutes: 20,
            text: "Ce qu’est un moteur de recherche.".into(),
        }],
        equipment: vec!["Un ordinateur par personne".into()],
        phones: vec![PhoneView {
            whose: "Cybercentre".into(),
            number: "+33321000000".into(),
        }],
        list,
        notes: vec![note()],
        earlier: vec![note()],
        note: String::new(),
        walk_in: WalkIn::default(),
        errors,
    };
    let empty = |open, held| ListView {
        people: Vec::new(),
        unmarked: 0,
        open,
        held,
        closable: open && !held,
        message: None,
        bad: false,
        ..sample_list()
    };
    let mut errors = FieldErrors::default();
    errors.add("name", "Écrivez le nom.");
    errors.add("body", "Écrivez quelque chose.");
    let bare = SessionPage {
        parts: Vec::new(),
        equipment: Vec::new(),
        phones: Vec::new(),
        notes: Vec::new(),
        earlier: Vec::new(),
        room: None,
        public_note: String::new(),
        ..page(empty(false, false), "gathering", FieldErrors::default())
    };
    vec![
        Sample::of(DayPage::default()),
        Sample::of(DayPage {
            unclosed: vec![entry("confirmed")],
            today: vec![entry("gathering")],
            coming: vec![entry("cancelled")],
            closed: vec![entry("held")],
        }),
        Sample::of(page(sample_list(), "confirmed", errors)),
        Sample::of(page(empty(true, true), "held", FieldErrors::default())),
        Sample::of(page(
            empty(false, false),
            "cancelled",
            FieldErrors::default(),
        )),
        Sample::of(bare),
    ]
}
