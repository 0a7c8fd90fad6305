//! Help is there for every command, with examples.

use crate::run::Place;

const COMMANDS: [&str; 28] = [
    "code",
    "add",
    "watch",
    "import",
    "export",
    "dyad",
    "actor",
    "fact",
    "facts",
    "pledges",
    "search",
    "check",
    "review",
    "audit",
    "recode",
    "outlet",
    "merge",
    "backup",
    "restore",
    "hedge",
    "serve",
    "user",
    "pair",
    "parse",
    "explain",
    "lint",
    "doctor",
    "completions",
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
fn shells_and_man_know_every_command() {
    let place = Place::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let said = place.run(&["completions", shell]).fine();
        assert!(COMMANDS.iter().all(|it| said.contains(it)), "{shell}");
        assert!(said.contains("rivals"), "{shell}");
    }
    place.run(&["completions", "--man", "man"]).fine();
    let page = std::fs::read_to_string(place.path("man/hedgerow-hedge.1")).unwrap();
    assert!(page.contains("hedgerow hedge") && page.contains("\\-\\-rivals"), "{page}");
    let pages = std::fs::read_dir(place.path("man")).unwrap().count();
    assert_eq!(pages, COMMANDS.len() + 1);
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
