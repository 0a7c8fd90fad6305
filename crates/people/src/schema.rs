//! The schema and the numbers that mark a file as one of accounts and replies.

use rusqlite::{Connection, TransactionBehavior};

/// `PRAGMA application_id`: the letters `HDGP`.
pub(crate) const APPLICATION_ID: i32 = 0x4844_4750;

/// `PRAGMA user_version`: the schema version that this program writes.
pub(crate) const VERSION: i32 = 1;

const TABLES: &str = include_str!("../sql/tables.sql");
const GUARDS: &str = include_str!("../sql/guards.sql");

/// What leads from each schema version to the next; the first makes an empty file into version 1.
const STEPS: [&[&str]; 1] = [&[TABLES, GUARDS]];

/// Brings an empty file, or one of an earlier version, to this one: wholly, or not at all.
pub(crate) fn migrate(db: &mut Connection) -> rusqlite::Result<()> {
    let change = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another program may have done it in between.
    let version: i32 = change.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let done = usize::try_from(version).unwrap_or(0);
    for sql in STEPS.iter().skip(done).flat_map(|step| step.iter()) {
        change.execute_batch(sql)?;
    }
    if done == 0 {
        change.execute(
            "INSERT INTO about (key, value) VALUES ('format', 'Hedgerow: accounts, sessions, replies and briefs beside a ledger'), ('created_by', ?1)",
            [concat!("hedgerow ", env!("CARGO_PKG_VERSION"))],
        )?;
        change.pragma_update(None, "application_id", APPLICATION_ID)?;
    }
    change.pragma_update(None, "user_version", VERSION)?;
    change.commit()
}
