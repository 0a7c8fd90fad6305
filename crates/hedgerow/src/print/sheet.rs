//! The sheet of a state or a pair: what stands, what happened, what was given, what was said.

use std::collections::BTreeMap;
use std::io;

use hedgerow_codebook::ClaimLine;
use hedgerow_codebook::claim::Claim;
use hedgerow_ledger::{ClaimRow, Extent, Fact, Field, Sheet, Shown, Stand};

use super::Out;
use super::table::heading;
use super::wrap::{count, wrap};

/// Voices shown under a fact before the rest is only counted.
const VOICES: usize = 3;

/// The claims of a sheet by id.
pub(crate) type Rows<'a> = BTreeMap<&'a str, &'a ClaimRow>;

/// Claims by id.
pub(crate) fn rows(claims: &[ClaimRow]) -> Rows<'_> {
    claims.iter().map(|row| (row.claim.id.as_str(), row)).collect()
}

/// "17 claims in 4 documents of 3 outlets, published 2015-09-16 to 2023-09-12".
pub(crate) fn extent(it: &Extent) -> String {
    let mut text = format!("{} in {}", count(it.claims, "claim"), count(it.documents, "document"));
    if it.outlets > 0 {
        text = format!("{text} of {}", count(it.outlets, "outlet"));
    }
    match (it.first, it.last) {
        (Some(first), Some(last)) if first == last => format!("{text}, published {first}"),
        (Some(first), Some(last)) => format!("{text}, published {first} to {last}"),
        _ => text,
    }
}

/// Prints all sections that have something in them.
pub(crate) fn print(out: &mut Out, sheet: &Sheet) -> io::Result<()> {
    let rows = &rows(&sheet.rows);
    if !sheet.differing.is_empty() {
        heading(out, out.style, "Figures that differ most")?;
        for fact in &sheet.differing {
            entry(out, fact, rows)?;
        }
    }
    for part in &sheet.parts {
        heading(out, out.style, part.section.title())?;
        for fact in &part.facts {
            entry(out, fact, rows)?;
        }
        let rest = part.total - part.facts.len() as u64;
        if rest > 0 {
            out.line(
                out.style
                    .faint(&format!("  and {rest} older or undated ones: --limit 0 shows all")),
            )?;
        }
    }
    Ok(())
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

/// The claim that speaks for a fact: the one that is taken as current.
pub(crate) fn first<'a>(fact: &Fact, rows: &Rows<'a>) -> Option<&'a ClaimRow> {
    if let Some(row) = fact.current.as_ref().and_then(|it| rows.get(it.claim.as_str())) {
        return Some(row);
    }
    let agreeing = fact.members.iter().find(|it| it.stand == Stand::Agrees);
    agreeing.or_else(|| fact.members.first()).and_then(|it| rows.get(it.claim.as_str()).copied())
}

/// A fact: the line of the claim that speaks for it, then who says so in which words.
fn entry(out: &mut Out, shown: &Shown, rows: &Rows<'_>) -> io::Result<()> {
    let (style, fact) = (out.style, &shown.fact);
    let Some(row) = first(fact, rows) else { return Ok(()) };
    out.line(format!("  {}", ClaimLine::from(&row.claim)))?;
    let mut voices = 0;
    for member in &fact.members {
        let Some(row) = rows.get(member.claim.as_str()) else { continue };
        if voices == VOICES {
            let rest = shown.claims - VOICES as u64;
            out.line(style.faint(&format!("      and {rest} more")))?;
            break;
        }
        voices += 1;
        voice(out, row, member.stand, &member.on, 6)?;
    }
    let n = count(shown.claims, "claim");
    let n = if shown.origins < shown.documents {
        format!("{n}, {}", count(shown.origins, "independent voice"))
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
        Field::Actor => "which body of a state it was",
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
