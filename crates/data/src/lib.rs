//! Structured sources into the ledger, tables out of it.
//!
//! [`kinds()`] lists what can be imported and how to cite it, [`import()`] reads one file into a ledger. One file a kind in
//! `import/`; `table` reads what they have in common: delimited text and Parquet, a row at a time, with the place of every cell.

mod codes;
mod error;
pub mod import;
mod kind;
mod row;
mod table;

pub use error::Error;
pub use import::import;
pub use kind::{Kind, Tested, kind, kinds};
