//! A document: the article as received, and beside it the claims that it makes.

use hedgerow_ledger::{ClaimRow, Ledger, StoredDocument};
use maud::{Markup, html};
use serde::Serialize;
use serde_json::Value;

use super::{Page, ok};
use crate::card::{Place, card};
use crate::problem::Problem;
use crate::{Names, article, url, words};

#[derive(Debug, Serialize)]
pub(crate) struct Article {
    document: StoredDocument,
    claims: Vec<ClaimRow>,
}

impl Article {
    pub(crate) fn load(ledger: &Ledger, id: &str) -> Result<Self, Problem> {
        let Some(document) = ledger.document(id)? else {
            let problem = Problem::missing(format!("there is no document “{id}” in this ledger"));
            return Err(problem.hint("the list of documents has the ids of all that were added"));
        };
        let mut claims = ledger.claims_of(&document.row.id)?;
        claims.sort_by_key(|row| (row.claim.evidence.bstart, row.claim.evidence.bend));
        Ok(Self { document, claims })
    }

    /// The rules that light up one claim of this document.
    pub(crate) fn style(ledger: &Ledger, id: &str) -> Result<String, Problem> {
        Self::load(ledger, id).map(|page| article::style(page.claims.len()))
    }
}

impl Page for Article {
    fn title(&self, _: &Names) -> String {
        let row = &self.document.row;
        row.meta.title.clone().unwrap_or_else(|| row.id.clone())
    }

    fn style_address(&self) -> Option<String> {
        Some(format!("{}.css", url::document(&self.document.row.id)))
    }

    fn html(&self, names: &Names) -> Markup {
        let (document, row) = (self.document.document(), &self.document.row);
        let pieces = article::pieces(&document.text, &document.zones, &self.claims);
        let grey = document.zones.iter().any(|zone| !zone.kind.is_article());
        html! {
            header.head {
                p.kicker { a href="/documents" { "Document" } " " (row.id) @if row.version > 1 { ", version " (row.version) } }
                h1 dir="auto" { (words::flowing(row.meta.title.as_deref().unwrap_or(&row.id))) }
                p.byline {
                    @if let Some(outlet) = &row.meta.outlet { span dir="auto" { (words::flowing(outlet)) } }
                    @if let Some(day) = row.meta.published { time datetime=(day) { (words::day(day)) } }
                    @if let Some(address) = web_address(row.meta.url.as_deref()) { a href=(address) rel="nofollow noreferrer" { "Original" } }
                    span { (words::several(self.claims.len() as u64, "claim")) }
                }
            }
            @for remark in &self.document.diagnostics {
                p.note { strong { (remark.name) ": " } (words::flowing(&remark.message)) @if let Some(help) = &remark.help { " (" (words::flowing(help)) ")" } }
            }
            div.reading {
                section.source aria-labelledby="text" {
                    h2.quiet id="text" { "Text as received" }
                    div.text dir="auto" { (article::html(&pieces, &self.claims)) }
                    @if grey { p.legend { "Greyed text is kept but was not read as part of the article." } }
                }
                section.claims aria-labelledby="claims" {
                    h2.quiet id="claims" { "What it claims" }
                    @if self.claims.is_empty() { p.empty { "No claims about ties between states were found in this text." } }
                    @for (n, row) in self.claims.iter().enumerate() { (card(row, names, Place::Beside(n))) }
                }
            }
            footer.provenance {
                p {
                    "Read from " code { (row.path) } ", added " time datetime=(row.added) { (row.added) }
                    ", coded with codebook " code { (row.codebook) } " and model " code { (row.model) }
                    @if row.generation > 1 { " (coding number " (row.generation) ")" }
                    ". SHA-256 " code { (row.bytes_sha256) } "."
                }
            }
        }
    }

    fn json(&self) -> Value {
        ok(self)
    }
}

/// The address of the original, where it is one of the web: anything else might run a script.
fn web_address(url: Option<&str>) -> Option<&str> {
    url.filter(|url| url.starts_with("https://") || url.starts_with("http://"))
}
