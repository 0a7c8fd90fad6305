//! Many sources, one account: facts, pledges and drafts, on the annotated articles and on what others wrote of the first.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::run::Place;

/// What other outlets have on the happenings of the first article: facts and figures of public pages, in our own words.
const OUTSIDE: &str = include_str!("../data/outside.jsonl");

/// The claim of the first article on whose happening each line of `outside.jsonl` is.
const HOME: [(&str, &str); 12] = [
    ("embassy-01", "d00-01"),
    ("blog-01", "d00-01"),
    ("mric-01", "d00-01"),
    ("mofa-01", "d00-26"),
    ("upi-01", "d00-26"),
    ("xinhua-01", "d00-26"),
    ("ap-01", "d00-29"),
    ("ap-02", "d00-09"),
    ("vna-01", "d00-20"),
    ("vietstock-01", "d00-18"),
    ("vietstock-02", "d00-19"),
    ("blog-02", "d00-19"),
];

fn shared(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared").join(name);
    if path.exists() {
        return Some(path.canonicalize().unwrap());
    }
    eprintln!("SKIPPED: no ../shared/{name}");
    None
}

/// A ledger of the annotated claims.
fn annotated() -> Option<Place> {
    let gold = shared("gold")?;
    let at = |name: &str| gold.join(name).to_str().unwrap().to_owned();
    let place = Place::new();
    let (claims, meta, texts) = (at("dev.claims.jsonl"), at("meta.jsonl"), at("texts"));
    let import = ["import", "claims", &claims, "--documents", &meta, "--documents", &texts];
    let out = place.run(&import).fine();
    assert!(out.starts_with("13 new documents; 132 claims"), "{out}");
    let again = place.run(&import).fine();
    assert!(again.starts_with("0 new documents, 13 known already"), "{again}");
    Some(place)
}

