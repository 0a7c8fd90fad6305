//! The web application: documents with their evidence, actors, dyads, facts.
//!
//! Every page is made on the server and works without scripts; the same address with `.json` gives the same content as
//! data. Reading only: nothing here writes to the ledger. All text of documents is hostile and escaped by construction
//! (maud); the only raw markup is ours.

mod app;
mod article;
mod card;
mod error;
mod frame;
mod names;
mod page;
mod problem;
mod routes;
mod server;
mod timeline;
mod url;
mod words;

pub use error::Error;
pub use names::Names;
pub use routes::router;
pub use server::{DEFAULT_LISTEN, Server, serve};
