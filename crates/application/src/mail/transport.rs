//! How letters leave: by SMTP, or not at all in the demonstration.

use lettre::message::header::ContentType;
use lettre::message::{Mailbox, MultiPart, SinglePart};
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};
use store::mail::MailRow;

/// How letters leave.
pub enum Transport {
    /// Through a mail server.
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    /// Nowhere: the demonstration shows on its mailbox page what would have gone out.
    Mailbox,
}

/// Why a letter did not leave.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// The letter itself cannot be sent, now or later: a bad address, a refusal by the server for good.
    #[error("{0}")]
    Permanent(String),
    /// It may go through another time.
    #[error("{0}")]
    Temporary(String),
}

impl Transport {
    /// A mail server at `url`: `smtp://host:port`, `smtps://user:password@host`.
    ///
    /// # Errors
    /// When the address is not understood.
    pub fn smtp(url: &str) -> Result<Self, SendError> {
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|error| SendError::Permanent(error.to_string()))?;
        Ok(Self::Smtp(
            builder
                .timeout(Some(std::time::Duration::from_secs(20)))
                .build(),
        ))
    }

    /// Hands one letter over.
    pub(super) async fn send(&self, from: &str, mail: &MailRow) -> Result<(), SendError> {
        let message = message(from, mail)?;
        match self {
            Self::Mailbox => Ok(()),
            Self::Smtp(smtp) => match smtp.send(message).await {
                Ok(_) => Ok(()),
                Err(error) if error.is_permanent() => Err(SendError::Permanent(error.to_string())),
                Err(error) => Err(SendError::Temporary(error.to_string())),
            },
        }
    }
}

/// The letter in MIME: text and HTML side by side, with the calendar file once inline (so that mail programs offer to add it) and once attached.
fn message(from: &str, mail: &MailRow) -> Result<Message, SendError> {
    let permanent = |error: &dyn std::fmt::Display| SendError::Permanent(error.to_string());
    let address = mail
        .recipient_address
        .parse()
        .map_err(|error| permanent(&error))?;
    let mut body = MultiPart::alternative()
        .singlepart(SinglePart::plain(mail.text_body.clone()))
        .singlepart(SinglePart::html(mail.html_body.clone()));
    if let (Some(method), Some(calendar)) = (&mail.calendar_method, &mail.calendar_body) {
        let kind = format!("text/calendar; charset=utf-8; method={method}");
        let kind = ContentType::parse(&kind).map_err(|error| permanent(&error))?;
        body = body.singlepart(SinglePart::builder().header(kind).body(calendar.clone()));
    }
    let from: Mailbox = from.parse().map_err(|error| permanent(&error))?;
    let domain = from.email.domain().to_owned();
    Message::builder()
        .from(from)
        .to(Mailbox::new(Some(mail.recipient_name.clone()), address))
        // The same letter sent twice has the same identifier, so that the reader's program shows it once.
        .message_id(Some(format!("<{}@{domain}>", mail.id)))
        .subject(mail.subject.clone())
        .multipart(body)
        .map_err(|error| permanent(&error))
}
