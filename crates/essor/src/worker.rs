//! The background worker: letters, reminders, offers past their time. Every task is safe to run on several nodes at once.

use std::sync::Arc;
use std::time::Duration;

use application::App;
use application::mail::Transport;
use tokio::task::JoinHandle;
use tokio::time::{MissedTickBehavior, interval};

/// How often the outbox and the offers are looked at.
const EVERY: Duration = Duration::from_secs(2);

/// Starts the worker; without a transport letters stay in the outbox.
pub(crate) fn start(app: Arc<App>, transport: Option<Transport>) -> JoinHandle<()> {
    tokio::spawn(async move {
        let mut ticks = interval(EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            told("offers", application::enrolment::expire_offers(&app).await);
            told("plans", application::plan::give_up_silent(&app).await);
            told("reminders", application::enrolment::remind(&app).await);
            told("quizzes", application::quiz::tell(&app).await);
            if let Some(transport) = &transport {
                told(
                    "letters",
                    application::mail::send_due(&app, transport).await,
                );
            }
        }
    })
}

/// A failed round is told and tried again at the next.
fn told(task: &str, outcome: application::Result<usize>) {
    match outcome {
        Ok(0) => {}
        Ok(done) => tracing::info!(task, done, "worker"),
        Err(error) => tracing::error!(task, %error, "worker"),
    }
}
