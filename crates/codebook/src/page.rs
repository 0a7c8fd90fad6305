//! Codebook pages: what a type means, what it is not, and examples that are its tests.
//!
//! ```text
//! # CONSULT: meetings and talks
//!
//! quad: 1
//! modes: visit, meet, phone
//!
//! Paragraphs of definition …
//!
//! ## Examples
//!
//! (an indented or fenced block in the notation of [`crate::example`])
//! ```

use std::collections::BTreeMap;

use crate::claim::Kind;
use crate::example::{self, Example};
use crate::fault::{Fault, Report};
use crate::lexicon::Lexicon;
use crate::source::Source;

/// One page.
#[derive(Debug, Clone)]
pub struct Page {
    /// File inside the codebook.
    pub file: String,
    /// Which kind of claim it is about.
    pub kind: Kind,
    /// Type: `CONSULT`, `partnership`; of claims of one state alone their kind.
    pub type_: String,
    /// Facts of the head: `quad`, `modes`, `symmetric`.
    pub head: BTreeMap<String, String>,
    /// The page as written.
    pub text: String,
    /// Its examples.
    pub examples: Vec<Example>,
}

impl Page {
    /// The modes of an event type, or of a kind of claim of one state alone.
    pub fn modes(&self) -> impl Iterator<Item = &str> {
        self.listed("modes")
    }

    /// Whether it explains claims of that kind and type. A page on claims of one state alone explains a whole kind and lists
    /// its types.
    pub fn explains(&self, kind: Kind, type_: &str) -> bool {
        self.kind == kind
            && if kind.is_alone() {
                self.listed("types").any(|t| t == type_)
            } else {
                self.type_ == type_
            }
    }

    fn listed(&self, key: &str) -> impl Iterator<Item = &str> {
        let words = self.head.get(key).map_or("", String::as_str);
        words.split(',').map(str::trim).filter(|word| !word.is_empty())
    }

    /// Quad class of an event type.
    pub fn quad(&self) -> Option<u8> {
        self.head.get("quad")?.parse().ok()
    }

    /// How cooperative an event of this type is, -10 to 10: the number of the mode, else that of the type.
    pub fn intensity(&self, mode: Option<&str>) -> Option<f64> {
        let numbers = || self.listed("intensity").map(scored);
        let own = numbers().find(|(name, _)| mode.is_some() && *name == mode);
        own.or_else(|| numbers().find(|(name, _)| name.is_none()))?.1
    }

    /// The code as it is written in a claim line.
    pub fn code(&self) -> String {
        match self.kind {
            Kind::Event | Kind::Stance => self.type_.clone(),
            kind if kind.is_alone() => self.type_.clone(),
            kind => format!("{}.{}", kind.as_str(), self.type_),
        }
    }
}

const FOLDERS: [(&str, Kind); 3] =
    [("events/", Kind::Event), ("ties/", Kind::Tie), ("flows/", Kind::Flow)];

/// Reads all pages.
pub(crate) fn load(source: &Source, faults: &mut Vec<Fault>) -> Vec<Page> {
    let mut pages = Vec::new();
    for (folder, kind) in FOLDERS {
        for (file, text) in source.under(folder, ".md") {
            let stem = file.trim_start_matches(folder).trim_end_matches(".md");
            let type_ =
                if kind == Kind::Event { stem.to_ascii_uppercase() } else { stem.to_owned() };
            pages.push(page(file, text, kind, type_, faults));
        }
    }
    for kind in [Kind::Posture, Kind::Office, Kind::Naming] {
        let file = format!("alone/{}.md", kind.as_str());
        if let Some(text) = source.get(&file) {
            pages.push(page(&file, text, kind, kind.as_str().to_owned(), faults));
        }
    }
    if let Some(text) = source.get("stances.md") {
        pages.push(page("stances.md", text, Kind::Stance, "stance".to_owned(), faults));
    }
    pages
}

fn page(file: &str, text: &str, kind: Kind, type_: String, faults: &mut Vec<Fault>) -> Page {
    let mut report = Report::new(file, text);
    let mut head = BTreeMap::new();
    // The head is the first paragraph after the title: lines of `key: value`.
    let body = text.split_once("\n\n").map_or("", |(_, rest)| rest);
    for line in body.trim_start().lines().take_while(|line| !line.trim().is_empty()) {
        if let Some((key, value)) = line.split_once(": ")
            && key.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
        {
            head.insert(key.to_owned(), value.trim().to_owned());
        }
    }
    let mut examples = Vec::new();
    if let Some((at, block)) = fence(text) {
        let (read, mistakes) = example::parse(block);
        for (line, message) in mistakes {
            let place = at + block.lines().take(line).map(|l| l.len() + 1).sum::<usize>();
            report.add(
                "bad-example",
                place..place,
                message,
                "see docs/codebook.md for the notation",
            );
        }
        examples = read;
    }
    let fires = |e: &Example| !e.given.is_empty() || !e.missed.is_empty();
    if !examples.iter().any(fires) || !examples.iter().any(|e| e.given.is_empty()) {
        let help =
            "give a fenced `examples` block with a sentence that fires and one that stays silent";
        report.add("untested-page", 0..0, "the page has not both kinds of example", help);
    }
    let page = Page { file: file.to_owned(), kind, type_, head, text: text.to_owned(), examples };
    for entry in page.listed("intensity") {
        let (mode, number) = scored(entry);
        if number.is_none() || mode.is_some_and(|mode| page.modes().all(|it| it != mode)) {
            let at = text.find("intensity: ").unwrap_or(0);
            let message = format!("`{entry}` is no intensity");
            let help =
                "write numbers from -10 to 10, the first for the type, others behind a mode of it";
            report.add("bad-number", at..at, message, help);
        }
    }
    faults.append(&mut report.faults);
    page
}

/// A mode and its number, `visit 4`; the number alone is that of the type.
fn scored(entry: &str) -> (Option<&str>, Option<f64>) {
    let (mode, number) = entry.rsplit_once(' ').map_or((None, entry), |(m, n)| (Some(m), n));
    (mode, number.parse().ok().filter(|it| (-10.0..=10.0).contains(it)))
}

/// The content of the first block fenced with ` ```examples `, and where it starts.
fn fence(text: &str) -> Option<(usize, &str)> {
    let open = "```examples\n";
    let start = text.find(open)? + open.len();
    let end = start + text[start..].find("```")?;
    Some((start, &text[start..end]))
}

/// Reports senses whose code no page explains.
pub(crate) fn check_codes(pages: &[Page], lexicon: &Lexicon, faults: &mut Vec<Fault>) {
    for sense in lexicon.senses() {
        let page = pages.iter().find(|p| p.explains(sense.what.kind, &sense.what.type_));
        let message = match (page, &sense.what.mode) {
            (None, _) => format!("sense `{}`: no page explains `{}`", sense.id, sense.what.type_),
            (Some(page), Some(mode)) if !page.modes().any(|m| m == &**mode) => {
                format!("sense `{}`: {} has no mode `{mode}`", sense.id, page.type_)
            }
            _ => continue,
        };
        faults.push(Fault {
            check: "unknown-code",
            file: sense.file.to_string(),
            place: sense.places[1].span.clone(),
            line: sense.places[1].line,
            message,
            help: "use a type and mode of codebook/events, ties, flows or alone".to_owned(),
        });
    }
}
