//! What people are, in the words of the vocabulary.

use domain::catalogue::Audience;
use store::people::PersonRow;

use crate::content::vocabulary;

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
        assert_eq!(
            of("farmers"),
            [Audience::Farmers],
            "questionnaires may name the audience itself"
        );
        assert_eq!(of("commercant"), []);
        assert!(vocabulary().profiles.len() > 5);
    }
}
