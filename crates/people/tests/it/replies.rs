//! What is said, by whom, and who sees it.

use hedgerow_people::{
    Account, By, Draft, Error, Guest, MAX_TEXT, Moderation, People, Policy, Reply, Role, State,
    Subject, Verdict, Why, Writer,
};

use crate::{NOON, people, somebody};

const OPEN: Policy = Policy { guests: true, moderation: Moderation::Guests };

fn on() -> Subject {
    "fact:a-01".parse().unwrap()
}

fn say(people: &mut People, who: &Account, parent: Option<i64>, text: &str) -> Result<i64, Error> {
    say_at(people, who, parent, text, NOON)
}

fn say_at(
    people: &mut People,
    who: &Account,
    parent: Option<i64>,
    text: &str,
    now: i64,
) -> Result<i64, Error> {
    let on = on();
    people.reply(Writer::Account(who), Draft { on: &on, parent, text }, OPEN, now).map(|it| it.0)
}

fn thread(people: &People) -> Vec<Reply> {
    people.replies(&[on()], None).unwrap()
}

fn texts(replies: &[Reply]) -> Vec<(usize, &str)> {
    replies.iter().map(|it| (it.depth, it.text.as_deref().unwrap_or("-"))).collect()
}

fn why<T: std::fmt::Debug>(done: Result<T, Error>) -> Why {
    match done.unwrap_err() {
        Error::Refused(refusal) => refusal.why,
        other => panic!("{other}"),
    }
}

#[test]
fn answers_stand_below_what_they_answer() {
    let (_folder, mut people) = people();
    let ann = somebody(&mut people, "ann", Role::Commenter);
    let one = say(&mut people, &ann, None, "one").unwrap();
    say(&mut people, &ann, None, "two").unwrap();
    let deep = say(&mut people, &ann, Some(one), "one.one").unwrap();
    say(&mut people, &ann, Some(one), "one.two").unwrap();
    say(&mut people, &ann, Some(deep), "one.one.one").unwrap();
    let read = thread(&people);
    assert_eq!(
        texts(&read),
        [(0, "one"), (1, "one.one"), (2, "one.one.one"), (1, "one.two"), (0, "two")]
    );
    assert_eq!(people.reply_count(&[on()]).unwrap(), 5);
    assert_eq!(people.replies(&["fact:b".parse().unwrap()], None).unwrap(), []);
    // A fact is known by the ids of all its claims.
    assert_eq!(people.replies(&["fact:b".parse().unwrap(), on()], None).unwrap().len(), 5);
    let other: Subject = "claim:a-01".parse().unwrap();
    let draft = Draft { on: &other, parent: Some(one), text: "elsewhere" };
    assert_eq!(why(people.reply(Writer::Account(&ann), draft, OPEN, NOON)), Why::Conflict);
}

#[test]
fn a_very_long_thread_is_read() {
    let (_folder, mut people) = people();
    let ann = somebody(&mut people, "ann", Role::Commenter);
    let mut parent = None;
    for n in 0..300 {
        parent =
            Some(say_at(&mut people, &ann, parent, &format!("{n}"), NOON + n * 1_000).unwrap());
    }
    assert_eq!(thread(&people).last().unwrap().depth, 299);
}

#[test]
fn one_s_own_words_are_changed_and_removed_by_oneself_alone() {
    let (_folder, mut people) = people();
    let ann = somebody(&mut people, "ann", Role::Commenter);
    let bob = somebody(&mut people, "bob", Role::Admin);
    let id = say(&mut people, &ann, None, "first").unwrap();
    assert_eq!(why(people.edit(id, &bob, "other", OPEN, NOON)), Why::NotAllowed);
    assert_eq!(why(people.remove(id, &bob, NOON)), Why::NotAllowed);
    people.edit(id, &ann, "second", OPEN, NOON + 60).unwrap();
    let read = thread(&people);
    assert_eq!(
        (read[0].text.as_deref(), read[0].edited, read[0].added),
        (Some("second"), Some(NOON + 60), NOON)
    );
    let answer = say(&mut people, &bob, Some(id), "answer").unwrap();
    people.remove(id, &ann, NOON + 70).unwrap();
    let read = thread(&people);
    assert_eq!(texts(&read), [(0, "-"), (1, "answer")]);
    assert_eq!(
        (&read[0].by, read[0].edited),
        (&By::Nobody, None),
        "of what is removed nothing is told"
    );
    assert_eq!(why(people.edit(id, &ann, "third", OPEN, NOON)), Why::Conflict);
    assert_eq!(why(say(&mut people, &bob, Some(id), "to a tombstone")), Why::Conflict);
    people.remove(answer, &bob, NOON).unwrap();
    assert_eq!(thread(&people), [], "a tombstone stands only where somebody answered");
}

