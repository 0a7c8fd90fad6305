//! Search: names and codes first, then types and measures, then words in articles and quotes.

use hedgerow_codebook::Codebook;
use hedgerow_ledger::{ClaimRow, Hit, Ledger};
use maud::{Markup, html};
use serde::Serialize;
use serde_json::Value;

use super::{Page, claims_sheet, ok};
use crate::problem::Problem;
use crate::sheet::Sheet;
use crate::{Names, card, url, words};

/// How many articles and quotes are listed.
const LISTED: usize = 30;
/// Words between two names.
const BETWEEN: [&str; 7] = ["and", "with", "vs", "to", "-", "–", "→"];

#[derive(Debug, Serialize)]
pub(crate) struct Search {
    words: String,
    /// Where the words lead by themselves.
    places: Vec<Place>,
    articles: Vec<Hit>,
    claims: Vec<ClaimRow>,
}

/// What the words are the name of.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Place {
    /// `actor`, `dyad`, `type`, `rule`, `measure`, `document`, `fact`.
    kind: &'static str,
    address: String,
    name: String,
}

impl Search {
    pub(crate) fn load(codebook: &Codebook, ledger: &Ledger, asked: &str) -> Result<Self, Problem> {
        let mut places = places(codebook, asked);
        if !asked.contains(char::is_whitespace) && !asked.is_empty() {
            if let Some(document) = ledger.document(asked)? {
                let row = document.row;
                places.push(Place {
                    kind: "document",
                    address: url::document(&row.id),
                    name: row.meta.title.unwrap_or(row.id),
                });
            }
            if let Some(fact) = ledger.fact(asked)? {
                places.push(Place { kind: "fact", address: url::fact(&fact.id), name: fact.id });
            }
        }
        let articles = ledger.search(asked, LISTED)?;
        let claims = ledger.quotes_in(asked, &articles, LISTED)?;
        Ok(Self { words: asked.to_owned(), places, articles, claims })
    }
}

/// Actors, pairs, types, rules and measures that the words name.
fn places(codebook: &Codebook, asked: &str) -> Vec<Place> {
    let gazetteer = &codebook.gazetteer;
    let mut places = Vec::new();
    if asked.trim().is_empty() {
        return places;
    }
    let actor = |code: &str| Place {
        kind: "actor",
        address: url::actor(code),
        name: gazetteer.name_of(code).to_owned(),
    };
    if let Some(code) = gazetteer.code_of(bare(asked)) {
        places.push(actor(code));
    }
    let parts: Vec<&str> = asked.split([' ', ',', '/']).filter(|it| !it.is_empty()).collect();
    for at in 1..parts.len() {
        let (a, mut b) = (&parts[..at], &parts[at..]);
        if b.len() > 1 && BETWEEN.contains(&b[0].to_lowercase().as_str()) {
            b = &b[1..];
        }
        let code = |parts: &[&str]| gazetteer.code_of(bare(&parts.join(" "))).map(str::to_owned);
        let Some((a, b)) = code(a).zip(code(b)).filter(|(a, b)| a != b) else { continue };
        let place = Place {
            kind: "dyad",
            address: url::dyad(&a, &b),
            name: format!("{} and {}", gazetteer.name_of(&a), gazetteer.name_of(&b)),
        };
        if !places.contains(&place) {
            places.push(place);
            places.extend([actor(&a), actor(&b)]);
        }
    }
    if let Some(page) = codebook.pages.iter().find(|it| it.code().eq_ignore_ascii_case(asked)) {
        let code = page.code();
        places.push(Place { kind: "type", address: url::code(&code), name: code });
    }
    if let Some(sense) = codebook.lexicon.senses().iter().find(|it| *it.id == *asked) {
        places.push(Place {
            kind: "rule",
            address: url::rule(&sense.id),
            name: sense.id.to_string(),
        });
    }
    if let Some(page) = hedgerow_measure::page::find(asked) {
        let name = page.title().to_owned();
        places.push(Place { kind: "measure", address: url::measure(page.name), name });
    }
    places
}

