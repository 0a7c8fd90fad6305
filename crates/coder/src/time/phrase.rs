//! Date phrases, from the longest form to the shortest.

use hedgerow_codebook::claim::Precision;
use hedgerow_parse::{Rel, Upos};
use jiff::ToSpan;
use jiff::civil::Date;

use super::calendar::{self, Interval, small_number};
use super::{TimeExpr, until};
use crate::tree::{Ix, Tree};

/// What a phrase means of past and of future things, and its last token.
type Read = (Ix, Interval, Option<Interval>);

/// Reads a date phrase that begins at token `at`.
pub(super) fn read(tree: &Tree<'_>, at: Ix, published: Option<Date>) -> Option<TimeExpr> {
    let reader = Reader { tree, published };
    let (last, past, future) = reader.prefixed(at).or_else(|| reader.point(at))?;
    Some(TimeExpr { first: at, last, past, future })
}

struct Reader<'t, 's> {
    tree: &'t Tree<'s>,
    published: Option<Date>,
}

impl Reader<'_, '_> {
    fn word(&self, at: Ix) -> &str {
        if at < self.tree.len() { self.tree.word(at) } else { "" }
    }

    fn lower(&self, at: Ix) -> String {
        self.word(at).to_lowercase()
    }

    /// A preposition with what follows: "since 1992", "from 5 to 8 May", "over the last 20 years", "as of April".
    fn prefixed(&self, at: Ix) -> Option<Read> {
        match self.lower(at).as_str() {
            "since" => {
                let (last, start, _) = self.point(self.skip_the(at + 1))?;
                Some((last, until(self.published, start), None))
            }
            "from" | "between" => self.days_to(at).or_else(|| self.range(at)).or_else(|| {
                let (last, start, future) = self.point(at + 1)?;
                Some((last, start, future))
            }),
            "as" if self.lower(at + 1) == "of" => self.point(self.skip_the(at + 2)),
            "over" | "in" | "during" | "for" | "within" => {
                self.span_of_years(at + 1).or_else(|| self.point(self.skip_the(at + 1)))
            }
            "on" | "by" | "until" | "till" | "at" | "of" | "through" => {
                let point = self.point(self.skip_the(at + 1)).map(|read| self.and_day(read));
                point.or_else(|| self.part(self.skip_the(at + 1)))
            }
            _ => None,
        }
    }

    /// "on January 11 and 12": the second day of the same month.
    fn and_day(&self, (last, first, future): Read) -> Read {
        let counts = last + 3 < self.tree.len() && self.tree.upos(last + 3) == Upos::Noun;
        let joined = matches!(self.lower(last + 1).as_str(), "and" | "-" | "–") && !counts;
        let second = if joined && first.precision == Precision::Day && self.tree.len() > last + 2 {
            calendar::month_day(self.word(last + 2))
                .and_then(|day| Date::new(first.start.year(), first.start.month(), day).ok())
                .and_then(|day| first.through(Interval::day(day)))
        } else {
            None
        };
        match second {
            Some(both) => (last + 2, both, None),
            None => (last, first, future),
        }
    }

    fn skip_the(&self, at: Ix) -> Ix {
        if self.lower(at) == "the" { at + 1 } else { at }
    }

    /// "from 2010 to 2015", "between May and July", "from September 15 to 18".
    fn range(&self, at: Ix) -> Option<Read> {
        let (last, first, _) = self.point(at + 1)?;
        let joiner = self.lower(last + 1);
        if !matches!(joiner.as_str(), "to" | "and" | "until" | "through" | "till" | "-" | "–") {
            return None;
        }
        let (last, second, _) = self.second(last + 2, first)?;
        // "between May and July 2015": the year of the second holds for the first.
        let first =
            if first.precision == Precision::Month && first.start.year() != second.start.year() {
                Interval::month(second.start.year(), first.start.month())?
            } else {
                first
            };
        Some((last, first.through(second)?, None))
    }

    /// "from May 30 to June 2, 2008", "between 30 December and 2 January 2009": the year of the second day tells that of
    /// the first.
    fn days_to(&self, at: Ix) -> Option<Read> {
        let (month, day) = match calendar::month(self.word(at + 1)) {
            Some(month) => (month, calendar::month_day(self.word(at + 2))?),
            None => (calendar::month(self.word(at + 2))?, calendar::month_day(self.word(at + 1))?),
        };
        matches!(
            self.lower(at + 3).as_str(),
            "to" | "and" | "until" | "through" | "till" | "-" | "–"
        )
        .then_some(())?;
        let (last, second, _) = self.month_day(at + 4).or_else(|| self.day_month(at + 4))?;
        let year = second.start.year();
        let before = |year: i16| Date::new(year, month, day).ok().filter(|d| *d <= second.start);
        let first = before(year).or_else(|| before(year - 1))?;
        Some((last, Interval::day(first).through(second)?, None))
    }

