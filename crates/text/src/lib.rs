//! Documents as received: text, spans, zones, language.
//!
//! The text of a [`Document`] is kept byte for byte; everything else in Hedgerow is a [`Span`] into it.

mod document;
mod language;
mod span;
mod zone;

pub use document::{Document, Meta, MetaError, NoDate, Published, Zone, ZoneKind};
pub use language::{Language, language};
pub use span::{CodePoints, Span};
pub use zone::front_matter;
