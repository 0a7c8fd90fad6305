//! Judging claims: one key, one decision, and a history that only grows.

use std::thread;

use crate::fixture::VISIT;
use crate::site::{Answer, Site, form, hidden, send, text};

pub(crate) fn desk() -> Site {
    Site::with(|settings| settings.reviewer = Some("A. Reader".to_owned()))
}

/// A reviewer with a session.
pub(crate) struct Reviewer<'s> {
    site: &'s Site,
    cookie: String,
    form: String,
}

impl<'s> Reviewer<'s> {
    pub(crate) fn at(site: &'s Site) -> Self {
        let page = site.get("/review?queue=confidence");
        assert_eq!(page.status, 200, "{}", page.body);
        let cookie = page.cookie().unwrap().to_owned();
        Self { site, cookie, form: hidden(&page.body, "form") }
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.site.send("GET", path, &[("cookie", &self.cookie)], "")
    }

    pub(crate) fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let own = [("form", self.form.as_str())];
        let body = form(&[&own, fields].concat());
        self.site.send("POST", path, &[("cookie", &self.cookie)], &body)
    }
}

#[test]
fn one_decision_leads_to_the_next_claim() {
    let site = desk();
    let reviewer = Reviewer::at(&site);
    let page = reviewer.get("/review?queue=confidence").body;
    assert!(page.contains("src=\"/desk.js\"") && page.contains("data-key=\"a\""));
    let first = hidden(&page, "claim");
    let answer = reviewer.post(
        "/review",
        &[
            ("verb", "accept"),
            ("claim", &first),
            ("queue", "confidence"),
            ("reason", "read it <b>twice</b>"),
        ],
    );
    assert_eq!(answer.status, 303, "{}", answer.body);
    let to = answer.field("location").unwrap().to_owned();
    assert!(to.starts_with("/review?queue=confidence&done="), "{to}");
    let page = reviewer.get(&to).body;
    assert_ne!(hidden(&page, "claim"), first, "the next one");
    assert!(page.contains("read it &lt;b&gt;twice&lt;/b&gt;") && page.contains("data-key=\"u\""));
    let undo = hidden(&page, "undo");
    let answer =
        reviewer.post("/review", &[("verb", "undo"), ("undo", &undo), ("queue", "confidence")]);
    assert_eq!(answer.status, 303, "{}", answer.body);
    assert_eq!(
        hidden(&reviewer.get("/review?queue=confidence").body, "claim"),
        first,
        "it is back"
    );
    let skipped = reviewer.get("/review?queue=confidence&skip=1").body;
    assert_ne!(hidden(&skipped, "claim"), first);
    let history = site.get("/decisions.json").json();
    assert_eq!(history["total"], 2);
    assert_eq!(history["decisions"][0]["verb"], "undone");
    assert_eq!(history["decisions"][1]["author"], "A. Reader");
    assert!(site.get("/decisions.csv").body.contains("accepted"));
}

#[test]
fn corrections_and_rejections_change_what_stands() {
    let site = desk();
    let reviewer = Reviewer::at(&site);
    let line = "JPN -> VNM  flow.aid  USD 1.7e6  2015  !pledged";
    let answer = reviewer.post(
        "/review",
        &[("verb", "correct"), ("claim", "visit-03"), ("line", line), ("reason", "see the wires")],
    );
    assert_eq!(answer.status, 303, "{}", answer.body);
    assert_eq!(answer.field("location"), Some("/claims/visit-03"));
    let claim = site.get("/claims/visit-03.json").json();
    assert_eq!(claim["claim"]["amount"]["value"], 1.7e6);
    assert_eq!(claim["decisions"][0]["reason"], "see the wires");
    assert!(text(&site.page("/claims/visit-03")).contains("What people decided"));
    let answer = reviewer.post("/review", &[("verb", "reject"), ("claim", "visit-06")]);
    assert_eq!(answer.status, 303);
    assert_eq!(site.get("/claims/visit-06").status, 404);
    assert_eq!(site.get("/index.json").json()["counts"]["claims"], 7, "counted anew");
    for (fields, status) in [
        (vec![("verb", "reject"), ("claim", "visit-06")], 409),
        (vec![("verb", "accept"), ("claim", "none")], 409),
        (vec![("verb", "correct"), ("claim", "visit-01"), ("line", "nonsense")], 400),
        (vec![("verb", "comment"), ("claim", "visit-01")], 400),
        (vec![("verb", "praise"), ("claim", "visit-01")], 400),
        (vec![("verb", "undo"), ("undo", "999")], 400),
        (vec![("verb", "undo")], 400),
    ] {
        let answer = reviewer.post("/review", &fields);
        assert_eq!(answer.status, status, "{fields:?}: {}", text(&answer.body));
    }
}

