//! Mistakes in a codebook are all found in one run, each with its place.

use hedgerow_codebook::{Codebook, Source};

const PAGE: &str = "# CONSULT: talks\n\nquad: 1\nmodes: visit\n\nTalks.\n\n```examples\nKenya's president visited Ghana.\n  => KEN -> GHA  CONSULT.visit\nHe left.\n  => nothing\n```\n";

fn faults(files: &[(&str, &str)]) -> Vec<String> {
    let mut source = Source::default();
    source.insert("events/consult.md", PAGE);
    for (path, text) in files {
        source.insert(*path, *text);
    }
    Codebook::check(&source)
        .1
        .iter()
        .map(|f| format!("{}:{} {}", f.file, f.line, f.check))
        .collect()
}

#[test]
fn every_mistake_has_file_line_and_name() {
    let lexicon = "lemma = \"visit\"\n\n[[sense]]\nid = \"visit.verb\"\npos = \"verbe\"\ncode = \"CONSLUT.visit\"\nactor = \"subject\"\nrecipient = \"obj\"\nexamples = '''\nHe left.\n  => nothing\n'''\n";
    let found = faults(&[("lexicon/visit.toml", lexicon)]);
    assert_eq!(found, ["lexicon/visit.toml:5 unknown-pos", "lexicon/visit.toml:7 unknown-slot"]);
    let lexicon = lexicon.replace("verbe", "verb").replace("subject", "subj");
    let found = faults(&[("lexicon/visit.toml", &lexicon)]);
    assert_eq!(found, ["lexicon/visit.toml:4 untested-sense", "lexicon/visit.toml:6 unknown-code"]);
}

#[test]
fn tables_report_bad_codes_and_dates() {
    let states = "code\tname\tfrom\tto\tnames\tdemonyms\tcapital\nVNM\tVietnam\t1976-07-02\t\tVietnam\tVietnamese\tHanoi\n";
    let offices = "person\tsurname\tcode\trole\ttitle\tfrom\tto\tsource\nA B\tB\tVNN\tGOV\tminister\t2001\t1999\tpress\n";
    let found = faults(&[("gazetteer/states.tsv", states), ("gazetteer/offices.tsv", offices)]);
    assert_eq!(found, ["gazetteer/offices.tsv:2 unknown-code", "gazetteer/offices.tsv:2 bad-date"]);
}

#[test]
fn our_own_codebook_has_none() {
    let (_, faults) = Codebook::check(&Source::embedded());
    let report: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert!(faults.is_empty(), "{}", report.join("\n"));
}
