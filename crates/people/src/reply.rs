//! Replies: writing, changing and removing one's own.

use rusqlite::{Connection, OptionalExtension, ToSql, params};

use crate::account::known;
use crate::open::Fault;
use crate::thread::State;
use crate::{Account, Error, Guest, Moderation, People, Policy, Role, Subject, Why};

/// The longest reply, in characters.
pub const MAX_TEXT: usize = 8_000;

/// How many replies an account may write in ten minutes, and in a day.
const BURST: (i64, i64) = (600, 10);
const DAY: (i64, i64) = (86_400, 100);

/// How many replies of guests may wait. Further ones are refused until a moderator has been there.
const GUESTS_WAITING: i64 = 500;

/// What somebody wants to say.
#[derive(Debug, Clone, Copy)]
pub struct Draft<'a> {
    /// On what.
    pub on: &'a Subject,
    /// In answer to which reply.
    pub parent: Option<i64>,
    /// The words, in Markdown.
    pub text: &'a str,
}

/// Who says it.
#[derive(Debug, Clone, Copy)]
pub enum Writer<'a> {
    /// Somebody who is signed in.
    Account(&'a Account),
    /// Somebody who is not.
    Guest(&'a Guest),
}

impl People {
    /// Keeps a reply and returns its number and whether it is shown at once or waits for a moderator.
    ///
    /// The same words by the same person on the same subject within an hour are one reply, however often they are sent.
    pub fn reply(
        &mut self,
        writer: Writer<'_>,
        draft: Draft<'_>,
        policy: Policy,
        now: i64,
    ) -> Result<(i64, State), Error> {
        let text = worded(draft.text)?;
        let (account, guest) = match writer {
            Writer::Account(account) => (Some(account.id), None),
            Writer::Guest(guest) if policy.guests => (None, Some(guest)),
            Writer::Guest(_) => {
                return Err(Error::refused(Why::NotAllowed, "replies take an account here"));
            }
        };
        self.change(|db| {
            // What the account may do is asked now, not when its page was made.
            let account = account.map(|id| known(db, id)).transpose()?;
            if let Some(account) = &account {
                account.expect(Role::Commenter, "replying")?;
            }
            // An answer stands where the reply stands that it answers.
            let on = match draft.parent {
                Some(parent) => parent_on(db, parent, draft.on)?,
                None => draft.on.clone(),
            };
            if let Some(said) = said(db, account.as_ref(), guest, &on, &text, now)? {
                return Ok(said);
            }
            expect_room(db, account.as_ref(), now)?;
            let state = first_state(account.as_ref(), policy);
            db.execute(
                "INSERT INTO reply (kind, on_id, parent, account, guest_name, guest_email, state, added, changed)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8)",
                params![
                    on.kind.as_str(),
                    on.id,
                    draft.parent,
                    account.as_ref().map(|it| it.id),
                    guest.map(|it| &it.name),
                    guest.map(|it| &it.email),
                    state.as_str(),
                    now
                ],
            )?;
            let id = db.last_insert_rowid();
            add_text(db, id, &text, now)?;
            Ok((id, state))
        })
    }

    /// Changes the words of one's own reply; the earlier ones stay for moderators to see.
    pub fn edit(
        &mut self,
        id: i64,
        by: &Account,
        text: &str,
        policy: Policy,
        now: i64,
    ) -> Result<State, Error> {
        let text = worded(text)?;
        self.change(|db| {
            let account = known(db, by.id)?;
            account.expect(Role::Commenter, "changing a reply")?;
            let (owner, state, _) = row(db, id)?;
            if owner != Some(account.id) {
                return Err(not_own());
            }
            // What a moderator hid is not talked around; what waits goes on waiting.
            let state = match state {
                State::Removed | State::Hidden => {
                    return Err(
                        Error::refused(Why::Conflict, "this reply was removed meanwhile").into()
                    );
                }
                State::Waiting => State::Waiting,
                State::Shown => first_state(Some(&account), policy),
            };
            expect_room(db, Some(&account), now)?;
            add_text(db, id, &text, now)?;
            db.execute(
                "UPDATE reply SET state = ?2, changed = ?3 WHERE id = ?1",
                params![id, state.as_str(), now],
            )?;
            Ok(state)
        })
    }

    /// Removes one's own reply: its words are gone, a tombstone stays where others answered.
    pub fn remove(&mut self, id: i64, by: &Account, now: i64) -> Result<(), Error> {
        self.change(|db| {
            let (owner, ..) = row(db, id)?;
            if owner != Some(by.id) {
                return Err(not_own());
            }
            forget(db, "id = ?1", &id, now)?;
            Ok(())
        })
    }

    /// On what a reply is.
    pub fn subject_of(&self, id: i64) -> Result<Subject, Error> {
        self.look(|db| Ok(row(db, id)?.2))
    }
}

fn worded(text: &str) -> Result<String, Error> {
    let text: String = text
        .replace("\r\n", "\n")
        .chars()
        .filter(|c| *c == '\n' || *c == '\t' || !c.is_control())
        .collect();
    let text = text.trim();
    let length = text.chars().count();
    if length == 0 {
        return Err(Error::refused(Why::Invalid, "there are no words in this reply"));
    }
    if length > MAX_TEXT {
        let why = format!("a reply has at most {MAX_TEXT} characters, and this one has {length}");
        return Err(Error::refused(Why::Invalid, why));
    }
    Ok(text.to_owned())
}

fn not_own() -> Fault {
    Error::refused(Why::NotAllowed, "this reply is somebody else's").into()
}

/// Whose reply it is, in which state, on what.
pub(crate) fn row(db: &Connection, id: i64) -> Result<(Option<i64>, State, Subject), Fault> {
    let sql = "SELECT account, state, kind || ':' || on_id FROM reply WHERE id = ?1";
    let found: Option<(Option<i64>, String, String)> =
        db.query_row(sql, [id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).optional()?;
    let read = found.and_then(|(account, state, on)| {
        Some((account, State::parse(&state)?, on.parse::<Subject>().ok()?))
    });
    read.ok_or_else(|| Error::refused(Why::NotFound, format!("there is no reply {id}")).into())
}

/// On what the reply is that is answered.
fn parent_on(db: &Connection, parent: i64, on: &Subject) -> Result<Subject, Fault> {
    let (_, state, its) = row(db, parent)?;
    if state != State::Shown || its.kind != on.kind {
        let why = "the reply that this answers is not there any more";
        return Err(Error::refused(Why::Conflict, why).into());
    }
    Ok(its)
}

/// The same words, said within the hour.
fn said(
    db: &Connection,
    account: Option<&Account>,
    guest: Option<&Guest>,
    on: &Subject,
    text: &str,
    now: i64,
) -> Result<Option<(i64, State)>, Fault> {
    let sql = "SELECT r.id, r.state FROM reply r JOIN reply_text t ON t.reply = r.id
        WHERE r.kind = ?1 AND r.on_id = ?2 AND r.account IS ?3 AND r.guest_email IS ?4 AND t.text = ?5 AND r.added > ?6
          AND r.state IN ('shown', 'waiting') LIMIT 1";
    let found: Option<(i64, String)> = db
        .query_row(
            sql,
            params![
                on.kind.as_str(),
                on.id,
                account.map(|it| it.id),
                guest.map(|it| &it.email),
                text,
                now - 3_600
            ],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()?;
    Ok(found.and_then(|(id, state)| Some((id, State::parse(&state)?))))
}

/// Refuses whoever says too much in too short a time.
fn expect_room(db: &Connection, account: Option<&Account>, now: i64) -> Result<(), Fault> {
    let Some(account) = account else {
        let sql = "SELECT count(*) FROM reply WHERE state = 'waiting' AND account IS NULL";
        let waiting: i64 = db.query_row(sql, [], |row| row.get(0))?;
        if waiting >= GUESTS_WAITING {
            let why =
                "too many replies of guests wait for a moderator; try again later, or sign in";
            return Err(Error::refused(Why::TooMany, why).into());
        }
        return Ok(());
    };
    for (seconds, most) in [BURST, DAY] {
        let sql = "SELECT count(*) FROM reply_text t JOIN reply r ON r.id = t.reply WHERE r.account = ?1 AND t.added > ?2";
        let done: i64 = db.query_row(sql, [account.id, now - seconds], |row| row.get(0))?;
        if done >= most {
            let why = format!(
                "that was {most} replies in {}; try again later",
                if seconds == 600 { "ten minutes" } else { "a day" }
            );
            return Err(Error::refused(Why::TooMany, why).into());
        }
    }
    Ok(())
}

/// Whether what somebody writes is shown at once.
fn first_state(account: Option<&Account>, policy: Policy) -> State {
    let shown = account.is_some_and(|it| {
        it.role >= Role::Reviewer
            || match policy.moderation {
                Moderation::Guests => true,
                Moderation::New => it.trusted,
                Moderation::All => false,
            }
    });
    if shown { State::Shown } else { State::Waiting }
}

fn add_text(db: &Connection, id: i64, text: &str, now: i64) -> rusqlite::Result<()> {
    let sql = "INSERT INTO reply_text (reply, version, text, added)
        VALUES (?1, (SELECT 1 + coalesce(max(version), 0) FROM reply_text WHERE reply = ?1), ?2, ?3)";
    db.execute(sql, params![id, text, now]).map(drop)
}

/// Takes the words of replies away and leaves tombstones; returns how many.
pub(crate) fn forget(
    db: &Connection,
    which: &str,
    value: &dyn ToSql,
    now: i64,
) -> rusqlite::Result<usize> {
    db.execute(
        &format!("DELETE FROM reply_text WHERE reply IN (SELECT id FROM reply WHERE {which})"),
        [value],
    )?;
    let sql = format!(
        "UPDATE reply SET state = 'removed', changed = ?2 WHERE {which} AND state <> 'removed'"
    );
    db.execute(&sql, params![value, now])
}
