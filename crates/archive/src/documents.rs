//! The table of documents: what was read, what came of it, and why something was refused.

use crate::cell::{Cell, Column, Type};
use crate::write::Document;

const fn column(name: &'static str, kind: Type) -> Column {
    Column { name, kind }
}

/// The columns of documents, in order.
pub const DOCUMENTS: [Column; 10] = [
    column("doc", Type::Text),
    column("title", Type::Text),
    column("outlet", Type::Code),
    column("published", Type::Day),
    column("published_until", Type::Day),
    column("url", Type::Text),
    column("path", Type::Text),
    column("bytes_sha256", Type::Text),
    column("claims", Type::Whole),
    column("refused", Type::Text),
];

pub(crate) fn cells(it: &Document) -> [Cell<'_>; 10] {
    [
        Cell::text(&it.doc),
        Cell::some(it.title.as_deref()),
        Cell::some(it.outlet.as_deref()),
        Cell::day(it.published),
        Cell::day(it.published_until),
        Cell::some(it.url.as_deref()),
        Cell::text(&it.path),
        Cell::some(it.bytes_sha256.as_deref()),
        Cell::whole(it.claims),
        Cell::some(it.refused.as_deref()),
    ]
}
