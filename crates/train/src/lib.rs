//! Treebank reader, trainers and scorers of the language model.

pub mod conllu;
pub mod export;
pub mod lemmas;
pub mod random;
pub mod rawtext;
pub mod shape;
pub mod splitter;
