//! `essor demo seed`: the demonstration, a Boutic season in the Pays du Ternois.
//!
//! Made through the same use cases as the desk's, on a clock that runs through the season and with seeded randomness, so that the same day
//! gives the same data. The people are invented; communes and sectors are real.

mod dates;
mod dice;
mod level;
mod life;
mod looking_back;
mod means;
mod people;
mod quiz;

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context as _, bail};
use application::access::Actor;
use application::environment::{Clock as _, FixedClock, SeededRandomness, SystemClock};
use application::plan;
use application::{App, Config};
use clap::{Args, Subcommand};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;

use crate::configuration::DatabaseAddress;

/// What the demonstration follows from, besides the day.
const SEED: u64 = 2026;
/// Where every session is.
const ZONE: &str = "Europe/Paris";
/// The file that keeps how to sign in.
const CREDENTIALS: &str = "demo-credentials.json";
/// The setting that holds how to sign in, once all is made.
const DONE: &str = "demonstration";
/// The setting that says that what is here is a demonstration, even one that was stopped while it was made.
const BEGUN: &str = "demonstration-begun";

#[derive(Subcommand)]
pub(crate) enum Demo {
    /// Make the demonstration's data, unless they are there already.
    Seed(Seed),
}

#[derive(Args)]
pub(crate) struct Seed {
    #[command(flatten)]
    address: DatabaseAddress,
    /// Folder where the way to sign in is kept.
    #[arg(long, env = "ESSOR_DATA_DIR", default_value = ".")]
    data_dir: PathBuf,
    /// Address under which people will reach the server.
    #[arg(long, env = "ESSOR_BASE_URL", default_value = "http://127.0.0.1:8080")]
    base_url: String,
    /// The day on which the season is looked at; today by default.
    #[arg(long)]
    today: Option<Date>,
    /// Print how to sign in as one JSON object.
    #[arg(long)]
    json: bool,
    /// Forget what the demonstration holds and begin anew.
    #[arg(long)]
    fresh: bool,
}

/// How to sign in as each role.
#[derive(Serialize)]
struct Credentials {
    administrator: Account,
    coordinator: Account,
    trainer: Account,
    referent: Account,
    participant: Account,
}

/// How to sign in as one.
#[derive(Serialize)]
pub(crate) struct Account {
    email: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    password: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<String>,
    api_token: Option<String>,
}

/// The season under construction.
pub(crate) struct Scene {
    app: App,
    clock: Arc<FixedClock>,
    dice: dice::Dice,
    today: Date,
    zone: TimeZone,
}

/// Steps of the plan's search: the same plan every time, within seconds.
const PLAN_STEPS: u64 = 30_000;

/// Essor itself makes the demonstration.
const MAKER: Actor = Actor::System;

impl Demo {
    pub(crate) async fn run(self) -> anyhow::Result<()> {
        let Self::Seed(seed) = self;
        seed.run().await
    }
}

impl Seed {
    async fn run(self) -> anyhow::Result<()> {
        std::fs::create_dir_all(&self.data_dir)
            .with_context(|| format!("cannot make {}", self.data_dir.display()))?;
        let database = self.address.open().await?;
        let kept = self.data_dir.join(CREDENTIALS);
        let config = Config {
            base_url: self.base_url.clone(),
            demonstration: true,
            ..Config::default()
        };
        let text = match self.made(&database).await? {
            Some(text) => text,
            None => self.make(&database, config).await?,
        };
        std::fs::write(&kept, &text).with_context(|| format!("cannot write {}", kept.display()))?;
        if self.json {
            say(&text);
        } else {
            eprintln!(
                "The demonstration is there; how to sign in is in {}.",
                kept.display()
            );
        }
        database.close().await;
        Ok(())
    }

    /// How to sign in to the demonstration that is there and is to stay. Leaves the database empty where there is none.
    async fn made(&self, database: &store::Database) -> anyhow::Result<Option<String>> {
        let mut db = database.read().await?;
        let done = store::setting::get(&mut db, DONE).await?;
        if done.is_some() && !self.fresh {
            return Ok(done);
        }
        let is_ours = done.is_some() || store::setting::get(&mut db, BEGUN).await?.is_some();
        let is_used = !store::programme::list(&mut db).await?.is_empty();
        drop(db);
        if is_used && !is_ours {
            bail!(
                "this database holds a programme already: the demonstration goes into an empty one"
            );
        }
        if is_ours {
            store::transfer::clear(database).await?;
        }
        Ok(None)
    }

    /// Makes the demonstration; answers how to sign in.
    async fn make(&self, database: &store::Database, config: Config) -> anyhow::Result<String> {
        let mut tx = database.write().await?;
        store::setting::set(&mut tx, BEGUN, "yes").await?;
        tx.commit().await?;
        // The installation's secret comes from the system, not from the seed: this makes it before anything else.
        drop(App::new(database.clone(), config.clone()).await?);
        let mut scene = self.scene(database.clone(), config).await?;
        let credentials = scene.play().await?;
        let text = serde_json::to_string_pretty(&credentials)?;
        let mut tx = database.write().await?;
        store::setting::set(&mut tx, DONE, &text).await?;
        tx.commit().await?;
        Ok(text)
    }

    async fn scene(&self, database: store::Database, config: Config) -> anyhow::Result<Scene> {
        let zone = TimeZone::get(ZONE)?;
        let today = self
            .today
            .unwrap_or_else(|| SystemClock.now().to_zoned(zone.clone()).date());
        let clock = Arc::new(FixedClock::new(Timestamp::UNIX_EPOCH));
        let randomness = Arc::new(SeededRandomness::new(SEED));
        let app = App::with_environment(database, config, clock.clone(), randomness).await?;
        Ok(Scene {
            app,
            clock,
            dice: dice::Dice::new(SEED),
            today,
            zone,
        })
    }
}

#[expect(clippy::print_stdout, reason = "the answer of the command")]
fn say(text: &str) {
    println!("{text}");
}

impl Scene {
    /// Sets the clock to an hour of a day of the season, counted from its first Monday.
    fn at(&self, day: Date, hour: i8, minute: i8) -> anyhow::Result<()> {
        self.clock.set(
            day.at(hour, minute, 0, 0)
                .to_zoned(self.zone.clone())?
                .timestamp(),
        );
        Ok(())
    }

    /// A plan of what is left of the season, ready for review.
    async fn plan(&self, season: &str) -> anyhow::Result<()> {
        let (ask, _) = plan::form(&self.app, &MAKER, season, None).await?;
        let ask = plan::Ask {
            name: "Fin de saison, tous les lieux".to_owned(),
            ..ask
        };
        let id = plan::create(&self.app, &MAKER, &ask)
            .await
            .context("plan")?;
        plan::compute(&self.app, &MAKER, &id, plan::Effort::Steps(PLAN_STEPS))
            .await
            .context("plan")
    }

    /// The whole story, in order of time.
    async fn play(&mut self) -> anyhow::Result<Credentials> {
        let means = means::make(self).await?;
        let people = people::invent(self, &means)?;
        let participant = life::run(self, &means, &people).await?;
        self.plan(&means.season).await?;
        Ok(Credentials {
            administrator: means.administrator,
            coordinator: means.coordinator,
            trainer: means.trainer,
            referent: means.referent,
            participant,
        })
    }
}
