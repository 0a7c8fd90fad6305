//! The description of the interface for programs (`OpenAPI` 3.1): every page as JSON or as a table, at the page's own address.

use serde_json::{Map, Value, json};

use crate::app::App;

/// An address that is answered: its pattern, what it shows, and what it can be asked.
struct Address {
    path: &'static str,
    summary: &'static str,
    asks: &'static [&'static str],
    there: There,
}

/// Where an address is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum There {
    Always,
    /// Where claims are judged.
    Judged,
    /// Where documents are handed in.
    Handed,
    /// Where there are accounts.
    Talked,
}

const fn address(
    path: &'static str,
    summary: &'static str,
    asks: &'static [&'static str],
) -> Address {
    Address { path, summary, asks, there: There::Always }
}

const fn only(
    there: There,
    path: &'static str,
    summary: &'static str,
    asks: &'static [&'static str],
) -> Address {
    Address { path, summary, asks, there }
}

const PAGES: &[&str] = &["page", "per"];

/// Every page that is there as data. The router answers these and no others; a test holds the two together.
const ADDRESSES: &[Address] = &[
    address("/index", "What the ledger holds, and what is new in it", &["since"]),
    address("/search", "Names, codes, types, and words in articles and quotes", &["q"]),
    address("/documents", "Documents, the latest first", PAGES),
    address("/documents/{id}", "A document as received, with its claims", &[]),
    address("/actors", "Actors, those of which most is claimed first", PAGES),
    address(
        "/actors/{code}",
        "An actor with its portfolio of ties by partner and domain, and its claims in pages",
        PAGES,
    ),
    address(
        "/actors/{code}/hedge",
        "A state between two rivals (hedge.v1), for a day and by year",
        &["rivals", "camp", "covered", "at", "by"],
    ),
    address(
        "/actors/{code}/network",
        "The network around an actor: ties of at least so many claims, and those among its partners",
        &["least"],
    ),
    address("/dyads", "Pairs, those of which most is claimed first", PAGES),
    address("/dyads/{a}/{b}", "What is claimed between two actors", &["show", "page", "per"]),
    address(
        "/pledges/{giver}/{receiver}",
        "What one actor promised another, and what came of it",
        &[],
    ),
    address(
        "/facts/{id}",
        "A fact with every claim for and against it; any claim's id will do",
        &["who", "rivals", "camp", "covered", "at"],
    ),
    address("/claims/{id}", "A claim with the words around it and what was decided on it", &[]),
    address("/decisions", "What people decided, the newest first", PAGES),
    address("/measures", "The measures", &[]),
    address("/measures/{name}", "What a measure is", &[]),
    address("/codebook", "The types of the codebook", &[]),
    address("/codebook/{code}", "What a type means, and its examples", &[]),
    address("/codebook/rules/{id}", "A rule of the lexicon", &[]),
    only(
        There::Judged,
        "/review",
        "The next claim of a queue, and how far reviewers agree",
        &["queue", "doc"],
    ),
    only(There::Handed, "/add", "What was handed in, and what became of it", &[]),
    only(There::Handed, "/add/{job}", "What became of one thing that was handed in", &[]),
    only(
        There::Talked,
        "/replies/{on}",
        "What people say on a fact, claim, article, dyad or brief (fact:f-d00-07, dyad:VNM/JPN)",
        PAGES,
    ),
    only(There::Talked, "/briefs", "Briefs, the latest first", PAGES),
    only(
        There::Talked,
        "/briefs/{id}",
        "A brief: its text, and what the ledger has now of each fact that it rests on",
        &[],
    ),
    only(There::Talked, "/briefs/{id}/{version}", "A version of a brief", &[]),
];

/// Feeds (Atom), where there are accounts.
const FEEDS: [(&str, &str); 3] = [
    ("/replies.atom", "The newest replies on anything"),
    ("/replies/{on}.atom", "The newest replies on one thing"),
    ("/briefs.atom", "The newest briefs"),
];

