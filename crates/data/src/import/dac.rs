//! Aid of the OECD's Development Assistance Committee, as its data service gives it.

use hedgerow_codebook::crosswalk::System;
use hedgerow_ledger::structured::{Absent, Batch};

use super::{Given, variable};
use crate::Error;
use crate::codes::year;
use crate::kind::{Kind, Out, Reader, Tested};
use crate::row::{Col, Columns, Row, Skip};
use crate::table::CSV;

pub(crate) const KIND: Kind = Kind {
    name: "dac",
    title: "OECD DAC aid to recipients (DAC2A, DAC3A), CSV of the data service",
    row: "an amount from a donor to a recipient in a year",
    keeps: "dac.MEASURE.current or .constant, from donor to recipient, as dac.206.constant (206: ODA, net; 305: commitments); commitments (flow C) and disbursements (D) are two variables and are never added. Groups of donors and recipients are passed over",
    licence: "OECD terms: free to use with attribution",
    citation: "OECD: Aid (ODA) disbursements to countries and regions, DAC2A; state the date of the download",
    url: "https://data-explorer.oecd.org/",
    asks: &[],
    tested: Tested::Fixture,
    reader: 1,
    layout: CSV,
    in_parts: false,
    open,
};

struct Aid {
    donor: Col,
    recipient: Col,
    measure: Col,
    measure_name: Option<Col>,
    unit: Col,
    price: Col,
    year: Col,
    value: Col,
    base: Option<Col>,
    power: Col,
    flow: Option<Col>,
}

fn open(columns: &Columns, _: &Given, _: &mut Batch) -> Result<Box<dyn Reader>, Error> {
    // The heading has each concept twice, in capitals the code and in small letters the name: only the first is wanted.
    let exact = |name: &str| columns.names.iter().position(|it| it == name).map(Col);
    let need = |name: &str| exact(name).map_or_else(|| columns.need(&[name]), Ok);
    Ok(Box::new(Aid {
        donor: need("DONOR")?,
        recipient: need("RECIPIENT")?,
        measure: need("MEASURE")?,
        measure_name: exact("Measure"),
        unit: need("UNIT_MEASURE")?,
        price: need("PRICE_BASE")?,
        year: need("TIME_PERIOD")?,
        value: need("OBS_VALUE")?,
        base: exact("BASE_PER"),
        power: need("UNIT_MULT")?,
        flow: exact("FLOW_TYPE"),
    }))
}

impl Reader for Aid {
    fn row(&mut self, row: &Row<'_>, out: &mut Out<'_>) -> Result<(), Skip> {
        let y = row.year(self.year)?;
        let donor = out.codes.state_among(row, self.donor, System::Alpha3, year(y))?;
        let recipient = out.codes.state_among(row, self.recipient, System::Alpha3, year(y))?;
        if row.bytes(self.unit) != b"USD" {
            return Err(row.wrong(self.unit, "is not USD"));
        }
        let price = match row.bytes(self.price) {
            b"V" => "current",
            b"Q" => "constant",
            _ => return Err(row.wrong(self.price, "is neither V (current) nor Q (constant)")),
        };
        let flow = match self.flow.map_or(&b""[..], |col| row.bytes(col)) {
            b"" | b"D" => "",
            b"C" => ".committed",
            _ => {
                return Err(Skip::refuse(
                    "column `FLOW_TYPE` is neither D (disbursed) nor C (committed)",
                ));
            }
        };
        // Without it a figure may be dollars or millions of them.
        let Some(power @ 0..=12) = row.whole(self.power)? else {
            return Err(row.wrong(self.power, "is no power of ten from 0 to 12"));
        };
        let Some(value) = row.number(self.value)? else {
            return Err(Skip::pass_over("no figure"));
        };
        let measure = row.text(self.measure)?;
        if measure.is_empty() {
            return Err(row.wrong(self.measure, "is empty"));
        }
        let base = row.some(self.base)?;
        let unit = match (price, base) {
            ("current", _) => "current USD".to_owned(),
            (_, Some(base)) => format!("constant {base} USD"),
            (_, None) => "constant USD".to_owned(),
        };
        let what = row.some(self.measure_name)?.unwrap_or_else(|| format!("measure {measure}"));
        let name = format!("dac.{measure}.{price}{flow}");
        let variable = variable(out.batch, &name, &unit, &what, Absent::Missing);
        let (a, b) = (out.batch.term(donor), out.batch.term(recipient));
        out.batch.dyad(variable, a, b, y, value * 10_f64.powi(power as i32));
        Ok(())
    }
}
