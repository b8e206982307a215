//! The adaptive level test: begun, answered item by item, left and taken up again, and what it gives.
//!
//! Whoever holds the key of a run may go on with it, as with a questionnaire. The item at hand is chosen when the one before is answered
//! and kept with the run, so that reading a page changes nothing.

mod answer;
mod begin;
mod calibrate;
mod desk;
mod frozen;
mod letters;
mod result;

use std::borrow::Cow;
use std::sync::{LazyLock, OnceLock};

use domain::assessment::adaptive::{Answered, Level, Outcome, Pool, Prices, Rules, Use, outcome};
use domain::assessment::bank::Bank;
use domain::assessment::run::Occasion;
use domain::id::PersonId;
use store::Connection;
use store::assessment::{AnswerRow, RunRow};
use store::people::PersonRow;

use crate::access::link;
use crate::questionnaire::Offered;
use crate::{App, Error, Result, content};

pub use answer::{Replied, Reply, answer, leave, stop};
pub use begin::{
    Begin, Invitation, begin_for, begin_from_response, begin_own, decline_from_response,
    decline_own, invitation_of_response, own_invitation,
};
pub use calibrate::{
    Calibrated, Enough, ItemReport, Report, TooLittle, calibration, with_parameters,
};
pub use desk::{
    AreaMean, BankLine, Group, ItemPage, RunPage, Summary, bank_lines, item_page, list, of_person,
    summary,
};
pub use frozen::{Shown, picture, picture_of_item};
pub use letters::send_link;
pub use result::{Area, Earlier, ResultView, Reviewed, apply, result};
pub use store::assessment::{ItemLine, RunLine};

/// The items ready to choose from, made once.
static POOL: LazyLock<Pool> = LazyLock::new(|| content::bank().pool());
/// Prices of items, once they are learnt.
static PRICES: OnceLock<Prices> = OnceLock::new();
/// Prices follow from the bank, the rules and this.
const PRICE_SEED: u64 = 1;

/// Learns the prices of items, so that good ones are not shown to everybody. Takes a second or so of one processor; until it is done, the
/// cap on showings alone holds. To be called once by a server, off the threads that answer.
pub fn prepare() {
    PRICES.get_or_init(|| Prices::learn(&POOL, &Rules::default(), PRICE_SEED));
}

/// A run that is open before somebody.
pub struct Opened {
    /// As stored.
    pub run: RunRow,
    /// Its answers, in order.
    pub answers: Vec<AnswerRow>,
    /// The season, with its programme.
    pub offered: Offered,
    /// Whose it is.
    pub person: PersonRow,
    /// The key of its pages.
    pub key: String,
    /// The question at hand; none once it is over.
    pub shown: Option<Shown>,
    /// No more questions than this.
    pub most: usize,
}

/// A run, for the holder of its key.
///
/// # Errors
/// [`Error::NotFound`], also for another run's key and once the person's data are erased.
pub async fn open(app: &App, id: &str, key: &str) -> Result<Opened> {
    let mut db = app.read().await?;
    load(app, &mut db, id, key).await
}

async fn load(app: &App, db: &mut Connection, id: &str, key: &str) -> Result<Opened> {
    if !link::level_run_holds(app, id, key) {
        return Err(Error::NotFound);
    }
    let run = store::assessment::get(db, id)
        .await?
        .filter(|run| run.stage != "declined")
        .ok_or(Error::NotFound)?;
    let person = store::people::person(db, &run.person_id)
        .await?
        .filter(|person| person.erased_at.is_none())
        .ok_or(Error::NotFound)?;
    let season = store::programme::season(db, &run.season_id)
        .await?
        .ok_or(Error::NotFound)?;
    let offered = crate::questionnaire::offered_by(db, season).await?;
    let shown = match (&run.item, &run.item_version, run.stage.as_str()) {
        (Some(item), Some(version), "open") => {
            let place = run.answers + 1;
            Some(frozen::shown(db, &run, place, item, version).await?)
        }
        _ => None,
    };
    Ok(Opened {
        answers: store::assessment::answers(db, id).await?,
        key: link::level_run_key(app, id)?,
        most: rules_of(&run)?.most,
        offered,
        person,
        shown,
        run,
    })
}

