//! The worked examples on the pages of `docs/measures`, against the code.

use std::fs;
use std::path::Path;

use hedgerow_measure::concentration as spread;
use hedgerow_measure::fbic::{Bandwidth, Dependence, RELEASE_2023, fbic};
use hedgerow_measure::goldstein::Sums;
use hedgerow_measure::hedge::{Confusion, answer};
use hedgerow_measure::page::{PAGES, find};
use hedgerow_measure::similarity::Distance::{Absolute, Squared};
use hedgerow_measure::similarity::{agreement, binary, kappa, pi, s};
use hedgerow_measure::{Indicator, votes};

use crate::make::{With, annual, level, question};

/// A line of a `check` block: a name, lists of numbers, and the value as it is printed.
struct Check {
    line: String,
    name: String,
    lists: Vec<Vec<f64>>,
    value: String,
}

fn checks(text: &str) -> Vec<Check> {
    let blocks = text.split("```check\n").skip(1).filter_map(|it| it.split("```").next());
    let check = |line: &str| {
        let (call, value) = line.rsplit_once(" = ").unwrap_or_else(|| panic!("no value: {line}"));
        let (name, rest) = call.split_once(' ').unwrap_or_else(|| panic!("no numbers: {line}"));
        let lists = rest.split('[').skip(1).map(|list| {
            let numbers = list.trim().trim_end_matches(']').split_whitespace();
            numbers.map(|n| n.parse().unwrap_or_else(|_| panic!("{n} in {line}"))).collect()
        });
        Check {
            line: line.to_owned(),
            name: name.to_owned(),
            lists: lists.collect(),
            value: value.to_owned(),
        }
    };
    blocks.flat_map(str::lines).map(check).collect()
}

fn levels(list: &[f64]) -> Vec<u8> {
    list.iter().map(|n| *n as u8).collect()
}

/// The value of a check by the code.
fn value(name: &str, lists: &[Vec<f64>]) -> Option<f64> {
    let list = |n: usize| lists[n].as_slice();
    let one = |n: usize| lists[n][0];
    let (x, y) = (|n: usize| levels(list(n)), |n: usize| levels(list(n)));
    match name {
        "agreement" => agreement(&x(0), &y(1)),
        "s-absolute" => s(&x(1), &y(2), one(0) as u8, Absolute),
        "s-squared" => s(&x(1), &y(2), one(0) as u8, Squared),
        "pi-absolute" => pi(&x(0), &y(1), Absolute),
        "kappa-absolute" => kappa(&x(0), &y(1), Absolute),
        "kappa-binary" => kappa(&binary(&x(0)), &binary(&y(1)), Absolute),
        "ideal-point-distance" => Some(votes::ideal_point_distance(one(0), one(1))),
        "hhi" => spread::hhi(list(0)),
        "effective-number" => spread::effective_number(list(0)),
        "normalised-hhi" => spread::normalised_hhi(list(0)),
        "participation" => spread::participation(list(0)),
        "dependence" => spread::dependence(one(0), one(1)),
        "asymmetry" => spread::asymmetry(one(0), one(1), one(2)),
        "lower-dependence" => spread::lower_dependence(one(0), one(1), one(2)),
        "salience" => Some(spread::salience(one(0), one(1))),
        "fbic" => {
            let [a, b] = [list(0), list(1)];
            let bandwidth = Bandwidth {
                representation: a[0],
                igos: a[1],
                agreements: a[2],
                trade: a[3],
                alliance: a[4],
                arms: a[5],
            };
            let dependence = Dependence {
                aid_of_gdp: b[0],
                aid_of_aid: b[1],
                trade_of_gdp: b[2],
                trade_of_trade: b[3],
                arms_of_stock: b[4],
                arms_of_imports: b[5],
            };
            Some(fbic(&bandwidth, &dependence, &RELEASE_2023))
        }
        "goldstein-net" => Some(list(0).iter().copied().collect::<Sums>().net()),
        "goldstein-cooperation" => Some(list(0).iter().copied().collect::<Sums>().cooperation),
        "goldstein-conflict" => Some(list(0).iter().copied().collect::<Sums>().conflict),
        "goldstein-mean" => list(0).iter().copied().collect::<Sums>().mean(),
        "lean" | "L" | "W" | "O" | "score" => {
            let summary = hedge(lists);
            Some(match name {
                "W" => summary.within,
                "O" => summary.offset,
                "score" => summary.score,
                _ => summary.lean,
            })
        }
        _ => None,
    }
}

/// A hedge over domains, each with the strength of either side and a saturation: partnership, assistance, trade, finance, votes.
fn hedge(domains: &[Vec<f64>]) -> hedgerow_measure::hedge::Summary {
    const ORDER: [Indicator; 5] = [
        Indicator::Partnership,
        Indicator::Assistance,
        Indicator::Trade,
        Indicator::Finance,
        Indicator::Votes,
    ];
    let mut question = question(None);
    let mut rows = Vec::new();
    for (indicator, domain) in ORDER.into_iter().zip(domains) {
        question.settings.saturation.insert(indicator, domain[2]);
        for (partner, strength) in ["USA", "CHN"].into_iter().zip(domain) {
            rows.push(match indicator {
                Indicator::Partnership => level(partner, indicator, 2010, *strength),
                Indicator::Trade => annual(partner, indicator, 2014, *strength),
                _ => annual(partner, indicator, 2015, *strength)
                    .series(hedgerow_measure::Series::Standing),
            });
        }
    }
    answer(&rows, &question, &Confusion::default()).runs[1].position.summary.unwrap()
}

#[test]
fn worked_examples_are_right() {
    for page in PAGES {
        let checks = checks(page.text);
        // The example of the series is a test of its own, which the page names.
        assert!(!checks.is_empty() || page.name == "dyad-series", "{} has no example", page.name);
        for check in checks {
            let value = value(&check.name, &check.lists)
                .unwrap_or_else(|| panic!("{}: nothing to check {} with", page.name, check.line));
            let digits = check.value.split_once('.').map_or(0, |(_, digits)| digits.len());
            let printed = format!("{:.digits$}", value + 0.0);
            assert_eq!(printed, check.value, "{}: {}", page.name, check.line);
        }
    }
}

#[test]
fn pages_have_what_a_reader_needs() {
    for page in PAGES {
        for part in ["**Range**", "**Missing**", "**Unit**", "## What it cannot see", "## By hand"]
        {
            assert!(page.text.contains(part), "{} lacks {part}", page.name);
        }
        assert!(page.title().starts_with(page.name), "{}", page.title());
        assert!(find(&page.name.to_uppercase()).is_some());
    }
    assert_eq!(find("hedge").unwrap().name, "hedge.v1");
}

#[test]
fn every_page_of_the_folder_is_known_and_parameters_are_those_of_the_code() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/measures");
    for entry in fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let stem = name.strip_suffix(".md").unwrap();
        assert!(PAGES.iter().any(|page| page.name == stem), "{name} is no page of the program");
    }
    let hedge = find("hedge.v1").unwrap().text;
    for indicator in Indicator::ALL {
        if matches!(indicator, Indicator::Disputes | Indicator::Militarized) {
            continue;
        }
        let row = hedge.lines().find(|line| line.contains(&format!("| `{indicator}` |")));
        let row = row.unwrap_or_else(|| panic!("{indicator} is not in the table"));
        let saturation = match indicator.saturation() {
            it if it >= 1e9 => format!("{} billion", it / 1e9),
            it if it >= 1e6 => format!("{} million", it / 1e6),
            it => it.to_string(),
        };
        assert!(row.ends_with(&format!("| {saturation} |")), "{row}: {saturation}");
    }
}
