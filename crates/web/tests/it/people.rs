//! Accounts, replies and briefs as a browser meets them.

use std::path::Path;

use hedgerow_people::{Account, Identity, People, Role, Settings};
use hedgerow_web::Accounts;
use serde_json::json;

use crate::site::{Answer, Site, form, hidden, text};
use crate::stage::{Play, Stage};

/// A site with accounts, and the stage on which its providers are played.
pub(crate) struct Desk {
    pub(crate) site: Site,
    pub(crate) stage: Stage,
    base: &'static str,
}

impl Desk {
    pub(crate) fn new() -> Self {
        // The address is only known once the site listens; redirects are followed by hand, so that any will do.
        Self::at("http://127.0.0.1:9")
    }

    /// The same, called by another name.
    pub(crate) fn at(base: &'static str) -> Self {
        let stage = Stage::new(jiff::Timestamp::now().as_second());
        let text = format!("moderation = \"guests\"\n{}", stage.settings(base));
        let settings = Settings::parse(&text, Path::new("."), |_| None).unwrap();
        let site = Site::with(|it| {
            let file = hedgerow_people::beside(&it.ledger);
            it.accounts = Some(Accounts { file, settings });
        });
        Self { site, stage, base }
    }

    pub(crate) fn people(&self) -> People {
        People::open_existing(hedgerow_people::beside(&self.site.path())).unwrap()
    }

    /// Somebody who has signed in with `provider`.
    pub(crate) fn signed_in(&self, provider: &str) -> Browser<'_> {
        let mut browser = Browser::new(self);
        let answer = browser.sign_in(provider, "/account");
        assert_eq!(
            (answer.status, answer.field("location")),
            (303, Some("/account")),
            "{}",
            answer.body
        );
        browser
    }

    /// A browser in which somebody of that role is signed in.
    pub(crate) fn somebody(&self, subject: &str, role: Role) -> Browser<'_> {
        let mut people = self.people();
        let name = format!("Name of {subject}");
        people.add_local(subject, &name, "correct horse battery", role, 0).unwrap();
        let mut browser = Browser::new(self);
        let answer = browser.local(subject, "correct horse battery");
        assert_eq!(answer.status, 303, "{}", answer.body);
        browser
    }

    pub(crate) fn account(&self, issuer: &str, subject: &str) -> Option<Account> {
        self.people().account_of(issuer, subject).unwrap()
    }
}

/// A browser with its cookies.
pub(crate) struct Browser<'d> {
    desk: &'d Desk,
    pub(crate) cookies: Vec<(String, String)>,
}

impl<'d> Browser<'d> {
    pub(crate) const fn new(desk: &'d Desk) -> Self {
        Self { desk, cookies: Vec::new() }
    }

