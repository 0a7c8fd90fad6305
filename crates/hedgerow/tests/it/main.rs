//! The program as its users run it.
#![allow(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]
#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "helpers of tests")]

mod account;
mod bad;
mod data;
mod formats;
mod hedge;
mod help;
mod ledger;
mod pair;
mod review;
mod run;
