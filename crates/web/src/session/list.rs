//! The list of sessions.

use application::people;
use application::session::{self, Listed, SessionFilter};
use domain::text::fold;
use jiff::SignedDuration;
use jiff::civil::Date;
use serde::Deserialize;

use super::view::{Line, instant, title};
use crate::listing::{Asked, Cell, Choice, Filter, FilterKind, Head, Link, Listing};
use crate::shell::{Answer, Ctx, Query};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    q: String,
    tri: String,
    page: String,
    format: String,
    saison: String,
    atelier: String,
    lieu: String,
    formateur: String,
    etat: String,
    periode: String,
    du: String,
    au: String,
    personne: String,
}

/// The days asked for, both included; a text that is no day asks for nothing.
struct Days {
    from: Option<Date>,
    to: Option<Date>,
}

impl Days {
    fn of(wanted: &Wanted) -> Self {
        Self {
            from: wanted.du.trim().parse().ok(),
            to: wanted.au.trim().parse().ok(),
        }
    }

    fn is_any(&self) -> bool {
        self.from.is_none() && self.to.is_none()
    }

    fn contain(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

/// `GET /bureau/seances`: every session; the coming ones unless asked otherwise. With a person, each leads to registering them.
pub(super) async fn list(ctx: Ctx, query: Query<Wanted>) -> Answer {
    let wanted = query.value;
    let all = session::list(ctx.app(), ctx.actor(), &SessionFilter::default()).await?;
    let now = ctx
        .app()
        .now()
        .saturating_sub(SignedDuration::from_hours(12))
        .unwrap_or(ctx.app().now())
        .as_millisecond();
    let search = fold(&wanted.q);
    let days = Days::of(&wanted);
    let person = match wanted.personne.as_str() {
        "" => None,
        id => Some(
            people::person_page(ctx.app(), ctx.actor(), id)
                .await?
                .person,
        ),
    };
    let mut shown: Vec<&Listed> = all
        .iter()
        .filter(|listed| matches(&wanted, &days, listed, now))
        .filter(|listed| found(&ctx, listed, &search))
        .collect();
    if wanted.periode == "passees" {
        shown.reverse();
    }
    let listing = Listing {
        title: ctx.text("session-list"),
        lead: match &person {
            Some(person) => {
                ctx.text_with("session-list-for", &[("name", person.name.as_str().into())])
            }
            None => ctx.text("session-list-lead"),
        },
        path: "/bureau/seances",
        actions: vec![
            Link::new(ctx.text("session-new"), "/bureau/seances/nouvelle"),
            Link::new(ctx.text("session-calendar"), "/bureau/calendrier"),
        ],
        search_label: ctx.text("session-search"),
        filters: filters(&ctx, &wanted, &all),
        heads: heads(&ctx),
        rows: shown
            .into_iter()
            .map(|one| row(&ctx, one, person.as_ref().map(|person| person.id.as_str())))
            .collect(),
        empty: (ctx.text("session-none"), ctx.text("session-none-text")),
    };
    let asked = Asked {
        search: wanted.q,
        sort: wanted.tri,
        page: wanted.page,
        format: wanted.format,
    };
    listing.answer(&ctx, &asked)
}

fn matches(wanted: &Wanted, days: &Days, listed: &Listed, now: i64) -> bool {
    let session = &listed.session;
    let is = |wanted: &str, value: &str| wanted.is_empty() || wanted == value;
    let period = match wanted.periode.as_str() {
        "passees" => session.ends_at < now,
        "toutes" => true,
        // Days that were asked for are shown, be they past or to come.
        _ => !days.is_any() || session.ends_at >= now,
    } && days.contain(listed.starts.date());
    let trainer = match wanted.formateur.as_str() {
        "aucun" => session.trainer_id.is_none(),
        wanted => is(wanted, session.trainer_id.as_deref().unwrap_or_default()),
    };
    period
        && trainer
        && is(&wanted.saison, &session.season_id)
        && is(&wanted.atelier, &session.module)
        && is(&wanted.lieu, &session.site_id)
        && is(&wanted.etat, &session.stage)
}

/// Every word that is searched is in the title, the place, the commune or the trainer's name.
fn found(ctx: &Ctx, listed: &Listed, search: &str) -> bool {
    if search.is_empty() {
        return true;
    }
    let line = Line::of(ctx, listed);
    let text = fold(&format!("{} {} {}", line.title, line.place, line.trainer));
    search.split_whitespace().all(|word| text.contains(word))
}

/// Each value once, by label.
fn choices<'a>(values: impl Iterator<Item = (&'a str, String)>) -> Vec<Choice> {
    let mut choices: Vec<(String, String)> = values
        .map(|(value, label)| (label, value.to_owned()))
        .collect();
    choices.sort();
    choices.dedup();
    choices
        .into_iter()
        .map(|(label, value)| Choice::new(value, label))
        .collect()
}

