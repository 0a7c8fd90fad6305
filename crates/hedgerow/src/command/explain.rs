//! `hedgerow explain`: the codebook's page on a type, the rule of that id, a context, or the page of a measure.

use anyhow::bail;
use hedgerow_codebook::contexts::Context;
use hedgerow_codebook::lexicon::{Sense, What};
use hedgerow_codebook::{Codebook, Page, Source};
use hedgerow_measure::page as measures;

use crate::print::Out;
use crate::who;

/// Show the codebook's page on a type of event, tie or flow, the rule of that id, a context, or the page of a measure.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  hedgerow explain CONSULT.visit   what counts as a visit
  hedgerow explain flow.aid        what counts as aid
  hedgerow explain posture         what counts as a turn of a state's own policy
  hedgerow explain visit.verb      the rule that a claim names
  hedgerow explain military        which words show that context
  hedgerow explain contexts        all contexts
  hedgerow explain hedge.v1        what a hedge measures, and what it cannot see
  hedgerow explain                 what there is")]
pub(crate) struct Args {
    /// A type as in claim lines, the rule of a claim, a context (or `contexts`), or a measure.
    #[arg(value_name = "CODE|RULE|CONTEXT|MEASURE")]
    what: Option<String>,
}

pub(crate) fn run(args: &Args, out: &mut Out) -> anyhow::Result<()> {
    let codebook = crate::codebook::load(None)?;
    let Some(what) = &args.what else { return contents(out, &codebook) };
    if let Some(page) = page(&codebook, what) {
        out.text(page.text.trim_end())?;
        out.blank()?;
        return rules(out, &codebook, page);
    }
    if let Some(sense) = senses(&codebook).find(|it| *it.id == **what) {
        let source = Source::embedded();
        out.line(out.style.faint(&format!("codebook/{}", sense.file)))?;
        out.text(block(source.get(&sense.file).unwrap_or_default(), what))?;
        return Ok(out.blank()?);
    }
    if what == "contexts" {
        return contexts(out, &codebook);
    }
    if let Some(context) = codebook.contexts.find(what) {
        return in_full(out, context);
    }
    if let Some(page) = measures::find(what) {
        return Ok(out.line(page.text.trim_end())?);
    }
    let codes: Vec<String> = codebook.pages.iter().map(Page::code).collect();
    let ids = senses(&codebook).map(|it| &*it.id);
    let names = measures::PAGES.iter().map(|it| it.name);
    let contexts = codebook.contexts.iter().map(|it| &*it.name);
    let known = codes.iter().map(String::as_str).chain(ids).chain(contexts).chain(names);
    let near = who::nearest(what, known.map(|it| (it, it.to_owned())));
    let hint = if near.is_empty() {
        "`hedgerow explain` lists what there is".to_owned()
    } else {
        format!("did you mean {}?", near.join(" or "))
    };
    bail!("{what}: no type, rule, context or measure of that name; {hint}")
}

/// The page of a type; a mode or a sign after it is on the same page.
fn page<'c>(codebook: &'c Codebook, what: &str) -> Option<&'c Page> {
    let whole = codebook.pages.iter().find(|it| it.code().eq_ignore_ascii_case(what));
    let bare = what.trim_end_matches(['+', '-', '0']);
    let bare = bare.split_once('.').map_or(bare, |(type_, _)| type_);
    whole.or_else(|| codebook.pages.iter().find(|it| it.code().eq_ignore_ascii_case(bare)))
}

/// The rules between states and of one state alone.
fn senses(codebook: &Codebook) -> impl Iterator<Item = &Sense> {
    codebook.lexicon.senses().iter().chain(codebook.alone.senses())
}

/// The rules that give a type.
fn rules(out: &mut Out, codebook: &Codebook, page: &Page) -> anyhow::Result<()> {
    let ids: Vec<&str> = senses(codebook)
        .filter(|it| page.explains(it.what.kind, &it.what.type_))
        .map(|it| &*it.id)
        .collect();
    if !ids.is_empty() {
        out.blank()?;
        out.line(out.style.strong("Rules that give it"))?;
        for line in crate::print::wrap::wrap(&ids.join(" "), out.style.width, 2) {
            out.line(line)?;
        }
    }
    Ok(())
}

/// Every context with its meaning.
fn contexts(out: &mut Out, codebook: &Codebook) -> anyhow::Result<()> {
    for context in codebook.contexts.iter() {
        out.line(out.style.strong(&context.name))?;
        for line in crate::print::wrap::wrap(&context.meaning, out.style.width, 2) {
            out.line(line)?;
        }
    }
    Ok(())
}

/// A context with all that shows it.
fn in_full(out: &mut Out, context: &Context) -> anyhow::Result<()> {
    out.line(out.style.strong(&context.name))?;
    let plain = |words: &[Box<str>]| {
        words.iter().map(|it| it.replace('_', " ")).collect::<Vec<_>>().join(", ")
    };
    let codes: Vec<String> = context.types.iter().map(What::to_string).collect();
    let lists = [
        ("", context.meaning.to_string()),
        ("Claims that have it by definition", codes.join(", ")),
        ("Words that show it", plain(&context.words)),
        ("Words that do not", plain(&context.except)),
    ];
    for (title, list) in lists.iter().filter(|(_, list)| !list.is_empty()) {
        if !title.is_empty() {
            out.blank()?;
            out.line(out.style.strong(title))?;
        }
        for line in crate::print::wrap::wrap(list, out.style.width, 2) {
            out.line(line)?;
        }
    }
    out.blank()?;
    out.line(out.style.strong("Examples"))?;
    for example in context.examples() {
        let shown = example.given.iter().any(|it| **it == *context.name);
        let mark = if shown { "yes" } else { "no " };
        out.line(format!("  {mark}  {}", example.text))?;
    }
    Ok(())
}

/// The `[[sense]]` block of a lexicon file that has that id.
fn block<'t>(file: &'t str, id: &str) -> &'t str {
    let wanted = format!("id = \"{id}\"");
    let Some(at) = file.find(&wanted) else { return file };
    let start = file[..at].rfind("[[sense]]").unwrap_or(0);
    let end = file[at..].find("\n[[").map_or(file.len(), |n| at + n);
    file[start..end].trim_end()
}

fn contents(out: &mut Out, codebook: &Codebook) -> anyhow::Result<()> {
    out.line(format!("codebook {}", codebook.version()))?;
    let codes: Vec<String> = codebook.pages.iter().map(Page::code).collect();
    let ids: Vec<&str> = senses(codebook).map(|it| &*it.id).collect();
    let names: Vec<&str> = measures::PAGES.iter().map(|it| it.name).collect();
    let contexts: Vec<&str> = codebook.contexts.iter().map(|it| &*it.name).collect();
    let lists = [
        ("Types", codes.join(" ")),
        ("Contexts", contexts.join(" ")),
        ("Measures", names.join(" ")),
        ("Rules", ids.join(" ")),
    ];
    for (title, list) in lists {
        out.blank()?;
        out.line(out.style.strong(title))?;
        for line in crate::print::wrap::wrap(&list, out.style.width, 2) {
            out.line(line)?;
        }
    }
    Ok(())
}
