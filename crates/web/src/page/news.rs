//! What is new in a ledger: documents and decisions since a moment that the reader names, else the latest by day.
//!
//! Nobody is followed with a cookie: the moment stands in the address, and the page offers the address of "from now on".

use hedgerow_ledger::{DecisionRow, DocumentRow, Ledger};
use jiff::Timestamp;
use maud::{Markup, html};
use serde::Serialize;

use crate::asked::{Asked, query};
use crate::problem::Problem;
use crate::{url, words};

/// How far back is looked.
const LOOKED: usize = 500;
/// How many documents of a day are listed.
const OF_A_DAY: usize = 6;
/// How many days are told where no moment is named.
const DAYS: usize = 5;

#[derive(Debug, Serialize)]
pub(crate) struct News {
    /// The moment from which on something is new; `None` where none is named.
    since: Option<String>,
    /// Documents that were added, the newest first.
    documents: Vec<DocumentRow>,
    decisions: Vec<DecisionRow>,
    /// Whether there may be more than was looked through.
    more: bool,
    /// The moment of what is newest here.
    newest: Option<String>,
}

impl News {
    pub(crate) fn load(ledger: &Ledger, asked: &Asked) -> Result<Self, Problem> {
        let since = asked.get("since").map(moment).transpose()?;
        let (documents, decisions) =
            (ledger.documents_added_last(LOOKED)?, ledger.decisions_from(0, LOOKED)?);
        let newest = documents.first().map(|it| &it.added).into_iter();
        let newest = newest.chain(decisions.first().map(|it| &it.added)).max().cloned();
        let is_new = |added: &str| since.as_deref().is_none_or(|since| added > since);
        let more =
            documents.len() == LOOKED && documents.last().is_some_and(|it| is_new(&it.added));
        Ok(Self {
            documents: documents.into_iter().filter(|it| is_new(&it.added)).collect(),
            decisions: decisions.into_iter().filter(|it| is_new(&it.added)).collect(),
            newest,
            more,
            since,
        })
    }

    /// Documents by the day on which they were added.
    fn days(&self) -> Vec<(&str, Vec<&DocumentRow>)> {
        let mut days: Vec<(&str, Vec<&DocumentRow>)> = Vec::new();
        for it in &self.documents {
            let day = it.added.get(..10).unwrap_or(&it.added);
            match days.last_mut().filter(|(last, _)| *last == day) {
                Some((_, documents)) => documents.push(it),
                None => days.push((day, vec![it])),
            }
        }
        if self.since.is_none() {
            days.truncate(DAYS);
        }
        days
    }

    pub(crate) fn section(&self) -> Markup {
        let claims: u64 = self.documents.iter().map(|it| it.claims).sum();
        html! {
            section.news aria-labelledby="news" {
                h2 id="news" { @if let Some(since) = &self.since { "New since " (words::moment(since)) } @else { "Added last" } }
                @if self.since.is_some() {
                    p {
                        @if self.more { "At least " }
                        (words::several(self.documents.len() as u64, "document")) " with " (words::several(claims, "claim")) ", "
                        a href="/decisions" { (words::several(self.decisions.len() as u64, "decision")) } "."
                    }
                }
                @for (day, documents) in self.days() {
                    h3.holder { (day.parse().map_or_else(|_| day.to_owned(), words::day)) " " span.minor { (words::several(documents.len() as u64, "document")) @if self.more && self.since.is_none() { " or more" } } }
                    ul.plain {
                        @for it in documents.iter().take(OF_A_DAY) {
                            li { a href=(url::document(&it.id)) dir="auto" { (words::flowing(it.meta.title.as_deref().unwrap_or(&it.id))) }
                                " " span.minor { @if let Some(outlet) = &it.meta.outlet { (words::flowing(outlet)) ", " } (words::several(it.claims, "claim")) @if it.version > 1 { ", version " (it.version) } } }
                        }
                        @if documents.len() > OF_A_DAY { li.minor { "and " (documents.len() - OF_A_DAY) " more" } }
                    }
                }
                @if let Some(newest) = &self.newest {
                    p.links { a href={ "/" (query([("since", newest.as_str())])) "#news" } { "What is new from now on" } span.minor { "Keep this address as a bookmark: no cookie follows you." } }
                }
            }
        }
    }
}

/// A day, or a moment, as times are kept: UTC, to the second.
fn moment(text: &str) -> Result<String, Problem> {
    let day = text.parse::<jiff::civil::Date>().ok().filter(|_| text.len() == 10);
    let day = day.map(|it| format!("{it}T00:00:00Z"));
    let exact = text.parse::<Timestamp>().ok().map(|it| it.to_string());
    day.or(exact).ok_or_else(|| {
        Problem::asked(format!("`since={text}` is no day and no moment"))
            .hint("write since=2015-09-20 or since=2015-09-20T14:30:00Z")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_read_and_told() {
        assert_eq!(moment("2015-09-20").unwrap(), "2015-09-20T00:00:00Z");
        assert_eq!(moment("2015-09-20T14:30:05Z").unwrap(), "2015-09-20T14:30:05Z");
        assert!(moment("yesterday").is_err() && moment("2015-09").is_err());
        assert_eq!(words::moment("2015-09-20T14:30:05Z"), "20 September 2015, 14:30 UTC");
        assert_eq!(words::moment("2015-09-20T00:00:00Z"), "20 September 2015");
    }
}
