//! Which hosts may be spoken to: an address in a feed or on the command line must not lead into the user's own network.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// Resolves names, and refuses those that lead to addresses that are not public.
///
/// The connection is made to the address that was looked at, so that a name cannot change in between.
#[derive(Debug)]
pub(super) struct Guard {
    /// Hosts that may be anywhere, `host` or `host:port`.
    pub(super) allowed: Vec<String>,
    /// How names are resolved.
    pub(super) names: DefaultResolver,
}

/// What [`Guard`] refuses.
#[derive(Debug)]
pub(super) struct NotPublic {
    host: String,
    address: IpAddr,
}

impl std::fmt::Display for NotPublic {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} is at {}, which is no public address", self.host, self.address)
    }
}

impl std::error::Error for NotPublic {}

impl Resolver for Guard {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.names.resolve(uri, config, timeout)?;
        let host = uri.host().unwrap_or_default();
        let authority = uri.authority().map_or(host, |it| it.as_str());
        if self.allowed.iter().any(|it| it == host || it == authority) {
            return Ok(found);
        }
        match found.iter().find(|it| !is_public(it.ip())) {
            Some(inside) => {
                let error = NotPublic { host: host.to_owned(), address: inside.ip() };
                Err(ureq::Error::Other(Box::new(error)))
            }
            None => Ok(found),
        }
    }
}

/// Whether an address belongs to the public internet (IANA special-purpose registries, RFC 6890).
pub(super) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(it) => is_public_v4(it),
        IpAddr::V6(it) => is_public_v6(it),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    match address.octets() {
        [0 | 10 | 127 | 224..=255, ..] => false,
        [100, b, ..] => !(64..=127).contains(&b),
        [169, b, ..] => b != 254,
        [172, b, ..] => !(16..=31).contains(&b),
        [192, 0, 0 | 2, _] | [192, 88, 99, _] | [192, 168, ..] => false,
        [198, 18 | 19, ..] | [198, 51, 100, _] | [203, 0, 113, _] => false,
        // Public by its number, but what answers there is the data service of a cloud.
        [168, 63, 129, 16] => false,
        _ => true,
    }
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let part = address.segments();
    let v4 = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match part {
        // Unspecified, loopback, IPv4 in IPv6's clothes: ::a.b.c.d and ::ffff:a.b.c.d.
        [0, 0, 0, 0, 0, 0, high, low] => high != 0 && v4(high, low),
        [0, 0, 0, 0, 0, 0xFFFF, high, low] | [0, 0, 0, 0, 0xFFFF, 0, high, low] => v4(high, low),
        // Translated and tunnelled IPv4.
        [0x64, 0xFF9B, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..] => v4(high, low),
        // What is given out lies in 2000::/3; of that not Teredo, documentation and other protocols' own.
        [0x2001, 0..=0x1FF | 0xDB8, ..] | [0x3FFF, 0..=0xFFF, ..] => false,
        [first, ..] => (0x2000..=0x3FFF).contains(&first),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_addresses_pass() {
        let public = |it: &str| is_public(it.parse().unwrap());
        for it in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.100.100.200",
            "0.0.0.0",
            "255.255.255.255",
            "224.0.0.1",
            "198.18.0.1",
            "192.0.2.1",
            "168.63.129.16",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "::127.0.0.1",
            "::ffff:0:10.0.0.1",
            "64:ff9b::10.0.0.1",
            "64:ff9b:1::1",
            "2002:7f00:1::",
            "fe80::1",
            "fc00::1",
            "fd00:ec2::254",
            "ff02::1",
            "2001:db8::1",
            "2001::1",
            "fec0::1",
            "100::1",
            "3fff::1",
        ] {
            assert!(!public(it), "{it}");
        }
        for it in [
            "9.9.9.9",
            "172.32.0.1",
            "100.128.0.1",
            "192.0.1.1",
            "2620:fe::fe",
            "2a00:1450::1",
            "::ffff:9.9.9.9",
            "2002:909:909::1",
        ] {
            assert!(public(it), "{it}");
        }
    }
}
