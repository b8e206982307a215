//! Records that are probably of one person or organisation, each pair with the reasons to think so.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use store::people::{OrganisationRow, PersonRow};

use crate::access::{Action, Actor, Resource, authorise};
use crate::{App, Error, Result, history};

/// Why two records may be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// The same official number.
    SameRegistration,
    /// The same e-mail address.
    SameEmail,
    /// The same telephone.
    SamePhone,
    /// The same name, whatever the order of its words.
    SameName,
    /// A name with one or two letters of difference, in the same commune.
    CloseName,
}

impl Reason {
    /// The end of its key in the locale files.
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Self::SameRegistration => "same-registration",
            Self::SameEmail => "same-email",
            Self::SamePhone => "same-phone",
            Self::SameName => "same-name",
            Self::CloseName => "close-name",
        }
    }

    fn weight(self) -> u32 {
        match self {
            Self::SameRegistration => 5,
            Self::SameName => 4,
            Self::SamePhone => 3,
            Self::SameEmail | Self::CloseName => 2,
        }
    }
}

/// Two records that may be one; `first` is the older.
#[derive(Clone, Debug, PartialEq)]
pub struct Duplicate<T> {
    /// The older record.
    pub first: T,
    /// The newer record.
    pub second: T,
    /// Why, strongest first.
    pub reasons: Vec<Reason>,
}

/// What records are compared by.
struct Traits<'a> {
    id: &'a str,
    folded: &'a str,
    email: Option<&'a str>,
    phone: Option<&'a str>,
    commune: Option<&'a str>,
    registration: Option<&'a str>,
}

/// Pairs of people who may be one, the most certain first; pairs that somebody found to be two are left out.
pub async fn duplicate_people(app: &App, actor: &Actor) -> Result<Vec<Duplicate<PersonRow>>> {
    authorise(app, actor, Action::ManagePeople, &Resource::everything())?;
    let mut db = app.read().await?;
    let people = store::people::all_people_to_compare(&mut db).await?;
    let apart = store::people::kept_apart(&mut db, "person").await?;
    let traits: Vec<_> = people
        .iter()
        .map(|person| Traits {
            id: &person.id,
            folded: &person.folded,
            email: person.email.as_deref(),
            phone: person.phone.as_deref(),
            commune: person.commune_code.as_deref(),
            registration: None,
        })
        .collect();
    Ok(pairs(&traits, &apart)
        .into_iter()
        .filter_map(|found| pick(&people, found))
        .collect())
}

/// Pairs of organisations that may be one, the most certain first.
pub async fn duplicate_organisations(
    app: &App,
    actor: &Actor,
) -> Result<Vec<Duplicate<OrganisationRow>>> {
    authorise(app, actor, Action::ManagePeople, &Resource::everything())?;
    let mut db = app.read().await?;
    let organisations = store::people::all_organisations_to_compare(&mut db).await?;
    let apart = store::people::kept_apart(&mut db, "organisation").await?;
    let traits: Vec<_> = organisations
        .iter()
        .map(|organisation| Traits {
            id: &organisation.id,
            folded: &organisation.folded,
            email: organisation.email.as_deref(),
            phone: organisation.phone.as_deref(),
            commune: organisation.commune_code.as_deref(),
            registration: organisation.registration.as_deref(),
        })
        .collect();
    Ok(pairs(&traits, &apart)
        .into_iter()
        .filter_map(|found| pick(&organisations, found))
        .collect())
}

/// Remembers that two records are of two people or organisations (`kind`: `person` or `organisation`).
///
/// # Errors
/// [`Error::NotFound`] when one of them does not exist.
pub async fn keep_apart(
    app: &App,
    actor: &Actor,
    kind: &str,
    one: &str,
    other: &str,
) -> Result<()> {
    authorise(app, actor, Action::ManagePeople, &Resource::everything())?;
    let mut tx = app.write().await?;
    for id in [one, other] {
        let there = match kind {
            "person" => store::people::person(&mut tx, id).await?.is_some(),
            "organisation" => store::people::organisation(&mut tx, id).await?.is_some(),
            _ => false,
        };
        if !there || one == other {
            return Err(Error::NotFound);
        }
    }
    store::people::keep_apart(&mut tx, kind, one, other, app.now().as_millisecond()).await?;
    let action = if kind == "person" {
        "people.kept-apart"
    } else {
        "organisation.kept-apart"
    };
    history::record(
        app,
        &mut tx,
        actor,
        action,
        (kind, one),
        None,
        Some(&BTreeMap::from([("other", other)])),
    )
    .await?;
    tx.commit().await?;
    Ok(())
}

type Found = (usize, usize, Vec<Reason>);

fn pick<T: Clone>(rows: &[T], (first, second, reasons): Found) -> Option<Duplicate<T>> {
    Some(Duplicate {
        first: rows.get(first)?.clone(),
        second: rows.get(second)?.clone(),
        reasons,
    })
}

