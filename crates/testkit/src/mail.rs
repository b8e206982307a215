//! An SMTP server that keeps what it is sent, and fails when a test asks it to.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use mail_parser::{Message, MessageParser};
use tokio::io::{
    AsyncBufRead, AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader,
};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::{AbortHandle, JoinSet};

/// One message as it came over the wire.
#[derive(Clone, Debug)]
pub struct Received {
    /// Address of the envelope's sender.
    pub from: String,
    /// Addresses of the envelope's recipients.
    pub to: Vec<String>,
    /// Headers and body, with CRLF line ends.
    pub raw: Vec<u8>,
}

impl Received {
    /// The message taken apart: headers, bodies, attachments.
    ///
    /// # Panics
    /// When it is no message.
    #[must_use]
    pub fn parsed(&self) -> Message<'_> {
        MessageParser::default()
            .parse(&self.raw)
            .expect("a message")
    }

    /// The subject, decoded.
    #[must_use]
    pub fn subject(&self) -> String {
        self.parsed().subject().unwrap_or_default().to_owned()
    }

    /// The plain text body, decoded.
    #[must_use]
    pub fn text(&self) -> String {
        self.parsed().body_text(0).unwrap_or_default().into_owned()
    }
}

#[derive(Default)]
struct State {
    received: Vec<Received>,
    refused: BTreeMap<String, String>,
    down: bool,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    arrived: Notify,
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A running server; it stops when dropped.
pub struct MailSink {
    address: SocketAddr,
    shared: Arc<Shared>,
    server: AbortHandle,
}

impl MailSink {
    /// Starts on a free port of this machine.
    ///
    /// # Panics
    /// When no port can be opened.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("the port's address");
        let shared = Arc::new(Shared::default());
        let server = tokio::spawn(serve(listener, Arc::clone(&shared))).abort_handle();
        Self {
            address,
            shared,
            server,
        }
    }

    /// Its address for `--smtp`, such as `smtp://127.0.0.1:2525`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    /// What has come so far, in order.
    #[must_use]
    pub fn messages(&self) -> Vec<Received> {
        self.shared.state().received.clone()
    }

    /// Waits until `count` messages have come, at most ten seconds.
    ///
    /// # Panics
    /// When they do not come.
    pub async fn wait_for(&self, count: usize) -> Vec<Received> {
        let wait = async {
            loop {
                let arrived = self.shared.arrived.notified();
                let messages = self.messages();
                if messages.len() >= count {
                    return messages;
                }
                arrived.await;
            }
        };
        let waited = tokio::time::timeout(Duration::from_secs(10), wait).await;
        waited.unwrap_or_else(|_| panic!("{} of {count} messages came", self.messages().len()))
    }

    /// From now on refuses `recipient` with `answer`, such as `550 5.1.1 no such mailbox` (for good) or
    /// `451 4.3.0 try again later`.
    pub fn refuse(&self, recipient: &str, answer: &str) {
        self.shared
            .state()
            .refused
            .insert(recipient.to_owned(), answer.to_owned());
    }

    /// Takes back every refusal.
    pub fn accept_all(&self) {
        self.shared.state().refused.clear();
    }

    /// Whether it hangs up on everyone, as a server that is down.
    pub fn set_down(&self, down: bool) {
        self.shared.state().down = down;
    }
}

impl Drop for MailSink {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn serve(listener: TcpListener, shared: Arc<Shared>) {
    // The set ends its tasks when this one is ended.
    let mut conversations = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        if !shared.state().down {
            let shared = Arc::clone(&shared);
            // A client that hangs up in the middle is its own affair.
            conversations.spawn(async move { converse(stream, &shared).await.unwrap_or_default() });
        }
    }
}