#[test]
fn a_claim_that_was_missed_is_added_by_its_words() {
    let site = desk();
    let reviewer = Reviewer::at(&site);
    let page = reviewer.get("/documents/visit").body;
    assert!(page.contains("data-text") && page.contains("Add a claim that was missed"), "{page}");
    let words = "met the prime minister";
    let start = VISIT[..VISIT.find(words).unwrap()].chars().count();
    let (from, to) = (start.to_string(), (start + words.chars().count()).to_string());
    let line = "VNM/PTY -> JPN  CONSULT.meet  2015-09-15";
    let answer = reviewer.post(
        "/documents/visit/claims",
        &[("start", &from), ("end", &to), ("line", line), ("reason", "missed")],
    );
    assert_eq!(answer.status, 303, "{}", text(&answer.body));
    assert_eq!(answer.field("location"), Some("/documents/visit#card-visit-h1"));
    let claim = site.get("/claims/visit-h1.json").json();
    assert_eq!(claim["claim"]["evidence"]["text"], words);
    assert_eq!(claim["claim"]["rule"], "by-hand");
    assert!(text(&site.page("/documents/visit")).contains("written by a person"));
    for (start, end, line) in
        [("x", "3", line), ("3", "3", line), ("0", "99999", line), ("0", "3", "no line")]
    {
        let answer = reviewer
            .post("/documents/visit/claims", &[("start", start), ("end", end), ("line", line)]);
        assert_eq!(answer.status, 400, "{start} {end} {line}");
    }
    assert_eq!(
        reviewer
            .post("/documents/none/claims", &[("start", "0"), ("end", "1"), ("line", line)])
            .status,
        404
    );
}

#[test]
fn queues_are_kept_apart() {
    let site = desk();
    let reviewer = Reviewer::at(&site);
    let claim = |path: &str| hidden(&reviewer.get(path).body, "claim");
    let disputed = claim("/review?queue=contradiction");
    assert!(["visit-03", "wire-01"].contains(&disputed.as_str()), "{disputed}");
    assert_eq!(claim("/review?claim=visit-05"), "visit-05");
    assert_eq!(claim("/review?doc=wire"), "wire-01");
    let audit = reviewer.get("/review?queue=audit").body;
    assert!(text(&audit).contains("What the audit says so far"), "{audit}");
    let told = site.get("/review.json?queue=audit").json();
    assert_eq!(told["waiting"], 8);
    assert_eq!(told["audit"].as_array().unwrap().len(), 3);
    let influence =
        "/review?queue=influence&who=VNM&rivals=JPN,CHN&at=2015-09-20&covered=assistance%3DJPN,CHN";
    assert!(!claim(influence).is_empty());
    assert!(
        text(&reviewer.get("/review?queue=influence").body).contains("Name a state and two rivals")
    );
    assert_eq!(site.get("/review?queue=none").status, 400);
    assert_eq!(site.get("/review?claim=none").status, 404);
    assert_eq!(Site::new().get("/review").status, 404, "where nobody reviews");
}

