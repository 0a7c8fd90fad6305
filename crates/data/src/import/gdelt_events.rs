//! Events of GDELT 2.0.

use hedgerow_codebook::crosswalk::System;
use hedgerow_ledger::structured::{Absent, Batch, Event, TermId, VariableId};

use super::icews::Names;
use super::{Given, dates, variable};
use crate::Error;
use crate::kind::{Kind, Out, Reader, Tested};
use crate::row::{Col, Columns, Row, Skip};
use crate::table::{Heading, Layout};

pub(crate) const KIND: Kind = Kind {
    name: "gdelt-events",
    title: "GDELT 2.0 events (61 columns, tab-separated, without a heading)",
    row: "an event: actor 1, CAMEO code, actor 2",
    keeps: "events between two states (view `event`): SQLDATE, CAMEO code, quad class, Goldstein value, names, types, and the host of the first address. Counts of mentions are not kept: they are no ties. Events inside one state, or without two states, are passed over",
    licence: "free to use with citation",
    citation: "Leetaru, Kalev, and Philip A. Schrodt (2013): GDELT: Global Data on Events, Location and Tone, 1979-2012. International Studies Association Annual Convention; GDELT Project",
    url: "http://data.gdeltproject.org/gdeltv2/masterfilelist.txt",
    asks: &[],
    tested: Tested::Fixture,
    reader: 1,
    layout: Layout { heading: Heading::None(&COLUMNS), quoted: false, latin1: false },
    in_parts: true,
    open,
};

const COLUMNS: [&str; 61] = [
    "GLOBALEVENTID",
    "SQLDATE",
    "MonthYear",
    "Year",
    "FractionDate",
    "Actor1Code",
    "Actor1Name",
    "Actor1CountryCode",
    "Actor1KnownGroupCode",
    "Actor1EthnicCode",
    "Actor1Religion1Code",
    "Actor1Religion2Code",
    "Actor1Type1Code",
    "Actor1Type2Code",
    "Actor1Type3Code",
    "Actor2Code",
    "Actor2Name",
    "Actor2CountryCode",
    "Actor2KnownGroupCode",
    "Actor2EthnicCode",
    "Actor2Religion1Code",
    "Actor2Religion2Code",
    "Actor2Type1Code",
    "Actor2Type2Code",
    "Actor2Type3Code",
    "IsRootEvent",
    "EventCode",
    "EventBaseCode",
    "EventRootCode",
    "QuadClass",
    "GoldsteinScale",
    "NumMentions",
    "NumSources",
    "NumArticles",
    "AvgTone",
    "Actor1Geo_Type",
    "Actor1Geo_FullName",
    "Actor1Geo_CountryCode",
    "Actor1Geo_ADM1Code",
    "Actor1Geo_ADM2Code",
    "Actor1Geo_Lat",
    "Actor1Geo_Long",
    "Actor1Geo_FeatureID",
    "Actor2Geo_Type",
    "Actor2Geo_FullName",
    "Actor2Geo_CountryCode",
    "Actor2Geo_ADM1Code",
    "Actor2Geo_ADM2Code",
    "Actor2Geo_Lat",
    "Actor2Geo_Long",
    "Actor2Geo_FeatureID",
    "ActionGeo_Type",
    "ActionGeo_FullName",
    "ActionGeo_CountryCode",
    "ActionGeo_ADM1Code",
    "ActionGeo_ADM2Code",
    "ActionGeo_Lat",
    "ActionGeo_Long",
    "ActionGeo_FeatureID",
    "DATEADDED",
    "SOURCEURL",
];

const ID: Col = Col(0);
const DAY: Col = Col(1);
const NAMES: [Col; 2] = [Col(6), Col(16)];
const COUNTRIES: [Col; 2] = [Col(7), Col(17)];
const TYPES: [Col; 2] = [Col(12), Col(22)];
const CODE: Col = Col(26);
const QUAD: Col = Col(29);
const GOLDSTEIN: Col = Col(30);
const URL: Col = Col(60);

struct Events {
    names: Names,
    variable: VariableId,
}

#[expect(clippy::unnecessary_wraps, reason = "every kind is opened in this way")]
fn open(_: &Columns, _: &Given, batch: &mut Batch) -> Result<Box<dyn Reader>, Error> {
    let what = "events between two states, as reported";
    let variable = variable(batch, "gdelt-events", "events", what, Absent::Missing);
    Ok(Box::new(Events { names: Names::default(), variable }))
}

impl Reader for Events {
    fn row(&mut self, row: &Row<'_>, out: &mut Out<'_>) -> Result<(), Skip> {
        match row.len() {
            61 => {}
            57 | 58 => return Err(Skip::refuse("57 or 58 cells: this is GDELT 1.0, not 2.0")),
            _ => return Err(Skip::refuse("not 61 cells")),
        }
        let day = u32::try_from(row.need_whole(DAY)?).ok().and_then(dates::from_number);
        let day = day.ok_or_else(|| row.wrong(DAY, "is no day, written as 20150920"))?;
        let id = row.need_whole(ID)?;
        let quad = match row.bytes(QUAD) {
            [n @ b'1'..=b'4'] => n - b'0',
            _ => return Err(row.wrong(QUAD, "is none of 1, 2, 3, 4")),
        };
        let score = row.number(GOLDSTEIN)?.unwrap_or(f64::NAN);
        let mut parties = [TermId::NONE; 2];
        for (party, country) in parties.iter_mut().zip(COUNTRIES) {
            let country = row.text(country)?;
            if country.is_empty() {
                return Err(Skip::pass_over("one side is no state"));
            }
            let Some(state) = self.names.state(out, System::Alpha3, &country, day) else {
                return Err(Skip::pass_over("one side is a region or territory, not a state"));
            };
            *party = out.batch.term(state);
        }
        let [actor, recipient] = parties;
        if actor == recipient {
            return Err(Skip::pass_over("an event inside one state"));
        }
        let url = row.text(URL)?;
        let publisher = out.batch.term(host(&url));
        let mut term = |col: Col| -> Result<TermId, Skip> { Ok(out.batch.term(&row.text(col)?)) };
        let event = Event {
            actor,
            recipient,
            day: dates::number(day),
            id,
            code: term(CODE)?,
            quad,
            score,
            actor_name: term(NAMES[0])?,
            actor_sector: term(TYPES[0])?,
            recipient_name: term(NAMES[1])?,
            recipient_sector: term(TYPES[1])?,
            publisher,
            story: 0,
        };
        if event.code == TermId::NONE {
            return Err(row.wrong(CODE, "is empty"));
        }
        out.batch.cover(self.variable, day.year());
        out.batch.event(event);
        Ok(())
    }
}

/// The host of an address without `www.`; the whole of what is no address ("BBC Monitoring").
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    host.strip_prefix("www.").unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::host;

    #[test]
    fn hosts() {
        assert_eq!(host("https://www.example.org/a?b"), "example.org");
        assert_eq!(host("http://news.example.org"), "news.example.org");
        assert_eq!(host("BBC Monitoring"), "BBC Monitoring");
        assert_eq!(host(""), "");
    }
}
