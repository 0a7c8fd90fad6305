//! What the pages show.

use std::collections::{BTreeMap, BTreeSet};

use hedgerow_ledger::{Keep, Ledger};
use serde_json::json;

use crate::fixture::{Folder, VISIT, claim, day, document, party};
use crate::site::{Site, text, values};

/// Every page, as the fixture has it.
const PAGES: [&str; 19] = [
    "/",
    "/documents",
    "/actors",
    "/dyads",
    "/documents/visit",
    "/actors/VNM",
    "/dyads/VNM/JPN",
    "/facts/f-visit-03",
    "/claims/visit-01",
    "/pledges/JPN/VNM",
    "/search?q=patrol+boats",
    "/actors/VNM?rivals=JPN,CHN",
    "/actors/VNM/hedge?rivals=JPN,CHN&at=2015-09-20",
    "/facts/f-visit-03?who=VNM&rivals=JPN,CHN&at=2015-09-20",
    "/decisions",
    "/measures",
    "/measures/hedge.v1",
    "/codebook",
    "/codebook/flow.aid",
];

/// A page as data: the ending comes before the question.
fn with(path: &str, ending: &str) -> String {
    match path.split_once('?') {
        Some((path, query)) => format!("{path}{ending}?{query}"),
        None if path == "/" => format!("/index{ending}"),
        None => format!("{path}{ending}"),
    }
}

#[test]
fn every_page_is_also_data() {
    let site = Site::new();
    for path in PAGES {
        let html = site.get(path);
        assert_eq!(html.status, 200, "{path}");
        assert!(html.head.contains("content-type: text/html"), "{path}");
        let hrefs = values(&html.body, "href");
        for ending in [".json", ".csv"] {
            let whole = with(path, ending);
            let data = whole.split('?').next().unwrap();
            assert!(
                hrefs.iter().any(|it| it.split('?').next() == Some(data)),
                "{path} does not link {data}"
            );
        }
        let answer = site.get(&with(path, ".json"));
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.json()["ok"], true, "{path}");
        let table = site.get(&with(path, ".csv"));
        assert_eq!(table.status, 200, "{path}");
        assert!(
            table.head.contains("content-type: text/csv; charset=utf-8"),
            "{path}: {}",
            table.head
        );
        assert!(table.head.contains("content-disposition: attachment; filename="), "{path}");
        let columns = table.body.lines().next().unwrap().split(',').count();
        assert!(columns >= 2 && table.body.ends_with("\r\n"), "{path}: {}", table.body);
    }
    let document = site.get("/documents/visit.json").json();
    assert_eq!(document["document"]["text"], VISIT);
    assert_eq!(document["claims"].as_array().unwrap().len(), 6);
    assert_eq!(document["claims"][0]["outlet"], "Lotus Wire");
    let start = site.get("/index.json").json();
    assert_eq!(start["counts"]["claims"], 8);
    assert_eq!(site.get("/dyads/VNM/JPN.csv").body.lines().count(), 7, "a row a claim");
}

#[test]
fn the_description_of_the_interface_is_what_is_answered() {
    let site = Site::new();
    let description = site.get("/api/openapi.json").json();
    assert_eq!(description["openapi"], "3.1.0");
    let paths = description["paths"].as_object().unwrap();
    for (path, told) in paths {
        let filled = path
            .replace("/documents/{id}", "/documents/visit")
            .replace("/facts/{id}", "/facts/f-visit-03")
            .replace("/claims/{id}", "/claims/visit-01")
            .replace("/rules/{id}", "/rules/visit.verb")
            .replace("{code}", if path.contains("codebook") { "CONSULT" } else { "VNM" })
            .replace("{a}/{b}", "VNM/JPN")
            .replace("{giver}/{receiver}", "JPN/VNM")
            .replace("{name}", "hhi");
        let filled =
            if filled.contains("/hedge") { format!("{filled}?rivals=JPN,CHN") } else { filled };
        let answer = site.get(&filled);
        assert_eq!(answer.status, 200, "{filled}: {}", answer.body);
        let kinds = &told["get"]["responses"]["200"]["content"];
        let kind = answer.field("content-type").unwrap().split(';').next().unwrap();
        assert!(kinds.get(kind).is_some(), "{path} is answered as {kind}");
    }
    for path in PAGES {
        let path = with(path, ".json");
        let parts = path.split('?').next().unwrap().split('/').count();
        let same = |known: &&String| {
            let known: Vec<&str> = known.split('/').collect();
            let asked: Vec<&str> = path.split('?').next().unwrap().split('/').collect();
            known.len() == parts && known.iter().zip(&asked).all(|(k, a)| k == a || k.contains('{'))
        };
        assert!(paths.keys().any(|it| same(&it)), "{path} is not described");
    }
}

