//! What must not happen at the doors: each test is named in `docs/security.md`.

use crate::people::{Browser, Desk};
use crate::site::{hidden, text};
use hedgerow_people::Role;

const FACT: &str = "/replies/fact:visit-02";

#[test]
fn a_sign_in_begun_elsewhere_signs_nobody_in() {
    let desk = Desk::new();
    // An attacker goes to the provider and keeps the way back for a victim.
    let mut attacker = Browser::new(&desk);
    let back = attacker.away("uni", "/");
    let mut victim = Browser::new(&desk);
    let answer = victim.get(&back);
    assert_eq!(answer.status, 403, "{}", answer.body);
    assert_eq!(victim.cookie("hedgerow_session"), None);
    // Nor does it help that the victim has begun a sign-in of her own.
    victim.away("uni", "/");
    assert_eq!(victim.get(&back).status, 403);
    assert_eq!(victim.cookie("hedgerow_session"), None);
    // The attempt was used up by that; the attacker's own way back is good once.
    assert_eq!(attacker.get(&back).status, 303);
    assert_eq!(attacker.get(&back).status, 403);
    // What was begun with one provider does not end with another.
    let mut browser = Browser::new(&desk);
    let back = browser.away("uni", "/").replace("/callback/uni", "/callback/x");
    assert_eq!(browser.get(&back).status, 403);
    assert_eq!(desk.people().accounts().unwrap().len(), 1);
}

#[test]
fn another_site_sends_nobody_to_a_provider() {
    let desk = Desk::new();
    let mut browser = Browser::new(&desk);
    for site in ["cross-site", "same-site"] {
        let answer =
            browser.get_with("/login/uni?back=%2Ffacts%2Fvisit-02", &[("sec-fetch-site", site)]);
        assert_eq!(answer.field("location"), Some("/login?back=%2ffacts%2fvisit-02"), "{site}");
        assert_eq!(browser.cookie("hedgerow_attempt"), None);
    }
}

#[test]
fn nobody_is_sent_elsewhere_after_signing_in() {
    let desk = Desk::new();
    for evil in ["https:%2F%2Fevil.example", "%2F%2Fevil.example", "%2F%5Cevil.example", "%2Flogin"]
    {
        let mut browser = Browser::new(&desk);
        let answer = browser.sign_in("uni", evil);
        assert_eq!((answer.status, answer.field("location")), (303, Some("/")), "{evil}");
        assert!(
            !browser.get(&format!("/login?back={evil}")).body.contains("evil.example"),
            "{evil}"
        );
    }
}

#[test]
fn a_session_begins_anew_at_every_sign_in() {
    let desk = Desk::new();
    let mut browser = Browser::new(&desk);
    // A session that somebody planted is none.
    browser.cookies.push(("hedgerow_session".to_owned(), "A".repeat(43)));
    assert_eq!(browser.get("/account").status, 303);
    browser.sign_in("uni", "/");
    let first = browser.cookie("hedgerow_session").unwrap().to_owned();
    assert_ne!(first, "A".repeat(43));
    browser.sign_in("x", "/");
    let second = browser.cookie("hedgerow_session").unwrap().to_owned();
    assert_ne!(first, second);
    assert!(browser.get("/account").body.contains("Ann on X"));
    let mut old = Browser::new(&desk);
    old.cookies.push(("hedgerow_session".to_owned(), first));
    assert_eq!(old.get("/account").status, 303, "the earlier one has ended");
    // So it is with a change of role.
    let id = desk.account("https://x.com", "2244994945").unwrap().id;
    desk.people().grant(id, Role::Admin, None).unwrap();
    assert_eq!(browser.get("/account").status, 303);
}

#[test]
fn cookies_are_out_of_reach() {
    let desk = Desk::new();
    let mut browser = Browser::new(&desk);
    let answer = browser.sign_in("uni", "/");
    let lines: Vec<&str> =
        answer.head.lines().filter(|it| it.starts_with("set-cookie: ")).collect();
    assert!(lines.iter().any(|it| it.contains("hedgerow_session=")), "{lines:?}");
    for line in lines {
        assert!(
            line.contains("; httponly; samesite=lax")
                && line.contains("path=/")
                && !line.contains("domain"),
            "{line}"
        );
    }
    assert!(answer.head.contains("cache-control: no-store"), "{}", answer.head);
}

