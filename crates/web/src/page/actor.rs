//! One actor: its partners, and what is claimed of it alone.

use std::collections::{BTreeMap, BTreeSet};

use hedgerow_codebook::claim::Kind;
use hedgerow_ledger::{ClaimRow, Fact, Ledger};
use maud::{Markup, html};
use serde::Serialize;
use serde_json::Value;

use super::{Page, by_id, entry, expect_actor, ok};
use crate::problem::Problem;
use crate::{Names, url, words};

/// How many facts the page lists; the pages of its pairs have the others.
const LISTED: usize = 40;

#[derive(Debug, Serialize)]
pub(crate) struct Actor {
    code: String,
    partners: Vec<Partner>,
    claims: Vec<ClaimRow>,
    #[serde(skip)]
    facts: Vec<Fact>,
}

/// What is claimed between the actor and one other.
#[derive(Debug, Clone, Default, Serialize)]
struct Partner {
    code: String,
    claims: u64,
    events: u64,
    ties: u64,
    flows: u64,
    stances: u64,
    documents: u64,
}

impl Actor {
    pub(crate) fn load(ledger: &Ledger, code: &str, named: bool) -> Result<Self, Problem> {
        expect_actor(ledger, code, named)?;
        let claims = ledger.actor(code)?;
        let facts = ledger.facts(&claims)?;
        Ok(Self { code: code.to_owned(), partners: partners(code, &claims), claims, facts })
    }
}

/// Everyone who stands on the other side of a claim, most claims first.
fn partners(code: &str, rows: &[ClaimRow]) -> Vec<Partner> {
    let mut found: BTreeMap<&str, (Partner, BTreeSet<&str>)> = BTreeMap::new();
    for row in rows {
        let claim = &row.claim;
        let has = |side: &[hedgerow_codebook::claim::Actor]| side.iter().any(|p| p.code == code);
        let mut others: BTreeSet<&str> = BTreeSet::new();
        if has(&claim.actors) {
            others.extend(claim.recipients.iter().map(|party| party.code.as_str()));
        }
        if has(&claim.recipients) {
            others.extend(claim.actors.iter().map(|party| party.code.as_str()));
        }
        others.remove(code);
        for other in others {
            let (partner, documents) = found.entry(other).or_default();
            partner.claims += 1;
            *match claim.kind {
                Kind::Event => &mut partner.events,
                Kind::Tie => &mut partner.ties,
                Kind::Flow => &mut partner.flows,
                _ => &mut partner.stances,
            } += 1;
            documents.insert(&claim.doc);
        }
    }
    let whole = |(code, (partner, documents)): (&str, (Partner, BTreeSet<&str>))| Partner {
        code: code.to_owned(),
        documents: documents.len() as u64,
        ..partner
    };
    let mut partners: Vec<Partner> = found.into_iter().map(whole).collect();
    partners.sort_by(|a, b| b.claims.cmp(&a.claims).then_with(|| a.code.cmp(&b.code)));
    partners
}

impl Page for Actor {
    fn title(&self, names: &Names) -> String {
        names.of(&self.code).into_owned()
    }

    fn html(&self, names: &Names) -> Markup {
        let documents: BTreeSet<&str> =
            self.claims.iter().map(|row| row.claim.doc.as_str()).collect();
        let rows = by_id(&self.claims);
        let mut facts: Vec<&Fact> = self.facts.iter().collect();
        facts.sort_by_key(|fact| (std::cmp::Reverse(fact.end), fact.id.clone()));
        html! {
            header.head {
                p.kicker { a href="/actors" { "Actor" } " " code { (self.code) } }
                h1 { (names.of(&self.code)) }
                p.byline {
                    span { (words::several(self.claims.len() as u64, "claim")) }
                    span { (words::several(documents.len() as u64, "document")) }
                    span { (words::several(self.partners.len() as u64, "partner")) }
                }
            }
            @if self.claims.is_empty() { p.empty { "No document in this ledger claims anything of this actor." } }
            @if !self.partners.is_empty() {
                section aria-labelledby="partners" {
                    h2 id="partners" { "With whom" }
                    div.scroll role="region" aria-label="Partners" tabindex="0" {
                        table {
                            caption { "Claims between " (names.of(&self.code)) " and others, by kind" }
                            thead {
                                tr {
                                    th scope="col" { "With" }
                                    @for kind in ["Events", "Ties", "Flows", "Stances", "Claims", "Documents"] { th.number scope="col" { (kind) } }
                                }
                            }
                            tbody {
                                @for partner in &self.partners {
                                    tr {
                                        th scope="row" { a href=(url::dyad(&self.code, &partner.code)) { (names.of(&partner.code)) } }
                                        @for n in [partner.events, partner.ties, partner.flows, partner.stances] {
                                            td.number { @if n > 0 { (n) } @else { span.minor { "·" } } }
                                        }
                                        td.number { (partner.claims) }
                                        td.number { (partner.documents) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
            @if !facts.is_empty() {
                section aria-labelledby="facts" {
                    h2 id="facts" { "Latest" }
                    @if facts.len() > LISTED { p.note { "The latest " (LISTED) " of " (facts.len()) " facts; the pages of its pairs have all." } }
                    ol.entries { @for fact in facts.iter().take(LISTED) { (entry(fact, &rows, names, true)) } }
                }
            }
        }
    }

    fn json(&self) -> Value {
        ok(self)
    }
}
