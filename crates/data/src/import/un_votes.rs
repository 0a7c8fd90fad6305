//! Votes in the United Nations General Assembly: a row for each vote, and the list of roll calls.

use std::collections::BTreeSet;

use hedgerow_codebook::crosswalk::{System, When};
use hedgerow_ledger::structured::{Absent, Batch, RollCall, VariableId};
use jiff::civil::Date;

use super::dates::Dates;
use super::{Given, variable};
use crate::Error;
use crate::codes::{day, year};
use crate::kind::{Kind, Out, Reader, Tested};
use crate::row::{Col, Columns, Row, Skip, is_missing};
use crate::table::CSV;

pub(crate) const KIND: Kind = Kind {
    name: "un-votes",
    title: "United Nations General Assembly voting data",
    row: "a state's vote in a roll call, or a roll call",
    keeps: "votes (yes, abstention, no, absent, not a member) and roll calls; import the roll calls first where votes carry no session. Special sessions (numbered from 1000) are kept where their day is known; they count in no year's agreement",
    licence: "CC0 1.0",
    citation: "Voeten, Erik, Anton Strezhnev and Michael Bailey (2009): United Nations General Assembly Voting Data. Harvard Dataverse, hdl:1902.1/12379",
    url: "https://doi.org/10.7910/DVN/LEJUQZ",
    asks: &[super::dates::ASKS],
    tested: Tested::RealRows,
    reader: 2,
    layout: CSV,
    in_parts: false,
    open,
};

/// Session 1 of the General Assembly began in 1946.
pub(super) const BEFORE_FIRST_SESSION: i16 = 1945;

fn open(columns: &Columns, given: &Given, batch: &mut Batch) -> Result<Box<dyn Reader>, Error> {
    let rcid = columns.need(&["rcid"])?;
    let dates = Dates::of(columns, given)?;
    let session = columns.find(&["session"]);
    let variable =
        variable(batch, "un.vote", "vote", "votes in the General Assembly", Absent::Missing);
    let Some(vote) = columns.find(&["vote"]) else {
        let session = columns.need(&["session"])?;
        return Ok(Box::new(RollCalls {
            rcid,
            session,
            day: columns.find(&["date"]),
            resolution: columns.find(&["unres", "resid"]),
            important: columns.find(&["importantvote"]),
            about: columns.find(&["short", "descr"]),
            dates,
            variable,
            seen: BTreeSet::new(),
        }));
    };
    let state =
        [("ccode", System::Cow), ("country_code", System::Alpha2), ("iso3c", System::Alpha3)]
            .into_iter()
            .find_map(|(name, system)| columns.find(&[name]).map(|col| (col, system)));
    let Some((state, system)) = state else {
        columns.need(&["ccode", "country_code", "iso3c"])?;
        return Err(columns.format("names no states", "give the file of votes"));
    };
    if session.is_none() && given.roll_calls.is_empty() {
        return Err(columns.format(
            "has votes without their sessions, and codes such as RU mean another state in 1990 than in 1992",
            "import the list of roll calls first, which has `rcid`, `session` and `date`",
        ));
    }
    Ok(Box::new(Votes {
        rcid,
        session,
        vote,
        state,
        system,
        name: columns.find(&["country", "Countryname"]),
        day: columns.find(&["date"]),
        dates,
        variable,
        given: given.clone(),
        seen: BTreeSet::new(),
    }))
}

struct RollCalls {
    rcid: Col,
    session: Col,
    day: Option<Col>,
    resolution: Option<Col>,
    important: Option<Col>,
    about: Option<Col>,
    dates: Dates,
    variable: VariableId,
    seen: BTreeSet<i64>,
}

