//! Funders at the desk: hours for each, the sessions and lists they are counted from, and who pays for what.

use std::collections::BTreeMap;

use application::funding::{self, OfSession, Period, Report, Sitting};
use axum::Router;
use axum::extract::Path;
use axum::routing::get;
use documents::formats;
use domain::language::Language;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::State;
use crate::listing::{Asked, Cell, Choice, Filter, FilterKind, Head, Link, Listing, done};
use crate::shell::{Answer, Ctx, FieldErrors, Form, Page, Query};

const FUNDERS: &str = "/bureau/financeurs";
const SESSIONS: &str = "/bureau/financeurs/seances";
const SHEETS: &str = "/bureau/financeurs/presences";

/// What stands for “nobody pays” in addresses.
const NOBODY: &str = "-";

/// The addresses of this area.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        .route(FUNDERS, get(by_funder))
        .route(SESSIONS, get(by_session))
        .route(SHEETS, get(by_person))
        .route("/bureau/seances/{id}/financeur", get(ask).post(save))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    q: String,
    tri: String,
    page: String,
    format: String,
    saison: String,
    du: String,
    au: String,
    financeur: String,
}

impl Wanted {
    fn period(&self) -> Period {
        Period {
            season: self.saison.clone(),
            from: self.du.trim().parse().ok(),
            until: self.au.trim().parse().ok(),
        }
    }

    fn asked(&self) -> Asked {
        Asked {
            search: self.q.clone(),
            sort: self.tri.clone(),
            page: self.page.clone(),
            format: self.format.clone(),
        }
    }

    /// The address of another of these lists, for the same period.
    fn other(&self, path: &str, funder: &str) -> String {
        let pairs = [
            ("saison", self.saison.as_str()),
            ("du", &self.du),
            ("au", &self.au),
            ("financeur", funder),
        ];
        let given: Vec<_> = pairs
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .collect();
        match serde_html_form::to_string(given) {
            Ok(query) if !query.is_empty() => format!("{path}?{query}"),
            _ => path.to_owned(),
        }
    }
}

fn choice(
    name: &'static str,
    label: String,
    options: Vec<Choice>,
    value: &str,
    none: String,
) -> Filter {
    Filter {
        kind: FilterKind::Choice,
        name,
        label,
        options,
        value: value.to_owned(),
        none,
    }
}

/// Season and days; the funder too where `report` says which there are.
fn filters(ctx: &Ctx, wanted: &Wanted, report: &Report, with_funder: bool) -> Vec<Filter> {
    let seasons = report
        .seasons
        .iter()
        .map(|(slug, name)| Choice::new(slug, name))
        .collect();
    let mut filters = vec![
        choice(
            "saison",
            ctx.text("funding-season"),
            seasons,
            &wanted.saison,
            ctx.text("listing-all"),
        ),
        Filter::day("du", ctx.text("funding-from"), &wanted.du),
        Filter::day("au", ctx.text("funding-until"), &wanted.au),
    ];
    if with_funder {
        let funders = report
            .lines
            .iter()
            .map(|line| match &line.funder {
                Some(name) => Choice::new(name, name),
                None => Choice::new(NOBODY, ctx.text("funding-nobody")),
            })
            .collect();
        filters.push(choice(
            "financeur",
            ctx.text("funding-funder"),
            funders,
            &wanted.financeur,
            ctx.text("listing-all"),
        ));
    }
    filters
}

/// Whether a place or session of that funder is wanted.
fn fits(wanted: &str, funder: Option<&(String, String)>) -> bool {
    match (wanted, funder) {
        ("", _) | (NOBODY, None) => true,
        (name, Some((own, _))) => name == own,
        (_, None) => false,
    }
}

fn count(number: usize) -> Cell {
    Cell::number(i64::try_from(number).unwrap_or(i64::MAX))
}

/// Hours in words; sorted by minutes.
fn hours(language: Language, minutes: u32) -> Cell {
    Cell::text(formats::duration(language, minutes)).sorted_by(&format!("{minutes:010}"))
}

fn date(language: Language, day: Date) -> Cell {
    Cell::text(formats::date_short(language, day)).sorted_by(&day.to_string())
}

fn name_or_nobody(ctx: &Ctx, funder: Option<&(String, String)>) -> String {
    funder.map_or_else(|| ctx.text("funding-nobody"), |(name, _)| name.clone())
}

fn module(ctx: &Ctx, slug: &str) -> String {
    application::content::catalogue()
        .module(slug)
        .map_or(slug, |module| module.title.get(ctx.language()))
        .to_owned()
}

