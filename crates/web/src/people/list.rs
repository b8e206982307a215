//! The list of people.

use application::people::{self, PeopleFilter, PersonListRow, PersonSort};
use domain::language::Language;
use serde::{Deserialize, Serialize};

use super::download;
use super::shared::{
    Choice, PAGE, Pages, SortLink, changed_address, commune, narrows, page_number, profile_labels,
    profiles, sector_label, sectors,
};
use crate::shell::form::sentence;
use crate::shell::{Answer, Ctx, Page, Query};

const PATH: &str = "/bureau/personnes";

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Filter {
    q: String,
    commune: String,
    secteur: String,
    profil: String,
    organisation: String,
    tri: String,
    sens: String,
    page: String,
    format: String,
}

impl Filter {
    fn told(&self) -> [(&'static str, &str); 7] {
        [
            ("q", self.q.as_str()),
            ("commune", &self.commune),
            ("secteur", &self.secteur),
            ("profil", &self.profil),
            ("organisation", &self.organisation),
            ("tri", &self.tri),
            ("sens", &self.sens),
        ]
    }

    fn address(&self, changed: &[(&str, &str)]) -> String {
        changed_address(PATH, &self.told(), changed)
    }
}

/// The orders of the list: word in addresses, and order.
const ORDERS: [(&str, PersonSort); 5] = [
    ("nom", PersonSort::Name),
    ("commune", PersonSort::Commune),
    ("secteur", PersonSort::Sector),
    ("organisation", PersonSort::Organisation),
    ("recent", PersonSort::Newest),
];

pub(super) fn order(word: &str) -> (&'static str, PersonSort) {
    ORDERS
        .into_iter()
        .find(|(known, _)| *known == word)
        .unwrap_or(("nom", PersonSort::Name))
}

/// A line of the list.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Line {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) phone: String,
    pub(super) commune: String,
    pub(super) organisation_id: String,
    pub(super) organisation: String,
    pub(super) sector: String,
    pub(super) profiles: Vec<String>,
    pub(super) enrolments: i64,
}

impl Line {
    fn of(row: PersonListRow, language: Language) -> Self {
        Self {
            commune: commune(row.commune_code.as_deref()),
            sector: sector_label(row.sector.as_deref(), language),
            profiles: profile_labels(&row.audience, language),
            id: row.id,
            name: row.name,
            email: row.email.unwrap_or_default(),
            phone: row.phone.unwrap_or_default(),
            organisation_id: row.organisation_id.unwrap_or_default(),
            organisation: row.organisation_name.unwrap_or_default(),
            enrolments: row.enrolments,
        }
    }
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Sorts {
    pub(super) name: SortLink,
    pub(super) commune: SortLink,
    pub(super) organisation: SortLink,
    pub(super) sector: SortLink,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct PeopleList {
    pub(super) filter: Filter,
    pub(super) filtered: bool,
    pub(super) commune_wrong: String,
    pub(super) sectors: Vec<Choice>,
    pub(super) profiles: Vec<Choice>,
    pub(super) lines: Vec<Line>,
    pub(super) total: i64,
    pub(super) pages: Pages,
    pub(super) sorts: Sorts,
    pub(super) csv: String,
    pub(super) xlsx: String,
    pub(super) may_manage: bool,
}

impl Page for PeopleList {
    const TEMPLATE: &'static str = "people/list.html";
}

/// Whether who asks runs a programme (a referent only looks).
pub(super) fn may_manage(ctx: &Ctx) -> bool {
    use application::access::Role;
    ctx.actor().is(Role::Administrator) || ctx.actor().is(Role::Coordinator)
}

/// `GET /bureau/personnes`: the people that match, or a file of all of them.
pub(super) async fn people(ctx: Ctx, query: Query<Filter>) -> Answer {
    let filter = query.value;
    let language = ctx.language();
    let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let (word, sort) = order(&filter.tri);
    let (code, commune_wrong) = people::commune_filter(ctx.app(), &filter.commune).await?;
    let number = page_number(&filter.page);
    let wanted = PeopleFilter {
        query: filter.q.clone(),
        commune: code,
        sector: some(&filter.secteur),
        profile: some(&filter.profil),
        organisation: some(&filter.organisation),
        sort,
        descending: filter.sens == "desc",
        offset: (number - 1) * PAGE,
        limit: PAGE,
        ..PeopleFilter::default()
    };
    if download::is_file(&filter.format) {
        let table =
            application::exchange::people_table(ctx.app(), ctx.actor(), wanted, language).await?;
        return download::table(&ctx, &table, "personnes", &filter.format);
    }
    let found = people::search_people(ctx.app(), ctx.actor(), wanted).await?;
    let sort_link = |slug: &str| {
        SortLink::new(slug, word, filter.sens == "desc", |tri, sens| {
            filter.address(&[("tri", tri), ("sens", sens)])
        })
    };
    ctx.page(&PeopleList {
        filtered: narrows(&filter.told()),
        commune_wrong: commune_wrong.map_or_else(String::new, |error| sentence(&error, language)),
        sectors: sectors(language),
        profiles: profiles(language),
        pages: Pages::new(number, found.rows.len(), found.total, |page| {
            filter.address(&[("page", &page.to_string())])
        }),
        lines: found
            .rows
            .into_iter()
            .map(|row| Line::of(row, language))
            .collect(),
        total: found.total,
        sorts: Sorts {
            name: sort_link("nom"),
            commune: sort_link("commune"),
            organisation: sort_link("organisation"),
            sector: sort_link("secteur"),
        },
        csv: filter.address(&[("format", "csv")]),
        xlsx: filter.address(&[("format", "xlsx")]),
        may_manage: may_manage(&ctx),
        filter,
    })
}
