//! A commune as people type it, in a form, a file or an API call.

use domain::input::InputError;
use domain::territory::{Area, Commune, Quality, Query};
use domain::text::fold;

use crate::access::area_of;
use crate::territory::gazetteer;
use crate::{App, Result};

/// Longest text that can be a commune.
const LONGEST: usize = 80;
/// So many communes are named when it is not clear which one is meant.
const NAMED: usize = 12;

/// The code of the commune typed as its name, a postcode, `62270 Frévent`, `Frévent (62270)`, `62767 Saint-Pol` or its code. Of several
/// communes the one of `home` is meant, if only one is there.
///
/// People know postcodes, not codes: five digits that are both are the postcode, unless only the code's commune is in `home`.
///
/// # Errors
/// [`InputError::Empty`]; [`InputError::TooLong`]; [`InputError::UnknownCommune`]; [`InputError::SeveralCommunes`] when it is not clear
/// which one is meant.
pub fn parse_commune(raw: &str, home: &Area) -> std::result::Result<String, InputError> {
    let text = raw.trim();
    if text.is_empty() {
        return Err(InputError::Empty);
    }
    if text.chars().count() > LONGEST {
        return Err(InputError::TooLong { max: LONGEST });
    }
    match communes_meant(text, home).as_slice() {
        [] => Err(InputError::UnknownCommune),
        [commune] => Ok(commune.code.to_owned()),
        several => {
            // Beside a postcode the names are enough; namesakes are told apart by their postcodes.
            let named = |commune: &&Commune| match is_postcode(text) {
                true => commune.name.to_owned(),
                false => commune_label(commune.code),
            };
            Err(InputError::SeveralCommunes {
                communes: several.iter().take(NAMED).map(named).collect(),
                others: several.len().saturating_sub(NAMED),
            })
        }
    }
}

/// The communes that a text says, the most populous first: those of `home` alone when some are there; none when it says no commune.
pub(crate) fn communes_meant(text: &str, home: &Area) -> Vec<&'static Commune> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > LONGEST {
        return Vec::new();
    }
    let mut meant = said(text, home);
    if meant.len() > 1 && meant.iter().any(|commune| home.contains(commune.code)) {
        meant.retain(|commune| home.contains(commune.code));
    }
    meant.sort_by_key(|commune| (std::cmp::Reverse(commune.population), commune.code));
    meant
}

fn said(text: &str, home: &Area) -> Vec<&'static Commune> {
    let compact: String = text.split_whitespace().collect();
    let coded = gazetteer()
        .resolve(&compact.to_ascii_uppercase())
        .map(|found| found.commune);
    let at_home = |commune: &Commune| home.contains(commune.code);
    if is_postcode(&compact) {
        let having = with_postcode(&compact);
        let code_is_meant = coded.is_some_and(at_home) && !having.iter().any(|one| at_home(one));
        if !having.is_empty() && !code_is_meant {
            return having;
        }
    }
    if let Some(commune) = coded {
        return vec![commune];
    }
    let (name, beside) = name_and_digits(text);
    if beside.is_empty() {
        return matching(text, Quality::Exact);
    }
    let asked = format!("{beside} {name}");
    let exact = matching(&asked, Quality::Exact);
    if !exact.is_empty() {
        return exact;
    }
    // What stands in brackets may be a département: then it narrows the communes of that name.
    let mut of_name = matching(&name, Quality::Exact);
    of_name.retain(|commune| commune.departement.eq_ignore_ascii_case(&beside));
    if !of_name.is_empty() {
        return of_name;
    }
    // A code beside the name, or its beginning: `62767 Saint-Pol`.
    if let Some(found) = gazetteer().resolve(&beside.to_ascii_uppercase()) {
        let begun = fold(&name);
        let names = [
            Some(found.commune.name),
            found.former.map(|former| former.name),
        ];
        if names
            .into_iter()
            .flatten()
            .any(|known| fold(known).starts_with(&begun))
        {
            return vec![found.commune];
        }
    }
    // A postcode beside the beginning of a name: `62130 Saint-Pol`.
    if is_postcode(&beside) {
        return matching(&asked, Quality::Prefix);
    }
    Vec::new()
}

/// The name, and the postcode, code or département that stands beside it: in brackets, or digits before or after it.
fn name_and_digits(text: &str) -> (String, String) {
    if let Some((name, rest)) = text.split_once('(') {
        let inside = rest.trim_end().trim_end_matches(')').trim();
        return (name.trim().to_owned(), inside.to_owned());
    }
    let is_code = |word: &&str| {
        is_postcode(word)
            || gazetteer().resolve(&word.to_ascii_uppercase()).is_some()
                && word.bytes().any(|byte| byte.is_ascii_digit())
    };
    let words: Vec<&str> = text.split_whitespace().collect();
    let beside = match words.as_slice() {
        [first, _, ..] if is_code(first) => first,
        [_, .., last] if is_code(last) => last,
        _ => return (text.to_owned(), String::new()),
    };
    let name: Vec<&str> = words
        .iter()
        .copied()
        .filter(|word| word != beside)
        .collect();
    (name.join(" "), (*beside).to_owned())
}

fn with_postcode(postcode: &str) -> Vec<&'static Commune> {
    gazetteer()
        .communes()
        .iter()
        .filter(|commune| commune.postcodes().any(|known| known == postcode))
        .collect()
}

