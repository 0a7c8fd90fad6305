//! The sheet of a state or a pair: what stands, what happened, what was given, what was said.

use std::collections::BTreeMap;
use std::io;

use hedgerow_codebook::ClaimLine;
use hedgerow_codebook::claim::{Claim, Kind, Modality};
use hedgerow_ledger::{ClaimRow, Fact, Field, Stand};

use super::Out;
use super::table::heading;
use super::wrap::{count, wrap};

/// Voices shown under a fact before the rest is only counted.
const VOICES: usize = 3;

/// Facts with differing figures that a sheet shows on top.
const CONTESTED: usize = 3;

/// The claims of a sheet by id.
pub(crate) type Rows<'a> = BTreeMap<&'a str, &'a ClaimRow>;

/// Claims by id.
pub(crate) fn rows(claims: &[ClaimRow]) -> Rows<'_> {
    claims.iter().map(|row| (row.claim.id.as_str(), row)).collect()
}

/// "17 claims in 4 documents of 3 outlets, published 2015-09-16 to 2023-09-12".
pub(crate) fn extent(claims: &[ClaimRow]) -> String {
    let mut documents: Vec<&str> = claims.iter().map(|row| row.claim.doc.as_str()).collect();
    let mut outlets: Vec<&str> = claims.iter().filter_map(|row| row.outlet.as_deref()).collect();
    for list in [&mut documents, &mut outlets] {
        list.sort_unstable();
        list.dedup();
    }
    let days = || claims.iter().filter_map(|row| row.published);
    let mut text = format!(
        "{} in {}",
        count(claims.len() as u64, "claim"),
        count(documents.len() as u64, "document")
    );
    if !outlets.is_empty() {
        text = format!("{text} of {}", count(outlets.len() as u64, "outlet"));
    }
    match (days().min(), days().max()) {
        (Some(first), Some(last)) if first == last => format!("{text}, published {first}"),
        (Some(first), Some(last)) => format!("{text}, published {first} to {last}"),
        _ => text,
    }
}

/// Prints all sections that have something in them.
pub(crate) fn print(out: &mut Out, facts: &[Fact], rows: &Rows<'_>) -> io::Result<()> {
    let mut contested: Vec<&Fact> =
        facts.iter().filter(|it| it.factor.is_some_and(|by| by >= 1.05)).collect();
    contested.sort_by(|a, b| b.factor.unwrap_or(0.0).total_cmp(&a.factor.unwrap_or(0.0)));
    if !contested.is_empty() {
        heading(out, out.style, "Figures that differ most")?;
        for fact in contested.into_iter().take(CONTESTED) {
            entry(out, fact, rows)?;
        }
    }
    let of = |kind: Kind| facts.iter().filter(move |fact| fact.kind == kind).collect::<Vec<_>>();
    section(out, "Standing ties", &of(Kind::Tie), rows)?;
    section(out, "Events, by date", &of(Kind::Event), rows)?;
    let (mut given, mut promised, mut open) = (Vec::new(), Vec::new(), Vec::new());
    for fact in of(Kind::Flow) {
        match progress(fact, rows) {
            Progress::Given => given.push(fact),
            Progress::Promised => promised.push(fact),
            Progress::Open => open.push(fact),
        }
    }
    section(out, "Flows: given, sold, delivered", &given, rows)?;
    section(out, "Flows: pledged, planned, expected (not counted as given)", &promised, rows)?;
    section(out, "Flows: wanted, denied, collapsed", &open, rows)?;
    section(out, "Stances", &of(Kind::Stance), rows)?;
    let own: Vec<&Fact> = facts
        .iter()
        .filter(|it| matches!(it.kind, Kind::Posture | Kind::Office | Kind::Naming))
        .collect();
    section(out, "Of one state alone", &own, rows)
}

/// One line a fact: what is taken as current, on how many voices it rests, and whether they differ.
pub(crate) fn list(out: &mut Out, facts: &[Fact], rows: &Rows<'_>) -> io::Result<()> {
    let style = out.style;
    for fact in facts {
        let Some(row) = first(fact, rows) else { continue };
        let voices = count(fact.origins.len() as u64, "voice");
        let disputed = if fact.disputed {
            style.alarm(&format!("  {}", dispute(fact)))
        } else {
            String::new()
        };
        let line = ClaimLine::from(&row.claim);
        out.line(format!("{line}  {}{disputed}", style.faint(&format!("{}  {voices}", fact.id))))?;
    }
    Ok(())
}

/// "the sources differ by a factor of 1000".
pub(crate) fn dispute(fact: &Fact) -> String {
    match fact.factor {
        Some(factor) if factor >= 10.0 => format!("the sources differ by a factor of {factor:.0}"),
        Some(factor) if factor >= 1.05 => format!("the sources differ by a factor of {factor:.2}"),
        _ => "the sources differ".to_owned(),
    }
}

enum Progress {
    Given,
    Promised,
    Open,
}

