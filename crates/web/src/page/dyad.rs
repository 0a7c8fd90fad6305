//! A pair of actors: standing ties, events by date, flows with pledged and delivered apart, stances by who holds them.

use std::collections::BTreeMap;

use hedgerow_codebook::claim::{Kind, Modality};
use hedgerow_ledger::{ClaimRow, Fact, Ledger};
use maud::{Markup, html};
use serde::Serialize;
use serde_json::Value;

use super::{Page, Rows, by_id, entry, expect_actor, ok};
use crate::problem::Problem;
use crate::timeline::{Lane, Mark, timeline};
use crate::{Names, card, url, words};

#[derive(Debug, Serialize)]
pub(crate) struct Dyad {
    a: String,
    b: String,
    facts: Vec<Fact>,
    claims: Vec<ClaimRow>,
}

impl Dyad {
    pub(crate) fn load(
        ledger: &Ledger,
        a: &str,
        b: &str,
        named: [bool; 2],
    ) -> Result<Self, Problem> {
        expect_actor(ledger, a, named[0])?;
        expect_actor(ledger, b, named[1])?;
        if a == b {
            let problem = Problem::missing("a pair needs two different actors");
            return Err(problem.hint(format!("the page of one actor is {}", url::actor(a))));
        }
        let claims = ledger.dyad(a, b)?;
        Ok(Self { a: a.to_owned(), b: b.to_owned(), facts: ledger.facts(&claims)?, claims })
    }

    fn of(&self, kind: Kind) -> Vec<&Fact> {
        let mut facts: Vec<&Fact> = self.facts.iter().filter(|fact| fact.kind == kind).collect();
        facts.sort_by_key(|fact| (fact.start.is_none(), fact.start, fact.end));
        facts
    }
}

impl Page for Dyad {
    fn title(&self, names: &Names) -> String {
        format!("{} and {}", names.of(&self.a), names.of(&self.b))
    }

    fn html(&self, names: &Names) -> Markup {
        let rows = by_id(&self.claims);
        let documents: std::collections::BTreeSet<&str> =
            self.claims.iter().map(|row| row.claim.doc.as_str()).collect();
        let (ties, events) = (self.of(Kind::Tie), self.of(Kind::Event));
        let (flows, stances) = (self.of(Kind::Flow), self.of(Kind::Stance));
        let stage = |fact: &&Fact, wanted: &str| fact.stage.as_deref() == Some(wanted);
        let (delivered, rest): (Vec<&Fact>, Vec<&Fact>) =
            flows.iter().partition(|fact| stage(fact, "delivered"));
        let (collapsed, promised): (Vec<&Fact>, Vec<&Fact>) =
            rest.into_iter().partition(|fact| stage(fact, "collapsed"));
        html! {
            header.head {
                p.kicker { a href="/dyads" { "Pair" } " " code { (self.a) } " " code { (self.b) } }
                h1 { (card::actor(&self.a, names)) " and " (card::actor(&self.b, names)) }
                p.byline {
                    span { (words::several(self.facts.len() as u64, "fact")) }
                    span { (words::several(self.claims.len() as u64, "claim")) }
                    span { (words::several(documents.len() as u64, "document")) }
                }
            }
            @if self.claims.is_empty() {
                p.empty { "No document in this ledger claims anything between these two." }
            } @else {
                nav.contents aria-label="On this page" {
                    @for (n, id, label) in [
                        (ties.len(), "ties", "Standing ties"), (events.len(), "events", "Events"),
                        (flows.len(), "flows", "Flows"), (stances.len(), "stances", "Stances"),
                    ] { @if n > 0 { a href={ "#" (id) } { (label) " " span.minor { (n) } } } }
                }
            }
            @if !ties.is_empty() { (section("ties", "Standing ties", None, &ties, &rows, names)) }
            @if !events.is_empty() {
                section aria-labelledby="events" {
                    h2 id="events" { "Events" }
                    (timeline(&self.lanes(&events, &rows, names)))
                    (list(&events, &rows, names))
                }
            }
            @if !flows.is_empty() {
                section aria-labelledby="flows" {
                    h2 id="flows" { "Flows" }
                    p.note { "What was promised and what came are kept apart: neither is counted in the other." }
                    div.apart {
                        (flow_list("Delivered", "Nothing is reported as delivered.", &delivered, &rows, names))
                        (flow_list("Promised, agreed or expected", "Nothing is reported as promised.", &promised, &rows, names))
                    }
                    @if !collapsed.is_empty() { (flow_list("Denied or collapsed", "", &collapsed, &rows, names)) }
                }
            }
            @if !stances.is_empty() {
                section aria-labelledby="stances" {
                    h2 id="stances" { "Stances" }
                    div.apart {
                        @for (holders, held) in by_holder(&stances) {
                            div {
                                h3.holder { "Held by " (card::codes(&holders, names)) }
                                (list(&held, &rows, names))
                            }
                        }
                    }
                }
            }
        }
    }

