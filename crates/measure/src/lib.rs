//! Measures: numbers that know their claims.
//!
//! Published measures exactly as their authors define them ([`similarity`], [`concentration`], [`fbic`], [`goldstein`],
//! [`votes`], [`alliance`]), each with unit, range, rule for what is missing, and source. Pure functions: no file, no database, no
//! clock; chance only by seed.

pub mod alliance;
pub mod concentration;
pub mod fbic;
pub mod goldstein;
pub mod similarity;
pub mod votes;
