//! What the trainer shares with the parser, so that both see the same things. Nobody else needs it.

pub use crate::feats::{Cue, cue, feats_section, key as feats_key, sentence};
pub use crate::features::{PIECE_ROWS, Rows, WORD_ROWS, rows};
pub use crate::file::{Writer, sections};
pub use crate::lemma::{
    LONGEST_SUFFIX, Script, by_shape, filed_under, key, lemma_section, suffixes,
};
pub use crate::net::{FAR, exp};
pub use crate::split::{Boundary, Contractions, MAX_WORDS, Piece, ROWS as SPLIT_ROWS, Text, walk};
