//! English sentences, tokens, tags, lemmas and dependency trees.
//!
//! ```
//! use hedgerow_parse::{Model, Parser};
//! use hedgerow_text::Span;
//!
//! let model = Model::english()?;
//! let text = "Japan granted Vietnam six patrol boats in 2014.";
//! let sentences = Parser::new(&model).parse(text, Span::new(0, text.len() as u32));
//! assert_eq!(&*sentences[0].tokens[1].lemma, "grant");
//! # Ok::<(), hedgerow_parse::ModelError>(())
//! ```
//!
//! Reading cannot fail and is pure: the same text and model give the same sentences on every machine, whatever was
//! read before. The model file is described in this crate's `README.md`, its making in `docs/parser.md`.

mod feats;
mod file;
mod held;
mod lemma;
mod model;
mod net;
mod parser;
mod roles;
mod sentence;
mod slots;
mod split;
mod tag;

pub mod build;
mod features;
mod tree;

pub use file::ModelError;
pub use model::Model;
pub use parser::Parser;
pub use sentence::{Alternative, Sentence, Token};
pub use tag::{Rel, Upos, Xpos};