    fn json(&self) -> Value {
        ok(self)
    }
}

impl Dyad {
    /// The dated events in three lanes: one for each direction, one for what both did together.
    fn lanes(&self, events: &[&Fact], rows: &Rows<'_>, names: &Names) -> Vec<Lane> {
        let (a, b) = (names.of(&self.a), names.of(&self.b));
        let label = [format!("{a} → {b}"), "together".to_owned(), format!("{b} → {a}")];
        let mut lanes: Vec<Lane> =
            label.into_iter().map(|label| Lane { label, marks: Vec::new() }).collect();
        for fact in events {
            let Some((start, end)) = fact.start.zip(fact.end) else { continue };
            let lane = match (fact.symmetric, fact.actors.contains(&self.a)) {
                (true, _) => 1,
                (false, true) => 0,
                (false, false) => 2,
            };
            let what = words::what(fact.kind, &fact.type_, fact.mode.as_deref(), None);
            let when = words::period(start, end, fact.precision);
            lanes[lane].marks.push(Mark {
                start,
                end,
                precision: fact.precision,
                conflict: words::is_conflict(&fact.type_),
                happened: happened(fact, rows),
                label: format!("{what}, {when}"),
                href: format!("#{}", url::part(&fact.id)),
            });
        }
        lanes
    }
}

/// Whether some claim says that it has happened.
fn happened(fact: &Fact, rows: &Rows<'_>) -> bool {
    fact.members.iter().any(|member| {
        rows.get(member.claim.as_str()).is_some_and(|row| {
            matches!(row.claim.modality, Modality::Actual | Modality::HistoricalBackground)
        })
    })
}

fn section(
    id: &str,
    heading: &str,
    note: Option<&str>,
    facts: &[&Fact],
    rows: &Rows<'_>,
    names: &Names,
) -> Markup {
    html! {
        section aria-labelledby=(id) {
            h2 id=(id) { (heading) }
            @if let Some(note) = note { p.note { (note) } }
            (list(facts, rows, names))
        }
    }
}

fn list(facts: &[&Fact], rows: &Rows<'_>, names: &Names) -> Markup {
    html! { ol.entries { @for fact in facts { (entry(fact, rows, names, true)) } } }
}

fn flow_list(heading: &str, none: &str, facts: &[&Fact], rows: &Rows<'_>, names: &Names) -> Markup {
    html! {
        div {
            h3.holder { (heading) }
            @if facts.is_empty() { p.empty { (none) } } @else { (list(facts, rows, names)) }
        }
    }
}

/// Stances by the parties that hold them.
fn by_holder<'a>(stances: &[&'a Fact]) -> BTreeMap<Vec<String>, Vec<&'a Fact>> {
    let mut holders: BTreeMap<Vec<String>, Vec<&Fact>> = BTreeMap::new();
    for fact in stances {
        holders.entry(fact.actors.clone()).or_default().push(fact);
    }
    holders
}
