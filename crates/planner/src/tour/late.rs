//! "What if this host is late": the tour made anew around what has been agreed.

use serde::{Deserialize, Serialize};

use super::format::{Agreed, Tour, TourInstance, TourTerms, Window};
use crate::defect::{Defect, Fault};

/// A host that cannot receive before some week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delay {
    /// The host.
    pub host: String,
    /// First week in which it can receive; weeks of its windows before this one are lost.
    pub from_week: i64,
    /// Waves that have begun, which stay as they are.
    pub frozen_waves: usize,
}

/// What a delay comes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WhatIf {
    /// The agreed tour if it is kept although the host is late, where that is possible: what it
    /// costs then.
    pub kept: Option<i64>,
    /// The best tour under the delay.
    pub tour: Tour,
    /// What becomes different for each host, in the order of the instance.
    pub changes: Vec<TourChange>,
    /// By term: the new tour less the one agreed.
    pub difference: TourTerms,
}

/// What becomes different for a host.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TourChange {
    /// The host.
    pub host: String,
    /// Wave and stand agreed.
    pub before: Option<(String, String)>,
    /// Wave and stand now.
    pub after: Option<(String, String)>,
}

/// Makes the tour anew when a host is late: waves that have begun stay, and each host that moves
/// costs `moved_wave` or `moved_stand`.
///
/// # Errors
/// Every defect of the instance, of the agreed tour, or of the delay.
pub fn what_if_late(
    instance: &TourInstance,
    agreed: &Tour,
    delay: &Delay,
    seed: u64,
) -> Result<WhatIf, Vec<Defect>> {
    let mut defects = Vec::new();
    if agreed.instance != instance.name {
        let (what, id) = ("instance", agreed.instance.clone());
        defects.push(Defect::new("tour.instance", Fault::Unknown { what, id }));
    }
    if !instance.hosts.iter().any(|host| host.id == delay.host) {
        let (what, id) = ("host", delay.host.clone());
        defects.push(Defect::new("delay.host", Fault::Unknown { what, id }));
    }
    if !defects.is_empty() {
        return Err(defects);
    }
    let mut changed = instance.clone();
    changed.agreed = Some(Agreed {
        frozen_waves: delay.frozen_waves,
        stopovers: agreed.stopovers.clone(),
    });
    for host in changed
        .hosts
        .iter_mut()
        .filter(|host| host.id == delay.host)
    {
        host.windows = host
            .windows
            .iter()
            .filter_map(|it| later(it, delay.from_week))
            .collect();
    }
    let tour = super::solve(&changed, seed)?;
    let before = super::model::Model::new(instance)?;
    let terms = before.terms_of(&agreed.stopovers)?;
    let kept = super::model::Model::new(&changed)?.cost_of(&agreed.stopovers)?;
    Ok(WhatIf {
        kept,
        changes: changes(instance, agreed, &tour),
        difference: tour.terms.less(&terms),
        tour,
    })
}

/// What is left of a window.
fn later(window: &Window, from_week: i64) -> Option<Window> {
    let from_week = window.from_week.max(from_week);
    (from_week <= window.to_week).then_some(Window {
        from_week,
        to_week: window.to_week,
    })
}

fn changes(instance: &TourInstance, before: &Tour, after: &Tour) -> Vec<TourChange> {
    let stay = |tour: &Tour, host: &str| {
        let stopover = tour.stopovers.iter().find(|it| it.host == host)?;
        Some((stopover.wave.clone(), stopover.stand.clone()))
    };
    let change = |host: &super::format::Host| {
        let (before, after) = (stay(before, &host.id), stay(after, &host.id));
        (before != after).then(|| TourChange {
            host: host.id.clone(),
            before,
            after,
        })
    };
    instance.hosts.iter().filter_map(change).collect()
}
