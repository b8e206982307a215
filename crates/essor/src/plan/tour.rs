//! `essor plan tour`: where stands travel.

use std::path::PathBuf;
use std::time::Instant;

use clap::Args;
use planner::tour::{Delay, Tour, TourInstance, WhatIf, what_if_late};

use super::Failed;
use super::files::{self, print, say};

#[derive(Args)]
pub(crate) struct TourCommand {
    /// The instance (stand-tour/1).
    instance: PathBuf,
    /// Where to write the tour.
    #[arg(long)]
    out: Option<PathBuf>,
    /// Seed of the search for a first tour.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// A host that cannot receive before `--from-week`: the tour is made anew from `--agreed`.
    #[arg(long, requires = "from_week", requires = "agreed")]
    late: Option<String>,
    /// First week in which the late host can receive.
    #[arg(long)]
    from_week: Option<i64>,
    /// The tour agreed so far.
    #[arg(long)]
    agreed: Option<PathBuf>,
    /// Waves that have begun and stay as they are.
    #[arg(long, default_value_t = 0)]
    frozen_waves: usize,
    /// Answer as one JSON object.
    #[arg(long)]
    json: bool,
}

impl TourCommand {
    pub(super) fn run(self) -> Result<(), Failed> {
        let instance = files::tour_instance(&self.instance)?;
        if let (Some(host), Some(from_week), Some(agreed)) =
            (&self.late, self.from_week, &self.agreed)
        {
            let delay = Delay {
                host: host.clone(),
                from_week,
                frozen_waves: self.frozen_waves,
            };
            let agreed = files::tour(agreed)?;
            let what_if = what_if_late(&instance, &agreed, &delay, self.seed)
                .map_err(|defects| files::told(&self.instance, &defects))?;
            self.write(&what_if.tour)?;
            return if self.json {
                print(&what_if)
            } else {
                say(&late(&instance, &what_if))
            };
        }
        let since = Instant::now();
        let tour = planner::tour::solve(&instance, self.seed)
            .map_err(|defects| files::told(&self.instance, &defects))?;
        let seconds = since.elapsed().as_secs_f64();
        self.write(&tour)?;
        if self.json {
            return print(&tour);
        }
        let mut lines = lines(&instance, &tour);
        lines.push(format!("{seconds:.2} s"));
        say(&lines)
    }

    fn write(&self, tour: &Tour) -> Result<(), Failed> {
        self.out
            .as_ref()
            .map_or(Ok(()), |path| files::write(path, tour))
    }
}

/// The tour wave by wave, and how good it is proven to be.
fn lines(instance: &TourInstance, tour: &Tour) -> Vec<String> {
    let mut lines = Vec::new();
    for wave in &instance.waves {
        lines.push(format!(
            "{} (weeks {} to {})",
            wave.id, wave.from_week, wave.to_week
        ));
        let here = tour.stopovers.iter().filter(|it| it.wave == wave.id);
        lines.extend(here.map(|it| format!("  {}: {}", it.stand, it.host)));
    }
    if !tour.unserved.is_empty() {
        lines.push(format!("not visited: {}", tour.unserved.join(", ")));
    }
    lines.push(proof(tour));
    lines
}

fn proof(tour: &Tour) -> String {
    if tour.proven {
        format!("cost {}, proven to be the least", tour.objective)
    } else {
        format!(
            "cost {}; no tour costs less than {}",
            tour.objective, tour.bound
        )
    }
}

fn late(instance: &TourInstance, what_if: &WhatIf) -> Vec<String> {
    let mut lines = Vec::new();
    lines.push(what_if.kept.map_or_else(
        || "the agreed tour is no longer possible".to_owned(),
        |cost| format!("the agreed tour would cost {cost}"),
    ));
    let place = |stay: &Option<(String, String)>| {
        stay.as_ref().map_or_else(
            || "nothing".to_owned(),
            |(wave, stand)| format!("{wave} {stand}"),
        )
    };
    let changes = what_if.changes.iter();
    lines.extend(
        changes.map(|it| format!("{}: {} -> {}", it.host, place(&it.before), place(&it.after))),
    );
    lines.extend(self::lines(instance, &what_if.tour));
    lines
}
