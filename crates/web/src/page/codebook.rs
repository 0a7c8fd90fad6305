//! The codebook: what each type means and what it is not, and the rules that give it.

use hedgerow_codebook::lexicon::Sense;
use hedgerow_codebook::{Codebook, Page as Entry, Source};
use maud::{Markup, html};
use serde_json::{Value, json};

use super::Page;
use crate::problem::Problem;
use crate::sheet::Sheet;
use crate::{Names, prose, url, words};

/// A type as it is listed.
#[derive(Debug)]
struct Type {
    code: String,
    title: String,
    kind: &'static str,
    modes: Vec<String>,
}

impl Type {
    fn of(page: &Entry) -> Self {
        Self {
            code: page.code(),
            title: title(&page.text),
            kind: page.kind.as_str(),
            modes: page.modes().map(str::to_owned).collect(),
        }
    }

    fn json(&self) -> Value {
        json!({ "code": self.code, "title": self.title, "kind": self.kind, "modes": self.modes })
    }
}

/// The heading of a page without its mark and code.
fn title(text: &str) -> String {
    let heading = text.lines().next().unwrap_or_default().trim_start_matches('#').trim();
    heading.split_once(": ").map_or(heading, |(_, rest)| rest).to_owned()
}

/// All types.
#[derive(Debug)]
pub(crate) struct CodebookPages {
    version: String,
    types: Vec<Type>,
}

impl CodebookPages {
    pub(crate) fn of(codebook: &Codebook) -> Self {
        let types = codebook.pages.iter().map(Type::of).collect();
        Self { version: codebook.version().to_owned(), types }
    }
}

impl Page for CodebookPages {
    fn title(&self, _: &Names) -> String {
        "Codebook".to_owned()
    }

    fn html(&self, _: &Names) -> Markup {
        html! {
            header.head {
                h1 { "Codebook" }
                p.lead { "What is claimed and what is not. The types of events are those of PLOVER; ties, flows and stances are beside them." }
                p.byline { span { "version " (self.version) } span { (words::several(self.types.len() as u64, "type")) } }
            }
            @for (kind, heading) in [("event", "Events"), ("tie", "Ties"), ("flow", "Flows"), ("stance", "Stances")] {
                h2 { (heading) }
                dl.types {
                    @for it in self.types.iter().filter(|it| it.kind == kind) {
                        dt { a href=(url::code(&it.code)) { code { (it.code) } } }
                        dd { (words::capital(&it.title)) @if !it.modes.is_empty() { " " span.minor { "modes " (it.modes.join(", ")) } } }
                    }
                }
            }
        }
    }

    fn json(&self) -> Value {
        let types: Vec<Value> = self.types.iter().map(Type::json).collect();
        json!({ "ok": true, "version": self.version, "types": types })
    }

    fn csv(&self) -> Sheet {
        let mut sheet = Sheet::new(&["code", "kind", "title", "modes"]);
        for it in &self.types {
            sheet.row([it.code.clone(), it.kind.to_owned(), it.title.clone(), it.modes.join(";")]);
        }
        sheet
    }
}

/// One type.
#[derive(Debug)]
pub(crate) struct CodebookPage {
    type_: Type,
    text: String,
    rules: Vec<String>,
    /// Sentences of the examples with what they must give and what is known to be missed.
    examples: Vec<[String; 3]>,
}

impl CodebookPage {
    /// The page of a type; a mode or a sign after it (`CONSULT.visit`, `stance+`) is on the same page.
    pub(crate) fn load(codebook: &Codebook, what: &str) -> Result<Self, Problem> {
        let named =
            |name: &str| codebook.pages.iter().find(|it| it.code().eq_ignore_ascii_case(name));
        let bare = what.trim_end_matches(['+', '-', '0']);
        let stem = bare.split_once('.').map_or(bare, |(stem, _)| stem);
        let Some(page) = named(what).or_else(|| named(bare)).or_else(|| named(stem)) else {
            let problem = Problem::missing(format!("there is no type “{what}” in the codebook"));
            return Err(problem.hint("/codebook lists them"));
        };
        let gives = |it: &&Sense| it.what.kind == page.kind && *it.what.type_ == *page.type_;
        let rules = codebook.lexicon.senses().iter().filter(gives).map(|it| it.id.to_string());
        let lines = |of: &[hedgerow_codebook::ClaimLine]| {
            of.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
        };
        let examples =
            page.examples.iter().map(|it| [it.text.clone(), lines(&it.given), lines(&it.missed)]);
        Ok(Self {
            type_: Type::of(page),
            text: page.text.clone(),
            rules: rules.collect(),
            examples: examples.collect(),
        })
    }
}