/// Compares only records that share something: an address, a number, the words of a name, or a commune.
fn pairs(traits: &[Traits<'_>], apart: &[(String, String)]) -> Vec<Found> {
    let apart: BTreeSet<(&str, &str)> = apart
        .iter()
        .map(|(one, other)| (one.as_str(), other.as_str()))
        .collect();
    let mut found: BTreeMap<(usize, usize), BTreeSet<Reason>> = BTreeMap::new();
    let mut group = |key: &dyn Fn(&Traits<'_>) -> Option<String>, reason: Reason| {
        let mut groups: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, row) in traits.iter().enumerate() {
            if let Some(key) = key(row) {
                groups.entry(key).or_default().push(index);
            }
        }
        for members in groups.into_values().filter(|members| members.len() > 1) {
            for (place, first) in members.iter().enumerate() {
                for second in members.iter().skip(place + 1) {
                    found.entry((*first, *second)).or_default().insert(reason);
                }
            }
        }
    };
    let owned = |text: Option<&str>| text.map(str::to_owned);
    group(&|row| owned(row.registration), Reason::SameRegistration);
    group(&|row| owned(row.phone), Reason::SamePhone);
    group(&|row| owned(row.email), Reason::SameEmail);
    group(
        &|row| {
            Some(format!(
                "{} {}",
                row.commune.unwrap_or_default(),
                sorted_words(row.folded)
            ))
        },
        Reason::SameName,
    );
    let mut by_commune: BTreeMap<&str, Vec<(usize, Vec<char>)>> = BTreeMap::new();
    for (index, row) in traits.iter().enumerate() {
        if let Some(commune) = row.commune {
            by_commune
                .entry(commune)
                .or_default()
                .push((index, sorted_words(row.folded).chars().collect()));
        }
    }
    for members in by_commune.values() {
        for (place, (first, name)) in members.iter().enumerate() {
            for (second, other) in members.iter().skip(place + 1) {
                if is_close(name, other) {
                    found
                        .entry((*first, *second))
                        .or_default()
                        .insert(Reason::CloseName);
                }
            }
        }
    }
    let mut pairs: Vec<Found> = found
        .into_iter()
        .filter(
            |((first, second), _)| match (traits.get(*first), traits.get(*second)) {
                (Some(a), Some(b)) => !apart.contains(&(a.id.min(b.id), a.id.max(b.id))),
                _ => false,
            },
        )
        .map(|((first, second), reasons)| (first, second, reasons.into_iter().collect()))
        .collect();
    pairs.sort_by_key(|(first, second, reasons)| {
        (
            std::cmp::Reverse(reasons.iter().map(|reason| reason.weight()).sum::<u32>()),
            *first,
            *second,
        )
    });
    pairs
}

/// `petit anne` and `anne petit` are one name.
fn sorted_words(folded: &str) -> String {
    let mut words: Vec<&str> = folded.split(' ').collect();
    words.sort_unstable();
    words.join(" ")
}

/// Whether two different names differ as by a slip of the pen: one letter, or two in a name of twelve and more.
fn is_close(one: &[char], other: &[char]) -> bool {
    let longest = one.len().max(other.len());
    let allowed = match longest {
        0..6 => return false,
        6..12 => 1,
        _ => 2,
    };
    if one == other || one.len().abs_diff(other.len()) > allowed {
        return false;
    }
    distance(one, other) <= allowed
}

/// Letters put in, left out or changed between two names (Levenshtein), with neighbours swapped counting one.
fn distance(one: &[char], other: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in other.iter().enumerate() {
            let at =
                |line: &[usize], place: usize| line.get(place).copied().unwrap_or(usize::MAX / 2);
            let mut cost = (at(&last, j + 1) + 1)
                .min(at(&row, j) + 1)
                .min(at(&last, j) + usize::from(a != b));
            let swapped =
                i > 0 && j > 0 && one.get(i - 1) == Some(b) && other.get(j - 1) == Some(a);
            if swapped {
                cost = cost.min(at(&before, j - 1) + 1);
            }
            row.push(cost);
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    #[test]
    fn a_slip_of_the_pen_is_close_and_another_name_is_not() {
        for (one, other) in [
            ("annie petit", "anne petit"),
            ("delobel remy", "delobelle remy"),
            ("durand paul", "durnad paul"),
        ] {
            assert!(is_close(&letters(one), &letters(other)), "{one} / {other}");
        }
        for (one, other) in [
            ("anne petit", "anne petit"),
            ("jean roux", "luc roux"),
            ("li", "lu"),
            ("marie blanc", "marie leblanc dubois"),
        ] {
            assert!(!is_close(&letters(one), &letters(other)), "{one} / {other}");
        }
    }
}
