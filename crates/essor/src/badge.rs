//! `essor badge`: the keys with which programmes sign their badges.

use anyhow::anyhow;
use application::access::Actor;
use application::{App, Config, badge};
use clap::{Args, Subcommand};

use crate::configuration::{DatabaseAddress, KeyPassphrase};

#[derive(Subcommand)]
pub(crate) enum Badge {
    /// List the keys: programme, state, since when, how many badges they signed.
    Keys(Keys),
    /// Give a programme a new key; badges signed with the old one still hold.
    Rotate(Rotate),
}

#[derive(Args)]
pub(crate) struct Keys {
    #[command(flatten)]
    address: DatabaseAddress,
}

#[derive(Args)]
pub(crate) struct Rotate {
    #[command(flatten)]
    address: DatabaseAddress,
    #[command(flatten)]
    passphrase: KeyPassphrase,
    /// Address under which people reach the installation: it stands on badges.
    #[arg(long, env = "ESSOR_BASE_URL", default_value = "http://127.0.0.1:8080")]
    base_url: String,
    /// The programme, as in its address on the web.
    #[arg(long)]
    programme: String,
}

impl Badge {
    pub(crate) async fn run(self) -> anyhow::Result<()> {
        match self {
            Self::Keys(keys) => keys.run().await,
            Self::Rotate(rotate) => rotate.run().await,
        }
    }
}

impl Keys {
    #[expect(
        clippy::print_stdout,
        reason = "the list is the answer of this command"
    )]
    async fn run(self) -> anyhow::Result<()> {
        let database = self.address.open().await?;
        let app = App::new(database.clone(), Config::default()).await?;
        for key in badge::keys(&app, &Actor::System)
            .await
            .map_err(|error| anyhow!("the keys cannot be read: {error}"))?
        {
            let since = jiff::Timestamp::from_millisecond(key.created_at)?;
            let state = if key.retired_at.is_some() {
                "verifies"
            } else {
                "signs"
            };
            println!(
                "{}\t{}\t{state}\t{}\t{}",
                key.programme_slug,
                key.id,
                since.strftime("%Y-%m-%d"),
                key.badges
            );
        }
        database.close().await;
        Ok(())
    }
}

impl Rotate {
    async fn run(self) -> anyhow::Result<()> {
        let database = self.address.open().await?;
        let config = Config {
            base_url: self.base_url.trim_end_matches('/').to_owned(),
            key_passphrase: self.passphrase.key_passphrase,
            ..Config::default()
        };
        let app = App::new(database.clone(), config).await?;
        let rotated = badge::rotate(&app, &Actor::System, &self.programme)
            .await
            .map_err(|error| anyhow!("the key of {} was not renewed: {error}", self.programme))?;
        database.close().await;
        tracing::info!(
            "{} now signs with the key {}",
            rotated.programme,
            rotated.key
        );
        Ok(())
    }
}
