//! The state system of the Correlates of War project, and its major powers.

use hedgerow_codebook::crosswalk::System;
use hedgerow_ledger::structured::{Absent, Batch, NewSpell, TermId, VariableId};

use super::dates::partial;
use super::{Given, detail, variable};
use crate::Error;
use crate::codes::{Codes, year};
use crate::kind::{Kind, Out, Reader, Tested};
use crate::row::{Col, Columns, Row, Skip};
use crate::table::CSV;

pub(crate) const KIND: Kind = Kind {
    name: "cow-states",
    title: "Correlates of War state system membership, and major powers",
    row: "a spell of membership in the state system, or as a major power",
    keeps: "spells cow.member (or cow.major); a spell is cut where its number came to mean another state (365: the Soviet Union until 1991). A spell that ends with the data is left open",
    licence: "free to use with citation",
    citation: "Correlates of War Project (2017): State System Membership List, v2016. Online, http://correlatesofwar.org",
    url: "https://correlatesofwar.org/data-sets/state-system-membership/",
    asks: &[],
    tested: Tested::RealRows,
    reader: 1,
    layout: CSV,
    in_parts: false,
    open,
};

struct States {
    ccode: Col,
    name: Option<Col>,
    start: [Col; 3],
    end: [Col; 3],
    variable: VariableId,
    spells: Vec<(i64, String, String, String)>,
}

fn open(columns: &Columns, _: &Given, batch: &mut Batch) -> Result<Box<dyn Reader>, Error> {
    let name = columns.find(&["statenme", "statename"]);
    let (key, what) = match name {
        Some(_) => ("cow.member", "member of the state system"),
        None => ("cow.major", "major power"),
    };
    let need = |a, b, c| -> Result<[Col; 3], Error> {
        Ok([columns.need(&[a])?, columns.need(&[b])?, columns.need(&[c])?])
    };
    Ok(Box::new(States {
        ccode: columns.need(&["ccode"])?,
        name,
        start: need("styear", "stmonth", "stday")?,
        end: need("endyear", "endmonth", "endday")?,
        variable: variable(batch, key, "spell", what, Absent::Zero),
        spells: Vec::new(),
    }))
}

impl Reader for States {
    fn row(&mut self, row: &Row<'_>, out: &mut Out<'_>) -> Result<(), Skip> {
        let [y, m, d] = self.start;
        let start = partial(row, y, Some(m), Some(d))?.ok_or_else(|| row.wrong(y, "is empty"))?;
        let (first, last) = (row.year(y)?, row.year(self.end[0])?);
        let [y, m, d] = self.end;
        let end = partial(row, y, Some(m), Some(d))?.ok_or_else(|| row.wrong(y, "is empty"))?;
        if end < start {
            return Err(row.wrong(y, "lies before the beginning"));
        }
        let ccode = row.need_whole(self.ccode)?;
        out.codes.state(row, self.ccode, System::Cow, year(last))?;
        let label = row.some(self.name)?.unwrap_or_default();
        for year in first..=last {
            out.batch.cover(self.variable, year);
        }
        self.spells.push((ccode, label, start, end));
        Ok(())
    }

    fn finish(&mut self, out: &mut Out<'_>) {
        let Some(last) = self.spells.iter().map(|(.., end)| end.clone()).max() else { return };
        let mut number = 0;
        for (ccode, label, start, end) in self.spells.drain(..) {
            let until = Some(end.clone()).filter(|end| *end != last);
            let key = ccode.to_string();
            for (code, start, until) in by_state(out.codes, System::Cow, &key, &start, &end, until)
            {
                number += 1;
                let a = out.batch.term(&code);
                let cow = Some(key.clone());
                out.batch.spell(NewSpell {
                    variable: self.variable,
                    row: number,
                    a,
                    b: TermId::NONE,
                    start: Some(start),
                    until,
                    label: label.clone(),
                    value: None,
                    detail: detail([("cow", cow), ("data_end", Some(last.clone()))]),
                });
            }
        }
    }
}

/// A spell of a number, cut where the number came to mean another state. Years between are cut at their beginning.
pub(super) fn by_state(
    codes: Codes<'_>,
    system: System,
    key: &str,
    start: &str,
    end: &str,
    until: Option<String>,
) -> Vec<(String, String, Option<String>)> {
    let year_of = |text: &str| text.get(..4).and_then(|it| it.parse::<i16>().ok()).unwrap_or(0);
    let mut pieces: Vec<(String, String, Option<String>)> = Vec::new();
    for y in year_of(start)..=year_of(end) {
        let Some(code) = codes.look(system, key, year(y)) else { continue };
        match pieces.last_mut() {
            Some((last, ..)) if last == code => {}
            Some((.., until)) => {
                *until = Some(format!("{:04}-12-31", y - 1));
                pieces.push((code.to_owned(), format!("{y:04}-01-01"), None));
            }
            None => pieces.push((code.to_owned(), start.to_owned(), None)),
        }
    }
    if let Some((.., last)) = pieces.last_mut() {
        *last = until;
    }
    pieces
}
