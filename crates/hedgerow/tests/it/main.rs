//! The program as its users run it.
#![allow(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]
#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "helpers of tests")]

mod account;
#[path = "../../../ingest/tests/it/chance.rs"]
mod chance;
#[path = "../../../ingest/tests/it/server.rs"]
mod server;

mod archive;
mod bad;
mod data;
mod formats;
mod hedge;
mod help;
mod ingest;
mod kill;
mod ledger;
mod pair;
mod review;
mod run;
mod user;
