//! Trade agreements of the DESTA project.

use std::collections::BTreeMap;

use hedgerow_codebook::crosswalk::System;
use hedgerow_ledger::structured::{Absent, Batch, NewSpell, VariableId};

use super::{Given, detail, variable};
use crate::Error;
use crate::codes::year;
use crate::kind::{Kind, Out, Reader, Tested};
use crate::row::{Col, Columns, Row, Skip, is_missing};
use crate::table::{Heading, Layout};

pub(crate) const KIND: Kind = Kind {
    name: "desta",
    title: "Design of Trade Agreements (DESTA), list of treaties",
    row: "a treaty, accession, withdrawal, amendment or negotiation, with its members in c1 to c91",
    keeps: "spells desta.agreement (base treaties and accessions; from entry into force where the list has it) and desta.withdrawal of every pair that it binds, and desta.signed, the number of agreements that a pair signed in a year. Where the membership codes mc1… differ, only pairs across them are bound. Negotiations, amendments and consolidated texts are passed over",
    licence: "free to use with citation",
    citation: "Dür, Andreas, Leonardo Baccini and Manfred Elsig (2014): The Design of International Trade Agreements: Introducing a New Dataset. Review of International Organizations 9(3): 353-375; state the version",
    url: "https://www.designoftradeagreements.org/downloads/",
    asks: &[],
    tested: Tested::RealRows,
    reader: 1,
    layout: Layout { heading: Heading::First, quoted: true, latin1: true },
    in_parts: false,
    open,
};

struct Treaties {
    number: Col,
    base: Col,
    name: Col,
    entry: Col,
    signed: Col,
    force: Col,
    members: Vec<(Col, Option<Col>)>,
    agreement: VariableId,
    withdrawal: VariableId,
    signatures: VariableId,
    spells: i64,
    sums: BTreeMap<(String, String, i16), u32>,
}

fn open(columns: &Columns, _: &Given, batch: &mut Batch) -> Result<Box<dyn Reader>, Error> {
    columns.need(&["c1"])?;
    columns.need(&["c2"])?;
    let members = (1..=400).map_while(|n| {
        columns.find(&[&format!("c{n}")]).map(|col| (col, columns.find(&[&format!("mc{n}")])))
    });
    let mut of = |name, unit, what| variable(batch, name, unit, what, Absent::Zero);
    Ok(Box::new(Treaties {
        number: columns.need(&["number"])?,
        base: columns.need(&["base_treaty"])?,
        name: columns.need(&["name"])?,
        entry: columns.need(&["entry_type"])?,
        signed: columns.need(&["year"])?,
        force: columns.need(&["entryforceyear"])?,
        members: members.collect(),
        agreement: of("desta.agreement", "agreement", "trade agreement that binds a and b"),
        withdrawal: of("desta.withdrawal", "withdrawal", "withdrawal that parts a and b"),
        signatures: of(
            "desta.signed",
            "agreements",
            "trade agreements that a and b signed in the year",
        ),
        spells: 0,
        sums: BTreeMap::new(),
    }))
}

impl Reader for Treaties {
    fn row(&mut self, row: &Row<'_>, out: &mut Out<'_>) -> Result<(), Skip> {
        let entry = row.text(self.entry)?.into_owned();
        let variable = match &*entry {
            "base_treaty" | "accession" => self.agreement,
            "withdrawal" => self.withdrawal,
            "negotiation" => return Err(Skip::pass_over("a negotiation")),
            "protocol or amendment" | "consolidated" => {
                return Err(Skip::pass_over(
                    "an amendment or consolidated text of an agreement with a row of its own",
                ));
            }
            _ => return Err(row.wrong(self.entry, "is no type of entry that is known")),
        };
        let signed = row.year(self.signed)?;
        let force = row.whole(self.force)?;
        let mut members: Vec<(&str, i64)> = Vec::new();
        let mut dependent = false;
        for &(col, side) in &self.members {
            if is_missing(row.bytes(col)) {
                continue;
            }
            let side = side.map(|col| row.whole(col)).transpose()?.flatten().unwrap_or(0);
            match out.codes.state(row, col, System::M49, year(signed)) {
                Ok(code) => members.push((code, side)),
                // Customs territories without a foreign policy of their own are members too.
                Err(_) => dependent = true,
            }
        }
        if members.len() < 2 {
            return Err(if dependent {
                Skip::pass_over("fewer than two states: members that are territories")
            } else {
                Skip::refuse("fewer than two members")
            });
        }
        let across = members.iter().any(|(_, side)| *side != members[0].1);
        let label = row.text(self.name)?.into_owned();
        let more = detail([
            ("number", row.some(Some(self.number))?),
            ("base_treaty", row.some(Some(self.base))?),
            ("entry", Some(entry)),
            ("signed", Some(signed.to_string())),
            ("in_force", force.map(|year| year.to_string())),
        ]);
        for year in
            [Some(signed), force.and_then(|it| i16::try_from(it).ok())].into_iter().flatten()
        {
            out.batch.cover(variable, year);
        }
        out.batch.cover(self.signatures, signed);
        for (n, &(first, side)) in members.iter().enumerate() {
            for &(second, other) in &members[n + 1..] {
                if first == second || across && side == other {
                    continue;
                }
                let (a, b) = if first < second { (first, second) } else { (second, first) };
                self.spells += 1;
                if variable == self.agreement {
                    *self.sums.entry((a.to_owned(), b.to_owned(), signed)).or_default() += 1;
                }
                let (a, b) = (out.batch.term(a), out.batch.term(b));
                out.batch.spell(NewSpell {
                    variable,
                    row: self.spells,
                    a,
                    b,
                    start: Some(force.map_or(signed.into(), |it| it).to_string()),
                    until: None,
                    label: label.clone(),
                    value: None,
                    detail: more.clone(),
                });
            }
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut Out<'_>) {
        for ((a, b, y), n) in std::mem::take(&mut self.sums) {
            let (a, b) = (out.batch.term(&a), out.batch.term(&b));
            for (from, to) in [(a, b), (b, a)] {
                out.batch.dyad(self.signatures, from, to, y, f64::from(n));
            }
        }
    }
}
