//! A scale of time, from days to pixels.

use jiff::civil::Date;

/// Width of a drawing.
pub(crate) const WIDTH: f64 = 960.0;
const RIGHT: f64 = WIDTH - 24.0;

/// Days to pixels.
pub(crate) struct Scale {
    first: Date,
    last: Date,
    days: f64,
    /// Left of it stand the names of the lanes.
    left: f64,
}

/// A line through all lanes where a year, month or decade begins.
pub(crate) struct Tick {
    pub(crate) x: f64,
    /// The year, where it is told.
    pub(crate) year: String,
    /// The month, where months are told.
    pub(crate) month: &'static str,
}

impl Scale {
    /// A scale with some room on both sides, at least two months wide.
    pub(crate) fn new(first: Date, last: Date, left: f64) -> Self {
        let room = (between(first, last) / 30.0).max(30.0 - between(first, last) / 2.0).max(4.0);
        let room = jiff::Span::new().days(room as i64);
        let first = first.checked_sub(room).unwrap_or(first);
        let last = last.checked_add(room).unwrap_or(last);
        Self { first, last, days: between(first, last) + 1.0, left }
    }

    /// The beginning of a day.
    pub(crate) fn x(&self, day: Date) -> f64 {
        self.left + (RIGHT - self.left) * between(self.first, day) / self.days
    }

    /// The end of a day.
    pub(crate) fn after(&self, day: Date) -> f64 {
        self.left + (RIGHT - self.left) * (between(self.first, day) + 1.0) / self.days
    }

    /// Beginnings of months, years or decades, not too close to each other.
    pub(crate) fn ticks(&self) -> Vec<Tick> {
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
                // What is told of it must have room.
                if !told || day < self.first || day > self.last || self.x(day) > WIDTH - 40.0 {
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
pub(crate) fn at(x: f64) -> String {
    format!("{x:.1}")
}
