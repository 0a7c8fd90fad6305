//! The trained English model as bytes, with its card.
