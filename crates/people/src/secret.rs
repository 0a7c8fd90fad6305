//! Secrets: what only one browser knows.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use crate::Error;

/// 256 random bits in the hands of one browser. Here only their SHA-256 is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret([u8; 32]);

impl Secret {
    /// A new one.
    pub fn new() -> Result<Self, Error> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(|_| Error::NoChance)?;
        Ok(Self(bytes))
    }

    /// As it stands in a cookie: 43 letters, digits, `-` and `_`.
    pub fn text(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    /// Reads what [`Secret::text`] wrote.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        Some(Self(bytes.try_into().ok()?))
    }

    /// What is kept of it.
    pub(crate) fn sha256(&self) -> [u8; 32] {
        Sha256::digest(self.0).into()
    }

    /// What every form carries that is sent with this secret, so that no other site can send it.
    pub fn form(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.mark().finalize().into_bytes())
    }

    /// Whether a form carries what it must, without telling by time how much of it is right.
    pub fn is_form(&self, form: &str) -> bool {
        URL_SAFE_NO_PAD.decode(form).is_ok_and(|it| self.mark().verify_slice(&it).is_ok())
    }

    fn mark(&self) -> Hmac<Sha256> {
        let mut mark = Hmac::<Sha256>::new(&self.key().into());
        mark.update(b"form");
        mark
    }

    /// The secret as a key of one block of SHA-256.
    fn key(&self) -> [u8; 64] {
        let mut key = [0; 64];
        key[..32].copy_from_slice(&self.0);
        key
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// `bytes` in base64url without padding.
pub(crate) fn base64url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Reads base64url without padding.
pub(crate) fn unbase64url(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

/// Random text of 256 bits.
pub(crate) fn random() -> Result<String, Error> {
    Ok(Secret::new()?.text())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_belongs_to_one_secret() {
        let (one, two) = (Secret::new().unwrap(), Secret::new().unwrap());
        assert!(one.is_form(&one.form()) && !one.is_form(&two.form()) && !one.is_form(""));
        assert_eq!(Secret::parse(&one.text()), Some(one.clone()));
        assert_eq!(one.text().len(), 43);
        assert_eq!(Secret::parse("short"), None);
        assert_eq!(format!("{one:?}"), "Secret(…)");
        assert_ne!(one.form(), one.text(), "what a page shows is not the secret");
    }
}