    /// The end of a range: a point, or a bare day of the same month.
    fn second(&self, at: Ix, first: Interval) -> Option<Read> {
        if let Some(read) = self.point(at) {
            return Some(read);
        }
        let day = calendar::month_day(self.word(at))?;
        (first.precision == Precision::Day).then_some(())?;
        let date = Date::new(first.start.year(), first.start.month(), day).ok()?;
        Some((at, Interval::day(date), None))
    }

    /// "the last 20 years", "the past two decades".
    fn span_of_years(&self, at: Ix) -> Option<Read> {
        let at = self.skip_the(at);
        matches!(self.lower(at).as_str(), "last" | "past" | "previous").then_some(())?;
        let (number, unit_at) = match small_number(self.word(at + 1)) {
            Some(n) => (n, at + 2),
            None => (1, at + 1),
        };
        let day = self.published?;
        let unit = self.lower(unit_at);
        let interval = match unit.as_str() {
            "years" | "decades" | "decade" => {
                let years = if unit.starts_with("decade") { number * 10 } else { number };
                let start = calendar::shifted_year(day, -years)?;
                start.through(Interval::around(day, Precision::Year))?
            }
            "months" => calendar::shifted_month(day, -number)?
                .through(Interval::around(day, Precision::Month))?,
            "weeks" | "days" => {
                let days = if unit == "weeks" { number * 7 } else { number };
                Interval::day(day.checked_sub(days.days()).ok()?).through(Interval::day(day))?
            }
            _ => return None,
        };
        Some((unit_at, interval, None))
    }

    /// A single date without preposition.
    fn point(&self, at: Ix) -> Option<Read> {
        if at >= self.tree.len() {
            return None;
        }
        self.iso(at)
            .or_else(|| self.weekday(at))
            .or_else(|| self.day_month(at))
            .or_else(|| self.month_day(at))
            .or_else(|| self.month(at))
            .or_else(|| self.decade(at))
            .or_else(|| self.year(at))
            .or_else(|| self.ago(at))
            .or_else(|| self.deictic(at))
            .or_else(|| self.part(at))
            .or_else(|| self.bare_day(at))
    }

    fn iso(&self, at: Ix) -> Option<Read> {
        let word = self.word(at);
        (word.len() == 10 && word.as_bytes()[4] == b'-').then_some(())?;
        Some((at, Interval::day(word.parse().ok()?), None))
    }

    /// "Monday, July 27" or "on Thursday".
    fn weekday(&self, at: Ix) -> Option<Read> {
        let mut at = at;
        let word = self.lower(at);
        let (last, next) =
            (matches!(word.as_str(), "last" | "past"), matches!(word.as_str(), "next" | "coming"));
        if last || next || word == "this" {
            at += 1;
        }
        let weekday = calendar::weekday(self.word(at))?;
        let dated = if self.word(at + 1) == "," { at + 2 } else { at + 1 };
        if let Some(read) = self.month_day(dated).or_else(|| self.day_month(dated)) {
            return Some(read);
        }
        let day = self.published?;
        let mut before = calendar::weekday_before(day, weekday)?;
        if last && before == day {
            before = before.checked_sub(7.days()).ok()?;
        }
        let mut after = calendar::weekday_after(day, weekday)?;
        if next && after == day {
            after = after.checked_add(7.days()).ok()?;
        }
        let past = if next { after } else { before };
        // "Monday morning": the time of day belongs to the phrase.
        let end =
            if matches!(self.lower(at + 1).as_str(), "morning" | "afternoon" | "evening" | "night")
            {
                at + 1
            } else {
                at
            };
        Some((end, Interval::day(past), (!last).then_some(Interval::day(after))))
    }

    /// "20 September 2015", "27 July", "27th of July", "15-18 September", "15 and 16 September".
    fn day_month(&self, at: Ix) -> Option<Read> {
        let day = calendar::month_day(self.word(at))?;
        let (last_day, next) = match self.word(at + 1) {
            "-" | "–" | "to" | "and" => (calendar::month_day(self.word(at + 2))?, at + 3),
            "of" => (day, at + 2),
            _ => (day, at + 1),
        };
        let month = calendar::month(self.word(next))?;
        let (last, year) = self.year_after(next);
        self.days(last, year, month, day, last_day)
    }

