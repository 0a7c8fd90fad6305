//! Ideal points of states in the General Assembly, and their agreement with six states.

use hedgerow_codebook::crosswalk::System;
use hedgerow_ledger::structured::{Absent, Batch, VariableId};

use super::un_votes::BEFORE_FIRST_SESSION;
use super::{Given, variable};
use crate::Error;
use crate::codes::year;
use crate::kind::{Kind, Out, Reader, Tested};
use crate::row::{Col, Columns, Row, Skip};
use crate::table::CSV;

pub(crate) const KIND: Kind = Kind {
    name: "un-ideal-points",
    title: "Dynamic ideal points from votes in the General Assembly",
    row: "a state in a session",
    keeps: "un.ideal_point with its 5, 10, 50, 90 and 95 % quantiles and un.votes of states; un.agree of pairs with the United States, Russia, Brazil, China, India and Israel. The year is the session + 1945",
    licence: "free to use with citation",
    citation: "Bailey, Michael A., Anton Strezhnev and Erik Voeten (2017): Estimating Dynamic State Preferences from United Nations Voting Data. Journal of Conflict Resolution 61(2): 430-456",
    url: "https://doi.org/10.7910/DVN/LEJUQZ",
    asks: &[],
    tested: Tested::RealRows,
    reader: 1,
    layout: CSV,
    in_parts: false,
    open,
};

/// The states with which agreement is given: column and COW number.
const WITH: [(&str, &str); 6] = [
    ("USAgree", "2"),
    ("RUSSAgree", "365"),
    ("BrazilAgree", "140"),
    ("ChinaAgree", "710"),
    ("IndiaAgree", "750"),
    ("IsraelAgree", "666"),
];

struct Points {
    state: Col,
    session: Col,
    values: Vec<(Col, VariableId)>,
    agree: Vec<(Col, &'static str)>,
    agreement: VariableId,
}

fn open(columns: &Columns, _: &Given, batch: &mut Batch) -> Result<Box<dyn Reader>, Error> {
    // The columns end in the subject of the votes: IdealPointAll, IdealPointImportant; an older release has no ending.
    let point = columns.names.iter().find_map(|name| name.strip_prefix("IdealPoint"));
    let Some(subject) = point else {
        columns.need(&["IdealPointAll", "IdealPoint"])?;
        return Err(columns.format("has no ideal points", "check the file"));
    };
    let stem = match subject {
        "" | "All" => "un.ideal_point".to_owned(),
        other => format!("un.ideal_point.{}", other.to_lowercase()),
    };
    let mut values = Vec::new();
    let mut add = |batch: &mut Batch, column: String, name: String, unit: &str, what: &str| {
        if let Some(col) = columns.find(&[&column]) {
            values.push((col, variable(batch, &name, unit, what, Absent::Missing)));
        }
    };
    let (unit, what) = ("standard deviations", "ideal point, mean of the posterior");
    add(batch, format!("IdealPoint{subject}"), stem.clone(), unit, what);
    for q in [5, 10, 50, 90, 95] {
        let what = format!("ideal point, {q} % quantile of the posterior");
        add(batch, format!("Q{q}%{subject}"), format!("{stem}.q{q}"), unit, &what);
    }
    let votes = stem.replace("ideal_point", "votes");
    add(batch, format!("NVotes{subject}"), votes, "votes", "votes that the ideal point rests on");
    let agree = WITH.iter().filter_map(|&(name, cow)| columns.find(&[name]).map(|col| (col, cow)));
    Ok(Box::new(Points {
        state: columns.need(&["ccode"])?,
        session: columns.need(&["session"])?,
        values,
        agree: agree.collect(),
        agreement: variable(
            batch,
            "un.agree",
            "share",
            "share of roll calls in which both vote alike, as the source computes it",
            Absent::Missing,
        ),
    }))
}

impl Reader for Points {
    fn row(&mut self, row: &Row<'_>, out: &mut Out<'_>) -> Result<(), Skip> {
        let session = row.need_whole(self.session)?;
        if !(1..=200).contains(&session) {
            return Err(row.wrong(self.session, "is no number of a regular session"));
        }
        let y = BEFORE_FIRST_SESSION + session as i16;
        let code = out.codes.state(row, self.state, System::Cow, year(y))?;
        let state = out.batch.term(code);
        let mut values = Vec::with_capacity(self.values.len());
        for &(col, variable) in &self.values {
            values.push((variable, row.number(col)?));
        }
        let mut agree = Vec::with_capacity(self.agree.len());
        for &(col, cow) in &self.agree {
            agree.push((cow, row.number(col)?));
        }
        for (variable, value) in values {
            if let Some(value) = value {
                out.batch.state(variable, state, y, value);
            }
        }
        let one_of_them =
            WITH.iter().any(|(_, cow)| out.codes.look(System::Cow, cow, year(y)) == Some(code));
        for (cow, value) in agree {
            let other = out.codes.look(System::Cow, cow, year(y));
            let (Some(value), Some(other)) = (value, other.filter(|&it| it != code)) else {
                continue;
            };
            let other = out.batch.term(other);
            out.batch.dyad(self.agreement, state, other, y, value);
            // Symmetric; between two of the six each has a row of its own.
            if !one_of_them {
                out.batch.dyad(self.agreement, other, state, y, value);
            }
        }
        Ok(())
    }
}