fn filters(ctx: &Ctx, wanted: &Wanted, all: &[Listed]) -> Vec<Filter> {
    let sessions = || all.iter().map(|listed| &listed.session);
    let modules = sessions().map(|one| (one.module.as_str(), title(&one.module, ctx.language())));
    let sites = sessions().map(|one| (one.site_id.as_str(), one.site_name.clone()));
    let mut trainers = choices(
        sessions().filter_map(|one| Some((one.trainer_id.as_deref()?, one.trainer_name.clone()?))),
    );
    trainers.push(Choice::new("aucun", ctx.text("session-no-trainer")));
    let stages = ["gathering", "confirmed", "held", "cancelled"]
        .map(|stage| Choice::new(stage, ctx.text(&format!("session-stage-{stage}"))));
    let filter = |name, label: &str, options, value: &str, none: &str| Filter {
        kind: FilterKind::Choice,
        name,
        label: ctx.text(label),
        options,
        value: value.to_owned(),
        none: ctx.text(none),
    };
    let mut filters = vec![
        filter(
            "periode",
            "session-when",
            vec![
                Choice::new("passees", ctx.text("session-past")),
                Choice::new("toutes", ctx.text("session-any-time")),
            ],
            &wanted.periode,
            "session-upcoming",
        ),
        Filter::day("du", ctx.text("session-from-day"), &wanted.du),
        Filter::day("au", ctx.text("session-to-day"), &wanted.au),
        filter(
            "atelier",
            "session-module",
            choices(modules),
            &wanted.atelier,
            "listing-all",
        ),
        filter(
            "lieu",
            "session-site",
            choices(sites),
            &wanted.lieu,
            "listing-all",
        ),
        filter(
            "formateur",
            "session-trainer",
            trainers,
            &wanted.formateur,
            "listing-all",
        ),
        filter(
            "etat",
            "session-stage",
            stages.to_vec(),
            &wanted.etat,
            "listing-all",
        ),
    ];
    filters.push(Filter::kept("personne", &wanted.personne));
    if !wanted.saison.is_empty() {
        // From the dashboard of a season: kept, and can be left.
        let season = Choice::new(&wanted.saison, ctx.text("session-season"));
        filters.push(filter(
            "saison",
            "session-season",
            vec![season],
            &wanted.saison,
            "listing-all",
        ));
    }
    filters
}

fn heads(ctx: &Ctx) -> Vec<Head> {
    vec![
        Head::text("date", ctx.text("session-day")),
        Head::text("atelier", ctx.text("session-module")),
        Head::text("lieu", ctx.text("session-site")),
        Head::text("salle", ctx.text("session-room")),
        Head::text("formateur", ctx.text("session-trainer")),
        Head::number("inscrits", ctx.text("session-placed")),
        Head::number("places", ctx.text("session-capacity")),
        Head::number("attente", ctx.text("session-waiting")),
        Head::text("etat", ctx.text("session-stage")),
        Head::text("debut", ctx.text("session-starts")).exported_only(),
        Head::text("fin", ctx.text("session-ends")).exported_only(),
    ]
}

fn row(ctx: &Ctx, listed: &Listed, person: Option<&str>) -> Vec<Cell> {
    let mut line = Line::of(ctx, listed);
    if let Some(person) = person {
        line.href = format!("{}/inscrire?personne={person}", line.href);
    }
    vec![
        // Sorted by the instant, shown in words.
        Cell::link(instant(ctx.language(), listed.starts), &line.href)
            .sorted_by(&listed.starts.to_string()),
        Cell::link(line.title, &line.href),
        Cell::text(line.place),
        Cell::text(line.room),
        Cell::text(line.trainer),
        Cell::number(line.placed),
        Cell::number(line.capacity),
        Cell::number(line.waiting),
        Cell::badge(line.tone, line.status),
        Cell::text(listed.starts.to_string()),
        Cell::text(listed.ends.to_string()),
    ]
}
