//! Chinese development finance as `AidData` counts it: projects, or sums by state and year.

use std::collections::BTreeMap;

use hedgerow_codebook::crosswalk::System;
use hedgerow_ledger::structured::{Absent, Batch, NewSpell, VariableId};

use super::{Given, detail, variable};
use crate::Error;
use crate::codes::year;
use crate::kind::{Kind, Out, Reader, Tested};
use crate::row::{Col, Columns, Row, Skip};
use crate::table::CSV;

pub(crate) const KIND: Kind = Kind {
    name: "gcdf",
    title: "AidData, Global Chinese Development Finance 3.0: projects (its sheet saved as CSV), or sums by state and year",
    row: "a project, or a state in a year",
    keeps: "gcdf.oda, gcdf.oof, gcdf.vague from China to the recipient, by year of commitment, in constant 2021 USD (adjusted amounts; of projects only those recommended for aggregates), and gcdf.…_nominal; spells gcdf.project. These are commitments, not payments",
    licence: "ODC-BY 1.0",
    citation: "Custer, S., Dreher, A., Elston, T.B., Escobar, B., Fedorochko, R., Fuchs, A., Ghose, S., Lin, J., Malik, A., Parks, B.C., Solomon, K., Strange, A., Tierney, M.J., Vlasto, L., Walsh, K., Wang, F., Zaleski, L. and Zhang, S. (2023): Tracking Chinese Development Finance: An Application of AidData's TUFF 3.0 Methodology. AidData at William & Mary",
    url: "https://www.aiddata.org/data/aiddatas-global-chinese-development-finance-dataset-version-3-0",
    asks: &[],
    tested: Tested::RealRows,
    reader: 1,
    layout: CSV,
    in_parts: false,
    open,
};

const REAL: &str = "constant 2021 USD";
/// Suffix of columns and variables, meaning.
const CLASSES: [(&str, &str, &str); 3] = [
    ("oda", "oda", "official development assistance of China, committed"),
    ("oof", "oof", "other official flows of China, committed"),
    ("vof", "vague", "official flows of China of an unknown class, committed"),
];

fn open(columns: &Columns, _: &Given, batch: &mut Batch) -> Result<Box<dyn Reader>, Error> {
    if let Some(recommended) = columns.find(&["Recommended For Aggregates"]) {
        return Ok(Box::new(Projects {
            id: columns.need(&["AidData Record ID"])?,
            recommended,
            recipient: columns.need(&["Recipient ISO-3"])?,
            committed: columns.need(&["Commitment Year"])?,
            class: columns.need(&["Flow Class"])?,
            amount: columns
                .need(&["Adjusted Amount (Constant USD 2021)", "Amount (Constant USD 2021)"])?,
            title: columns.need(&["Title"])?,
            status: columns.find(&["Status"]),
            kind: columns.find(&["Flow Type Simplified", "Flow Type"]),
            sector: columns.find(&["Sector Name"]),
            variables: CLASSES.map(|(_, name, what)| {
                variable(batch, &format!("gcdf.{name}"), REAL, what, Absent::Missing)
            }),
            project: variable(
                batch,
                "gcdf.project",
                REAL,
                "project financed by China",
                Absent::Missing,
            ),
            sums: BTreeMap::new(),
        }));
    }
    let (state, system) = match columns.find(&["ccode"]) {
        Some(col) => (col, System::Cow),
        None => (columns.need(&["gwcode", "ccode", "Recommended For Aggregates"])?, System::Gw),
    };
    let mut values = Vec::new();
    for (column, name, what) in CLASSES {
        let real = variable(batch, &format!("gcdf.{name}"), REAL, what, Absent::Missing);
        values.push((columns.need(&[&format!("{column}_adj")])?, real));
        if let Some(col) = columns.find(&[&format!("{column}_amt")]) {
            let name = format!("gcdf.{name}_unadjusted");
            values.push((col, variable(batch, &name, REAL, what, Absent::Missing)));
        }
    }
    Ok(Box::new(Sums { state, system, year: columns.need(&["year"])?, values }))
}

struct Sums {
    state: Col,
    system: System,
    year: Col,
    values: Vec<(Col, VariableId)>,
}

impl Reader for Sums {
    fn row(&mut self, row: &Row<'_>, out: &mut Out<'_>) -> Result<(), Skip> {
        let y = row.year(self.year)?;
        let state = out.codes.state(row, self.state, self.system, year(y))?;
        let mut values = Vec::new();
        for &(col, variable) in &self.values {
            if let Some(value) = row.number(col)? {
                values.push((variable, value));
            }
        }
        let (china, state) = (out.batch.term("CHN"), out.batch.term(state));
        for (variable, value) in values {
            out.batch.dyad(variable, china, state, y, value);
        }
        Ok(())
    }
}

struct Projects {
    id: Col,
    recommended: Col,
    recipient: Col,
    committed: Col,
    class: Col,
    amount: Col,
    title: Col,
    status: Option<Col>,
    kind: Option<Col>,
    sector: Option<Col>,
    variables: [VariableId; 3],
    project: VariableId,
    sums: BTreeMap<(usize, String, i16), f64>,
}

impl Reader for Projects {
    fn row(&mut self, row: &Row<'_>, out: &mut Out<'_>) -> Result<(), Skip> {
        match row.bytes(self.recommended) {
            b"Yes" => {}
            b"No" => {
                return Err(Skip::pass_over(
                    "not recommended for aggregates: a pledge, cancelled, suspended, or counted elsewhere",
                ));
            }
            _ => return Err(row.wrong(self.recommended, "is neither Yes nor No")),
        }
        let y = row.year(self.committed)?;
        let recipient = out.codes.state_among(row, self.recipient, System::Alpha3, year(y))?;
        let class = match row.bytes(self.class) {
            b"ODA-like" => 0,
            b"OOF-like" => 1,
            b"Vague (Official Finance)" => 2,
            _ => {
                return Err(row
                    .wrong(self.class, "is none of ODA-like, OOF-like, Vague (Official Finance)"));
            }
        };
        let id = row.need_whole(self.id)?;
        let amount = row.number(self.amount)?;
        let label = row.text(self.title)?.into_owned();
        let more = detail([
            ("class", row.some(Some(self.class))?),
            ("type", row.some(self.kind)?),
            ("sector", row.some(self.sector)?),
            ("status", row.some(self.status)?),
        ]);
        if let Some(amount) = amount {
            *self.sums.entry((class, recipient.to_owned(), y)).or_default() += amount;
        }
        let (a, b) = (out.batch.term("CHN"), out.batch.term(recipient));
        out.batch.cover(self.project, y);
        out.batch.spell(NewSpell {
            variable: self.project,
            row: id,
            a,
            b,
            start: Some(y.to_string()),
            until: None,
            label,
            value: amount,
            detail: more,
        });
        Ok(())
    }

    fn finish(&mut self, out: &mut Out<'_>) {
        for ((class, recipient, y), amount) in std::mem::take(&mut self.sums) {
            let (a, b) = (out.batch.term("CHN"), out.batch.term(&recipient));
            out.batch.dyad(self.variables[class], a, b, y, amount);
        }
    }
}