fn matching(text: &str, worst: Quality) -> Vec<&'static Commune> {
    let hits = gazetteer().search(&Query {
        limit: 60,
        ..Query::new(text)
    });
    hits.into_iter()
        .filter(|hit| hit.quality <= worst)
        .map(|hit| hit.commune)
        .collect()
}

/// A commune typed into a filter: the code to look for, which finds nobody when something is wrong, and what is wrong.
///
/// # Errors
/// The store's.
pub async fn commune_filter(app: &App, raw: &str) -> Result<(Option<String>, Option<InputError>)> {
    if raw.trim().is_empty() {
        return Ok((None, None));
    }
    let home = area_of(&mut app.read().await?, None).await?;
    Ok(match parse_commune(raw, &home) {
        Ok(code) => (Some(code), None),
        Err(error) => (Some(String::new()), Some(error)),
    })
}

/// Whether a text looks like a postcode: four digits in Belgium, five in France.
fn is_postcode(text: &str) -> bool {
    (4..=5).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A commune as it is shown and can be typed back: `Frévent (62270)`; empty for an unknown code. [`parse_commune`] finds the commune again,
/// whereas the bare code may be the postcode of another.
#[must_use]
pub fn commune_label(code: &str) -> String {
    gazetteer()
        .resolve(code)
        .map(|found| found.commune)
        .map_or_else(String::new, |commune| match commune.postcodes().next() {
            Some(postcode) => format!("{} ({postcode})", commune.name),
            None => commune.name.to_owned(),
        })
}

/// The main postcode of a commune; empty for an unknown code.
#[must_use]
pub fn postcode(code: &str) -> &'static str {
    gazetteer()
        .resolve(code)
        .and_then(|found| found.commune.postcodes().next())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_commune_is_understood_by_code_name_postcode_and_as_it_is_shown() {
        let home = Area::default();
        for typed in [
            "62361",
            "frevent",
            "62270 Frévent",
            "Frévent 62270",
            "Frévent (62270)",
            "FREVENT (62)",
            "62361 Frévent",
            "62270 Frév",
        ] {
            assert_eq!(
                parse_commune(typed, &home).as_deref(),
                Ok("62361"),
                "{typed}"
            );
        }
        assert_eq!(commune_label("62361"), "Frévent (62270)");
        assert_eq!(
            parse_commune("nowhere at all", &home),
            Err(InputError::UnknownCommune)
        );
        assert_eq!(
            parse_commune(&"x".repeat(100_000), &home),
            Err(InputError::TooLong { max: 80 })
        );
    }

    fn pas_de_calais() -> Area {
        let all = gazetteer().communes().iter();
        Area::of(all.filter(|commune| commune.departement == "62"))
    }

    #[test]
    fn five_digits_are_a_postcode_although_they_are_the_code_of_another_commune() {
        let home = pas_de_calais();
        let other = gazetteer().resolve("62130").map(|found| found.commune.name);
        assert!(other.is_some_and(|name| name != "Saint-Pol-sur-Ternoise"));
        let Err(InputError::SeveralCommunes { communes, others }) = parse_commune("62130", &home)
        else {
            panic!("several communes share the postcode");
        };
        assert_eq!(communes[0], "Saint-Pol-sur-Ternoise");
        assert_eq!(communes.len(), NAMED);
        assert_eq!(
            communes.len() + others,
            communes_meant("62 130", &home).len()
        );
        for typed in [
            "62767 Saint-Pol",
            "62130 Saint-Pol",
            "Saint-Pol-sur-Ternoise (62130)",
            "62767",
        ] {
            assert_eq!(
                parse_commune(typed, &home).as_deref(),
                Ok("62767"),
                "{typed}"
            );
        }
        // 62370 is the postcode of Audruicq and the code of Gennes-Ivergny.
        let near = Area::of(gazetteer().commune("62370"));
        assert_eq!(parse_commune("62370", &near).as_deref(), Ok("62370"));
        assert!(parse_commune("62370", &home).is_err());
        assert_eq!(
            parse_commune("62767 Frévent", &home),
            Err(InputError::UnknownCommune)
        );
    }

    #[test]
    fn what_is_shown_of_a_commune_can_be_typed_back() {
        for commune in gazetteer().communes().iter().step_by(53) {
            assert_eq!(
                parse_commune(&commune_label(commune.code), &Area::default()).as_deref(),
                Ok(commune.code),
                "{}",
                commune.name
            );
        }
    }

    #[test]
    fn of_namesakes_the_one_at_home_is_meant_and_elsewhere_they_are_told() {
        let home = pas_de_calais();
        let name = "Saint-Pol-sur-Ternoise";
        assert_eq!(parse_commune(name, &home).as_deref(), Ok("62767"));
        assert_eq!(
            parse_commune("Rebreuve-sur-Canche", &home).as_deref(),
            Ok("62694")
        );
        let Err(InputError::SeveralCommunes { communes, .. }) =
            parse_commune("Sainte-Colombe", &Area::default())
        else {
            panic!("several communes have the name");
        };
        let namesakes = communes
            .iter()
            .filter(|label| label.starts_with("Sainte-Colombe ("));
        assert!(namesakes.count() > 1, "{communes:?}");
    }
}
