//! What the coder gives, against what codebook and corpus say it must give.

#![allow(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]

mod beside;
mod codebook;
mod corpus;
mod dates;
mod pair;
mod pure;
mod reference;
