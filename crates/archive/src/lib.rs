//! An archive: claims as Parquet files, partitioned by year of publication, for collections that outgrow a ledger.
//!
//! [`Writer`] takes documents in order, a batch at a time; the same documents give the same bytes, and a run that was cut off
//! goes on where its journal ends. [`Archive`] reads such a folder, or any folder of Parquet files with the columns of the
//! ledger's view `claims`, on all cores. The folder is described in `docs/archive.md`.

mod cell;
mod cells;
mod claims;
mod columns;
mod documents;
mod error;
mod facts;
mod folder;
mod journal;
mod read;
mod row;
mod scan;
mod told;
mod write;

pub use cell::{Cell, Column, Table, Type};
pub use cells::Cells;
pub use claims::{CLAIMS, Coded, batch, schema};
pub use documents::DOCUMENTS;
pub use error::Error;
pub use facts::{Settled, Step};
pub use folder::is_archive;
pub use journal::Head;
pub use read::{Archive, Covered};
pub use write::{Batch, Document, Past, Summary, Writer, fingerprint};
