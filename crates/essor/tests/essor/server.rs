//! The real program as a child process, and a browser of few words to talk to it.

use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Error, ErrorKind, Read as _, Result, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc;
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

/// Longer than anything takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// The program with these arguments, and nothing of the surroundings.
pub(crate) fn essor(words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_essor"));
    for name in [
        "ESSOR_DATABASE_URL",
        "ESSOR_LISTEN",
        "ESSOR_BASE_URL",
        "ESSOR_SMTP_URL",
        "ESSOR_MAIL_FROM",
        "ESSOR_DATA_DIR",
        "ESSOR_LOG",
    ] {
        command.env_remove(name);
    }
    command.args(words).stdin(Stdio::null());
    command
}

/// Runs the program to its end.
pub(crate) fn run(words: &[&str]) -> Output {
    essor(words).output().expect("the program runs")
}

/// Runs the program to its good end; answers what it printed.
pub(crate) fn done(words: &[&str]) -> String {
    let output = run(words);
    assert!(
        output.status.success(),
        "{words:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).expect("text")
}

/// `essor serve`, killed when dropped.
pub(crate) struct Server {
    child: Child,
    address: SocketAddr,
    log: Arc<Mutex<String>>,
    reader: Option<JoinHandle<()>>,
}

impl Server {
    /// Starts on a free port.
    pub(crate) fn start(database: &str, more: &[&str], log: &str) -> Self {
        let mut command = essor(&["serve", "--listen", "127.0.0.1:0", "--database", database]);
        let mut child = command
            .args(more)
            .env("ESSOR_LOG", log)
            .env("NO_COLOR", "1")
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let told = BufReader::new(child.stderr.take().expect("its log"));
        let log = Arc::new(Mutex::new(String::new()));
        let (found, listening) = mpsc::channel();
        let kept = Arc::clone(&log);
        let reader = std::thread::spawn(move || {
            for line in told.lines().map_while(Result::ok) {
                if let Some((_, address)) = line.split_once("listening on http://") {
                    // Nobody waits any more when the test has ended.
                    let _ = found.send(address.trim().parse::<SocketAddr>());
                }
                let mut kept = kept.lock().unwrap();
                kept.push_str(&line);
                kept.push('\n');
            }
        });
        // Whole before it is waited for, so that the program ends with the test even when it never listens.
        let mut server = Self {
            child,
            address: SocketAddr::from(([127, 0, 0, 1], 0)),
            log,
            reader: Some(reader),
        };
        match listening.recv_timeout(PATIENCE) {
            Ok(address) => server.address = address.expect("an address"),
            Err(_) => panic!("the server does not listen"),
        }
        server
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// `kill -9`: no farewell, nothing finished. Answers what it had said.
    pub(crate) fn kill(&mut self) -> String {
        self.child.kill().expect("the server can be killed");
        self.child.wait().expect("the server is gone");
        if let Some(reader) = self.reader.take() {
            reader.join().expect("the log is read");
        }
        self.log.lock().unwrap().clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        if std::thread::panicking() {
            let log = self.log.lock().map(|log| log.clone()).unwrap_or_default();
            let lines: Vec<_> = log.lines().rev().take(20).collect();
            for line in lines.into_iter().rev() {
                eprintln!("{line}");
            }
        }
    }
}

/// What came back, whole.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Answer {
    /// The values of a header.
    pub(crate) fn header<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.headers
            .iter()
            .filter(move |header| header.0 == name)
            .map(|header| header.1.as_str())
    }

    /// The body as JSON.
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The value of a cookie that it sets.
    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        self.header("set-cookie").find_map(|cookie| {
            let (pair, _) = cookie.split_once(';')?;
            let (given, value) = pair.split_once('=')?;
            (given == name).then(|| value.to_owned())
        })
    }
}

/// One request on a connection of its own; an error unless the whole answer arrived.
pub(crate) fn request(
    address: SocketAddr,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> Result<Answer> {
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    let mut head = format!(
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Length: {}\r\n",
        body.len()
    );
    for (name, value) in headers {
        // Writing into a text cannot fail.
        let _ = write!(head, "{name}: {value}\r\n");
    }
    head.push_str("\r\n");
    let mut sent = head.into_bytes();
    sent.extend_from_slice(body);
    stream.write_all(&sent)?;
    let mut received = Vec::new();
    stream.read_to_end(&mut received)?;
    answer(&received).ok_or_else(|| Error::from(ErrorKind::UnexpectedEof))
}

/// Opens a page.
pub(crate) fn get(address: SocketAddr, path: &str) -> Answer {
    request(address, "GET", path, &[], b"").expect("an answer")
}

fn answer(received: &[u8]) -> Option<Answer> {
    let end = received.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&received[..end]).ok()?;
    let mut lines = head.split("\r\n");
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let headers: Vec<_> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let value = |wanted: &str| {
        headers
            .iter()
            .find(|(name, _)| name == wanted)
            .map(|(_, value)| value.as_str())
    };
    let rest = &received[end + 4..];
    let body = match (value("content-length"), value("transfer-encoding")) {
        (Some(length), _) => rest.get(..length.parse().ok()?)?.to_vec(),
        (None, Some(_)) => unchunked(rest)?,
        (None, None) => rest.to_vec(),
    };
    Some(Answer {
        status,
        body: String::from_utf8_lossy(&body).into_owned(),
        headers,
    })
}

fn unchunked(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = rest.windows(2).position(|two| two == b"\r\n")?;
        let size =
            usize::from_str_radix(std::str::from_utf8(&rest[..end]).ok()?.trim(), 16).ok()?;
        rest = &rest[end + 2..];
        if size == 0 {
            return Some(body);
        }
        body.extend_from_slice(rest.get(..size)?);
        rest = rest.get(size + 2..)?;
    }
}
