//! What must not happen: each test is named in `docs/security.md`.

use crate::fixture::VISIT;
use crate::review::{Reviewer, desk};
use crate::site::{Site, form, hidden, text};

const PAGES: [&str; 14] = [
    "/",
    "/documents",
    "/documents/visit",
    "/actors/VNM",
    "/actors/VNM/hedge?rivals=JPN,CHN",
    "/dyads/VNM/JPN",
    "/facts/wire-01",
    "/claims/visit-01",
    "/measures/hedge.v1",
    "/codebook/AID",
    "/search?q=x",
    "/decisions",
    "/nowhere",
    "/style.css",
];

#[test]
fn every_answer_has_the_headers() {
    for site in [Site::new(), desk()] {
        for path in PAGES.iter().chain(&["/review", "/desk", "/documents.csv", "/api/openapi.json"])
        {
            let answer = site.get(path);
            let policy = answer.field("content-security-policy").unwrap();
            assert!(policy.starts_with("default-src 'none'; "), "{path}: {policy}");
            assert!(
                policy.contains("frame-ancestors 'none'")
                    && policy.contains("base-uri 'none'")
                    && policy.contains("form-action 'self'")
            );
            assert!(
                !policy.contains("unsafe") && !policy.contains("http") && !policy.contains('*'),
                "{path}: {policy}"
            );
            for (name, value) in [
                ("x-content-type-options", "nosniff"),
                ("x-frame-options", "deny"),
                ("referrer-policy", "same-origin"),
                ("cross-origin-opener-policy", "same-origin"),
                ("cross-origin-resource-policy", "same-origin"),
            ] {
                assert_eq!(answer.field(name), Some(value), "{path}");
            }
        }
    }
}

#[test]
fn scripts_run_only_where_something_is_judged() {
    let site = Site::new();
    for path in PAGES {
        let answer = site.get(path);
        assert!(!answer.field("content-security-policy").unwrap().contains("script-src"), "{path}");
        assert!(!answer.body.contains("<script"), "{path}");
    }
    let site = desk();
    for (path, scripted) in
        [("/review", true), ("/documents/visit", true), ("/actors/VNM", false), ("/", false)]
    {
        let answer = site.get(path);
        let policy = answer.field("content-security-policy").unwrap();
        assert_eq!(policy.contains("script-src 'self';"), scripted, "{path}");
        assert_eq!(answer.body.contains("<script"), scripted, "{path}");
        assert_eq!(
            answer.body.matches("<script").count(),
            answer.body.matches("<script src=\"/desk.js\" defer></script>").count()
        );
        assert!(!answer.body.contains(" style=\"") && !answer.body.contains(" onclick"), "{path}");
    }
}

#[test]
fn nothing_is_written_without_session_and_form_token() {
    let site = desk();
    let reviewer = Reviewer::at(&site);
    let page = site.get("/review");
    let (cookie, token) = (page.cookie().unwrap(), hidden(&page.body, "form"));
    let other = hidden(&site.get("/review").body, "form");
    let body = |token: &str| form(&[("form", token), ("verb", "accept"), ("claim", "visit-01")]);
    let refused: [(&[(&str, &str)], &str); 6] = [
        (&[], &token),
        (&[("cookie", cookie)], ""),
        (&[("cookie", cookie)], &other),
        (&[("cookie", "hedgerow_desk=x.y")], &token),
        (&[("cookie", cookie), ("origin", "http://evil.example")], &token),
        (&[("cookie", cookie), ("sec-fetch-site", "cross-site")], &token),
    ];
    for (fields, token) in refused {
        assert_eq!(site.send("POST", "/review", fields, &body(token)).status, 403, "{fields:?}");
        let missed = form(&[
            ("form", token),
            ("start", "0"),
            ("end", "5"),
            ("line", "VNM -> JPN  CONSULT.visit"),
        ]);
        assert_eq!(
            site.send("POST", "/documents/visit/claims", fields, &missed).status,
            403,
            "{fields:?}"
        );
    }
    assert_eq!(site.ledger().decision_count().unwrap(), 0);
    assert_eq!(reviewer.post("/review", &[("verb", "accept"), ("claim", "visit-01")]).status, 303);
    assert_eq!(site.ledger().decision_count().unwrap(), 1);
    let attributes = page.field("set-cookie").unwrap();
    assert!(
        attributes.contains("httponly") && attributes.contains("samesite=strict"),
        "{attributes}"
    );
}

#[test]
fn reading_alone_writes_nothing() {
    let site = Site::new();
    for path in ["/review", "/documents/visit/claims", "/desk"] {
        let answer = site.send(
            "POST",
            path,
            &[],
            &form(&[("verb", "accept"), ("claim", "visit-01"), ("token", "x")]),
        );
        assert!((400..500).contains(&answer.status), "{path}: {}", answer.status);
        assert_eq!(answer.cookie(), None, "{path}");
    }
    assert_eq!(site.ledger().decision_count().unwrap(), 0);
    assert!(site.get("/documents/visit").cookie().is_none(), "no cookies where nobody reviews");
}

#[test]
fn a_name_that_was_pointed_here_is_refused() {
    let site = desk();
    for path in ["/", "/documents/visit.json", "/review"] {
        assert_eq!(site.send("GET", path, &[("host", "evil.example")], "").status, 421, "{path}");
    }
    assert_eq!(site.send("GET", "/", &[("host", "localhost:1")], "").status, 200);
    let named = Site::with(|settings| settings.hosts.push("desk.example".to_owned()));
    assert_eq!(named.send("GET", "/", &[("host", "desk.example")], "").status, 200);
}