impl Page for CodebookPage {
    fn title(&self, _: &Names) -> String {
        format!("{}: {}", self.type_.code, self.type_.title)
    }

    fn html(&self, _: &Names) -> Markup {
        html! {
            article.prose {
                p.kicker { a href="/codebook" { "Codebook" } " " code { (self.type_.code) } }
                (prose::markup(&self.text, |_| None))
                @if !self.rules.is_empty() {
                    h2 { "Rules that give it" }
                    p.cloud { @for rule in &self.rules { a href=(url::rule(rule)) { code { (rule) } } " " } }
                }
            }
        }
    }

    fn json(&self) -> Value {
        json!({ "ok": true, "type": self.type_.json(), "text": self.text, "rules": self.rules })
    }

    /// Its examples, which are its tests.
    fn csv(&self) -> Sheet {
        let rows = self.examples.iter().map(|it| it.to_vec());
        Sheet::new(&["sentence", "gives", "missed"]).rows(rows)
    }
}

/// One rule: the sense of a word that gives a claim.
#[derive(Debug)]
pub(crate) struct Rule {
    id: String,
    file: String,
    code: String,
    /// Its block as it stands in the lexicon; empty where the lexicon is not the one in the program.
    text: String,
}

impl Rule {
    pub(crate) fn load(codebook: &Codebook, id: &str) -> Result<Self, Problem> {
        let Some(sense) = codebook.lexicon.senses().iter().find(|it| *it.id == *id) else {
            let problem = Problem::missing(format!("there is no rule “{id}” in this codebook"));
            return Err(problem.hint(
                "claims that people wrote have the rule by-hand; others may be of another codebook",
            ));
        };
        let page = codebook
            .pages
            .iter()
            .find(|it| it.kind == sense.what.kind && *it.type_ == *sense.what.type_);
        let source = Source::embedded();
        let file = sense.file.to_string();
        Ok(Self {
            text: block(source.get(&file).unwrap_or_default(), id).to_owned(),
            code: page.map_or_else(String::new, Entry::code),
            id: id.to_owned(),
            file,
        })
    }
}

/// The `[[sense]]` block of a lexicon file that has that id.
fn block<'t>(file: &'t str, id: &str) -> &'t str {
    let wanted = format!("id = \"{id}\"");
    let Some(at) = file.find(&wanted) else { return "" };
    let start = file[..at].rfind("[[sense]]").unwrap_or(0);
    let end = file[at..].find("\n[[").map_or(file.len(), |n| at + n);
    file[start..end].trim_end()
}

impl Page for Rule {
    fn title(&self, _: &Names) -> String {
        format!("Rule {}", self.id)
    }

    fn html(&self, _: &Names) -> Markup {
        html! {
            header.head {
                p.kicker { a href="/codebook" { "Codebook" } " rule" }
                h1 { code { (self.id) } }
                p.byline {
                    @if !self.code.is_empty() { span { "gives " a href=(url::code(&self.code)) { code { (self.code) } } } }
                    span { "codebook/" (self.file) }
                }
            }
            @if !self.text.is_empty() { pre tabindex="0" { code { (words::shown(&self.text)) } } }
        }
    }

    fn json(&self) -> Value {
        json!({ "ok": true, "id": self.id, "file": self.file, "type": self.code, "text": self.text })
    }

    fn csv(&self) -> Sheet {
        let mut sheet = Sheet::new(&["id", "file", "type"]);
        sheet.row([&self.id, &self.file, &self.code].map(String::as_str));
        sheet
    }
}