/// The same with what other outlets have.
fn corroborated() -> Option<Place> {
    let place = annotated()?;
    place.write("outside.jsonl", OUTSIDE);
    place.run(&["import", "claims", "outside.jsonl"]).fine();
    Some(place)
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Claims by the fact that holds them, and which facts are disputed.
fn facts(place: &Place) -> (BTreeMap<String, usize>, Vec<bool>) {
    let all = lines(&place.run(&["fact", "--all", "--format", "jsonl"]).fine());
    let mut home = BTreeMap::new();
    for (n, fact) in all.iter().enumerate() {
        for member in fact["members"].as_array().unwrap() {
            home.insert(member["claim"].as_str().unwrap().to_owned(), n);
        }
    }
    (home, all.iter().map(|fact| fact["disputed"].as_bool().unwrap()).collect())
}

#[test]
fn claims_of_the_annotated_articles_are_linked_as_the_annotators_did() {
    let Some(place) = annotated() else { return };
    let links = std::fs::read_to_string(shared("gold/corroboration.jsonl").unwrap()).unwrap();
    let (home, disputed) = facts(&place);
    let (mut found, mut wanted, mut marked, mut conflicts) = (0, 0, 0, 0);
    let mut chain: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for link in lines(&links) {
        let ids: Vec<&str> =
            link["claims"].as_array().unwrap().iter().map(|it| it.as_str().unwrap()).collect();
        for (n, a) in ids.iter().enumerate() {
            for b in &ids[..n] {
                let together = home[*a] == home[*b];
                if link["relation"] == "part-of" {
                    assert!(!together, "{a} and {b}: a part is merged with its total");
                    continue;
                }
                wanted += 1;
                found += usize::from(together);
                if link["relation"] == "conflict" {
                    conflicts += 1;
                    marked += usize::from(together && disputed[home[*a]]);
                }
                for (x, y) in [(a, b), (b, a)] {
                    chain.entry((*x).to_owned()).or_default().insert((*y).to_owned());
                }
            }
        }
    }
    let doc = |id: &str| id.rsplit_once('-').unwrap().0.to_owned();
    for (a, fact) in &home {
        for (b, other) in &home {
            let joined = fact == other && doc(a) != doc(b);
            let linked = chain.get(a).is_some_and(|it| it.contains(b));
            assert!(!joined || linked, "{a} and {b} are merged, and no annotator linked them");
        }
    }
    eprintln!("links {found}/{wanted}, conflicts marked {marked}/{conflicts}");
    assert!(found >= 9 && wanted == 11, "{found} of {wanted} links");
    assert!(marked == 4 && conflicts == 4, "{marked} of {conflicts} conflicts");
}

#[test]
fn outside_facts_attach_to_those_of_the_first_article() {
    let Some(place) = corroborated() else { return };
    let (home, _) = facts(&place);
    for (outside, first) in HOME {
        let fact = place.run(&["fact", first]).fine();
        let own = format!("f-{outside}");
        assert!(
            home[outside] == home[first] || fact.contains(&own) || related(&place, outside, first),
            "{outside} is not with {first}:\n{fact}"
        );
    }
    let sheet = place.run(&["dyad", "JPN", "VNM"]).fine();
    let top: Vec<&str> =
        sheet.lines().skip_while(|line| *line != "Figures that differ most").skip(1).collect();
    assert!(top[0].contains("JPY 200e6"), "{sheet}");
    let first = top.iter().find(|line| line.contains("by a factor of")).unwrap();
    assert!(first.contains("the sources differ by a factor of 1000"), "{sheet}");
    let fact = place.run(&["fact", "d00-29"]).fine();
    assert!(fact.contains("2 independent voices"), "{fact}");
    assert!(fact.contains("1,700,000 ") && fact.contains("1,700,000,000"), "{fact}");
    assert!(
        fact.contains("Shown first: ap-01, since it gives the sum in two currencies that agree"),
        "{fact}"
    );
}

/// Whether a sheet of either says that their facts are related.
fn related(place: &Place, a: &str, b: &str) -> bool {
    let part = |id: &str| place.run(&["fact", id]).fine();
    let id =
        |sheet: &str| sheet.lines().nth(1).unwrap().split_whitespace().next().unwrap().to_owned();
    let (one, other) = (part(a), part(b));
    one.contains(&id(&other)) || other.contains(&id(&one))
}

#[test]
fn pledges_are_followed_to_what_came_of_them() {
    let Some(place) = corroborated() else { return };
    let out = place.run(&["pledges", "JPN", "VNM", "--from", "2010"]).fine();
    assert!(out.contains("3 commitments: 1 delivered, 2 nothing on record that it came"), "{out}");
    let boats = out.split("\n\n").find(|it| it.contains("six patrol boats")).unwrap();
    for words in [
        "agreed     JPN -> VNM",
        "MOFA Japan, 2014-08-01",
        "delivered  JPN -> VNM",
        "Xinhua, 2015-08-05",
    ] {
        assert!(boats.contains(words), "{words} is not in\n{boats}");
    }
    let open = lines(&place.run(&["pledges", "JPN", "VNM", "--open", "--format", "jsonl"]).fine());
    assert!(open.iter().all(|it| it["outcome"] == "open") && open.len() == 2, "{open:?}");
    let none = place.run(&["pledges", "JPN", "VNM", "--from", "2020"]).fine();
    assert!(none.contains("Nothing on record"), "{none}");
}

#[test]
fn a_draft_with_a_false_figure_is_contradicted_and_one_with_the_right_figure_supported() {
    let Some(place) = corroborated() else { return };
    let Some(seed) = shared("seed/article.txt") else { return };
    let article = std::fs::read_to_string(seed).unwrap();
    let pledge = |text: &str| -> Value {
        place.write("draft.txt", text);
        let ran =
            place.run(&["check", "draft.txt", "--published", "2015-09-20", "--format", "jsonl"]);
        let found = lines(&ran.out).into_iter().find(|it| {
            let claim = &it["claim"];
            claim["type"] == "aid"
                && claim["evidence"]["text"].as_str().unwrap().contains("maritime security aid")
        });
        let found = found.unwrap_or_else(|| panic!("the pledge was not coded:\n{}", ran.out));
        assert_eq!(
            ran.status,
            i32::from(ran.out.contains("\"verdict\":\"contradicted\"")),
            "{}",
            ran.err
        );
        found
    };
    let figure = |new: &str| {
        assert!(article.contains("$1.7 billion"));
        article.replace("$1.7 billion", new)
    };
    // As printed: the wire says otherwise (the article itself is in the ledger, and no witness to itself).
    let printed = pledge(&article);
    assert_eq!(printed["verdict"], "contradicted", "{printed}");
    assert_eq!(printed["contradicts"][0], serde_json::json!(["ap-01", ["amount"]]), "{printed}");
    // Corrected: the wire supports it, the article as printed stands against it, and the wire is better founded.
    let corrected = pledge(&figure("$1.7 million"));
    assert_eq!(corrected["verdict"], "supported", "{corrected}");
    assert_eq!(corrected["supports"][0], "ap-01", "{corrected}");
    assert_eq!(corrected["contradicts"][0][0], "d00-29", "{corrected}");
    for false_ in ["$3.4 million", "$17 million", "$17 billion", "$850 million"] {
        let found = pledge(&figure(false_));
        assert_eq!(found["verdict"], "contradicted", "{false_}: {found}");
    }
}

#[test]
fn a_draft_without_a_day_is_held_against_any_time() {
    let told = "---\ntitle: Aid\noutlet: Lotus Wire\npublished: 2015-09-20\n---\n\n\
        This year, Japan pledged $1.7 billion of maritime security aid to Vietnam.\n";
    let place = Place::with("told.md", told);
    place.run(&["add", "told.md", "--quiet"]).fine();
    let check = |what: &str| {
        place.write("draft.md", format!("This year, Japan pledged {what} to Vietnam.\n"));
        let ran = place.run(&["check", "draft.md", "--format", "jsonl"]);
        assert!(ran.err.contains("has no day of its own") && ran.err.contains("--published"));
        let found = lines(&ran.out);
        let flow = found.iter().find(|it| it["claim"]["kind"] == "flow");
        flow.unwrap_or_else(|| panic!("no flow in {}", ran.out))["verdict"].clone()
    };
    assert_eq!(check("$1.7 billion of maritime security aid"), "supported");
    for wrong in ["$1.7 million", "$17 billion", "$850 million"] {
        assert_eq!(check(&format!("{wrong} of maritime security aid")), "contradicted", "{wrong}");
    }
    // Another sum for another thing is none of this.
    assert_eq!(check("$20 million in loans for a hospital in Hue"), "unknown");
}

#[test]
fn the_claim_that_a_person_accepted_speaks_for_its_reading() {
    let told = |outlet: &str, sum: &str| {
        format!(
            "---\ntitle: Aid\noutlet: {outlet}\npublished: 2015-09-20\n---\n\n\
             Japan pledged {sum} of maritime security aid to Vietnam on September 18, 2015.\n"
        )
    };
    let place = Place::with("a.md", told("Lotus Wire", "$1.7 million"));
    place.write("b.md", told("Harbour Post", "$1.7 million"));
    place.write("c.md", told("Daily Kite", "$1.7 billion"));
    place.run(&["add", "--quiet", "a.md", "b.md", "c.md"]).fine();
    let first = || {
        let out = place.run(&["fact", "f-a-01"]).fine();
        let line = out.lines().find(|it| it.starts_with("Shown first: ")).map(str::to_owned);
        line.unwrap_or_else(|| panic!("{out}"))
    };
    assert!(first().starts_with("Shown first: a-01, "), "{}", first());
    place.run(&["review", "--author", "ana", "accept", "b-01"]).fine();
    assert_eq!(first(), "Shown first: b-01, since a person accepted it");
}

#[test]
fn yen_and_dollars_are_compared_by_a_rate_or_not_at_all() {
    let place = Place::new();
    let pledge = |doc: &str, outlet: &str, currency: &str, value: f64| {
        serde_json::json!({
            "id": format!("{doc}-01"), "doc": doc, "kind": "flow", "type": "aid", "actors": ["JPN"], "recipients": ["VNM"],
            "date": {"start": "2015-09-15", "end": "2015-09-15", "precision": "day", "text": null},
            "amount": {"value": value, "unit": "money", "currency": currency, "count_of": null, "qualifier": "exact", "text": "x"},
            "modality": "pledged", "outlet": outlet, "published": "2015-09-16",
            "evidence": "pledged help for patrols along the coast",
        })
        .to_string()
    };
    let claims = [pledge("a", "Lotus Wire", "JPY", 2e8), pledge("b", "Harbour Post", "USD", 1.7e6)]
        .join("\n");
    place.write("claims.jsonl", &claims);
    place.run(&["import", "claims", "claims.jsonl"]).fine();
    let fact = place.run(&["fact", "a-01"]).fine();
    assert!(fact.contains("not comparable without a rate"), "{fact}");
    assert!(!fact.contains("the sources differ"), "{fact}");
    place.write("rates.csv", "date,currency,per_usd,source\n2015-09-14,JPY,120.0,invented\n");
    assert_eq!(
        place.run(&["import", "rates", "rates.csv"]).fine(),
        "1 new rate, 0 known already\n"
    );
    assert_eq!(
        place.run(&["import", "rates", "rates.csv"]).fine(),
        "0 new rates, 1 known already\n"
    );
    let fact = place.run(&["fact", "a-01"]).fine();
    assert!(fact.contains("For it (2)"), "{fact}");
    place.write("more.jsonl", pledge("c", "Old Mill Gazette", "USD", 1.7e9));
    place.run(&["import", "claims", "more.jsonl"]).fine();
    let fact = place.run(&["fact", "a-01"]).fine();
    assert!(fact.contains("the sources differ by a factor of 10"), "{fact}");
}

#[test]
fn lines_that_do_not_hold_are_refused_with_their_field_and_the_others_are_kept() {
    let place = Place::new();
    let good = r#"{"id":"a-01","doc":"a","kind":"event","type":"CONSULT","mode":"visit","actors":["VNM"],"recipients":["JPN"],"evidence":"visited Japan"}"#;
    let bad = [
        good.replace("a-01", "a-02").replace("\"kind\":\"event\"", "\"kind\":\"happening\""),
        good.replace("a-01", "a-03").replace("CONSULT", "CONSLUT"),
        good.replace("a-01", "a-04").replace("[\"JPN\"]", "[{\"role\":\"GOV\"}]"),
        good.replace("a-01", "b-05"),
        "not json".to_owned(),
        good.to_owned(),
        good.replace("a-01", "a-06").replace("visited Japan", "was never in Japan"),
    ];
    place.write("claims.jsonl", [&[good.to_owned()], &bad[..]].concat().join("\n"));
    place.write("texts/a.txt", "Vietnam's president visited Japan last week.\n");
    let ran = place.run(&["import", "claims", "claims.jsonl", "--documents", "texts"]);
    assert_eq!(ran.status, 1);
    for words in [
        "claims.jsonl:2: `kind`: unknown variant `happening`",
        "claims.jsonl:3: `type`: CONSLUT is no type of event",
        "claims.jsonl:4: `recipients[0]`: missing field `code`",
        "claims.jsonl:5: claim `b-05`: its id must be `a-` and a number",
        "claims.jsonl:6: is no JSON",
        "claims.jsonl:7: claim `a-01`: `id`: a-01 occurs twice",
        "claims.jsonl:8: claim `a-06`: its evidence is not what the text has",
    ] {
        assert!(ran.err.contains(words), "{words} is not in\n{}", ran.err);
    }
    assert!(ran.out.starts_with("1 new document, 7 refused; 1 claim"), "{}", ran.out);
    let claim = &lines(&place.run(&["dyad", "VNM", "JPN", "--format", "jsonl"]).fine())[0];
    assert_eq!(claim["evidence"]["bstart"], 20, "its words are found in the text: {claim}");
}
