//! Accounts: who is known, what each may do, and how somebody is forgotten.

use std::fmt;
use std::str::FromStr;

use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;

use crate::open::Fault;
use crate::{Error, People, Why};

/// The issuer of accounts whose passwords are kept here.
pub const LOCAL: &str = "local";

/// The longest name, in characters.
const MAX_NAME: usize = 80;

/// What somebody may do; each role may do what those before it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Reads, as everybody may.
    Reader,
    /// Replies.
    Commenter,
    /// Judges claims and writes briefs.
    Reviewer,
    /// Moderates replies and withdraws briefs.
    Admin,
}

impl Role {
    /// All roles, the least first.
    pub const ALL: [Self; 4] = [Self::Reader, Self::Commenter, Self::Reviewer, Self::Admin];

    /// Its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Reader => "reader",
            Self::Commenter => "commenter",
            Self::Reviewer => "reviewer",
            Self::Admin => "admin",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Role {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|it| it.as_str() == text).ok_or_else(|| {
            format!("`{text}` is no role; write reader, commenter, reviewer or admin")
        })
    }
}

/// Whom a provider says it saw. The pair of issuer and subject is who somebody is; the name is only a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Who vouches.
    pub issuer: String,
    /// The number or word by which the issuer knows the person, never given to another.
    pub subject: String,
    /// What the issuer calls her, where it does.
    pub name: Option<String>,
}

/// An account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Account {
    /// Its number; never given to another.
    pub id: i64,
    /// Who vouches for it.
    pub issuer: String,
    /// By what the issuer knows it.
    pub subject: String,
    /// What it is called here.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// Under which name the ledger keeps its decisions; given with the role of reviewer.
    pub author: Option<String>,
    /// Whether a moderator has let a reply of it pass.
    pub trusted: bool,
    /// When it first came (seconds since 1970).
    pub added: i64,
    /// When it last signed in (seconds since 1970).
    pub seen: i64,
    /// When it was erased.
    pub erased: Option<i64>,
}

/// What an erasure removed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Erased {
    /// Replies whose words are gone.
    pub replies: usize,
    /// Sessions that were ended.
    pub sessions: usize,
}

const COLUMNS: &str = "id, issuer, subject, name, role, author, trusted, added, seen, erased";

impl Account {
    /// Whether it may do what needs `role`.
    pub fn may(&self, role: Role) -> bool {
        self.erased.is_none() && self.role >= role
    }

    /// Refuses whoever may not do what needs `role`.
    pub(crate) fn expect(&self, role: Role, what: &str) -> Result<(), Error> {
        if self.may(role) {
            return Ok(());
        }
        let article = if role == Role::Admin { "an" } else { "a" };
        Err(Error::refused(
            Why::NotAllowed,
            format!("{what} takes {article} {role}, and this account is a {}", self.role),
        ))
    }

    fn of(row: &Row<'_>) -> rusqlite::Result<Self> {
        let role: String = row.get(4)?;
        Ok(Self {
            id: row.get(0)?,
            issuer: row.get(1)?,
            subject: row.get(2)?,
            name: row.get(3)?,
            role: role.parse().unwrap_or(Role::Reader),
            author: row.get(5)?,
            trusted: row.get(6)?,
            added: row.get(7)?,
            seen: row.get(8)?,
            erased: row.get(9)?,
        })
    }
}

impl People {
    /// The account of whom a provider saw; made where there was none, with `role`.
    ///
    /// Only issuer and subject decide which it is. The name is taken the first time and the person's own afterwards.
    pub fn arrive(&mut self, who: &Identity, role: Role, now: i64) -> Result<Account, Error> {
        let name = who.name.as_deref().and_then(clean_name);
        let name = name.unwrap_or_else(|| "Somebody without a name".to_owned());
        self.change(|db| {
            db.execute(
                "INSERT INTO account (issuer, subject, name, role, added, seen) VALUES (?1, ?2, ?3, ?4, ?5, ?5)
                 ON CONFLICT (issuer, subject) DO UPDATE SET seen = ?5",
                params![who.issuer, who.subject, name, role.as_str(), now],
            )?;
            let sql = format!("SELECT {COLUMNS} FROM account WHERE issuer = ?1 AND subject = ?2");
            Ok(db.query_row(&sql, [&who.issuer, &who.subject], Account::of)?)
        })
    }

    /// The account of that number.
    pub fn account(&self, id: i64) -> Result<Option<Account>, Error> {
        self.look(|db| Ok(find(db, id)?))
    }

