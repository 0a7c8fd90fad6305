//! Events on a line of time, drawn on the server. The list under it is the same content in words.
//!
//! A mark is as wide as its date is vague: a point for a day, an open bar for a month or a year. Conflict differs from
//! cooperation in shape, not only in colour; what has not happened is hollow.

use hedgerow_codebook::claim::Precision;
use jiff::civil::Date;
use maud::{Markup, html};

use crate::scale::{Scale, WIDTH, at};

/// What happens in one direction.
pub(crate) struct Lane {
    pub(crate) label: String,
    pub(crate) marks: Vec<Mark>,
}

/// One event.
pub(crate) struct Mark {
    pub(crate) start: Date,
    pub(crate) end: Date,
    pub(crate) precision: Precision,
    pub(crate) conflict: bool,
    pub(crate) happened: bool,
    pub(crate) label: String,
    pub(crate) href: String,
}

/// Height of one row of marks.
const ROW: f64 = 20.0;
/// Above it stand years and months.
const TOP: f64 = 48.0;
/// The longest name of a lane, in letters.
const NAME: usize = 34;

/// The drawing; nothing where no event has a date.
pub(crate) fn timeline(lanes: &[Lane]) -> Markup {
    let days = || lanes.iter().flat_map(|lane| &lane.marks);
    let first = days().map(|mark| mark.start).min();
    let last = days().map(|mark| mark.end).max();
    let Some((first, last)) = first.zip(last) else { return html! {} };
    let name = |lane: &Lane| lane.label.chars().count().min(NAME) as f64;
    let left = 24.0 + 7.2 * lanes.iter().map(name).fold(10.0, f64::max);
    let scale = Scale::new(first, last, left);
    let placed: Vec<(&Lane, Vec<(usize, &Mark)>)> = lanes
        .iter()
        .filter(|lane| !lane.marks.is_empty())
        .map(|lane| (lane, rows(&lane.marks, &scale)))
        .collect();
    let depth = |marks: &[(usize, &Mark)]| marks.iter().map(|(row, _)| row + 1).max().unwrap_or(1);
    let mut y = TOP;
    let mut tops = Vec::new();
    for (_, marks) in &placed {
        tops.push(y);
        y += depth(marks) as f64 * ROW + 14.0;
    }
    let height = y + 4.0;
    html! {
        figure.timeline {
            div.scroll role="region" aria-label="Timeline" tabindex="0" {
                svg viewBox={ "0 0 " (WIDTH) " " (height) } role="group" aria-label="Dated events in time" {
                    @for tick in scale.ticks() {
                        line.grid x1=(at(tick.x)) x2=(at(tick.x)) y1=(at(TOP - 8.0)) y2=(at(height)) {}
                        text x=(at(tick.x)) y="14" { (tick.year) }
                        text x=(at(tick.x)) y="32" { (tick.month) }
                    }
                    @for ((lane, marks), top) in placed.iter().zip(&tops) {
                        line.base x1="0" x2=(WIDTH) y1=(at(top - 7.0)) y2=(at(top - 7.0)) {}
                        text.lane x="0" y=(at(top + 11.0)) { (short(&lane.label)) }
                        @for (row, mark) in marks {
                            a href=(mark.href) aria-label=(mark.label) {
                                title { (mark.label) }
                                (drawn(mark, &scale, top + *row as f64 * ROW + 7.0))
                            }
                        }
                    }
                }
            }
            figcaption {
                span.key.coop { "cooperation" } span.key.conf { "conflict" } span.key.open { "has not happened" }
                span { "A bar is as wide as its date is vague." }
            }
        }
    }
}

fn drawn(mark: &Mark, scale: &Scale, y: f64) -> Markup {
    let (x1, x2) = (scale.x(mark.start), scale.after(mark.end));
    let sort = if mark.conflict { "conf" } else { "coop" };
    let open = if mark.happened { "" } else { " open" };
    let middle = f64::midpoint(x1, x2);
    let vague = matches!(mark.precision, Precision::Month | Precision::Year);
    html! {
        @if vague || x2 - x1 > 12.0 {
            rect class={ "mark " (sort) (open) @if vague { " vague" } } x=(at(x1)) y=(at(y - 5.0)) width=(at((x2 - x1).max(10.0))) height="10"
                rx=(if mark.conflict { "0" } else { "5" }) {}
        } @else if mark.conflict {
            path class={ "mark " (sort) (open) } d={ "M" (at(middle)) " " (at(y - 7.0)) "l7 7l-7 7l-7 -7z" } {}
        } @else {
            circle class={ "mark " (sort) (open) } cx=(at(middle)) cy=(at(y)) r="6" {}
        }
    }
}

/// Puts each mark in the first row where it does not touch another.
fn rows<'m>(marks: &'m [Mark], scale: &Scale) -> Vec<(usize, &'m Mark)> {
    let mut order: Vec<&Mark> = marks.iter().collect();
    order.sort_by(|a, b| (a.start, a.end, &a.href).cmp(&(b.start, b.end, &b.href)));
    let mut ends: Vec<f64> = Vec::new();
    let mut placed = Vec::with_capacity(order.len());
    for mark in order {
        let middle = f64::midpoint(scale.x(mark.start), scale.after(mark.end));
        let start = scale.x(mark.start).min(middle - 8.0);
        let end = scale.after(mark.end).max(middle + 8.0);
        let row = ends.iter().position(|&taken| taken <= start).unwrap_or(ends.len());
        match ends.get_mut(row) {
            Some(taken) => *taken = end,
            None => ends.push(end),
        }
        placed.push((row, mark));
    }
    placed
}

/// A label that fits beside its lane.
fn short(label: &str) -> String {
    if label.chars().count() <= NAME {
        return label.to_owned();
    }
    label.chars().take(NAME - 1).chain(['…']).collect()
}
