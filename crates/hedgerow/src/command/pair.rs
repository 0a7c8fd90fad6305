//! `hedgerow pair`: what two given actors have to do with each other, for comparison with other coders.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use anyhow::anyhow;
use hedgerow_coder::{Coder, Pair, Reason};
use hedgerow_text::{Document, Span};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::engine::Engine;
use crate::print::Out;
use crate::trouble::{Refusal, Trouble};

/// Say for given pairs of actors which root type of PLOVER the first does to the second.
///
/// Reads one JSON object a line with `id`, `text`, `source_text` and `target_text`; also `source_spans` and
/// `target_spans`, `[[start, end], …]` in code points, where a name stands more than once. Answers `id` and `plover` a
/// line; null where there are no words. CONCEDE and RETREAT are both YIELD.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  hedgerow pair sentences.jsonl
  echo '{\"id\": 1, \"text\": \"Japan gave Vietnam boats.\", \"source_text\": \"Japan\", \"target_text\": \"Vietnam\"}' | hedgerow pair -")]
pub(crate) struct Args {
    /// A file of JSON lines, or - for standard input.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Say also which rules and words it rests on, the best first.
    #[arg(long)]
    why: bool,
    /// A folder with codebook entries of your own, laid over those in this program.
    #[arg(long, value_name = "DIR")]
    codebook: Option<PathBuf>,
}

#[derive(Deserialize)]
struct Record {
    id: Value,
    text: String,
    #[serde(default)]
    source_text: String,
    #[serde(default)]
    target_text: String,
    #[serde(default)]
    source_spans: Vec<(u32, u32)>,
    #[serde(default)]
    target_spans: Vec<(u32, u32)>,
}

pub(crate) fn run(args: &Args, out: &mut Out, trouble: &mut Trouble) -> anyhow::Result<()> {
    let (name, lines) = open(&args.file)?;
    let engine = Engine::load(args.codebook.as_deref())?;
    let mut coder = Coder::new(&engine.codebook, &engine.model);
    for (n, line) in lines.split(b'\n').enumerate() {
        let line = line.map_err(|error| anyhow!("{name}: cannot be read further ({error})"))?;
        if line.trim_ascii().is_empty() {
            continue;
        }
        let record = match record(&line) {
            Ok(record) => record,
            Err(wrong) => {
                let remedy =
                    "write one JSON object a line, with id, text, source_text, target_text";
                trouble.refuse(&Refusal::new(format!("{name}:{}", n + 1), wrong, remedy));
                continue;
            }
        };
        let pair = Pair {
            text: &record.text,
            source: places(&record.text, &record.source_text, &record.source_spans),
            target: places(&record.text, &record.target_text, &record.target_spans),
        };
        let found = coder.pair(&pair);
        let plover = found.as_ref().map(|it| it.plover.as_str());
        let mut answer = json!({"id": record.id, "plover": plover});
        if let Some(found) = found.filter(|_| args.why) {
            let reason = |it: &Reason| {
                json!([it.plover.as_str(), it.rule, it.trigger.of(&record.text), it.score])
            };
            answer["why"] = found.reasons.iter().map(reason).collect();
        }
        out.line(answer.to_string())?;
    }
    Ok(())
}

fn open(path: &Path) -> anyhow::Result<(String, Box<dyn BufRead>)> {
    if path.as_os_str() == "-" {
        return Ok(("stdin".to_owned(), Box::new(BufReader::new(io::stdin()))));
    }
    let name = crate::input::shown(path);
    let file = File::open(path)
        .map_err(|error| anyhow!("{name}: cannot be read ({error}); check the path"))?;
    Ok((name, Box::new(BufReader::new(file))))
}

fn record(line: &[u8]) -> Result<Record, String> {
    let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
    let record: Record =
        serde_json::from_slice(line).map_err(|error| format!("is no pair ({error})"))?;
    if record.text.len() > Document::MAX_BYTES {
        return Err("the text is too long".to_owned());
    }
    Ok(record)
}

/// The stretches that name one of the pair: as given, or wherever the words stand in the text. A name that stands
/// nowhere is a placeholder, and stands for whoever fits.
fn places(text: &str, name: &str, spans: &[(u32, u32)]) -> Vec<Span> {
    if spans.is_empty() {
        let name = name.trim();
        if name.is_empty() {
            return Vec::new();
        }
        let found = text.match_indices(name);
        return found.map(|(at, it)| Span::new(at as u32, (at + it.len()) as u32)).collect();
    }
    let byte = |point: u32| {
        text.char_indices().nth(point as usize).map_or(text.len(), |(at, _)| at) as u32
    };
    let spans = spans.iter().map(|&(start, end)| Span::new(byte(start), byte(end.max(start))));
    spans.filter(|span| !span.is_empty()).collect()
}
