//! Lists of people and organisations: folded search, filters, order, pages.

use domain::text::fold;

use crate::{Connection, Result, Value};

/// Order of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PersonSort {
    /// By folded name.
    #[default]
    Name,
    /// By commune code (alphabetical within a département).
    Commune,
    /// By sector.
    Sector,
    /// By firm (people), by number of people (organisations).
    Organisation,
    /// Newest record first.
    Newest,
}

impl PersonSort {
    /// The word used in addresses and statements.
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Commune => "commune",
            Self::Sector => "sector",
            Self::Organisation => "organisation",
            Self::Newest => "newest",
        }
    }

    /// The order of that word; by name when there is none.
    #[must_use]
    pub fn parse(slug: &str) -> Self {
        [
            Self::Name,
            Self::Commune,
            Self::Sector,
            Self::Organisation,
            Self::Newest,
        ]
        .into_iter()
        .find(|sort| sort.slug() == slug)
        .unwrap_or_default()
    }
}

/// Which people to list; `None` and empty mean any.
#[derive(Clone, Debug, Default)]
pub struct PeopleFilter {
    /// Words of the name or firm, an e-mail address, a telephone number, or parts of them.
    pub query: String,
    /// Only these communes (a territory, a referent's scope).
    pub communes: Option<Vec<String>>,
    /// Only this commune.
    pub commune: Option<String>,
    /// Only this sector.
    pub sector: Option<String>,
    /// Only this audience profile.
    pub profile: Option<String>,
    /// Only this organisation.
    pub organisation: Option<String>,
    /// Only people enrolled in this season, whatever became of it.
    pub season: Option<String>,
    /// Order.
    pub sort: PersonSort,
    /// Whether the order is turned round.
    pub descending: bool,
    /// How many to leave out.
    pub offset: i64,
    /// At most this many.
    pub limit: i64,
}

/// A line of the list of people.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow, serde::Serialize)]
pub struct PersonListRow {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: String,
    /// Name as compared.
    pub folded: String,
    /// E-mail address.
    pub email: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// Code of the commune.
    pub commune_code: Option<String>,
    /// Slug of the sector, the person's own or else that of the organisation.
    pub sector: Option<String>,
    /// JSON list of profile slugs.
    pub audience: String,
    /// Language of letters.
    pub language: String,
    /// What the person needs to take part.
    pub needs: String,
    /// The desk's note.
    pub note: String,
    /// The organisation.
    pub organisation_id: Option<String>,
    /// Its name.
    pub organisation_name: Option<String>,
    /// Its official number.
    pub organisation_registration: Option<String>,
    /// When the record was made, UTC milliseconds.
    pub created_at: i64,
    /// Enrolments that hold or wait for a seat, past and future.
    pub enrolments: i64,
}

/// What the search box's text is looked for as: folded words, part of an e-mail address, digits of a telephone number.
struct Needle {
    words: [String; 4],
    email: String,
    digits: String,
}

impl Needle {
    fn new(query: &str) -> Self {
        // Beyond this nothing more is told apart, and the statement stays cheap whatever is pasted into the box.
        let query: String = query.chars().take(200).collect();
        let folded = fold(&query);
        let mut words = folded.split(' ').map(str::to_owned);
        // Further words are looked for as one piece.
        let words = [
            words.next().unwrap_or_default(),
            words.next().unwrap_or_default(),
            words.next().unwrap_or_default(),
            words.collect::<Vec<_>>().join(" "),
        ];
        let digits: String = query.chars().filter(char::is_ascii_digit).collect();
        let is_phone = digits.len() >= 4 && !query.chars().any(char::is_alphabetic);
        // Numbers are kept with their country code in place of the 0.
        let digits = if is_phone {
            digits.trim_start_matches('0').to_owned()
        } else {
            String::new()
        };
        let email = query.trim().to_ascii_lowercase();
        Self {
            words,
            email,
            digits,
        }
    }
}

/// `|a|b|`, in which a code is found whole: one text parameter for a list, the same on both engines.
fn joined(codes: Option<&Vec<String>>) -> Option<String> {
    codes.map(|codes| format!("|{}|", codes.join("|")))
}