/// The description of what `app` answers.
pub(crate) fn description(app: &App) -> Value {
    let there = |it: There| match it {
        There::Always => true,
        There::Judged => app.desk().is_some(),
        There::Handed => app.coding().is_some(),
        There::Talked => app.house().is_some(),
    };
    let mut paths = Map::new();
    for (at, summary) in FEEDS.iter().filter(|_| there(There::Talked)) {
        paths.insert((*at).to_owned(), path(&address(at, summary, &[]), "application/atom+xml"));
    }
    for it in ADDRESSES.iter().filter(|it| there(it.there)) {
        for (ending, kind) in [("json", "application/json"), ("csv", "text/csv")] {
            paths.insert(format!("{}.{ending}", it.path), path(it, kind));
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Hedgerow",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "A sourced ledger of the ties between states. Every page answers at its own address with .json and .csv. \
                            Fields of claims, facts and documents are those of the ledger (docs/ledger.md); fields may be added, none is renamed. \
                            Cells of CSV that a spreadsheet would run as a formula begin with an apostrophe.",
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "paths": paths,
        "components": { "schemas": {
            "Answer": {
                "type": "object",
                "description": "The content of the page. Lists have page, per, pages, total, and next where they go on.",
                "required": ["ok"],
                "properties": {
                    "ok": { "const": true },
                    "page": { "type": "integer", "minimum": 1 },
                    "per": { "type": "integer", "minimum": 1 },
                    "pages": { "type": "integer", "minimum": 1 },
                    "total": { "type": "integer", "minimum": 0 },
                    "next": { "type": ["string", "null"], "description": "Address of the next page" },
                },
            },
            "Problem": {
                "type": "object",
                "description": "What is the matter, whatever was asked for.",
                "required": ["ok", "error", "errors", "status"],
                "properties": {
                    "ok": { "const": false },
                    "error": { "type": "string", "description": "The matter in one sentence" },
                    "errors": { "type": "array", "items": { "type": "string" }, "description": "The same, then what can be done" },
                    "status": { "type": "integer" },
                },
            },
        } },
    })
}

fn path(it: &Address, kind: &str) -> Value {
    let in_path = it.path.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
    let named = in_path.map(|(name, _)| {
        json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } })
    });
    let parameters: Vec<Value> = named.chain(it.asks.iter().map(|name| asked(name))).collect();
    let schema = if kind == "application/json" {
        json!({ "$ref": "#/components/schemas/Answer" })
    } else {
        json!({ "type": "string" })
    };
    let problem =
        json!({ "application/json": { "schema": { "$ref": "#/components/schemas/Problem" } } });
    json!({ "get": {
        "summary": it.summary,
        "parameters": parameters,
        "responses": {
            "200": { "description": it.summary, "content": { kind: { "schema": schema } } },
            "default": { "description": "What is the matter", "content": problem },
        },
    } })
}

fn asked(name: &str) -> Value {
    let (schema, what) = match name {
        "page" => (json!({ "type": "integer", "minimum": 1 }), "Which page of the list"),
        "per" => (
            json!({ "type": "integer", "minimum": 1, "maximum": 1000 }),
            "Rows on a page; 200 unless given. CSV gives all rows unless one of both is given",
        ),
        "at" => (
            json!({ "type": "string", "format": "date" }),
            "The day; else that of the newest document",
        ),
        "by" => (json!({ "enum": ["year"] }), "CSV by the ends of the years"),
        "camp" => (
            json!({ "type": "string" }),
            "Who is counted with a rival, wholly or in part: JPN=USA,KOR=USA:0.5",
        ),
        "covered" => (
            json!({ "type": "string" }),
            "Where sources were looked through, so that silence is zero: assistance=USA,CHN;finance=USA",
        ),
        "least" => (
            json!({ "type": "integer", "minimum": 1 }),
            "Ties of at least so many claims; else as many as can be told apart",
        ),
        "rivals" => (
            json!({ "type": "string" }),
            "The two rivals: USA,CHN; a lean towards the first is positive",
        ),
        "since" => (
            json!({ "type": "string" }),
            "A day or a moment (UTC): documents and decisions since then are told as new",
        ),
        "show" => (
            json!({ "enum": ["disputes", "ties", "events", "flows", "stances"] }),
            "One part of the sheet; else all",
        ),
        "queue" => (
            json!({ "enum": ["contradiction", "confidence", "influence", "audit", "second"] }),
            "Which queue",
        ),
        "doc" => {
            (json!({ "type": "string" }), "The claims of one document, in the order of its text")
        }
        "who" => (json!({ "type": "string" }), "The state whose position is looked at"),
        _ => (json!({ "type": "string" }), "Words, names, codes"),
    };
    json!({ "name": name, "in": "query", "required": false, "schema": schema, "description": what })
}
