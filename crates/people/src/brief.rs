//! Briefs: analyses in Markdown whose footnotes are facts, written as drafts and published in versions that stay.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;

use crate::account::known;
use crate::open::Fault;
use crate::{Account, Error, People, Role, Why};

/// The longest title and the longest text, in characters.
const MAX_TITLE: usize = 200;
const MAX_TEXT: usize = 60_000;

/// A brief as its authors see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Brief {
    /// Its number; its address for ever.
    pub id: i64,
    /// Account of who began it.
    pub account: i64,
    /// Title of the draft.
    pub title: String,
    /// Text of the draft.
    pub text: String,
    /// How often the draft was saved.
    pub revision: i64,
    /// When the draft was last saved (seconds since 1970).
    pub changed: i64,
    /// How many versions were published.
    pub versions: i64,
    /// When it was withdrawn.
    pub withdrawn: Option<i64>,
    /// Why it was withdrawn.
    pub reason: Option<String>,
}

/// A published version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Published {
    /// Of which brief.
    pub brief: i64,
    /// The how manieth version.
    pub version: i64,
    /// Who published it; nothing once that account was erased.
    pub author: String,
    /// Title.
    pub title: String,
    /// Text in Markdown.
    pub text: String,
    /// What each footnote said of its fact on that day.
    pub notes: BTreeMap<String, String>,
    /// When (seconds since 1970).
    pub published: i64,
}

impl Published {
    fn of(row: &Row<'_>) -> rusqlite::Result<Self> {
        let notes: String = row.get(5)?;
        Ok(Self {
            brief: row.get(0)?,
            version: row.get(1)?,
            author: row.get(2)?,
            title: row.get(3)?,
            text: row.get(4)?,
            notes: serde_json::from_str(&notes).unwrap_or_default(),
            published: row.get(6)?,
        })
    }
}

const VERSION: &str = "SELECT v.brief, v.version, a.name, v.title, v.text, v.notes, v.published
    FROM brief_version v JOIN account a ON a.id = v.account JOIN brief b ON b.id = v.brief";

impl People {
    /// Begins a brief and returns its number.
    pub fn begin_brief(
        &mut self,
        by: &Account,
        title: &str,
        text: &str,
        now: i64,
    ) -> Result<i64, Error> {
        let (title, text) = fitting(title, text)?;
        self.change(|db| {
            known(db, by.id)?.expect(Role::Reviewer, "writing a brief")?;
            db.execute(
                "INSERT INTO brief (account, title, text, revision, added, changed) VALUES (?1, ?2, ?3, 1, ?4, ?4)",
                params![by.id, title, text, now],
            )?;
            Ok(db.last_insert_rowid())
        })
    }

    /// Saves the draft of a brief. `seen` is the revision that its writer had before the eyes: what another saved meanwhile is not
    /// overwritten.
    pub fn save_brief(
        &mut self,
        id: i64,
        by: &Account,
        seen: i64,
        title: &str,
        text: &str,
        now: i64,
    ) -> Result<i64, Error> {
        let (title, text) = fitting(title, text)?;
        self.change(|db| {
            let brief = editable(db, id, by)?;
            if brief.revision != seen {
                let why = "somebody else saved this brief meanwhile; nothing was overwritten: copy your text, load the page anew, and put the two together";
                return Err(Error::refused(Why::Conflict, why).into());
            }
            db.execute(
                "UPDATE brief SET title = ?2, text = ?3, revision = revision + 1, changed = ?4 WHERE id = ?1",
                params![id, title, text, now],
            )?;
            Ok(seen + 1)
        })
    }

    /// Publishes the draft as it is, as the next version. `notes` are what its footnotes say of their facts today.
    pub fn publish_brief(
        &mut self,
        id: i64,
        by: &Account,
        seen: i64,
        notes: &BTreeMap<String, String>,
        now: i64,
    ) -> Result<i64, Error> {
        self.change(|db| {
            let brief = editable(db, id, by)?;
            if brief.revision != seen {
                let why = "somebody else saved this brief meanwhile; read it again before it is published";
                return Err(Error::refused(Why::Conflict, why).into());
            }
            let version = brief.versions + 1;
            db.execute(
                "INSERT INTO brief_version (brief, version, account, title, text, notes, published) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                params![id, version, by.id, brief.title, brief.text, serde_json::json!(notes).to_string(), now],
            )?;
            Ok(version)
        })
    }

