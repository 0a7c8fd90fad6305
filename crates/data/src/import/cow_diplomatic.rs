//! Diplomatic representation of the Correlates of War project.

use hedgerow_codebook::crosswalk::System;
use hedgerow_ledger::structured::{Absent, Batch, VariableId};

use super::{Given, variable};
use crate::Error;
use crate::codes::year;
use crate::kind::{Kind, Out, Reader, Tested};
use crate::row::{Col, Columns, Row, Skip};
use crate::table::CSV;

pub(crate) const KIND: Kind = Kind {
    name: "cow-diplomatic",
    title: "Correlates of War diplomatic exchange",
    row: "a pair of states in a year; the data have years about five apart, 1817 to 2005",
    keeps: "cow.diplomatic_level, from the state that sends the mission to its host (DR_at_1 is the mission of state 2 in state 1): 0 none, 1 chargé d'affaires, 2 minister, 3 ambassador; cow.diplomatic_other where the rank is 9, other",
    licence: "free to use with citation",
    citation: "Bayer, Reşat (2006): Diplomatic Exchange Data set, v2006.1. Online, http://correlatesofwar.org",
    url: "https://correlatesofwar.org/data-sets/diplomatic-exchange/",
    asks: &[],
    tested: Tested::RealRows,
    reader: 1,
    layout: CSV,
    in_parts: false,
    open,
};

struct Missions {
    a: Col,
    b: Col,
    year: Col,
    at_a: Col,
    at_b: Col,
    level: VariableId,
    other: VariableId,
}

fn open(columns: &Columns, _: &Given, batch: &mut Batch) -> Result<Box<dyn Reader>, Error> {
    let levels = "0 none, 1 chargé d'affaires, 2 minister, 3 ambassador";
    let what = "rank of the mission of a in b";
    Ok(Box::new(Missions {
        a: columns.need(&["ccode1"])?,
        b: columns.need(&["ccode2"])?,
        year: columns.need(&["year"])?,
        at_a: columns.need(&["DR_at_1"])?,
        at_b: columns.need(&["DR_at_2"])?,
        level: variable(batch, "cow.diplomatic_level", levels, what, Absent::Missing),
        other: variable(
            batch,
            "cow.diplomatic_other",
            "0/1",
            "a has a mission in b of another or unknown rank",
            Absent::Missing,
        ),
    }))
}

impl Reader for Missions {
    fn row(&mut self, row: &Row<'_>, out: &mut Out<'_>) -> Result<(), Skip> {
        let y = row.year(self.year)?;
        let a = out.codes.state(row, self.a, System::Cow, year(y))?;
        let b = out.codes.state(row, self.b, System::Cow, year(y))?;
        let (at_a, at_b) = (row.whole(self.at_a)?, row.whole(self.at_b)?);
        for (rank, col) in [(at_a, self.at_a), (at_b, self.at_b)] {
            if !matches!(rank, None | Some(-9 | 0..=3 | 9)) {
                return Err(row.wrong(col, "is none of 0, 1, 2, 3, 9, -9"));
            }
        }
        let (a, b) = (out.batch.term(a), out.batch.term(b));
        for (from, to, rank) in [(b, a, at_a), (a, b, at_b)] {
            match rank {
                Some(9) => out.batch.dyad(self.other, from, to, y, 1.0),
                Some(rank @ 0..=3) => out.batch.dyad(self.level, from, to, y, rank as f64),
                _ => {}
            }
        }
        Ok(())
    }
}