/// `GET /bureau/financeurs`: hours for each funder in a period.
async fn by_funder(ctx: Ctx, query: Query<Wanted>) -> Answer {
    let wanted = query.value;
    let report = funding::report(ctx.app(), ctx.actor(), &wanted.period()).await?;
    let language = ctx.language();
    let rows = report
        .lines
        .iter()
        .map(|line| {
            let share = &line.share;
            let name = line.funder.clone();
            let key = name.clone().unwrap_or_else(|| NOBODY.to_owned());
            let shown = name.unwrap_or_else(|| ctx.text("funding-nobody"));
            let days: Vec<String> = share.days.iter().map(ToString::to_string).collect();
            vec![
                Cell::link(shown, wanted.other(SESSIONS, &key)),
                count(share.sessions.len()),
                count(share.days.len()),
                Cell::text(days.join(", ")),
                count(share.people.len()),
                hours(language, share.people_time.0),
                Cell::number(i64::from(share.people_time.0)),
                hours(language, share.trainer_time.0),
                Cell::number(i64::from(share.trainer_time.0)),
                Cell::number(i64::from(share.present)),
                Cell::number(i64::from(share.absent)),
                Cell::number(i64::from(share.open)),
            ]
        })
        .collect();
    let listing = Listing {
        title: ctx.text("funding-list"),
        lead: ctx.text("funding-list-lead"),
        path: FUNDERS,
        actions: vec![
            Link::new(ctx.text("funding-sessions"), wanted.other(SESSIONS, "")),
            Link::new(ctx.text("funding-sheets"), wanted.other(SHEETS, "")),
        ],
        search_label: String::new(),
        filters: filters(&ctx, &wanted, &report, false),
        heads: vec![
            Head::text("financeur", ctx.text("funding-funder")),
            Head::number("seances", ctx.text("funding-count-sessions")),
            Head::number("jours", ctx.text("funding-count-days")),
            Head::text("dates", ctx.text("funding-dates")).exported_only(),
            Head::number("personnes", ctx.text("funding-count-people")),
            Head::text("heures", ctx.text("funding-people-hours")),
            Head::number("minutes", ctx.text("funding-people-minutes")).exported_only(),
            Head::text("heures-formateur", ctx.text("funding-trainer-hours")),
            Head::number("minutes-formateur", ctx.text("funding-trainer-minutes")).exported_only(),
            Head::number("presents", ctx.text("funding-present")),
            Head::number("absents", ctx.text("funding-absent")),
            Head::number("sans-marque", ctx.text("funding-open")),
        ],
        rows,
        empty: (ctx.text("funding-none"), ctx.text("funding-none-text")),
    };
    listing.answer(&ctx, &wanted.asked())
}

/// `GET /bureau/financeurs/seances`: the sessions that the hours are counted from.
async fn by_session(ctx: Ctx, query: Query<Wanted>) -> Answer {
    let wanted = query.value;
    let report = funding::report(ctx.app(), ctx.actor(), &wanted.period()).await?;
    let language = ctx.language();
    let rows = report
        .sessions
        .iter()
        .filter(|one| {
            fits(&wanted.financeur, one.funder.as_ref())
                || one
                    .places
                    .iter()
                    .any(|place| fits(&wanted.financeur, place.funder.as_ref()))
        })
        .map(|one| session_row(&ctx, one, &wanted.financeur, language))
        .collect();
    let listing = Listing {
        title: ctx.text("funding-sessions"),
        lead: ctx.text("funding-sessions-lead"),
        path: SESSIONS,
        actions: vec![
            Link::new(ctx.text("funding-list"), wanted.other(FUNDERS, "")),
            Link::new(
                ctx.text("funding-sheets"),
                wanted.other(SHEETS, &wanted.financeur),
            ),
        ],
        search_label: String::new(),
        filters: filters(&ctx, &wanted, &report, true),
        heads: vec![
            Head::text("date", ctx.text("funding-date")),
            Head::text("atelier", ctx.text("funding-module")),
            Head::text("lieu", ctx.text("funding-site")),
            Head::text("formateur", ctx.text("funding-trainer")).exported_only(),
            Head::text("duree", ctx.text("funding-length")),
            Head::text("financeur", ctx.text("funding-funder")),
            Head::number("presents", ctx.text("funding-present")),
            Head::number("absents", ctx.text("funding-absent")),
            Head::number("sans-marque", ctx.text("funding-open")),
            Head::number("minutes", ctx.text("funding-people-minutes")).exported_only(),
            Head::text("heures", ctx.text("funding-people-hours")),
            Head::number("minutes-formateur", ctx.text("funding-trainer-minutes")).exported_only(),
        ],
        rows,
        empty: (ctx.text("funding-none"), ctx.text("funding-none-text")),
    };
    listing.answer(&ctx, &wanted.asked())
}