    /// Withdraws a brief: its page says so, and why, and shows its text no more. `None` brings it back.
    pub fn withdraw_brief(
        &mut self,
        id: i64,
        by: &Account,
        reason: Option<&str>,
        now: i64,
    ) -> Result<(), Error> {
        self.change(|db| {
            editable(db, id, by)?;
            db.execute(
                "UPDATE brief SET withdrawn = ?2, reason = ?3 WHERE id = ?1",
                params![id, reason.map(|_| now), reason.map(str::trim)],
            )?;
            Ok(())
        })
    }

    /// One brief with its draft.
    pub fn brief(&self, id: i64) -> Result<Option<Brief>, Error> {
        self.look(|db| Ok(find(db, id)?))
    }

    /// Whether an account may change a brief.
    pub fn may_edit(brief: &Brief, account: &Account) -> bool {
        account.may(Role::Admin) || (account.may(Role::Reviewer) && brief.account == account.id)
    }

    /// A published version; the newest where none is named.
    pub fn published(&self, id: i64, version: Option<i64>) -> Result<Option<Published>, Error> {
        self.look(|db| {
            let sql = format!("{VERSION} WHERE v.brief = ?1 AND (?2 IS NULL OR v.version = ?2) ORDER BY v.version DESC LIMIT 1");
            Ok(db.query_row(&sql, params![id, version], Published::of).optional()?)
        })
    }

    /// The newest version of every brief that is published and not withdrawn, the newest first.
    pub fn briefs(&self, most: u32) -> Result<Vec<Published>, Error> {
        self.look(|db| {
            let sql = format!(
                "{VERSION} WHERE b.withdrawn IS NULL AND v.version = (SELECT max(version) FROM brief_version WHERE brief = v.brief)
                 ORDER BY v.published DESC, v.brief DESC LIMIT ?1"
            );
            let mut query = db.prepare(&sql)?;
            let rows = query.query_map([most], Published::of)?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// Briefs that an account may change, the last changed first.
    pub fn drafts(&self, account: &Account) -> Result<Vec<Brief>, Error> {
        self.look(|db| {
            let sql =
                format!("{BRIEF} WHERE b.account = ?1 OR ?2 ORDER BY b.changed DESC, b.id DESC");
            let mut query = db.prepare(&sql)?;
            let rows = query.query_map(params![account.id, account.may(Role::Admin)], read)?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }
}

const BRIEF: &str = "SELECT b.id, b.account, b.title, b.text, b.revision, b.changed,
    (SELECT count(*) FROM brief_version WHERE brief = b.id), b.withdrawn, b.reason FROM brief b";

fn read(row: &Row<'_>) -> rusqlite::Result<Brief> {
    Ok(Brief {
        id: row.get(0)?,
        account: row.get(1)?,
        title: row.get(2)?,
        text: row.get(3)?,
        revision: row.get(4)?,
        changed: row.get(5)?,
        versions: row.get(6)?,
        withdrawn: row.get(7)?,
        reason: row.get(8)?,
    })
}

fn find(db: &Connection, id: i64) -> rusqlite::Result<Option<Brief>> {
    db.query_row(&format!("{BRIEF} WHERE b.id = ?1"), [id], read).optional()
}

fn editable(db: &Connection, id: i64, by: &Account) -> Result<Brief, Fault> {
    let account = known(db, by.id)?;
    account.expect(Role::Reviewer, "writing a brief")?;
    let Some(brief) = find(db, id)? else {
        return Err(Error::refused(Why::NotFound, format!("there is no brief {id}")).into());
    };
    if !People::may_edit(&brief, &account) {
        return Err(Error::refused(Why::NotAllowed, "this brief is somebody else's").into());
    }
    Ok(brief)
}

fn fitting(title: &str, text: &str) -> Result<(String, String), Error> {
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let title: String = title.chars().filter(|c| !crate::account::is_hidden(*c)).collect();
    let text = text.replace("\r\n", "\n");
    if title.is_empty() || title.chars().count() > MAX_TITLE {
        let why = format!("a brief has a title of 1 to {MAX_TITLE} characters");
        return Err(Error::refused(Why::Invalid, why));
    }
    if text.trim().is_empty() || text.chars().count() > MAX_TEXT {
        let why = format!("a brief has a text of 1 to {MAX_TEXT} characters");
        return Err(Error::refused(Why::Invalid, why));
    }
    Ok((title, text))
}