macro_rules! people_where {
    () => {
        " FROM person p LEFT JOIN organisation o ON o.id = p.organisation_id
         WHERE p.merged_into IS NULL AND p.erased_at IS NULL
           AND (CAST($5 AS TEXT) = '' AND CAST($6 AS TEXT) = ''
                OR ($1 <> '' AND (p.folded || ' ' || COALESCE(o.folded, '')) LIKE '%' || $1 || '%'
                             AND (p.folded || ' ' || COALESCE(o.folded, '')) LIKE '%' || $2 || '%'
                             AND (p.folded || ' ' || COALESCE(o.folded, '')) LIKE '%' || $3 || '%'
                             AND (p.folded || ' ' || COALESCE(o.folded, '')) LIKE '%' || $4 || '%')
                OR REPLACE(COALESCE(p.email, ''), $5, '') <> COALESCE(p.email, '')
                OR ($6 <> '' AND COALESCE(p.phone, '') LIKE '%' || $6 || '%'))
           AND (CAST($7 AS TEXT) IS NULL
                OR (p.commune_code IS NOT NULL AND REPLACE($7, '|' || p.commune_code || '|', '') <> $7))
           AND (CAST($8 AS TEXT) IS NULL OR p.commune_code = $8)
           AND (CAST($9 AS TEXT) IS NULL OR COALESCE(p.sector, o.sector) = $9)
           AND (CAST($10 AS TEXT) IS NULL OR REPLACE(p.audience, $10, '') <> p.audience)
           AND (CAST($11 AS TEXT) IS NULL OR p.organisation_id = $11)
           AND (CAST($12 AS TEXT) IS NULL OR EXISTS (SELECT 1 FROM enrolment e JOIN session s ON s.id = e.session_id
                                                     WHERE e.person_id = p.id AND s.season_id = $12))"
    };
}

const PEOPLE: &str = concat!(
    "SELECT p.id, p.name, p.folded, p.email, p.phone, p.commune_code, COALESCE(p.sector, o.sector) AS sector, p.audience, p.language,
            p.needs, p.note, p.organisation_id, o.name AS organisation_name, o.registration AS organisation_registration, p.created_at,
            (SELECT COUNT(*) FROM enrolment e WHERE e.person_id = p.id AND e.stage IN ('placed', 'waiting', 'offered')) AS enrolments",
    people_where!(),
    " ORDER BY CASE $13 WHEN 'name' THEN p.folded WHEN 'commune' THEN COALESCE(p.commune_code, 'zzz')
                        WHEN 'sector' THEN COALESCE(p.sector, o.sector, 'zzz') WHEN 'organisation' THEN COALESCE(o.folded, 'zzz')
                        WHEN '-newest' THEN p.id ELSE '' END,
               CASE $13 WHEN '-name' THEN p.folded WHEN '-commune' THEN COALESCE(p.commune_code, '')
                        WHEN '-sector' THEN COALESCE(p.sector, o.sector, '') WHEN '-organisation' THEN COALESCE(o.folded, '')
                        WHEN 'newest' THEN p.id ELSE '' END DESC,
               p.folded, p.id
      LIMIT $14 OFFSET $15"
);

const PEOPLE_COUNT: &str = concat!("SELECT COUNT(*)", people_where!());

fn people_parameters(filter: &PeopleFilter) -> Vec<Value> {
    let needle = Needle::new(&filter.query);
    let mut parameters: Vec<Value> = needle.words.iter().map(Value::from).collect();
    parameters.extend([
        Value::from(needle.email),
        Value::from(needle.digits),
        Value::from(joined(filter.communes.as_ref())),
        Value::from(&filter.commune),
        Value::from(&filter.sector),
        // As it stands in the JSON list.
        Value::from(filter.profile.as_ref().map(|slug| format!("\"{slug}\""))),
        Value::from(&filter.organisation),
        Value::from(&filter.season),
    ]);
    parameters
}

/// One page of the people that match.
pub async fn search_people(
    db: &mut Connection,
    filter: &PeopleFilter,
) -> Result<Vec<PersonListRow>> {
    let mut parameters = people_parameters(filter);
    parameters.extend([
        order(filter.sort, filter.descending),
        filter.limit.into(),
        filter.offset.into(),
    ]);
    db.fetch_all(PEOPLE, parameters).await
}

/// The word that the statements order by.
fn order(sort: PersonSort, descending: bool) -> Value {
    Value::from(format!(
        "{}{}",
        if descending { "-" } else { "" },
        sort.slug()
    ))
}

/// How many people match in all.
pub async fn count_people(db: &mut Connection, filter: &PeopleFilter) -> Result<i64> {
    db.number(PEOPLE_COUNT, people_parameters(filter)).await
}

/// Every living person, to look for duplicates among them.
pub async fn all_people_to_compare(db: &mut Connection) -> Result<Vec<super::PersonRow>> {
    db.fetch_all(
        "SELECT * FROM person WHERE merged_into IS NULL AND erased_at IS NULL ORDER BY id",
        [],
    )
    .await
}

/// Every organisation not merged away, to look for duplicates among them.
pub async fn all_organisations_to_compare(
    db: &mut Connection,
) -> Result<Vec<super::OrganisationRow>> {
    db.fetch_all(
        "SELECT * FROM organisation WHERE merged_into IS NULL AND folded <> '' ORDER BY id",
        [],
    )
    .await
}

