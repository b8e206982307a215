//! The journal: who changed what, when, from what to what.

use application::history::{self, EventFilter};
use axum::Router;
use axum::routing::get;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::State;
use crate::people::shared::{Choice, PAGE, address, word};
use crate::people::story::{Told, told};
use crate::shell::{Answer, Ctx, Page, Query};

const PATH: &str = "/bureau/historique";

/// The areas to choose from: the beginning of an action, and of the keys of its texts.
const AREAS: [&str; 20] = [
    "session",
    "plan",
    "enrolment",
    "attendance",
    "certificate",
    "quiz",
    "badge",
    "people",
    "organisation",
    "wish",
    "debrief",
    "proposal",
    "response",
    "assessment",
    "site",
    "trainer",
    "referent",
    "season",
    "account",
    "exchange",
];

/// The addresses of this area.
pub(crate) fn routes() -> Router<State> {
    Router::new().route(PATH, get(journal))
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Filter {
    domaine: String,
    qui: String,
    depuis: String,
    objet: String,
    identifiant: String,
    avant: String,
}

impl Filter {
    fn address(&self, before: &str) -> String {
        address(
            PATH,
            &[
                ("domaine", &self.domaine),
                ("qui", &self.qui),
                ("depuis", &self.depuis),
                ("objet", &self.objet),
                ("identifiant", &self.identifiant),
                ("avant", before),
            ],
        )
    }
}

#[derive(Clone, Debug, Default, Serialize)]
struct Journal {
    filter: Filter,
    filtered: bool,
    areas: Vec<Choice>,
    people: Vec<Choice>,
    events: Vec<Told>,
    older: Option<String>,
    newest: Option<String>,
}

impl Page for Journal {
    const TEMPLATE: &'static str = "history/journal.html";
}

/// The first instant of a local day.
fn since(raw: &str, zone: &TimeZone) -> Option<i64> {
    let day: Date = domain::input::parse_date(raw).ok()?;
    Some(
        day.to_zoned(zone.clone())
            .ok()?
            .timestamp()
            .as_millisecond(),
    )
}

/// `GET /bureau/historique`: what happened, newest first.
async fn journal(ctx: Ctx, query: Query<Filter>) -> Answer {
    let filter = query.value;
    let language = ctx.language();
    let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let area = AREAS.into_iter().find(|area| *area == filter.domaine);
    let wanted = EventFilter {
        subject_kind: some(&filter.objet),
        subject_id: some(&filter.identifiant),
        actor_id: some(&filter.qui),
        action_prefix: area.map(|area| format!("{area}.")),
        since: since(&filter.depuis, ctx.zone()),
        before_seq: filter.avant.trim().parse().ok(),
        // One more than shown tells whether there is more.
        limit: PAGE + 1,
    };
    let (mut events, actors) = history::search(ctx.app(), ctx.actor(), &wanted).await?;
    let has_more = i64::try_from(events.len()).unwrap_or(i64::MAX) > PAGE;
    events.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    let oldest = events
        .last()
        .map(|event| event.seq.to_string())
        .unwrap_or_default();
    ctx.page(&Journal {
        filtered: [
            &filter.domaine,
            &filter.qui,
            &filter.depuis,
            &filter.objet,
            &filter.identifiant,
        ]
        .iter()
        .any(|told| !told.is_empty()),
        areas: AREAS
            .iter()
            .map(|area| Choice::new(*area, word("history-area-", area, language)))
            .collect(),
        people: actors
            .into_iter()
            .map(|(id, name)| Choice::new(id, name))
            .collect(),
        events: events
            .iter()
            .map(|event| told(event, language, ctx.zone()))
            .collect(),
        older: has_more.then(|| filter.address(&oldest)),
        newest: (!filter.avant.is_empty()).then(|| filter.address("")),
        filter,
    })
}

#[cfg(test)]
pub(crate) fn samples() -> Vec<crate::shell::sample::Sample> {
    use crate::people::story::Change;
    use crate::shell::sample::Sample;
    let event = Told {
        at: "2026-02-03T14:30:00".into(),
        who: "Claire Delattre".into(),
        what: "A modifié une fiche".into(),
        subject_kind: "Personne".into(),
        subject: "p".into(),
        subject_name: "Anne <b>Petit".into(),
        href: "/bureau/personnes/p".into(),
        changes: vec![Change {
            field: "Nom".into(),
            before: "Anne".into(),
            after: String::new(),
        }],
    };
    vec![
        Sample::of(Journal::default()),
        Sample::of(Journal {
            filtered: true,
            areas: vec![Choice::new("people", "Personnes")],
            people: vec![Choice::new("a", "Claire")],
            events: vec![
                event.clone(),
                Told {
                    href: String::new(),
                    changes: Vec::new(),
                    ..event
                },
            ],
            older: Some("#".into()),
            newest: Some("#".into()),
            filter: Filter::default(),
        }),
    ]
}
