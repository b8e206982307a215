//! Programmes, their seasons, and the means: partners, sites with their hours, referents.

mod hours;
mod kinds;
mod season;
mod slug;

pub use hours::{OpeningHours, TimeRange};
pub use kinds::{PartnerKind, ReferentKind};
pub use season::{SeasonDates, SeasonStage};
pub use slug::{numbered, slug_of};

/// Most participants that a room can be said to hold.
pub const LARGEST_CAPACITY: i64 = 500;
/// Most hours for which an offered seat can be kept: a week.
pub const LONGEST_OFFER_HOURS: i64 = 168;
/// Most pieces of one kind of equipment in a room.
pub const MOST_PIECES: i64 = 999;
