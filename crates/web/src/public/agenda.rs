//! The agenda: coming sessions, filtered by what the address says.

use application::agenda::{self, Agenda, Filter, Moment, Order, PAGE};
use serde::Serialize;

use super::Public;
use super::view::{Card, Choice, audiences, cards, themes, tracks};
use crate::shell::{Answer, Ctx, Page, Query};

/// Distances offered, in kilometres.
const DISTANCES: [u32; 5] = [5, 10, 20, 30, 50];

#[derive(Serialize)]
struct AgendaPage {
    filter: Filter,
    /// `30` where nothing was chosen.
    km: String,
    distances: Vec<Choice>,
    themes: Vec<Choice>,
    tracks: Vec<Choice>,
    audiences: Vec<Choice>,
    moments: Vec<Choice>,
    /// Whether the further filters are in use.
    more: bool,
    /// The commune that was understood.
    near: Option<String>,
    /// Whether a commune was typed that nobody knows.
    unknown_commune: bool,
    /// Whether something else in the address was passed over.
    passed_over: bool,
    by_distance: bool,
    /// The same list in the other order.
    other_order: String,
    cards: Vec<Card>,
    total: usize,
    pages: Pages,
    /// The query string of feeds, with `?` unless empty.
    feed: String,
}

/// Ways through a list of several pages.
#[derive(Debug, Serialize)]
struct Pages {
    from: usize,
    to: usize,
    total: usize,
    previous: Option<String>,
    next: Option<String>,
}

impl Page for AgendaPage {
    const TEMPLATE: &'static str = "public/agenda.html";
}

/// `GET /agenda`: the coming sessions that match.
pub(super) async fn list(public: Public, query: Query<Filter>) -> Answer {
    public.answer(async move |ctx| page(ctx, query).await).await
}

async fn page(ctx: Ctx, query: Query<Filter>) -> Answer {
    let filter = query.value;
    let agenda = agenda::list(ctx.app(), &filter).await?;
    let mut view = AgendaPage::of(&ctx, filter, &agenda);
    view.passed_over |= !query.ignored.is_empty();
    ctx.page(&view)
}

impl AgendaPage {
    fn of(ctx: &Ctx, filter: Filter, agenda: &Agenda) -> Self {
        let language = ctx.language();
        let wanted = &agenda.wanted;
        let by_distance = wanted.order == Order::Distance;
        let distances = DISTANCES
            .iter()
            .map(|km| {
                let label = ctx.text_with("agenda-km", &[("km", i64::from(*km).into())]);
                Choice::new(km.to_string(), label)
            })
            .chain([Choice::new("tous", ctx.text("agenda-km-any"))])
            .collect();
        Self {
            km: match (wanted.km, filter.km.as_str()) {
                (None, _) => "tous".to_owned(),
                (Some(km), _) => km.to_string(),
            },
            distances,
            themes: themes(language),
            tracks: tracks(language),
            audiences: audiences(language),
            moments: Moment::ALL
                .iter()
                .map(|moment| {
                    let key = format!("agenda-moment-{}", moment.slug());
                    Choice::new(moment.slug(), ctx.text(&key))
                })
                .collect(),
            more: [
                &filter.q,
                &filter.serie,
                &filter.public,
                &filter.du,
                &filter.au,
                &filter.theme,
                &filter.places,
            ]
            .iter()
            .any(|value| !value.is_empty())
                || !filter.moment.is_empty(),
            near: wanted.near.as_ref().map(|near| near.label.clone()),
            unknown_commune: wanted.ignored.contains(&"commune"),
            passed_over: wanted.ignored.iter().any(|field| *field != "commune"),
            by_distance,
            other_order: address(&Filter {
                tri: if by_distance { "date" } else { "distance" }.to_owned(),
                page: String::new(),
                ..filter.clone()
            }),
            cards: cards(&agenda.sessions, language),
            total: agenda.total,
            pages: Pages::of(&filter, agenda),
            feed: query_of(&Filter {
                page: String::new(),
                tri: String::new(),
                ..filter.clone()
            }),
            filter,
        }
    }
}

impl Pages {
    fn of(filter: &Filter, agenda: &Agenda) -> Self {
        let from = (agenda.page - 1) * PAGE;
        let to = from + agenda.sessions.len();
        let at = |page: usize| {
            address(&Filter {
                page: if page > 1 {
                    page.to_string()
                } else {
                    String::new()
                },
                ..filter.clone()
            })
        };
        Self {
            from: (from + 1).min(agenda.total),
            to,
            total: agenda.total,
            previous: (agenda.page > 1).then(|| at(agenda.page - 1)),
            next: (to < agenda.total).then(|| at(agenda.page + 1)),
        }
    }
}

/// The address of the agenda with a filter.
fn address(filter: &Filter) -> String {
    format!("/agenda{}", query_of(filter))
}

/// A filter as a query string with its `?`; empty for an empty one.
pub(super) fn query_of(filter: &Filter) -> String {
    let all = serde_html_form::to_string(filter).unwrap_or_default();
    let said: Vec<&str> = all.split('&').filter(|pair| !pair.ends_with('=')).collect();
    match said.join("&") {
        query if query.is_empty() => query,
        query => format!("?{query}"),
    }
}

#[cfg(test)]
pub(super) fn samples() -> Vec<crate::shell::sample::Sample> {
    use super::view::samples::all_cards;
    use crate::shell::sample::Sample;
    use domain::language::Language;
    let page = |cards: Vec<Card>, near: Option<&str>| AgendaPage {
        filter: Filter {
            q: "<b>site</b>".to_owned(),
            commune: "Frévent".to_owned(),
            moment: vec!["soir".to_owned()],
            ..Filter::default()
        },
        km: "20".to_owned(),
        distances: vec![Choice::new("20", "20 km")],
        themes: themes(Language::Fr),
        tracks: tracks(Language::Fr),
        audiences: audiences(Language::Fr),
        moments: vec![Choice::new("soir", "Soir")],
        more: true,
        unknown_commune: near.is_none(),
        passed_over: near.is_none(),
        by_distance: near.is_some(),
        near: near.map(str::to_owned),
        other_order: "/agenda?tri=date".to_owned(),
        total: cards.len(),
        pages: Pages {
            from: 1,
            to: cards.len(),
            total: cards.len(),
            previous: None,
            next: Some("/agenda?page=2".to_owned()),
        },
        cards,
        feed: "?theme=site".to_owned(),
    };
    vec![
        Sample::of(page(all_cards(), Some("Frévent (62270)"))),
        Sample::of(page(Vec::new(), None)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_made_of_a_filter_reads_back_as_that_filter() {
        let filter = Filter {
            q: "a&b=c d#é".to_owned(),
            moment: vec!["soir".to_owned(), "samedi".to_owned()],
            page: "2".to_owned(),
            ..Filter::default()
        };
        let query = query_of(&filter);
        assert_eq!(
            Query::<Filter>::read(query.trim_start_matches('?')).value,
            filter
        );
        assert_eq!(query_of(&Filter::default()), "");
    }
}