    /// The account that issuer and subject name.
    pub fn account_of(&self, issuer: &str, subject: &str) -> Result<Option<Account>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM account WHERE issuer = ?1 AND subject = ?2");
        self.look(|db| Ok(db.query_row(&sql, [issuer, subject], Account::of).optional()?))
    }

    /// All accounts that are not erased, the first first.
    pub fn accounts(&self) -> Result<Vec<Account>, Error> {
        self.look(|db| {
            let sql = format!("SELECT {COLUMNS} FROM account WHERE erased IS NULL ORDER BY id");
            let mut query = db.prepare(&sql)?;
            let rows = query.query_map([], Account::of)?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// Gives an account a role. All its sessions end, so that none has more, or other, rights than it began with.
    ///
    /// A reviewer gets the name under which the ledger will keep her decisions: `author`, or her own where nobody else has it.
    pub fn grant(&mut self, id: i64, role: Role, author: Option<&str>) -> Result<Account, Error> {
        self.change(|db| {
            let account = known(db, id)?;
            db.execute("UPDATE account SET role = ?2 WHERE id = ?1", params![id, role.as_str()])?;
            db.execute("DELETE FROM session WHERE account = ?1", [id])?;
            if role >= Role::Reviewer && (account.author.is_none() || author.is_some()) {
                let wanted = author.unwrap_or(&account.name);
                let Some(wanted) = clean_name(wanted) else {
                    return Err(Error::refused(
                        Why::Invalid,
                        "decisions cannot be kept under an empty name",
                    )
                    .into());
                };
                sign(db, id, &wanted, author.is_some())?;
            }
            known(db, id)
        })
    }

    /// Calls an account by another name. The name under which its decisions are kept stays.
    pub fn rename(&mut self, id: i64, name: &str) -> Result<(), Error> {
        let Some(name) = clean_name(name) else {
            return Err(Error::refused(Why::Invalid, "a name has at least one letter or digit"));
        };
        self.change(|db| {
            known(db, id)?;
            db.execute("UPDATE account SET name = ?2 WHERE id = ?1", params![id, name])?;
            Ok(())
        })
    }

    /// Forgets a person: who she is, her password, her sessions, the words of her replies.
    ///
    /// Replies leave tombstones, so that threads stand. What she decided as a reviewer is in the ledger under the name she decided
    /// with, and stays, as do briefs that were published, without her name. Signing in again makes a new account.
    pub fn erase(&mut self, id: i64, now: i64) -> Result<Erased, Error> {
        self.change(|db| {
            known(db, id)?;
            let replies = crate::reply::forget(db, "account = ?1", &id, now)?;
            let sessions = db.execute("DELETE FROM session WHERE account = ?1", [id])?;
            // A draft is nobody's but its author's.
            db.execute(
                "UPDATE brief SET title = '', text = '' WHERE account = ?1",
                [id],
            )?;
            db.execute(
                "UPDATE account SET issuer = 'erased', subject = id, name = '', role = 'reader', password = NULL, trusted = 0,
                   added = 0, seen = 0, erased = ?2 WHERE id = ?1",
                params![id, now],
            )?;
            Ok(Erased { replies, sessions })
        })
    }
}

/// The account of that number, erased or not.
pub(crate) fn find(db: &Connection, id: i64) -> rusqlite::Result<Option<Account>> {
    let sql = format!("SELECT {COLUMNS} FROM account WHERE id = ?1");
    db.prepare_cached(&sql)?.query_row([id], Account::of).optional()
}

/// The account of that number, which must be there.
pub(crate) fn known(db: &Connection, id: i64) -> Result<Account, Fault> {
    match find(db, id)?.filter(|it| it.erased.is_none()) {
        Some(account) => Ok(account),
        None => Err(Error::refused(Why::NotFound, format!("there is no account {id}")).into()),
    }
}

/// Gives an account the name under which its decisions are kept: `wanted`, or with a number after it where that is taken.
fn sign(db: &Connection, id: i64, wanted: &str, exact: bool) -> Result<(), Fault> {
    let taken = |name: &str| -> rusqlite::Result<bool> {
        // Names that only differ in case would be taken for one.
        let sql =
            "SELECT EXISTS (SELECT 1 FROM account WHERE author = ?1 COLLATE NOCASE AND id <> ?2)";
        db.query_row(sql, params![name, id], |row| row.get(0))
    };
    let mut name = wanted.to_owned();
    if taken(&name)? {
        if exact {
            let why = format!("decisions of somebody else are kept under the name “{wanted}”");
            return Err(Error::refused(Why::Conflict, why).into());
        }
        name = format!("{wanted} ({id})");
        if taken(&name)? {
            let why = format!("“{name}” is taken; say another name");
            return Err(Error::refused(Why::Conflict, why).into());
        }
    }
    db.execute("UPDATE account SET author = ?2 WHERE id = ?1", params![id, name])?;
    Ok(())
}

/// A name as it can be shown: without what cannot be seen or turns the text around, in one line, not too long; `None` where nothing
/// is left.
pub fn clean_name(name: &str) -> Option<String> {
    let seen: String = name
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| !is_hidden(*c))
        .collect();
    let short: String = seen.split_whitespace().collect::<Vec<_>>().join(" ");
    let short: String = short.chars().take(MAX_NAME).collect();
    short.chars().any(char::is_alphanumeric).then(|| short.trim_end().to_owned())
}

/// Characters that cannot be seen, or that turn around what follows.
pub(crate) fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_what_can_be_seen() {
        assert_eq!(clean_name("  Ann\n\tLee "), Some("Ann Lee".to_owned()));
        assert_eq!(clean_name("Ann\u{202e}eeL\u{200b}"), Some("AnneeL".to_owned()));
        assert_eq!(clean_name("阮氏"), Some("阮氏".to_owned()));
        assert_eq!(clean_name(" \u{200b} — "), None);
        assert_eq!(clean_name(&"x".repeat(500)).map(|it| it.len()), Some(MAX_NAME));
    }

    #[test]
    fn each_role_may_do_what_those_before_it_may() {
        assert!(Role::ALL.is_sorted());
        for role in Role::ALL {
            assert_eq!(role.to_string().parse(), Ok(role));
        }
        assert!("root".parse::<Role>().is_err());
    }
}
