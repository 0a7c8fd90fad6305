//! A claim as one row of a table: the columns that every list of claims has, wherever it is printed.

use hedgerow_codebook::claim::Actor;
use jiff::civil::Date;
use serde::Serialize;

use crate::ClaimRow;

impl ClaimRow {
    /// Names of the cells that [`ClaimRow::cells`] gives.
    pub const COLUMNS: [&'static str; 25] = [
        "id",
        "fact",
        "doc",
        "outlet",
        "published",
        "kind",
        "type",
        "mode",
        "actors",
        "recipients",
        "symmetric",
        "date_start",
        "date_end",
        "date_precision",
        "modality",
        "stage",
        "amount",
        "unit",
        "currency",
        "count_of",
        "polarity",
        "attributed_to",
        "evidence",
        "rule",
        "url",
    ];

    /// The claim as cells; `fact` is the id of the fact that it belongs to, where that is known.
    pub fn cells(&self, fact: &str) -> [String; 25] {
        let claim = &self.claim;
        let codes = |actors: &[Actor]| {
            actors.iter().map(|it| it.code.as_str()).collect::<Vec<_>>().join(";")
        };
        let day = |date: Option<Date>| date.map(|it| it.to_string()).unwrap_or_default();
        let some = |text: &Option<String>| text.clone().unwrap_or_default();
        let amount = claim.amount.as_ref();
        [
            claim.id.clone(),
            fact.to_owned(),
            claim.doc.clone(),
            some(&self.outlet),
            day(self.published),
            claim.kind.as_str().to_owned(),
            claim.type_.clone(),
            some(&claim.mode),
            codes(&claim.actors),
            codes(&claim.recipients),
            claim.symmetric.to_string(),
            day(claim.date.start),
            day(claim.date.end),
            word(&claim.date.precision),
            claim.modality.as_str().to_owned(),
            some(&claim.stage),
            amount.and_then(|it| it.value).map(|it| it.to_string()).unwrap_or_default(),
            amount.map(|it| it.unit.as_str().to_owned()).unwrap_or_default(),
            amount.and_then(|it| it.currency.clone()).unwrap_or_default(),
            amount.and_then(|it| it.count_of.clone()).unwrap_or_default(),
            claim.polarity.map(|it| it.to_string()).unwrap_or_default(),
            claim.attributed_to.as_ref().map(|it| it.code.clone()).unwrap_or_default(),
            claim.evidence.text.clone(),
            claim.rule.clone(),
            some(&self.url),
        ]
    }
}

/// The word that JSON has for an enumeration.
fn word(value: &impl Serialize) -> String {
    let value = serde_json::to_value(value).ok();
    value.and_then(|it| it.as_str().map(str::to_owned)).unwrap_or_default()
}
