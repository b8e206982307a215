//! What people are, in the words of the vocabulary.

use std::sync::LazyLock;

use domain::catalogue::{Audience, Vocabulary};
use store::people::PersonRow;

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    // A mistake in the file is found by the test below; without its words every choice is simply absent.
    Vocabulary::parse("vocabulary.toml", include_str!("../../../../content/vocabulary.toml")).unwrap_or_default()
});

/// The words for sectors, profiles and audiences.
#[must_use]
pub fn vocabulary() -> &'static Vocabulary {
    &VOCABULARY
}

/// The profile slugs that a stored `audience` lists.
#[must_use]
pub fn profiles_of(audience: &str) -> Vec<String> {
    serde_json::from_str(audience).unwrap_or_default()
}

/// The audiences of reserved modules that a person belongs to through their profiles.
#[must_use]
pub fn audiences(person: &PersonRow) -> Vec<Audience> {
    let profiles = profiles_of(&person.audience);
    vocabulary().audiences_of(profiles.iter().map(String::as_str))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_farmer_is_of_the_farmers_and_a_shopkeeper_of_no_reserved_audience() {
        let of = |slug| vocabulary().audiences_of([slug]);
        assert_eq!(of("agriculteur"), [Audience::Farmers]);
        assert_eq!(of("elu"), [Audience::ElectedOrStaff]);
        assert_eq!(of("farmers"), [Audience::Farmers], "questionnaires may name the audience itself");
        assert_eq!(of("commercant"), []);
        assert!(vocabulary().profiles.len() > 5);
    }
}