/// One session, with the places of the wanted funder only.
fn session_row(ctx: &Ctx, one: &Sitting, wanted: &str, language: Language) -> Vec<Cell> {
    let places: Vec<_> = one
        .places
        .iter()
        .filter(|place| fits(wanted, place.funder.as_ref()))
        .collect();
    let marked = |marks: &[&str]| {
        places
            .iter()
            .filter(|place| {
                place
                    .row
                    .mark
                    .as_deref()
                    .is_some_and(|mark| marks.contains(&mark))
            })
            .count()
    };
    let minutes: i64 = places.iter().filter_map(|place| place.row.minutes).sum();
    let open = places.iter().filter(|place| place.row.mark.is_none());
    let is_payer = fits(wanted, one.funder.as_ref()) && one.row.trainer_name.is_some();
    vec![
        date(language, one.starts.date()),
        Cell::link(
            module(ctx, &one.row.module),
            format!("/bureau/seances/{}/financeur", one.row.id),
        ),
        Cell::text(&one.row.site_name),
        Cell::text(one.row.trainer_name.clone().unwrap_or_default()),
        hours(language, one.length.0),
        Cell::text(name_or_nobody(ctx, one.funder.as_ref())),
        count(marked(&["present", "late", "left-early"])),
        count(marked(&["absent", "excused"])),
        count(open.count()),
        Cell::number(minutes),
        hours(language, u32::try_from(minutes).unwrap_or_default()),
        Cell::number(if is_payer { i64::from(one.length.0) } else { 0 }),
    ]
}

/// `GET /bureau/financeurs/presences`: the attendance lists, a line a place.
async fn by_person(ctx: Ctx, query: Query<Wanted>) -> Answer {
    let wanted = query.value;
    let report = funding::report(ctx.app(), ctx.actor(), &wanted.period()).await?;
    let folded = domain::text::fold(&wanted.q);
    let mut rows = Vec::new();
    for one in &report.sessions {
        for place in &one.places {
            let name = &place.row.name;
            if fits(&wanted.financeur, place.funder.as_ref())
                && domain::text::fold(name).contains(&folded)
            {
                rows.push(person_row(&ctx, one, place));
            }
        }
    }
    let listing = Listing {
        title: ctx.text("funding-sheets"),
        lead: ctx.text("funding-sheets-lead"),
        path: SHEETS,
        actions: vec![
            Link::new(ctx.text("funding-list"), wanted.other(FUNDERS, "")),
            Link::new(
                ctx.text("funding-sessions"),
                wanted.other(SESSIONS, &wanted.financeur),
            ),
        ],
        search_label: ctx.text("funding-search"),
        filters: filters(&ctx, &wanted, &report, true),
        heads: vec![
            Head::text("date", ctx.text("funding-date")),
            Head::text("de", ctx.text("funding-begins")).exported_only(),
            Head::text("a", ctx.text("funding-ends")).exported_only(),
            Head::text("atelier", ctx.text("funding-module")),
            Head::text("lieu", ctx.text("funding-site")).exported_only(),
            Head::text("formateur", ctx.text("funding-trainer")).exported_only(),
            Head::text("nom", ctx.text("funding-person")),
            Head::text("entreprise", ctx.text("funding-organisation")),
            Head::text("presence", ctx.text("funding-mark")),
            Head::number("minutes", ctx.text("funding-people-minutes")),
            Head::text("financeur", ctx.text("funding-funder")),
        ],
        rows,
        empty: (ctx.text("funding-none"), ctx.text("funding-none-text")),
    };
    listing.answer(&ctx, &wanted.asked())
}

fn person_row(ctx: &Ctx, one: &Sitting, place: &funding::Place) -> Vec<Cell> {
    let language = ctx.language();
    let mark = match place.row.mark.as_deref() {
        None => "funding-mark-open",
        Some("present") => "funding-mark-present",
        Some("late") => "funding-mark-late",
        Some("left-early") => "funding-mark-left-early",
        Some("excused") => "funding-mark-excused",
        Some(_) => "funding-mark-absent",
    };
    vec![
        date(language, one.starts.date()),
        Cell::text(formats::time(language, one.starts.time())),
        Cell::text(formats::time(language, one.ends.time())),
        Cell::text(module(ctx, &one.row.module)),
        Cell::text(&one.row.site_name),
        Cell::text(one.row.trainer_name.clone().unwrap_or_default()),
        Cell::text(&place.row.name),
        Cell::text(place.row.organisation_name.clone().unwrap_or_default()),
        Cell::text(ctx.text(mark)),
        Cell::number(place.row.minutes.unwrap_or_default()),
        Cell::text(name_or_nobody(ctx, place.funder.as_ref())),
    ]
}

