//! A client for measuring: HTTP/1.1 on one kept connection, nothing more.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::{Context, Result, bail};

/// An answer.
pub(crate) struct Answer {
    /// The status, such as 200.
    pub(crate) status: u16,
    /// The body as it came (compressed when the request allowed it).
    pub(crate) body: Vec<u8>,
    /// Where it leads.
    pub(crate) location: Option<String>,
    /// Cookies that it sets, `name=value`.
    pub(crate) cookies: Vec<String>,
}

impl Answer {
    /// The body read as JSON.
    pub(crate) fn json(&self) -> Result<serde_json::Value> {
        serde_json::from_slice(&self.body).context("the answer is no JSON")
    }
}

/// One connection.
pub(crate) struct Client {
    stream: BufReader<TcpStream>,
    host: SocketAddr,
}

impl Client {
    /// Connect to a server.
    pub(crate) fn connect(host: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(host)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        Ok(Self {
            stream: BufReader::new(stream),
            host,
        })
    }

    /// GET, as a browser would ask (compressed answers allowed).
    pub(crate) fn get(&mut self, path: &str) -> Result<Answer> {
        self.ask("GET", path, "Accept-Encoding: gzip\r\n", "")
    }

    /// GET with cookies, uncompressed: a page to be read.
    pub(crate) fn get_as(&mut self, path: &str, cookies: &str) -> Result<Answer> {
        self.ask("GET", path, &format!("Cookie: {cookies}\r\n"), "")
    }

    /// POST of a form with cookies.
    pub(crate) fn post_as(&mut self, path: &str, cookies: &str, form: &str) -> Result<Answer> {
        let headers =
            format!("Cookie: {cookies}\r\nContent-Type: application/x-www-form-urlencoded\r\n");
        self.ask("POST", path, &headers, form)
    }

    /// GET from the API.
    pub(crate) fn get_api(&mut self, path: &str, token: &str) -> Result<Answer> {
        self.ask(
            "GET",
            path,
            &format!("Authorization: Bearer {token}\r\n"),
            "",
        )
    }

    /// POST JSON to the API.
    pub(crate) fn post_api(
        &mut self,
        path: &str,
        token: &str,
        key: &str,
        body: &str,
    ) -> Result<Answer> {
        let headers = format!(
            "Authorization: Bearer {token}\r\nIdempotency-Key: {key}\r\nContent-Type: application/json\r\n"
        );
        self.ask("POST", path, &headers, body)
    }

    fn ask(&mut self, method: &str, path: &str, headers: &str, body: &str) -> Result<Answer> {
        let length = match method {
            "GET" => String::new(),
            _ => format!("Content-Length: {}\r\n", body.len()),
        };
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\n{headers}{length}\r\n{body}",
            self.host
        );
        self.stream.get_mut().write_all(request.as_bytes())?;
        self.answer().with_context(|| format!("{method} {path}"))
    }

    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        if self.stream.read_line(&mut line)? == 0 {
            bail!("the server hung up");
        }
        Ok(line.trim_end().to_owned())
    }

    fn answer(&mut self) -> Result<Answer> {
        let first = self.line()?;
        let status = first.split(' ').nth(1).and_then(|word| word.parse().ok());
        let status = status.with_context(|| format!("no HTTP answer: {first}"))?;
        let mut length = 0;
        let mut chunked = false;
        let (mut location, mut cookies) = (None, Vec::new());
        loop {
            let as_sent = self.line()?;
            let line = as_sent.to_ascii_lowercase();
            if line.is_empty() {
                break;
            }
            let value = |name: &str| line.starts_with(name).then(|| as_sent.get(name.len()..));
            if let Some(Some(value)) = value("location:") {
                location = Some(value.trim().to_owned());
            }
            if let Some(Some(value)) = value("set-cookie:") {
                let pair = value.split(';').next().unwrap_or_default();
                cookies.push(pair.trim().to_owned());
            }
            if let Some(value) = line.strip_prefix("content-length:") {
                length = value.trim().parse()?;
            }
            chunked |= line.starts_with("transfer-encoding:") && line.ends_with("chunked");
        }
        let mut body = Vec::new();
        if !chunked {
            body.resize(length, 0);
            self.stream.read_exact(&mut body)?;
            return Ok(Answer {
                status,
                body,
                location,
                cookies,
            });
        }
        loop {
            let size = self.line()?;
            let size = usize::from_str_radix(size.split(';').next().unwrap_or("").trim(), 16)?;
            let start = body.len();
            body.resize(start + size, 0);
            self.stream
                .read_exact(body.get_mut(start..).unwrap_or_default())?;
            self.line()?;
            if size == 0 {
                return Ok(Answer {
                    status,
                    body,
                    location,
                    cookies,
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;
    use std::thread;

    use super::*;

    fn answered(text: &'static str) -> Answer {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let server = thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = [0; 1024];
            let _ = stream.read(&mut request).unwrap();
            stream.write_all(text.as_bytes()).unwrap();
        });
        let answer = Client::connect(address).unwrap().get("/").unwrap();
        server.join().unwrap();
        answer
    }

    #[test]
    fn bodies_come_with_a_length_or_in_chunks() {
        let whole = answered("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        assert_eq!((whole.status, whole.body.as_slice()), (200, &b"ok"[..]));
        let chunks = answered(
            "HTTP/1.1 404 x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n1\r\nd\r\n0\r\n\r\n",
        );
        assert_eq!((chunks.status, chunks.body.as_slice()), (404, &b"abcd"[..]));
    }
}
