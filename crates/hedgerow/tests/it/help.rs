//! Help is there for every command, with examples.

use crate::run::Place;

const COMMANDS: [&str; 25] = [
    "code", "add", "watch", "import", "export", "dyad", "actor", "fact", "pledges", "search",
    "check", "review", "audit", "recode", "outlet", "merge", "backup", "restore", "hedge", "serve",
    "pair", "parse", "explain", "lint", "doctor",
];

#[test]
fn every_command_has_examples() {
    let place = Place::new();
    let all = place.run(&["--help"]).fine();
    for command in COMMANDS {
        assert!(all.contains(&format!("\n  {command} ")), "{command} is not in\n{all}");
        let help = place.run(&[command, "--help"]).fine();
        assert!(help.contains(&format!("Examples:\n  hedgerow {command}")), "{help}");
    }
    let listed = all.lines().skip_while(|it| *it != "Commands:").skip(1);
    let listed = listed.take_while(|it| !it.is_empty()).filter(|it| !it.contains(" help "));
    assert_eq!(listed.count(), COMMANDS.len(), "{all}");
}

#[test]
fn pages_and_rules_are_explained() {
    let place = Place::new();
    let page = place.run(&["explain", "consult.visit"]).fine();
    assert!(page.starts_with("# CONSULT"), "{page}");
    assert!(page.contains("visit.verb"), "{page}");
    let rule = place.run(&["explain", "visit.verb"]).fine();
    assert!(
        rule.contains("codebook/lexicon/visit.toml") && rule.contains("id = \"visit.verb\""),
        "{rule}"
    );
    assert!(!rule.contains("visit.noun"), "{rule}");
    assert!(place.run(&["explain"]).fine().contains("flow.aid"));
}

#[test]
fn a_codebook_with_mistakes_is_shown_with_their_places() {
    let place = Place::new();
    place.write("mine/VERSION", "1\n");
    place.write(
        "mine/lexicon/visit.toml",
        "lemma = \"visit\"\n\n[[sense]]\nid = \"visit.verb\"\npos = \"verb\"\ncode = \"CONSLUT.visit\"\nactor = \"subj\"\nrecipient = \"obj\"\nexamples = '''\nJapan visited Laos.\n  => nothing\n'''\n",
    );
    let ran = place.run(&["lint", "mine"]);
    assert_eq!(ran.status, 1, "{}", ran.out);
    assert!(ran.out.contains("mine/lexicon/visit.toml:6"), "{}", ran.out);
}