#[test]
fn nobody_overwrites_what_another_decided() {
    let site = desk();
    let reviewer = Reviewer::at(&site);
    let judge =
        || reviewer.post("/review", &[("verb", "accept"), ("claim", "visit-01"), ("seen", "0")]);
    assert_eq!(judge().status, 303);
    let late = judge();
    assert_eq!(late.status, 409);
    assert!(text(&late.body).contains("accepted by A. Reader"), "{}", text(&late.body));
}

#[test]
fn fifty_reviewers_at_once_lose_nothing() {
    let site = desk();
    let (address, reviewer) = (site.address(), Reviewer::at(&site));
    let own = [("form", reviewer.form.as_str()), ("verb", "comment"), ("claim", "visit-01")];
    let all: Vec<_> = (0..50)
        .map(|n| {
            let (cookie, reason) = (reviewer.cookie.clone(), format!("reviewer {n}"));
            let body = form(&[&own[..], &[("reason", reason.as_str())]].concat());
            thread::spawn(move || {
                send(address, "POST", "/review", &[("cookie", &cookie)], &body).status
            })
        })
        .collect();
    for answer in all {
        assert_eq!(answer.join().unwrap(), 303);
    }
    let kept = site.ledger().decisions_on("visit-01").unwrap();
    let mut reasons: Vec<String> = kept.into_iter().filter_map(|it| it.reason).collect();
    reasons.sort();
    reasons.dedup();
    assert_eq!(reasons.len(), 50);
    let verdicts: Vec<_> = (0..20)
        .map(|_| {
            let cookie = reviewer.cookie.clone();
            let body = form(&[
                ("form", &reviewer.form),
                ("verb", "reject"),
                ("claim", "visit-02"),
                ("seen", "0"),
            ]);
            thread::spawn(move || {
                send(address, "POST", "/review", &[("cookie", &cookie)], &body).status
            })
        })
        .collect();
    let answers: Vec<u16> = verdicts.into_iter().map(|it| it.join().unwrap()).collect();
    assert_eq!(answers.iter().filter(|it| **it == 303).count(), 1, "{answers:?}");
    assert_eq!(answers.iter().filter(|it| **it == 409).count(), 19, "{answers:?}");
}

#[test]
fn a_second_reader_is_not_told_what_the_first_decided() {
    let site = desk();
    let mut ledger = site.ledger();
    let decide = |ledger: &mut hedgerow_ledger::Ledger, verb| {
        let author = "B. Other".to_owned();
        let added = None;
        ledger
            .decide(&hedgerow_ledger::Decision {
                verb,
                author,
                reason: Some("a secret reason".to_owned()),
                added,
            })
            .unwrap();
    };
    decide(&mut ledger, hedgerow_ledger::Verb::Accept("visit-01".to_owned()));
    decide(&mut ledger, hedgerow_ledger::Verb::Reject("visit-06".to_owned()));
    let reviewer = Reviewer::at(&site);
    for _ in 0..2 {
        let page = reviewer.get("/review?queue=second").body;
        assert!(!page.contains("a secret reason") && !page.contains("Decided before"), "{page}");
        let claim = hidden(&page, "claim");
        let seen = hidden(&page, "seen");
        let verb = if claim == "visit-06" { "accept" } else { "reject" };
        let answer = reviewer.post(
            "/review",
            &[("verb", verb), ("claim", &claim), ("queue", "second"), ("seen", &seen)],
        );
        assert_eq!(answer.status, 303, "{}", text(&answer.body));
    }
    let told = site.get("/review.json?queue=second").json();
    assert_eq!((&told["waiting"], &told["agreement"]["claims"]), (&0.into(), &2.into()));
    assert_eq!(told["agreement"]["pairs"][0]["agreed"], 0);
    assert_eq!(told["agreement"]["pairs"][0]["kappa"], -1.0);
    assert_eq!(site.get("/claims/visit-06").status, 404, "it stays rejected");
    assert!(text(&reviewer.get("/review?queue=second").body).contains("How far reviewers agree"));
}
