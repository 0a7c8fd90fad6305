//! Accounts, passwords, sessions, erasure.

use hedgerow_people::sign_in::Attempt;
use hedgerow_people::{
    ABSOLUTE, Draft, Error, IDLE, Identity, LOCAL, Moderation, Policy, Role, Secret, Subject, Why,
    Writer,
};

use crate::{NOON, people, somebody};

fn identity(issuer: &str, subject: &str) -> Identity {
    Identity {
        issuer: issuer.to_owned(),
        subject: subject.to_owned(),
        name: Some("Ann".to_owned()),
    }
}

fn why<T: std::fmt::Debug>(done: Result<T, Error>) -> Why {
    match done.unwrap_err() {
        Error::Refused(refusal) => refusal.why,
        other => panic!("{other}"),
    }
}

#[test]
fn a_person_is_who_her_provider_says_and_nothing_else() {
    let (_folder, mut people) = people();
    let one = people.arrive(&identity("https://a.example", "1"), Role::Commenter, NOON).unwrap();
    let again = people.arrive(&identity("https://a.example", "1"), Role::Reader, NOON + 5).unwrap();
    assert_eq!((one.id, again.role, again.seen), (again.id, Role::Commenter, NOON + 5));
    // The same name, and for all we know the same address, with another provider: another account.
    let other = people.arrive(&identity("https://b.example", "1"), Role::Commenter, NOON).unwrap();
    assert_ne!(one.id, other.id);
    people.rename(one.id, "Ann Lee").unwrap();
    let again = people.arrive(&identity("https://a.example", "1"), Role::Reader, NOON).unwrap();
    assert_eq!(again.name, "Ann Lee", "a name chosen here stays");
}

#[test]
fn no_address_is_kept_of_whoever_signs_in() {
    let (folder, mut people) = people();
    somebody(&mut people, "ann-7", Role::Commenter);
    drop(people);
    let sql = include_str!("../../sql/tables.sql");
    let account =
        sql.split("CREATE TABLE account").nth(1).unwrap().split(") STRICT").next().unwrap();
    assert!(!account.contains("mail"), "{account}");
    assert!(folder.path().join("desk.people.sqlite").exists());
}

#[test]
fn decisions_of_two_people_are_never_kept_under_one_name() {
    let (_folder, mut people) = people();
    let one = people.arrive(&identity("https://a.example", "1"), Role::Commenter, NOON).unwrap();
    let two = people.arrive(&identity("https://b.example", "1"), Role::Commenter, NOON).unwrap();
    assert_eq!(one.author, None);
    let one = people.grant(one.id, Role::Reviewer, None).unwrap();
    let two = people.grant(two.id, Role::Reviewer, None).unwrap();
    assert_eq!(one.author.as_deref(), Some("Ann"));
    assert_eq!(two.author, Some(format!("Ann ({})", two.id)));
    assert_eq!(why(people.grant(two.id, Role::Reviewer, Some("ann"))), Why::Conflict);
    people.erase(one.id, NOON).unwrap();
    assert_eq!(
        why(people.grant(two.id, Role::Reviewer, Some("Ann"))),
        Why::Conflict,
        "not even afterwards"
    );
    people.rename(two.id, "Another").unwrap();
    assert_eq!(people.account(two.id).unwrap().unwrap().author, two.author);
}

#[test]
fn a_password_opens_its_account_and_no_other() {
    let (folder, mut people) = people();
    let ann =
        people.add_local("Ann", "Ann Lee", "correct horse battery", Role::Admin, NOON).unwrap();
    assert_eq!((&*ann.issuer, &*ann.subject, ann.role), (LOCAL, "ann", Role::Admin));
    let check = |people: &hedgerow_people::People, login: &str, password: &str| {
        people.check_password(login, password).unwrap().map(|it| it.id)
    };
    assert_eq!(check(&people, " ANN", "correct horse battery"), Some(ann.id));
    for (login, password) in [
        ("ann", ""),
        ("ann", "correct horse battery "),
        ("bob", "correct horse battery"),
        ("", ""),
        ("ann", &*"x".repeat(100_000)),
    ] {
        assert_eq!(check(&people, login, password), None, "{login}");
    }
    assert_eq!(
        why(people.add_local("ann", "Other", "another password", Role::Reader, NOON)),
        Why::Conflict
    );
    assert_eq!(why(people.add_local("bob", "Bob", "short", Role::Reader, NOON)), Why::Invalid);
    let open = people.open_session(ann.id, None, NOON).unwrap();
    people.set_password(ann.id, "yet another password").unwrap();
    assert_eq!(check(&people, "ann", "correct horse battery"), None);
    assert!(
        people.session(&open.secret, NOON).unwrap().is_none(),
        "a new password ends all sessions"
    );
    let other = somebody(&mut people, "x", Role::Commenter);
    assert_eq!(why(people.set_password(other.id, "yet another password")), Why::Invalid);
    drop(people);
    let file = std::fs::read(folder.path().join("desk.people.sqlite")).unwrap();
    assert!(!contains(&file, b"another password") && contains(&file, b"$argon2id$"));
}

fn contains(all: &[u8], part: &[u8]) -> bool {
    all.windows(part.len()).any(|it| it == part)
}

