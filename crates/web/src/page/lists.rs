//! Lists: all documents, all actors, all pairs.

use hedgerow_ledger::{ActorCount, DocumentRow, DyadCount, Ledger, Overview};
use maud::{Markup, html};
use serde::Serialize;
use serde_json::Value;

use super::{Page, documents_table, dyads_table, paged, pager, pair_form};
use crate::asked::{Asked, Slice};
use crate::problem::Problem;
use crate::sheet::Sheet;
use crate::{Names, card};

/// How many codes a form offers.
const OFFERED: usize = 500;

/// A part of the documents.
#[derive(Debug, Serialize)]
pub(crate) struct Documents {
    documents: Vec<DocumentRow>,
    #[serde(skip)]
    place: Place,
}

/// A part of a list.
#[derive(Debug)]
struct Place {
    asked: Asked,
    slice: Slice,
    all: u64,
}

impl Place {
    fn new(asked: Asked, slice: Slice, all: u64) -> Result<Self, Problem> {
        Ok(Self { asked, slice: slice.within(all)?, all })
    }

    fn of<T: Clone>(&self, rows: &[T]) -> Vec<T> {
        rows.iter().skip(self.slice.skip()).take(self.slice.take()).cloned().collect()
    }

    fn pager(&self, path: &str) -> Markup {
        pager(path, &self.asked, self.slice, self.all)
    }

    fn json(&self, content: &impl Serialize, path: &str) -> Value {
        paged(content, path, &self.asked, self.slice, self.all)
    }
}

impl Documents {
    pub(crate) fn load(
        ledger: &Ledger,
        all: u64,
        asked: Asked,
        slice: Slice,
    ) -> Result<Self, Problem> {
        let place = Place::new(asked, slice, all)?;
        let documents = ledger.documents_from(slice.skip(), slice.take())?;
        Ok(Self { documents, place })
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
            (self.place.pager("/documents"))
        }
    }

    fn json(&self) -> Value {
        self.place.json(self, "/documents")
    }

    fn csv(&self) -> Sheet {
        let columns = ["id", "version", "title", "outlet", "published", "url", "claims", "added"];
        let mut sheet = Sheet::new(&columns);
        for row in &self.documents {
            let some = |it: &Option<String>| it.clone().unwrap_or_default();
            sheet.row([
                row.id.clone(),
                row.version.to_string(),
                some(&row.meta.title),
                some(&row.meta.outlet),
                row.meta.published.map(|it| it.to_string()).unwrap_or_default(),
                some(&row.meta.url),
                row.claims.to_string(),
                row.added.clone(),
            ]);
        }
        sheet
    }
}

/// A part of the actors, those of which most is claimed first.
#[derive(Debug, Serialize)]
pub(crate) struct Actors {
    actors: Vec<ActorCount>,
    #[serde(skip)]
    place: Place,
}

impl Actors {
    pub(crate) fn new(overview: &Overview, asked: Asked, slice: Slice) -> Result<Self, Problem> {
        let place = Place::new(asked, slice, overview.actors.len() as u64)?;
        Ok(Self { actors: place.of(&overview.actors), place })
    }
}

impl Page for Actors {
    fn title(&self, _: &Names) -> String {
        "Actors".to_owned()
    }

    fn html(&self, names: &Names) -> Markup {
        html! {
            header.head { h1 { "Actors" } }
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
            (self.place.pager("/actors"))
        }
    }

    fn json(&self) -> Value {
        self.place.json(self, "/actors")
    }

    fn csv(&self) -> Sheet {
        let mut sheet = Sheet::new(&["code", "claims", "documents"]);
        for it in &self.actors {
            sheet.row([it.code.clone(), it.claims.to_string(), it.documents.to_string()]);
        }
        sheet
    }
}

/// A part of the pairs, those of which most is claimed first.
#[derive(Debug, Serialize)]
#[expect(clippy::struct_field_names, reason = "the field is the name in the data")]
pub(crate) struct Dyads {
    dyads: Vec<DyadCount>,
    #[serde(skip)]
    codes: Vec<String>,
    #[serde(skip)]
    place: Place,
}

impl Dyads {
    pub(crate) fn new(overview: &Overview, asked: Asked, slice: Slice) -> Result<Self, Problem> {
        let place = Place::new(asked, slice, overview.dyads.len() as u64)?;
        let codes = overview.actors.iter().take(OFFERED).map(|actor| actor.code.clone());
        Ok(Self { dyads: place.of(&overview.dyads), codes: codes.collect(), place })
    }
}

impl Page for Dyads {
    fn title(&self, _: &Names) -> String {
        "Pairs".to_owned()
    }

    fn html(&self, names: &Names) -> Markup {
        html! {
            header.head { h1 { "Pairs of actors" } }
            (pair_form(&self.codes, names))
            (dyads_table("Pairs, those of which most is claimed first", &self.dyads, names))
            (self.place.pager("/dyads"))
        }
    }

    fn json(&self) -> Value {
        self.place.json(self, "/dyads")
    }

    fn csv(&self) -> Sheet {
        let mut sheet = Sheet::new(&["a", "b", "claims", "documents"]);
        for it in &self.dyads {
            sheet.row([
                it.a.clone(),
                it.b.clone(),
                it.claims.to_string(),
                it.documents.to_string(),
            ]);
        }
        sheet
    }
}
