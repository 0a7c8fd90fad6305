//! The sheet of a fact: every claim for and against it.

use std::io;

use hedgerow_codebook::ClaimLine;
use hedgerow_ledger::{ClaimRow, Extent, Fact, Member, Origin, Relation, Stand};

use super::sheet::{Rows, dispute, extent, first, rows, voice};
use super::table::{Table, heading};
use super::wrap::count;
use super::{Out, csv};

/// Another fact that has to do with this one, and the claim that speaks for it.
pub(crate) type Other<'a> = (Relation, &'a Fact, ClaimRow);

/// Prints a fact with all its claims, by origin, and what it has to do with others.
pub(crate) fn print(
    out: &mut Out,
    fact: &Fact,
    claims: &[ClaimRow],
    others: &[Other<'_>],
) -> io::Result<()> {
    let style = out.style;
    let rows = rows(claims);
    if let Some(row) = first(fact, &rows) {
        out.line(style.strong(&ClaimLine::from(&row.claim).to_string()))?;
    }
    out.line(style.faint(&format!("{}  {}", fact.id, extent(&Extent::of(claims)))))?;
    let voices = count(fact.origins.len() as u64, "independent voice");
    let disputed =
        if fact.disputed { style.alarm(&format!("; {}", dispute(fact))) } else { String::new() };
    out.line(format!("{voices}{disputed}"))?;
    if let Some(current) = fact.current.as_ref().filter(|_| fact.disputed) {
        out.line(format!("Shown first: {}, since {}", current.claim, current.why.as_str()))?;
    }
    figures(out, fact)?;
    let stands = [
        (Stand::Agrees, "For it"),
        (Stand::Differs, "It happened, but otherwise"),
        (Stand::Denies, "Against it"),
    ];
    for (stand, title) in stands {
        let members: Vec<&Member> = fact.members.iter().filter(|it| it.stand == stand).collect();
        if !members.is_empty() {
            heading(out, style, &format!("{title} ({})", members.len()))?;
            for origin in &fact.origins {
                let own: Vec<&Member> = members
                    .iter()
                    .copied()
                    .filter(|it| origin.claims.contains(&it.claim))
                    .collect();
                copies(out, origin, &own)?;
                each(out, &own, &rows)?;
            }
        }
    }
    if !others.is_empty() {
        heading(out, style, "Related, not merged")?;
        for (relation, fact, row) in others {
            out.line(format!(
                "  {}  {}",
                style.faint(relation.as_str()),
                ClaimLine::from(&row.claim)
            ))?;
            out.line(style.faint(&format!("      {}", fact.id)))?;
        }
    }
    out.blank()?;
    out.line(style.faint(
        "This counts voices; it does not judge who is right. Outlets that print one text are one voice.",
    ))
}

/// Says that several outlets print one text, and what the user recorded of them.
fn copies(out: &mut Out, origin: &Origin, own: &[&Member]) -> io::Result<()> {
    if own.is_empty() {
        return Ok(());
    }
    let style = out.style;
    if origin.copied {
        let line = format!("  One voice, printed by {}:", origin.by.join(", "));
        out.line(style.faint(&crate::trouble::visible(&line)))?;
    }
    if let Some(standing) = &origin.standing {
        out.line(style.faint(&format!("  recorded as {standing}:")))?;
    }
    Ok(())
}

fn each(out: &mut Out, members: &[&Member], rows: &Rows<'_>) -> io::Result<()> {
    for member in members {
        if let Some(row) = rows.get(member.claim.as_str()) {
            voice(out, row, member.stand, &member.on, 2)?;
            out.line(out.style.faint(&format!("  {}  by rule {}", row.claim.id, row.claim.rule)))?;
        }
    }
    Ok(())
}

/// Who gives which figure, where there are several.
fn figures(out: &mut Out, fact: &Fact) -> io::Result<()> {
    for figures in fact.figures.iter().filter(|it| it.said.len() > 1) {
        let what = if figures.money {
            format!("Sum in {}", figures.of)
        } else {
            format!("Number of {}", figures.of)
        };
        heading(out, out.style, &what)?;
        let mut table = Table::new(&["figure", "in the words", "of"]);
        for said in &figures.said {
            table.row(vec![
                said.value.map_or_else(|| "vague".to_owned(), grouped),
                format!("“{}”", super::wrap::cut(&said.text, 40)),
                said.by.join(", "),
            ]);
        }
        table.print(out)?;
    }
    Ok(())
}

/// One claim a row, as comma-separated values.
pub(crate) fn as_csv(out: &mut Out, fact: &Fact, claims: &[ClaimRow]) -> io::Result<()> {
    csv::head(out)?;
    claims.iter().try_for_each(|row| csv::row(out, row, &fact.id))
}

/// 1,700,000,000.
fn grouped(value: f64) -> String {
    let text = value.to_string();
    let (whole, rest) = text.find('.').map_or((text.as_str(), ""), |at| text.split_at(at));
    let digits: Vec<char> = whole.chars().collect();
    let mut out = String::new();
    for (n, digit) in digits.iter().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) && digits[n - 1].is_ascii_digit() {
            out.push(',');
        }
        out.push(*digit);
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn thousands_are_parted() {
        assert_eq!(grouped(1.7e9), "1,700,000,000");
        assert_eq!(grouped(200.0), "200");
        assert_eq!(grouped(-1234.5), "-1,234.5");
    }
}
