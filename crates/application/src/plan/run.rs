//! Computing a plan beside the server's work: one at a time on each node, with its progress for all to see.
//!
//! The search runs on a thread of its own, so that requests never wait for it and ending the program never waits for it either. A task writes
//! its progress and its best plan into the database every few seconds: any node shows them, any node can ask to stop, and a node that breaks
//! off loses the run but not the best plan.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use domain::plan::Stage;
use planner::{Budget, Observer, Options, Outcome, Plan, Problem, Progress, Stopped, solve};
use store::plan::PlanRow;
use tokio::sync::oneshot;

use super::figures::Figures;
use super::translate::{Frame, key};
use super::{Body, body, json, load, record};
use crate::access::Actor;
use crate::{App, Error, Refused, Result};

/// How often progress is written down.
const EVERY: Duration = Duration::from_secs(2);
/// Milliseconds without a sign of life after which a run is taken to have broken off.
const SILENT: i64 = 30_000;
/// Seconds that a repair may take.
const REPAIR: u64 = 5;
/// Threads of a search, if the machine has one to spare for the pages.
const THREADS: usize = 2;

/// The run of this node, if there is one.
#[derive(Default)]
pub struct Runs(Mutex<Option<Arc<Live>>>);

/// A run in progress.
struct Live {
    plan: String,
    stop: AtomicBool,
    progress: Mutex<Option<Progress>>,
    best: Mutex<Option<Plan>>,
}

impl Runs {
    /// Takes the node's one place for a run.
    fn claim(&self, plan: &str) -> Option<Arc<Live>> {
        let mut place = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if place.is_some() {
            return None;
        }
        let live = Arc::new(Live {
            plan: plan.to_owned(),
            stop: AtomicBool::new(false),
            progress: Mutex::new(None),
            best: Mutex::new(None),
        });
        *place = Some(Arc::clone(&live));
        Some(live)
    }

    fn release(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    fn running(&self) -> Option<String> {
        let place = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        place.as_ref().map(|live| live.plan.clone())
    }

    fn ask_to_stop(&self, plan: &str) {
        let place = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(live) = place.as_ref().filter(|live| live.plan == plan) {
            live.stop.store(true, Ordering::Relaxed);
        }
    }
}

impl Observer for Live {
    fn progress(&self, progress: &Progress) {
        let mut seen = progress.clone();
        if let Some(plan) = seen.plan.take() {
            *self.best.lock().unwrap_or_else(PoisonError::into_inner) = Some(plan);
        }
        *self.progress.lock().unwrap_or_else(PoisonError::into_inner) = Some(seen);
    }