#[test]
fn behind_a_proxy_the_token_is_needed() {
    let site = desk();
    let page = site.send("GET", "/review", &[("x-forwarded-for", "192.0.2.1")], "");
    assert!(page.cookie().is_none() && text(&page.body).contains("say who you are"));
    let site = Site::with(|settings| {
        settings.reviewer = Some("A. Reader".to_owned());
        settings.token = Some("a token of some length".to_owned());
    });
    assert_eq!(site.get("/review").cookie(), None);
    assert_eq!(site.get("/documents/visit").cookie(), None);
    let wrong = site.send("POST", "/desk", &[], &form(&[("token", "another token")]));
    assert_eq!((wrong.status, wrong.cookie()), (403, None));
    let right = site.send("POST", "/desk", &[], &form(&[("token", "a token of some length")]));
    assert_eq!(right.status, 303);
    let cookie = right.cookie().unwrap();
    let page = site.send("GET", "/review", &[("cookie", cookie)], "");
    let token = hidden(&page.body, "form");
    let body = form(&[("form", &token), ("verb", "accept"), ("claim", "visit-01")]);
    assert_eq!(site.send("POST", "/review", &[("cookie", cookie)], &body).status, 303);
    let leave = site.send(
        "POST",
        "/desk",
        &[("cookie", cookie)],
        &form(&[("form", &token), ("leave", "yes")]),
    );
    assert!(leave.field("set-cookie").unwrap().contains("max-age=0"));
}

#[test]
fn what_reviewers_write_is_text() {
    let site = desk();
    let reviewer = Reviewer::at(&site);
    let evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";
    let answer =
        reviewer.post("/review", &[("verb", "comment"), ("claim", "visit-01"), ("reason", evil)]);
    assert_eq!(answer.status, 303);
    let line = "\"GRP:<img src=x onerror=alert(3)>\" -> JPN  stance+ \"<script>alert(4)</script>\"";
    let answer = reviewer.post(
        "/documents/visit/claims",
        &[("start", "0"), ("end", "5"), ("line", line), ("reason", evil)],
    );
    assert_eq!(answer.status, 303, "{}", text(&answer.body));
    for path in [
        "/decisions",
        "/claims/visit-01",
        "/claims/visit-h1",
        "/documents/visit",
        "/review?claim=visit-01",
        "/review?claim=visit-h1",
        "/actors",
        "/search?q=%3Cscript%3Ealert(1)",
    ] {
        let page = reviewer.get(path);
        assert_eq!(page.status, 200, "{path}");
        for wrong in ["<script>", "<img", "onerror=alert(2)>\"", "\"'>"] {
            assert!(!page.body.contains(wrong), "{path} has {wrong}");
        }
    }
}

#[test]
fn no_cell_of_a_table_is_a_formula() {
    let site = desk();
    let reviewer = Reviewer::at(&site);
    let evil = "=HYPERLINK(\"http://evil.example\",\"x\")";
    for reason in [evil, "+1+1", "@SUM(A1)", "-2+3"] {
        assert_eq!(
            reviewer
                .post("/review", &[("verb", "comment"), ("claim", "visit-01"), ("reason", reason)])
                .status,
            303
        );
    }
    let line = "\"GRP:=1+1\" -> JPN  CONSULT.visit";
    assert_eq!(
        reviewer
            .post("/documents/visit/claims", &[("start", "0"), ("end", "5"), ("line", line)])
            .status,
        303
    );
    let table = site.get("/decisions.csv").body;
    assert!(table.contains("\"'=HYPERLINK(\"\"http://evil.example\"\",\"\"x\"\")\""), "{table}");
    for cell in ["'+1+1", "'@SUM(A1)", "'-2+3"] {
        assert!(table.contains(&format!(",{cell},")), "{cell}: {table}");
    }
    for path in [
        "/decisions.csv",
        "/documents.csv",
        "/documents/visit.csv",
        "/actors.csv",
        "/dyads/VNM/JPN.csv",
    ] {
        for line in site.get(path).body.lines() {
            for cell in line.split(',').map(|it| it.trim_start_matches('"')) {
                let number = cell.trim_end_matches('"').parse::<f64>().is_ok();
                assert!(number || !cell.starts_with(['=', '+', '-', '@']), "{path}: {cell}");
            }
        }
    }
}

#[test]
fn what_is_sent_has_bounds() {
    let site = desk();
    let reviewer = Reviewer::at(&site);
    let long = "x".repeat(3_000);
    let answer =
        reviewer.post("/review", &[("verb", "comment"), ("claim", "visit-01"), ("reason", &long)]);
    assert_eq!(answer.status, 400);
    let huge = "x".repeat(60_000);
    let answer = reviewer.post(
        "/review",
        &[("verb", "comment"), ("claim", "visit-01"), ("reason", &huge), ("line", &huge)],
    );
    assert!((400..500).contains(&answer.status), "{}", answer.status);
    assert_eq!(site.ledger().decision_count().unwrap(), 0);
    assert_eq!(site.ledger().document("visit").unwrap().unwrap().text, VISIT);
}

#[test]
fn a_redirect_leads_nowhere_else() {
    let site = desk();
    let reviewer = Reviewer::at(&site);
    for evil in ["//evil.example", "https://evil.example", "/\\evil.example", "\r\nset-cookie: x=y"]
    {
        let answer = reviewer.post(
            "/review",
            &[("verb", "comment"), ("claim", "visit-01"), ("reason", "x"), ("queue", evil)],
        );
        let to = answer.field("location").unwrap();
        assert!(
            to.starts_with("/review?queue=") && !to["/review?queue=".len()..].contains('/'),
            "{to}"
        );
        assert!(!answer.head.contains("x=y"));
    }
    let to = site.get("/dyads?a=//evil.example&b=x");
    assert!(to.field("location").unwrap().starts_with("/dyads/%2f%2fevil.example/"), "{}", to.head);
}
