//! What partners and referents may be.

use serde::{Deserialize, Serialize};

/// What a partner is to a season.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PartnerKind {
    /// Gives money.
    Funder,
    /// Lends places, equipment, people.
    Host,
    /// A chamber of trades, commerce or agriculture.
    Chamber,
    /// A firm that supports the programme.
    Sponsor,
    /// Anything else.
    Other,
}

impl PartnerKind {
    /// Every kind, in the order in which forms offer them.
    pub const ALL: [Self; 5] = [
        Self::Funder,
        Self::Host,
        Self::Chamber,
        Self::Sponsor,
        Self::Other,
    ];

    /// The kind's name in the store and in forms.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Funder => "funder",
            Self::Host => "host",
            Self::Chamber => "chamber",
            Self::Sponsor => "sponsor",
            Self::Other => "other",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn parse(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.slug() == slug)
    }
}

/// What a referent is in the territory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ReferentKind {
    /// An elected official.
    Elected,
    /// Staff of a local authority.
    Staff,
    /// Somebody of a chamber, an association, a firm.
    Other,
}

impl ReferentKind {
    /// Every kind, in the order in which forms offer them.
    pub const ALL: [Self; 3] = [Self::Elected, Self::Staff, Self::Other];

    /// The kind's name in the store and in forms.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Elected => "elected",
            Self::Staff => "staff",
            Self::Other => "other",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn parse(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.slug() == slug)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_found_by_its_name_and_nothing_else_is() {
        for kind in PartnerKind::ALL {
            assert_eq!(PartnerKind::parse(kind.slug()), Some(kind));
        }
        for kind in ReferentKind::ALL {
            assert_eq!(ReferentKind::parse(kind.slug()), Some(kind));
        }
        assert_eq!(PartnerKind::parse("Funder"), None);
        assert_eq!(ReferentKind::parse(""), None);
    }
}
