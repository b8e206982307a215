//! Where on the network a request comes from, to limit what can be guessed.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request;

/// The network address that asks; `unknown` where the server does not tell (tests).
///
/// `X-Forwarded-For` counts only when the connection comes from this machine or a private network, that is from our own proxy, and of it only
/// the last entry, which the proxy wrote: the others are whatever the visitor sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkAddress(pub String);

impl<S: Sync> FromRequestParts<S> for NetworkAddress {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut request::Parts, _: &S) -> Result<Self, Infallible> {
        let peer = parts
            .extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map(|info| info.0.ip());
        let forwarded = parts
            .headers
            .get_all("x-forwarded-for")
            .iter()
            .next_back()
            .and_then(|value| value.to_str().ok());
        Ok(Self(asker(peer, forwarded)))
    }
}

fn asker(peer: Option<IpAddr>, forwarded: Option<&str>) -> String {
    let Some(peer) = peer.map(|ip| ip.to_canonical()) else {
        return "unknown".to_owned();
    };
    let ours = match peer {
        IpAddr::V4(ip) => ip.is_loopback() || ip.is_private(),
        IpAddr::V6(ip) => ip.is_loopback() || ip.is_unique_local(),
    };
    let told = forwarded
        .and_then(|list| list.rsplit(',').next())
        .and_then(|last| last.trim().parse::<IpAddr>().ok());
    match told {
        Some(told) if ours => told.to_string(),
        _ => peer.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::asker;

    #[test]
    fn only_our_own_proxy_is_believed() {
        let peer = |ip: &str| Some(ip.parse().unwrap());
        assert_eq!(
            asker(peer("203.0.113.9"), Some("198.51.100.1")),
            "203.0.113.9"
        );
        assert_eq!(
            asker(peer("127.0.0.1"), Some("6.6.6.6, 198.51.100.1")),
            "198.51.100.1"
        );
        assert_eq!(
            asker(peer("::ffff:10.0.0.2"), Some("198.51.100.1")),
            "198.51.100.1"
        );
        assert_eq!(asker(peer("127.0.0.1"), Some("nonsense")), "127.0.0.1");
        assert_eq!(asker(None, Some("198.51.100.1")), "unknown");
    }
}