#[test]
fn with_tls_cookies_are_kept_to_it() {
    let desk = Desk::at("https://desk.example");
    let mut browser = Browser::new(&desk);
    let forms = browser.get("/login");
    let signed_in = browser.sign_in("uni", "/");
    for (answer, name) in [(forms, "__host-hedgerow-forms="), (signed_in, "__host-hedgerow=")] {
        let line = answer.head.lines().find(|it| it.contains(name)).unwrap();
        assert!(
            line.contains("; secure") && line.contains("path=/") && !line.contains("domain"),
            "{line}"
        );
    }
    assert!(browser.cookie("__Host-hedgerow").is_some());
    // A cookie that another site could have set is none.
    let secret = browser.cookie("__Host-hedgerow").unwrap().to_owned();
    browser.cookies = vec![("hedgerow_session".to_owned(), secret)];
    assert_eq!(browser.get("/account").status, 303);
    // And the name is one of ours.
    assert_eq!(desk.site.send("GET", "/", &[("host", "desk.example")], "").status, 200);
    assert_eq!(desk.site.send("GET", "/", &[("host", "evil.example")], "").status, 421);
}

#[test]
fn reading_sets_no_cookies_even_with_accounts() {
    let desk = Desk::new();
    for path in [
        "/",
        "/facts/visit-02",
        "/documents/visit",
        "/dyads/JPN/VNM",
        "/claims/visit-02",
        "/briefs",
        "/replies.atom",
    ] {
        assert_eq!(desk.site.get(path).cookie(), None, "{path}");
    }
}

#[test]
fn nothing_is_said_without_a_form_of_this_browser() {
    let desk = Desk::new();
    let mut ann = desk.signed_in("uni");
    let mut other = desk.signed_in("x");
    let (own, foreign) =
        (hidden(&ann.get(FACT).body, "form"), hidden(&other.get(FACT).body, "form"));
    assert_ne!(own, foreign);
    for (to, fields) in [
        (FACT, &[("text", "x")][..]),
        ("/account", &[("verb", "rename"), ("name", "Eve")]),
        ("/account", &[("verb", "erase"), ("sure", "yes")]),
        ("/logout", &[]),
        ("/moderate", &[("reply", "1"), ("verb", "show")]),
        ("/briefs/new", &[("title", "T"), ("text", "x")]),
        ("/reply/1", &[("verb", "remove")]),
    ] {
        for token in ["", "x", &foreign] {
            let answer = ann.post(to, token, fields);
            assert_eq!(answer.status, 403, "{to} {token}: {}", answer.body);
        }
        let cookies = ann.cookies.clone();
        let mut nobody = Browser::new(&desk);
        assert_eq!(nobody.post(to, &own, fields).status, 403, "{to} without a cookie");
        assert_eq!(ann.cookies, cookies);
    }
    // A guest's form is bound to her browser, too.
    let mut guest = Browser::new(&desk);
    let token = hidden(&guest.get(FACT).body, "form");
    let fields = [("text", "x"), ("name", "Gast"), ("email", "g@example.org")];
    assert_eq!(Browser::new(&desk).post(FACT, &token, &fields).status, 403);
    assert_eq!(guest.post(FACT, &token, &fields).status, 303);
    // And so is the form for a password.
    let mut eve = Browser::new(&desk);
    let token = hidden(&eve.get("/login").body, "form");
    assert_eq!(
        Browser::new(&desk).post("/login", &token, &[("login", "a"), ("password", "b")]).status,
        403
    );
}

#[test]
fn what_people_write_runs_nowhere() {
    let desk = Desk::new();
    let mut ann = desk.signed_in("uni");
    let evil = "<script>alert(1)</script><img src=x onerror=alert(2)> [a](javascript:alert(3)) ![p](https://evil.example/p.png) <svg onload=alert(4)> [b](https://x.example/\"onclick=\"alert(5))";
    assert_eq!(ann.send(FACT, FACT, &[("text", evil)]).status, 303);
    let name = "<img src=x onerror=alert(6)>";
    assert_eq!(ann.send("/account", "/account", &[("verb", "rename"), ("name", name)]).status, 303);
    for page in ["/facts/visit-02", FACT, "/replies/fact:visit-02.atom", "/replies.atom"] {
        let body = ann.get(page).body;
        assert!(body.contains("alert(1)"), "{page}");
        for bad in [
            "<script>alert",
            "<img",
            "<svg onload",
            "href=\"javascript",
            " onclick=\"",
            "src=\"https://evil",
        ] {
            assert!(!body.contains(bad), "{page}: {bad}");
        }
    }
    let sheet = desk.site.get("/replies/fact:visit-02.csv").body;
    assert!(sheet.starts_with("id,on,parent"), "{sheet}");
    assert_eq!(ann.send(FACT, FACT, &[("text", "=cmd|' /C calc'!A0")]).status, 303);
    assert!(desk.site.get("/replies/fact:visit-02.csv").body.contains("'=cmd"));
}

