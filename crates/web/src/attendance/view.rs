//! What the trainer's pages show.

use application::attendance::{
    AsideRow, Dated, Day, SessionNoteRow, Sheet, SheetPerson, Statement,
};
use application::content::{catalogue, vocabulary};
use application::people::commune_label;
use documents::formats;
use domain::attendance::{Mark, Said, Signed, Signing};
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
    /// What devices sent and could not be applied.
    aside: Vec<AsideView>,
    /// People of whom two devices do not say the same.
    conflicts: usize,
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
    /// What two devices do not agree on, in words; none when they do.
    conflict: Option<String>,
    statements: Vec<StatementView>,
    signature: Option<SignatureView>,
}

/// One of several things said that do not agree, to be kept with a tap.
#[derive(Serialize)]
struct StatementView {
    text: String,
    mark: Option<&'static str>,
    missed: Option<u32>,
}

/// How somebody signed.
#[derive(Serialize)]
struct SignatureView {
    text: String,
    /// What was drawn, as an SVG path.
    strokes: String,
}

/// What a device sent and could not be applied.
#[derive(Serialize)]
pub(super) struct AsideView {
    id: String,
    text: String,
    reason: String,
}

impl AsideView {
    pub(super) fn of(ctx: &Ctx, row: &AsideRow) -> Self {
        let body: serde_json::Value = serde_json::from_str(&row.body).unwrap_or_default();
        let words = ["name", "text"]
            .iter()
            .find_map(|field| body.get(field)?.as_str())
            .unwrap_or_default();
        let kind = body
            .get("kind")
            .and_then(serde_json::Value::as_str)
            .filter(|kind| KINDS.contains(kind))
            .unwrap_or("other");
        let said = ctx.text(&format!("attendance-said-{kind}"));
        Self {
            id: row.id.clone(),
            text: [said.as_str(), words]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(" · "),
            reason: ctx.text(&format!("attendance-aside-{}", row.reason)),
        }
    }
}

/// What can be said; each has a word in the locale files.
const KINDS: [&str; 10] = [
    "arrived", "left", "absent", "excused", "cleared", "marked", "added", "signed", "noted", "quiz",
];

/// What the trainer should know of somebody, in words.
pub(super) fn needs(ctx: &Ctx, person: &SheetPerson) -> Vec<String> {
    let line = &person.line;
    let mut needs = Vec::new();
    if person.first {
        needs.push(ctx.text("attendance-first"));
    }
    if let Some(level) = line.level {
        needs.push(ctx.text(&format!("attendance-level-{}", level.clamp(0, 3))));
    }
    if !line.needs.is_empty() {
        needs.push(format!("{} {}", ctx.text("attendance-needs"), line.needs));
    }
    if !person.missing.is_empty() {
        let modules: Vec<String> = person.missing.iter().map(|slug| title(ctx, slug)).collect();
        let modules = formats::list(ctx.language(), &modules);
        needs.push(ctx.text_with(
            "attendance-missing",
            &[("modules", modules.as_str().into())],
        ));
    }
    if line.enrolment_id.is_none() {
        needs.push(ctx.text("attendance-walked-in"));
    }
    needs
}

impl StatementView {
    fn of(ctx: &Ctx, statement: &Statement, zone: &TimeZone) -> Self {
        let language = ctx.language();
        let time = |at: Timestamp| formats::time(language, at.to_zoned(zone.clone()).time());
        let name = statement.mark.map_or("none", Mark::name);
        let what = match &statement.said {
            Said::Signed { .. } => ctx.text("attendance-said-signed"),
            Said::Left { .. } => ctx.text("attendance-said-left"),
            _ => ctx.text(&format!("attendance-mark-{name}")),
        };
        let missed = statement.mark.and_then(Mark::missed);
        let missed_text = missed.map(|minutes| {
            ctx.text_with(
                "attendance-app-missed",
                &[("count", i64::from(minutes).into())],
            )
        });
        let who = match (&statement.device, statement.who.as_str()) {
            (Some(device), "") => device.clone(),
            (Some(device), who) => format!("{who}, {device}"),
            (None, who) => who.to_owned(),
        };
        let parts = [
            what,
            missed_text.unwrap_or_default(),
            time(statement.at),
            who,
        ];
        Self {
            text: parts
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(" · "),
            mark: statement.mark.map(Mark::name),
            missed,
        }
    }
}

impl SignatureView {
    fn of(ctx: &Ctx, signed: &Signed, zone: &TimeZone) -> Self {
        let at = signed.at.to_zoned(zone.clone()).time();
        let time = formats::time(ctx.language(), at);
        match &signed.how {
            Signing::Paper => Self {
                text: ctx.text("attendance-signed-paper"),
                strokes: String::new(),
            },
            Signing::Screen { strokes } => Self {
                text: ctx.text_with(
                    "attendance-signed-screen",
                    &[("time", time.as_str().into())],
                ),
                strokes: strokes.clone(),
            },
        }
    }
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
                .map(|person| PersonView::of(ctx, person, &sheet.zone))
                .collect(),
            aside: sheet
                .aside
                .iter()
                .map(|row| AsideView::of(ctx, row))
                .collect(),
            conflicts: sheet
                .people
                .iter()
                .filter(|one| one.conflict.is_some())
                .count(),
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
    fn of(ctx: &Ctx, person: &SheetPerson, zone: &TimeZone) -> Self {
        let line = &person.line;
        let mark = person.mark.map(Mark::name);
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
            attended: person.mark.and_then(Mark::missed).and(line.minutes),
            missed: person.mark.and_then(Mark::missed),
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
            conflict: person
                .conflict
                .map(|conflict| ctx.text(&format!("attendance-conflict-{}", conflict.name()))),
            statements: person
                .statements
                .iter()
                .map(|statement| StatementView::of(ctx, statement, zone))
                .collect(),
            signature: person
                .signature
                .as_ref()
                .map(|signed| SignatureView::of(ctx, signed, zone)),
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

pub(super) fn civil(milliseconds: i64, zone: &TimeZone) -> Result<(Date, Time), WebError> {
    let instant = Timestamp::from_millisecond(milliseconds).map_err(WebError::internal)?;
    let local = instant.to_zoned(zone.clone());
    Ok((local.date(), local.time()))
}

#[cfg(test)]
impl AsideView {
    pub(super) fn sample() -> Self {
        Self {
            id: "1".into(),
            text: "Arrivée · <b>Zoé</b>".into(),
            reason: "Cette personne n’est pas sur la liste.".into(),
        }
    }
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
        conflict: (number == 1).then(|| "Deux appareils ne disent pas la même chose.".into()),
        statements: (0..number)
            .map(|one| StatementView {
                text: "Absent · 14:05 · Paul, <b>Tablette</b>".into(),
                mark: (one == 0).then_some("late"),
                missed: (one == 0).then_some(15),
            })
            .collect(),
        signature: (number > 0).then(|| SignatureView {
            text: "A signé à 14:05".into(),
            strokes: if number == 1 {
                "M1 2L3 4".into()
            } else {
                String::new()
            },
        }),
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
        aside: vec![AsideView::sample()],
        conflicts: 1,
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
        aside: Vec::new(),
        conflicts: 0,
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
