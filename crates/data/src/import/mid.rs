//! Militarised interstate disputes, by directed pair and year.

use std::collections::BTreeMap;

use hedgerow_codebook::crosswalk::System;
use hedgerow_ledger::structured::{Absent, Batch, NewSpell, VariableId};

use super::dates::partial;
use super::{Given, detail, variable};
use crate::Error;
use crate::codes::year;
use crate::kind::{Kind, Out, Reader, Tested};
use crate::row::{Col, Columns, Row, Skip};
use crate::table::CSV;

pub(crate) const KIND: Kind = Kind {
    name: "mid",
    title: "Militarized interstate disputes (MID, dyadic or directed dispute-years; also Gibler-Miller-Little)",
    row: "a dispute of a directed pair of states in a year",
    keeps: "mid.disputes, mid.hostility (highest of a toward b: 1 none, 2 threat, 3 display, 4 use of force, 5 war) and mid.fatality (level of a's dead, 0 to 6) of directed pairs; spells mid.dispute. None means none in the years covered; -9 is missing",
    licence: "free to use with citation",
    citation: "Maoz, Zeev, Paul L. Johnson, Jasper Kaplan, Fiona Ogunkoya and Aaron P. Shreve (2019): The Dyadic Militarized Interstate Disputes (MIDs) Dataset Version 3.0. Journal of Conflict Resolution 63(3): 811-835; state the version",
    url: "https://correlatesofwar.org/data-sets/mids/",
    asks: &[],
    tested: Tested::RealRows,
    reader: 1,
    layout: CSV,
    in_parts: false,
    open,
};

struct Disputes {
    number: Col,
    a: Col,
    b: Col,
    year: Col,
    hostility: Col,
    fatality: Option<Col>,
    /// Beginning and end, where the release dates them: year, month, day.
    days: Option<[[Col; 3]; 2]>,
    variables: [VariableId; 3],
    spell: VariableId,
    sums: BTreeMap<(String, String, i16), Sum>,
    spells: BTreeMap<(i64, String, String), (String, String, i64)>,
}

#[derive(Default)]
struct Sum {
    disputes: u32,
    hostility: Option<i64>,
    fatality: Option<i64>,
}

fn open(columns: &Columns, _: &Given, batch: &mut Batch) -> Result<Box<dyn Reader>, Error> {
    let three = |y, m, d| Some([columns.find(&[y])?, columns.find(&[m])?, columns.find(&[d])?]);
    let start = three("strtyr", "strtmnth", "strtday");
    let days = start.zip(three("endyear", "endmnth", "endday")).map(|(start, end)| [start, end]);
    let mut of = |name, unit, what| variable(batch, name, unit, what, Absent::Zero);
    Ok(Box::new(Disputes {
        number: columns.need(&["disno", "dispnum"])?,
        a: columns.need(&["statea", "ccode1"])?,
        b: columns.need(&["stateb", "ccode2"])?,
        year: columns.need(&["year"])?,
        hostility: columns.need(&["hihosta", "hostlev1"])?,
        fatality: columns.find(&["fatleva", "fatality1"]),
        days,
        variables: [
            of("mid.disputes", "disputes", "disputes of a and b that went on in the year"),
            of("mid.hostility", "1 to 5", "highest hostility of a toward b"),
            of("mid.fatality", "0 to 6", "highest level of a's dead in a dispute with b"),
        ],
        spell: of("mid.dispute", "highest hostility, 1 to 5", "dispute of two states"),
        sums: BTreeMap::new(),
        spells: BTreeMap::new(),
    }))
}

impl Reader for Disputes {
    fn row(&mut self, row: &Row<'_>, out: &mut Out<'_>) -> Result<(), Skip> {
        let y = row.year(self.year)?;
        let a = out.codes.state(row, self.a, System::Cow, year(y))?;
        let b = out.codes.state(row, self.b, System::Cow, year(y))?;
        if a == b {
            return Err(Skip::pass_over("one state on both sides"));
        }
        let number = row.need_whole(self.number)?;
        let known =
            |col: Col| -> Result<Option<i64>, Skip> { Ok(row.whole(col)?.filter(|&n| n >= 0)) };
        let hostility = known(self.hostility)?;
        let fatality = self.fatality.map(known).transpose()?.flatten();
        let (start, end) = match self.days {
            Some([start, end]) => {
                let day = |[y, m, d]: [Col; 3]| partial(row, y, Some(m), Some(d));
                (day(start)?, day(end)?)
            }
            None => (None, None),
        };
        let this_year = || format!("{y:04}");
        let (start, end) = (start.unwrap_or_else(this_year), end.unwrap_or_else(this_year));
        for variable in self.variables {
            out.batch.cover(variable, y);
        }
        out.batch.cover(self.spell, y);
        let sum = self.sums.entry((a.to_owned(), b.to_owned(), y)).or_default();
        sum.disputes += 1;
        sum.hostility = sum.hostility.max(hostility);
        sum.fatality = sum.fatality.max(fatality);
        // Each direction has its row; the dispute is one.
        let (first, second) = if a < b { (a, b) } else { (b, a) };
        let spell = self
            .spells
            .entry((number, first.to_owned(), second.to_owned()))
            .or_insert_with(|| (start.clone(), end.clone(), 0));
        if start < spell.0 {
            spell.0 = start;
        }
        if end > spell.1 {
            spell.1 = end;
        }
        spell.2 = spell.2.max(hostility.unwrap_or(0));
        Ok(())
    }

    fn finish(&mut self, out: &mut Out<'_>) {
        for ((a, b, y), sum) in std::mem::take(&mut self.sums) {
            let (a, b) = (out.batch.term(&a), out.batch.term(&b));
            let values = [Some(i64::from(sum.disputes)), sum.hostility, sum.fatality];
            for (variable, value) in self.variables.into_iter().zip(values) {
                if let Some(value) = value {
                    out.batch.dyad(variable, a, b, y, value as f64);
                }
            }
        }
        let spells = std::mem::take(&mut self.spells);
        for (row, ((number, a, b), (start, end, hostility))) in (1..).zip(spells) {
            let (a, b) = (out.batch.term(&a), out.batch.term(&b));
            out.batch.spell(NewSpell {
                variable: self.spell,
                row,
                a,
                b,
                start: Some(start),
                until: Some(end),
                label: format!("MID {number}"),
                value: (hostility > 0).then_some(hostility as f64),
                detail: detail([]),
            });
        }
    }
}
