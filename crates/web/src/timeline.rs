//! Events on a line of time, drawn on the server. The list under it is the same content in words.
//!
//! A mark is as wide as its date is vague: a point for a day, an open bar for a month or a year. Conflict differs from
//! cooperation in shape, not only in colour; what has not happened is hollow.

use hedgerow_codebook::claim::Precision;
use jiff::civil::Date;
use maud::{Markup, html};

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

const WIDTH: f64 = 960.0;
const RIGHT: f64 = WIDTH - 24.0;
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

/// Days to pixels.
struct Scale {
    first: Date,
    last: Date,
    days: f64,
    /// Left of it stand the names of the lanes.
    left: f64,
}

/// A line through all lanes where a year, month or decade begins.
struct Tick {
    x: f64,
    /// The year, where it is told.
    year: String,
    /// The month, where months are told.
    month: &'static str,
}

impl Scale {
    /// A scale with some room on both sides, at least two months wide.
    fn new(first: Date, last: Date, left: f64) -> Self {
        let room = (between(first, last) / 30.0).max(30.0 - between(first, last) / 2.0).max(4.0);
        let room = jiff::Span::new().days(room as i64);
        let first = first.checked_sub(room).unwrap_or(first);
        let last = last.checked_add(room).unwrap_or(last);
        Self { first, last, days: between(first, last) + 1.0, left }
    }

    /// The beginning of a day.
    fn x(&self, day: Date) -> f64 {
        self.left + (RIGHT - self.left) * between(self.first, day) / self.days
    }

    /// The end of a day.
    fn after(&self, day: Date) -> f64 {
        self.left + (RIGHT - self.left) * (between(self.first, day) + 1.0) / self.days
    }

    /// Beginnings of months, years or decades, not too close to each other.
    fn ticks(&self) -> Vec<Tick> {
        const MONTHS: [&str; 12] =
            ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        let years = self.days / 366.0;
        let by_month = years <= 3.0;
        let step = [1, 2, 5, 10, 20, 50, 100, 200]
            .into_iter()
            .find(|&step| years / f64::from(step) <= 14.0)
            .unwrap_or(500);
        let months = if self.days > 400.0 { 3 } else { 1 };
        let mut ticks: Vec<Tick> = Vec::new();
        for year in self.first.year()..=self.last.year() {
            for (month, name) in (1_i8..).zip(MONTHS) {
                let told = if by_month {
                    (month - 1) % months == 0
                } else {
                    month == 1 && year % step == 0
                };
                let Ok(day) = Date::new(year, month, 1) else { continue };
                if !told || day < self.first || day > self.last {
                    continue;
                }
                ticks.push(Tick {
                    x: self.x(day),
                    year: if month == 1 || ticks.is_empty() {
                        year.to_string()
                    } else {
                        String::new()
                    },
                    month: if by_month { name } else { "" },
                });
            }
        }
        ticks
    }
}

fn between(from: Date, to: Date) -> f64 {
    from.until(to).map_or(0.0, |span| f64::from(span.get_days()))
}

/// A coordinate with one decimal.
fn at(x: f64) -> String {
    format!("{x:.1}")
}
