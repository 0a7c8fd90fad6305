//! World Development Indicators, one column a year.

use hedgerow_codebook::crosswalk::System;
use hedgerow_ledger::structured::{Absent, Batch};

use super::{Given, variable};
use crate::Error;
use crate::codes::year;
use crate::kind::{Kind, Out, Reader, Tested};
use crate::row::{Col, Columns, Row, Skip};
use crate::table::{Heading, Layout};

pub(crate) const KIND: Kind = Kind {
    name: "wdi",
    title: "World Bank, World Development Indicators (one column a year)",
    row: "an indicator of a state, with a column for each year",
    keeps: "wdi.CODE of states, as wdi.NY.GDP.MKTP.CD, its unit being what the indicator's name has in brackets; aggregates such as the world are passed over",
    licence: "CC BY 4.0",
    citation: "World Bank: World Development Indicators; state the date of the last update",
    url: "https://datatopics.worldbank.org/world-development-indicators/",
    asks: &[],
    tested: Tested::Fixture,
    reader: 1,
    layout: Layout { heading: Heading::Beginning("Country Name"), quoted: true, latin1: false },
    in_parts: false,
    open,
};

struct Indicators {
    state: Col,
    code: Col,
    name: Col,
    years: Vec<(Col, i16)>,
}

fn open(columns: &Columns, _: &Given, _: &mut Batch) -> Result<Box<dyn Reader>, Error> {
    let years: Vec<(Col, i16)> = (0..)
        .zip(&columns.names)
        .filter_map(|(n, name)| {
            let year = name.trim().parse::<i16>().ok().filter(|it| (1900..=2200).contains(it))?;
            Some((Col(n), year))
        })
        .collect();
    if years.is_empty() {
        return Err(columns
            .format("has no column that is a year", "download it with a column for each year"));
    }
    Ok(Box::new(Indicators {
        state: columns.need(&["Country Code"])?,
        code: columns.need(&["Indicator Code"])?,
        name: columns.need(&["Indicator Name"])?,
        years,
    }))
}

impl Reader for Indicators {
    fn row(&mut self, row: &Row<'_>, out: &mut Out<'_>) -> Result<(), Skip> {
        let code = row.text(self.code)?;
        if code.is_empty() {
            return Err(row.wrong(self.code, "is empty"));
        }
        let name = row.text(self.name)?;
        let mut values = Vec::new();
        for &(col, y) in &self.years {
            if let Some(value) = row.number(col)? {
                values.push((y, value));
            }
        }
        let latest = values.last().map_or(2000, |(y, _)| *y);
        out.codes.state_among(row, self.state, System::Alpha3, year(latest))?;
        if values.is_empty() {
            return Err(Skip::pass_over("no figure"));
        }
        let unit = name.rsplit_once('(').and_then(|(_, rest)| rest.strip_suffix(')'));
        let key = format!("wdi.{code}");
        let variable =
            variable(out.batch, &key, unit.unwrap_or("see its name"), &name, Absent::Missing);
        for (y, value) in values {
            let code = out.codes.state_among(row, self.state, System::Alpha3, year(y))?;
            let state = out.batch.term(code);
            out.batch.state(variable, state, y, value);
        }
        Ok(())
    }
}
