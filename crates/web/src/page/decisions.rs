//! What people decided, the newest first; and the way to the desk.

use hedgerow_ledger::{DecisionRow, Ledger};
use maud::{Markup, html};
use serde::Serialize;
use serde_json::{Value, json};

use super::{Page, paged, pager};
use crate::asked::{Asked, Slice};
use crate::desk::Visit;
use crate::problem::Problem;
use crate::sheet::Sheet;
use crate::{Names, url, words};

#[derive(Debug, Serialize)]
#[expect(clippy::struct_field_names, reason = "the field is the name in the data")]
pub(crate) struct Decisions {
    decisions: Vec<DecisionRow>,
    #[serde(skip)]
    asked: Asked,
    #[serde(skip)]
    slice: Slice,
    #[serde(skip)]
    all: u64,
}

impl Decisions {
    pub(crate) fn load(ledger: &Ledger, asked: Asked, slice: Slice) -> Result<Self, Problem> {
        let all = ledger.decision_count()?;
        let slice = slice.within(all)?;
        let decisions = ledger.decisions_from(slice.skip(), slice.take())?;
        Ok(Self { decisions, asked, slice, all })
    }
}

impl Page for Decisions {
    fn title(&self, _: &Names) -> String {
        "Decisions".to_owned()
    }

    fn html(&self, _: &Names) -> Markup {
        html! {
            header.head { h1 { "What was decided" } p.note { "Every decision is a row with author, time and reason. Undo is another row: nothing is ever changed or removed." } }
            @if self.decisions.is_empty() { p.empty { "Nobody has decided anything." } } @else { (history(&self.decisions)) }
            (pager("/decisions", &self.asked, self.slice, self.all))
        }
    }

    fn json(&self) -> Value {
        paged(self, "/decisions", &self.asked, self.slice, self.all)
    }

    fn csv(&self) -> Sheet {
        let columns =
            ["number", "verb", "claim", "other", "author", "reason", "replaces", "added", "holds"];
        let mut sheet = Sheet::new(&columns);
        for it in &self.decisions {
            let some = |it: &Option<String>| it.clone().unwrap_or_default();
            sheet.row([
                it.seq.to_string(),
                it.verb.clone(),
                some(&it.claim),
                some(&it.other),
                it.author.clone(),
                some(&it.reason),
                it.replaces.map(|it| it.to_string()).unwrap_or_default(),
                it.added.clone(),
                it.holds.to_string(),
            ]);
        }
        sheet
    }
}

/// Decisions as a table.
pub(crate) fn history(decisions: &[DecisionRow]) -> Markup {
    html! {
        div.scroll role="region" aria-label="Decisions" tabindex="0" {
            table {
                thead { tr { th.number scope="col" { "No." } th scope="col" { "Decision" } th scope="col" { "On" } th scope="col" { "By" } th scope="col" { "When" } th scope="col" { "Reason" } } }
                tbody {
                    @for it in decisions {
                        tr {
                            td.number { (it.seq) }
                            th scope="row" { (it.verb) @if !it.holds && it.verb != "undone" { " " span.tag { "taken back" } } }
                            td {
                                @if let Some(claim) = &it.claim { a href=(url::claim(claim)) { (claim) } }
                                @if let Some(other) = &it.other { @if it.claim.is_some() { ", " } a href=(url::claim(other)) { (other) } }
                                @if let Some(seq) = it.replaces { "decision " (seq) }
                            }
                            td dir="auto" { (words::flowing(&it.author)) }
                            td { time datetime=(it.added) { (it.added.replace('T', " ").trim_end_matches('Z')) } }
                            td dir="auto" { (words::flowing(it.reason.as_deref().unwrap_or_default())) }
                        }
                    }
                }
            }
        }
    }
}

/// Where the token of the desk is given.
#[derive(Debug)]
pub(crate) struct DeskPage {
    pub(crate) reviewer: String,
    pub(crate) visit: Option<Visit>,
}

impl Page for DeskPage {
    fn title(&self, _: &Names) -> String {
        "Desk".to_owned()
    }

    fn is_data(&self) -> bool {
        false
    }

    fn html(&self, _: &Names) -> Markup {
        html! {
            header.head { h1 { "The desk of " (self.reviewer) } }
            @match &self.visit {
                Some(visit) => {
                    p { "You judge claims as " strong { (visit.author) } ". " a href="/review" { "To the review queue" } }
                    form.decide action="/desk" method="post" { input type="hidden" name="form" value=(visit.form); button.plain type="submit" name="leave" value="yes" { "Leave the desk" } }
                },
                None => {
                    p.note { "The token was printed when the application was started." }
                    form.decide action="/desk" method="post" {
                        label { span { "Token" } input type="password" name="token" required size="36" autocomplete="current-password"; }
                        button type="submit" { "Sit down" }
                    }
                },
            }
        }
    }

    fn json(&self) -> Value {
        json!({ "ok": true, "reviewer": self.reviewer, "seated": self.visit.is_some() })
    }

    fn csv(&self) -> Sheet {
        let mut sheet = Sheet::new(&["reviewer", "seated"]);
        sheet.row([self.reviewer.clone(), self.visit.is_some().to_string()]);
        sheet
    }
}
