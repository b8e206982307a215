//! What every use case works with.

use std::sync::Arc;

use domain::id::Id;
use domain::language::Language;
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::Timestamp;
use sha2::Sha256;
use store::{Connection, Database, Transaction};

use crate::access::Policies;
use crate::environment::{Clock, Randomness, SystemClock, SystemRandomness, new_id};
use crate::{Error, Result};

/// How this installation is set up.
#[derive(Clone, Debug)]
pub struct Config {
    /// Address under which people reach it, without a final slash, such as `https://essor.example`.
    pub base_url: String,
    /// Sender of letters, `Name <address>`.
    pub mail_from: String,
    /// Language of visitors who did not choose one.
    pub language: Language,
    /// The demonstration: shows the mailbox page and how to sign in.
    pub demonstration: bool,
    /// What the keys of badges are sealed with besides the installation's secret; not in the database. May be empty.
    pub key_passphrase: String,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            base_url: "http://127.0.0.1:8080".to_owned(),
            mail_from: "Essor <essor@localhost>".to_owned(),
            language: Language::Fr,
            demonstration: false,
            key_passphrase: String::new(),
        }
    }
}

/// The database, the environment and the policies, shared by every use case.
pub struct App {
    db: Database,
    clock: Arc<dyn Clock>,
    randomness: Arc<dyn Randomness>,
    secret: String,
    policies: Policies,
    config: Config,
    runs: crate::plan::Runs,
    turns: crate::enrolment::Turns,
}

impl App {
    /// Wires an installation with the machine's clock and randomness.
    pub async fn new(db: Database, config: Config) -> Result<Self> {
        Self::with_environment(
            db,
            config,
            Arc::new(SystemClock),
            Arc::new(SystemRandomness),
        )
        .await
    }

    /// Wires an installation with the given clock and randomness.
    pub async fn with_environment(
        db: Database,
        config: Config,
        clock: Arc<dyn Clock>,
        randomness: Arc<dyn Randomness>,
    ) -> Result<Self> {
        let mut fresh = [0; 32];
        randomness.fill(&mut fresh);
        let secret = {
            let mut tx = db.write().await?;
            let secret = store::setting::get_or_set(
                &mut tx,
                "secret",
                &data_encoding::HEXLOWER.encode(&fresh),
            )
            .await?;
            tx.commit().await?;
            secret
        };
        Ok(Self {
            db,
            clock,
            randomness,
            secret,
            policies: Policies::embedded()?,
            config,
            runs: crate::plan::Runs::default(),
            turns: crate::enrolment::Turns::default(),
        })
    }

    /// A connection to read with.
    pub async fn read(&self) -> Result<Connection> {
        Ok(self.db.read().await?)
    }

    /// A transaction to decide and write in.
    pub async fn write(&self) -> Result<Transaction> {
        Ok(self.db.write().await?)
    }

    /// Waits until everything committed so far is sure to last (see [`Transaction::commit_ahead`]).
    pub(crate) async fn settled(&self) -> Result<()> {
        Ok(self.db.settled().await?)
    }

    /// The database itself, for copies and backups.
    #[must_use]
    pub fn database(&self) -> &Database {
        &self.db
    }

    /// The present instant.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// A new identifier.
    #[must_use]
    pub fn new_id<K>(&self) -> Id<K> {
        new_id(self.clock.as_ref(), self.randomness.as_ref())
    }

    /// `N` random bytes.
    #[must_use]
    pub fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.randomness.fill(&mut bytes);
        bytes
    }

    /// How this installation is set up.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The plan that this node computes.
    #[must_use]
    pub(crate) fn runs(&self) -> &crate::plan::Runs {
        &self.runs
    }

    /// The queues at sessions that many people want.
    #[must_use]
    pub(crate) fn turns(&self) -> &crate::enrolment::Turns {
        &self.turns
    }

    /// The access policies.
    #[must_use]
    pub fn policies(&self) -> &Policies {
        &self.policies
    }

    /// Seals `message` with the installation's secret (HMAC-SHA-256, hexadecimal): links, form tokens. `purpose` keeps a seal made for one use
    /// from being good for another.
    pub fn seal(&self, purpose: &str, message: &str) -> Result<String> {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.secret.as_bytes())
            .map_err(|error| Error::Internal(error.to_string()))?;
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(message.as_bytes());
        Ok(data_encoding::HEXLOWER.encode(&mac.finalize().into_bytes()))
    }

    /// Whether `seal` is the seal of `message`, compared in constant time.
    pub fn seal_holds(&self, purpose: &str, message: &str, seal: &str) -> bool {
        use subtle::ConstantTimeEq as _;
        self.seal(purpose, message)
            .is_ok_and(|right| right.as_bytes().ct_eq(seal.as_bytes()).into())
    }
}