    /// "September 20, 2015", "Jan. 23", "September 15-18", "September 15 and 16, 2015".
    fn month_day(&self, at: Ix) -> Option<Read> {
        let month = calendar::month(self.word(at))?;
        let after = if self.word(at + 1) == "." { at + 2 } else { at + 1 };
        let day = calendar::month_day(self.word(after))?;
        let mut last = after;
        let mut last_day = day;
        if matches!(self.word(after + 1), "-" | "–" | "to")
            && let Some(end) = calendar::month_day(self.word(after + 2))
            && calendar::month(self.word(after + 3)).is_none()
        {
            last = after + 2;
            last_day = end;
        }
        // "on May 3 and 200 ships": a second day is only told from a count by the year after it.
        if self.word(after + 1) == "and"
            && let Some(end) = calendar::month_day(self.word(after + 2))
            && self.year_after(after + 2).1.is_some()
        {
            last = after + 2;
            last_day = end;
        }
        let (last, year) = self.year_after(last);
        self.days(last, year, month, day, last_day)
    }

    fn days(&self, last: Ix, year: Option<i16>, month: i8, from: i8, to: i8) -> Option<Read> {
        let in_year = |year: i16| {
            let start = Date::new(year, month, from).ok()?;
            Some(Interval {
                start,
                end: Date::new(year, month, to).ok()?.max(start),
                precision: Precision::Day,
            })
        };
        if let Some(year) = year {
            return Some((last, in_year(year)?, None));
        }
        // Without a year: the one that brings it nearest to the day of publication.
        let day = self.published?;
        let years = [day.year() - 1, day.year(), day.year() + 1];
        let near =
            years.into_iter().filter_map(in_year).min_by_key(|i| days_between(i.start, day))?;
        Some((last, near, None))
    }

    /// A year after a day or month, with or without comma.
    fn year_after(&self, at: Ix) -> (Ix, Option<i16>) {
        let next = if self.word(at + 1) == "," { at + 2 } else { at + 1 };
        match calendar::year(self.word(next)) {
            Some(year) => (next, Some(year)),
            None => (at, None),
        }
    }

    /// "September 2015", "in April", "late March".
    fn month(&self, at: Ix) -> Option<Read> {
        let at = if matches!(self.lower(at).as_str(), "early" | "late" | "mid" | "last" | "this") {
            at + 1
        } else {
            at
        };
        let month = calendar::month(self.word(at))?;
        let (last, year) = self.year_after(at);
        if let Some(year) = year {
            return Some((last, Interval::month(year, month)?, None));
        }
        // "May" and "March" are names of months only as nouns.
        self.tree.is_noun(at).then_some(())?;
        let day = self.published?;
        let this_year = Interval::month(day.year(), month)?;
        let past = if this_year.start <= day {
            this_year
        } else {
            Interval::month(day.year() - 1, month)?
        };
        let future =
            if this_year.end >= day { this_year } else { Interval::month(day.year() + 1, month)? };
        Some((last, past, Some(future)))
    }

    /// "1990s", "the 1990s".
    fn decade(&self, at: Ix) -> Option<Read> {
        let year = calendar::year(self.word(at).strip_suffix('s')?.trim_end_matches(['\'', '’']))?;
        Some((at, Interval::year(year)?.through(Interval::year(year + 9)?)?, None))
    }

    /// "2015", "early 2015", "2014-15" – but no count of anything.
    fn year(&self, at: Ix) -> Option<Read> {
        let at =
            if matches!(self.lower(at).as_str(), "early" | "late" | "mid") { at + 1 } else { at };
        let at = if self.word(at) == "-" { at + 1 } else { at };
        let year = calendar::year(self.word(at))?;
        // "Peaceful Rescue-2021", "Covid-19", "MiG-2000" are names; "mid-2014" is a date.
        let named = at >= 2
            && matches!(self.word(at - 1), "-" | "–")
            && self.tree.span(at - 1).end == self.tree.span(at).start
            && self.tree.span(at - 2).end == self.tree.span(at - 1).start
            && !matches!(self.lower(at - 2).as_str(), "mid" | "early" | "late" | "pre" | "post")
            && calendar::year(self.word(at - 2)).is_none();
        if named {
            return None;
        }
        let counts = self.tree.rel(at) == Rel::Nummod
            && self.tree.head(at).is_some_and(|h| self.tree.upos(h) == Upos::Noun && h == at + 1);
        let money = at > 0 && matches!(self.tree.upos(at - 1), Upos::Sym);
        if counts && self.tree.token(at).head_prob > 0.5 && !self.dated_before(at) || money {
            return None;
        }
        if matches!(self.word(at + 1), "-" | "–")
            && let Some(end) = calendar::year(self.word(at + 2))
        {
            return Some((at + 2, Interval::year(year)?.through(Interval::year(end)?)?, None));
        }
        Some((at, Interval::year(year)?, None))
    }

