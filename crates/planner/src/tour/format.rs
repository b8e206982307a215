//! The format `stand-tour/1`: which travelling stand stays with which host, in which wave.
//!
//! Documented for people in `docs/planner.md`. All numbers are integers.

use serde::{Deserialize, Serialize};

/// What `format` must say.
pub const FORMAT: &str = "stand-tour/1";

/// One problem of circulation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TourInstance {
    /// `stand-tour/1`.
    pub format: String,
    /// Repeated in a tour, so that one made for something else is noticed.
    pub name: String,
    /// Depots, bases of assembly crews and hosts: whatever has a distance. `km` is indexed alike.
    pub places: Vec<Place>,
    /// Road kilometres, one way, from a place (row) to a place (column).
    pub km: Vec<Vec<i64>>,
    /// The periods of stay, in chronological order, not overlapping.
    pub waves: Vec<Wave>,
    /// What travels.
    pub stands: Vec<Stand>,
    /// Who receives; each at most once.
    pub hosts: Vec<Host>,
    /// A stay shorter than this many weeks is not worth assembling.
    pub min_weeks: i64,
    /// What things cost.
    pub weights: TourWeights,
    /// What has been agreed with hosts before, when the tour is made anew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed: Option<Agreed>,
}

/// Somewhere that a lorry goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Unique.
    pub id: String,
    /// For people.
    pub name: String,
}

/// A period in which every stand stays somewhere; weeks are counted from the season's first, 0.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wave {
    /// Unique.
    pub id: String,
    /// First week.
    pub from_week: i64,
    /// Last week, included.
    pub to_week: i64,
}

/// A travelling stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stand {
    /// Unique.
    pub id: String,
    /// The place from which it sets out, where it is stored in a wave without host, and to which it returns.
    pub depot: String,
    /// The place from which those who assemble it come.
    pub crew: String,
    /// Waves in which it cannot be used (repair, loan).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub out_of_use: Vec<String>,
}

/// An intercommunality that gives a room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Host {
    /// Unique.
    pub id: String,
    /// Where its room is.
    pub place: String,
    /// When the room is free.
    pub windows: Vec<Window>,
    /// What assembling costs there more than elsewhere (stairs, power), in the unit of the objective.
    #[serde(default)]
    pub assembly: i64,
}

/// Weeks in which a host can receive, both included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// First week.
    pub from_week: i64,
    /// Last week.
    pub to_week: i64,
}

/// What things cost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TourWeights {
    /// Per kilometre of the lorry, from the depot over the hosts back to the depot.
    pub transport_km: i64,
    /// Per kilometre of the crew, which drives to a host and back once to assemble and once to dismantle.
    pub assembly_km: i64,
    /// Per week of a wave in which the host cannot receive yet, or no longer.
    pub lost_week: i64,
    /// Per host that no stand visits.
    pub unserved: i64,
    /// Per host that stays in another wave than agreed.
    #[serde(default)]
    pub moved_wave: i64,
    /// Per host that keeps its wave and gets another stand than agreed.
    #[serde(default)]
    pub moved_stand: i64,
}

/// An earlier tour, announced to the hosts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreed {
    /// Waves before this one (by position, 0 = none) have begun: their stopovers stay as they are.
    pub frozen_waves: usize,
    /// The earlier tour, past included.
    pub stopovers: Vec<Stopover>,
}

/// One stand with one host for one wave.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Stopover {
    /// Wave.
    pub wave: String,
    /// Stand.
    pub stand: String,
    /// Host.
    pub host: String,
}

/// A tour, and how good it is proven to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tour {
    /// The instance's name.
    pub instance: String,
    /// In order of wave, then stand.
    pub stopovers: Vec<Stopover>,
    /// Hosts that no stand visits.
    pub unserved: Vec<String>,
    /// What it costs.
    pub objective: i64,
    /// No tour costs less than this.
    pub bound: i64,
    /// Whether the tour is an optimum: objective and bound are equal.
    pub proven: bool,
    /// Where the cost comes from.
    pub terms: TourTerms,
}

/// The objective by term; the sum is the objective.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TourTerms {
    /// Kilometres of lorries, weighed.
    pub transport: i64,
    /// Kilometres of crews, weighed.
    pub assembly: i64,
    /// What hosts' rooms cost more than others.
    pub rooms: i64,
    /// Weeks lost, weighed.
    pub lost_weeks: i64,
    /// Hosts not visited, weighed.
    pub unserved: i64,
    /// Hosts moved from what was agreed, weighed.
    pub moved: i64,
}

impl TourTerms {
    /// The objective.
    #[must_use]
    pub fn total(&self) -> i64 {
        self.transport + self.assembly + self.rooms + self.lost_weeks + self.unserved + self.moved
    }

    /// What is more here than there, term by term.
    #[must_use]
    pub fn less(&self, other: &Self) -> Self {
        Self {
            transport: self.transport - other.transport,
            assembly: self.assembly - other.assembly,
            rooms: self.rooms - other.rooms,
            lost_weeks: self.lost_weeks - other.lost_weeks,
            unserved: self.unserved - other.unserved,
            moved: self.moved - other.moved,
        }
    }
}