/// A name without its article.
fn bare(name: &str) -> &str {
    let name = name.trim();
    let article = name.get(..4).is_some_and(|it| it.eq_ignore_ascii_case("the "));
    if article { name[4..].trim_start() } else { name }
}

impl Page for Search {
    fn title(&self, _: &Names) -> String {
        if self.words.is_empty() { "Search".to_owned() } else { format!("Search: {}", self.words) }
    }

    fn html(&self, names: &Names) -> Markup {
        let nothing = self.places.is_empty() && self.articles.is_empty() && self.claims.is_empty();
        html! {
            header.head {
                h1 { "Search" }
                p.note { "Names and codes of actors (two make a pair), types, rules and measures; then words in articles. All words must be there; " code { "\"…\"" } " is a phrase, " code { "*" } " any ending." }
            }
            @if nothing && !self.words.is_empty() { p.empty { "Nothing in this ledger has all of these words." } }
            @if !self.places.is_empty() {
                ul.places { @for it in &self.places { li { span.tag { (it.kind) } " " a href=(it.address) dir="auto" { (words::flowing(&it.name)) } } } }
            }
            @if !self.articles.is_empty() {
                section aria-labelledby="articles" {
                    h2 id="articles" { "Articles" }
                    @if self.articles.len() == LISTED { p.note { "The " (LISTED) " that fit best." } }
                    ol.hits { @for hit in &self.articles { (article(hit)) } }
                }
            }
            @if !self.claims.is_empty() {
                section aria-labelledby="quotes" {
                    h2 id="quotes" { "Claims" }
                    @for row in &self.claims {
                        div.hit {
                            p { a href=(url::claim(&row.claim.id)) { (words::what_of(&row.claim)) } ": " (card::parties(&row.claim, names)) }
                            (card::quote(row, names))
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
        claims_sheet(self.claims.iter().map(|row| (row, "")))
    }

    fn words(&self) -> String {
        self.words.clone()
    }
}

fn article(hit: &Hit) -> Markup {
    html! {
        li {
            a href=(url::document(&hit.doc)) dir="auto" { (words::flowing(hit.title.as_deref().unwrap_or(&hit.doc))) }
            " " span.minor {
                @if let Some(outlet) = &hit.outlet { (words::flowing(outlet)) @if hit.published.is_some() { ", " } }
                @if let Some(day) = &hit.published { (day) }
            }
            p.snippet dir="auto" { (snippet(&hit.snippet)) }
        }
    }
}

/// Words that were found stand in brackets.
fn snippet(text: &str) -> Markup {
    let text = words::flowing(text);
    html! {
        @for (n, part) in text.split('[').enumerate() {
            @match part.split_once(']').filter(|_| n > 0) {
                Some((found, rest)) => { mark { (found) } (rest) },
                None => { @if n > 0 { "[" } (part) },
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_codes_are_understood() {
        let codebook = Codebook::embedded().unwrap();
        let addresses = |asked: &str| -> Vec<String> {
            places(&codebook, asked).into_iter().map(|it| it.address).collect()
        };
        assert_eq!(addresses("vietnam"), ["/actors/VNM"]);
        assert_eq!(addresses("vnm jpn"), ["/dyads/VNM/JPN", "/actors/VNM", "/actors/JPN"]);
        assert_eq!(addresses("South Korea and the United States")[0], "/dyads/KOR/USA");
        assert_eq!(addresses("flow.aid"), ["/codebook/flow.aid"]);
        assert_eq!(addresses("lean"), ["/measures/hedge.v1"]);
        assert!(addresses("patrol boats").is_empty() && addresses(" ").is_empty());
    }

    #[test]
    fn brackets_of_the_text_stay() {
        assert_eq!(snippet("a [b] c [<d>").0, "a <mark>b</mark> c [&lt;d&gt;");
    }
}
