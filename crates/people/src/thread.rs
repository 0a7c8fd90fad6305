//! Threads: what was said on something, answers below what they answer.

use std::collections::BTreeMap;

use rusqlite::{Row, params_from_iter};
use serde::Serialize;

use crate::account::LOCAL;
use crate::{Error, People, Subject};

/// Whether a reply is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Its author and the moderators see it.
    Waiting,
    /// Everybody does.
    Shown,
    /// A moderator hid it.
    Hidden,
    /// Its author removed it: its words are gone.
    Removed,
}

impl State {
    /// Its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Shown => "shown",
            Self::Hidden => "hidden",
            Self::Removed => "removed",
        }
    }

    pub(crate) fn parse(text: &str) -> Option<Self> {
        let all = [Self::Waiting, Self::Shown, Self::Hidden, Self::Removed];
        all.into_iter().find(|it| it.as_str() == text)
    }
}

/// Who said something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum By {
    /// Somebody with an account, by its number and name; `issuer` is who vouches for her.
    Account {
        /// Number of the account.
        id: i64,
        /// What she is called.
        name: String,
        /// Who vouches for her.
        issuer: String,
    },
    /// Somebody without, who gave that name.
    Guest(String),
    /// Somebody who was erased since.
    Nobody,
}

impl By {
    /// What to call her.
    pub fn name(&self) -> &str {
        match self {
            Self::Account { name, .. } | Self::Guest(name) => name,
            Self::Nobody => "somebody who left",
        }
    }

    /// Whether this is an account of this place.
    pub fn is_local(&self) -> bool {
        matches!(self, Self::Account { issuer, .. } if issuer == LOCAL)
    }
}

/// A reply as it is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reply {
    /// Its number.
    pub id: i64,
    /// On what it is.
    pub on: Subject,
    /// Which reply it answers.
    pub parent: Option<i64>,
    /// How many replies it stands below.
    pub depth: usize,
    /// Who said it.
    pub by: By,
    /// Whether it is seen.
    pub state: State,
    /// Its words in Markdown; `None` where only a tombstone stands.
    pub text: Option<String>,
    /// When it was said (seconds since 1970).
    pub added: i64,
    /// When its words were last changed, if they were.
    pub edited: Option<i64>,
}

const SELECT: &str = "
    SELECT r.id, r.kind || ':' || r.on_id, r.parent, r.account, a.name, a.issuer, a.erased, r.guest_name, r.state, t.text, r.added,
           t.version, t.added
    FROM reply r
    LEFT JOIN account a ON a.id = r.account
    LEFT JOIN reply_text t ON t.reply = r.id AND t.version = (SELECT max(version) FROM reply_text WHERE reply = r.id)";

impl Reply {
    fn of(row: &Row<'_>) -> rusqlite::Result<Option<Self>> {
        let (on, state): (String, String) = (row.get(1)?, row.get(8)?);
        let (Ok(on), Some(state)) = (on.parse(), State::parse(&state)) else { return Ok(None) };
        let (account, erased): (Option<i64>, Option<i64>) = (row.get(3)?, row.get(6)?);
        let guest: Option<String> = row.get(7)?;
        let by = match (account, guest) {
            (Some(id), _) if erased.is_none() => {
                By::Account { id, name: row.get(4)?, issuer: row.get(5)? }
            }
            (None, Some(name)) => By::Guest(name),
            _ => By::Nobody,
        };
        let (version, worded): (Option<i64>, Option<i64>) = (row.get(11)?, row.get(12)?);
        Ok(Some(Self {
            id: row.get(0)?,
            on,
            parent: row.get(2)?,
            depth: 0,
            by,
            state,
            text: row.get(9)?,
            added: row.get(10)?,
            edited: version.filter(|it| *it > 1).and(worded),
        }))
    }

    fn is_by(&self, account: Option<i64>) -> bool {
        matches!((&self.by, account), (By::Account { id, .. }, Some(own)) if *id == own)
    }
}

