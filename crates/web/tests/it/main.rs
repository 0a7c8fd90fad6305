//! The application as a browser or a program meets it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod docs;
mod doors;
mod fixture;
mod hand_in;
mod hostile;
mod pages;
mod people;
mod position;
mod review;
mod security;
mod server;
mod site;
#[path = "../../../people/tests/it/stage.rs"]
#[allow(dead_code, reason = "what is played elsewhere")]
mod stage;
