//! Rules for given pairs of actors: `codebook/pair/rules.tsv`.
//!
//! Where a reader names the two parties, nothing has to prove that they are states, and syntax decides less: one line a
//! rule is enough, and it says nothing of places unless it must.

use toml::Spanned;

use super::{Lexicon, Path, Pos, Sense, What, file};
use crate::claim::{Kind, Modality};
use crate::example::Block;
use crate::fault::{Fault, Report};
use crate::source::Source;
use crate::table::{self, Row};

/// Where the rules stand.
const FILE: &str = "pair/rules.tsv";
/// Where the actor stands in a rule that does not say.
const ACTOR: &str = "subj | poss | by | of";
/// Where the recipient stands in a rule that does not say.
const RECIPIENT: &str = "obj | iobj | to | on | against | with | of | in | for | from | at | into | \
                         comp.obj | comp | over";

/// Reads the rules; classes are those of `words`.
pub(super) fn rules(source: &Source, words: &Lexicon, faults: &mut Vec<Fault>) -> Lexicon {
    let mut lexicon = Lexicon::default();
    let Some(text) = source.get(FILE) else { return lexicon };
    let mut report = Report::new(FILE, text);
    let mut number = 0;
    table::read(text, &["code", "pos", "lemmas", "where"], &mut report, |row, report| {
        number += 1;
        let lemmas: Vec<String> =
            row.get("lemmas").split_whitespace().map(|word| word.replace('_', " ")).collect();
        if lemmas.is_empty() {
            row.fault(report, "no-lemma", "the rule has no word".to_owned(), "give its lemmas");
        }
        if let Some(sense) = rule(row, number, words, report) {
            lexicon.add(&lemmas, sense);
        }
    });
    faults.append(&mut report.faults);
    lexicon.index_words();
    lexicon
}

fn rule(row: &Row<'_>, number: usize, words: &Lexicon, report: &mut Report<'_>) -> Option<Sense> {
    let before = report.faults.len();
    let pos = match row.get("pos") {
        "verb" => Pos::Verb,
        "noun" => Pos::Noun,
        "adj" => Pos::Adj,
        other => {
            let message = format!("unknown part of speech `{other}`");
            row.fault(report, "unknown-pos", message, "use verb, noun or adj");
            Pos::Verb
        }
    };
    let code = row.get("code");
    let what = What::parse(code).unwrap_or_else(|| {
        row.fault(
            report,
            "unknown-code",
            format!("`{code}` is no code"),
            "write TYPE or TYPE.mode",
        );
        What { kind: Kind::Event, type_: "?".into(), mode: None, polarity: None }
    });
    let modality = row.some("modality").and_then(|name| {
        let found = Modality::parse(&name);
        if found.is_none() {
            let message = format!("unknown modality `{name}`");
            row.fault(report, "unknown-modality", message, "use a modality of claims");
        }
        found
    });
    let mut tests = Vec::new();
    for test in row.list("where") {
        let Some((place, wanted)) = test.split_once('=') else {
            row.fault(report, "bad-test", format!("`{test}` is no test"), "write PLACE=WORDS");
            continue;
        };
        let start = row.start();
        let wanted = Spanned::new(start..start, wanted.trim().to_owned());
        tests.extend(file::test(place.trim(), &wanted, words, report));
    }
    let mut paths = |column: &str, usual: &str| {
        let given = row.some(column);
        Path::parse_all(given.as_deref().unwrap_or(usual)).unwrap_or_else(|slot| {
            let message = format!("unknown slot `{slot}`");
            row.fault(report, "unknown-slot", message, "see docs/codebook.md");
            Vec::new()
        })
    };
    let (actor, recipient) = (paths("actor", ACTOR), paths("recipient", RECIPIENT));
    let place = report.place(row.start()..row.start());
    let sense = Sense {
        id: format!("pair.{number}").into(),
        file: FILE.into(),
        places: [place.clone(), place],
        pos,
        what,
        actor,
        recipient,
        parties: Vec::new(),
        tests,
        amount: false,
        rank: false,
        topic: Vec::new(),
        level: None,
        modality,
        stage: None,
        change: row.some("change"),
        absorbs: false,
        elliptic: false,
        negated: false,
        overrides: row.get("over") == "over",
        note: None,
        examples: Block::default(),
    };
    (report.faults.len() == before).then_some(sense)
}
