//! Treebank reader, trainers and scorers of the language model.

mod calibrate;
mod card;
mod cli;
pub mod conllu;
pub mod export;
pub mod feats;
pub mod generate;
pub mod labels;
pub mod lemmas;
mod material;
pub mod network;
pub mod optimise;
pub mod random;
pub mod rawtext;
pub mod score;
pub mod shape;
pub mod splitter;
mod train_cli;
pub mod trainer;
mod verbs;

pub use cli::{annotate_cli, generate_cli, score_cli};
pub use train_cli::train_cli;