async fn converse(stream: TcpStream, shared: &Shared) -> std::io::Result<()> {
    let (reader, mut writer) = stream.into_split();
    let mut reader = BufReader::new(reader);
    let mut envelope = Received {
        from: String::new(),
        to: Vec::new(),
        raw: Vec::new(),
    };
    writer.write_all(b"220 sink ready\r\n").await?;
    let mut line = String::new();
    loop {
        line.clear();
        if reader.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        let command = line.trim_end();
        let verb = command
            .split([' ', ':'])
            .next()
            .unwrap_or_default()
            .to_ascii_uppercase();
        let answer = match verb.as_str() {
            "EHLO" => "250-sink\r\n250-8BITMIME\r\n250 SMTPUTF8".to_owned(),
            "MAIL" => {
                envelope = Received {
                    from: address_in(command),
                    to: Vec::new(),
                    raw: Vec::new(),
                };
                "250 ok".to_owned()
            }
            "RCPT" => {
                let recipient = address_in(command);
                let refusal = shared.state().refused.get(&recipient).cloned();
                refusal.unwrap_or_else(|| {
                    envelope.to.push(recipient);
                    "250 ok".to_owned()
                })
            }
            "DATA" if envelope.to.is_empty() => "503 no recipient".to_owned(),
            "DATA" => {
                writer.write_all(b"354 go on\r\n").await?;
                envelope.raw = read_body(&mut reader).await?;
                shared.state().received.push(envelope.clone());
                shared.arrived.notify_waiters();
                "250 kept".to_owned()
            }
            "QUIT" => {
                return writer.write_all(b"221 bye\r\n").await;
            }
            "HELO" | "NOOP" | "RSET" => "250 ok".to_owned(),
            _ => "502 not known here".to_owned(),
        };
        writer.write_all(format!("{answer}\r\n").as_bytes()).await?;
    }
}

fn address_in(command: &str) -> String {
    let address = command
        .split_once('<')
        .and_then(|(_, rest)| rest.split_once('>'));
    address
        .map(|(address, _)| address.to_owned())
        .unwrap_or_default()
}

/// Lines up to a lone dot, with the doubled dots at their beginning made single.
async fn read_body(reader: &mut (impl AsyncBufRead + Unpin)) -> std::io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let mut line = Vec::new();
        // No letter of ours comes near this; a client gone wild is cut off.
        let mut limited = (&mut *reader).take(50_000_000);
        if limited.read_until(b'\n', &mut line).await? == 0 || line == b".\r\n" {
            return Ok(body);
        }
        body.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn say(stream: &mut BufReader<TcpStream>, line: &str) -> String {
        if !line.is_empty() {
            stream.get_mut().write_all(line.as_bytes()).await.unwrap();
        }
        let mut answer = String::new();
        stream.read_line(&mut answer).await.unwrap();
        answer
    }

    async fn connect(sink: &MailSink) -> BufReader<TcpStream> {
        let mut stream = BufReader::new(TcpStream::connect(sink.address).await.unwrap());
        assert!(say(&mut stream, "").await.starts_with("220"));
        stream
    }

    #[tokio::test]
    async fn a_message_is_kept_as_it_was_meant() {
        let sink = MailSink::start().await;
        let mut stream = connect(&sink).await;
        assert!(
            say(&mut stream, "MAIL FROM:<a@x.fr> BODY=8BITMIME\r\n")
                .await
                .starts_with("250")
        );
        assert!(
            say(&mut stream, "RCPT TO:<b@x.fr>\r\n")
                .await
                .starts_with("250")
        );
        assert!(say(&mut stream, "DATA\r\n").await.starts_with("354"));
        let message = "Subject: =?utf-8?q?S=C3=A9ance?=\r\n\r\nBonjour\r\n..\r\n.\r\n";
        assert!(say(&mut stream, message).await.starts_with("250"));
        let received = sink.wait_for(1).await.remove(0);
        assert_eq!(
            (received.from.as_str(), received.to.as_slice()),
            ("a@x.fr", &["b@x.fr".to_owned()][..])
        );
        assert_eq!(received.subject(), "Séance");
        assert_eq!(received.text(), "Bonjour\r\n.\r\n");
    }

    #[tokio::test]
    async fn a_refused_recipient_is_refused_until_taken_back() {
        let sink = MailSink::start().await;
        sink.refuse("b@x.fr", "451 4.3.0 later");
        let mut stream = connect(&sink).await;
        say(&mut stream, "MAIL FROM:<a@x.fr>\r\n").await;
        assert!(
            say(&mut stream, "RCPT TO:<b@x.fr>\r\n")
                .await
                .starts_with("451")
        );
        assert!(say(&mut stream, "DATA\r\n").await.starts_with("503"));
        sink.accept_all();
        assert!(
            say(&mut stream, "RCPT TO:<b@x.fr>\r\n")
                .await
                .starts_with("250")
        );
    }
}