#[test]
fn a_guest_s_address_is_on_no_page() {
    let desk = Desk::new();
    let mut guest = Browser::new(&desk);
    let fields = [("text", "hello"), ("name", "Gast"), ("email", "gast@secret.example")];
    assert_eq!(guest.send(FACT, FACT, &fields).status, 303);
    let mut admin = desk.somebody("boss", Role::Admin);
    let look = |admin: &mut Browser<'_>| {
        for page in [
            "/moderate",
            FACT,
            "/facts/visit-02",
            "/replies/fact:visit-02.json",
            "/replies/fact:visit-02.csv",
            "/replies/fact:visit-02.atom",
            "/replies.atom",
            "/account",
        ] {
            assert!(!admin.get(page).body.contains("secret.example"), "{page}");
        }
    };
    look(&mut admin);
    assert_eq!(
        admin.send("/moderate", "/moderate", &[("reply", "1"), ("verb", "show")]).status,
        303
    );
    look(&mut admin);
    assert!(!guest.get(FACT).body.contains("secret.example"));
}

#[test]
fn doors_are_not_knocked_at_for_ever() {
    let desk = Desk::new();
    desk.people().add_local("ann", "Ann", "correct horse battery", Role::Commenter, 0).unwrap();
    let mut browser = Browser::new(&desk);
    let tries: Vec<u16> =
        (0..12).map(|n| browser.local("ann", &format!("wrong password {n}")).status).collect();
    assert_eq!(tries[..10], [403; 10]);
    assert_eq!(tries[10..], [429; 2]);
    assert_eq!(browser.local("ann", "correct horse battery").status, 429);
    // Whether there is such an account is not told.
    let desk = Desk::new();
    let unknown = Browser::new(&desk).local("nobody", "wrong password");
    assert!(text(&unknown.body).contains("no account of that name with that password"));
    // Guests, and the ways to providers.
    let mut guest = Browser::new(&desk);
    let said: Vec<u16> = (0..7)
        .map(|n| {
            let text = format!("number {n}");
            guest
                .send(FACT, FACT, &[("text", &text), ("name", "G"), ("email", "g@example.org")])
                .status
        })
        .collect();
    assert_eq!(said, [303, 303, 303, 303, 303, 429, 429]);
    let begun: Vec<u16> = (0..32).map(|_| browser_of(&desk).get("/login/x").status).collect();
    assert_eq!((begun[29], begun[30]), (303, 429));
}

fn browser_of(desk: &Desk) -> Browser<'_> {
    Browser::new(desk)
}

#[test]
fn somebody_else_s_words_and_drafts_are_not_touched() {
    let desk = Desk::new();
    let mut ann = desk.somebody("ann", Role::Reviewer);
    assert_eq!(ann.send(FACT, FACT, &[("text", "mine")]).status, 303);
    assert_eq!(
        ann.send("/briefs/new", "/briefs/new", &[("title", "T"), ("text", "x")]).status,
        303
    );
    let mut bob = desk.somebody("bob", Role::Reviewer);
    let token = hidden(&bob.get("/account").body, "form");
    assert_eq!(bob.post("/reply/1", &token, &[("verb", "edit"), ("text", "his")]).status, 403);
    assert_eq!(bob.post("/reply/1", &token, &[("verb", "remove")]).status, 403);
    assert_eq!(
        bob.post(
            "/briefs/1/edit",
            &token,
            &[("verb", "publish"), ("seen", "1"), ("title", "T"), ("text", "x")]
        )
        .status,
        403
    );
    assert_eq!(desk.site.get("/briefs/1").status, 404);
}
