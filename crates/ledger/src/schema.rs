//! The schema and the numbers that mark a file as a ledger.

/// `PRAGMA application_id` of every ledger: the letters `HDGR`.
pub(crate) const APPLICATION_ID: i32 = 0x4844_4752;

/// `PRAGMA user_version`: the schema version that this program writes.
pub(crate) const VERSION: i32 = 1;

const TABLES: &str = include_str!("../sql/tables.sql");
const GUARDS: &str = include_str!("../sql/guards.sql");
const VIEWS: &str = include_str!("../sql/views.sql");

/// What turns an empty SQLite file into a ledger, without the surrounding transaction.
pub(crate) fn create() -> String {
    format!(
        "{TABLES}\n{VIEWS}\n\
         INSERT INTO about (key, value) VALUES\n\
           ('format', 'Hedgerow ledger: claims about ties between states, with their sources'),\n\
           ('created_by', 'hedgerow {}');\n\
         {GUARDS}\n\
         PRAGMA application_id = {APPLICATION_ID};\n\
         PRAGMA user_version = {VERSION};\n",
        env!("CARGO_PKG_VERSION")
    )
}
