//! From which network address a request comes, for limits on what can be guessed.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request;

/// The network address of whoever asks, as text; of a request without one (a test), a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Client(pub String);

impl<S: Sync> FromRequestParts<S> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut request::Parts, _: &S) -> Result<Self, Infallible> {
        let peer = parts
            .extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map(|ConnectInfo(address)| address.ip().to_canonical());
        let forwarded = parts
            .headers
            .get("x-forwarded-for")
            .and_then(|value| value.to_str().ok());
        Ok(Self(client(peer, forwarded)))
    }
}

/// A proxy is on this machine or its own network; what it says is believed, and of that only the last entry, which it wrote itself.
fn client(peer: Option<IpAddr>, forwarded: Option<&str>) -> String {
    let Some(peer) = peer else {
        return "unknown".to_owned();
    };
    let is_near = match peer {
        IpAddr::V4(address) => address.is_loopback() || address.is_private(),
        IpAddr::V6(address) => address.is_loopback() || address.is_unique_local(),
    };
    forwarded
        .filter(|_| is_near)
        .and_then(|list| list.rsplit(',').next())
        .and_then(|last| last.trim().parse::<IpAddr>().ok())
        .unwrap_or(peer)
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_proxy_of_ours_is_believed_and_only_its_own_word() {
        let of = |peer: &str, forwarded| client(peer.parse().ok(), forwarded);
        assert_eq!(of("203.0.113.9", Some("198.51.100.1")), "203.0.113.9");
        assert_eq!(
            of("127.0.0.1", Some("198.51.100.1, 203.0.113.9")),
            "203.0.113.9"
        );
        assert_eq!(of("10.0.0.2", Some("nonsense")), "10.0.0.2");
        assert_eq!(of("::1", None), "::1");
        assert_eq!(client(None, Some("198.51.100.1")), "unknown");
    }
}
