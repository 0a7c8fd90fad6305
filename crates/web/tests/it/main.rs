//! The application as a browser or a program meets it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod fixture;
mod hand_in;
mod hostile;
mod pages;
mod position;
mod review;
mod security;
mod server;
mod site;
