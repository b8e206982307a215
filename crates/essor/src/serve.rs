//! `essor serve`: the web pages, the API and the background worker in one process.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context as _;
use application::{App, Config};
use clap::Args;
use tokio::net::TcpListener;

use web::shell::account::StoredSessions;

use crate::configuration::{DatabaseAddress, KeyPassphrase};
use crate::worker;

#[derive(Args)]
pub(crate) struct Serve {
    #[command(flatten)]
    address: DatabaseAddress,
    /// Address and port to listen on.
    #[arg(long, env = "ESSOR_LISTEN", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Address under which people reach this server; by default the one it listens on.
    #[arg(long, env = "ESSOR_BASE_URL")]
    base_url: Option<String>,
    /// Mail server: `smtp://host:port`, `smtps://user:password@host`. Without one, letters stay in the outbox.
    #[arg(long, env = "ESSOR_SMTP_URL", hide_env_values = true)]
    smtp: Option<String>,
    /// Sender of letters.
    #[arg(
        long,
        env = "ESSOR_MAIL_FROM",
        default_value = "Essor <essor@localhost>"
    )]
    mail_from: String,
    /// Folder for files beside the database.
    #[arg(long, env = "ESSOR_DATA_DIR")]
    data_dir: Option<PathBuf>,
    #[command(flatten)]
    passphrase: KeyPassphrase,
    /// The demonstration: letters go to the mailbox page, sign-in is explained.
    #[arg(long)]
    demo: bool,
}

impl Serve {
    pub(crate) async fn run(self) -> anyhow::Result<()> {
        if let Some(folder) = &self.data_dir {
            std::fs::create_dir_all(folder)
                .with_context(|| format!("cannot make {}", folder.display()))?;
        }
        // Before the database is touched: a port in use is the most likely reason not to start.
        let listener = TcpListener::bind(self.listen)
            .await
            .with_context(|| format!("cannot listen on {}", self.listen))?;
        let listening = listener.local_addr()?;
        let database = self.address.open().await?;
        let base_url = self
            .base_url
            .clone()
            .unwrap_or_else(|| format!("http://{listening}"));
        let config = Config {
            base_url: base_url.trim_end_matches('/').to_owned(),
            mail_from: self.mail_from.clone(),
            demonstration: self.demo,
            key_passphrase: self.passphrase.key_passphrase.clone(),
            ..Config::default()
        };
        let app = Arc::new(App::new(database.clone(), config).await?);
        let worker = worker::start(Arc::clone(&app), self.transport()?);
        let state = web::State::new(Arc::clone(&app), Arc::new(StoredSessions));
        tracing::info!("listening on http://{listening}");
        web::serve(listener, state, stopped()).await?;
        worker.abort();
        database.close().await;
        Ok(())
    }

    fn transport(&self) -> anyhow::Result<Option<application::mail::Transport>> {
        Ok(match &self.smtp {
            Some(url) => {
                Some(application::mail::Transport::smtp(url).context("mail server address")?)
            }
            None => self.demo.then_some(application::mail::Transport::Mailbox),
        })
    }
}

/// Waits until somebody wants the program to end.
async fn stopped() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminate) => {
                tokio::select! { _ = interrupt => {}, _ = terminate.recv() => {} }
            }
            Err(_) => drop(interrupt.await),
        }
    }
    #[cfg(not(unix))]
    drop(interrupt.await);
}
