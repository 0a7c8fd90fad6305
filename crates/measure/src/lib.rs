//! Measures: numbers that know their claims.
//!
//! Published measures exactly as their authors define them ([`similarity`], [`concentration`], [`fbic`], [`goldstein`],
//! [`votes`], [`alliance`]), each with unit, range, rule for what is missing, and source; and [`hedge`], how a state stands between
//! two rivals, over [`TieRow`]s. [`series`] counts facts by directed dyad and year or month; [`acts`] does it for tens of millions of
//! machine-coded events. Pure functions: no file, no database, no clock; chance only by seed.

pub mod acts;
pub mod alliance;
pub mod coded;
pub mod concentration;
pub mod fbic;
pub mod goldstein;
pub mod hedge;
mod indicator;
pub mod page;
pub mod plot;
mod random;
pub mod series;
pub mod similarity;
mod tie;
pub mod votes;

pub use hedgerow_codebook::Domain;
pub use indicator::{Gather, Indicator, Window};
pub use tie::{Origin, Reading, RegisterError, Series, TieRow};
