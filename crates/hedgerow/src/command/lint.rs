//! `hedgerow lint`: checks of a codebook, and of the examples in it.

use std::path::PathBuf;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use anyhow::{Context, bail};
use hedgerow_codebook::{Codebook, Fault, Source};
use hedgerow_coder::{Coder, prove};
use hedgerow_parse::Model;

use crate::codebook;
use crate::print::Out;
use crate::print::wrap::count;
use crate::trouble::{Refusal, Trouble};

/// Check a codebook: every mistake with its place, and every example against the coder.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  hedgerow lint                    the codebook in this program
  hedgerow lint codebook/          the files of a folder
  hedgerow lint --only visit.verb  the examples of one rule or file")]
pub(crate) struct Args {
    /// A codebook folder; without it, the codebook in this program.
    #[arg(value_name = "PATH")]
    path: Option<PathBuf>,
    /// Only the examples of rules and files whose name has this in it.
    #[arg(long, value_name = "NAME", default_value = "")]
    only: String,
}

pub(crate) fn run(args: &Args, out: &mut Out, trouble: &mut Trouble) -> anyhow::Result<()> {
    let (source, root) = match &args.path {
        None => (Source::embedded(), "codebook/".to_owned()),
        Some(path) => (
            codebook::read(path)?,
            format!("{}/", path.display().to_string().trim_end_matches('/')),
        ),
    };
    let (checked, faults) = Codebook::check(&source);
    for fault in &faults {
        out.line(show(fault, &source, &root))?;
        out.blank()?;
    }
    if !faults.is_empty() {
        out.flush()?;
        let wrong = format!("{} in the codebook", count(faults.len() as u64, "mistake"));
        trouble.refuse(&Refusal::new(&root, wrong, "correct them and run lint again"));
        return Ok(());
    }
    let model = Model::english().context("the model in this program cannot be read")?;
    let (tried, broken) = prove(&checked, &mut Coder::new(&checked, &model), &args.only);
    if tried == 0 && !args.only.is_empty() {
        bail!(
            "{}: no rule or file of that name has examples; `hedgerow explain` lists the rules",
            args.only
        );
    }
    for example in &broken {
        out.line(out.style.strong(&format!("{root}{}", example.place)))?;
        out.line(format!("  {}", example.text))?;
        for error in &example.errors {
            out.line(format!("    {error}"))?;
        }
        out.blank()?;
    }
    out.line(format!(
        "codebook {}: {}, {}, {} ({} broken)",
        checked.version(),
        count(checked.pages.len() as u64, "page"),
        count(checked.lexicon.senses().len() as u64, "rule"),
        count(tried as u64, "example"),
        broken.len()
    ))?;
    if !broken.is_empty() {
        out.flush()?;
        let wrong = format!("{} do not hold", count(broken.len() as u64, "example"));
        trouble.refuse(&Refusal::new(
            root,
            wrong,
            "correct rule or example, or mark a known error with ~> or x>",
        ));
    }
    Ok(())
}

/// A mistake with the line it is on.
fn show(fault: &Fault, source: &Source, root: &str) -> String {
    let text = source.get(&fault.file).unwrap_or_default();
    let inside = fault.place.end <= text.len()
        && text.is_char_boundary(fault.place.start)
        && text.is_char_boundary(fault.place.end);
    let place = if inside { fault.place.clone() } else { 0..0 };
    let title = Level::ERROR.primary_title(fault.message.as_str()).id(fault.check);
    let snippet = Snippet::source(text)
        .path(format!("{root}{}", fault.file))
        .annotation(AnnotationKind::Primary.span(place));
    let help = Level::HELP.message(fault.help.as_str());
    Renderer::plain().render(&[Group::with_title(title).element(snippet).element(help)])
}
