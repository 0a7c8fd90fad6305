//! Documents as received: text, spans, zones, language.
//!
//! The text of a [`Document`] is kept byte for byte; everything else in Hedgerow is a [`Span`] into it.

mod document;
mod span;
mod zone;

pub use document::{Document, Meta, Zone, ZoneKind};
pub use span::{CodePoints, Span};
