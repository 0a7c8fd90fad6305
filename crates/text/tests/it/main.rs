//! Zones and language of whole texts.
#![allow(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]
#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "helpers of tests")]

mod corpus;
mod gold;
mod languages;
mod properties;
mod texts;