#[test]
fn a_session_begins_anew_at_every_sign_in_and_ends_by_itself() {
    let (folder, mut people) = people();
    let ann = somebody(&mut people, "ann", Role::Commenter);
    let bob = somebody(&mut people, "bob", Role::Commenter);
    let first = people.open_session(ann.id, None, NOON).unwrap();
    assert_eq!(people.session(&first.secret, NOON).unwrap().unwrap().account.id, ann.id);
    // Change of identity in the same browser: the earlier session is gone.
    let second = people.open_session(bob.id, Some(&first.secret), NOON).unwrap();
    assert_ne!(first.secret, second.secret);
    assert!(people.session(&first.secret, NOON).unwrap().is_none());
    assert!(people.session(&Secret::new().unwrap(), NOON).unwrap().is_none());
    // Idle.
    assert!(people.session(&second.secret, NOON + IDLE - 1).unwrap().is_some());
    assert!(people.session(&second.secret, NOON + IDLE - 1 + IDLE).unwrap().is_none());
    // At most.
    let third = people.open_session(ann.id, None, NOON).unwrap();
    let day = 86_400;
    for n in 1..ABSOLUTE / day {
        assert!(people.session(&third.secret, NOON + n * day).unwrap().is_some(), "day {n}");
    }
    assert!(people.session(&third.secret, NOON + ABSOLUTE).unwrap().is_none());
    // Taken back from here.
    let fourth = people.open_session(ann.id, None, NOON).unwrap();
    let fifth = people.open_session(ann.id, None, NOON).unwrap();
    people.close_sessions(ann.id, Some(&fifth.secret)).unwrap();
    assert!(people.session(&fourth.secret, NOON).unwrap().is_none());
    people.close_session(&fifth.secret).unwrap();
    assert!(people.session(&fifth.secret, NOON).unwrap().is_none());
    let last = people.open_session(ann.id, None, NOON).unwrap();
    drop(people);
    for file in ["desk.people.sqlite", "desk.people.sqlite-wal"] {
        let bytes = std::fs::read(folder.path().join(file)).unwrap_or_default();
        assert!(!contains(&bytes, last.secret.text().as_bytes()), "the secret itself is nowhere");
    }
}

#[test]
fn a_change_of_role_ends_all_sessions() {
    let (_folder, mut people) = people();
    let ann = somebody(&mut people, "ann", Role::Commenter);
    let open = people.open_session(ann.id, None, NOON).unwrap();
    people.grant(ann.id, Role::Admin, None).unwrap();
    assert!(people.session(&open.secret, NOON).unwrap().is_none());
    let open = people.open_session(ann.id, None, NOON).unwrap();
    assert_eq!(people.session(&open.secret, NOON).unwrap().unwrap().account.role, Role::Admin);
}

#[test]
fn a_sign_in_under_way_is_bound_to_one_browser_and_used_once() {
    let (_folder, mut people) = people();
    let attempt = Attempt {
        provider: "x".to_owned(),
        state: "s".to_owned(),
        nonce: "n".to_owned(),
        verifier: "v".to_owned(),
        back: "/".to_owned(),
    };
    let browser = people.keep_attempt(&attempt, NOON).unwrap();
    assert_eq!(people.take_attempt(&Secret::new().unwrap(), NOON).unwrap(), None);
    assert_eq!(people.take_attempt(&browser, NOON + 599).unwrap(), Some(attempt.clone()));
    assert_eq!(people.take_attempt(&browser, NOON + 599).unwrap(), None, "once");
    let late = people.keep_attempt(&attempt, NOON).unwrap();
    assert_eq!(people.take_attempt(&late, NOON + 600).unwrap(), None, "ten minutes");
}

#[test]
fn who_is_erased_is_forgotten_and_threads_stand() {
    let (folder, mut people) = people();
    let ann = people
        .add_local("ann", "Ann Unmistakable", "correct horse battery", Role::Reviewer, NOON)
        .unwrap();
    let bob = somebody(&mut people, "bob", Role::Commenter);
    let on: Subject = "fact:a-01".parse().unwrap();
    let policy = Policy { moderation: Moderation::Guests, ..Policy::default() };
    let say = |people: &mut hedgerow_people::People, who: &_, parent, text: &str| {
        people.reply(Writer::Account(who), Draft { on: &on, parent, text }, policy, NOON).unwrap().0
    };
    let first = say(&mut people, &ann, None, "Words that vanish");
    people.edit(first, &ann, "Words that vanish, too", policy, NOON).unwrap();
    say(&mut people, &bob, Some(first), "An answer that stays");
    let alone = say(&mut people, &ann, None, "Nobody answers this");
    let session = people.open_session(ann.id, None, NOON).unwrap();
    let erased = people.erase(ann.id, NOON + 1).unwrap();
    assert_eq!((erased.replies, erased.sessions), (2, 1));
    assert!(people.session(&session.secret, NOON).unwrap().is_none());
    assert_eq!(people.check_password("ann", "correct horse battery").unwrap(), None);
    assert!(people.accounts().unwrap().iter().all(|it| it.id != ann.id));
    let thread = people.replies(&[on], None).unwrap();
    assert_eq!(
        thread.iter().map(|it| it.text.as_deref()).collect::<Vec<_>>(),
        [None, Some("An answer that stays")]
    );
    assert!(thread.iter().all(|it| it.id != alone));
    assert_eq!(thread[0].by.name(), "somebody who left");
    let left = people.account(ann.id).unwrap().unwrap();
    assert_eq!((&*left.name, left.role, left.erased), ("", Role::Reader, Some(NOON + 1)));
    assert_eq!(
        left.author.as_deref(),
        Some("Ann Unmistakable"),
        "the record of decisions keeps its author"
    );
    assert_eq!(why(people.grant(ann.id, Role::Admin, None)), Why::NotFound);
    // Whoever comes back is somebody new.
    let again =
        people.add_local("ann", "Ann", "correct horse battery", Role::Reader, NOON).unwrap();
    assert_ne!(again.id, ann.id);
    drop(people);
    for file in ["desk.people.sqlite", "desk.people.sqlite-wal"] {
        let bytes = std::fs::read(folder.path().join(file)).unwrap_or_default();
        assert!(!contains(&bytes, b"Words that vanish"), "{file}: what is erased is overwritten");
    }
}
