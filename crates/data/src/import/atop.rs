//! Alliance obligations: ATOP dyad-years, directed or not.

use hedgerow_codebook::crosswalk::System;
use hedgerow_ledger::structured::{Absent, Batch, VariableId};

use super::{Given, variable};
use crate::Error;
use crate::codes::year;
use crate::kind::{Kind, Out, Reader, Tested};
use crate::row::{Col, Columns, Row, Skip};
use crate::table::CSV;

pub(crate) const KIND: Kind = Kind {
    name: "atop",
    title: "Alliance Treaty Obligations and Provisions (ATOP), dyad-years",
    row: "a pair of states in a year, directed (ccode1 or stateA to ccode2 or stateB) or not (mem1, mem2)",
    keeps: "atop.defense, atop.offense, atop.neutral, atop.nonagg, atop.consul: 1 where a owes it to b. Directed: the United States may owe defence to Japan and not the other way",
    licence: "free to use with citation",
    citation: "Leeds, Brett Ashley, Jeffrey M. Ritter, Sara McLaughlin Mitchell and Andrew G. Long (2002): Alliance Treaty Obligations and Provisions, 1815-1944. International Interactions 28: 237-260; state the version",
    url: "http://www.atopdata.org/data.html",
    asks: &[],
    tested: Tested::RealRows,
    reader: 1,
    layout: CSV,
    in_parts: false,
    open,
};

const OBLIGATIONS: [(&str, &str); 5] = [
    ("defense", "a must help b when b is attacked"),
    ("offense", "a must help b also when b attacks"),
    ("neutral", "a must stay neutral when b is at war"),
    ("nonagg", "a must not attack b"),
    ("consul", "a must consult b in a crisis"),
];

struct Alliances {
    pair: Pair,
    year: Col,
    obligations: Vec<(Col, VariableId)>,
}

enum Pair {
    Directed(Col, Col),
    Undirected(Col, Col),
    /// ccode1 and the three digits of ccode2 in one number.
    Joined(Col),
}

fn open(columns: &Columns, _: &Given, batch: &mut Batch) -> Result<Box<dyn Reader>, Error> {
    let two = |a: &[&str], b: &[&str]| columns.find(a).zip(columns.find(b));
    let pair = if let Some((a, b)) = two(&["ccode1", "stateA"], &["ccode2", "stateB"]) {
        Pair::Directed(a, b)
    } else if let Some((a, b)) = two(&["mem1"], &["mem2"]) {
        Pair::Undirected(a, b)
    } else {
        Pair::Joined(columns.need(&["ddyad", "ccode1", "stateA", "mem1"])?)
    };
    let mut obligations = Vec::new();
    for (name, what) in OBLIGATIONS {
        let col = columns.need(&[name, &format!("atop_{name}")])?;
        let name = format!("atop.{name}");
        obligations.push((col, variable(batch, &name, "0/1", what, Absent::Zero)));
    }
    Ok(Box::new(Alliances { pair, year: columns.need(&["year"])?, obligations }))
}

impl Reader for Alliances {
    fn row(&mut self, row: &Row<'_>, out: &mut Out<'_>) -> Result<(), Skip> {
        let y = row.year(self.year)?;
        let state = |col| out.codes.state(row, col, System::Cow, year(y));
        let (a, b, both) = match self.pair {
            Pair::Directed(a, b) => (state(a)?, state(b)?, false),
            Pair::Undirected(a, b) => (state(a)?, state(b)?, true),
            Pair::Joined(col) => {
                let n = row.need_whole(col)?;
                let look = |n: i64| out.codes.look(System::Cow, &n.to_string(), year(y));
                let unknown = || row.wrong(col, "is no pair of COW numbers");
                (look(n / 1000).ok_or_else(unknown)?, look(n % 1000).ok_or_else(unknown)?, false)
            }
        };
        let mut owed = [None; OBLIGATIONS.len()];
        for (owed, &(col, _)) in owed.iter_mut().zip(&self.obligations) {
            *owed = match row.whole(col)? {
                None => None,
                Some(n @ (0 | 1)) => Some(n == 1),
                Some(_) => return Err(row.wrong(col, "is neither 0 nor 1")),
            };
        }
        let (a, b) = (out.batch.term(a), out.batch.term(b));
        for (owed, &(_, variable)) in owed.into_iter().zip(&self.obligations) {
            // What is not there is zero in the years covered: an obligation that does not exist takes no row.
            if owed.is_some() {
                out.batch.cover(variable, y);
            }
            if owed == Some(true) {
                out.batch.dyad(variable, a, b, y, 1.0);
                if both {
                    out.batch.dyad(variable, b, a, y, 1.0);
                }
            }
        }
        Ok(())
    }
}
