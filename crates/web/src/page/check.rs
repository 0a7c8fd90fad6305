//! A draft, marked against the ledger: what of it is supported, contradicted or unknown, and by whom. Nothing of it is kept.

use std::collections::BTreeMap;

use hedgerow_ledger::{ClaimRow, Finding, Ledger, Verdict, sha256_hex};
use hedgerow_text::Document;
use maud::{Markup, html};
use serde::Serialize;
use serde_json::Value;

use super::fact::fields;
use super::{Page, claims_sheet, ok};
use crate::article::{self, Piece};
use crate::card;
use crate::coding::Draft;
use crate::desk::Visit;
use crate::problem::Problem;
use crate::sheet::Sheet;
use crate::{Names, url, words};

/// Sources that are shown for and against a claim.
const SHOWN: usize = 4;

/// The form, and what came of it.
#[derive(Debug, Serialize)]
pub(crate) struct Check {
    /// What is asked, as it stands in the form.
    #[serde(skip)]
    pub(crate) visit: Option<Visit>,
    #[serde(skip)]
    pub(crate) published: String,
    pub(crate) checked: Option<Checked>,
}

/// A draft with what the ledger says to each of its claims.
#[derive(Debug, Serialize)]
pub(crate) struct Checked {
    text: String,
    claims: Vec<Weighed>,
    #[serde(skip)]
    rows: Vec<ClaimRow>,
    #[serde(skip)]
    document: Document,
}

#[derive(Debug, Serialize)]
struct Weighed {
    claim: ClaimRow,
    finding: Finding,
    /// The claims of the ledger that the finding names.
    sources: Vec<ClaimRow>,
}

impl Checked {
    pub(crate) fn load(ledger: &Ledger, draft: Draft) -> Result<Self, Problem> {
        let Draft { text, claims, meta } = draft;
        // A draft that is in the ledger itself is no witness to itself.
        let known = ledger.document(&sha256_hex(text.as_bytes()))?.map(|it| it.row.id);
        let mut weighed = Vec::new();
        for claim in claims.into_iter().filter(|it| !it.kind.is_alone()) {
            let published = meta.published.filter(|_| meta.published_until.is_none());
            let row = ClaimRow { claim, title: None, outlet: None, published, url: None };
            let (finding, rows) = ledger.check(&row, known.as_deref())?;
            let named = |it: &ClaimRow| {
                let id = &it.claim.id;
                finding.supports.contains(id)
                    || finding.silent.contains(id)
                    || finding.contradicts.iter().any(|(it, _)| it == id)
            };
            let sources = rows.into_iter().filter(named).collect();
            weighed.push(Weighed { claim: row, finding, sources });
        }
        weighed.sort_by_key(|it| (it.claim.claim.evidence.bstart, it.claim.claim.evidence.bend));
        Ok(Self {
            rows: weighed.iter().map(|it| it.claim.clone()).collect(),
            document: Document::new("draft".to_owned(), text.clone(), meta),
            claims: weighed,
            text,
        })
    }

    fn count(&self, verdict: Verdict) -> usize {
        self.claims.iter().filter(|it| it.finding.verdict == verdict).count()
    }
}

impl Page for Check {
    fn title(&self, _: &Names) -> String {
        "Check a draft".to_owned()
    }

    fn is_data(&self) -> bool {
        false
    }

    fn html(&self, names: &Names) -> Markup {
        html! {
            header.head {
                h1 { "Check a draft" }
                p.note { "Every claim of a draft is held against the ledger: supported, contradicted, or unknown. The draft is not kept." }
            }
            @match &self.visit {
                None => p.empty { "To check a draft, " a href="/desk" { "say who you are" } "." },
                Some(visit) => form.hand-in action="/check" method="post" {
                    input type="hidden" name="form" value=(visit.form);
                    label.wide { span { "The draft" } textarea name="text" rows=(if self.checked.is_some() { "4" } else { "14" }) required { (self.checked.as_ref().map_or("", |it| &it.text)) } }
                    label { span { "Its day, from which “on Tuesday” counts" } input type="date" name="published" value=(self.published); }
                    button type="submit" { "Check" }
                },
            }
            @if let Some(checked) = &self.checked { (checked.section(names)) }
        }
    }