    fn ask(&mut self, method: &str, path: &str, more: &[(&str, &str)], body: &str) -> Answer {
        let cookie: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let cookie = cookie.join("; ");
        let mut fields = more.to_vec();
        if !cookie.is_empty() {
            fields.push(("cookie", &cookie));
        }
        let answer = self.desk.site.send(method, path, &fields, body);
        for line in answer.raw.lines() {
            let Some((name, value)) =
                line.split_once(": ").filter(|it| it.0.eq_ignore_ascii_case("set-cookie"))
            else {
                continue;
            };
            let _ = name;
            let (name, value) = value.split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.retain(|it| it.0 != name);
            if !value.is_empty() {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
        answer
    }

    pub(crate) fn get(&mut self, path: &str) -> Answer {
        self.ask("GET", path, &[], "")
    }

    pub(crate) fn get_with(&mut self, path: &str, more: &[(&str, &str)]) -> Answer {
        self.ask("GET", path, more, "")
    }

    /// Sends the form of a page.
    pub(crate) fn send(&mut self, page: &str, to: &str, fields: &[(&str, &str)]) -> Answer {
        let token = hidden(&self.get(page).body, "form");
        self.post(to, &token, fields)
    }

    pub(crate) fn post(&mut self, to: &str, token: &str, fields: &[(&str, &str)]) -> Answer {
        let own = [("form", token)];
        let body = form(&[&own, fields].concat());
        self.ask("POST", to, &[], &body)
    }

    /// Goes to a provider and comes back: the answer to coming back.
    pub(crate) fn sign_in(&mut self, provider: &str, back: &str) -> Answer {
        let back = self.away(provider, back);
        self.get(&back)
    }

    /// Goes to a provider: the address at which the browser would come back.
    pub(crate) fn away(&mut self, provider: &str, back: &str) -> String {
        let answer = self.get(&format!("/login/{provider}?back={}", back.replace('/', "%2F")));
        assert_eq!(answer.status, 303, "{}", answer.body);
        let to = answer
            .raw
            .lines()
            .find_map(|it| it.strip_prefix("location: ").or_else(|| it.strip_prefix("Location: ")))
            .unwrap();
        let back = self.desk.stage.visit(to.trim());
        back.strip_prefix(self.desk.base).unwrap().to_owned()
    }

    pub(crate) fn local(&mut self, login: &str, password: &str) -> Answer {
        self.send(
            "/login",
            "/login",
            &[("login", login), ("password", password), ("back", "/account")],
        )
    }

    /// Writes a brief and publishes it: its address.
    pub(crate) fn publish(&mut self, title: &str, words: &str) -> String {
        let fields = [("title", title), ("text", words)];
        let sent = self.send("/briefs/new", "/briefs/new", &fields);
        let edit = sent.field("location").unwrap().to_owned();
        let fields = [("verb", "publish"), ("title", title), ("text", words), ("seen", "1")];
        let sent = self.send(&edit, &edit, &fields);
        assert_eq!(sent.status, 303, "{}", sent.body);
        edit.strip_suffix("/edit").unwrap().to_owned()
    }

    pub(crate) fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.iter().find(|it| it.0 == name).map(|it| it.1.as_str())
    }
}

const FACT: &str = "/replies/fact:visit-02";

#[test]
fn somebody_signs_in_replies_changes_removes_and_leaves() {
    let desk = Desk::new();
    let mut ann = desk.signed_in("uni");
    let page = ann.get("/account").body;
    assert!(
        page.contains("Ann Lee") && page.contains("University") && page.contains("commenter"),
        "{page}"
    );
    let token = hidden(&ann.get(FACT).body, "form");
    let sent = ann.post(FACT, &token, &[("text", "The wires say *200 million yen*.")]);
    assert_eq!(sent.status, 303, "{}", sent.body);
    let to = sent.field("location").unwrap().to_owned();
    assert!(to.contains("done=shown#reply-1"), "{to}");
    let page = desk.site.page("/facts/visit-02");
    assert!(
        page.contains("The wires say <em>200 million yen</em>.") && page.contains("Ann Lee"),
        "{page}"
    );
    assert!(page.contains("href=\"/replies/fact:"), "{page}");
    // An answer, and a change.
    let mut x = desk.signed_in("x");
    assert_eq!(x.send(FACT, FACT, &[("text", "Which wires?"), ("to", "1")]).status, 303);
    assert_eq!(
        ann.send(FACT, "/reply/1", &[("verb", "edit"), ("text", "Two wires say so.")]).status,
        303
    );
    let page = text(&desk.site.page("/facts/visit-02"));
    assert!(
        page.contains("Two wires say so.")
            && page.contains("changed")
            && page.contains("answers Ann Lee"),
        "{page}"
    );
    assert_eq!(x.send(FACT, "/reply/1", &[("verb", "remove")]).status, 403, "somebody else's");
    assert_eq!(ann.send(FACT, "/reply/1", &[("verb", "remove")]).status, 303);
    let page = text(&desk.site.page("/facts/visit-02"));
    assert!(
        !page.contains("Two wires")
            && page.contains("was removed")
            && page.contains("Which wires?"),
        "{page}"
    );
    // And out.
    let session = ann.cookie("hedgerow_session").unwrap().to_owned();
    assert_eq!(ann.send("/account", "/logout", &[]).status, 303);
    assert_eq!(ann.cookie("hedgerow_session"), None);
    ann.cookies.push(("hedgerow_session".to_owned(), session));
    assert_eq!(
        ann.get("/account").status,
        303,
        "the session has ended here, whatever the browser says"
    );
}

#[test]
fn every_provider_leads_to_an_account_of_its_own() {
    let desk = Desk::new();
    for (provider, issuer, subject, name) in [
        ("x", "https://x.com", "2244994945", "Ann on X"),
        ("facebook", "https://www.facebook.com", "10158", "Ann on Facebook"),
        ("wordpress", "https://public-api.wordpress.com", "17", "Ann writes"),
    ] {
        let mut browser = desk.signed_in(provider);
        assert!(browser.get("/account").body.contains(name));
        assert_eq!(desk.account(issuer, subject).unwrap().name, name);
    }
    // All of them, and the university, say the same address: four accounts.
    desk.signed_in("uni");
    assert_eq!(desk.people().accounts().unwrap().len(), 4);
    desk.stage.play(Play {
        person: json!({ "name": "<script>alert(1)</script>", "id": "99" }),
        ..Play::default()
    });
    let mut browser = desk.signed_in("facebook");
    assert!(!browser.get("/account").body.contains("<script>alert"));
}

#[test]
fn who_is_refused_is_told_why_and_is_nobody() {
    let desk = Desk::new();
    let mut browser = Browser::new(&desk);
    desk.stage.play(Play { refuses: true, ..Play::default() });
    let answer = browser.sign_in("uni", "/");
    assert_eq!(answer.status, 403);
    assert!(text(&answer.body).contains("did not allow it"), "{}", answer.body);
    desk.stage.play(Play { forged: true, ..Play::default() });
    let answer = browser.sign_in("uni", "/");
    assert_eq!(answer.status, 502, "{}", answer.body);
    assert!(browser.cookies.is_empty(), "{:?}", browser.cookies);
    assert_eq!(browser.get("/login/nobody").status, 404);
    assert_eq!(desk.people().accounts().unwrap(), []);
}

#[test]
fn a_reviewer_with_an_account_judges_under_her_own_name() {
    let desk = Desk::new();
    let mut commenter = desk.somebody("carl", Role::Commenter);
    let page = commenter.get("/review?queue=confidence");
    assert_eq!(page.status, 200);
    assert!(!page.body.contains("name=\"verb\""), "whoever only comments judges nothing");
    let token = hidden(&commenter.get("/account").body, "form");
    let refused = commenter.post("/review", &token, &[("verb", "accept"), ("claim", "visit-01")]);
    assert_eq!(refused.status, 403, "{}", refused.body);
    let mut ann = desk.somebody("ann", Role::Reviewer);
    let mut bob = desk.somebody("bob", Role::Reviewer);
    for browser in [&mut ann, &mut bob] {
        let done = browser.send(
            "/review?queue=confidence",
            "/review",
            &[("verb", "accept"), ("claim", "visit-01")],
        );
        assert_eq!(done.status, 303, "{}", done.body);
    }
    let history = desk.site.get("/decisions.json").json();
    let authors: Vec<&str> = history["decisions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["author"].as_str().unwrap())
        .collect();
    assert_eq!(authors, ["Name of bob", "Name of ann"]);
    // Another's token is of no use.
    let token = hidden(&bob.get("/account").body, "form");
    assert_eq!(
        ann.post("/review", &token, &[("verb", "accept"), ("claim", "visit-01")]).status,
        403
    );
    // Who is no reviewer any more is none at once.
    let id = desk.account("local", "ann").unwrap().id;
    let token = hidden(&ann.get("/account").body, "form");
    desk.people().grant(id, Role::Commenter, None).unwrap();
    assert_eq!(
        ann.post("/review", &token, &[("verb", "accept"), ("claim", "visit-01")]).status,
        403
    );
}

#[test]
fn moderators_see_what_waits_and_nobody_else_does() {
    let desk = Desk::new();
    let mut guest = Browser::new(&desk);
    let fields = [("text", "I was **there**."), ("name", "Gast"), ("email", "gast@secret.example")];
    let sent = guest.send(FACT, FACT, &fields);
    assert_eq!(sent.status, 303, "{}", sent.body);
    assert!(sent.field("location").unwrap().ends_with("done=waiting"));
    assert!(!desk.site.page("/facts/visit-02").contains("I was"));
    let mut ann = desk.somebody("ann", Role::Reviewer);
    assert_eq!(ann.get("/moderate").status, 403);
    assert_eq!(guest.get("/moderate").status, 403);
    let mut admin = desk.somebody("boss", Role::Admin);
    let queue = admin.get("/moderate").body;
    assert!(queue.contains("I was <strong>there</strong>.") && queue.contains("Gast"), "{queue}");
    let token = hidden(&ann.get("/account").body, "form");
    assert_eq!(ann.post("/moderate", &token, &[("reply", "1"), ("verb", "show")]).status, 403);
    assert_eq!(
        admin.send("/moderate", "/moderate", &[("reply", "1"), ("verb", "show")]).status,
        303
    );
    let page = desk.site.page("/facts/visit-02");
    assert!(page.contains("I was <strong>there</strong>.") && text(&page).contains("(guest)"));
    assert_eq!(
        admin
            .send(
                "/moderate",
                "/moderate",
                &[("reply", "1"), ("verb", "hide"), ("reason", "off topic")]
            )
            .status,
        303
    );
    assert!(!desk.site.page("/facts/visit-02").contains("I was"));
    assert!(admin.get("/moderate").body.contains("off topic"));
}

#[test]
fn there_are_replies_on_everything_and_feeds_of_them() {
    let desk = Desk::new();
    let mut ann = desk.signed_in("x");
    for (page, on) in [
        ("/facts/visit-02", "fact:visit-02"),
        ("/claims/visit-02", "claim:visit-02"),
        ("/documents/visit", "article:visit"),
        ("/dyads/JPN/VNM", "dyad:VNM%2FJPN"),
    ] {
        let to = format!("/replies/{on}");
        assert_eq!(ann.send(&to, &to, &[("text", &format!("On {page} <b>&"))]).status, 303, "{on}");
        let shown = desk.site.page(page);
        assert!(shown.contains(&format!("On {page} &lt;b&gt;&amp;")), "{page}: {shown}");
        let feed = desk.site.get(&format!("{to}.atom"));
        assert!(feed.head.contains("application/atom+xml"), "{}", feed.head);
        assert!(
            feed.body.contains(&format!("On {page}")) && !feed.body.contains("<b>"),
            "{}",
            feed.body
        );
        let data = desk.site.get(&format!("{to}.json")).json();
        assert_eq!(data["replies"][0]["text"], format!("On {page} <b>&"));
    }
    assert_eq!(desk.site.page("/replies.atom").matches("<entry>").count(), 4);
    // The pair in the other order is the same pair.
    assert!(desk.site.page("/dyads/VNM/JPN").contains("On /dyads/JPN/VNM"));
    for nothing in
        ["fact:none", "claim:none", "article:none", "dyad:XXX%2FYYY", "brief:1", "page:1", "fact:"]
    {
        assert_eq!(desk.site.get(&format!("/replies/{nothing}")).status, 404, "{nothing}");
    }
}

#[test]
fn a_brief_is_written_published_and_knows_when_its_evidence_changes() {
    let desk = Desk::new();
    let mut ann = desk.somebody("ann", Role::Reviewer);
    let words = "# Ships\n\nJapan pledged much.[^fact:visit-02] <script>alert(1)</script>";
    let sent =
        ann.send("/briefs/new", "/briefs/new", &[("title", "Ships for Hanoi"), ("text", words)]);
    assert_eq!(
        (sent.status, sent.field("location")),
        (303, Some("/briefs/1/edit")),
        "{}",
        sent.body
    );
    assert_eq!(desk.site.get("/briefs/1").status, 404, "a draft is nobody else's");
    assert_eq!(Browser::new(&desk).get("/briefs/1/edit").status, 403);
    assert_eq!(desk.somebody("bob", Role::Reviewer).get("/briefs/1/edit").status, 404);
    let broken =
        [("verb", "publish"), ("title", "Ships"), ("text", "x[^fact:none]"), ("seen", "1")];
    assert_eq!(
        ann.send("/briefs/1/edit", "/briefs/1/edit", &broken).status,
        400,
        "a footnote must lead somewhere"
    );
    let fine = [("verb", "publish"), ("title", "Ships for Hanoi"), ("text", words), ("seen", "2")];
    let sent = ann.send("/briefs/1/edit", "/briefs/1/edit", &fine);
    assert_eq!((sent.status, sent.field("location")), (303, Some("/briefs/1")), "{}", sent.body);
    let page = desk.site.page("/briefs/1");
    assert!(
        page.contains("<h2>Ships</h2>")
            && page.contains("href=\"#note-1\"")
            && page.contains("/facts/visit-02"),
        "{page}"
    );
    assert!(!page.contains("<script") && !page.contains("has changed since"), "{page}");
    assert!(
        desk.site.page("/briefs").contains("Ships for Hanoi")
            && desk.site.page("/briefs.atom").contains("Ships for Hanoi")
    );
    // The ledger moves on; the brief says so.
    let refuted = [("verb", "reject"), ("claim", "visit-02"), ("reason", "a slip")];
    assert_eq!(ann.send("/review", "/review", &refuted).status, 303);
    let page = desk.site.page("/briefs/1");
    assert!(page.contains("has changed since") || page.contains("There is no fact"), "{page}");
    let data = desk.site.get("/briefs/1.json").json();
    assert_ne!(data["facts"][0]["now"], data["facts"][0]["then"], "{data}");
    // Somebody else's revision is not overwritten.
    let late = [("verb", "save"), ("title", "T"), ("text", "x"), ("seen", "1")];
    assert_eq!(ann.send("/briefs/1/edit", "/briefs/1/edit", &late).status, 409);
    let gone = [("verb", "withdraw"), ("reason", "the figure was wrong")];
    assert_eq!(ann.send("/briefs/1/edit", "/briefs/1/edit", &gone).status, 303);
    let page = desk.site.page("/briefs/1");
    assert!(
        page.contains("was withdrawn")
            && page.contains("the figure was wrong")
            && !page.contains("pledged much"),
        "{page}"
    );
}

#[test]
fn without_accounts_there_is_nothing_of_the_kind() {
    let site = Site::new();
    for path in [
        "/login",
        "/account",
        "/replies/fact:visit-02",
        "/replies.atom",
        "/briefs",
        "/moderate",
        "/login/x",
        "/callback/x",
    ] {
        let answer = site.get(path);
        assert!([303, 404].contains(&answer.status), "{path}: {}", answer.status);
        assert_eq!(answer.cookie(), None, "{path}");
    }
    assert!(!site.page("/facts/visit-02").contains("Leave a reply"));
}

#[test]
fn an_account_is_changed_and_erased_by_whose_it_is() {
    let desk = Desk::new();
    let mut ann = desk.somebody("ann", Role::Reviewer);
    assert_eq!(ann.send(FACT, FACT, &[("text", "Unforgettable")]).status, 303);
    assert_eq!(
        ann.send("/review", "/review", &[("verb", "accept"), ("claim", "visit-01")]).status,
        303
    );
    assert_eq!(
        ann.send("/account", "/account", &[("verb", "rename"), ("name", "Ann \u{202e}Lee")]).status,
        303
    );
    assert!(desk.site.page("/facts/visit-02").contains("Ann Lee"));
    let other = [("verb", "password"), ("before", "wrong"), ("password", "another long password")];
    assert_eq!(ann.send("/account", "/account", &other).status, 400);
    let before = ann.cookie("hedgerow_session").unwrap().to_owned();
    let right = [
        ("verb", "password"),
        ("before", "correct horse battery"),
        ("password", "another long password"),
    ];
    assert_eq!(ann.send("/account", "/account", &right).status, 303);
    assert_ne!(ann.cookie("hedgerow_session"), Some(&*before), "a session begins anew");
    assert_eq!(ann.get("/account").status, 200);
    assert_eq!(
        ann.send("/account", "/account", &[("verb", "erase")]).status,
        400,
        "only when sure"
    );
    assert_eq!(ann.send("/account", "/account", &[("verb", "erase"), ("sure", "yes")]).status, 303);
    assert_eq!(ann.get("/account").status, 303);
    assert!(!desk.site.page("/facts/visit-02").contains("Unforgettable"));
    let history = desk.site.get("/decisions.json").json();
    assert_eq!(history["decisions"][0]["author"], "Name of ann", "the record of decisions stays");
    let who = Identity { issuer: "local".to_owned(), subject: "ann".to_owned(), name: None };
    assert_eq!(desk.account(&who.issuer, &who.subject), None);
}
