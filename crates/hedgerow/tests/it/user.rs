//! Who may do what: `hedgerow user`.

use crate::run::{Place, VISIT};

fn desk() -> Place {
    let place = Place::with("visit.md", VISIT);
    place.run(&["add", "visit.md", "--quiet"]).fine();
    place
}

#[test]
fn the_first_admin_is_made_here() {
    let place = desk();
    let made = place.run(&["user", "add", "Ann", "--name", "Ann Lee", "--role", "admin"]).fine();
    let password =
        made.lines().find_map(|it| it.strip_prefix("password (shown this once): ")).unwrap();
    assert!(password.len() >= 20, "{made}");
    assert!(place.files().contains(&"hedgerow.people.sqlite".to_owned()), "{:?}", place.files());
    let listed = place.run(&["user", "list"]).fine();
    assert!(
        listed.contains("Ann Lee") && listed.contains("admin") && listed.contains("ann"),
        "{listed}"
    );
    assert!(!listed.contains(password));
    let granted = place.run(&["user", "grant", "ann", "reviewer", "--as", "A. Lee"]).fine();
    assert!(granted.contains("kept under “A. Lee”"), "{granted}");
    place.run(&["user", "end", "1"]).fine();
    let erased = place.run(&["user", "erase", "ann"]).fine();
    assert!(erased.contains("decisions in the ledger stay, under “A. Lee”"), "{erased}");
    assert!(place.run(&["user", "list"]).fine().contains("there are no accounts"));
}

#[test]
fn what_cannot_be_done_is_said() {
    let place = Place::new();
    let ran = place.run(&["user", "add", "ann"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("there is no ledger"), "{}", ran.err);
    assert!(place.files().is_empty(), "nothing was made");
    let place = desk();
    for (args, said) in [
        (&["user", "list"][..], "there are no accounts at"),
        (&["user", "grant", "ann", "admin"], "there are no accounts at"),
    ] {
        let ran = place.run(args);
        assert_eq!(ran.status, 2, "{}", ran.out);
        assert!(ran.err.contains(said), "{}", ran.err);
    }
    place.run(&["user", "add", "ann"]).fine();
    for (args, said) in [
        (&["user", "grant", "bob", "admin"][..], "no account `bob`"),
        (&["user", "grant", "ann", "king"], "reader, commenter, reviewer or admin"),
        (&["user", "add", "ann"], "already"),
        (&["user", "add", "a b"], "letters"),
        (&["user", "erase"], "WHO"),
    ] {
        let ran = place.run(args);
        assert_eq!(ran.status, 2, "{}", ran.out);
        assert!(ran.err.contains(said), "{}", ran.err);
    }
}

#[test]
fn settings_that_cannot_be_used_are_said_with_their_place() {
    let place = desk();
    place.write("desk.toml", "base = \"http://desk.example.org\"\n");
    let ran = place.run(&["serve", "--accounts", "desk.toml", "--listen", "127.0.0.1:0"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("desk.toml: base:") && ran.err.contains("https"), "{}", ran.err);
}
