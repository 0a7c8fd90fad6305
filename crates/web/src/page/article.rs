//! A document: the article as received, and beside it the claims that it makes.

use hedgerow_ledger::{ClaimRow, Ledger, StoredDocument};
use hedgerow_people::SubjectKind;
use maud::{Markup, html};
use serde::Serialize;
use serde_json::Value;

use super::{Page, claims_sheet, ok};
use crate::asked::query;
use crate::card::{Place, card};
use crate::desk::Visit;
use crate::people::Talked;
use crate::problem::Problem;
use crate::sheet::Sheet;
use crate::{Names, article, url, words};

#[derive(Debug, Serialize)]
pub(crate) struct Article {
    document: StoredDocument,
    claims: Vec<ClaimRow>,
    /// Who reads it at the desk, and so may add to it.
    #[serde(skip)]
    visit: Option<Visit>,
}

impl Article {
    pub(crate) fn load(ledger: &Ledger, id: &str, visit: Option<Visit>) -> Result<Self, Problem> {
        let Some(document) = ledger.document(id)? else {
            let problem = Problem::missing(format!("there is no document “{id}” in this ledger"));
            return Err(problem.hint("the list of documents has the ids of all that were added"));
        };
        let mut claims = ledger.claims_of(&document.row.id)?;
        claims.sort_by_key(|row| (row.claim.evidence.bstart, row.claim.evidence.bend));
        Ok(Self { document, claims, visit })
    }

    /// The rules that light up one claim of this document.
    pub(crate) fn style(ledger: &Ledger, id: &str) -> Result<String, Problem> {
        Self::load(ledger, id, None).map(|page| article::style(page.claims.len()))
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

    fn talked(&self) -> Option<Talked> {
        Some(Talked::one(SubjectKind::Article, &self.document.row.id))
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
                    div.text dir="auto" data-text=[self.visit.as_ref().map(|_| "")] { (article::html(&pieces, &self.claims)) }
                    @if grey { p.legend { "Greyed text is kept but was not read as part of the article." } }
                }
                section.claims aria-labelledby="claims" {
                    h2.quiet id="claims" { "What it claims" }
                    @if let Some(visit) = &self.visit { (self.missed(visit)) }
                    @if self.claims.is_empty() { p.empty { "No claims about ties between states were found in this text." } }
                    @for (n, row) in self.claims.iter().enumerate() { (card(row, names, Place::Beside { at: n, judged: self.visit.is_some(), text: &document.text })) }
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

    fn script(&self) -> bool {
        self.visit.is_some()
    }

    fn csv(&self) -> Sheet {
        claims_sheet(self.claims.iter().map(|row| (row, "")))
    }
}

impl Article {
    /// The form with which a missed claim is added. Without a script the offsets are typed.
    fn missed(&self, visit: &Visit) -> Markup {
        let id = &self.document.row.id;
        html! {
            p.links data-desk="" { a href={ "/review" (query([("doc", id.as_str())])) } { "Judge the claims of this document" } }
            details #add {
                summary data-key="m" { "Add a claim that was missed " kbd { "m" } }
                form.decide action={ (url::document(id)) "/claims" } method="post" {
                    input type="hidden" name="form" value=(visit.form);
                    p.note { "Select the words in the text, or give the numbers of the first character and of the one after the last, counted from 0." }
                    output.wide.said dir="auto" {}
                    label { span { "From" } input type="number" name="start" min="0" required; }
                    label { span { "To" } input type="number" name="end" min="1" required; }
                    label.wide { span { "The claim, as a claim line" } input name="line" required placeholder="JPN -> VNM  flow.aid  USD 1.7e9  2015  !pledged" autocomplete="off" spellcheck="false"; }
                    label.wide { span { "Reason" } input name="reason" maxlength="2000" autocomplete="off"; }
                    button type="submit" { "Add" }
                    label.keys hidden { input type="checkbox" id="keys" checked; " one key each: m" }
                }
            }
        }
    }
}

/// The address of the original, where it is one of the web: anything else might run a script.
fn web_address(url: Option<&str>) -> Option<&str> {
    url.filter(|url| url.starts_with("https://") || url.starts_with("http://"))
}