#[test]
fn lists_come_in_pages() {
    let site = Site::new();
    let first = site.get("/documents.json?per=2").json();
    assert_eq!(
        (&first["total"], &first["pages"], &first["page"]),
        (&3.into(), &2.into(), &1.into())
    );
    let next = first["next"].as_str().unwrap();
    let second = site.get(next).json();
    assert_eq!(second["documents"].as_array().unwrap().len(), 1);
    assert_eq!(second["next"], serde_json::Value::Null);
    assert!(site.page("/actors?per=2").contains("rel=\"next\""));
    assert_eq!(site.get("/documents.csv").body.lines().count(), 4, "all of them");
    assert_eq!(site.get("/documents.csv?per=2").body.lines().count(), 3);
    for (wrong, status) in
        [("page=3&per=2", 404), ("page=0", 400), ("per=1001", 400), ("per=x", 400)]
    {
        let answer = site.get(&format!("/documents.json?{wrong}"));
        assert_eq!((answer.status, &answer.json()["ok"]), (status, &false.into()), "{wrong}");
    }
}

#[test]
fn words_names_and_codes_are_found() {
    let site = Site::new();
    let page = text(&site.page("/search?q=vietnam+japan"));
    assert!(page.contains("Vietnam and Japan"), "{page}");
    let found = site.get("/search.json?q=patrol+boats").json();
    assert_eq!(found["articles"][0]["doc"], "visit");
    assert_eq!(found["claims"][0]["id"], "visit-04");
    assert_eq!(
        site.get("/search.json?q=wire-01").json()["places"][0]["address"],
        "/facts/f-visit-03"
    );
    assert!(text(&site.page("/search?q=nowhere")).contains("Nothing in this ledger"));
    assert_eq!(site.get("/search?q=%22%2A%28").status, 200);
}

#[test]
fn every_link_leads_somewhere() {
    let site = Site::new();
    let mut pages: BTreeMap<String, String> = BTreeMap::new();
    let mut links: BTreeSet<String> = BTreeSet::from(["/".to_owned()]);
    while let Some(link) = links.pop_first() {
        let path = link.split('#').next().unwrap().to_owned();
        if !pages.contains_key(&path) {
            let page = site.page(&path);
            for href in values(&page, "href") {
                links.insert(if href.starts_with('#') { format!("{path}{href}") } else { href });
            }
            pages.insert(path.clone(), page);
        }
        if let Some((_, fragment)) = link.split_once('#') {
            let ids = values(&pages[&path], "id");
            assert!(ids.iter().any(|id| id == fragment), "{link} has no such place");
        }
    }
    assert!(pages.len() > 30, "{}", pages.len());
    for (path, page) in &pages {
        let ids = values(page, "id");
        let different: BTreeSet<&String> = ids.iter().collect();
        assert_eq!(ids.len(), different.len(), "{path} has an id twice");
    }
}

#[test]
fn an_article_is_shown_as_received_with_its_evidence_in_place() {
    let site = Site::new();
    let page = site.page("/documents/visit");
    let (_, rest) = page.split_once("<div class=\"text\" dir=\"auto\">").unwrap();
    let (article, _) = rest.split_once("</div>").unwrap();
    assert_eq!(text(article), VISIT);
    // The stretches of the first two claims overlap: what both cover leads to the shorter one.
    assert!(article.contains(">visited Japan from 15 to 18 September</a>"), "{article}");
    assert!(article.contains("class=\"ev deep k0 k1\""), "{article}");
    assert!(article.contains("id=\"c-visit-02\""), "{article}");
    assert!(page.contains("VNM -&gt; JPN  CONSULT.visit  2015-09-15/2015-09-18"));
    let style = site.page("/documents/visit.css");
    assert!(style.contains(".reading:has(.t5:target) .ev.k5"), "{style}");
    assert!(!style.contains(".t6"), "{style}");
}