#[test]
fn guests_wait_and_their_address_is_told_to_nobody() {
    let (_folder, mut people) = people();
    let admin = somebody(&mut people, "admin", Role::Admin);
    let guest = Guest::new("Gast", "gast@secret.example").unwrap();
    let on = on();
    let draft = Draft { on: &on, parent: None, text: "hello" };
    let shut = Policy { guests: false, ..OPEN };
    assert_eq!(why(people.reply(Writer::Guest(&guest), draft, shut, NOON)), Why::NotAllowed);
    let (id, state) = people.reply(Writer::Guest(&guest), draft, OPEN, NOON).unwrap();
    assert_eq!(state, State::Waiting);
    assert_eq!(thread(&people), []);
    let waiting = people.waiting(10).unwrap();
    assert_eq!(waiting.len(), 1);
    let told = serde_json::to_string(&(&waiting, people.one_reply(id).unwrap())).unwrap();
    people.moderate(id, &admin, Verdict::Show, "", NOON).unwrap();
    let read = thread(&people);
    assert_eq!(read[0].by, By::Guest("Gast".to_owned()));
    let told = format!("{told}{}{read:?}", serde_json::to_string(&read).unwrap());
    assert!(!told.contains("secret.example"), "{told}");
    assert_eq!(people.erase_guest("GAST@secret.example", NOON).unwrap(), 1);
    assert_eq!(thread(&people), []);
    assert_eq!(people.one_reply(id).unwrap().unwrap().by, By::Nobody);
}

#[test]
fn the_first_reply_of_an_account_waits_where_it_is_so_wanted() {
    let (_folder, mut people) = people();
    let admin = somebody(&mut people, "admin", Role::Admin);
    let ann = somebody(&mut people, "ann", Role::Commenter);
    let on = on();
    let say = |people: &mut People, text: &str, moderation| {
        let policy = Policy { guests: false, moderation };
        people
            .reply(Writer::Account(&ann), Draft { on: &on, parent: None, text }, policy, NOON)
            .unwrap()
    };
    let (first, state) = say(&mut people, "first", Moderation::New);
    assert_eq!(state, State::Waiting);
    assert_eq!(
        people.replies(std::slice::from_ref(&on), Some(ann.id)).unwrap().len(),
        1,
        "its author sees it"
    );
    assert_eq!(people.replies(std::slice::from_ref(&on), Some(admin.id)).unwrap().len(), 0);
    people.moderate(first, &admin, Verdict::Show, "", NOON).unwrap();
    assert_eq!(say(&mut people, "second", Moderation::New).1, State::Shown);
    assert_eq!(say(&mut people, "third", Moderation::All).1, State::Waiting);
    // Whose words had to be hidden is looked at again.
    people.moderate(first, &admin, Verdict::Hide, "spam", NOON).unwrap();
    assert_eq!(say(&mut people, "fourth", Moderation::New).1, State::Waiting);
    assert_eq!(
        why(people.edit(first, &ann, "ham", OPEN, NOON)),
        Why::Conflict,
        "what is hidden is not talked around"
    );
    assert_eq!(why(people.moderate(first, &ann, Verdict::Show, "", NOON)), Why::NotAllowed);
    let log = people.moderated(10).unwrap();
    assert_eq!(log.iter().map(|it| &*it.verb).collect::<Vec<_>>(), ["hide", "show"]);
    assert_eq!(log[0].reason, "spam");
}

#[test]
fn whoever_may_not_reply_does_not() {
    let (_folder, mut people) = people();
    let reader = somebody(&mut people, "reader", Role::Reader);
    assert_eq!(why(say(&mut people, &reader, None, "hello")), Why::NotAllowed);
    let ann = somebody(&mut people, "ann", Role::Commenter);
    people.grant(ann.id, Role::Reader, None).unwrap();
    assert_eq!(
        why(say(&mut people, &ann, None, "hello")),
        Why::NotAllowed,
        "what counts is the role of now"
    );
    people.erase(ann.id, NOON).unwrap();
    assert_eq!(why(say(&mut people, &ann, None, "hello")), Why::NotFound);
}

#[test]
fn too_much_is_too_much() {
    let (_folder, mut people) = people();
    let ann = somebody(&mut people, "ann", Role::Commenter);
    for empty in ["", " \n ", "\u{0}"] {
        assert_eq!(why(say(&mut people, &ann, None, empty)), Why::Invalid);
    }
    assert_eq!(why(say(&mut people, &ann, None, &"x".repeat(MAX_TEXT + 1))), Why::Invalid);
    for n in 0..10 {
        say(&mut people, &ann, None, &format!("reply {n}")).unwrap();
    }
    assert_eq!(why(say(&mut people, &ann, None, "one too many")), Why::TooMany);
    let id = say_at(&mut people, &ann, None, "later", NOON + 601).unwrap();
    // The same words sent twice are one reply.
    assert_eq!(say_at(&mut people, &ann, None, "later", NOON + 602).unwrap(), id);
    let guest = Guest::new("Gast", "gast@example.org").unwrap();
    let on = on();
    let all = (0..600).map(|n| {
        let text = format!("spam {n}");
        people.reply(
            Writer::Guest(&guest),
            Draft { on: &on, parent: None, text: &text },
            OPEN,
            NOON,
        )
    });
    assert_eq!(all.flatten().count(), 500);
}
