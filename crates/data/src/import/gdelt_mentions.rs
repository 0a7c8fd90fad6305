//! Mentions of GDELT 2.0 events in documents.

use hedgerow_ledger::structured::{Absent, Batch, Mention, VariableId};

use super::{Given, dates, variable};
use crate::Error;
use crate::kind::{Kind, Out, Reader, Tested};
use crate::row::{Col, Columns, Row, Skip};
use crate::table::{Heading, Layout};

pub(crate) const KIND: Kind = Kind {
    name: "gdelt-mentions",
    title: "GDELT 2.0 mentions (16 columns, tab-separated without a heading, or comma-separated with one)",
    row: "a mention of an event in a sentence of a document",
    keeps: "mentions (view `mention`): event, time, address and outlet of the document, sentence, confidence, offsets of actors and action in GDELT's own count",
    licence: "free to use with citation",
    citation: "GDELT Project: GDELT 2.0 Event Mentions Table",
    url: "http://data.gdeltproject.org/gdeltv2/masterfilelist.txt",
    asks: &[],
    tested: Tested::RealRows,
    reader: 1,
    layout: Layout { heading: Heading::None(&COLUMNS), quoted: false, latin1: false },
    in_parts: true,
    open,
};

const COLUMNS: [&str; 16] = [
    "GLOBALEVENTID",
    "EventTimeDate",
    "MentionTimeDate",
    "MentionType",
    "MentionSourceName",
    "MentionIdentifier",
    "SentenceID",
    "Actor1CharOffset",
    "Actor2CharOffset",
    "ActionCharOffset",
    "InRawText",
    "Confidence",
    "MentionDocLen",
    "MentionDocTone",
    "MentionDocTranslationInfo",
    "Extras",
];

struct Mentions {
    variable: VariableId,
}

#[expect(clippy::unnecessary_wraps, reason = "every kind is opened in this way")]
fn open(_: &Columns, _: &Given, batch: &mut Batch) -> Result<Box<dyn Reader>, Error> {
    let what = "mentions of events in documents";
    let variable = variable(batch, "gdelt-mentions", "mentions", what, Absent::Missing);
    Ok(Box::new(Mentions { variable }))
}

impl Reader for Mentions {
    fn row(&mut self, row: &Row<'_>, out: &mut Out<'_>) -> Result<(), Skip> {
        if row.line == 1 && row.bytes(Col(0)).eq_ignore_ascii_case(COLUMNS[0].as_bytes()) {
            return Err(Skip::pass_over("the heading"));
        }
        // Files from before 2015-02 lack the last, always empty column.
        if !matches!(row.len(), 15 | 16) {
            return Err(Skip::refuse("not 16 cells"));
        }
        let seen = row.need_whole(Col(2))?;
        let day = u32::try_from(seen / 1_000_000).ok().and_then(dates::from_number);
        let day = day.ok_or_else(|| row.wrong(Col(2), "is no time, written as 20150920143000"))?;
        let event = row.need_whole(Col(0))?;
        let sentence = row.need_whole(Col(6))?;
        let confidence = match row.whole(Col(11))? {
            None => None,
            Some(n @ 0..=100) => Some(n as u8),
            Some(_) => return Err(row.wrong(Col(11), "is no percentage")),
        };
        let mut places = [-1; 3];
        for (place, col) in places.iter_mut().zip([Col(7), Col(8), Col(9)]) {
            // -1 is GDELT's own mark for what does not stand in the text.
            *place = row.whole(col)?.unwrap_or(-1).max(-1);
        }
        let publisher = row.text(Col(4))?;
        let document = row.text(Col(5))?.into_owned();
        if publisher.is_empty() || document.is_empty() {
            return Err(Skip::refuse("without outlet or document"));
        }
        let publisher = out.batch.term(&publisher);
        out.batch.cover(self.variable, day.year());
        out.batch.mention(Mention {
            event,
            seen,
            document,
            sentence,
            publisher,
            confidence,
            places,
        });
        Ok(())
    }
}