impl Reader for RollCalls {
    fn row(&mut self, row: &Row<'_>, out: &mut Out<'_>) -> Result<(), Skip> {
        let rcid = row.need_whole(self.rcid)?;
        let day = self.dates.some_day(row, self.day)?;
        let session = session_of(row, self.session, day)?;
        let important = self.important.map(|col| row.whole(col)).transpose()?.flatten();
        let call = RollCall {
            rcid,
            session,
            day: day.map(|day| day.to_string()),
            resolution: row.some(self.resolution)?,
            important: important.map(|n| n == 1),
            about: row.some(self.about)?,
        };
        if !self.seen.insert(rcid) {
            return Err(Skip::refuse("the roll call has a row already"));
        }
        out.batch.cover(self.variable, year_of(session, day));
        out.batch.roll_call(call);
        Ok(())
    }
}

struct Votes {
    rcid: Col,
    session: Option<Col>,
    vote: Col,
    state: Col,
    system: System,
    name: Option<Col>,
    day: Option<Col>,
    dates: Dates,
    variable: VariableId,
    given: Given,
    /// Roll calls that this file has told of.
    seen: BTreeSet<i64>,
}

impl Reader for Votes {
    fn row(&mut self, row: &Row<'_>, out: &mut Out<'_>) -> Result<(), Skip> {
        let rcid = row.need_whole(self.rcid)?;
        let vote = match row.bytes(self.vote) {
            b"yes" | b"1" => 1,
            b"abstain" | b"2" => 2,
            b"no" | b"3" => 3,
            b"8" => 8,
            b"9" => 9,
            _ => return Err(row.wrong(self.vote, "is none of yes, abstain, no, 1, 2, 3, 8, 9")),
        };
        let known = self.given.roll_calls.get(&rcid);
        let voted = match self.dates.some_day(row, self.day)? {
            None => known.and_then(|(_, day)| *day),
            day => day,
        };
        let session = match self.session {
            Some(col) => session_of(row, col, voted)?,
            None => match known {
                Some((session, _)) => *session,
                None => return Err(Skip::refuse("its roll call is not among those imported")),
            },
        };
        let when = voted.map_or(year(BEFORE_FIRST_SESSION + session), day);
        let state = self.state(row, out, when)?;
        if known.is_none() && self.seen.insert(rcid) {
            out.batch.roll_call(RollCall {
                rcid,
                session,
                day: voted.map(|day: Date| day.to_string()),
                resolution: None,
                important: None,
                about: None,
            });
        }
        out.batch.cover(self.variable, year_of(session, voted));
        let state = out.batch.term(state);
        out.batch.vote(rcid, state, vote);
        Ok(())
    }
}

impl Votes {
    /// The state by its code. Where the source has no code for it the name must do; `NA` is the code of Namibia, and what R writes
    /// for nothing.
    fn state<'o>(&self, row: &Row<'_>, out: &Out<'o>, when: When) -> Result<&'o str, Skip> {
        let cell = row.bytes(self.state);
        if let Some(name) = self.name {
            let named_namibia = self.system == System::Alpha2 && row.bytes(name) == b"Namibia";
            if is_missing(cell) && !named_namibia {
                return out.codes.state(row, name, System::Name, when);
            }
        }
        out.codes.state(row, self.state, self.system, when)
    }
}

/// The last number that a regular session can have; special ones are numbered above (1001, or 2010 for the tenth emergency one).
pub(super) const LAST_REGULAR: i64 = 200;

/// The session of a row. Special and emergency sessions have no year of their own: only those are read whose day is known.
fn session_of(row: &Row<'_>, col: Col, day: Option<Date>) -> Result<i16, Skip> {
    match row.need_whole(col)? {
        session @ 1..=LAST_REGULAR => Ok(session as i16),
        session @ 1_000..=30_000 if day.is_some() => Ok(session as i16),
        1_000..=30_000 => {
            Err(row.wrong(col, "is that of a special session, and the row has no day"))
        }
        _ => Err(row.wrong(col, "is no number of a session")),
    }
}

/// The year of a session: that of its number, or of the day of a special one.
fn year_of(session: i16, day: Option<Date>) -> i16 {
    match day {
        Some(day) if i64::from(session) > LAST_REGULAR => day.year(),
        _ => BEFORE_FIRST_SESSION + session,
    }
}
