//! A pair of actors: the ladder of their ties, events by date, flows with pledged and delivered apart, what became of promises,
//! where reports disagree, stances by who holds them.

use std::collections::BTreeMap;

use hedgerow_codebook::claim::{Kind, Modality};
use hedgerow_ledger::{ClaimRow, Commitment, Fact, Ledger};
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Serialize;
use serde_json::Value;

use super::pledges::{promised, tally, tracker};
use super::{Page, Rows, by_id, entry, expect_actor, facts_sheet, ok, range};
use crate::app::App;
use crate::ladder::{RUNGS, Step, ladder};
use crate::problem::Problem;
use crate::sheet::Sheet;
use crate::timeline::{Lane, Mark, timeline};
use crate::{Names, card, url, words};

#[derive(Debug, Serialize)]
pub(crate) struct Dyad {
    a: String,
    b: String,
    facts: Vec<Fact>,
    claims: Vec<ClaimRow>,
    /// What each promised the other.
    commitments: [Vec<Commitment>; 2],
    /// Place on the ladder of partnerships by fact, where its level has one.
    levels: BTreeMap<String, f64>,
}

impl Dyad {
    pub(crate) fn load(app: &App, ledger: &Ledger, a: &str, b: &str) -> Result<Self, Problem> {
        expect_actor(ledger, a, app.names().knows(a))?;
        expect_actor(ledger, b, app.names().knows(b))?;
        if a == b {
            let problem = Problem::missing("a pair needs two different actors");
            return Err(problem.hint(format!("the page of one actor is {}", url::actor(a))));
        }
        let claims = ledger.dyad(a, b)?;
        let (facts, lens) = (ledger.facts(&claims)?, ledger.lens(&claims)?);
        let level = |fact: &Fact| {
            let place = app.codebook().ladder.place(fact.label.as_deref()?)?;
            Some((fact.id.clone(), place))
        };
        let partnerships =
            facts.iter().filter(|it| it.kind == Kind::Tie && it.type_ == "partnership");
        Ok(Self {
            levels: partnerships.filter_map(level).collect(),
            commitments: [(a, b), (b, a)].map(|(a, b)| promised(a, b, &facts, &claims, &lens)),
            a: a.to_owned(),
            b: b.to_owned(),
            facts,
            claims,
        })
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
        let promises: usize = self.commitments.iter().map(Vec::len).sum();
        let disputes: Vec<&Fact> = self.facts.iter().filter(|fact| fact.disputed).collect();
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
                        (disputes.len(), "disputes", "Reports disagree"), (ties.len(), "ties", "Standing ties"),
                        (events.len(), "events", "Events"), (flows.len(), "flows", "Flows"),
                        (promises, "promises", "Promises"), (stances.len(), "stances", "Stances"),
                    ] { @if n > 0 { a href={ "#" (id) } { (label) " " span.minor { (n) } } } }
                }
            }
            @if !disputes.is_empty() {
                section aria-labelledby="disputes" {
                    h2 id="disputes" { "Where reports disagree" }
                    (disputed(&disputes))
                }
            }
            @if !ties.is_empty() {
                section aria-labelledby="ties" {
                    h2 id="ties" { "Standing ties" }
                    (self.ladder(&ties))
                    (list(&ties, &rows, names))
                }
            }
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
            @if promises > 0 {
                section aria-labelledby="promises" {
                    h2 id="promises" { "What came of promises" }
                    p.note { "Stages of one commitment stand side by side and are never added up." }
                    @for (n, (from, to)) in [(&self.a, &self.b), (&self.b, &self.a)].into_iter().enumerate() {
                        @if !self.commitments[n].is_empty() {
                            h3.holder { (card::actor(from, names)) (card::arrow()) (card::actor(to, names)) " " a.minor href=(url::pledges(from, to)) { (tally(&self.commitments[n])) } }
                            (tracker(&self.commitments[n], &rows, names))
                        }
                    }
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

    fn csv(&self) -> Sheet {
        facts_sheet(&self.facts, &by_id(&self.claims))
    }
}

impl Dyad {
    /// The levels of the partnership in time, and as a table.
    fn ladder(&self, ties: &[&Fact]) -> Markup {
        let placed = ties.iter().filter_map(|fact| Some((*fact, *self.levels.get(&fact.id)?)));
        let placed: Vec<(&Fact, f64)> = placed.collect();
        let when = |fact: &Fact| {
            let (start, end) = fact.start.zip(fact.end)?;
            Some(words::period(start, end, fact.precision))
        };
        let label = |fact: &Fact| words::flowing(fact.label.as_deref().unwrap_or_default());
        let step = |(fact, level): &(&Fact, f64)| {
            let (start, end) = fact.start.zip(fact.end)?;
            Some(Step {
                start,
                end,
                precision: fact.precision,
                level: *level,
                label: format!("{}, {}", label(fact), when(fact)?),
                href: format!("#{}", url::part(&fact.id)),
            })
        };
        let steps: Vec<Step> = placed.iter().filter_map(step).collect();
        let until: Option<Date> = self.claims.iter().filter_map(|row| row.published).max();
        let until = until.or_else(|| steps.iter().map(|it| it.end).max());
        html! {
            @if let Some(until) = until.filter(|_| !steps.is_empty()) {
                (ladder(&steps, until))
                details.more {
                    summary { "The ladder as a table" }
                    div.scroll role="region" aria-label="Levels" tabindex="0" {
                        table {
                            thead { tr { th scope="col" { "When" } th.number scope="col" { "Level" } th scope="col" { "Rung" } th scope="col" { "In the words of the text" } th scope="col" { "Fact" } } }
                            tbody {
                                @for (fact, level) in &placed {
                                    tr {
                                        th scope="row" { (when(fact).unwrap_or_else(|| "no date given".to_owned())) }
                                        td.number { (level) }
                                        td { (RUNGS[(level.floor() as usize).min(RUNGS.len() - 1)]) }
                                        td dir="auto" { (label(fact)) }
                                        td { a href=(url::fact(&fact.id)) { (fact.id) } }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

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

/// Facts on which reports disagree, with the figures and by what factor they differ.
fn disputed(facts: &[&Fact]) -> Markup {
    html! {
        div.scroll role="region" aria-label="Where reports disagree" tabindex="0" {
            table {
                thead { tr { th scope="col" { "Fact" } th scope="col" { "Figures" } th.number scope="col" { "Factor" } th.number scope="col" { "Independent voices" } } }
                tbody {
                    @for fact in facts {
                        tr {
                            th scope="row" {
                                a href=(url::fact(&fact.id)) { (words::what(fact.kind, &fact.type_, fact.mode.as_deref(), fact.polarity)) }
                                @if let Some((start, end)) = fact.start.zip(fact.end) { ", " (words::period(start, end, fact.precision)) }
                            }
                            td { @for figures in &fact.figures { (range(figures)) br; } }
                            td.number { @if let Some(factor) = fact.factor.filter(|it| *it >= 1.01) { (words::figure(factor)) } }
                            td.number { (fact.origins.len()) }
                        }
                    }
                }
            }
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
