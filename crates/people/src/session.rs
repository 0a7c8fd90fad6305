//! Sessions: a secret in one browser, its SHA-256 here. What is not here any more is signed out, whatever the browser holds.

use rusqlite::{OptionalExtension, params};

use crate::account::{find, known};
use crate::sign_in::Attempt;
use crate::{Account, Error, People, Secret, Why};

/// How long a session may lie idle (14 days, in seconds).
pub const IDLE: i64 = 14 * 86_400;

/// How long it lasts at most (30 days, in seconds).
pub const ABSOLUTE: i64 = 30 * 86_400;

/// How often it is noted that a session was used (an hour, in seconds): reading is not to write each time.
const NOTED: i64 = 3_600;

/// How long a sign-in may take (10 minutes, in seconds).
const PATIENCE: i64 = 600;

/// How many sign-ins may be under way at once.
const UNDER_WAY: i64 = 10_000;

/// Somebody who is signed in.
#[derive(Debug, Clone)]
pub struct Session {
    /// Who.
    pub account: Account,
    /// What her browser knows.
    pub secret: Secret,
}

impl People {
    /// Opens a session with a new secret; the one that the browser had before, whosever it was, ends.
    pub fn open_session(
        &mut self,
        account: i64,
        before: Option<&Secret>,
        now: i64,
    ) -> Result<Session, Error> {
        let secret = Secret::new()?;
        let account = self.change(|db| {
            let account = known(db, account)?;
            if let Some(before) = before {
                db.execute("DELETE FROM session WHERE secret_sha256 = ?1", [before.sha256()])?;
            }
            let (idle, absolute) = (now - IDLE, now - ABSOLUTE);
            db.execute("DELETE FROM session WHERE seen <= ?1 OR opened <= ?2", [idle, absolute])?;
            db.execute(
                "INSERT INTO session (secret_sha256, account, opened, seen) VALUES (?1, ?2, ?3, ?3)",
                params![secret.sha256(), account.id, now],
            )?;
            db.execute("UPDATE account SET seen = ?2 WHERE id = ?1", [account.id, now])?;
            Ok(account)
        })?;
        Ok(Session { account, secret })
    }

    /// Who holds that secret now.
    pub fn session(&self, secret: &Secret, now: i64) -> Result<Option<Session>, Error> {
        self.look(|db| {
            let sql = "SELECT account, opened, seen FROM session WHERE secret_sha256 = ?1";
            let found: Option<(i64, i64, i64)> = db
                .prepare_cached(sql)?
                .query_row([secret.sha256()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
                .optional()?;
            let Some((account, opened, seen)) = found else { return Ok(None) };
            if now - seen >= IDLE || now - opened >= ABSOLUTE {
                return Ok(None);
            }
            if now - seen >= NOTED {
                // Where somebody else is writing, the next request notes it.
                let sql = "UPDATE session SET seen = ?2 WHERE secret_sha256 = ?1";
                let _ = db.execute(sql, params![secret.sha256(), now]);
            }
            let account = find(db, account)?.filter(|it| it.erased.is_none());
            Ok(account.map(|account| Session { account, secret: secret.clone() }))
        })
    }

    /// Ends a session.
    pub fn close_session(&mut self, secret: &Secret) -> Result<(), Error> {
        self.change(|db| {
            db.execute("DELETE FROM session WHERE secret_sha256 = ?1", [secret.sha256()])?;
            Ok(())
        })
    }

    /// Ends all sessions of an account but that of `keep`, and says how many.
    pub fn close_sessions(&mut self, account: i64, keep: Option<&Secret>) -> Result<usize, Error> {
        let keep = keep.map(Secret::sha256);
        self.change(|db| {
            let sql = "DELETE FROM session WHERE account = ?1 AND secret_sha256 IS NOT ?2";
            Ok(db.execute(sql, params![account, keep])?)
        })
    }

    /// How many sessions an account has.
    pub fn sessions(&self, account: i64, now: i64) -> Result<u32, Error> {
        self.look(|db| {
            let sql =
                "SELECT count(*) FROM session WHERE account = ?1 AND seen > ?2 AND opened > ?3";
            Ok(db.query_row(sql, [account, now - IDLE, now - ABSOLUTE], |row| row.get(0))?)
        })
    }

    /// Keeps a sign-in that was begun, bound to the secret that the browser gets.
    pub fn keep_attempt(&mut self, attempt: &Attempt, now: i64) -> Result<Secret, Error> {
        let secret = Secret::new()?;
        self.change(|db| {
            db.execute("DELETE FROM attempt WHERE begun <= ?1", [now - PATIENCE])?;
            let under_way: i64 = db.query_row("SELECT count(*) FROM attempt", [], |row| row.get(0))?;
            if under_way >= UNDER_WAY {
                let why = "too many sign-ins are under way; try again in some minutes";
                return Err(Error::refused(Why::TooMany, why).into());
            }
            db.execute(
                "INSERT INTO attempt (secret_sha256, provider, state, nonce, verifier, back, begun) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                params![
                    secret.sha256(), attempt.provider, attempt.state, attempt.nonce, attempt.verifier, attempt.back, now
                ],
            )?;
            Ok(())
        })?;
        Ok(secret)
    }

    /// The sign-in that was begun in this browser, which is thereby used up.
    pub fn take_attempt(&mut self, secret: &Secret, now: i64) -> Result<Option<Attempt>, Error> {
        self.change(|db| {
            let sql = "DELETE FROM attempt WHERE secret_sha256 = ?1 RETURNING provider, state, nonce, verifier, back, begun";
            let found = db
                .query_row(sql, [secret.sha256()], |row| {
                    let attempt = Attempt {
                        provider: row.get(0)?,
                        state: row.get(1)?,
                        nonce: row.get(2)?,
                        verifier: row.get(3)?,
                        back: row.get(4)?,
                    };
                    Ok((attempt, row.get::<_, i64>(5)?))
                })
                .optional()?;
            Ok(found.filter(|(_, begun)| now - begun < PATIENCE).map(|it| it.0))
        })
    }
}
