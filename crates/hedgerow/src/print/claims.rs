//! Claims of one document.

use std::io;

use hedgerow_codebook::{Claim, ClaimLine};
use hedgerow_text::Document;

use super::Out;
use super::wrap::{count, wrap};
use crate::trouble::visible;

/// `# id  Headline (outlet, day): 3 claims`.
pub(crate) fn title(out: &mut Out, document: &Document, claims: usize) -> io::Result<()> {
    let style = out.style;
    let meta = &document.meta;
    let day = meta.published.map(|it| it.to_string());
    let about: Vec<String> = meta.outlet.iter().cloned().chain(day).collect();
    let about =
        if about.is_empty() { String::new() } else { format!(" ({})", visible(&about.join(", "))) };
    let n = count(claims as u64, "claim");
    let title = meta.title.as_deref().map(|it| format!("  {}", visible(it)));
    out.line(style.strong(&format!(
        "# {}{}{about}: {n}",
        visible(&document.id),
        title.unwrap_or_default()
    )))
}

/// One claim line each, behind `indent` blanks; on request the words that state it beneath.
pub(crate) fn lines(
    out: &mut Out,
    claims: &[&Claim],
    evidence: bool,
    indent: usize,
) -> io::Result<()> {
    let style = out.style;
    let margin = " ".repeat(indent);
    for claim in claims {
        out.line(format!("{margin}{}", ClaimLine::from(*claim)))?;
        if evidence {
            let words = claim.evidence.text.split_whitespace().collect::<Vec<_>>().join(" ");
            out.line(style.faint(&format!("{margin}  | {}", visible(&words))))?;
        }
    }
    Ok(())
}

/// One JSON object a line.
pub(crate) fn json(out: &mut Out, claims: &[&Claim]) -> io::Result<()> {
    for claim in claims {
        out.line(serde_json::to_string(claim)?)?;
    }
    Ok(())
}

/// Claim line and, wrapped beneath it, id, rule and evidence.
pub(crate) fn table(out: &mut Out, claims: &[&Claim]) -> io::Result<()> {
    let style = out.style;
    for claim in claims {
        out.line(format!("  {}", ClaimLine::from(*claim)))?;
        for line in wrap(&format!("“{}”", claim.evidence.text), style.width, 6) {
            out.line(line)?;
        }
        out.line(style.faint(&format!("      {}  by rule {}", claim.id, claim.rule)))?;
    }
    Ok(())
}
