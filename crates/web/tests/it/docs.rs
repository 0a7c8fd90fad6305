//! What `docs/security.md` promises is held by tests that exist, and every address that answers as data is described.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use hedgerow_people::Role;

use crate::people::Desk;
use crate::site::Site;

/// The crates whose tests are named.
const CRATES: [&str; 5] = ["web", "people", "measure", "ledger", "ingest"];

fn crates() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// The text of every source file of a folder, by crate and name.
fn sources(folder: &Path, of: &str, all: &mut BTreeMap<(String, String), String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, of, all);
        } else if path.extension().is_some_and(|it| it == "rs") {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let text = fs::read_to_string(&path).unwrap();
            all.entry((of.to_owned(), name)).or_default().push_str(&text);
        }
    }
}

/// Whether the text has a test of that name.
fn has_test(text: &str, name: &str) -> bool {
    let Some(at) = text.find(&format!("fn {name}(")) else { return false };
    let before: Vec<&str> = text[..at].lines().rev().take(5).collect();
    before.iter().any(|it| it.trim() == "#[test]")
}

#[test]
fn every_test_that_the_list_of_security_names_is_there() {
    let mut all = BTreeMap::new();
    for name in CRATES {
        for part in ["src", "tests"] {
            sources(&crates().join(name).join(part), name, &mut all);
        }
    }
    let list = crates().parent().unwrap().join("docs").join("security.md");
    let list = fs::read_to_string(list).unwrap();
    let (mut named, mut missing) = (0, Vec::new());
    // Only the right column of a table names tests.
    for row in list.lines().filter(|it| it.starts_with("| ")) {
        let cell = row.trim_end_matches('|').rsplit('|').next().unwrap_or_default();
        let tests = cell.split('`').skip(1).step_by(2).filter(|it| it.contains("::"));
        for test in tests {
            named += 1;
            let (of, test) = test.split_once('/').map_or((None, test), |(of, it)| (Some(of), it));
            let (file, function) = test.rsplit_once("::").unwrap();
            let file = file.rsplit("::").next().unwrap();
            let found = all.iter().any(|((own, name), text)| {
                of.is_none_or(|it| it == own) && name == file && has_test(text, function)
            });
            if !found {
                missing.push(test.to_owned());
            }
        }
        let says = row.starts_with("| what") || row.starts_with("|--") || row.starts_with("| --");
        assert!(says || cell.contains("::") || cell.contains("crates/"), "no test is named: {row}");
    }
    assert!(
        missing.is_empty(),
        "named in docs/security.md, but there is no such test: {missing:?}"
    );
    assert!(named > 60, "only {named} are named");
}

/// The addresses for reading in the source of the router.
fn routes() -> Vec<String> {
    let source = crates().join("web").join("src");
    let mut all = Vec::new();
    for file in ["routes.rs", "people.rs"] {
        let text = fs::read_to_string(source.join(file)).unwrap();
        for part in text.split(".route(").skip(1) {
            let path = part.split('"').nth(1).unwrap();
            let handler = part.split("get(").nth(1);
            let before = part.find("post(").unwrap_or(usize::MAX);
            // The first page is there as data under the name `index`.
            if path != "/" && handler.is_some() && part.find("get(").unwrap() < before {
                all.push(path.to_owned());
            }
        }
    }
    assert!(all.len() > 25, "the router is read: {all:?}");
    all
}

#[test]
fn every_address_that_answers_as_data_is_described() {
    let desk = Desk::new();
    let mut admin = desk.somebody("dee", Role::Admin);
    let brief = admin.publish("A brief", "Two sums are told.[^fact:visit-03]");
    let site = &desk.site;
    let description = site.get("/api/openapi.json").json();
    let paths = description["paths"].as_object().unwrap();
    let mut answered = 0;
    for route in routes().into_iter().chain(
        [
            "/documents",
            "/actors",
            "/dyads",
            "/decisions",
            "/search",
            "/measures",
            "/codebook",
            "/index",
        ]
        .map(str::to_owned),
    ) {
        let described =
            if route.contains(".json") { route.clone() } else { format!("{route}.json") };
        let filled = described
            .replace("/documents/{id}", "/documents/visit")
            .replace("/facts/{id}", "/facts/f-visit-03")
            .replace("/claims/{id}", "/claims/visit-01")
            .replace("/rules/{id}", "/rules/visit.verb")
            .replace("/briefs/{id}", &brief)
            .replace("{version}", "1")
            .replace("{on}", "dyad:VNM%2FJPN")
            .replace("{code}", if route.contains("codebook") { "CONSULT" } else { "VNM" })
            .replace("{a}/{b}", "VNM/JPN")
            .replace("{giver}/{receiver}", "JPN/VNM")
            .replace("{name}", "hhi");
        for (view, asked) in [("network", ""), ("hedge", "?rivals=JPN,CHN")] {
            let (filled, described) =
                (filled.replace("{view}", view), described.replace("{view}", view));
            let answer = site.get(&format!("{filled}{asked}"));
            let data = answer.status == 200
                && answer
                    .field("content-type")
                    .is_some_and(|it| it.starts_with("application/json"));
            if data && described != "/api/openapi.json" {
                answered += 1;
                assert!(
                    paths.contains_key(&described),
                    "{described} answers, and is not described"
                );
            }
        }
    }
    assert!(answered > 25, "{answered} answered");
    for path in
        ["/replies/{on}.json", "/briefs.csv", "/briefs/{id}/{version}.json", "/replies.atom"]
    {
        assert!(paths.contains_key(path), "{path}");
    }
    let reading = Site::new().get("/api/openapi.json").json();
    let paths = reading["paths"].as_object().unwrap();
    assert!(
        !paths.keys().any(|it| it.starts_with("/briefs")),
        "what is not there is not described"
    );
}
