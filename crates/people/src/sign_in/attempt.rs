//! The beginning of a sign-in: what is kept here, and where the browser is sent.

use std::fmt;

use sha2::{Digest, Sha256};
use url::Url;

use super::provider::{Kind, Provider};
use crate::Error;
use crate::secret::{base64url, random};

/// A sign-in under way. Kept here for one browser, used once.
#[derive(Clone, PartialEq, Eq)]
pub struct Attempt {
    /// With which provider.
    pub provider: String,
    /// What the provider has to bring back.
    pub state: String,
    /// What its token has to hold.
    pub nonce: String,
    /// What the challenge was made of (PKCE).
    pub verifier: String,
    /// Where to go back to on this site.
    pub back: String,
}

impl fmt::Debug for Attempt {
    /// Without what is secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Attempt({}, back to {})", self.provider, self.back)
    }
}

impl Attempt {
    pub(super) fn new(provider: &str, to: &str) -> Result<Self, Error> {
        Ok(Self {
            provider: provider.to_owned(),
            state: random()?,
            nonce: random()?,
            verifier: random()?,
            back: back(to).to_owned(),
        })
    }

    /// What the provider sees of the verifier (S256).
    fn challenge(&self) -> String {
        base64url(&Sha256::digest(&self.verifier))
    }
}

/// The address to which the browser is sent.
pub(super) fn address(
    provider: &Provider,
    authorize: &str,
    redirect: &str,
    attempt: &Attempt,
) -> String {
    let Ok(mut url) = Url::parse(authorize) else { return authorize.to_owned() };
    // Facebook parts scopes with commas, all others with blanks.
    let between = if provider.kind == Kind::Facebook { "," } else { " " };
    {
        let mut query = url.query_pairs_mut();
        query
            .append_pair("response_type", "code")
            .append_pair("client_id", &provider.client_id)
            .append_pair("redirect_uri", redirect)
            .append_pair("scope", &provider.scopes.join(between))
            .append_pair("state", &attempt.state)
            .append_pair("code_challenge", &attempt.challenge())
            .append_pair("code_challenge_method", "S256");
        if provider.kind.is_oidc() {
            query.append_pair("nonce", &attempt.nonce);
        }
    }
    url.into()
}

/// `to` where it is a page of this site, otherwise the first page: nobody is sent elsewhere from here.
pub fn back(to: &str) -> &str {
    let here = to.starts_with('/') && !to.starts_with("//") && to.len() <= 1_000;
    let plain = to.chars().all(|c| c.is_ascii_graphic() && c != '\\');
    let loops = ["/login", "/logout", "/callback"].iter().any(|it| to.starts_with(it));
    if here && plain && !loops { to } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_elsewhere() {
        for own in ["/", "/facts/a-01?x=1#c", "/dyads/JPN/VNM"] {
            assert_eq!(back(own), own);
        }
        for other in [
            "",
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "\\/evil",
            "/a\r\nSet-Cookie: x",
            "javascript:x",
            "/ü",
            "/login?back=/",
            " /",
        ] {
            assert_eq!(back(other), "/", "{other}");
        }
    }

    #[test]
    fn the_challenge_is_that_of_the_standard() {
        // RFC 7636, appendix B.
        let attempt = Attempt {
            provider: String::new(),
            state: String::new(),
            nonce: String::new(),
            verifier: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk".to_owned(),
            back: String::new(),
        };
        assert_eq!(attempt.challenge(), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    #[test]
    fn no_two_sign_ins_share_anything() {
        let (one, two) = (Attempt::new("a", "/").unwrap(), Attempt::new("a", "/").unwrap());
        assert!(one.state != two.state && one.nonce != two.nonce && one.verifier != two.verifier);
        assert!(one.state != one.nonce && one.state.len() == 43);
    }
}
