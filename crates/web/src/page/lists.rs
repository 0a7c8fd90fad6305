//! Lists: all documents, all actors, all pairs.

use hedgerow_ledger::{ActorCount, DocumentRow, DyadCount, Ledger};
use maud::{Markup, html};
use serde::Serialize;
use serde_json::Value;

use super::{Page, documents_table, dyads_table, ok, pair_form};
use crate::problem::Problem;
use crate::{Names, card};

/// How many actors or pairs a list has at most; it says so where there are more.
const LONGEST: usize = 500;

/// Every document.
#[derive(Debug, Serialize)]
pub(crate) struct Documents {
    documents: Vec<DocumentRow>,
}

impl Documents {
    pub(crate) fn load(ledger: &Ledger) -> Result<Self, Problem> {
        Ok(Self { documents: ledger.documents()? })
    }
}

impl Page for Documents {
    fn title(&self, _: &Names) -> String {
        "Documents".to_owned()
    }

    fn html(&self, _: &Names) -> Markup {
        html! {
            header.head { h1 { "Documents" } }
            (documents_table("All documents, the latest first", &self.documents))
        }
    }

    fn json(&self) -> Value {
        ok(self)
    }
}

/// The actors of which most is claimed.
#[derive(Debug, Serialize)]
pub(crate) struct Actors {
    actors: Vec<ActorCount>,
}

impl Actors {
    pub(crate) fn load(ledger: &Ledger) -> Result<Self, Problem> {
        Ok(Self { actors: ledger.busiest_actors(LONGEST)? })
    }
}

impl Page for Actors {
    fn title(&self, _: &Names) -> String {
        "Actors".to_owned()
    }

    fn html(&self, names: &Names) -> Markup {
        html! {
            header.head { h1 { "Actors" } (cut_off(self.actors.len(), "actors")) }
            div.scroll role="region" aria-label="Actors" tabindex="0" {
                table {
                    caption { "Actors, those of which most is claimed first" }
                    thead { tr { th scope="col" { "Actor" } th scope="col" { "Code" } th.number scope="col" { "Claims" } th.number scope="col" { "Documents" } } }
                    tbody {
                        @for actor in &self.actors {
                            tr {
                                th scope="row" { (card::actor(&actor.code, names)) }
                                td { code { (actor.code) } }
                                td.number { (actor.claims) }
                                td.number { (actor.documents) }
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

/// The pairs of which most is claimed.
#[derive(Debug, Serialize)]
pub(crate) struct Dyads {
    dyads: Vec<DyadCount>,
    #[serde(skip)]
    codes: Vec<String>,
}

impl Dyads {
    pub(crate) fn load(ledger: &Ledger) -> Result<Self, Problem> {
        let actors = ledger.busiest_actors(LONGEST)?;
        let codes = actors.into_iter().map(|actor| actor.code).collect();
        Ok(Self { dyads: ledger.busiest_dyads(LONGEST)?, codes })
    }
}

impl Page for Dyads {
    fn title(&self, _: &Names) -> String {
        "Pairs".to_owned()
    }

    fn html(&self, names: &Names) -> Markup {
        html! {
            header.head { h1 { "Pairs of actors" } (cut_off(self.dyads.len(), "pairs")) }
            (pair_form(&self.codes, names))
            (dyads_table("Pairs, those of which most is claimed first", &self.dyads, names))
        }
    }

    fn json(&self) -> Value {
        ok(self)
    }
}

fn cut_off(n: usize, what: &str) -> Markup {
    html! {
        @if n == LONGEST { p.note { "The first " (n) " " (what) " are shown." } }
    }
}
