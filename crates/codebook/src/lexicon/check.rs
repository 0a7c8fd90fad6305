//! Checks that need the whole lexicon.

use std::collections::BTreeMap;

use super::Lexicon;
use crate::fault::Fault;

/// Reports ids used twice and senses without proof.
pub(super) fn lexicon(lexicon: &Lexicon, faults: &mut Vec<Fault>) {
    let mut first = BTreeMap::new();
    for sense in lexicon.senses() {
        let mut fault = |check, message: String, help: &str| {
            faults.push(Fault {
                check,
                file: sense.file.to_string(),
                place: sense.places[0].span.clone(),
                line: sense.places[0].line,
                message,
                help: help.to_owned(),
            });
        };
        if let Some(other) = first.insert(&sense.id, &sense.file) {
            let message = format!("sense id `{}` is used in {other} too", sense.id);
            fault("duplicate-id", message, "ids are unique for ever; take another number");
        }
        let fires = sense.examples.iter().any(|e| !e.given.is_empty());
        let silent = sense.examples.iter().any(|e| e.is_silent() || !e.missed.is_empty());
        if !fires || !silent {
            let message = format!(
                "sense `{}` lacks an example that {}",
                sense.id,
                if fires { "stays silent" } else { "fires" }
            );
            fault(
                "untested-sense",
                message,
                "give one sentence that must fire and one that must stay silent",
            );
        }
    }
}
