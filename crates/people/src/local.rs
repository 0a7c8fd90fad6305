//! Accounts whose passwords are kept here, for a desk without a provider.

use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Argon2, PasswordHash};
use rusqlite::{OptionalExtension, params};

use crate::account::{LOCAL, known};
use crate::{Account, Error, Identity, People, Role, Why};

/// The shortest password, in characters. Long ones need no rules about their signs.
const MIN_PASSWORD: usize = 12;

/// The longest, in bytes: hashing is to have an end.
const MAX_PASSWORD: usize = 1_024;

/// A hash of nothing that anybody knows, so that an unknown name takes as long as a wrong password.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5LWtub3dzLWl0$K3Hw1VhkS0m2Jw1m5pXv0o8i2t9nB7kqYc4uRzD6eXg";

impl People {
    /// Makes an account with a password.
    pub fn add_local(
        &mut self,
        login: &str,
        name: &str,
        password: &str,
        role: Role,
        now: i64,
    ) -> Result<Account, Error> {
        let subject = login_name(login)?;
        let hash = hashed(password)?;
        if self.account_of(LOCAL, &subject)?.is_some() {
            return Err(Error::refused(
                Why::Conflict,
                format!("there is an account “{subject}” already"),
            ));
        }
        let who = Identity { issuer: LOCAL.to_owned(), subject, name: Some(name.to_owned()) };
        let account = self.arrive(&who, Role::Reader, now)?;
        self.change(|db| {
            db.execute(
                "UPDATE account SET password = ?2 WHERE id = ?1",
                params![account.id, hash],
            )?;
            Ok(())
        })?;
        self.grant(account.id, role, None)
    }

    /// Gives an account of this place another password and ends all its sessions.
    pub fn set_password(&mut self, id: i64, password: &str) -> Result<(), Error> {
        let hash = hashed(password)?;
        self.change(|db| {
            if known(db, id)?.issuer != LOCAL {
                let why = "this account signs in elsewhere; its password is kept there";
                return Err(Error::refused(Why::Invalid, why).into());
            }
            db.execute("UPDATE account SET password = ?2 WHERE id = ?1", params![id, hash])?;
            db.execute("DELETE FROM session WHERE account = ?1", [id])?;
            Ok(())
        })
    }

    /// The account that a name and a password open. Whether it was the name or the password that was wrong is not told.
    pub fn check_password(&self, login: &str, password: &str) -> Result<Option<Account>, Error> {
        let login = login.trim().to_lowercase();
        let found: Option<(i64, String)> = self.look(|db| {
            let sql = "SELECT id, password FROM account WHERE issuer = ?1 AND subject = ?2 AND password IS NOT NULL";
            Ok(db.query_row(sql, [LOCAL, &login], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
        })?;
        let (id, hash) = found.map_or((None, NOBODY.to_owned()), |(id, hash)| (Some(id), hash));
        let right = password.len() <= MAX_PASSWORD
            && PasswordHash::new(&hash).is_ok_and(|hash| {
                Argon2::default().verify_password(password.as_bytes(), &hash).is_ok()
            });
        match id.filter(|_| right) {
            Some(id) => self.account(id),
            None => Ok(None),
        }
    }
}

/// A password of 100 bits, in letters that are not mistaken for each other.
pub fn new_password() -> Result<String, Error> {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let mut bytes = [0; 20];
    getrandom::fill(&mut bytes).map_err(|_| Error::NoChance)?;
    let letter = |byte: &u8| char::from(LETTERS[usize::from(byte % 32)]);
    let groups = bytes.chunks(5).map(|group| group.iter().map(letter).collect::<String>());
    Ok(groups.collect::<Vec<_>>().join("-"))
}

/// A name to sign in with: small letters, digits, `.`, `_` and `-`.
fn login_name(login: &str) -> Result<String, Error> {
    let login = login.trim().to_lowercase();
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-_".contains(c);
    if login.is_empty() || login.len() > 40 || !login.chars().all(plain) {
        let why = "a name to sign in with has 1 to 40 letters, digits, `.`, `_` or `-`";
        return Err(Error::refused(Why::Invalid, why));
    }
    // `hedgerow user grant 7` means the account of that number.
    if login.bytes().all(|it| it.is_ascii_digit()) {
        return Err(Error::refused(Why::Invalid, "a name to sign in with is no number"));
    }
    Ok(login)
}

fn hashed(password: &str) -> Result<String, Error> {
    if password.chars().count() < MIN_PASSWORD || password.len() > MAX_PASSWORD {
        let why = format!(
            "a password has at least {MIN_PASSWORD} characters, and at most {MAX_PASSWORD} bytes"
        );
        return Err(Error::refused(Why::Invalid, why));
    }
    let mut salt = [0; 16];
    getrandom::fill(&mut salt).map_err(|_| Error::NoChance)?;
    let hash = Argon2::default().hash_password_with_salt(password.as_bytes(), &salt);
    hash.map(|it| it.to_string()).map_err(|_| Error::NoChance)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_of_nobody_can_be_read() {
        let hash = PasswordHash::new(NOBODY).unwrap();
        let own = hashed("twelve signs").unwrap();
        let own = PasswordHash::new(&own).unwrap();
        assert_eq!(hash.params, own.params, "it takes as long as a real one");
        assert_eq!(hash.hash.unwrap().len(), own.hash.unwrap().len());
    }

    #[test]
    fn passwords_that_are_made_can_be_used() {
        let (one, two) = (new_password().unwrap(), new_password().unwrap());
        assert!(one != two && one.len() == 23 && hashed(&one).is_ok(), "{one}");
    }

    #[test]
    fn names_to_sign_in_with_are_plain() {
        assert_eq!(login_name(" Ann.Lee ").unwrap(), "ann.lee");
        for bad in ["", "a b", "é", "7", &"x".repeat(41)] {
            assert!(login_name(bad).is_err(), "{bad}");
        }
    }
}
