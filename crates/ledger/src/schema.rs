//! The schema and the numbers that mark a file as a ledger.

use rusqlite::{Connection, Transaction, TransactionBehavior, params};

use crate::sketch::Sketch;

/// `PRAGMA application_id` of every ledger: the letters `HDGR`.
pub(crate) const APPLICATION_ID: i32 = 0x4844_4752;

/// `PRAGMA user_version`: the schema version that this program writes.
pub(crate) const VERSION: i32 = 4;

const TABLES: &str = include_str!("../sql/tables.sql");
const GUARDS: &str = include_str!("../sql/guards.sql");
const VIEWS: &str = include_str!("../sql/views.sql");
const STRUCTURED: &str = include_str!("../sql/structured.sql");
const RECEIVED: &str = include_str!("../sql/received.sql");
const SHEET: &str = include_str!("../sql/sheet.sql");
const FROM_1: &str = include_str!("../sql/migrate_1_2.sql");
const FROM_1_COPY: &str = include_str!("../sql/migrate_1_2_copy.sql");
const FROM_3: &str = include_str!("../sql/migrate_3_4.sql");

/// What turns an empty SQLite file into a ledger, without the surrounding transaction.
pub(crate) fn create() -> String {
    format!(
        "{TABLES}\n{VIEWS}\n\
         INSERT INTO about (key, value) VALUES\n\
           ('format', 'Hedgerow ledger: claims about ties between states, with their sources'),\n\
           ('created_by', 'hedgerow {}');\n\
         {GUARDS}\n\
         {RECEIVED}\n\
         {SHEET}\n\
         {STRUCTURED}\n\
         PRAGMA application_id = {APPLICATION_ID};\n\
         PRAGMA user_version = {VERSION};\n",
        env!("CARGO_PKG_VERSION")
    )
}

/// How many triggers keep rows from being changed.
pub(crate) fn guards() -> usize {
    [GUARDS, RECEIVED, STRUCTURED].iter().map(|sql| sql.matches("CREATE TRIGGER").count()).sum()
}

/// Brings a ledger of an earlier schema version to this one, in one transaction: it is wholly done or not begun.
pub(crate) fn migrate(db: &mut Connection) -> rusqlite::Result<()> {
    // Tables are made anew under their old names, so what refers to them must not be looked at in between.
    db.pragma_update(None, "foreign_keys", false)?;
    db.pragma_update(None, "legacy_alter_table", true)?;
    let done = db.transaction_with_behavior(TransactionBehavior::Immediate).and_then(|change| {
        // Another program may have done it in between.
        let version: i32 = change.pragma_query_value(None, "user_version", |row| row.get(0))?;
        if version < 2 {
            from_1(&change)?;
        }
        if version < 3 {
            change.execute_batch(STRUCTURED)?;
        }
        if version < 4 {
            if version >= 2 {
                change.execute_batch(FROM_3)?;
                change.execute_batch(VIEWS)?;
            }
            change.execute_batch(RECEIVED)?;
            change.execute_batch(SHEET)?;
        }
        change.pragma_update(None, "user_version", VERSION)?;
        change.commit()
    });
    db.pragma_update(None, "legacy_alter_table", false)?;
    db.pragma_update(None, "foreign_keys", true)?;
    done
}

fn from_1(change: &Transaction<'_>) -> rusqlite::Result<()> {
    change.execute_batch(FROM_1)?;
    change.execute_batch(TABLES)?;
    change.execute_batch(FROM_1_COPY)?;
    let mut texts = change.prepare("SELECT seq, text FROM document_version")?;
    let mut update = change.prepare("UPDATE document_version SET sketch = ?2 WHERE seq = ?1")?;
    let mut rows = texts.query([])?;
    while let Some(row) = rows.next()? {
        let (seq, text): (i64, String) = (row.get(0)?, row.get(1)?);
        update.execute(params![seq, Sketch::of(&text).to_bytes()])?;
    }
    change.execute_batch(VIEWS)?;
    change.execute_batch(GUARDS)
}
