//! Checks that need the whole lexicon.

use std::collections::BTreeMap;

use super::{Lexicon, Sense};
use crate::fault::{Fault, Report};
use crate::source::Source;

/// Reports ids used twice.
pub(super) fn ids(lexicon: &Lexicon, faults: &mut Vec<Fault>) {
    let mut first = BTreeMap::new();
    for sense in lexicon.senses() {
        if let Some(other) = first.insert(&sense.id, &sense.file) {
            let message = format!("sense id `{}` is used in {other} too", sense.id);
            let help = "ids are unique for ever; take another number";
            faults.push(fault(sense, "duplicate-id", message, help));
        }
    }
}

/// Reports examples that cannot be read, and senses without proof.
pub(super) fn examples(lexicon: &Lexicon, source: &Source, faults: &mut Vec<Fault>) {
    for sense in lexicon.senses() {
        let (examples, mistakes) = sense.examples.check();
        let mut report = Report::new(&sense.file, source.get(&sense.file).unwrap_or_default());
        for (line, message) in mistakes {
            let start = sense.examples.start();
            let message = format!("examples, line {}: {message}", line + 1);
            let help = "see docs/codebook.md for the notation";
            report.add("bad-example", start..start, message, help);
        }
        faults.append(&mut report.faults);
        let fires = examples.iter().any(|e| !e.given.is_empty());
        let silent = examples.iter().any(|e| e.is_silent() || !e.missed.is_empty());
        if !fires || !silent {
            let missing = if fires { "stays silent" } else { "fires" };
            let message = format!("sense `{}` lacks an example that {missing}", sense.id);
            let help = "give one sentence that must fire and one that must stay silent";
            faults.push(fault(sense, "untested-sense", message, help));
        }
    }
}

fn fault(sense: &Sense, check: &'static str, message: String, help: &str) -> Fault {
    Fault {
        check,
        file: sense.file.to_string(),
        place: sense.places[0].span.clone(),
        line: sense.places[0].line,
        message,
        help: help.to_owned(),
    }
}
