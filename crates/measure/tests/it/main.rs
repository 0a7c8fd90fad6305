//! The measures against published figures, against each other, and against their own pages.
#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "helpers of tests")]

mod coded;
mod files;
mod hedge;
mod make;
mod pages;
mod props;
mod published;
mod series;
