//! Events of POLECAT, coded in PLOVER.

use hedgerow_codebook::crosswalk::System;
use hedgerow_ledger::structured::{Absent, Batch, Event, TermId, VariableId};
use jiff::civil::Date;
use sha2::{Digest, Sha256};

use super::dates::{self, Dates};
use super::icews::Names;
use super::{Given, variable};
use crate::Error;
use crate::kind::{Kind, Out, Reader, Tested};
use crate::row::{Col, Columns, Row, Skip};
use crate::table::{Heading, Layout};

pub(crate) const KIND: Kind = Kind {
    name: "polecat",
    title: "POLECAT, the political event classification, attributes and types data (PLOVER)",
    row: "an event with lists of actors and recipients, separated by semicolons",
    keeps: "events between two states (view `event`), one for every pair of an actor's and a recipient's state: PLOVER type and mode, quad class, intensity, names, sectors, source. The number is made from the event's id (its SHA-256), which is no number",
    licence: "Harvard Dataverse terms: CC0 1.0",
    citation: "Scarborough, Grace I., Benjamin E. Bagozzi, Andreas Beger, John Berrie, Andrew Halterman, Philip A. Schrodt and Jevon Spivey (2023): POLECAT Weekly Data. Harvard Dataverse, doi:10.7910/DVN/AJGVIT",
    url: "https://doi.org/10.7910/DVN/AJGVIT",
    asks: &[dates::ASKS],
    tested: Tested::Fixture,
    reader: 1,
    layout: Layout { heading: Heading::First, quoted: false, latin1: true },
    in_parts: true,
    open,
};

struct Events {
    id: Col,
    day: Col,
    code: Col,
    mode: Col,
    score: Col,
    quad: Col,
    sides: [Side; 2],
    source: Option<Col>,
    dates: Dates,
    names: Names,
    variable: VariableId,
}

#[derive(Clone, Copy)]
struct Side {
    name: Col,
    country: Col,
    sector: Col,
}

fn open(columns: &Columns, given: &Given, batch: &mut Batch) -> Result<Box<dyn Reader>, Error> {
    let side = |word: &str| -> Result<Side, Error> {
        Ok(Side {
            name: columns.need(&[&format!("{word} Name")])?,
            country: columns.need(&[&format!("{word} Country")])?,
            sector: columns.need(&[&format!("Primary {word} Sector")])?,
        })
    };
    Ok(Box::new(Events {
        id: columns.need(&["Event ID"])?,
        day: columns.need(&["Event Date"])?,
        code: columns.need(&["Event Type"])?,
        mode: columns.need(&["Event Mode"])?,
        score: columns.need(&["Intensity"])?,
        quad: columns.need(&["Quad Code"])?,
        sides: [side("Actor")?, side("Recipient")?],
        source: columns.find(&["Source"]),
        dates: Dates::of(columns, given)?,
        names: Names::default(),
        variable: variable(
            batch,
            "polecat",
            "events",
            "events between two states, as reported",
            Absent::Missing,
        ),
    }))
}

impl Reader for Events {
    fn row(&mut self, row: &Row<'_>, out: &mut Out<'_>) -> Result<(), Skip> {
        let day = self.dates.day(row, self.day)?;
        let id = row.text(self.id)?;
        if id.is_empty() {
            return Err(row.wrong(self.id, "is empty"));
        }
        let kind = row.text(self.code)?;
        if kind.is_empty() || !kind.bytes().all(|b| b.is_ascii_uppercase()) {
            return Err(row.wrong(self.code, "is no PLOVER type"));
        }
        let mode = row.text(self.mode)?.to_ascii_lowercase();
        let code = if mode.is_empty() { kind.into_owned() } else { format!("{kind}.{mode}") };
        let quad = match row.text(self.quad)?.to_ascii_lowercase().as_str() {
            "verbal cooperation" | "1" => 1,
            "material cooperation" | "2" => 2,
            "verbal conflict" | "3" => 3,
            "material conflict" | "4" => 4,
            "" | "unknown" | "none" => 0,
            _ => return Err(row.wrong(self.quad, "is no quad class")),
        };
        let score = row.number(self.score)?.unwrap_or(f64::NAN);
        let actors = self.parties(row, out, self.sides[0], day)?;
        let recipients = self.parties(row, out, self.sides[1], day)?;
        if actors.is_empty() || recipients.is_empty() {
            return Err(Skip::pass_over("one side is no state"));
        }
        let source = self.source.map(|col| row.text(col)).transpose()?;
        let code = out.batch.term(&code);
        let publisher = out.batch.term(source.as_deref().unwrap_or(""));
        let number = number_of(&id);
        let mut kept = false;
        for &(actor, actor_name, actor_sector) in &actors {
            for &(recipient, recipient_name, recipient_sector) in &recipients {
                if actor == recipient {
                    continue;
                }
                kept = true;
                out.batch.event(Event {
                    actor,
                    recipient,
                    day: dates::number(day),
                    id: number,
                    code,
                    quad,
                    score,
                    actor_name,
                    actor_sector,
                    recipient_name,
                    recipient_sector,
                    publisher,
                    story: 0,
                });
            }
        }
        if !kept {
            return Err(Skip::pass_over("an event inside one state"));
        }
        out.batch.cover(self.variable, day.year());
        Ok(())
    }
}

impl Events {
    /// State, name and sector of each party of a side that is a state's, each state once.
    fn parties(
        &mut self,
        row: &Row<'_>,
        out: &mut Out<'_>,
        side: Side,
        day: Date,
    ) -> Result<Vec<(TermId, TermId, TermId)>, Skip> {
        let (names, countries) = (row.text(side.name)?, row.text(side.country)?);
        let sectors = row.text(side.sector)?;
        let countries: Vec<&str> = countries.split(';').map(str::trim).collect();
        let names: Vec<&str> = names.split(';').map(str::trim).collect();
        let sectors: Vec<&str> = sectors.split(';').map(str::trim).collect();
        let mut parties: Vec<(TermId, TermId, TermId)> = Vec::new();
        for (n, country) in countries.iter().enumerate() {
            let state = self.names.state(out, System::Alpha3, country, day);
            let Some(state) = state else { continue };
            let state = out.batch.term(state);
            if parties.iter().any(|(known, ..)| *known == state) {
                continue;
            }
            // Lists of another length cannot be matched; then the whole of it is kept.
            let of = |list: &[&str]| {
                if list.len() == countries.len() { list[n].to_owned() } else { list.join("; ") }
            };
            let (name, sector) = (of(&names), of(&sectors));
            parties.push((state, out.batch.term(&name), out.batch.term(&sector)));
        }
        Ok(parties)
    }
}

/// A number for an id that is none: the first 63 bits of its SHA-256.
fn number_of(id: &str) -> i64 {
    let hash = Sha256::digest(id.as_bytes());
    let eight: [u8; 8] = std::array::from_fn(|n| hash[n]);
    i64::from_be_bytes(eight) & i64::MAX
}
