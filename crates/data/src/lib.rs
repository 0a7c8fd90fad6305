//! Structured sources into the ledger, tables out of it.
//!
//! [`kinds()`] lists what can be imported and how to cite it, [`import()`] reads one file into a ledger, [`ties()`] gives measures
//! what was imported, [`acts()`] the events of other coders, [`published`] computes the published measures of a state or pair,
//! [`export()`] writes tables. One file a kind in `import/`, one a format in `export/`; `table` reads what the
//! kinds have in common: delimited text and Parquet, a row at a time, with the place of every cell.

mod acts;
mod codes;
mod error;
pub mod export;
pub mod import;
mod kind;
pub mod published;
mod row;
mod table;
mod ties;
mod told;

pub use acts::acts;
pub use error::Error;
pub use export::export;
pub use import::import;
pub use kind::{Kind, Tested, kind, kinds};
pub use ties::{Ties, ties};
pub use told::{happenings, of_claims};