impl People {
    /// What was said on any of `subjects`, which are names of one thing: threads in the order of time, answers below what they
    /// answer. `viewer` also sees what of hers waits.
    pub fn replies(&self, subjects: &[Subject], viewer: Option<i64>) -> Result<Vec<Reply>, Error> {
        if subjects.is_empty() {
            return Ok(Vec::new());
        }
        let places = vec!["(r.kind = ? AND r.on_id = ?)"; subjects.len()].join(" OR ");
        let sql = format!("{SELECT} WHERE {places} ORDER BY r.id");
        let values = subjects.iter().flat_map(|it| [it.kind.as_str(), it.id.as_str()]);
        let all = self.collect(&sql, values)?;
        Ok(threaded(all, viewer))
    }

    /// How many replies are shown on any of `subjects`.
    pub fn reply_count(&self, subjects: &[Subject]) -> Result<u64, Error> {
        Ok(self.replies(subjects, None)?.iter().filter(|it| it.text.is_some()).count() as u64)
    }

    /// The newest replies that are shown, the newest first.
    pub fn newest(&self, most: u32) -> Result<Vec<Reply>, Error> {
        let sql = format!(
            "{SELECT} WHERE r.state = 'shown' ORDER BY r.added DESC, r.id DESC LIMIT {most}"
        );
        self.collect(&sql, [])
    }

    /// What an account said, the newest first, whatever became of it.
    pub fn replies_of(&self, account: i64) -> Result<Vec<Reply>, Error> {
        let sql =
            format!("{SELECT} WHERE r.account = ? AND r.state <> 'removed' ORDER BY r.id DESC");
        self.collect(&sql, [&*account.to_string()])
    }

    /// One reply, whatever its state.
    pub fn one_reply(&self, id: i64) -> Result<Option<Reply>, Error> {
        let sql = format!("{SELECT} WHERE r.id = ?");
        Ok(self.collect(&sql, [&*id.to_string()])?.pop())
    }

    pub(crate) fn collect<'v>(
        &self,
        sql: &str,
        values: impl IntoIterator<Item = &'v str>,
    ) -> Result<Vec<Reply>, Error> {
        self.look(|db| {
            let mut query = db.prepare_cached(sql)?;
            let rows = query.query_map(params_from_iter(values), Reply::of)?;
            Ok(rows.filter_map(Result::transpose).collect::<rusqlite::Result<_>>()?)
        })
    }
}

/// Puts answers below what they answer, keeps tombstones only where something stands below them, and takes away what is not to be
/// seen.
fn threaded(mut all: Vec<Reply>, viewer: Option<i64>) -> Vec<Reply> {
    for reply in &mut all {
        let seen =
            reply.state == State::Shown || (reply.state == State::Waiting && reply.is_by(viewer));
        if !seen {
            reply.text = None;
            // Of what is not seen, nothing is told.
            reply.by = By::Nobody;
            reply.edited = None;
        }
    }
    let mut below: BTreeMap<Option<i64>, Vec<Reply>> = BTreeMap::new();
    for reply in all {
        below.entry(reply.parent).or_default().push(reply);
    }
    let mut done = Vec::new();
    // Not by recursion: threads are as deep as people make them.
    let mut open: Vec<Reply> = below.remove(&None).unwrap_or_default();
    open.reverse();
    while let Some(reply) = open.pop() {
        if let Some(answers) = below.remove(&Some(reply.id)) {
            let depth = reply.depth + 1;
            open.extend(answers.into_iter().rev().map(|it| Reply { depth, ..it }));
        }
        done.push(reply);
    }
    // From the end: a tombstone is needed where what follows it stands deeper and is kept.
    let mut kept: Vec<Reply> = Vec::with_capacity(done.len());
    for reply in done.into_iter().rev() {
        if reply.text.is_some() || kept.last().is_some_and(|next| next.depth > reply.depth) {
            kept.push(reply);
        }
    }
    kept.reverse();
    kept
}
