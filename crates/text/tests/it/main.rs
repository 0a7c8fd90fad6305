//! Zones and language of whole texts.
#![allow(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]

mod gold;
mod languages;
mod properties;
mod texts;
