//! UN Comtrade.

use hedgerow_codebook::crosswalk::System;
use hedgerow_ledger::structured::{Absent, Batch};

use super::{Given, variable};
use crate::Error;
use crate::codes::year;
use crate::kind::{Kind, Out, Reader, Tested};
use crate::row::{Col, Columns, Row, Skip};
use crate::table::CSV;

pub(crate) const KIND: Kind = Kind {
    name: "comtrade",
    title: "UN Comtrade, annual trade in goods",
    row: "trade of a reporter with a partner in a commodity and year",
    keeps: "comtrade.imports.COMMODITY and comtrade.exports.COMMODITY, from exporter to importer: imports as the importer reports them, exports as the exporter does, which rarely agree. Current US dollars. Re-exports, months and breakdowns by second partner, transport or customs are left out",
    licence: "UN Comtrade terms: free to use, redistribution restricted",
    citation: "United Nations Statistics Division: UN Comtrade Database; state the date of the download",
    url: "https://comtradeplus.un.org/",
    asks: &[(
        "flow",
        "M where the file has imports of its reporters only, X where it has exports only",
    )],
    tested: Tested::RealRows,
    reader: 1,
    layout: CSV,
    in_parts: false,
    open,
};

struct Trade {
    period: Col,
    reporter: Col,
    partner: Col,
    commodity: Col,
    value: Col,
    flow: Option<Col>,
    stated: Option<Flow>,
    /// Columns that break a figure down, and what they hold where it is whole.
    breakdowns: Vec<(Col, &'static [&'static [u8]])>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Flow {
    Import,
    Export,
}

/// What breaks figures down, and the values of the sum.
const BREAKDOWNS: [(&str, &[&[u8]]); 3] =
    [("partner2Code", &[b"0", b""]), ("motCode", &[b"0", b""]), ("customsCode", &[b"C00", b""])];

fn open(columns: &Columns, given: &Given, _: &mut Batch) -> Result<Box<dyn Reader>, Error> {
    let flow = columns.find(&["flowCode"]);
    let stated = match given.assume.get("flow").map(String::as_str) {
        None => None,
        Some("M") => Some(Flow::Import),
        Some("X") => Some(Flow::Export),
        Some(other) => {
            return Err(columns.format(
                format!("flow={other} is no flow"),
                "say flow=M for imports or flow=X for exports",
            ));
        }
    };
    if flow.is_none() && stated.is_none() {
        return Err(columns.format(
            "has no column `flowCode`, so imports and exports cannot be told apart",
            "download it with that column, or say --assume flow=M or --assume flow=X",
        ));
    }
    let breakdowns = BREAKDOWNS
        .iter()
        .filter_map(|&(name, whole)| columns.find(&[name]).map(|col| (col, whole)));
    Ok(Box::new(Trade {
        period: columns.need(&["period", "refYear"])?,
        reporter: columns.need(&["reporterCode"])?,
        partner: columns.need(&["partnerCode"])?,
        commodity: columns.need(&["cmdCode"])?,
        value: columns.need(&["primaryValue"])?,
        flow,
        stated,
        breakdowns: breakdowns.collect(),
    }))
}

impl Reader for Trade {
    fn row(&mut self, row: &Row<'_>, out: &mut Out<'_>) -> Result<(), Skip> {
        if row.bytes(self.period).len() == 6 {
            return Err(row.wrong(self.period, "is a month; years are kept"));
        }
        let y = row.year(self.period)?;
        for &(col, whole) in &self.breakdowns {
            if !whole.contains(&row.bytes(col)) {
                return Err(Skip::pass_over("a part of a figure that has a row of its own"));
            }
        }
        let flow = match (self.flow.map(|col| row.bytes(col)), self.stated) {
            (Some(b"M"), _) => Flow::Import,
            (Some(b"X"), _) => Flow::Export,
            (Some(b"RX" | b"RM" | b"DX" | b"FM" | b"MIP" | b"XIP" | b"MOP" | b"XOP"), _) => {
                return Err(Skip::pass_over("re-exports, re-imports or a part of a flow"));
            }
            (None, Some(flow)) => flow,
            _ => return Err(Skip::refuse("column `flowCode` is neither M nor X")),
        };
        let reporter = out.codes.state_among(row, self.reporter, System::M49, year(y))?;
        let partner = out.codes.state_among(row, self.partner, System::M49, year(y))?;
        if reporter == partner {
            return Err(Skip::pass_over("one state on both sides"));
        }
        let commodity = row.text(self.commodity)?;
        let Some(value) = row.number(self.value)? else { return Err(Skip::pass_over("no figure")) };
        if value < 0.0 {
            return Err(row.wrong(self.value, "is negative"));
        }
        let (word, what) = match flow {
            Flow::Import => ("imports", "from a to b, as the importer b reports them"),
            Flow::Export => ("exports", "from a to b, as the exporter a reports them"),
        };
        let name = format!("comtrade.{word}.{commodity}");
        let what = format!("goods of commodity {commodity} {what}");
        let variable = variable(out.batch, &name, "current USD", &what, Absent::Missing);
        let (from, to) =
            if flow == Flow::Import { (partner, reporter) } else { (reporter, partner) };
        let (from, to) = (out.batch.term(from), out.batch.term(to));
        out.batch.dyad(variable, from, to, y, value);
        Ok(())
    }
}
