//! The trade register of the SIPRI arms transfers database.

use std::collections::BTreeMap;

use hedgerow_codebook::crosswalk::{System, When};
use hedgerow_ledger::structured::{Absent, Batch, NewSpell, VariableId};

use super::{Given, detail, variable};
use crate::Error;
use crate::codes::year;
use crate::kind::{Kind, Out, Reader, Tested};
use crate::row::{Col, Columns, Row, Skip};
use crate::table::{Heading, Layout};

pub(crate) const KIND: Kind = Kind {
    name: "sipri",
    title: "SIPRI arms transfers, trade register",
    row: "an order of major arms, from supplier to recipient",
    keeps: "spells sipri.order, and sipri.tiv, the volume delivered in a year in million trend-indicator values: the volume of an order is spread evenly over its years of delivery, which is our rule, not SIPRI's. The register has names, no codes; rebels, organisations and unknown parties are passed over",
    licence: "© SIPRI: use with attribution, no redistribution of the whole",
    citation: "Stockholm International Peace Research Institute: SIPRI Arms Transfers Database; state the date of the download",
    url: "https://armstransfers.sipri.org/ArmsTransfer/TransferRegister",
    asks: &[],
    tested: Tested::RealRows,
    reader: 1,
    layout: Layout { heading: Heading::Beginning("Recipient,"), quoted: true, latin1: true },
    in_parts: false,
    open,
};

/// The database begins here.
const FIRST_YEAR: i16 = 1950;

struct Orders {
    recipient: Col,
    supplier: Col,
    ordered: Col,
    number: Col,
    weapon: Col,
    description: Col,
    delivered: Col,
    years: Col,
    status: Option<Col>,
    tiv: Col,
    order: VariableId,
    volume: VariableId,
    last: Option<i16>,
    row: i64,
    sums: BTreeMap<(String, String, i16), f64>,
}

fn open(columns: &Columns, _: &Given, batch: &mut Batch) -> Result<Box<dyn Reader>, Error> {
    // "Data generated: 13 Mar 2025": the last whole year is the one before.
    let generated = columns.preamble.iter().find_map(|line| line.split_once("generated:"));
    let last = generated.and_then(|(_, rest)| {
        rest.split_whitespace().find_map(|word| word.parse::<i16>().ok().filter(|it| *it > 1900))
    });
    Ok(Box::new(Orders {
        recipient: columns.need(&["Recipient"])?,
        supplier: columns.need(&["Supplier"])?,
        ordered: columns.need(&["Year of order"])?,
        number: columns.need(&["Number ordered"])?,
        weapon: columns.need(&["Weapon designation"])?,
        description: columns.need(&["Weapon description"])?,
        delivered: columns.need(&["Number delivered"])?,
        years: columns.need(&["Year(s) of delivery"])?,
        status: columns.find(&["status"]),
        tiv: columns.need(&["SIPRI TIV of delivered weapons"])?,
        order: variable(
            batch,
            "sipri.order",
            "TIV delivered, million",
            "order of arms, from supplier to recipient",
            Absent::Zero,
        ),
        volume: variable(
            batch,
            "sipri.tiv",
            "TIV, million",
            "volume of arms delivered from a to b, each order spread evenly over its years of delivery",
            Absent::Zero,
        ),
        last: last.map(|year| year - 1),
        row: 0,
        sums: BTreeMap::new(),
    }))
}

impl Reader for Orders {
    fn row(&mut self, row: &Row<'_>, out: &mut Out<'_>) -> Result<(), Skip> {
        self.row += 1;
        let ordered = row.year(self.ordered)?;
        let when = year(ordered);
        let supplier = party(row, self.supplier, out, when)?;
        let recipient = party(row, self.recipient, out, when)?;
        let tiv = row.number(self.tiv)?;
        if tiv.is_some_and(|it| it < 0.0) {
            return Err(row.wrong(self.tiv, "is negative"));
        }
        let list = row.text(self.years)?;
        let mut years = Vec::new();
        for word in list.split(';').map(str::trim).filter(|it| !it.is_empty()) {
            match word.parse::<i16>() {
                Ok(year @ FIRST_YEAR..=2200) => years.push(year),
                _ => return Err(row.wrong(self.years, "is no list of years, 2014; 2015")),
            }
        }
        if supplier == recipient {
            return Err(Skip::pass_over("one state on both sides"));
        }
        if let Some(tiv) = tiv {
            for &year in &years {
                let key = (supplier.to_owned(), recipient.to_owned(), year);
                *self.sums.entry(key).or_default() += tiv / years.len() as f64;
            }
        }
        let more = detail([
            ("ordered", Some(ordered.to_string())),
            ("number_ordered", row.some(Some(self.number))?),
            ("number_delivered", row.some(Some(self.delivered))?),
            ("delivered", Some(list.into_owned()).filter(|it| !it.is_empty())),
            ("description", row.some(Some(self.description))?),
            ("status", row.some(self.status)?),
        ]);
        let (a, b) = (out.batch.term(supplier), out.batch.term(recipient));
        out.batch.cover(self.order, ordered);
        out.batch.spell(NewSpell {
            variable: self.order,
            row: self.row,
            a,
            b,
            start: Some(ordered.to_string()),
            until: years.iter().max().map(ToString::to_string),
            label: row.text(self.weapon)?.into_owned(),
            value: tiv,
            detail: more,
        });
        Ok(())
    }

    fn finish(&mut self, out: &mut Out<'_>) {
        let sums = std::mem::take(&mut self.sums);
        let seen = sums.keys().map(|(_, _, year)| *year).max();
        for ((a, b, y), tiv) in sums {
            let (a, b) = (out.batch.term(&a), out.batch.term(&b));
            out.batch.dyad(self.volume, a, b, y, tiv);
        }
        if let Some(last) = self.last.or(seen) {
            out.batch.cover(self.volume, FIRST_YEAR);
            out.batch.cover(self.volume, last);
        }
    }
}

/// The state of a name. SIPRI marks rebels with one asterisk and organisations with two.
fn party<'o>(row: &Row<'_>, col: Col, out: &Out<'o>, when: When) -> Result<&'o str, Skip> {
    let name = row.text(col)?;
    if name.ends_with('*') {
        return Err(Skip::pass_over("a rebel group or an organisation"));
    }
    if name.starts_with("unknown") {
        return Err(Skip::pass_over("an unknown party"));
    }
    out.codes.state(row, col, System::Name, when)
}
