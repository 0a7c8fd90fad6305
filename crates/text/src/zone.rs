//! Which parts of a text are the article.
//!
//! Lines are joined to units ([`layout`]), each unit is judged by its own words ([`chrome`]), and then by its place:
//! before, within and after the paragraphs that read as running text ([`label`]). The words stand in
//! `codebook/zones.toml`.

mod byline;
mod chrome;
mod dateline;
mod front;
mod label;
mod layout;
mod line;
mod shape;
mod words;

pub use front::front_matter;
pub(crate) use shape::words;

use crate::{Span, Zone, ZoneKind};

/// Finds the zones of `text`; `title` is what is known of its headline from elsewhere.
pub(crate) fn find(text: &str, title: Option<&str>) -> Vec<Zone> {
    let lines = line::split(text);
    let mut zones = Vec::new();
    let front = front::lines(text, &lines);
    if front > 0 {
        let span = lines[0].span.cover(lines[front - 1].span);
        zones.push(Zone { span, kind: ZoneKind::FrontMatter });
    }
    let units = layout::units(text, &lines[front..]);
    let kinds = label::kinds(text, &units, title);
    let mut datelines = 2;
    for (unit, kind) in units.iter().zip(kinds) {
        if kind == ZoneKind::Body && datelines > 0 {
            datelines -= 1;
            if let Some(n) = dateline::length(unit.span.of(text)) {
                datelines = 0;
                let (start, end) = (unit.span.start, unit.span.end);
                let head = line::trim(text, start as usize, start as usize + n).span;
                zones.push(Zone { span: head, kind: ZoneKind::Dateline });
                zones.push(Zone { span: Span::new(start + n as u32, end), kind });
                continue;
            }
        }
        zones.push(Zone { span: unit.span, kind });
    }
    zones
}
