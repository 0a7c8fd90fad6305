//! A state between two rivals, and what a disputed figure does to it.

use crate::site::{Site, text};

const ASKED: &str = "rivals=JPN,CHN&at=2015-09-20&covered=assistance%3DJPN,CHN";

#[test]
fn a_position_has_its_chart_its_table_and_its_method() {
    let site = Site::new();
    let page = site.page(&format!("/actors/VNM/hedge?{ASKED}"));
    for wanted in [
        "Lean by domain",
        "hedge.v1",
        "The same as a table",
        "href=\"/measures/hedge.v1\"",
        "On what was pledged",
        "<svg",
    ] {
        assert!(page.contains(wanted), "{wanted}: {page}");
    }
    assert!(!page.contains(" style=\""), "the policy allows no styles in the page");
    let answer = site.get(&format!("/actors/VNM/hedge.json?{ASKED}")).json();
    assert_eq!(answer["answer"]["formula"], "hedge.v1");
    assert_eq!(answer["answer"]["question"]["at"], "2015-09-20");
    let table = site.get(&format!("/actors/VNM/hedge.csv?{ASKED}")).body;
    assert!(table.starts_with("formula,scenario,who,first,second,at,series,level"), "{table}");
    assert!(
        table.contains("hedge.v1,,VNM,JPN,CHN,2015-09-20,pledged,indicator,assistance,USD,"),
        "{table}"
    );
    let years = site.get(&format!("/actors/VNM/hedge.csv?{ASKED}&by=year")).body;
    assert!(years.contains(",2015-12-31,pledged,"), "{years}");
    let svg = site.get(&format!("/actors/VNM/hedge.svg?{ASKED}"));
    assert!(svg.head.contains("content-type: image/svg+xml") && svg.body.starts_with("<svg"));
    assert!(site.page(&format!("/actors/VNM?{ASKED}")).contains("Lean by domain"));
}

#[test]
fn what_cannot_be_asked_is_said() {
    let site = Site::new();
    for (asked, why) in [
        ("rivals=USA", "not two"),
        ("rivals=USA,USA", "one and the same"),
        ("rivals=USA,Atlantis", "no actor"),
        ("rivals=USA,VNM", "itself a rival"),
        ("rivals=USA,CHN&camp=JPN", "counted with"),
        ("rivals=USA,CHN&camp=JPN=FRA", "no rival"),
        ("rivals=USA,CHN&camp=JPN=USA:2", "no share"),
        ("rivals=USA,CHN&camp=JPN=USA,JPN=CHN", "its side already"),
        ("rivals=USA,CHN&at=yesterday", "no day"),
    ] {
        let asked = asked.replace("=USA:", "%3DUSA:").replace("JPN=", "JPN%3D");
        let answer = site.get(&format!("/actors/VNM/hedge.json?{asked}"));
        assert_eq!(answer.status, 400, "{asked}: {}", answer.body);
        let said = answer.json()["error"].as_str().unwrap().to_owned();
        assert!(said.contains(why), "{asked}: {said}");
        assert_eq!(site.get(&format!("/actors/VNM/hedge?{asked}")).status, 400);
    }
    assert_eq!(site.get("/actors/VNM/hedge").status, 303);
    assert_eq!(site.get("/actors/VNM/hedge.json").status, 400);
    assert_eq!(site.get("/actors/XYZ/hedge.json?rivals=USA,CHN").status, 404);
    assert_eq!(site.get("/actors/VNM/other").status, 404);
}

#[test]
fn a_disputed_figure_shows_what_the_measure_would_be_under_each() {
    let site = Site::new();
    let page = text(&site.page(&format!("/facts/f-visit-03?who=VNM&{ASKED}")));
    assert!(page.contains("What hangs on it") && page.contains("then L"), "{page}");
    let told = site.get(&format!("/facts/f-visit-03.json?who=VNM&{ASKED}")).json();
    let readings = told["measure"]["runs"][1]["swings"][0]["readings"].as_array().unwrap();
    assert_eq!(readings.len(), 2, "{told}");
    let leans: Vec<f64> =
        readings.iter().map(|it| it["summary"]["lean"].as_f64().unwrap()).collect();
    assert!((leans[0] - leans[1]).abs() > 0.01, "{leans:?}");
    let origins = told["fact"]["origins"].as_array().unwrap();
    assert_eq!(origins.len(), 2);
    let page = text(&site.page("/facts/f-visit-03"));
    assert!(page.contains("2 independent voices") && page.contains("rule of order"), "{page}");
}

#[test]
fn silence_is_zero_only_where_somebody_says_so() {
    let site = Site::new();
    let swings = |covered: &str| {
        let asked = format!("who=VNM&rivals=USA,CHN&camp=JPN%3DUSA&at=2015-09-20{covered}");
        let told = site.get(&format!("/facts/f-visit-03.json?{asked}")).json();
        let page = text(&site.page(&format!("/facts/f-visit-03?{asked}")));
        let readings = told["measure"]["runs"][1]["swings"][0]["readings"].clone();
        let readings = readings.as_array().cloned().unwrap_or_default();
        let leans: Vec<Option<f64>> =
            readings.iter().map(|it| it["summary"]["lean"].as_f64()).collect();
        (leans, page)
    };
    let (open, page) = swings("");
    assert!(open.iter().all(|it| *it == open[0]), "{open:?}");
    assert!(page.contains("is open: no source tells of it"), "{page}");
    let (zero, page) = swings("&covered=assistance%3DUSA,CHN");
    assert!(zero[0] != zero[1] && zero.iter().all(Option::is_some), "{zero:?}");
    assert!(!page.contains("is open: no source tells of it"), "{page}");
    assert_eq!(site.get("/actors/VNM/hedge.json?rivals=USA,CHN&covered=ships%3DUSA").status, 400);
}

#[test]
fn a_portfolio_counts_facts_by_partner_and_domain() {
    let site = Site::new();
    let told = site.get("/actors/VNM.json").json();
    let japan = &told["portfolio"][0];
    assert_eq!(japan["code"], "JPN");
    assert_eq!(japan["level"], 3.5);
    let sum = |name: &str| -> usize {
        let domains = japan["domains"].as_object().unwrap().values();
        domains.map(|it| it[name].as_array().unwrap().len()).sum()
    };
    assert_eq!(sum("pledged"), 1);
    assert!(sum("cooperation") >= 2, "{japan}");
    assert!(site.get("/actors/VNM.csv").body.contains("VNM,JPN,3.5,"));
}
