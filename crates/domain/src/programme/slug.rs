//! Names in addresses.

use crate::text::fold;

/// Most characters of a slug.
const MAX: usize = 60;

/// The name in addresses of something called `name`: `Médiathèque de Frévent` → `mediatheque-de-frevent`. Cut between words at 60
/// characters; `x` where the name has no letter or figure at all.
#[must_use]
pub fn slug_of(name: &str) -> String {
    let mut slug = String::new();
    for word in fold(name).split(' ').filter(|word| !word.is_empty()) {
        if slug.len() + 1 + word.len() > MAX {
            if slug.is_empty() {
                slug = word.chars().take(MAX).collect();
            }
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(word);
    }
    if slug.is_empty() {
        slug.push('x');
    }
    slug
}

/// The `n`th slug to try when earlier ones are taken: `frevent`, `frevent-2`, `frevent-3` …
#[must_use]
pub fn numbered(slug: &str, n: u32) -> String {
    if n <= 1 {
        slug.to_owned()
    } else {
        format!("{slug}-{n}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_has_plain_words_and_hyphens_only() {
        assert_eq!(
            slug_of("Médiathèque — St-Pol (1er étage)"),
            "mediatheque-saint-pol-1er-etage"
        );
        assert_eq!(slug_of("<script>../etc"), "script-etc");
        assert_eq!(slug_of("***"), "x");
        let long = slug_of(&"communauté de communes ".repeat(9));
        assert!(long.len() <= MAX && !long.ends_with('-'), "{long}");
        assert_eq!(slug_of(&"a".repeat(99)).len(), MAX);
    }

    #[test]
    fn the_first_of_a_name_has_no_number() {
        assert_eq!(numbered("frevent", 1), "frevent");
        assert_eq!(numbered("frevent", 2), "frevent-2");
    }
}
