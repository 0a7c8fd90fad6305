//! The first page: what this ledger holds.

use hedgerow_ledger::{ActorCount, Counts, DocumentRow, DyadCount, Ledger, Overview};
use maud::{Markup, html};
use serde::Serialize;
use serde_json::Value;

use super::news::News;
use super::{Page, documents_table, dyads_table, ok, pair_form};
use crate::asked::Asked;
use crate::problem::Problem;
use crate::sheet::Sheet;
use crate::{Names, card, words};

/// How many documents, pairs and actors the first page lists.
const LISTED: usize = 12;

#[derive(Debug, Serialize)]
pub(crate) struct Start {
    counts: Counts,
    documents: Vec<DocumentRow>,
    busiest_dyads: Vec<DyadCount>,
    busiest_actors: Vec<ActorCount>,
    news: News,
}

impl Start {
    pub(crate) fn load(
        ledger: &Ledger,
        overview: &Overview,
        asked: &Asked,
    ) -> Result<Self, Problem> {
        Ok(Self {
            counts: overview.counts,
            news: News::load(ledger, asked)?,
            documents: ledger.documents_from(0, LISTED)?,
            busiest_dyads: overview.dyads.iter().take(LISTED).cloned().collect(),
            busiest_actors: overview.actors.iter().take(2 * LISTED).cloned().collect(),
        })
    }
}

impl Page for Start {
    fn title(&self, _: &Names) -> String {
        "What this ledger holds".to_owned()
    }

    fn html(&self, names: &Names) -> Markup {
        let counts = &self.counts;
        let kinds = [
            (counts.events, "event", "dated acts"),
            (counts.ties, "tie", "standing relations"),
            (counts.flows, "flow", "money, goods, arms"),
            (counts.stances, "stance", "positions voiced"),
            (counts.others, "other", "of one state alone"),
        ];
        let codes: Vec<String> =
            self.busiest_actors.iter().map(|actor| actor.code.clone()).collect();
        html! {
            header.head {
                h1 { "What this ledger holds" }
                p.lead {
                    "Who visited, gave, sold, signed, promised, accused or threatened whom, as "
                    (words::several(counts.documents, "document")) " of " (words::several(counts.outlets, "outlet"))
                    " tell it: " (words::several(counts.claims, "claim")) " about " (words::several(counts.actors, "actor"))
                    ", each with the words that say so."
                }
            }
            @if counts.documents == 0 {
                p.empty { "Nothing has been added yet. " code { "hedgerow add PATH…" } " reads articles and keeps what they claim." }
            } @else {
                ul.tiles aria-label="Claims by kind" {
                    @for (n, kind, gloss) in kinds {
                        @if n > 0 || kind != "other" {
                            li class=(kind) { strong { (n) } span { (kind) @if n != 1 { "s" } } small { (gloss) } }
                        }
                    }
                }
                div.columns {
                    div {
                    (self.news.section())
                    section aria-labelledby="latest" {
                        h2 id="latest" { "Published last" }
                        (documents_table("The documents published last", &self.documents))
                        @if counts.documents > self.documents.len() as u64 {
                            p { a href="/documents" { "All " (words::several(counts.documents, "document")) } }
                        }
                    }
                    }
                    section aria-labelledby="pairs" {
                        h2 id="pairs" { "Busiest pairs" }
                        (dyads_table("The pairs of which most is claimed", &self.busiest_dyads, names))
                        (pair_form(&codes, names))
                        h2 { "Actors" }
                        p.cloud { @for actor in &self.busiest_actors { (card::actor(&actor.code, names)) " " span.minor { (actor.claims) } " " } }
                    }
                }
            }
        }
    }

    fn json(&self) -> Value {
        ok(self)
    }

    fn csv(&self) -> Sheet {
        let it = &self.counts;
        let mut sheet = Sheet::new(&["what", "number"]);
        for (what, number) in [
            ("documents", it.documents),
            ("outlets", it.outlets),
            ("actors", it.actors),
            ("claims", it.claims),
            ("events", it.events),
            ("ties", it.ties),
            ("flows", it.flows),
            ("stances", it.stances),
            ("others", it.others),
        ] {
            sheet.row([what.to_owned(), number.to_string()]);
        }
        sheet
    }
}
