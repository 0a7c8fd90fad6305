//! The web application: documents with their evidence, actors, dyads, facts, positions between rivals, measures, codebook.
//!
//! Every page is made on the server and works without scripts; the same address with `.json` or `.csv` gives the same content
//! as data. Nothing is written to the ledger unless the application was started for a reviewer. All text of documents is hostile
//! and escaped by construction (maud); the only raw markup is ours: charts, and Markdown of the codebook without its HTML.

mod answer;
mod api;
mod app;
mod article;
mod asked;
mod cache;
mod card;
mod coding;
mod decide;
mod desk;
mod error;
mod frame;
mod guard;
mod inbox;
mod intake;
mod ladder;
mod map;
mod names;
mod network;
mod page;
mod people;
mod position;
mod problem;
mod prose;
mod routes;
mod scale;
mod server;
mod settings;
mod sheet;
mod ties;
mod timeline;
mod url;
mod words;

pub use coding::{Coded, Coding, Draft, From, Handed, Ids};
pub use error::Error;
pub use server::{DEFAULT_LISTEN, Server, serve};
pub use settings::{Accounts, Imports, Settings};

use names::Names;
