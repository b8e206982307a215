//! A commune as people type it, in a form, a file or an API call.

use domain::input::InputError;
use domain::territory::{Area, Hit, Quality, Query};

use crate::access::area_of;
use crate::territory::gazetteer;
use crate::{App, Result};

/// The code of the commune typed as its code, its name, `62270 Frévent` or `Frévent (62270)`. Of communes of the same name the one of
/// `home` is meant, if only one is there.
///
/// # Errors
/// [`InputError::Empty`]; [`InputError::UnknownChoice`] when there is no such commune or it is not clear which one is meant.
pub fn parse_commune(raw: &str, home: &Area) -> std::result::Result<String, InputError> {
    let text = raw.trim();
    if text.is_empty() {
        return Err(InputError::Empty);
    }
    if text.chars().count() > 80 {
        return Err(InputError::TooLong { max: 80 });
    }
    if let Some(found) = gazetteer().resolve(&text.to_ascii_uppercase()) {
        return Ok(found.commune.code.to_owned());
    }
    let (name, inside) = match text.split_once('(') {
        Some((name, rest)) => (name.trim(), rest.trim_end_matches(')').trim()),
        None => (text, ""),
    };
    let asked = if inside.is_empty() {
        name.to_owned()
    } else {
        format!("{inside} {name}")
    };
    let mut hits = exact(&asked);
    if hits.is_empty() && !inside.is_empty() {
        // What stands in brackets may be a département: then it narrows the communes of that name.
        hits = exact(name)
            .into_iter()
            .filter(|hit| hit.commune.departement.eq_ignore_ascii_case(inside))
            .collect();
    }
    let mut codes: Vec<&str> = hits.iter().map(|hit| hit.commune.code).collect();
    if codes.len() > 1 {
        let at_home: Vec<&str> = codes
            .iter()
            .copied()
            .filter(|code| home.contains(code))
            .collect();
        if !at_home.is_empty() {
            codes = at_home;
        }
    }
    match codes.as_slice() {
        [code] => Ok((*code).to_owned()),
        _ => Err(InputError::UnknownChoice),
    }
}

fn exact(text: &str) -> Vec<Hit<'static>> {
    let hits = gazetteer().search(&Query {
        limit: 40,
        ..Query::new(text)
    });
    hits.into_iter()
        .filter(|hit| hit.quality == Quality::Exact)
        .collect()
}

/// The commune typed into a filter: its code, and whether something was typed that is no commune (then the filter finds nobody).
pub async fn commune_filter(app: &App, raw: &str) -> Result<(Option<String>, bool)> {
    if raw.trim().is_empty() {
        return Ok((None, false));
    }
    let home = area_of(&mut app.read().await?, None).await?;
    Ok(match parse_commune(raw, &home) {
        Ok(code) => (Some(code), false),
        Err(_) => (Some(String::new()), true),
    })
}

/// What stands in a form's commune, read as people mean it: five digits are a postcode, although they may be the code of another commune.
/// Anything else is left for [`parse_commune`].
///
/// # Errors
/// [`crate::Error::Invalid`] on `commune` when several communes have that postcode.
pub async fn typed_commune(app: &crate::App, raw: &str) -> crate::Result<String> {
    let text = raw.trim();
    if !is_postcode(text) {
        return Ok(raw.to_owned());
    }
    let home = crate::access::area_of(&mut app.read().await?, None).await?;
    let having = |at_home: bool| -> Vec<&'static str> {
        gazetteer()
            .communes()
            .iter()
            .filter(|commune| commune.postcodes().any(|postcode| postcode == text))
            .map(|commune| commune.code)
            .filter(|code| !at_home || home.contains(code))
            .collect()
    };
    let codes = match having(true) {
        none if none.is_empty() => having(false),
        here => here,
    };
    match codes.as_slice() {
        [] => Ok(raw.to_owned()),
        [code] => Ok((*code).to_owned()),
        _ => Err(crate::Error::field("commune", InputError::UnknownCommune)),
    }
}

/// Whether a text looks like a postcode: four digits in Belgium, five in France.
#[must_use]
pub fn is_postcode(text: &str) -> bool {
    (4..=5).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A commune as it is shown and can be typed back: `Frévent (62270)`; empty for an unknown code.
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
            "Frévent (62270)",
            "FREVENT (62)",
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
            Err(InputError::UnknownChoice)
        );
        assert_eq!(
            parse_commune(&"x".repeat(100_000), &home),
            Err(InputError::TooLong { max: 80 })
        );
    }

    #[test]
    fn of_namesakes_the_one_at_home_is_meant() {
        let all = gazetteer();
        let ternois = all
            .communes()
            .iter()
            .filter(|commune| commune.departement == "62");
        let home = Area::of(ternois);
        let name = "Saint-Pol-sur-Ternoise";
        assert_eq!(parse_commune(name, &home).as_deref(), Ok("62767"));
        assert_eq!(
            parse_commune("Rebreuve-sur-Canche", &home).as_deref(),
            Ok("62694")
        );
        assert_eq!(
            parse_commune("Sainte-Colombe", &Area::default()),
            Err(InputError::UnknownChoice)
        );
    }
}
