//! Lists: all documents, all actors, all pairs.

use hedgerow_ledger::{ActorCount, DocumentRow, DyadCount, Ledger, Overview};
use maud::{Markup, html};
use serde::Serialize;
use serde_json::Value;

use super::{Page, documents_table, dyads_table, ok, pair_form};
use crate::problem::Problem;
use crate::{Names, card};

/// How many actors or pairs a list has at most; it says so where there are more.
const LONGEST: usize = 500;

/// How many documents are on one page.
const ON_PAGE: u64 = 200;

/// The documents, all or one page of them.
#[derive(Debug, Serialize)]
#[allow(clippy::struct_field_names, reason = "the field is the name in the data")]
pub(crate) struct Documents {
    documents: Vec<DocumentRow>,
    #[serde(skip)]
    page: u64,
    #[serde(skip)]
    pages: u64,
}

impl Documents {
    pub(crate) fn load(ledger: &Ledger, all: u64, page: Option<u64>) -> Result<Self, Problem> {
        let pages = all.div_ceil(ON_PAGE).max(1);
        let Some(page) = page else {
            return Ok(Self { documents: ledger.documents()?, page: 1, pages: 1 });
        };
        if page == 0 || page > pages {
            let problem = Problem::missing(format!("there is no page {page} of the documents"));
            return Err(problem.hint(format!("the pages are numbered from 1 to {pages}")));
        }
        let skip = (page - 1) * ON_PAGE;
        let documents = ledger.documents_from(skip as usize, ON_PAGE as usize)?;
        Ok(Self { documents, page, pages })
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
            @if self.pages > 1 {
                nav.pages aria-label="Pages" {
                    @if self.page > 1 { a rel="prev" href={ "/documents?page=" (self.page - 1) } { "Later" } }
                    span { "Page " (self.page) " of " (self.pages) }
                    @if self.page < self.pages { a rel="next" href={ "/documents?page=" (self.page + 1) } { "Earlier" } }
                }
            }
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
    pub(crate) fn new(overview: &Overview) -> Self {
        Self { actors: overview.actors.iter().take(LONGEST).cloned().collect() }
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
    pub(crate) fn new(overview: &Overview) -> Self {
        Self {
            dyads: overview.dyads.iter().take(LONGEST).cloned().collect(),
            codes: overview.actors.iter().take(LONGEST).map(|actor| actor.code.clone()).collect(),
        }
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