/// How far a flow has come: by its stage, or where the text gives none by whether it happened.
fn progress(fact: &Fact, rows: &Rows<'_>) -> Progress {
    let modality = first(fact, rows).map_or(Modality::Actual, |row| row.claim.modality);
    match (fact.stage.as_deref(), modality) {
        (Some("wanted" | "collapsed"), _) => Progress::Open,
        (_, Modality::Denied | Modality::CalledFor | Modality::Hypothetical) => Progress::Open,
        (Some("offered" | "pledged" | "agreed" | "expected"), _) => Progress::Promised,
        (_, Modality::Planned | Modality::Pledged | Modality::Expected) => Progress::Promised,
        _ => Progress::Given,
    }
}

/// The claim that speaks for a fact: the one that is taken as current.
pub(crate) fn first<'a>(fact: &Fact, rows: &Rows<'a>) -> Option<&'a ClaimRow> {
    if let Some(row) = fact.current.as_ref().and_then(|it| rows.get(it.claim.as_str())) {
        return Some(row);
    }
    let agreeing = fact.members.iter().find(|it| it.stand == Stand::Agrees);
    agreeing.or_else(|| fact.members.first()).and_then(|it| rows.get(it.claim.as_str()).copied())
}

fn section(out: &mut Out, title: &str, facts: &[&Fact], rows: &Rows<'_>) -> io::Result<()> {
    if facts.is_empty() {
        return Ok(());
    }
    let mut facts = facts.to_vec();
    // Undated ones last; facts of one day stay in the order of their first claims.
    facts.sort_by_key(|fact| (fact.start.is_none(), fact.start, fact.end));
    heading(out, out.style, title)?;
    for fact in facts {
        entry(out, fact, rows)?;
    }
    Ok(())
}

/// A fact: the line of the claim that speaks for it, then who says so in which words.
fn entry(out: &mut Out, fact: &Fact, rows: &Rows<'_>) -> io::Result<()> {
    let style = out.style;
    let Some(row) = first(fact, rows) else { return Ok(()) };
    out.line(format!("  {}", ClaimLine::from(&row.claim)))?;
    let mut shown = 0;
    for member in &fact.members {
        let Some(row) = rows.get(member.claim.as_str()) else { continue };
        if shown == VOICES {
            let rest = fact.members.len() - VOICES;
            out.line(style.faint(&format!("      and {rest} more")))?;
            break;
        }
        shown += 1;
        voice(out, row, member.stand, &member.on, 6)?;
    }
    let n = count(fact.members.len() as u64, "claim");
    let n = if fact.origins.len() < fact.documents.len() {
        format!("{n}, {}", count(fact.origins.len() as u64, "independent voice"))
    } else {
        n
    };
    let disputed =
        if fact.disputed { style.alarm(&format!("  {}", dispute(fact))) } else { String::new() };
    out.line(format!("{}{disputed}", style.faint(&format!("      {}  {n}", fact.id))))
}

/// One claim of a fact: the words, and where they stand.
pub(crate) fn voice(
    out: &mut Out,
    row: &ClaimRow,
    stand: Stand,
    on: &[Field],
    indent: usize,
) -> io::Result<()> {
    let style = out.style;
    let margin = " ".repeat(indent);
    let how = match stand {
        Stand::Agrees => None,
        Stand::Denies => Some("denies".to_owned()),
        Stand::Differs => {
            let on: Vec<&str> = on.iter().map(|&it| name(it)).collect();
            Some(format!("differs on {}", on.join(", ")))
        }
    };
    if let Some(how) = how {
        let line = ClaimLine::from(&row.claim);
        out.line(format!("{margin}{}  {line}", style.alarm(&format!("{how}:"))))?;
    }
    for line in wrap(&format!("“{}”", row.claim.evidence.text), style.width, indent) {
        out.line(line)?;
    }
    out.line(style.faint(&format!("{margin}{}", origin(row))))
}

pub(crate) const fn name(field: Field) -> &'static str {
    match field {
        Field::Amount => "amount",
        Field::Count => "number",
        Field::Date => "date",
        Field::Modality => "whether it happened",
        Field::Currency => "currency, and is not comparable without a rate",
        Field::Level => "level",
        Field::Actor => "who spoke",
    }
}

/// "Lotus Wire, 2015-09-16, document 0001-ships-for-hanoi".
pub(crate) fn origin(row: &ClaimRow) -> String {
    let mut parts: Vec<String> = row.outlet.iter().map(|it| crate::trouble::visible(it)).collect();
    parts.extend(row.published.map(|it| it.to_string()));
    parts.push(format!("document {}", crate::trouble::visible(&row.claim.doc)));
    if let Some(voice) = &row.claim.attributed_to {
        parts.push(format!("on the word of {}", crate::trouble::visible(&voice.name)));
    }
    parts.join(", ")
}

/// The codes on the other side of `code` in a claim.
pub(crate) fn partners<'a>(claim: &'a Claim, code: &str) -> Vec<&'a str> {
    let mut codes: Vec<&str> = claim
        .actors
        .iter()
        .chain(&claim.recipients)
        .map(|it| it.code.as_str())
        .filter(|it| *it != code)
        .collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}