    /// "the 2009 agreement", "in 2009": a determiner or preposition of time before the number speaks for a year.
    fn dated_before(&self, at: Ix) -> bool {
        at > 0
            && matches!(
                self.lower(at - 1).as_str(),
                "the" | "a" | "in" | "since" | "its" | "their" | "of" | "'s" | "’s"
            )
    }

    /// "three days ago", "two years earlier".
    fn ago(&self, at: Ix) -> Option<Read> {
        let number = match self.lower(at).as_str() {
            "a" | "an" => 1,
            _ => small_number(self.word(at))?,
        };
        (self.lower(at + 2) == "ago").then_some(())?;
        let day = self.published?;
        let interval = match self.lower(at + 1).trim_end_matches('s') {
            "day" => Interval::day(day.checked_sub(number.days()).ok()?),
            "week" => calendar::week(day, -number)?,
            "month" => calendar::shifted_month(day, -number)?,
            "year" => calendar::shifted_year(day, -number)?,
            "decade" => calendar::shifted_year(day, -number * 10)?,
            _ => return None,
        };
        Some((at + 2, interval, None))
    }

    /// "last week", "this year", "yesterday", "later this month".
    fn deictic(&self, at: Ix) -> Option<Read> {
        let day = self.published?;
        let one = |shift: i64| Some((at, Interval::day(day.checked_add(shift.days()).ok()?), None));
        let shift = match self.lower(at).as_str() {
            "today" | "tonight" => return one(0),
            "yesterday" => return one(-1),
            "tomorrow" => return one(1),
            "later" | "earlier" | "early" | "late" if self.lower(at + 1) == "this" => {
                return self.deictic(at + 1);
            }
            "last" | "previous" | "past" => -1,
            "this" | "current" => 0,
            "next" | "coming" => 1,
            _ => return None,
        };
        let interval = match self.lower(at + 1).as_str() {
            "week" => calendar::week(day, shift)?,
            "month" => calendar::shifted_month(day, shift)?,
            "year" => calendar::shifted_year(day, shift)?,
            "decade" if shift < 0 => {
                calendar::shifted_year(day, -10)?.through(Interval::around(day, Precision::Year))?
            }
            _ => return None,
        };
        Some((at + 1, interval, None))
    }

    /// "the end of this year", "the first half of 2016", "the beginning of the year".
    fn part(&self, at: Ix) -> Option<Read> {
        let first = self.lower(at);
        let of = (at + 1..at + 4).find(|&i| self.lower(i) == "of")?;
        let known =
            ["end", "beginning", "start", "middle", "first", "second", "third", "fourth", "last"];
        known.contains(&first.as_str()).then_some(())?;
        let rest = self.skip_the(of + 1);
        let (last, whole) = match self.lower(rest).as_str() {
            "year" if rest > of + 1 => (rest, Interval::around(self.published?, Precision::Year)),
            "month" if rest > of + 1 => (rest, Interval::around(self.published?, Precision::Month)),
            _ => {
                let (last, whole, _) = self.point(rest)?;
                (last, whole)
            }
        };
        let year = whole.start.year();
        let opening =
            matches!(first.as_str(), "beginning" | "start") && whole.precision == Precision::Year;
        let interval = if opening {
            Interval::month(year, 1)?.through(Interval::month(year, 3)?)?
        } else {
            whole
        };
        Some((last, interval, None))
    }

    /// "the 27th": a day of the month of publication or the one before.
    fn bare_day(&self, at: Ix) -> Option<Read> {
        let word = self.word(at);
        (at > 0 && self.lower(at - 1) == "the" && word.ends_with(|c: char| c.is_ascii_lowercase()))
            .then_some(())?;
        let number = calendar::month_day(word)?;
        // "the 5th meeting" is no date.
        (!matches!(self.tree.rel(at), Rel::Amod | Rel::Nummod)).then_some(())?;
        let day = self.published?;
        let this = Date::new(day.year(), day.month(), number).ok()?;
        let past = if this <= day {
            this
        } else {
            Date::new(day.year(), day.month(), number).ok()?.checked_sub(1.month()).ok()?
        };
        let future = if this >= day { this } else { this.checked_add(1.month()).ok()? };
        Some((at, Interval::day(past), Some(Interval::day(future))))
    }
}

fn days_between(a: Date, b: Date) -> i32 {
    a.since(b).map_or(i32::MAX, |span| span.get_days().abs())
}