#[test]
fn a_pair_keeps_pledged_and_delivered_apart() {
    let site = Site::new();
    let page = site.page("/dyads/VNM/JPN");
    let (_, flows) = page.split_once("id=\"flows\"").unwrap();
    let (delivered, promised) = flows.split_once("Promised, agreed or expected").unwrap();
    assert!(delivered.contains("patrol boat") && !delivered.contains("billion"));
    assert!(promised.contains("1.7 million to 1.7 billion"), "the range of the figures");
    assert!(promised.contains("reports disagree"));
    assert!(page.contains("<svg") && page.contains("together"), "the timeline");
    assert!(page.contains("class=\"step\"") && page.contains("3.5"), "the ladder");
    assert!(page.contains("What came of promises") && page.contains("Where reports disagree"));
    assert!(page.contains("“extensive strategic partners”"), "the quote");
    // From the other side it is the same pair.
    let other = site.get("/dyads/JPN/VNM.json").json();
    assert_eq!(other["facts"], site.get("/dyads/VNM/JPN.json").json()["facts"]);
    let empty = site.page("/dyads/VNM/FRA");
    assert!(empty.contains("No document in this ledger claims anything between these two"));
}

#[test]
fn a_fact_shows_who_says_which_figure() {
    let site = Site::new();
    let page = site.page("/facts/wire-01");
    let shown = text(&page);
    assert!(shown.contains("Fact f-visit-03"), "any claim leads to its fact");
    for words in ["Reported so", "Reported otherwise", "Differs in the sum", "200 million yen"] {
        assert!(shown.contains(words), "{words}");
    }
    assert!(shown.contains("2 outlets: Harbour Press, Lotus Wire"));
}

#[test]
fn what_is_not_there_is_said_in_both_forms() {
    let site = Site::new();
    for path in [
        "/documents/none",
        "/actors/XYZ",
        "/actors/vnm",
        "/dyads/VNM/XYZ",
        "/dyads/VNM/VNM",
        "/facts/none",
        "/claims/none",
        "/nowhere",
        "/no/such/place",
        "/documents/%FF",
    ] {
        let page = site.get(path);
        assert_eq!(page.status, 404, "{path}");
        assert!(page.body.contains("<h1>Not found</h1>"), "{path}");
        if path.ends_with("%FF") {
            continue;
        }
        let answer = site.get(&format!("{path}.json"));
        let json = answer.json();
        assert_eq!(
            (answer.status, &json["ok"], &json["status"]),
            (404, &false.into(), &404.into())
        );
        assert_eq!(json["errors"][0], json["error"], "{path}");
        let keys: Vec<&String> = json.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["error", "errors", "ok", "status"], "{path}");
    }
    assert!(site.get("/actors/vnm").body.contains("try VNM"));
    let refused = site.ask("POST", "/documents.json");
    assert_eq!((refused.status, &refused.json()["status"]), (405, &405.into()));
}

#[test]
fn two_codes_lead_to_the_page_of_the_pair() {
    let site = Site::new();
    let answer = site.get("/dyads?a=VNM&b=GRP%3Amajor+powers");
    assert_eq!(answer.status, 303);
    assert!(answer.head.contains("location: /dyads/vnm/grp:major%20powers"), "{}", answer.head);
    assert!(site.get("/dyads?a=vietnam&b=jpn").head.contains("location: /dyads/vnm/jpn"));
    assert_eq!(site.get("/dyads?a=VNM&b=").status, 200);
    assert_eq!(site.get("/dyads?%FF").status, 200);
}

