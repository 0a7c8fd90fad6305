//! Formal Bilateral Influence Capacity: the index and the parts that it is made of.

use hedgerow_codebook::crosswalk::System;
use hedgerow_ledger::structured::{Absent, Batch, VariableId};

use super::{Given, variable};
use crate::Error;
use crate::codes::year;
use crate::kind::{Kind, Out, Reader, Tested};
use crate::row::{Col, Columns, Row, Skip};
use crate::table::CSV;

pub(crate) const KIND: Kind = Kind {
    name: "fbic",
    title: "Formal Bilateral Influence Capacity (FBIC)",
    row: "a directed pair of states in a year: the influence capacity of a over b",
    keeps: "fbic.fbic, fbic.bandwidth, fbic.dependence, their sub-indices, the normalised parts with their moving averages (`…_ma`), trade, aid and arms; of 280 columns those that the index is made of",
    licence: "free for academic use with citation",
    citation: "Moyer, Jonathan D., Collin J. Meisel, Austin S. Matthews, David K. Bohl and Mathew J. Burrows (2021): China-US Competition: Measuring Global Influence. Atlantic Council and Pardee Center; state the version",
    url: "https://korbel.du.edu/pardee/resources/diplometrics/",
    asks: &[],
    tested: Tested::RealRows,
    reader: 1,
    layout: CSV,
    in_parts: false,
    open,
};

/// Column, unit, meaning.
const VALUES: [(&str, &str, &str); 34] = [
    ("fbic", "index", "formal bilateral influence capacity of a over b"),
    ("bandwidth", "index", "extent of the relations of a and b"),
    ("dependence", "index", "dependence of b on a"),
    ("politicalbandwidth", "index", "political part of the bandwidth"),
    ("economicbandwidth", "index", "economic part of the bandwidth"),
    ("securitybandwidth", "index", "security part of the bandwidth"),
    ("economicdependence", "index", "economic part of the dependence"),
    ("securitydependence", "index", "security part of the dependence"),
    ("bandwidth_nonnorm", "index", "bandwidth before it is divided by its maximum"),
    ("dependence_nonnorm", "index", "dependence before it is divided by its maximum"),
    ("norm_lor_avg", "0 to 1", "diplomatic representation, normalised"),
    ("norm_allianceindex", "0 to 1", "alliance, normalised"),
    ("norm_lor_avg_ma", "0 to 1", "diplomatic representation, moving average"),
    ("norm_igos_ma", "0 to 1", "shared organisations, moving average"),
    ("norm_tradeagreement_ma", "0 to 1", "trade agreements, moving average"),
    ("norm_lntotaltrade_ma", "0 to 1", "logarithm of trade, moving average"),
    ("norm_allianceindex_ma", "0 to 1", "alliance, moving average"),
    ("norm_armstotalstock_ma", "0 to 1", "arms stock, moving average"),
    ("aidabgdpb_ma", "percent", "aid from a as a share of b's product, moving average"),
    ("aidaballaidb_ma", "percent", "aid from a as a share of all aid to b, moving average"),
    ("totaltradeabgdpb_ma", "percent", "trade with a as a share of b's product, moving average"),
    (
        "totaltradeaballtradeb_ma",
        "percent",
        "trade with a as a share of all trade of b, moving average",
    ),
    (
        "armimportstockabmilstockb_ma",
        "percent",
        "arms from a as a share of b's military stock, moving average",
    ),
    (
        "armsimportsstockaballimstockb_ma",
        "percent",
        "arms from a as a share of all arms imports of b, moving average",
    ),
    ("totaltradeabgdpb", "percent", "trade with a as a share of b's product"),
    ("tradeagreementindex", "index", "depth of trade agreements"),
    ("allianceindex", "index", "alliance"),
    ("totaltradeawithb", "current USD", "trade of a with b, both ways"),
    ("exportsallgoodatob_alldata", "current USD", "goods from a to b"),
    ("importsallgoodafromb_alldata", "current USD", "goods from b to a"),
    ("foreignaid2011usdatob", "constant 2011 USD, in the source's scale", "aid from a to b"),
    ("armsexportsatob", "SIPRI TIV, million", "arms from a to b"),
    ("embassylorainb", "0 to 1", "level of representation of a in b"),
    ("sharedigocount", "organisations", "organisations that both belong to"),
];

struct Influence {
    a: Col,
    b: Col,
    year: Col,
    values: Vec<(Col, VariableId)>,
}

fn open(columns: &Columns, _: &Given, batch: &mut Batch) -> Result<Box<dyn Reader>, Error> {
    columns.need(&["fbic"])?;
    let there = VALUES.iter().filter_map(|(column, unit, what)| {
        let col = columns.find(&[column])?;
        let name = format!("fbic.{column}");
        Some((col, variable(batch, &name, unit, what, Absent::Missing)))
    });
    let values = there.collect();
    Ok(Box::new(Influence {
        a: columns.need(&["iso3a"])?,
        b: columns.need(&["iso3b"])?,
        year: columns.need(&["year"])?,
        values,
    }))
}

impl Reader for Influence {
    fn row(&mut self, row: &Row<'_>, out: &mut Out<'_>) -> Result<(), Skip> {
        let y = row.year(self.year)?;
        let a = out.codes.state(row, self.a, System::Alpha3, year(y))?;
        let b = out.codes.state(row, self.b, System::Alpha3, year(y))?;
        let mut values = Vec::with_capacity(self.values.len());
        for &(col, variable) in &self.values {
            if let Some(value) = row.number(col)? {
                values.push((variable, value));
            }
        }
        let (a, b) = (out.batch.term(a), out.batch.term(b));
        for (variable, value) in values {
            out.batch.dyad(variable, a, b, y, value);
        }
        Ok(())
    }
}
