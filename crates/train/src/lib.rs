//! Treebank reader, trainers and scorers of the language model.
