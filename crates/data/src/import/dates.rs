//! Dates of the sources: never guessed.

use jiff::civil::Date;

use super::Given;
use crate::Error;
use crate::row::{Col, Columns, Row, Skip};

/// What the user may say of dates that are not written year first.
pub(crate) const ASKS: (&str, &str) =
    ("dates", "order of dates such as 10/01/2009: dmy (10 January) or mdy (1 October)");

/// How dates of a file are written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Dates {
    order: Option<Order>,
}

#[derive(Debug, Clone, Copy)]
enum Order {
    DayFirst,
    MonthFirst,
}

impl Dates {
    pub(crate) fn of(columns: &Columns, given: &Given) -> Result<Self, Error> {
        let order = match given.assume.get("dates").map(String::as_str) {
            None => None,
            Some("dmy") => Some(Order::DayFirst),
            Some("mdy") => Some(Order::MonthFirst),
            Some(other) => {
                return Err(columns
                    .format(format!("dates={other} is no order"), "say dates=dmy or dates=mdy"));
            }
        };
        Ok(Self { order })
    }

    /// The day in a cell: `2015-09-20`, `20150920`, a timestamp that begins so, or, where the user has said the order,
    /// `20/09/2015`, `20.9.2015`.
    pub(crate) fn day(self, row: &Row<'_>, col: Col) -> Result<Date, Skip> {
        let bytes = row.bytes(col);
        if let Some(number) = year_first(bytes) {
            let day = from_number(number);
            return day.ok_or_else(|| row.wrong(col, "is no day of the calendar"));
        }
        let text = row.text(col)?;
        let mut parts = text.split(['/', '.', '-']).map(str::parse::<i16>);
        let (Some(Ok(first)), Some(Ok(second)), Some(Ok(year)), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(row.wrong(col, "is no date"));
        };
        let (month, day) = match self.order {
            Some(Order::DayFirst) => (second, first),
            Some(Order::MonthFirst) => (first, second),
            None => {
                let wrong =
                    "may be day first or month first: say --assume dates=dmy or --assume dates=mdy";
                return Err(row.wrong(col, wrong));
            }
        };
        if year < 1000 {
            return Err(row.wrong(col, "has no year of four digits"));
        }
        Date::new(year, month as i8, day as i8)
            .map_err(|_| row.wrong(col, "is no day of the calendar in the order that was stated"))
    }

    /// The same, where the cell is not empty.
    pub(crate) fn some_day(self, row: &Row<'_>, col: Option<Col>) -> Result<Option<Date>, Skip> {
        match col {
            Some(col) if !crate::row::is_missing(row.bytes(col)) => self.day(row, col).map(Some),
            _ => Ok(None),
        }
    }
}

/// The number of `2015-09-20` or `20150920`, whether or not there is such a day; nothing where it is written otherwise.
fn year_first(bytes: &[u8]) -> Option<u32> {
    let digits: Vec<u8> = match bytes {
        [y @ .., b'-', m1, m2, b'-', d1, d2] if y.len() == 4 => [y, &[*m1, *m2, *d1, *d2]].concat(),
        [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, b' ' | b'T', ..] => {
            vec![*y1, *y2, *y3, *y4, *m1, *m2, *d1, *d2]
        }
        plain if plain.len() == 8 => plain.to_vec(),
        _ => return None,
    };
    digits
        .iter()
        .try_fold(0_u32, |n, byte| byte.is_ascii_digit().then(|| n * 10 + u32::from(byte - b'0')))
}

/// The day of a number such as 20150920.
pub(crate) fn from_number(n: u32) -> Option<Date> {
    Date::new((n / 10_000) as i16, (n / 100 % 100) as i8, (n % 100) as i8).ok()
}

/// The number of a day, 20150920.
pub(crate) fn number(day: Date) -> u32 {
    day.year() as u32 * 10_000 + day.month() as u32 * 100 + day.day() as u32
}

/// A date as fine as it is known: year, month, day from cells, each empty or negative where it is unknown.
pub(crate) fn partial(
    row: &Row<'_>,
    year: Col,
    month: Option<Col>,
    day: Option<Col>,
) -> Result<Option<String>, Skip> {
    let cell = |col: Option<Col>| -> Result<Option<i64>, Skip> {
        Ok(col.map(|col| row.whole(col)).transpose()?.flatten().filter(|&n| n > 0))
    };
    let Some(y) = cell(Some(year))? else { return Ok(None) };
    if y > 2200 {
        return Err(row.wrong(year, "is no year"));
    }
    let (month_col, day_col) = (month, day);
    match (cell(month_col)?, cell(day_col)?) {
        (None, _) => Ok(Some(format!("{y:04}"))),
        (Some(m), None) if m <= 12 => Ok(Some(format!("{y:04}-{m:02}"))),
        (Some(m), Some(d))
            if Date::new(y as i16, m as i8, d as i8).is_ok() && m <= 12 && d <= 31 =>
        {
            Ok(Some(format!("{y:04}-{m:02}-{d:02}")))
        }
        _ => Err(row.wrong(day_col.unwrap_or(year), "makes no day of the calendar")),
    }
}
