//! The trained English model as bytes, with its card.
//!
//! The model is licensed CC BY-SA 4.0, apart from the code: see `LICENSE` and `MODEL.toml` in this crate.

/// The model file; `hedgerow-parse` reads it.
pub static MODEL: &[u8] = include_bytes!("../model.bin");

/// The model card: data, attribution, licence, training command and figures, as TOML.
pub static CARD: &str = include_str!("../MODEL.toml");
