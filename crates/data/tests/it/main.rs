//! Imports and exports, tested from outside.

#![allow(clippy::print_stderr, reason = "what is skipped says so")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod exports;
mod figures;
mod fixtures;
mod hostile;
mod make;
