//! Where the database is: the option that every command shares.

use anyhow::Context as _;
use clap::Args;
use store::Database;

/// Which database to work on.
#[derive(Args, Clone, Debug)]
pub(crate) struct DatabaseAddress {
    /// `sqlite:PATH` or `postgres://…`.
    #[arg(
        long,
        env = "ESSOR_DATABASE_URL",
        default_value = "sqlite:essor.sqlite",
        hide_env_values = true
    )]
    pub(crate) database: String,
}

/// What the keys of badges are sealed with.
#[derive(Args, Clone)]
pub(crate) struct KeyPassphrase {
    /// Passphrase with which the keys of badges are sealed besides the installation's own secret, which is in the database. The same on
    /// every node; whoever changes it makes new keys.
    #[arg(
        long,
        env = "ESSOR_KEY_PASSPHRASE",
        default_value = "",
        hide_env_values = true,
        hide_default_value = true
    )]
    pub(crate) key_passphrase: String,
}

impl DatabaseAddress {
    /// Opens it, with its migrations applied.
    pub(crate) async fn open(&self) -> anyhow::Result<Database> {
        open(&self.database).await
    }
}

/// Opens the database at `address`, with its migrations applied.
pub(crate) async fn open(address: &str) -> anyhow::Result<Database> {
    Database::open(address)
        .await
        .with_context(|| format!("cannot open the database {}", without_password(address)))
}

/// The address as it may be shown.
pub(crate) fn without_password(address: &str) -> String {
    match (address.find("://"), address.rfind('@')) {
        (Some(scheme), Some(at)) if scheme + 3 <= at => {
            format!(
                "{}…{}",
                address.get(..scheme + 3).unwrap_or_default(),
                address.get(at..).unwrap_or_default()
            )
        }
        _ => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::without_password;

    #[test]
    fn a_password_is_never_shown() {
        assert_eq!(
            without_password("postgres://essor:secret@db/essor"),
            "postgres://…@db/essor"
        );
        assert_eq!(
            without_password("sqlite:essor.sqlite"),
            "sqlite:essor.sqlite"
        );
    }
}
