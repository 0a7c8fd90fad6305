//! What one state promised another, and what came of it: stages of one commitment side by side, never added up.

use hedgerow_ledger::{ClaimRow, Commitment, Fact, Ledger, Lens, Outcome, commitments};
use maud::{Markup, html};
use serde::Serialize;
use serde_json::Value;

use super::{Page, Rows, by_id, expect_actor, facts_sheet, figures_line, ok};
use crate::problem::Problem;
use crate::sheet::Sheet;
use crate::{Names, card, url, words};

#[derive(Debug, Serialize)]
pub(crate) struct Pledges {
    giver: String,
    receiver: String,
    commitments: Vec<Commitment>,
    #[serde(skip)]
    claims: Vec<ClaimRow>,
}

impl Pledges {
    pub(crate) fn load(
        ledger: &Ledger,
        giver: &str,
        receiver: &str,
        named: [bool; 2],
    ) -> Result<Self, Problem> {
        expect_actor(ledger, giver, named[0])?;
        expect_actor(ledger, receiver, named[1])?;
        let claims = ledger.dyad(giver, receiver)?;
        let (lens, facts) = (ledger.lens(&claims)?, ledger.facts(&claims)?);
        Ok(Self {
            commitments: promised(giver, receiver, &facts, &claims, &lens),
            giver: giver.to_owned(),
            receiver: receiver.to_owned(),
            claims,
        })
    }
}

/// The commitments of one state to another; what was merely wished for is none.
pub(crate) fn promised(
    giver: &str,
    receiver: &str,
    facts: &[Fact],
    rows: &[ClaimRow],
    lens: &Lens,
) -> Vec<Commitment> {
    let wish = |it: &Commitment| {
        it.facts.iter().all(|fact| matches!(fact.stage.as_deref(), Some("wanted" | "collapsed")))
    };
    let all = commitments(giver, receiver, facts, rows, lens);
    all.into_iter().filter(|it| it.outcome != Outcome::Unannounced && !wish(it)).collect()
}

impl Page for Pledges {
    fn title(&self, names: &Names) -> String {
        format!("What {} promised {}", names.of(&self.giver), names.of(&self.receiver))
    }

    fn html(&self, names: &Names) -> Markup {
        let rows = by_id(&self.claims);
        html! {
            header.head {
                p.kicker { a href=(url::dyad(&self.giver, &self.receiver)) { "Pair" } " " code { (self.giver) } " " code { (self.receiver) } }
                h1 { "What " (card::actor(&self.giver, names)) " promised " (card::actor(&self.receiver, names)) }
                p.byline { span { (tally(&self.commitments)) } a href=(url::pledges(&self.receiver, &self.giver)) { "The other way" } }
            }
            @if self.commitments.is_empty() { p.empty { "No promise is on record." } }
            @else { (tracker(&self.commitments, &rows, names)) }
        }
    }

    fn json(&self) -> Value {
        ok(self)
    }

    fn csv(&self) -> Sheet {
        let facts: Vec<Fact> = self.commitments.iter().flat_map(|it| it.facts.clone()).collect();
        facts_sheet(&facts, &by_id(&self.claims))
    }
}

/// "3 commitments: 1 delivered, 2 nothing on record that it came".
pub(crate) fn tally(all: &[Commitment]) -> String {
    let outcomes = [Outcome::Delivered, Outcome::Partly, Outcome::Open, Outcome::Collapsed];
    let parts: Vec<String> = outcomes
        .into_iter()
        .map(|outcome| (all.iter().filter(|it| it.outcome == outcome).count(), outcome))
        .filter(|(n, _)| *n > 0)
        .map(|(n, outcome)| format!("{n} {}", outcome.as_str()))
        .collect();
    let count = words::several(all.len() as u64, "commitment");
    if parts.is_empty() { count } else { format!("{count}: {}", parts.join(", ")) }
}

/// Each commitment with its stages in order.
pub(crate) fn tracker(all: &[Commitment], rows: &Rows<'_>, names: &Names) -> Markup {
    html! {
        ol.tracker {
            @for it in all {
                li {
                    h3 {
                        (words::capital(&it.facts.first().map(|fact| fact.label.clone().unwrap_or_else(|| fact.type_.clone())).unwrap_or_default()))
                        " " span class={ "tag " (class(it.outcome)) } { (it.outcome.as_str()) }
                    }
                    ol.stages { @for fact in &it.facts { (stage(fact, rows, names)) } }
                }
            }
        }
    }
}

const fn class(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Delivered => "came",
        Outcome::Collapsed | Outcome::Partly => "warn",
        Outcome::Open | Outcome::Unannounced => "open",
    }
}

fn stage(fact: &Fact, rows: &Rows<'_>, names: &Names) -> Markup {
    let when =
        fact.start.zip(fact.end).map(|(start, end)| words::period(start, end, fact.precision));
    let first = fact.members.iter().find_map(|it| rows.get(it.claim.as_str()));
    html! {
        li class=(if fact.stage.as_deref() == Some("delivered") { "arrived" } else { "pending" }) {
            p.stage {
                strong { a href=(url::fact(&fact.id)) { (words::capital(fact.stage.as_deref().unwrap_or("told"))) } }
                " " span.when { (when.unwrap_or_else(|| "no date given".to_owned())) }
                " " span.minor { (words::several(fact.origins.len() as u64, "independent voice")) }
                @if fact.disputed { " " span.tag.warn { "reports disagree" } }
            }
            (figures_line(fact))
            @if let Some(row) = first { (card::quote(row, names)) }
        }
    }
}
