//! The claim, and what claims mean: event types, ties, flows, lexicon, gazetteer.

pub mod claim;
pub mod line;

pub use claim::Claim;
pub use line::ClaimLine;
