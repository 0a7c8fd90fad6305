//! English sentences, tokens, tags, lemmas and dependency trees.
