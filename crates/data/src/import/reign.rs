//! Leaders: the list of the REIGN data set.

use hedgerow_codebook::crosswalk::System;
use hedgerow_ledger::structured::{Absent, Batch, NewSpell, TermId, VariableId};

use super::dates::partial;
use super::{Given, detail, variable};
use crate::Error;
use crate::codes::year;
use crate::kind::{Kind, Out, Reader, Tested};
use crate::row::{Col, Columns, Row, Skip};
use crate::table::{Heading, Layout};

pub(crate) const KIND: Kind = Kind {
    name: "reign",
    title: "REIGN, list of leaders",
    row: "a leader's time in office",
    keeps: "spells reign.leader: the effective leader; the last day is known by its month only, and who has none was in office when the list was made",
    licence: "MIT",
    citation: "Bell, Curtis (2016): The Rulers, Elections, and Irregular Governance Dataset (REIGN). OEF Research; state the month of the release",
    url: "https://oefdatascience.github.io/REIGN.github.io/",
    asks: &[],
    tested: Tested::RealRows,
    reader: 1,
    layout: Layout { heading: Heading::First, quoted: true, latin1: true },
    in_parts: false,
    open,
};

struct Leaders {
    id: Col,
    state: Col,
    leader: Col,
    start: [Col; 3],
    end: [Col; 2],
    variable: VariableId,
    row: i64,
}

fn open(columns: &Columns, _: &Given, batch: &mut Batch) -> Result<Box<dyn Reader>, Error> {
    Ok(Box::new(Leaders {
        id: columns.need(&["leadid"])?,
        state: columns.need(&["ccode"])?,
        leader: columns.need(&["leader"])?,
        start: [columns.need(&["syear"])?, columns.need(&["smonth"])?, columns.need(&["sdate"])?],
        end: [columns.need(&["eyear"])?, columns.need(&["emonth"])?],
        variable: variable(
            batch,
            "reign.leader",
            "spell",
            "effective leader of the state",
            Absent::Missing,
        ),
        row: 0,
    }))
}

impl Reader for Leaders {
    fn row(&mut self, row: &Row<'_>, out: &mut Out<'_>) -> Result<(), Skip> {
        self.row += 1;
        let [y, m, d] = self.start;
        let start = partial(row, y, Some(m), Some(d))?.ok_or_else(|| row.wrong(y, "is empty"))?;
        let until = partial(row, self.end[0], Some(self.end[1]), None)?;
        let first = row.year(y)?;
        if until.as_deref().is_some_and(|until| until < start.get(..until.len()).unwrap_or(&start))
        {
            return Err(row.wrong(self.end[0], "lies before the beginning"));
        }
        let state = out.codes.state(row, self.state, System::Cow, year(first))?;
        out.batch.cover(self.variable, first);
        if let Some(last) = row.whole(self.end[0])? {
            out.batch.cover(self.variable, last as i16);
        }
        let a = out.batch.term(state);
        out.batch.spell(NewSpell {
            variable: self.variable,
            row: self.row,
            a,
            b: TermId::NONE,
            start: Some(start),
            until,
            label: row.text(self.leader)?.into_owned(),
            value: None,
            detail: detail([("id", row.some(Some(self.id))?)]),
        });
        Ok(())
    }
}