    fn json(&self) -> Value {
        ok(self)
    }

    fn csv(&self) -> Sheet {
        claims_sheet(self.checked.iter().flat_map(|it| &it.rows).map(|row| (row, "")))
    }
}

impl Checked {
    fn section(&self, names: &Names) -> Markup {
        let pieces = article::pieces(&self.document.text, &self.document.zones, &self.rows);
        html! {
            p.byline role="status" {
                span { (words::several(self.claims.len() as u64, "claim")) }
                @for verdict in [Verdict::Supported, Verdict::Contradicted, Verdict::Unknown] { span.verdict.(class(verdict)) { (self.count(verdict)) " " (name(verdict)) } }
            }
            div.reading {
                section.source aria-labelledby="draft" {
                    h2.quiet id="draft" { "The draft" }
                    div.text dir="auto" { @for piece in &pieces { (self.piece(piece)) } }
                }
                section.claims aria-labelledby="findings" {
                    h2.quiet id="findings" { "What the ledger says" }
                    @if self.claims.is_empty() { p.empty { "No claims about ties between states were found in this draft." } }
                    @for (n, it) in self.claims.iter().enumerate() { (finding(n, it, names)) }
                }
            }
        }
    }

    /// A piece of the text, marked by the gravest verdict on what it says.
    fn piece(&self, piece: &Piece<'_>) -> Markup {
        let gravest = piece.claims.iter().max_by_key(|n| grave(self.claims[**n].finding.verdict));
        html! {
            @match gravest {
                Some(&n) => {
                    @let verdict = self.claims[n].finding.verdict;
                    a class={ "ev " (class(verdict)) } href={ "#finding-" (n) } title=(name(verdict)) { (words::shown(piece.text)) }
                },
                None => (words::shown(piece.text)),
            }
        }
    }
}

fn finding(n: usize, it: &Weighed, names: &Names) -> Markup {
    let by_id: BTreeMap<&str, &ClaimRow> =
        it.sources.iter().map(|row| (row.claim.id.as_str(), row)).collect();
    let claim = &it.claim.claim;
    let finding = &it.finding;
    let against = |on: &[hedgerow_ledger::Field]| {
        if on.is_empty() { "denies it".to_owned() } else { format!("differs in {}", fields(on)) }
    };
    html! {
        article class={ "card " (class(finding.verdict)) } id={ "finding-" (n) } {
            header { (card::kind(claim.kind)) span.verdict.(class(finding.verdict)) { (name(finding.verdict)) } }
            h3 { (words::what_of(claim)) }
            p.parties { (card::parties(claim, names)) }
            p.line { code { (card::line(claim)) } }
            @for (id, on) in finding.contradicts.iter().take(SHOWN) { @if let Some(row) = by_id.get(id.as_str()) { p.on { (words::capital(&against(on))) } (source(row, names)) } }
            @if !finding.supports.is_empty() { p.for { "Says the same" } }
            @for id in finding.supports.iter().take(SHOWN) { @if let Some(row) = by_id.get(id.as_str()) { (source(row, names)) } }
            @if !finding.silent.is_empty() { p.minor { "Without the figure" } }
            @for id in finding.silent.iter().take(SHOWN) { @if let Some(row) = by_id.get(id.as_str()) { (source(row, names)) } }
            @for related in finding.related.iter().take(SHOWN) { p.minor { "But see " a href=(url::fact(&related.fact)) { (related.fact) } ": " (related.relation.as_str()) } }
        }
    }
}

fn source(row: &ClaimRow, names: &Names) -> Markup {
    html! { (card::quote(row, names)) p.links { a href=(url::fact(&row.claim.id)) { "The fact" } } }
}

const fn grave(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Unknown => 0,
        Verdict::Supported => 1,
        Verdict::Contradicted => 2,
    }
}

const fn name(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Supported => "supported",
        Verdict::Contradicted => "contradicted",
        Verdict::Unknown => "unknown",
    }
}

/// The class of its colours, which are never alone: the word stands beside them.
const fn class(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Supported => "v-supported",
        Verdict::Contradicted => "v-contradicted",
        Verdict::Unknown => "v-unknown",
    }
}
