//! Guests: a name and an address, taken on trust, never shown beyond the name.

use rusqlite::params;

use crate::account::clean_name;
use crate::open::Fault;
use crate::{Error, People, Why};

/// The longest address, in bytes (RFC 5321).
const MAX_EMAIL: usize = 254;

/// Who replies without an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guest {
    /// Her name, which is shown.
    pub name: String,
    /// Her address, which is for the operator alone and on no page.
    pub email: String,
}

impl Guest {
    /// What somebody gave for name and address, if it can be taken.
    pub fn new(name: &str, email: &str) -> Result<Self, Error> {
        let Some(name) = clean_name(name) else {
            return Err(Error::refused(Why::Invalid, "a guest gives a name"));
        };
        let email = email.trim();
        let odd = |c: char| c.is_whitespace() || c.is_control() || "<>()[],;:\\\"".contains(c);
        let parts = email.rsplit_once('@').filter(|(user, host)| {
            !user.is_empty() && host.contains('.') && !host.starts_with('.') && !host.ends_with('.')
        });
        if parts.is_none() || email.len() > MAX_EMAIL || email.contains(odd) {
            let why = "a guest gives an e-mail address, as in name@example.org; it is never shown";
            return Err(Error::refused(Why::Invalid, why));
        }
        Ok(Self { name, email: email.to_owned() })
    }
}

impl People {
    /// Forgets all that was said under a guest's address: name, address, words. Returns how many replies that were.
    pub fn erase_guest(&mut self, email: &str, now: i64) -> Result<usize, Error> {
        let email = email.trim();
        self.change(|db| -> Result<usize, Fault> {
            let gone = crate::reply::forget(db, "guest_email = ?1 COLLATE NOCASE", &email, now)?;
            db.execute(
                "UPDATE reply SET guest_name = NULL, guest_email = NULL WHERE guest_email = ?1 COLLATE NOCASE",
                params![email],
            )?;
            Ok(gone)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guest_gives_name_and_address() {
        assert_eq!(Guest::new(" Ann ", " ann@example.org ").unwrap().email, "ann@example.org");
        for (name, email) in [
            ("", "ann@example.org"),
            ("Ann", ""),
            ("Ann", "ann"),
            ("Ann", "ann@localhost"),
            ("Ann", "a b@example.org"),
            ("Ann", "a@b.org\r\nBcc: c@d.org"),
            ("Ann", "<a@b.org>"),
        ] {
            assert!(Guest::new(name, email).is_err(), "{name} {email}");
        }
    }
}
