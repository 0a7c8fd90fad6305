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
fn contexts_have_known_names_codes_and_proof() {
    let context = "[[context]]\nname = \"military\"\nmeaning = \"Armies.\"\ntypes = \"CONSULT.visit\"\nwords = \"army\"\nexamples = '''\nThe army of Kenya visited Ghana.\n  => military\nKenya's army visited Ghana.\n  => military\nKenya's president visited Ghana.\n  => not military\n'''\n";
    let found = |text: &str| faults(&[("contexts.toml", text)]);
    assert!(found(context).is_empty(), "{:?}", found(context));
    let bad = context.replace("\"military\"", "\"militery\"");
    assert_eq!(found(&bad), ["contexts.toml:2 unknown-context"]);
    let twice = format!("{context}{context}");
    assert_eq!(found(&twice), ["contexts.toml:15 duplicate-context"]);
    let bad = context.replace("CONSULT.visit", "CONSULT.vsit flow.arm");
    assert_eq!(found(&bad), ["contexts.toml:4 unknown-code", "contexts.toml:4 unknown-code"]);
    let bad = context.replace("=> not military", "=> military");
    assert_eq!(found(&bad), ["contexts.toml:2 untested-context"]);
    let bad = context.replace("not military", "not army");
    assert_eq!(found(&bad), ["contexts.toml:2 untested-context", "contexts.toml:6 bad-example"]);
    let bad = context.replace("words =", "word =");
    assert_eq!(found(&bad), ["contexts.toml:5 bad-toml"]);
}

#[test]
fn intensities_are_numbers_of_modes() {
    let page = |line: &str| {
        let page = PAGE.replace("modes: visit\n", &format!("modes: visit\nintensity: {line}\n"));
        faults(&[("events/consult.md", &page)])
    };
    assert!(page("2.5, visit 4").is_empty());
    assert_eq!(page("2.5, vist 4"), ["events/consult.md:5 bad-number"]);
    assert_eq!(page("25"), ["events/consult.md:5 bad-number"]);
}

#[test]
fn scores_and_pages_agree() {
    let codebook = Codebook::embedded().unwrap();
    for page in codebook.pages.iter().filter(|page| page.quad().is_some()) {
        let own = page.intensity(None);
        assert!(own.is_some() && own == codebook.scores.of(&page.type_, None), "{}", page.type_);
        for mode in ["visit", "phone", "third-party", "multilateral"] {
            let of_mode = page.modes().any(|it| it == mode).then(|| page.intensity(Some(mode)));
            assert!(of_mode.is_none_or(|it| it == codebook.scores.of(&page.type_, Some(mode))));
        }
    }
}

#[test]
fn all_contexts_are_there_in_order() {
    let codebook = Codebook::embedded().unwrap();
    let names: Vec<&str> = codebook.contexts.iter().map(|it| &*it.name).collect();
    assert_eq!(names, hedgerow_codebook::contexts::NAMES);
    for context in codebook.contexts.iter() {
        assert!(!context.meaning.is_empty() && !context.words.is_empty(), "{}", context.name);
    }
}

#[test]
fn our_own_codebook_has_none() {
    let (_, faults) = Codebook::check(&Source::embedded());
    let report: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert!(faults.is_empty(), "{}", report.join("\n"));
}
