//! What a ledger promises, tested from outside.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod add;
mod compat;
mod docs;
mod facts;
mod faults;
mod ids;
mod kill;
mod make;
mod merge;
mod open;
mod props;
mod read;
mod received;
mod review;
mod sheet;
mod structured;
