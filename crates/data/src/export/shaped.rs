//! Events in the columns of ICEWS and POLECAT, for programs that read these: one row for each fact and pair of states.

use std::collections::BTreeMap;
use std::io::{Seek, Write};

use hedgerow_codebook::claim::{Actor, Kind, Precision};
use hedgerow_ledger::{ClaimRow, Fact};

use super::csv::safe;
use super::{Content, ExportError, Zip};

const ICEWS: [&str; 20] = [
    "Event ID",
    "Event Date",
    "Source Name",
    "Source Sectors",
    "Source Country",
    "Event Text",
    "CAMEO Code",
    "Intensity",
    "Target Name",
    "Target Sectors",
    "Target Country",
    "Story ID",
    "Sentence Number",
    "Publisher",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
];

const POLECAT: [&str; 40] = [
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
];

/// An event of one pair: the fact, the claim that stands for it, and the two parties.
struct Event<'c> {
    fact: &'c Fact,
    row: &'c ClaimRow,
    actor: &'c Actor,
    recipient: &'c Actor,
}

/// Events that can be dated to a day and are about two parties. Of a fact the claim that is taken as current speaks.
fn events<'c>(content: &'c Content<'_>) -> Vec<Event<'c>> {
    let by_id: BTreeMap<&str, &ClaimRow> =
        content.claims.iter().map(|row| (row.claim.id.as_str(), row)).collect();
    let mut events = Vec::new();
    for fact in content.facts.iter().filter(|it| it.kind == Kind::Event) {
        let current = fact.current.as_ref().and_then(|it| by_id.get(it.claim.as_str()));
        let Some(row) = current else { continue };
        if row.claim.date.precision != Precision::Day || row.claim.date.start.is_none() {
            continue;
        }
        for actor in &row.claim.actors {
            for recipient in &row.claim.recipients {
                if actor.code != recipient.code {
                    events.push(Event { fact, row, actor, recipient });
                }
            }
        }
    }
    events
}

/// Writes `events.icews.tab`.
pub(super) fn icews<W: Write + Seek>(
    content: &Content<'_>,
    zip: &mut Zip<W>,
) -> Result<(), ExportError> {
    let name = "events.icews.tab";
    zip.begin(name)?;
    writeln!(zip.to, "{}", ICEWS.join("\t"))?;
    let mut rows = 0;
    let mut stories: BTreeMap<&str, usize> = BTreeMap::new();
    let gazetteer = &content.codebook.gazetteer;
    for it in events(content) {
        let claim = &it.row.claim;
        let code = claim.cameo.as_deref().or_else(|| content.codebook.cameo.code_of(claim));
        // CAMEO has no code for some modalities of some acts; ICEWS has no row without one.
        let Some(code) = code else { continue };
        let goldstein = content.codebook.cameo.entry(code).map(|it| it.goldstein.to_string());
        let next = stories.len() + 1;
        let story = *stories.entry(&claim.doc).or_insert(next);
        rows += 1;
        let event = what(claim.mode.as_deref(), &claim.type_);
        let day = claim.date.start.map(|it| it.to_string()).unwrap_or_default();
        let cells = [
            &rows.to_string(),
            &day,
            &it.actor.name,
            it.actor.role.as_str(),
            gazetteer.name_of(&it.actor.code),
            &event,
            code,
            goldstein.as_deref().unwrap_or(""),
            &it.recipient.name,
            it.recipient.role.as_str(),
            gazetteer.name_of(&it.recipient.code),
            &story.to_string(),
            "",
            it.row.outlet.as_deref().unwrap_or(""),
            "",
            "",
            "",
            "",
            "",
            "",
        ];
        line(&cells, zip)?;
    }
    zip.wrote(name, rows);
    Ok(())
}

/// Writes `events.polecat.txt`.
pub(super) fn polecat<W: Write + Seek>(
    content: &Content<'_>,
    zip: &mut Zip<W>,
) -> Result<(), ExportError> {
    let name = "events.polecat.txt";
    zip.begin(name)?;
    writeln!(zip.to, "{}", POLECAT.join("\t"))?;
    let mut rows = 0;
    let gazetteer = &content.codebook.gazetteer;
    for it in events(content) {
        let claim = &it.row.claim;
        // The projection folds act and modality, as PLOVER does: a pledge is AGREE.
        let Some(kind) = content.codebook.projection.of_claim(claim) else { continue };
        rows += 1;
        let folded = kind.as_str() != claim.type_;
        let mode = claim.mode.as_deref().filter(|_| !folded).unwrap_or("");
        // Claims of an earlier codebook may have none of their own.
        let intensity = claim.intensity.or_else(|| content.codebook.intensity(claim));
        let quad = [
            "",
            "Verbal Cooperation",
            "Material Cooperation",
            "Verbal Conflict",
            "Material Conflict",
        ];
        let cow = |code: &str| {
            gazetteer.by_code(code).and_then(|it| it.cow).map(|n| n.to_string()).unwrap_or_default()
        };
        let country = |code: &str| {
            if gazetteer.by_code(code).is_some() { code.to_owned() } else { String::new() }
        };
        let mut cells = vec![String::new(); POLECAT.len()];
        for (n, cell) in [
            (0, format!("{}-{rows}", it.fact.id)),
            (1, claim.date.start.map(|it| it.to_string()).unwrap_or_default()),
            (2, kind.as_str().to_owned()),
            (3, mode.to_owned()),
            (4, intensity.map(|it| it.to_string()).unwrap_or_default()),
            (5, quad.get(usize::from(kind.quad())).copied().unwrap_or("").to_owned()),
            (6, claim.contexts.join(";")),
            (7, gazetteer.name_of(&it.actor.code).to_owned()),
            (8, country(&it.actor.code)),
            (9, cow(&it.actor.code)),
            (10, it.actor.role.as_str().to_owned()),
            (11, it.actor.role.as_str().to_owned()),
            (13, it.actor.name.clone()),
            (15, gazetteer.name_of(&it.recipient.code).to_owned()),
            (16, country(&it.recipient.code)),
            (17, cow(&it.recipient.code)),
            (18, it.recipient.role.as_str().to_owned()),
            (19, it.recipient.role.as_str().to_owned()),
            (21, it.recipient.name.clone()),
            (31, claim.place.clone().unwrap_or_default()),
            (33, it.row.outlet.clone().unwrap_or_default()),
            (34, it.row.published.map(|it| it.to_string()).unwrap_or_default()),
            (38, "en".to_owned()),
            (39, format!("hedgerow {}", claim.codebook)),
        ] {
            cells[n] = cell;
        }
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        line(&cells, zip)?;
    }
    zip.wrote(name, rows);
    Ok(())
}

fn what(mode: Option<&str>, type_: &str) -> String {
    mode.map_or_else(|| type_.to_owned(), |mode| format!("{type_}.{mode}"))
}

/// One row. These formats have no way to quote, so tabs and line ends in a cell become blanks.
fn line<W: Write + Seek>(cells: &[&str], zip: &mut Zip<W>) -> Result<(), ExportError> {
    let plain: Vec<String> =
        cells.iter().map(|it| safe(&it.replace(['\t', '\n', '\r'], " ")).into_owned()).collect();
    Ok(writeln!(zip.to, "{}", plain.join("\t"))?)
}
