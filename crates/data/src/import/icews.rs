//! Events of the Integrated Crisis Early Warning System.

use hedgerow_codebook::crosswalk::{System, When};
use hedgerow_ledger::structured::{Absent, Batch, Event, VariableId};
use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::dates::{self, Dates};
use super::{Given, variable};
use crate::Error;
use crate::kind::{Kind, Out, Reader, Tested};
use crate::row::{Col, Columns, Row, Skip};
use crate::table::CSV;

pub(crate) const KIND: Kind = Kind {
    name: "icews",
    title: "ICEWS coded event data",
    row: "an event: source, CAMEO code, target",
    keeps: "events between two states (view `event`): day, CAMEO code, quad class (from the code: 01-05, 06-08, 09-13, 14-20), intensity, names, sectors, publisher, story. An event is known again by number and day, since numbers are used twice. Events inside one state, or without two states, are passed over",
    licence: "Harvard Dataverse terms (public domain dedication varies by file): cite",
    citation: "Boschee, Elizabeth, Jennifer Lautenschlager, Sean O'Brien, Steve Shellman, James Starz and Michael Ward (2015): ICEWS Coded Event Data. Harvard Dataverse, doi:10.7910/DVN/28075",
    url: "https://doi.org/10.7910/DVN/28075",
    asks: &[dates::ASKS],
    tested: Tested::RealRows,
    reader: 1,
    layout: CSV,
    in_parts: true,
    open,
};

struct Events {
    id: Col,
    day: Col,
    code: Col,
    score: Col,
    actor: Side,
    recipient: Side,
    publisher: Option<Col>,
    story: Option<Col>,
    dates: Dates,
    names: Names,
    variable: VariableId,
}

/// The columns of one party.
struct Side {
    name: Col,
    sectors: Col,
    country: Col,
}

/// States by the names of this file, so that each is looked up once; of a few names the state depends on the year.
#[derive(Default)]
pub(super) struct Names {
    known: FxHashMap<(Box<str>, i16), Option<Box<str>>>,
}

impl Names {
    /// The state of a name on a day.
    pub(super) fn state(
        &mut self,
        out: &Out<'_>,
        system: System,
        name: &str,
        day: Date,
    ) -> Option<&str> {
        // Bounded, whatever a file holds.
        if self.known.len() > 100_000 {
            self.known.clear();
        }
        let key = (Box::from(name), day.year());
        let look = || out.codes.look(system, name, When::Day(day)).map(Into::into);
        self.known.entry(key).or_insert_with(look).as_deref()
    }
}

fn open(columns: &Columns, given: &Given, batch: &mut Batch) -> Result<Box<dyn Reader>, Error> {
    let side = |word: &str| -> Result<Side, Error> {
        let need =
            |what: &str| columns.need(&[&format!("{word} {what}"), &format!("{word}_{what}")]);
        Ok(Side { name: need("Name")?, sectors: need("Sectors")?, country: need("Country")? })
    };
    Ok(Box::new(Events {
        id: columns.need(&["Event ID", "event_id"])?,
        day: columns.need(&["Event Date", "event_date"])?,
        // The file of 2017 came without it in some releases; its events cannot be told by their text alone.
        code: columns.need(&["CAMEO Code", "cameo_code"])?,
        score: columns.need(&["Intensity"])?,
        actor: side("Source")?,
        recipient: side("Target")?,
        publisher: columns.find(&["Publisher"]),
        story: columns.find(&["Story ID", "story_id"]),
        dates: Dates::of(columns, given)?,
        names: Names::default(),
        variable: variable(
            batch,
            "icews",
            "events",
            "events between two states, as reported",
            Absent::Missing,
        ),
    }))
}

impl Reader for Events {
    fn row(&mut self, row: &Row<'_>, out: &mut Out<'_>) -> Result<(), Skip> {
        let day = self.dates.day(row, self.day)?;
        let id = row.need_whole(self.id)?;
        let quad = quad(row.bytes(self.code)).ok_or_else(|| {
            row.wrong(self.code, "is no CAMEO code (a code that has lost its leading zero is none)")
        })?;
        let code = row.text(self.code)?;
        let score = row.number(self.score)?;
        let story = self.story.map(|col| row.whole(col)).transpose()?.flatten();
        let mut parties = [hedgerow_ledger::structured::TermId::NONE; 2];
        for (party, side) in parties.iter_mut().zip([&self.actor, &self.recipient]) {
            let country = row.text(side.country)?;
            let state = self.names.state(out, System::Name, &country, day);
            let Some(state) = state else {
                return Err(if country.is_empty() || &*country == "NA" {
                    Skip::pass_over("one side is no state")
                } else {
                    let short: String = country.chars().take(40).collect();
                    Skip::pass_over(format!("no state of the gazetteer: {short}"))
                });
            };
            *party = out.batch.term(state);
        }
        let [actor, recipient] = parties;
        if actor == recipient {
            return Err(Skip::pass_over("an event inside one state"));
        }
        let mut term = |col: Option<Col>| -> Result<_, Skip> {
            let text = col.map(|col| row.text(col)).transpose()?;
            Ok(out.batch.term(text.as_deref().unwrap_or("")))
        };
        let event = Event {
            actor,
            recipient,
            day: dates::number(day),
            id,
            code: term(Some(self.code))?,
            quad,
            score: score.unwrap_or(f64::NAN),
            actor_name: term(Some(self.actor.name))?,
            actor_sector: term(Some(self.actor.sectors))?,
            recipient_name: term(Some(self.recipient.name))?,
            recipient_sector: term(Some(self.recipient.sectors))?,
            publisher: term(self.publisher)?,
            story: story.unwrap_or(0),
        };
        debug_assert!(!code.is_empty(), "a code was read");
        out.batch.cover(self.variable, day.year());
        out.batch.event(event);
        Ok(())
    }
}

/// Quad class of a CAMEO code: 1 verbal cooperation (roots 01 to 05), 2 material cooperation (06 to 08), 3 verbal conflict (09 to
/// 13), 4 material conflict (14 to 20).
pub(super) fn quad(code: &[u8]) -> Option<u8> {
    let [tens @ b'0'..=b'2', ones @ b'0'..=b'9', rest @ ..] = code else { return None };
    if rest.len() > 2 || !rest.iter().all(u8::is_ascii_digit) {
        return None;
    }
    match (tens - b'0') * 10 + (ones - b'0') {
        1..=5 => Some(1),
        6..=8 => Some(2),
        9..=13 => Some(3),
        14..=20 => Some(4),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::quad;

    #[test]
    fn quads_of_roots() {
        assert_eq!(quad(b"042"), Some(1));
        assert_eq!(quad(b"0211"), Some(1));
        assert_eq!(quad(b"08"), Some(2));
        assert_eq!(quad(b"090"), Some(3));
        assert_eq!(quad(b"190"), Some(4));
        assert_eq!(quad(b"40"), None, "a lost zero");
        assert_eq!(quad(b"4"), None);
        assert_eq!(quad(b"210"), None);
        assert_eq!(quad(b"0x"), None);
    }
}
