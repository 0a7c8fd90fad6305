//! Briefs: drafts, versions, and who may change them.

use std::collections::BTreeMap;

use hedgerow_people::{Error, Role, Why};

use crate::{NOON, people, somebody};

fn why<T: std::fmt::Debug>(done: Result<T, Error>) -> Why {
    match done.unwrap_err() {
        Error::Refused(refusal) => refusal.why,
        other => panic!("{other}"),
    }
}

#[test]
fn what_is_published_stays_and_the_draft_goes_on() {
    let (_folder, mut people) = people();
    let ann = somebody(&mut people, "ann", Role::Reviewer);
    let id =
        people.begin_brief(&ann, " Ships\tfor Hanoi ", "Six boats[^fact:a-01].", NOON).unwrap();
    assert_eq!(people.published(id, None).unwrap(), None);
    assert_eq!(people.briefs(10).unwrap(), []);
    let notes = BTreeMap::from([("a-01".to_owned(), "two reports agree".to_owned())]);
    assert_eq!(people.publish_brief(id, &ann, 1, &notes, NOON + 1).unwrap(), 1);
    assert_eq!(people.save_brief(id, &ann, 1, "Ships", "Seven boats.", NOON + 2).unwrap(), 2);
    let read = people.published(id, None).unwrap().unwrap();
    assert_eq!(
        (&*read.title, &*read.text, &*read.author),
        ("Ships for Hanoi", "Six boats[^fact:a-01].", "Name of ann")
    );
    assert_eq!(read.notes, notes);
    assert_eq!(people.publish_brief(id, &ann, 2, &BTreeMap::new(), NOON + 3).unwrap(), 2);
    assert_eq!(people.published(id, Some(1)).unwrap().unwrap().text, read.text);
    assert_eq!(people.briefs(10).unwrap().iter().map(|it| it.version).collect::<Vec<_>>(), [2]);
    people.withdraw_brief(id, &ann, Some("a figure was wrong"), NOON + 4).unwrap();
    assert_eq!(people.briefs(10).unwrap(), []);
    assert_eq!(people.brief(id).unwrap().unwrap().reason.as_deref(), Some("a figure was wrong"));
    people.withdraw_brief(id, &ann, None, NOON + 5).unwrap();
    assert_eq!(people.briefs(10).unwrap().len(), 1);
    people.erase(ann.id, NOON).unwrap();
    let read = people.published(id, None).unwrap().unwrap();
    assert_eq!(
        (&*read.text, &*read.author),
        ("Seven boats.", ""),
        "what was published stays, without a name"
    );
}

#[test]
fn nobody_overwrites_what_another_saved() {
    let (_folder, mut people) = people();
    let ann = somebody(&mut people, "ann", Role::Reviewer);
    let boss = somebody(&mut people, "boss", Role::Admin);
    let id = people.begin_brief(&ann, "T", "one", NOON).unwrap();
    assert_eq!(people.save_brief(id, &boss, 1, "T", "two", NOON).unwrap(), 2);
    assert_eq!(why(people.save_brief(id, &ann, 1, "T", "three", NOON)), Why::Conflict);
    assert_eq!(why(people.publish_brief(id, &ann, 1, &BTreeMap::new(), NOON)), Why::Conflict);
    assert_eq!(people.brief(id).unwrap().unwrap().text, "two");
}

#[test]
fn only_reviewers_write_and_only_their_own() {
    let (_folder, mut people) = people();
    let ann = somebody(&mut people, "ann", Role::Reviewer);
    let bob = somebody(&mut people, "bob", Role::Reviewer);
    let carl = somebody(&mut people, "carl", Role::Commenter);
    assert_eq!(why(people.begin_brief(&carl, "T", "x", NOON)), Why::NotAllowed);
    let id = people.begin_brief(&ann, "T", "x", NOON).unwrap();
    assert_eq!(why(people.save_brief(id, &bob, 1, "T", "y", NOON)), Why::NotAllowed);
    assert_eq!(why(people.withdraw_brief(id, &bob, Some(""), NOON)), Why::NotAllowed);
    assert_eq!(why(people.save_brief(99, &ann, 1, "T", "y", NOON)), Why::NotFound);
    assert_eq!(people.drafts(&bob).unwrap(), []);
    assert_eq!(people.drafts(&ann).unwrap().len(), 1);
    for (title, text) in
        [("", "x"), ("T", " "), (&*"x".repeat(201), "x"), ("T", &*"x".repeat(60_001))]
    {
        assert_eq!(why(people.begin_brief(&ann, title, text, NOON)), Why::Invalid);
    }
}
