//! The measures: what each is, its unit and range, and what it cannot see.

use hedgerow_measure::page::{self, PAGES};
use maud::{Markup, html};
use serde_json::{Value, json};

use super::Page;
use crate::problem::Problem;
use crate::sheet::Sheet;
use crate::{Names, prose, url};

/// All of them.
#[derive(Debug)]
pub(crate) struct Measures;

impl Page for Measures {
    fn title(&self, _: &Names) -> String {
        "Measures".to_owned()
    }

    fn html(&self, _: &Names) -> Markup {
        html! {
            header.head {
                h1 { "Measures" }
                p.lead { "Numbers that know their claims. Each page has the formula, the unit, what is done about what is missing, an example by hand that is a test, and what the measure cannot see." }
            }
            ul.contents-list {
                @for page in PAGES {
                    li { a href=(url::measure(page.name)) { (page.title()) } @if !page.also.is_empty() { " " span.minor { "also " (page.also.join(", ")) } } }
                }
            }
        }
    }

    fn json(&self) -> Value {
        let one =
            |it: &page::Page| json!({ "name": it.name, "also": it.also, "title": it.title() });
        json!({ "ok": true, "measures": PAGES.iter().map(one).collect::<Vec<_>>() })
    }

    fn csv(&self) -> Sheet {
        let mut sheet = Sheet::new(&["name", "also", "title"]);
        for it in PAGES {
            sheet.row([it.name.to_owned(), it.also.join(";"), it.title().to_owned()]);
        }
        sheet
    }
}

/// One of them.
#[derive(Debug)]
pub(crate) struct MeasurePage(&'static page::Page);

impl MeasurePage {
    pub(crate) fn load(name: &str) -> Result<Self, Problem> {
        let missing = || {
            Problem::missing(format!("there is no measure “{name}”")).hint("/measures lists them")
        };
        page::find(name).map(Self).ok_or_else(missing)
    }
}

impl Page for MeasurePage {
    fn title(&self, _: &Names) -> String {
        self.0.title().to_owned()
    }

    fn html(&self, _: &Names) -> Markup {
        let lead = |to: &str| to.strip_suffix(".md").map(url::measure);
        html! {
            article.prose {
                p.kicker { a href="/measures" { "Measure" } " " code { (self.0.name) } }
                (prose::markup(self.0.text, lead))
            }
        }
    }

    fn json(&self) -> Value {
        let it = self.0;
        json!({ "ok": true, "name": it.name, "also": it.also, "title": it.title(), "text": it.text })
    }

    /// The worked examples: lines of the blocks that are tests.
    fn csv(&self) -> Sheet {
        let mut sheet = Sheet::new(&["example", "result"]);
        let blocks = self.0.text.split("```check\n").skip(1);
        for line in blocks.filter_map(|it| it.split_once("```")).flat_map(|(it, _)| it.lines()) {
            if let Some((example, result)) = line.rsplit_once(" = ") {
                sheet.row([example, result]);
            }
        }
        sheet
    }
}