#[test]
fn a_page_that_was_given_before_is_given_anew_when_the_ledger_changes() {
    let site = Site::new();
    let before = site.get("/facts/f-visit-06.json");
    assert_eq!(site.get("/facts/f-visit-06.json").body, before.body);
    let head = |it: &crate::site::Answer| {
        let lines = it.head.lines().filter(|it| !it.starts_with("date:"));
        lines.map(str::to_owned).collect::<BTreeSet<String>>()
    };
    assert_eq!(head(&site.get("/facts/f-visit-06.json")), head(&before), "kept with its headers");
    let reject = hedgerow_ledger::Decision {
        verb: hedgerow_ledger::Verb::Reject("visit-06".to_owned()),
        author: "somebody else".to_owned(),
        reason: None,
        added: None,
    };
    site.ledger().decide(&reject).unwrap();
    assert_eq!(site.get("/facts/f-visit-06.json").status, 404, "at the next request");
}

/// A ledger of one busy pair and one less busy, and how much it has.
fn busy() -> (Site, u64) {
    const TEXT: &str = "Ministers of both countries met and spoke of many things.\n";
    let folder = Folder::new();
    let path = folder.path().join("test.sqlite");
    let mut ledger = Ledger::open(&path).unwrap();
    let documents = (0..530_u32).map(|n| {
        let id = format!("busy{n:03}");
        let text = format!("{TEXT}{n}\n");
        let one = |i: u32| {
            let (other, at) = (if i < 8 { "JPN" } else { "CHN" }, n * 10 + i);
            let day_of = format!("{}-{:02}-{:02}", 1980 + at / 336, at / 28 % 12 + 1, at % 28 + 1);
            let (kind, type_, mode) = match i % 4 {
                0 => ("flow", "aid", json!(null)),
                1 => ("stance", "stance", json!(null)),
                _ => ("event", "CONSULT", json!("meet")),
            };
            let more = json!({
                "kind": kind, "type": type_, "mode": mode, "actors": [party(other)], "recipients": [party("VNM")],
                "date": day(&day_of, &day_of), "topic": format!("matter {at}"),
            });
            claim(&id, i as usize, &text, "Ministers of both countries met", more)
        };
        let claims = (0..10).map(one).collect();
        document(&id, &text, "Ministers meet", "Lotus Wire", claims)
    });
    let documents: Vec<_> = documents.collect();
    for added in ledger.add_all(&documents, Keep::Text).unwrap() {
        added.unwrap();
    }
    ledger.settle(false).unwrap();
    (Site::of(folder, path, |_| {}), 5_300)
}

#[test]
fn what_has_very_much_is_read_in_parts_and_told_whole() {
    let (site, all) = busy();
    let whole = site.get("/dyads/JPN/VNM.json?per=1").json();
    let facts = whole["total"].as_u64().unwrap();
    let page = text(&site.page("/dyads/JPN/VNM"));
    assert!(page.contains(&format!("{} facts", words(facts))), "{page}");
    assert!(page.contains("4,240 claims") && page.contains("530 documents"), "{page}");
    assert!(page.contains("There is much between these two"), "{page}");
    let flows = site.get("/dyads/JPN/VNM.json?show=flows&per=1").json()["total"].as_u64().unwrap();
    assert!(page.contains(&format!("Flows {flows}")), "{page}");
    let last = site.get(&format!("/dyads/JPN/VNM.json?show=events&per=1&page={}", {
        site.get("/dyads/JPN/VNM.json?show=events&per=1").json()["pages"].clone()
    }));
    let last = last.json()["facts"][0]["id"].as_str().unwrap().to_owned();
    assert!(site.page("/dyads/JPN/VNM").contains(&last), "the latest is there: {last}");

    let sheet = site.get("/actors/VNM.json?per=7").json();
    assert_eq!((&sheet["total"], &sheet["page"]), (&all.into(), &1.into()));
    assert_eq!(sheet["claims"].as_array().unwrap().len(), 7);
    let second = site.get(sheet["next"].as_str().unwrap()).json();
    assert_ne!(sheet["claims"], second["claims"]);
    // Read pair by pair, the portfolio is that of both pairs.
    let partners: Vec<&str> = sheet["portfolio"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["code"].as_str().unwrap())
        .collect();
    assert_eq!(partners, ["JPN", "CHN"]);
    let page = text(&site.page("/actors/VNM"));
    assert!(page.contains("5,300 claims") && page.contains("The latest 40 facts"), "{page}");
}

/// A number as pages write it.
fn words(n: u64) -> String {
    if n < 1_000 { n.to_string() } else { format!("{},{:03}", n / 1_000, n % 1_000) }
}
