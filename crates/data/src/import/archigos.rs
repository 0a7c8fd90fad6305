//! Leaders: Archigos, one row a leader or one row a leader and year.

use std::collections::BTreeMap;

use hedgerow_codebook::crosswalk::System;
use hedgerow_ledger::structured::{Absent, Batch, NewSpell, TermId, VariableId};
use jiff::civil::Date;

use super::dates::Dates;
use super::{Given, detail, variable};
use crate::Error;
use crate::codes::day;
use crate::kind::{Kind, Out, Reader, Tested};
use crate::row::{Col, Columns, Row, Skip};
use crate::table::{Heading, Layout};

pub(crate) const KIND: Kind = Kind {
    name: "archigos",
    title: "Archigos, political leaders 1875 to 2015",
    row: "a leader's time in office, whole or cut at each new year",
    keeps: "spells archigos.leader: the effective leader (in Vietnam the General Secretary), with how office was entered and left; years of one spell are put together again, and who was still in office at the end of the data has no last day",
    licence: "free to use with citation",
    citation: "Goemans, Henk E., Kristian Skrede Gleditsch and Giacomo Chiozza (2009): Introducing Archigos: A Dataset of Political Leaders. Journal of Peace Research 46(2): 269-283; version 4.1",
    url: "https://www.rochester.edu/college/faculty/hgoemans/data.htm",
    asks: &[super::dates::ASKS],
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
    start: Col,
    end: Col,
    entry: Option<Col>,
    exit: Option<Col>,
    dates: Dates,
    variable: VariableId,
    spells: BTreeMap<String, Spell>,
}

struct Spell {
    state: String,
    leader: String,
    start: Date,
    end: Date,
    entry: Option<String>,
    exit: Option<String>,
}

fn open(columns: &Columns, given: &Given, batch: &mut Batch) -> Result<Box<dyn Reader>, Error> {
    Ok(Box::new(Leaders {
        id: columns.need(&["obsid"])?,
        // Archigos numbers states as Gleditsch and Ward do, whatever the column is called.
        state: columns.need(&["gwcode", "ccode"])?,
        leader: columns.need(&["leader"])?,
        start: columns.need(&["startdate"])?,
        end: columns.need(&["enddate"])?,
        entry: columns.find(&["entry"]),
        exit: columns.find(&["exit"]),
        dates: Dates::of(columns, given)?,
        variable: variable(
            batch,
            "archigos.leader",
            "spell",
            "effective leader of the state",
            Absent::Missing,
        ),
        spells: BTreeMap::new(),
    }))
}

impl Reader for Leaders {
    fn row(&mut self, row: &Row<'_>, out: &mut Out<'_>) -> Result<(), Skip> {
        let start = self.dates.day(row, self.start)?;
        let end = self.dates.day(row, self.end)?;
        if end < start {
            return Err(row.wrong(self.end, "lies before the beginning"));
        }
        let state = out.codes.state(row, self.state, System::Gw, day(start))?;
        let id = row.text(self.id)?.into_owned();
        if id.is_empty() {
            return Err(row.wrong(self.id, "is empty"));
        }
        let leader = row.text(self.leader)?.into_owned();
        // `(p_year)` and `(n_year)` mark the cuts at the turn of the year.
        let told = |text: Option<String>| text.filter(|it| !it.starts_with('('));
        let (entry, exit) = (told(row.some(self.entry)?), told(row.some(self.exit)?));
        for year in start.year()..=end.year() {
            out.batch.cover(self.variable, year);
        }
        let new = Spell { state: state.to_owned(), leader, start, end, entry, exit };
        match self.spells.get_mut(&id) {
            None => {
                self.spells.insert(id, new);
            }
            Some(spell) if spell.leader != new.leader => {
                return Err(row.wrong(self.id, "stands for another leader already"));
            }
            Some(spell) => {
                spell.start = spell.start.min(new.start);
                spell.end = spell.end.max(new.end);
                spell.entry = spell.entry.take().or(new.entry);
                spell.exit = new.exit.or(spell.exit.take());
            }
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut Out<'_>) {
        for (row, (id, it)) in (1..).zip(std::mem::take(&mut self.spells)) {
            let still = it.exit.as_deref() == Some("Still in Office");
            let a = out.batch.term(&it.state);
            out.batch.spell(NewSpell {
                variable: self.variable,
                row,
                a,
                b: TermId::NONE,
                start: Some(it.start.to_string()),
                until: (!still).then(|| it.end.to_string()),
                label: it.leader,
                value: None,
                detail: detail([("id", Some(id)), ("entry", it.entry), ("exit", it.exit)]),
            });
        }
    }
}
