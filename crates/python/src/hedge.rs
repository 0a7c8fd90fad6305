//! `hedge.v1` from claims, as JSON.

use hedgerow_codebook::Codebook;
use hedgerow_data::Ties;
use hedgerow_ledger::{ClaimRow, Lens};
use hedgerow_measure::coded::Rates;
use hedgerow_measure::hedge::{
    Camp, Confusion, Position, Question, Rival, Settings, answer, years,
};
use hedgerow_measure::{TieRow, Window};
use jiff::civil::Date;
use serde_json::json;

/// What is asked.
pub(crate) struct Asked<'a> {
    pub(crate) who: &'a str,
    pub(crate) rivals: [String; 2],
    /// Partner, rival, share.
    pub(crate) camps: Vec<(String, String, f64)>,
    pub(crate) at: Option<String>,
    pub(crate) series: bool,
    /// Currency, and units for a dollar.
    pub(crate) rates: Vec<(String, f64)>,
}

/// The answer, as JSON; or what is wrong with the question.
pub(crate) fn answered(
    codebook: &Codebook,
    claims: &[ClaimRow],
    lens: &Lens,
    imported: Ties,
    asked: Asked<'_>,
) -> Result<String, String> {
    let mut rates = Rates::default();
    for (currency, per_dollar) in &asked.rates {
        rates.add(currency, None, *per_dollar);
    }
    let (mut rows, _) = hedgerow_data::of_claims(claims, lens, codebook, &rates);
    rows.extend(imported.rows);
    let at = match &asked.at {
        Some(text) => text.parse().map_err(|_| format!("at={text}: no day; write 2015-09-20"))?,
        None => claims
            .iter()
            .filter_map(|it| it.published)
            .max()
            .ok_or("no document has a day; give at=")?,
    };
    let camp = |(partner, with, membership): (String, String, f64)| {
        let side = asked.rivals.iter().position(|it| *it == with);
        let with = match side {
            Some(0) => Rival::First,
            Some(_) => Rival::Second,
            None => return Err(format!("camp {partner}: {with} is no rival")),
        };
        Ok(Camp { partner, with, membership })
    };
    let camps = asked.camps.into_iter().map(camp).collect::<Result<_, String>>()?;
    let settings = Settings { covered: imported.covered, ..Settings::default() };
    let question =
        Question { who: asked.who.to_owned(), rivals: asked.rivals.clone(), camps, at, settings };
    let json = if asked.series {
        let first = first_year(&rows, &question).ok_or("nothing dated is told")?;
        let year = |(year, [delivered, pledged]): (i16, [Position; 2])| json!({"year": year, "delivered": delivered, "pledged": pledged});
        let all = years(&rows, &question, first, at.year());
        serde_json::to_string(&all.into_iter().map(year).collect::<Vec<_>>())
    } else {
        serde_json::to_string(&answer(&rows, &question, &Confusion::measured(&codebook.scores)))
    };
    json.map_err(|it| it.to_string())
}

/// The first year of which anything but a standing level is told.
fn first_year(rows: &[TieRow], question: &Question) -> Option<i16> {
    let dated = |it: &&TieRow| {
        it.partner(&question.who).is_some() && it.indicator.window() != Window::Standing
    };
    rows.iter().filter(dated).filter_map(|it| it.start.map(Date::year)).min()
}
