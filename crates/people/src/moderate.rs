//! Moderation: what waits, and what becomes of it.

use rusqlite::params;
use serde::Serialize;

use crate::account::known;
use crate::open::Fault;
use crate::reply::row;
use crate::thread::State;
use crate::{Account, Error, People, Reply, Role, Why};

/// The longest reason, in characters.
const MAX_REASON: usize = 500;

/// What a moderator decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Everybody may see it.
    Show,
    /// Nobody is to see it; its words stay for moderators.
    Hide,
}

/// A reply in the queue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Waiting {
    /// The reply.
    pub reply: Reply,
    /// Its earlier words, the first first.
    pub earlier: Vec<String>,
}

/// A line of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Moderated {
    /// Which reply.
    pub reply: i64,
    /// Who: the name, or nothing once that account was erased.
    pub by: String,
    /// `show` or `hide`.
    pub verb: String,
    /// Why.
    pub reason: String,
    /// When (seconds since 1970).
    pub added: i64,
}

impl People {
    /// What waits for a moderator, the oldest first.
    pub fn waiting(&self, most: u32) -> Result<Vec<Waiting>, Error> {
        let replies = self.in_state(State::Waiting, "ASC", most)?;
        replies.into_iter().map(|reply| self.with_earlier(reply)).collect()
    }

    /// What moderators hid, the newest first.
    pub fn hidden(&self, most: u32) -> Result<Vec<Waiting>, Error> {
        let replies = self.in_state(State::Hidden, "DESC", most)?;
        replies.into_iter().map(|reply| self.with_earlier(reply)).collect()
    }

    /// How many replies wait.
    pub fn waiting_count(&self) -> Result<u32, Error> {
        let sql = "SELECT count(*) FROM reply WHERE state = 'waiting'";
        self.look(|db| Ok(db.query_row(sql, [], |row| row.get(0))?))
    }

    /// Shows or hides a reply, and notes who did so and why. Whose first reply is shown is trusted from then on.
    pub fn moderate(
        &mut self,
        id: i64,
        by: &Account,
        verdict: Verdict,
        reason: &str,
        now: i64,
    ) -> Result<(), Error> {
        let reason: String = reason.trim().chars().take(MAX_REASON).collect();
        self.change(|db| {
            known(db, by.id)?.expect(Role::Admin, "moderating")?;
            let (owner, state, _) = row(db, id)?;
            if state == State::Removed {
                return Err(gone());
            }
            let (verb, next) = match verdict {
                Verdict::Show => ("show", State::Shown),
                Verdict::Hide => ("hide", State::Hidden),
            };
            if state == next {
                return Ok(());
            }
            let sql = "UPDATE reply SET state = ?2 WHERE id = ?1";
            db.execute(sql, params![id, next.as_str()])?;
            db.execute(
                "INSERT INTO moderation (reply, by, verb, reason, added) VALUES (?1, ?2, ?3, ?4, ?5)",
                params![id, by.id, verb, reason, now],
            )?;
            if let Some(owner) = owner {
                let sql = "UPDATE account SET trusted = ?2 WHERE id = ?1 AND erased IS NULL";
                db.execute(sql, params![owner, verdict == Verdict::Show])?;
            }
            Ok(())
        })
    }

    /// What moderators did, the newest first.
    pub fn moderated(&self, most: u32) -> Result<Vec<Moderated>, Error> {
        self.look(|db| {
            let sql = "SELECT m.reply, a.name, m.verb, m.reason, m.added FROM moderation m JOIN account a ON a.id = m.by
                ORDER BY m.id DESC LIMIT ?1";
            let mut query = db.prepare(sql)?;
            let rows = query.query_map([most], |row| {
                Ok(Moderated {
                    reply: row.get(0)?,
                    by: row.get(1)?,
                    verb: row.get(2)?,
                    reason: row.get(3)?,
                    added: row.get(4)?,
                })
            })?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    fn in_state(&self, state: State, order: &str, most: u32) -> Result<Vec<Reply>, Error> {
        let ids: Vec<i64> = self.look(|db| {
            let sql = format!("SELECT id FROM reply WHERE state = ?1 ORDER BY changed {order}, id {order} LIMIT ?2");
            let mut query = db.prepare(&sql)?;
            let rows = query.query_map(params![state.as_str(), most], |row| row.get(0))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })?;
        let replies = ids.into_iter().map(|id| self.one_reply(id));
        replies.filter_map(Result::transpose).collect()
    }

    fn with_earlier(&self, reply: Reply) -> Result<Waiting, Error> {
        let mut earlier: Vec<String> = self.look(|db| {
            let sql = "SELECT text FROM reply_text WHERE reply = ?1 ORDER BY version";
            let mut query = db.prepare_cached(sql)?;
            let rows = query.query_map([reply.id], |row| row.get(0))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })?;
        earlier.pop();
        Ok(Waiting { reply, earlier })
    }
}

fn gone() -> Fault {
    Error::refused(Why::Conflict, "its author removed this reply meanwhile").into()
}
