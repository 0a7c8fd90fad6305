//! The ladder of a pair's partnership over time, drawn on the server: each level stands until the next is told.
//!
//! The ladder is an order, not a scale: no state has said how far its levels are apart.

use hedgerow_codebook::claim::Precision;
use jiff::civil::Date;
use maud::{Markup, html};

use crate::scale::{Scale, WIDTH, at};

/// A level, from a day on.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    pub(crate) start: Date,
    /// The last day on which it may have begun.
    pub(crate) end: Date,
    pub(crate) precision: Precision,
    /// Place on the ladder, 0 to 4.
    pub(crate) level: f64,
    pub(crate) label: String,
    pub(crate) href: String,
}

/// What whole places on the ladder are called.
pub(crate) const RUNGS: [&str; 5] =
    ["no relations", "relations", "comprehensive", "strategic", "comprehensive strategic"];

const TOP: f64 = 52.0;
const RUNG: f64 = 34.0;
const LEFT: f64 = 190.0;

/// The drawing, to the day `until`; nothing where no level has a date.
pub(crate) fn ladder(steps: &[Step], until: Date) -> Markup {
    let mut steps: Vec<&Step> = steps.iter().collect();
    steps.sort_by(|a, b| (a.start, a.end, &a.href).cmp(&(b.start, b.end, &b.href)));
    let Some(first) = steps.first().map(|it| it.start) else { return html! {} };
    let last = steps.iter().map(|it| it.end).max().unwrap_or(until).max(until);
    let scale = Scale::new(first, last, LEFT);
    let top = (RUNGS.len() - 1) as f64;
    let y = |level: f64| TOP + (top - level.clamp(0.0, top)) * RUNG;
    let height = y(0.0) + 16.0;
    html! {
        figure.timeline.ladder {
            div.scroll role="region" aria-label="Ladder of ties" tabindex="0" {
                svg viewBox={ "0 0 " (WIDTH) " " (height) } role="group" aria-label="Level of the partnership over time" {
                    @for tick in scale.ticks() {
                        line.grid x1=(at(tick.x)) x2=(at(tick.x)) y1=(at(TOP - 12.0)) y2=(at(height)) {}
                        text x=(at(tick.x)) y="14" { (tick.year) }
                        text x=(at(tick.x)) y="32" { (tick.month) }
                    }
                    @for (level, name) in RUNGS.iter().enumerate() {
                        line.base x1=(at(LEFT)) x2=(WIDTH) y1=(at(y(level as f64))) y2=(at(y(level as f64))) {}
                        text.lane x="0" y=(at(y(level as f64) + 4.0)) { (level) " " (name) }
                    }
                    @for (n, step) in steps.iter().enumerate() {
                        @let next = steps.get(n + 1);
                        @let (x1, x2) = (scale.x(step.start), next.map_or(scale.after(last), |it| scale.x(it.start)));
                        @if let Some(next) = next { line.rise x1=(at(x2)) x2=(at(x2)) y1=(at(y(step.level))) y2=(at(y(next.level))) {} }
                        a href=(step.href) aria-label=(step.label) {
                            title { (step.label) }
                            line.step x1=(at(x1)) x2=(at(x2)) y1=(at(y(step.level))) y2=(at(y(step.level))) {}
                            @if matches!(step.precision, Precision::Month | Precision::Year) {
                                rect class="mark coop vague" x=(at(x1)) y=(at(y(step.level) - 6.0)) width=(at((scale.after(step.end) - x1).max(10.0))) height="12" rx="5" {}
                            } @else {
                                circle class="mark coop" cx=(at(x1)) cy=(at(y(step.level))) r="6" {}
                            }
                        }
                    }
                }
            }
            figcaption { span { "A level stands until another is told. A bar is as wide as its date is vague. The rungs are an order; nobody has said how far they are apart." } a href="/measures/hedge.v1" { "Method" } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_stands_until_the_next() {
        let step = |start: &str, end: &str, level, precision| Step {
            start: start.parse().unwrap(),
            end: end.parse().unwrap(),
            precision,
            level,
            label: format!("level {level}"),
            href: format!("#{level}"),
        };
        let steps = [
            step("2014-03-18", "2014-03-18", 3.5, Precision::Day),
            step("2009-01-01", "2009-12-31", 3.0, Precision::Year),
        ];
        let svg = ladder(&steps, "2025-01-01".parse().unwrap()).0;
        assert_eq!(svg.matches("class=\"step\"").count(), 2);
        assert_eq!((svg.matches("<rect").count(), svg.matches("<circle").count()), (1, 1));
        assert_eq!(svg.matches("class=\"rise\"").count(), 1);
        assert!(ladder(&[], "2025-01-01".parse().unwrap()).0.is_empty());
    }
}
