//! `essor account`: accounts of staff from the command line, above all the first.

use std::io::Read as _;

use anyhow::{Context as _, anyhow};
use application::access::Actor;
use application::access::account::{self, EditAccount};
use application::{App, Config, Error};
use clap::{Args, Subcommand};
use documents::texts::Texts;
use domain::language::Language;

use crate::configuration::DatabaseAddress;

#[derive(Subcommand)]
pub(crate) enum Account {
    /// Make an account; without a password of your own, one is made and printed.
    Create(Create),
}

#[derive(Args)]
pub(crate) struct Create {
    #[command(flatten)]
    address: DatabaseAddress,
    /// E-mail address, the name to sign in with.
    #[arg(long)]
    email: String,
    /// Name.
    #[arg(long)]
    name: String,
    /// Role: `administrator`, `coordinator`, `trainer`, `referent`, or within a programme or territory `coordinator@programme:ID`,
    /// `referent@territory:ID`. Can be given several times.
    #[arg(long = "role", required = true)]
    roles: Vec<String>,
    /// Language: `fr` or `en`.
    #[arg(long, default_value = "fr")]
    language: String,
    /// Read the password from the standard input instead of making one.
    #[arg(long)]
    password_stdin: bool,
}

impl Account {
    pub(crate) async fn run(self) -> anyhow::Result<()> {
        let Self::Create(create) = self;
        create.run().await
    }
}

impl Create {
    #[expect(
        clippy::print_stdout,
        reason = "the made password is the answer of this command"
    )]
    async fn run(self) -> anyhow::Result<()> {
        let database = self.address.open().await?;
        let app = App::new(database.clone(), Config::default()).await?;
        let (password, is_made) = if self.password_stdin {
            (from_stdin()?, false)
        } else {
            (new_password(app.random()), true)
        };
        let command = EditAccount {
            name: self.name,
            email: self.email.clone(),
            language: self.language,
            password: password.clone(),
            roles: self.roles,
            ..EditAccount::default()
        };
        account::create(&app, &Actor::System, &command)
            .await
            .map_err(|error| told(&error))?;
        database.close().await;
        if is_made {
            println!("{password}");
            tracing::info!(
                "account {} made; the line above is its password",
                self.email
            );
        }
        Ok(())
    }
}

/// A line of the standard input, without its end.
fn from_stdin() -> anyhow::Result<String> {
    let mut text = String::new();
    std::io::stdin()
        .read_to_string(&mut text)
        .context("cannot read the password from the standard input")?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

/// 100 random bits, easy to read out: four groups of five letters and digits.
fn new_password(random: [u8; 20]) -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let letters: Vec<char> = random
        .into_iter()
        .filter_map(|byte| LETTERS.get(usize::from(byte % 32)))
        .map(|byte| char::from(*byte))
        .collect();
    let groups: Vec<String> = letters
        .chunks(5)
        .map(|group| group.iter().collect())
        .collect();
    groups.join("-")
}

/// Which option is wrong, and how.
fn told(error: &Error) -> anyhow::Error {
    let Error::Invalid(fields) = error else {
        return anyhow!("the account was not made: {error}");
    };
    let lines: Vec<String> = fields
        .iter()
        .map(|field| {
            let figures = field.error.figures();
            let values: Vec<_> = figures
                .iter()
                .map(|(name, figure)| (*name, documents::texts::Arg::Integer(*figure)))
                .collect();
            let sentence = Texts::embedded().format(Language::En, field.error.key(), &values);
            format!("{}: {sentence}", field.field)
        })
        .collect();
    anyhow!("the account was not made: {}", lines.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_made_password_is_long_enough_and_follows_from_all_the_randomness() {
        let one = new_password([7; 20]);
        assert_eq!(one, "hhhhh-hhhhh-hhhhh-hhhhh");
        assert!(application::access::check_password(&one).is_ok());
        for at in 0..20 {
            let mut random = [7; 20];
            random[at] = 200;
            assert_ne!(new_password(random), one);
        }
    }
}