/// Which organisations to list; `None` and empty mean any.
#[derive(Clone, Debug, Default)]
pub struct OrganisationFilter {
    /// Words of the name, the official number, an e-mail address or a telephone number, or parts of them.
    pub query: String,
    /// Only these communes.
    pub communes: Option<Vec<String>>,
    /// Only this commune.
    pub commune: Option<String>,
    /// Only this sector.
    pub sector: Option<String>,
    /// Only this kind.
    pub kind: Option<String>,
    /// Order.
    pub sort: PersonSort,
    /// Whether the order is turned round.
    pub descending: bool,
    /// How many to leave out.
    pub offset: i64,
    /// At most this many.
    pub limit: i64,
}

/// A line of the list of organisations.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow, serde::Serialize)]
pub struct OrganisationListRow {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: String,
    /// `firm`, `local-authority`, `association` or `other`.
    pub kind: String,
    /// SIRET or enterprise number.
    pub registration: Option<String>,
    /// Slug of the sector.
    pub sector: Option<String>,
    /// Code of the commune.
    pub commune_code: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// The desk's note.
    pub note: String,
    /// When the record was made, UTC milliseconds.
    pub created_at: i64,
    /// How many people it has.
    pub people: i64,
}

macro_rules! organisations_where {
    () => {
        " FROM organisation o
         WHERE o.merged_into IS NULL AND o.folded <> ''
           AND (CAST($5 AS TEXT) = '' AND CAST($6 AS TEXT) = ''
                OR ($1 <> '' AND o.folded LIKE '%' || $1 || '%' AND o.folded LIKE '%' || $2 || '%'
                             AND o.folded LIKE '%' || $3 || '%' AND o.folded LIKE '%' || $4 || '%')
                OR REPLACE(COALESCE(o.email, ''), $5, '') <> COALESCE(o.email, '')
                OR ($6 <> '' AND (COALESCE(o.phone, '') LIKE '%' || $6 || '%' OR COALESCE(o.registration, '') LIKE '%' || $6 || '%')))
           AND (CAST($7 AS TEXT) IS NULL
                OR (o.commune_code IS NOT NULL AND REPLACE($7, '|' || o.commune_code || '|', '') <> $7))
           AND (CAST($8 AS TEXT) IS NULL OR o.commune_code = $8)
           AND (CAST($9 AS TEXT) IS NULL OR o.sector = $9)
           AND (CAST($10 AS TEXT) IS NULL OR o.kind = $10)"
    };
}

const ORGANISATIONS: &str = concat!(
    "SELECT o.id, o.name, o.kind, o.registration, o.sector, o.commune_code, o.email, o.phone, o.note, o.created_at,
            (SELECT COUNT(*) FROM person p
             WHERE p.organisation_id = o.id AND p.merged_into IS NULL AND p.erased_at IS NULL) AS people",
    organisations_where!(),
    " ORDER BY CASE $11 WHEN 'name' THEN o.folded WHEN 'commune' THEN COALESCE(o.commune_code, 'zzz')
                        WHEN 'sector' THEN COALESCE(o.sector, 'zzz') WHEN '-newest' THEN o.id ELSE '' END,
               CASE $11 WHEN '-name' THEN o.folded WHEN '-commune' THEN COALESCE(o.commune_code, '')
                        WHEN '-sector' THEN COALESCE(o.sector, '') WHEN 'newest' THEN o.id ELSE '' END DESC,
               CASE $11 WHEN 'organisation' THEN -1 WHEN '-organisation' THEN 1 ELSE 0 END
               * (SELECT COUNT(*) FROM person p
                  WHERE p.organisation_id = o.id AND p.merged_into IS NULL AND p.erased_at IS NULL),
               o.folded, o.id
      LIMIT $12 OFFSET $13"
);

const ORGANISATIONS_COUNT: &str = concat!("SELECT COUNT(*)", organisations_where!());

fn organisation_parameters(filter: &OrganisationFilter) -> Vec<Value> {
    let needle = Needle::new(&filter.query);
    let mut parameters: Vec<Value> = needle.words.iter().map(Value::from).collect();
    parameters.extend([
        Value::from(needle.email),
        Value::from(needle.digits),
        Value::from(joined(filter.communes.as_ref())),
        Value::from(&filter.commune),
        Value::from(&filter.sector),
        Value::from(&filter.kind),
    ]);
    parameters
}

/// One page of the organisations that match.
pub async fn search_organisations(
    db: &mut Connection,
    filter: &OrganisationFilter,
) -> Result<Vec<OrganisationListRow>> {
    let mut parameters = organisation_parameters(filter);
    parameters.extend([
        order(filter.sort, filter.descending),
        filter.limit.into(),
        filter.offset.into(),
    ]);
    db.fetch_all(ORGANISATIONS, parameters).await
}

/// How many organisations match in all.
pub async fn count_organisations(db: &mut Connection, filter: &OrganisationFilter) -> Result<i64> {
    db.number(ORGANISATIONS_COUNT, organisation_parameters(filter))
        .await
}
