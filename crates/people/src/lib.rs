//! Who is there, and what do they say?
//!
//! Accounts, sessions, sign-in, replies and briefs, in an SQLite file of their own beside a ledger, so that the ledger can be
//! given away without them. A person is known by the pair (issuer, subject) of the provider that vouches for her and never by an
//! e-mail address; no address and no token of a provider is kept. Decisions on claims are the ledger's and no business of
//! this crate: it only holds the name under which somebody's decisions are kept there.
//!
//! Nothing here reads a clock: whoever asks says what time it is, in seconds since 1970.

mod account;
mod brief;
mod error;
mod feed;
mod guest;
mod limit;
mod local;
mod moderate;
mod open;
mod prose;
mod reply;
mod schema;
mod secret;
mod session;
mod settings;
pub mod sign_in;
mod subject;
mod thread;

pub use account::{Account, Erased, Identity, LOCAL, Role, clean_name};
pub use brief::{Brief, Published};
pub use error::{Error, Refusal, Why};
pub use feed::{Entry, Feed};
pub use guest::Guest;
pub use limit::{Limit, Limiter};
pub use local::new_password;
pub use moderate::{Moderated, Verdict, Waiting};
pub use open::beside;
pub use prose::{Note, brief as brief_markup, facts_of, reply as reply_markup};
pub use reply::{Draft, MAX_TEXT, Writer};
pub use secret::Secret;
pub use session::{ABSOLUTE, IDLE, Session};
pub use settings::{Moderation, Policy, Settings, SettingsError};
pub use subject::{Subject, SubjectKind};
pub use thread::{By, Reply, State};

use std::path::PathBuf;

use rusqlite::Connection;

/// The file of accounts and replies, open. One handle serves one thread.
#[derive(Debug)]
pub struct People {
    db: Connection,
    path: PathBuf,
}