fn rules_of(run: &RunRow) -> Result<Rules> {
    Ok(serde_json::from_str(&run.rules).map_err(store::Error::from)?)
}

/// The level of practice, 0 to 3, that a level test gave and that the person wants to count in a season.
pub(crate) async fn tested(db: &mut Connection, person: &str, season: &str) -> Result<Option<u8>> {
    let level = store::assessment::applied(db, person, season).await?;
    Ok(level.map(|level| Level::practice(level_of(level))))
}

/// A level as stored: 0 is before level 1.
pub(crate) fn level_of(stored: i64) -> Option<Level> {
    u8::try_from(stored)
        .ok()
        .and_then(|level| Level::try_from(level).ok())
}

fn occasion_of(run: &RunRow) -> Result<Occasion> {
    Occasion::of(&run.occasion)
        .ok_or_else(|| Error::Internal(format!("no occasion {:?}", run.occasion)))
}

/// The bank with the items that these answers speak of, and what can be chosen from it.
struct Ground {
    bank: Cow<'static, Bank>,
    pool: Cow<'static, Pool>,
}

impl Ground {
    async fn of(db: &mut Connection, answers: &[AnswerRow]) -> Result<Self> {
        let bank = content::bank();
        let mut gone = Vec::new();
        for answer in answers {
            if bank.item(&answer.item).is_none()
                && let Some(kept) = frozen::kept(db, &answer.item, &answer.item_version).await?
            {
                gone.push(kept.item);
            }
        }
        if gone.is_empty() {
            return Ok(Self {
                bank: Cow::Borrowed(bank),
                pool: Cow::Borrowed(&*POOL),
            });
        }
        let bank = bank.with(gone);
        Ok(Self {
            pool: Cow::Owned(bank.pool()),
            bank: Cow::Owned(bank),
        })
    }

    /// Answers as the test sees them.
    fn answered(&self, answers: &[AnswerRow]) -> Vec<Answered> {
        answers
            .iter()
            .filter_map(|answer| {
                Some(Answered {
                    item: self.bank.item(&answer.item)?.0,
                    right: answer.is_right == 1,
                })
            })
            .collect()
    }

    /// Places of these items, as far as they are there.
    fn places(&self, items: &[String]) -> Vec<usize> {
        items
            .iter()
            .filter_map(|item| Some(self.bank.item(item)?.0))
            .collect()
    }

    /// The use made of items so far.
    fn used(&self, uses: &[(String, i64)]) -> Use {
        let mut used = Use {
            tests: 0,
            shown: vec![0; self.bank.items().len()],
        };
        for (item, shown) in uses {
            let shown = u64::try_from(*shown).unwrap_or_default();
            if item.is_empty() {
                used.tests = shown;
            } else if let Some(count) = self
                .bank
                .item(item)
                .and_then(|(place, _)| used.shown.get_mut(place))
            {
                *count = shown;
            }
        }
        used
    }

    fn outcome(&self, rules: &Rules, answers: &[Answered]) -> Outcome {
        outcome(&self.pool, rules, answers)
    }
}

/// What the event log keeps of a run: that it was taken, not what it says.
#[derive(serde::Serialize)]
struct Logged<'a> {
    person: &'a str,
    occasion: &'a str,
    stage: &'a str,
    answers: i64,
    applied: bool,
}

impl<'a> Logged<'a> {
    fn of(run: &'a RunRow) -> Self {
        Self {
            person: &run.person_id,
            occasion: &run.occasion,
            stage: &run.stage,
            answers: run.answers,
            applied: run.applied == 1,
        }
    }
}

fn person_id(row: &PersonRow) -> Result<PersonId> {
    crate::enrolment::parse(&row.id)
}
