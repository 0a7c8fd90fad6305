//! Trade of the Correlates of War project: by pair, or of a state in all.

use hedgerow_codebook::crosswalk::System;
use hedgerow_ledger::structured::{Absent, Batch, VariableId};

use super::{Given, variable};
use crate::Error;
use crate::codes::year;
use crate::kind::{Kind, Out, Reader, Tested};
use crate::row::{Col, Columns, Row, Skip};
use crate::table::CSV;

pub(crate) const KIND: Kind = Kind {
    name: "cow-trade",
    title: "Correlates of War trade, dyadic or national",
    row: "a pair of states in a year (Dyadic_COW), or a state in a year (National_COW)",
    keeps: "cow.trade of pairs, from exporter to importer, as the importer reports it (flow1: imports of state 1 from state 2); cow.imports and cow.exports of states. Million current US dollars; -9 is missing",
    licence: "free to use with citation",
    citation: "Barbieri, Katherine, and Omar M. G. Keshk (2016): Correlates of War Project Trade Data Set Codebook, Version 4.0. Barbieri, Katherine, Omar M. G. Keshk and Brian Pollins (2009): TRADING DATA: Evaluating our Assumptions and Coding Rules. Conflict Management and Peace Science 26(5): 471-491",
    url: "https://correlatesofwar.org/data-sets/bilateral-trade/",
    asks: &[],
    tested: Tested::RealRows,
    reader: 1,
    layout: CSV,
    in_parts: false,
    open,
};

const UNIT: &str = "million current USD";

fn open(columns: &Columns, _: &Given, batch: &mut Batch) -> Result<Box<dyn Reader>, Error> {
    let year = columns.need(&["year"])?;
    if let Some(a) = columns.find(&["ccode1"]) {
        return Ok(Box::new(Dyadic {
            a,
            b: columns.need(&["ccode2"])?,
            year,
            flow1: columns.need(&["flow1"])?,
            flow2: columns.need(&["flow2"])?,
            trade: variable(
                batch,
                "cow.trade",
                UNIT,
                "goods from a to b, as b reports them",
                Absent::Missing,
            ),
        }));
    }
    Ok(Box::new(National {
        state: columns.need(&["ccode"])?,
        year,
        values: [
            (
                columns.need(&["imports"])?,
                variable(batch, "cow.imports", UNIT, "imports in all", Absent::Missing),
            ),
            (
                columns.need(&["exports"])?,
                variable(batch, "cow.exports", UNIT, "exports in all", Absent::Missing),
            ),
        ],
    }))
}

struct Dyadic {
    a: Col,
    b: Col,
    year: Col,
    flow1: Col,
    flow2: Col,
    trade: VariableId,
}

impl Reader for Dyadic {
    fn row(&mut self, row: &Row<'_>, out: &mut Out<'_>) -> Result<(), Skip> {
        let y = row.year(self.year)?;
        let a = out.codes.state(row, self.a, System::Cow, year(y))?;
        let b = out.codes.state(row, self.b, System::Cow, year(y))?;
        let (flow1, flow2) = (amount(row, self.flow1)?, amount(row, self.flow2)?);
        if flow1.is_none() && flow2.is_none() {
            return Err(Skip::pass_over("no figure"));
        }
        let (a, b) = (out.batch.term(a), out.batch.term(b));
        for (from, to, flow) in [(b, a, flow1), (a, b, flow2)] {
            if let Some(flow) = flow {
                out.batch.dyad(self.trade, from, to, y, flow);
            }
        }
        Ok(())
    }
}

struct National {
    state: Col,
    year: Col,
    values: [(Col, VariableId); 2],
}

impl Reader for National {
    fn row(&mut self, row: &Row<'_>, out: &mut Out<'_>) -> Result<(), Skip> {
        let y = row.year(self.year)?;
        let state = out.codes.state(row, self.state, System::Cow, year(y))?;
        let figures = [amount(row, self.values[0].0)?, amount(row, self.values[1].0)?];
        if figures == [None, None] {
            return Err(Skip::pass_over("no figure"));
        }
        let state = out.batch.term(state);
        for (&(_, variable), figure) in self.values.iter().zip(figures) {
            if let Some(figure) = figure {
                out.batch.state(variable, state, y, figure);
            }
        }
        Ok(())
    }
}

/// An amount; -9 is missing, any other negative number a mistake.
fn amount(row: &Row<'_>, col: Col) -> Result<Option<f64>, Skip> {
    match row.number(col)? {
        Some(-9.0) => Ok(None),
        Some(n) if n < 0.0 => {
            Err(row.wrong(col, "is negative, and not the -9 of a missing figure"))
        }
        n => Ok(n),
    }
}