/// Who pays for one session and for its places.
#[derive(Default, Serialize)]
struct SessionPage {
    id: String,
    title: String,
    day: Option<Date>,
    funders: Vec<Choice>,
    funder: String,
    /// What holds where nothing is chosen.
    usual: String,
    places: Vec<PlaceView>,
    errors: FieldErrors,
    partners: String,
}

#[derive(Serialize)]
struct PlaceView {
    seat: String,
    name: String,
    funder: String,
}

impl Page for SessionPage {
    const TEMPLATE: &'static str = "funding/session.html";
}

fn session_page(ctx: &Ctx, of: OfSession) -> SessionPage {
    let OfSession { sitting, funders } = of;
    let chosen = |id: &Option<String>| id.clone().unwrap_or_default();
    let usual = match funders.as_slice() {
        [one] => one.name.clone(),
        _ => ctx.text("funding-nobody"),
    };
    SessionPage {
        id: sitting.row.id.clone(),
        title: module(ctx, &sitting.row.module),
        day: Some(sitting.starts.date()),
        funders: funders
            .iter()
            .map(|one| Choice::new(&one.id, &one.name))
            .collect(),
        funder: chosen(&sitting.row.funder_id),
        usual,
        places: sitting
            .places
            .iter()
            .filter_map(|place| {
                Some(PlaceView {
                    seat: place.row.enrolment_id.clone()?,
                    name: place.row.name.clone(),
                    funder: chosen(&place.row.funder_id),
                })
            })
            .collect(),
        errors: FieldErrors::default(),
        partners: "/bureau/programmes".to_owned(),
    }
}

/// `GET /bureau/seances/{id}/financeur`: who pays.
async fn ask(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let of = funding::of_session(ctx.app(), ctx.actor(), &id).await?;
    ctx.page(&session_page(&ctx, of))
}

/// `POST /bureau/seances/{id}/financeur`: says it. Seats are sent as `place-` and their id.
async fn save(
    ctx: Ctx,
    Path(id): Path<String>,
    Form(sent): Form<BTreeMap<String, String>>,
) -> Answer {
    let funder = sent.get("funder").cloned().unwrap_or_default();
    let places: BTreeMap<String, String> = sent
        .iter()
        .filter_map(|(name, value)| {
            let seat = name.strip_prefix("place-")?;
            Some((seat.to_owned(), value.clone()))
        })
        .collect();
    let Err(error) = funding::set(ctx.app(), ctx.actor(), &id, &funder, &places).await else {
        return Ok(done(
            &ctx,
            &format!("/bureau/seances/{id}"),
            "listing-saved",
        ));
    };
    let of = funding::of_session(ctx.app(), ctx.actor(), &id).await?;
    let mut page = session_page(&ctx, of);
    page.errors = FieldErrors::of(error, ctx.language())?;
    page.funder = funder;
    for place in &mut page.places {
        if let Some(typed) = places.get(&place.seat) {
            place.funder.clone_from(typed);
        }
    }
    ctx.invalid(&page)
}

#[cfg(test)]
pub(crate) fn samples() -> Vec<crate::shell::sample::Sample> {
    use crate::shell::sample::Sample;
    let page = |places: usize, funders: Vec<Choice>| SessionPage {
        id: "1".into(),
        title: "Courriel <b>".into(),
        day: Some(jiff::civil::date(2026, 10, 5)),
        funder: "f1".into(),
        funders,
        usual: "Personne".into(),
        places: (0..places)
            .map(|place| PlaceView {
                seat: format!("e{place}"),
                name: "Jeanne <b>Petit</b>".into(),
                funder: String::new(),
            })
            .collect(),
        errors: FieldErrors::default(),
        partners: "/bureau/programmes".into(),
    };
    let funders = || vec![Choice::new("f1", "Région"), Choice::new("f2", "Europe")];
    let mut wrong = page(1, funders());
    wrong.errors.add("funder", "Choisissez dans la liste.");
    vec![
        Sample::of(page(2, funders())),
        Sample::of(page(0, Vec::new())),
        Sample::of(wrong),
    ]
}
