//! One claim, with the words around its evidence.

use hedgerow_ledger::{ClaimRow, DecisionRow, Ledger};
use hedgerow_people::SubjectKind;
use maud::{Markup, html};
use serde::Serialize;
use serde_json::Value;

use super::decisions::history;
use super::{Page, claims_sheet, ok};
use crate::card::{Place, card, line};
use crate::people::Talked;
use crate::problem::Problem;
use crate::sheet::Sheet;
use crate::{Names, url, words};

/// How many characters are shown before and after the evidence.
const AROUND: usize = 240;

#[derive(Debug, Serialize)]
pub(crate) struct ClaimSheet {
    claim: ClaimRow,
    /// Id of the fact that it belongs to.
    fact: Option<String>,
    /// How many further claims that fact has.
    others: usize,
    /// The text before and after the evidence.
    before: String,
    after: String,
    decisions: Vec<DecisionRow>,
    /// Whether claims are judged here.
    #[serde(skip)]
    judged: bool,
}

impl ClaimSheet {
    pub(crate) fn load(ledger: &Ledger, id: &str, judged: bool) -> Result<Self, Problem> {
        let Some(claim) = ledger.claim(id)? else {
            let problem = Problem::missing(format!("there is no claim “{id}” in this ledger"));
            return Err(problem
                .hint("a document that was coded again has new claims: look at the document"));
        };
        let evidence = &claim.claim.evidence;
        let text = ledger.document(&claim.claim.doc)?.map(|kept| kept.text).unwrap_or_default();
        let before = text.get(..evidence.bstart as usize).unwrap_or_default();
        let start = before.char_indices().rev().nth(AROUND).map_or(0, |(n, _)| n);
        let after = text.get(evidence.bend as usize..).unwrap_or_default();
        let fact = ledger.fact(id)?;
        Ok(Self {
            before: before[start..].to_owned(),
            after: after.chars().take(AROUND).collect(),
            others: fact.as_ref().map_or(0, |fact| fact.members.len() - 1),
            fact: fact.map(|fact| fact.id),
            decisions: ledger.decisions_on(&claim.claim.id)?,
            judged,
            claim,
        })
    }
}

impl Page for ClaimSheet {
    fn title(&self, _: &Names) -> String {
        line(&self.claim.claim)
    }

    fn talked(&self) -> Option<Talked> {
        Some(Talked::one(SubjectKind::Claim, &self.claim.claim.id))
    }

    fn html(&self, names: &Names) -> Markup {
        let claim = &self.claim.claim;
        html! {
            header.head {
                p.kicker { "Claim " (claim.id) }
                h1 { (words::what_of(claim)) ": " (crate::card::parties(claim, names)) }
            }
            p.context dir="auto" {
                "… " (words::flowing(&self.before)) " "
                mark { (words::flowing(&claim.evidence.text)) }
                " " (words::flowing(&self.after)) " …"
            }
            p.links {
                a href=(url::evidence(&claim.doc, &claim.id)) { "Read it in its document" }
                @if self.judged { a href=(url::judge(&claim.id)) { "Judge it" } }
                @if let Some(fact) = &self.fact {
                    a href=(url::fact(fact)) {
                        @if self.others > 0 { "Compare with " (words::several(self.others as u64, "other claim")) } @else { "As a fact" }
                    }
                }
            }
            (card(&self.claim, names, Place::Alone))
            @if !self.decisions.is_empty() {
                section aria-labelledby="decisions" {
                    h2 id="decisions" { "What people decided" }
                    (history(&self.decisions))
                }
            }
        }
    }

    fn json(&self) -> Value {
        ok(self)
    }

    fn csv(&self) -> Sheet {
        claims_sheet([(&self.claim, self.fact.as_deref().unwrap_or_default())])
    }
}
