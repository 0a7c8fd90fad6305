//! A fact: the claims for it and against it, and the range of its figures.

use hedgerow_ledger::{ClaimRow, Fact, Field, Figures, Ledger, Member, Stand};
use maud::{Markup, html};
use serde::Serialize;
use serde_json::Value;

use super::{Page, by_id, ok, range};
use crate::problem::Problem;
use crate::{Names, card, url, words};

#[derive(Debug, Serialize)]
pub(crate) struct FactSheet {
    fact: Fact,
    claims: Vec<ClaimRow>,
}

impl FactSheet {
    pub(crate) fn load(ledger: &Ledger, id: &str) -> Result<Self, Problem> {
        let Some(fact) = ledger.fact(id)? else {
            let problem = Problem::missing(format!("there is no fact “{id}” in this ledger"));
            return Err(problem.hint("a fact has the id of one of its claims, as in f-d00-07"));
        };
        let mut claims = Vec::with_capacity(fact.members.len());
        for member in &fact.members {
            claims.extend(ledger.claim(&member.claim)?);
        }
        Ok(Self { fact, claims })
    }

    fn what(&self) -> String {
        let fact = &self.fact;
        words::what(fact.kind, &fact.type_, fact.mode.as_deref(), fact.polarity)
    }
}

impl Page for FactSheet {
    fn title(&self, names: &Names) -> String {
        let side = |codes: &[String]| {
            codes.iter().map(|code| names.of(code)).collect::<Vec<_>>().join(", ")
        };
        let fact = &self.fact;
        if fact.symmetric {
            format!("{}: {}", self.what(), side(&fact.actors))
        } else {
            format!("{}: {} to {}", self.what(), side(&fact.actors), side(&fact.recipients))
        }
    }

    fn html(&self, names: &Names) -> Markup {
        let fact = &self.fact;
        let rows = by_id(&self.claims);
        let when =
            fact.start.zip(fact.end).map(|(start, end)| words::period(start, end, fact.precision));
        let groups = [
            (Stand::Agrees, if fact.disputed { "Reported so" } else { "Reported by" }),
            (Stand::Differs, "Reported otherwise"),
            (Stand::Denies, "Denied"),
        ];
        let outlets = fact.outlets.len() as u64;
        html! {
            header.head {
                p.kicker { "Fact " (fact.id) }
                h1 { (self.what()) @if let Some(label) = &fact.label { " " span.label dir="auto" { (words::flowing(label)) } } (super::tags(fact, &rows)) }
                p.lead {
                    (card::codes(&fact.actors, names))
                    @if !fact.symmetric && !fact.recipients.is_empty() { (card::arrow()) (card::codes(&fact.recipients, names)) }
                    @if let Some(when) = when { ", " (when) }
                }
                p.byline {
                    span { (words::several(fact.members.len() as u64, "claim")) }
                    span { (words::several(fact.documents.len() as u64, "document")) }
                    @if outlets > 0 { span { (words::several(outlets, "outlet")) ": " (fact.outlets.join(", ")) } }
                    @if let Some((a, b)) = two(fact) { a href=(url::dyad(a, b)) { "All between these two" } }
                }
            }
            @if !fact.figures.is_empty() {
                section aria-labelledby="figures" {
                    h2 id="figures" { "Figures" }
                    @for figures in &fact.figures { (figures_table(figures)) }
                    p.note { "Figures are shown as reported. They are not averaged and not converted." }
                }
            }
            @for (stand, heading) in groups {
                @let members: Vec<&Member> = fact.members.iter().filter(|member| member.stand == stand).collect();
                @if !members.is_empty() {
                    section class={ "stand " (heading_class(stand)) } {
                        h2 { (heading) " " span.minor { (members.len()) } }
                        @for member in members {
                            @if let Some(row) = rows.get(member.claim.as_str()) {
                                div.member {
                                    @if !member.on.is_empty() { p.on { "Differs in " (fields(&member.on)) } }
                                    (card::card(row, names, card::Place::Alone))
                                }
                            }
                        }
                    }
                }
            }
            p.note {
                "Claims are compared with the reading that the fewest outlets contradict. This counts voices and does not say who is right. "
                "Outlets that printed the same agency report are not told apart yet."
            }
        }
    }

    fn json(&self) -> Value {
        ok(self)
    }
}

/// The two parties, where there are just two.
fn two(fact: &Fact) -> Option<(&str, &str)> {
    let mut codes: Vec<&str> =
        fact.actors.iter().chain(&fact.recipients).map(String::as_str).collect();
    codes.sort_unstable();
    codes.dedup();
    match codes[..] {
        [a, b] => Some((a, b)),
        _ => None,
    }
}

const fn heading_class(stand: Stand) -> &'static str {
    match stand {
        Stand::Agrees => "agrees",
        Stand::Differs => "differs",
        Stand::Denies => "denies",
    }
}

fn fields(fields: &[Field]) -> String {
    let word = |field: &Field| match field {
        Field::Amount => "the sum",
        Field::Count => "the number",
        Field::Date => "the date",
        Field::Modality => "whether it has happened",
        Field::Currency => "the currency (not comparable without a rate)",
        Field::Level => "the level",
        Field::Actor => "who spoke",
    };
    fields.iter().map(word).collect::<Vec<_>>().join(" and ")
}

fn figures_table(figures: &Figures) -> Markup {
    let caption = range(figures);
    html! {
        div.scroll role="region" aria-label=(caption) tabindex="0" {
            table.figures {
                caption { (caption) }
                thead { tr { th scope="col" { "Figure" } th scope="col" { "In words" } th scope="col" { "Printed by" } th scope="col" { "Claims" } } }
                tbody {
                    @for said in &figures.said {
                        tr {
                            th scope="row" {
                                @match said.value {
                                    Some(value) => { (qualifier(said.qualifier)) (words::figure(value)) },
                                    None => "vague",
                                }
                            }
                            td dir="auto" { "“" (words::flowing(&said.text)) "”" }
                            td dir="auto" { (said.by.join(", ")) }
                            td { @for (n, id) in said.claims.iter().enumerate() { @if n > 0 { ", " } a href=(url::claim(id)) { (id) } } }
                        }
                    }
                }
            }
        }
    }
}

const fn qualifier(qualifier: hedgerow_codebook::claim::Qualifier) -> &'static str {
    use hedgerow_codebook::claim::Qualifier;
    match qualifier {
        Qualifier::Exact | Qualifier::Vague => "",
        Qualifier::About => "about ",
        Qualifier::MoreThan => "more than ",
        Qualifier::AtLeast => "at least ",
        Qualifier::UpTo => "up to ",
        Qualifier::LessThan => "less than ",
    }
}