    fn stop(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}

/// How long to compute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// So much time.
    Time(Duration),
    /// So many steps of each worker: a run that can be repeated.
    Steps(u64),
}

/// Starts computing a plan, for as long as its settings say; what it comes to is seen by [`super::get`].
///
/// # Errors
/// [`Error::Refused`] when this node computes already, the plan is past computing or its instance is unsound, [`Error::NotFound`], and what
/// the policies say.
pub async fn start(app: &Arc<App>, actor: &Actor, id: &str) -> Result<()> {
    let (prepared, effort) = prepare(app, actor, id, None).await?;
    let app = Arc::clone(app);
    tokio::spawn(async move {
        let plan = prepared.row.id.clone();
        let finished = follow(&app, prepared, effort).await;
        app.runs().release();
        if let Err(error) = finished {
            tracing::error!(plan, %error, "plan");
        }
    });
    Ok(())
}

/// Computes a plan and waits for the end: with a number of steps the same plan every time.
///
/// # Errors
/// As [`start`].
pub async fn compute(app: &App, actor: &Actor, id: &str, effort: Effort) -> Result<()> {
    let (prepared, effort) = prepare(app, actor, id, Some(effort)).await?;
    let finished = follow(app, prepared, effort).await;
    app.runs().release();
    finished
}

/// Asks a run to stop with its best plan, on whichever node it is.
///
/// # Errors
/// [`Error::NotFound`], and what the policies say.
pub async fn stop(app: &App, actor: &Actor, id: &str) -> Result<()> {
    let mut tx = app.write().await?;
    let loaded = load(app, &mut tx, actor, id).await?;
    if loaded.stage == Stage::Running {
        store::plan::ask_to_stop(&mut tx, id).await?;
        record(app, &mut tx, actor, "plan.stopped", None, Some(&loaded.row)).await?;
    }
    tx.commit().await?;
    app.runs().ask_to_stop(id);
    Ok(())
}

/// Runs whose node gave no sign of life are over; their best plans stay. Run by the worker of any node; answers how many.
pub async fn give_up_silent(app: &App) -> Result<usize> {
    let now = app.now().as_millisecond();
    let mut tx = app.write().await?;
    let given_up =
        store::plan::give_up_silent(&mut tx, now - SILENT, now, "plan-failed-silent").await?;
    tx.commit().await?;
    Ok(usize::try_from(given_up).unwrap_or_default())
}

/// A run about to begin.
struct Prepared {
    actor: Actor,
    row: PlanRow,
    frame: Frame,
    live: Arc<Live>,
    problem: Problem,
    options: Options,
}

async fn prepare(
    app: &App,
    actor: &Actor,
    id: &str,
    effort: Option<Effort>,
) -> Result<(Prepared, Effort)> {
    let mut tx = app.write().await?;
    tx.lock_name(&format!("plan {id}")).await?;
    let loaded = load(app, &mut tx, actor, id).await?;
    if loaded.stage == Stage::Running {
        return Err(Refused::new("plan-refused-running").into());
    }
    if !loaded.stage.may_run() {
        return Err(Refused::new("plan-refused-over").into());
    }
    let scenario = loaded.scenario()?;
    let locks = loaded.locks();
    let Body {
        frame,
        instance,
        best,
        ..
    } = body(&mut tx, id).await?;
    let problem = Problem::new(instance).map_err(|defects| {
        let first = defects.first().map(ToString::to_string);
        Refused::new("plan-refused-unsound").with("what", first.unwrap_or_default())
    })?;
    let Some(live) = app.runs().claim(id) else {
        let other = app.runs().running().unwrap_or_default();
        let name = store::plan::get(&mut tx, &other).await?;
        let name = name.map(|row| row.name).unwrap_or_default();
        return Err(Refused::new("plan-refused-busy").with("name", name).into());
    };
    let effort = effort.unwrap_or(Effort::Time(if frame.disruption.is_some() {
        Duration::from_secs(REPAIR)
    } else {
        Duration::from_secs(u64::from(scenario.minutes) * 60)
    }));
    let locked = locked(&best, &frame, &locks);
    let mut row = loaded.row.clone();
    Stage::Running.name().clone_into(&mut row.stage);
    let now = app.now().as_millisecond();
    (row.stage_at, row.beat_at, row.stop_asked) = (now, Some(now), 0);
    row.reason = String::new();
    let noted = async {
        store::plan::update(&mut tx, &row).await?;
        record(
            app,
            &mut tx,
            actor,
            "plan.started",
            Some(&loaded.row),
            Some(&row),
        )
        .await?;
        Ok::<(), Error>(tx.commit().await?)
    };
    if let Err(error) = noted.await {
        app.runs().release();
        return Err(error);
    }
    row.version += 1;
    let prepared = Prepared {
        actor: actor.clone(),
        row,
        frame,
        live,
        problem,
        options: Options {
            seed: 1,
            threads: threads(),
            start: Some(best),
            locked,
        },
    };
    Ok((prepared, effort))
}

/// The sessions, by place in the plan, that must stay: those that exist and can, and those locked by hand.
fn locked(plan: &Plan, frame: &Frame, locks: &[String]) -> Vec<usize> {
    let locks: BTreeSet<&String> = locks.iter().collect();
    plan.sessions
        .iter()
        .enumerate()
        .filter(|(_, session)| {
            let key = key(session);
            let exists = frame.existing.contains_key(&key) && !frame.affected.contains(&key);
            exists || locks.contains(&key)
        })
        .map(|(place, _)| place)
        .collect()
}

/// One thread less than the machine has, so that pages stay quick.
fn threads() -> usize {
    std::thread::available_parallelism()
        .map_or(1, |all| all.get().saturating_sub(1))
        .clamp(1, THREADS)
}

/// Runs the search on its own thread and keeps its progress, then its end.
async fn follow(app: &App, prepared: Prepared, effort: Effort) -> Result<()> {
    let Prepared {
        actor,
        row,
        frame,
        live,
        problem,
        options,
    } = prepared;
    let begun: Figures = serde_json::from_str(&row.figures).unwrap_or_default();
    let (done, mut end) = oneshot::channel();
    let observed = Arc::clone(&live);
    let work = move || {
        let outcome = search(&problem, &options, effort, observed.as_ref());
        // Nobody waits any more only when the program ends.
        let _ = done.send((outcome, problem));
    };
    let thread = std::thread::Builder::new().name("plan".to_owned());
    thread
        .spawn(work)
        .map_err(|error| Error::Internal(error.to_string()))?;
    let ended = loop {
        match tokio::time::timeout(EVERY, &mut end).await {
            Ok(ended) => break ended.ok(),
            Err(_) => beat(app, &row.id, &live, begun, &frame).await,
        }
    };
    let mut tx = app.write().await?;
    tx.lock_name(&format!("plan {}", row.id)).await?;
    // Given up meanwhile, because this node could not reach the database: its best plan is still the best.
    let mut after = store::plan::get(&mut tx, &row.id)
        .await?
        .ok_or(Error::NotFound)?;
    after.stage_at = app.now().as_millisecond();
    if let Some((outcome, problem)) = ended {
        let mut figures = Figures::of(problem.instance(), &frame, &outcome.plan);
        figures = figures.costing(outcome.terms);
        figures.bound = Some(outcome.bound);
        figures.steps = outcome.steps;
        figures.spent = 1000;
        after.figures = json(&figures)?;
        Stage::Ready.name().clone_into(&mut after.stage);
        after.reason = match outcome.stopped {
            Stopped::Asked => "plan-ended-asked",
            Stopped::Optimal => "plan-ended-optimal",
            Stopped::Spent => "",
        }
        .to_owned();
        store::plan::set_best(&mut tx, &row.id, &json(&outcome.plan)?).await?;
        store::plan::drop_steps(&mut tx, &row.id, 0).await?;
    } else {
        Stage::Failed.name().clone_into(&mut after.stage);
        "plan-failed-broke".clone_into(&mut after.reason);
    }
    store::plan::update(&mut tx, &after).await?;
    record(
        app,
        &mut tx,
        &actor,
        "plan.computed",
        Some(&row),
        Some(&after),
    )
    .await?;
    Ok(tx.commit().await?)
}

fn search(problem: &Problem, options: &Options, effort: Effort, live: &Live) -> Outcome {
    match effort {
        Effort::Steps(steps) => solve(problem, options, Budget::Steps(steps), live),
        Effort::Time(time) => {
            let begun = Instant::now();
            let share = || begun.elapsed().as_secs_f64() / time.as_secs_f64().max(0.001);
            solve(problem, options, Budget::Share(&share), live)
        }
    }
}

/// Writes a sign of life and hears whether to stop; what goes wrong is told and tried again at the next.
async fn beat(app: &App, id: &str, live: &Live, begun: Figures, frame: &Frame) {
    let progress = live
        .progress
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .clone();
    let best = live
        .best
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .take();
    let figures = progress.map_or(begun, |progress| begun.so_far(&progress, frame));
    let written = async {
        let best = best.as_ref().map(json).transpose()?;
        let mut tx = app.write().await?;
        let now = app.now().as_millisecond();
        store::plan::beat(&mut tx, id, now, &json(&figures)?, best.as_deref()).await?;
        let row = store::plan::get(&mut tx, id).await?;
        tx.commit().await?;
        Ok::<bool, Error>(row.is_some_and(|row| row.stop_asked == 1))
    };
    match written.await {
        Ok(true) => live.stop.store(true, Ordering::Relaxed),
        Ok(false) => {}
        Err(error) => tracing::warn!(plan = id, %error, "progress of a plan"),
    }
}
