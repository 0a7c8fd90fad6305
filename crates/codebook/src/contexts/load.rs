//! Reading `contexts.toml`.

use serde::Deserialize;
use toml::Spanned;

use super::{Context, Contexts, FILE, NAMES, Phrase};
use crate::example::Block;
use crate::fault::{Fault, Report};
use crate::lexicon::What;
use crate::page::Page;
use crate::source::Source;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    context: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: Spanned<String>,
    meaning: String,
    types: Option<Spanned<String>>,
    #[serde(default)]
    words: String,
    #[serde(default)]
    except: String,
    examples: Spanned<String>,
}

impl Contexts {
    /// Reads the contexts of a codebook; mistakes go to `faults`.
    pub(crate) fn load(source: &Source, pages: &[Page], faults: &mut Vec<Fault>) -> Self {
        let mut contexts = Self::default();
        let Some(text) = source.get(FILE) else { return contexts };
        let mut report = Report::new(FILE, text);
        match toml::from_str::<File>(text) {
            Ok(file) => {
                for entry in file.context {
                    let known = contexts.find(entry.name.get_ref()).is_some();
                    let context = context(entry, known, pages, &mut report);
                    contexts.list.extend(context);
                }
            }
            Err(error) => {
                let help = "see docs/codebook.md for the form of this file";
                report.add("bad-toml", error.span().unwrap_or(0..0), error.message(), help);
            }
        }
        faults.append(&mut report.faults);
        contexts.list.sort_by_key(|it| NAMES.iter().position(|name| **name == *it.name));
        contexts.index();
        contexts
    }

    fn index(&mut self) {
        for (context, it) in self.list.iter().enumerate() {
            let counted = it.words.iter().map(|words| (words, true));
            for (words, counts) in counted.chain(it.except.iter().map(|words| (words, false))) {
                // The tokeniser cuts most words with a hyphen in three, but not all; an "'s" always stands alone.
                let cut = words.replace('-', "_-_").replace('\'', "_'");
                let whole = Some(&**words).filter(|it| **it != *cut);
                for form in [cut.as_str()].into_iter().chain(whole) {
                    let mut parts = form.split('_').map(Into::into);
                    let Some(first) = parts.next() else { continue };
                    let phrase = Phrase { context, rest: parts.collect(), counts };
                    self.phrases.entry(first).or_default().push(phrase);
                }
            }
        }
    }
}

fn context(entry: Entry, known: bool, pages: &[Page], report: &mut Report<'_>) -> Option<Context> {
    let name = entry.name.get_ref().as_str();
    if known || !NAMES.contains(&name) {
        let (check, message) = if known {
            ("duplicate-context", format!("the context `{name}` stands here twice"))
        } else {
            ("unknown-context", format!("`{name}` is no context of PLOVER"))
        };
        let help = format!("use each once: {}", NAMES.join(", "));
        report.add(check, entry.name.span(), message, help);
        return None;
    }
    let types = entry.types.map(|types| codes(&types, pages, report)).unwrap_or_default();
    let list = |words: &str| words.split_whitespace().map(Into::into).collect();
    let start = entry.examples.span().start;
    Some(Context {
        name: name.into(),
        place: report.place(entry.name.span()),
        meaning: entry.meaning.split_whitespace().collect::<Vec<_>>().join(" ").into(),
        types,
        words: list(&entry.words),
        except: list(&entry.except),
        examples: Block::new(entry.examples.into_inner(), start),
    })
}

/// The codes of claims that have a context by definition.
fn codes(types: &Spanned<String>, pages: &[Page], report: &mut Report<'_>) -> Vec<What> {
    let explained = |what: &What| {
        let page = pages.iter().find(|page| page.explains(what.kind, &what.type_));
        page.is_some_and(|page| what.mode.as_deref().is_none_or(|m| page.modes().any(|it| it == m)))
    };
    let mut found = Vec::new();
    for code in types.get_ref().split_whitespace() {
        match What::parse(code).filter(explained) {
            Some(what) => found.push(what),
            None => report.add(
                "unknown-code",
                types.span(),
                format!("no page explains `{code}`"),
                "write TYPE, TYPE.mode, flow.TYPE, tie.TYPE, stance+, stance- or stance0",
            ),
        }
    }
    found
}
