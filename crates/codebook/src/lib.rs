//! The claim, and what claims mean: event types, ties, flows, lexicon, gazetteer.
//!
//! Meaning lives in the files of `codebook/`, which a scholar edits; this crate reads and checks them, and knows nothing
//! of parsers or databases.

pub mod by_hand;
pub mod claim;
mod codebook;
pub mod contexts;
pub mod crosswalk;
mod domain;
pub mod example;
mod fault;
pub mod gazetteer;
pub mod lexicon;
mod line;
pub mod marks;
mod page;
mod scale;
mod source;
mod table;

pub use claim::Claim;
pub use codebook::Codebook;
pub use domain::{Domain, Domains};
pub use fault::{Fault, Faults};
pub use line::{ClaimLine, LineAmount, LineError};
pub use page::Page;
pub use scale::{Ladder, Scores};
pub use source::Source;
