//! What a footnote of a brief says of its fact, as the ledger has it now.

use hedgerow_ledger::{Fact, Ledger};
use maud::{Markup, html};

use crate::problem::Problem;
use crate::{Names, card, page, url, words};

/// A fact in one line, and with its first quote.
#[derive(Debug)]
pub(super) struct Noted {
    /// Kept when a brief is published, and compared afterwards.
    pub(super) line: String,
    quote: Markup,
}

impl Noted {
    /// What the ledger has of the fact of that id.
    pub(super) fn of(ledger: &Ledger, names: &Names, id: &str) -> Result<Option<Self>, Problem> {
        let Some(fact) = ledger.fact(id)? else { return Ok(None) };
        let first = fact.members.first().map(|it| ledger.claim(&it.claim)).transpose()?.flatten();
        let quote = first.map(|row| card::quote(&row, names)).unwrap_or_default();
        Ok(Some(Self { line: line(&fact, names), quote }))
    }

    /// The note; `then` is what it said when the brief was published.
    pub(super) fn html(&self, then: Option<&str>) -> Markup {
        html! {
            p { (self.line) "." }
            @if let Some(then) = then.filter(|it| *it != self.line) {
                p.warn { "The evidence has changed since. When this was published: " (then) "." }
            }
            (self.quote)
        }
    }

    /// Where the fact is.
    pub(super) fn href(id: &str) -> String {
        url::fact(id)
    }
}

/// Who, what, when, how much, and on how many words that rests.
fn line(fact: &Fact, names: &Names) -> String {
    let side =
        |codes: &[String]| codes.iter().map(|it| names.of(it)).collect::<Vec<_>>().join(", ");
    let what = words::what(fact.kind, &fact.type_, fact.mode.as_deref(), fact.polarity);
    let who = match (fact.symmetric, fact.recipients.is_empty()) {
        (true, _) | (_, true) => side(&fact.actors),
        _ => format!("{} to {}", side(&fact.actors), side(&fact.recipients)),
    };
    let mut parts = vec![format!("{what}: {who}")];
    if let Some((start, end)) = fact.start.zip(fact.end) {
        parts.push(words::period(start, end, fact.precision));
    }
    parts.extend(fact.figures.iter().map(page::range));
    parts.push(words::several(fact.members.len() as u64, "claim"));
    if fact.disputed {
        parts.push("reports disagree".to_owned());
    }
    parts.join(", ")
}
