//! The sheet of a fact: every claim for and against it.

use std::io;

use hedgerow_codebook::ClaimLine;
use hedgerow_ledger::{ClaimRow, Fact, Member, Stand};

use super::sheet::{Rows, extent, first, rows, voice};
use super::table::{Table, heading};
use super::{Out, csv};

/// Prints a fact with all its claims.
pub(crate) fn print(out: &mut Out, fact: &Fact, claims: &[ClaimRow]) -> io::Result<()> {
    let style = out.style;
    let rows = rows(claims);
    if let Some(row) = first(fact, &rows) {
        out.line(style.strong(&ClaimLine::from(&row.claim).to_string()))?;
    }
    out.line(style.faint(&format!("{}  {}", fact.id, extent(claims))))?;
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
            each(out, &members, &rows)?;
        }
    }
    out.blank()?;
    out.line(style.faint(
        "This counts voices; it does not judge who is right. Outlets that copied one wire count each.",
    ))
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
