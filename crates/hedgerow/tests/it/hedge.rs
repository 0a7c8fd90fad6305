//! `hedgerow hedge` from articles to the answer.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use expect_test::expect;
use hedgerow_measure::similarity::{agreement, paired};
use hedgerow_measure::votes;
use serde_json::Value;

use crate::run::{Place, VISIT};

/// Two short reports of the week of the first article, with the sum as the wires had it.
const WIRES: [(&str, &str); 2] = [
    (
        "wire.md",
        "---\ntitle: Used ships for Hanoi\noutlet: Lotus Wire\npublished: 2015-09-15\n---\n\n\
         TOKYO (Lotus Wire) – Japan on Tuesday pledged 200 million yen ($1.66 million) of maritime security aid to Vietnam.\n",
    ),
    (
        "post.md",
        "---\ntitle: Tokyo helps at sea\noutlet: Harbour Post\npublished: 2015-09-16\n---\n\n\
         TOKYO (Harbour Post) – Japan pledged 200 million yen ($1.66 million) of maritime security aid to Vietnam on Tuesday.\n",
    ),
];

/// The year before.
const BOATS: (&str, &str) = (
    "boats.md",
    "---\ntitle: Old boats, new friends\noutlet: Meridian Dispatch\npublished: 2014-08-02\n---\n\n\
     HANOI (Meridian Dispatch) – In August 2014 Japan agreed to give Vietnam 500 million yen ($4.86 million) of maritime security aid.\n",
);

/// What the worked example assumes, as options.
const ASSUMED: [&str; 20] = [
    "hedge",
    "VNM",
    "--rivals",
    "USA,CHN",
    "--camp",
    "JPN=USA",
    "--at",
    "2015-09-20",
    "--ties",
    "ties.csv",
    "--only",
    "partnership,trade,finance,assistance,votes",
    "--saturation",
    "trade=0",
    "--saturation",
    "finance=0",
    "--covered",
    "assistance=USA,CHN",
    "--covered",
    "finance=USA",
];

fn shared(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared").join(name);
    if !path.is_file() {
        eprintln!("SKIPPED: no {name} at ../shared");
        return None;
    }
    Some(path)
}

fn table(name: &str) -> Option<Vec<BTreeMap<String, String>>> {
    let mut reader = csv::Reader::from_path(shared(name)?).unwrap();
    Some(reader.deserialize().map(|row| row.unwrap()).collect())
}

/// Trade of 2014, Chinese finance of 2015 and votes of session 70 (to the four digits of the worked example: the lean lies so near
/// to -.0695 that its third digit hangs on them) from the files themselves; two levels from documents.
fn ties() -> Option<String> {
    let mut out =
        String::from("id,source,actor,recipient,indicator,series,start,end,value,error\n");
    out += "ladder:USA-VNM,ladder,USA,VNM,partnership,standing,2013-07-25,,2,\n";
    out += "ladder:CHN-VNM,ladder,CHN,VNM,partnership,standing,2008-05-01,,4,\n";
    for row in table("ties/fbic/FBIC_cleaned.csv")? {
        let from = row["iso3a"].as_str();
        if row["iso3b"] == "VNM" && row["year"] == "2014" && ["USA", "JPN", "CHN"].contains(&from) {
            let trade = &row["totaltradeawithb"];
            let _ = writeln!(
                out,
                "fbic:{from}:2014,fbic,{from},VNM,trade,standing,2014-01-01,2014-12-31,{trade},0.08"
            );
        }
    }
    let number = |row: &BTreeMap<String, String>, column: &str| row[column].parse::<f64>().unwrap();
    for row in table("ties/oda/cow_gcdf.csv")? {
        if row["ccode"] == "816" && row["year"] == "2015" {
            let sum = number(&row, "oof_adj") + number(&row, "oda_adj");
            let _ = writeln!(
                out,
                "gcdf:2015,gcdf,CHN,VNM,finance,pledged,2015-01-01,2015-12-31,{sum},0.25"
            );
        }
    }
    let mut ballots: BTreeMap<String, BTreeMap<String, u8>> = BTreeMap::new();
    for row in table("ties/un/un_votes_asia_s65_74.csv")? {
        if let (Some(level), true) = (votes::level(&row["vote"]), row["session"] == "70.0") {
            ballots
                .entry(row["country_code"].clone())
                .or_default()
                .insert(row["rcid"].clone(), level);
        }
    }
    for (two, code) in [("US", "USA"), ("JP", "JPN"), ("CN", "CHN")] {
        let (x, y) = paired(&ballots["VN"], &ballots[two]);
        let (share, n) = (agreement(&x, &y).unwrap(), x.len());
        let _ = writeln!(
            out,
            "un:{code}:70,un,{code},VNM,votes,standing,2015-01-01,2015-12-31,{share:.4},ballots:{n}"
        );
    }
    Some(out)
}

/// A place with a ledger of these articles and the table of ties.
fn stocked(articles: &[(&str, &str)]) -> Option<Place> {
    let seed = fs::read_to_string(shared("seed/article.txt")?).unwrap();
    let place = Place::with("article.txt", seed);
    place.write("ties.csv", ties()?);
    place.run(&["add", "article.txt", "--published", "2015-09-20", "--quiet"]).fine();
    for (name, text) in articles {
        place.write(name, text);
        place.run(&["add", name, "--quiet"]).fine();
    }
    Some(place)
}

/// The answer as JSON under the assumptions and some more.
fn asked(place: &Place, more: &[&str]) -> Value {
    let args: Vec<&str> =
        ASSUMED.iter().chain(more).chain(&["--format", "jsonl"]).copied().collect();
    let out = place.run(&args).fine();
    serde_json::from_str(out.lines().next().unwrap()).unwrap()
}

/// L, score, W, O as tables print them.
fn said(summary: &Value) -> String {
    let n = |key: &str, digits: usize| format!("{:.digits$}", summary[key].as_f64().unwrap());
    format!("L {} score {} W {} O {}", n("lean", 3), n("score", 1), n("within", 3), n("offset", 3))
}

fn pledged(answer: &Value) -> String {
    said(&answer["answer"]["runs"][1]["position"]["summary"])
}

#[test]
fn one_figure_turns_the_lean() {
    let Some(place) = stocked(&[WIRES[0], WIRES[1], BOATS]) else { return };
    let security = ["--saturation", "assistance=100e6"];
    let answer = asked(&place, &security);
    assert_eq!(pledged(&answer), "L -0.070 score 46.5 W 0.781 O 0.149");
    // The fact knows the other figure, who prints it, and what it would make of the answer.
    let swings = &answer["answer"]["runs"][1]["swings"];
    assert_eq!(swings.as_array().unwrap().len(), 1, "{swings}");
    let readings = &swings[0]["readings"];
    assert_eq!(readings[0]["publishers"], serde_json::json!(["Harbour Post", "Lotus Wire"]));
    assert_eq!(readings[1]["publishers"], serde_json::json!(["article"]));
    assert_eq!(readings[1]["value"], 1.7e9);
    assert_eq!(said(&readings[1]["summary"]), "L 0.107 score 55.4 W 0.605 O 0.288");
    // Without saturation the larger figure makes no difference: the one-sided tie counts whole either way.
    let whole = asked(&place, &["--saturation", "assistance=0"]);
    assert_eq!(pledged(&whole), "L 0.118 score 55.9 W 0.593 O 0.288");
    // The two rivals alone.
    let rivals = &whole["answer"]["runs"][1]["memberships"][0];
    assert_eq!(rivals[0], 0.0);
}

#[test]
fn the_article_alone_says_otherwise_and_deliveries_do_not_move() {
    let security = ["--saturation", "assistance=100e6"];
    let Some(both) = stocked(&[WIRES[0], WIRES[1], BOATS]) else { return };
    let Some(alone) = stocked(&[BOATS]) else { return };
    let (both, alone) = (asked(&both, &security), asked(&alone, &security));
    assert_eq!(pledged(&both), "L -0.070 score 46.5 W 0.781 O 0.149");
    assert_eq!(pledged(&alone), "L 0.107 score 55.4 W 0.605 O 0.288");
    let delivered = |answer: &Value| answer["answer"]["runs"][0]["position"].clone();
    assert_eq!(delivered(&both), delivered(&alone));
}

#[test]
fn rivals_alone_show_no_offset() {
    let Some(place) = stocked(&[]) else { return };
    let args = [
        "hedge",
        "VNM",
        "--rivals",
        "USA,CHN",
        "--at",
        "2015-09-20",
        "--ties",
        "ties.csv",
        "--only",
        "partnership,trade,votes",
        "--saturation",
        "trade=0",
        "--format",
        "jsonl",
    ];
    let answer: Value = serde_json::from_str(&place.run(&args).fine()).unwrap();
    assert_eq!(pledged(&answer), "L -0.457 score 27.1 W 0.543 O 0.000");
}

/// A table of ties without a ledger.
const TIES: &str = "id,source,actor,recipient,indicator,series,start,end,value,error\n\
    t:1,customs,USA,VNM,trade,standing,2014-01-01,2014-12-31,30e9,0.08\n\
    t:2,customs,CHN,VNM,trade,standing,2014-01-01,2014-12-31,60e9,0.08\n\
    l:1,ladder,USA,VNM,partnership,standing,2013-07-25,,2,\n\
    l:2,ladder,CHN,VNM,partnership,standing,2008-05-01,,4,\n";

#[test]
fn a_table_of_ties_is_enough() {
    let place = Place::with("ties.csv", TIES);
    let ask = ["hedge", "VNM", "--rivals", "USA,CHN", "--at", "2015-09-20", "--ties", "ties.csv"];
    let with = |more: &[&str]| place.run(&[&ask[..], more].concat()).fine();
    expect![[r#"
        Vietnam (VNM) between United States (USA) and China (CHN), 2015-09-20
        hedge.v1; -1 is wholly with CHN, 1 wholly with USA

        On what was delivered
          domain       lean       CHN               USA  possible          depth  by           with USA   with CHN   third
          diplomatic   -0.333     ·······███│··········                    1.000  partnership  2          4
          security     no source  ╌╌╌╌╌╌╌╌╌╌│╌╌╌╌╌╌╌╌╌╌  -1.000 to +1.000
          economic     -0.330     ·······███│··········                    0.989  trade        USD 30 bn  USD 60 bn  0 %
          development  no source  ╌╌╌╌╌╌╌╌╌╌│╌╌╌╌╌╌╌╌╌╌  -1.000 to +1.000
          stance       no source  ╌╌╌╌╌╌╌╌╌╌│╌╌╌╌╌╌╌╌╌╌  -1.000 to +1.000

          L -0.332  score 33.4  W 0.668  O 0.000
          W = 0.663 tied to both sides + 0.000 crossed within a domain + 0.005 on no tie (depth 0.995)
          What is missing leaves L open from -0.733 to +0.467.
          Nine draws in ten: L -0.376 to -0.287 (median -0.330), W 0.624 to 0.713, O 0.000 to 0.000, score
          31.2 to 35.6. 0 % lean to the first, 0 % lie from 45 to 55. 200 draws over structured sources
          alone, seed 1.

        What drives it, delivered
          fact  of           with  size       L without it  shift
          l:1   partnership  USA   2          -0.330        -0.002
          l:2   partnership  CHN   4          -0.330        -0.002
          t:1   trade        USA   USD 30 bn  -0.333        +0.002
          t:2   trade        CHN   USD 60 bn  -0.333        +0.002

        How L moves with what was chosen
          saturation trade (USD): 0 -0.333 · 10 m -0.333 · 100 m -0.333 · 1 bn -0.332 · 10 bn -0.317 · 100
          bn -0.246 · 1 tn -0.180
          weight diplomatic (share): 0 -0.330 · 0.2 -0.330 · 0.4 -0.331 · 0.6 -0.332 · 0.8 -0.333 · 1 -0.333
          weight economic (share): 0 -0.333 · 0.2 -0.333 · 0.4 -0.332 · 0.6 -0.331 · 0.8 -0.330 · 1 -0.330
          levels (0 as ratios, 1 as steps): 0 -0.332 · 1 -0.415

        On what was pledged
          No pledge counts on that day.

        Before this is quoted
          delivered: security has no source; its lean may be anything
          delivered: development has no source; its lean may be anything
          delivered: stance has no source; its lean may be anything
          pledged: security has no source; its lean may be anything
          pledged: development has no source; its lean may be anything
          pledged: stance has no source; its lean may be anything
          levels are an order, taken for a ratio here; see the curve over levels

        What L, W, O and depth mean: hedgerow explain hedge.v1
    "#]].assert_eq(&with(&["--draws", "200"]));
    assert_eq!(with(&["--format", "jsonl"]), with(&["--format", "jsonl"]), "same seed, same bytes");
    let csv = with(&["--format", "csv", "--draws", "0"]);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let rows: Vec<BTreeMap<String, String>> =
        reader.deserialize().map(|row| row.unwrap()).collect();
    let trade =
        rows.iter().find(|row| row["name"] == "trade" && row["series"] == "pledged").unwrap();
    assert_eq!((trade["facts"].as_str(), trade["first_side"].as_str()), ("t:2;t:1", "30000000000"));
    let svg = with(&["--format", "svg"]);
    assert!(svg.starts_with("<svg ") && svg.contains("economic, delivered"), "{svg}");
    let years = with(&["--series"]);
    assert!(years.contains("On what was delivered, at the end of each year"), "{years}");
    assert!(with(&["--series", "--format", "svg"]).contains("polyline") || years.contains("2014"));
}

#[test]
fn many_states_and_rivals_are_asked_in_one_run() {
    let more = "p:1,customs,USA,PHL,trade,standing,2014-01-01,2014-12-31,20e9,0.08\n\
        p:2,customs,CHN,PHL,trade,standing,2014-01-01,2014-12-31,18e9,0.08\n\
        p:3,customs,JPN,PHL,trade,standing,2014-01-01,2014-12-31,19e9,0.08\n\
        t:3,customs,JPN,VNM,trade,standing,2014-01-01,2014-12-31,25e9,0.08\n";
    let place = Place::with("ties.csv", format!("{TIES}{more}"));
    let ask = |who: &str, more: &[&str]| {
        let rest = ["--at", "2015-09-20", "--ties", "ties.csv", "--format", "csv", "--series"];
        place.run(&[&["hedge", who][..], more, &rest].concat())
    };
    let lines = |who: &str, more: &[&str]| -> Vec<String> {
        ask(who, more).fine().lines().map(str::to_owned).collect()
    };
    let (ours, theirs) = (["--rivals", "USA,CHN"], ["--rivals", "JPN,CHN"]);
    let both = lines("VNM,PHL", &[&ours[..], &theirs].concat());
    // What each question gives by itself, under one line of names.
    let mut expected = vec![both[0].clone()];
    for who in ["VNM", "PHL"] {
        for rivals in [ours, theirs] {
            expected.extend(lines(who, &rivals).into_iter().skip(1));
        }
    }
    assert_eq!(both, expected);
    assert!(both.len() > 40, "{both:?}");
    // A camp counts where its rival is one of the two.
    let camp = [&ours[..], &["--rivals", "AUS,CHN", "--camp", "JPN=USA"]].concat();
    let wide = lines("PHL", &camp);
    let lean = |rows: &[String], first: &str| {
        let of = format!("hedge.v1,,PHL,{first},CHN,2014-12-31,delivered,domain,economic,");
        rows.iter().find_map(|it| it.strip_prefix(&of)).map(str::to_owned)
    };
    assert_ne!(lean(&wide, "USA"), lean(&both, "USA"));
    assert!(lean(&wide, "AUS").unwrap().starts_with(",,"), "no source of Australia");
    let elsewhere = [&ours[..], &theirs, &["--camp", "JPN=RUS"]].concat();
    assert_eq!(ask("VNM", &elsewhere).complaint().0, 2);
    let chart = ["hedge", "VNM,PHL", "--rivals", "USA,CHN", "--ties", "ties.csv"];
    for more in [["--format", "svg"], ["--without", "t:1"]] {
        let all = [&chart[..], &["--at", "2015-09-20"], &more].concat();
        assert_eq!(place.run(&all).complaint().0, 2, "{more:?}");
    }
}

/// The plot of the README; `UPDATE_EXPECT=1` draws it anew.
#[test]
fn the_plot_of_the_readme_is_what_the_program_draws() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let starter = |name: &str| root.join("starter").join(name).display().to_string();
    let (claims, documents) = (starter("claims.jsonl"), starter("documents.jsonl"));
    let place = Place::new();
    place.run(&["import", "claims", &claims, "--documents", &documents]).fine();
    let drawn = place
        .run(&[
            "hedge", "VNM", "--rivals", "USA,CHN", "--camp", "JPN=USA", "--series", "--format",
            "svg",
        ])
        .fine();
    expect_test::expect_file![root.join("docs/hedge.svg")].assert_eq(&drawn);
}

#[test]
fn scenarios_are_put_beside() {
    let place = Place::with("ties.csv", TIES);
    place.write("upgrade.toml", "name = 'upgrade'\n[[change]]\nfact = 'l:1'\nvalue = 4\n");
    let ask = [
        "hedge",
        "VNM",
        "--rivals",
        "USA,CHN",
        "--at",
        "2015-09-20",
        "--ties",
        "ties.csv",
        "--draws",
        "0",
    ];
    let with = |more: &[&str]| place.run(&[&ask[..], more].concat());
    let out = with(&["--with", "upgrade.toml", "--without", "t:1"]).fine();
    let what_if: Vec<&str> = out
        .lines()
        .skip_while(|it| !it.starts_with("What if"))
        .take_while(|it| !it.starts_with("Before"))
        .collect();
    expect![[r#"
        What if: without t:1
          delivered  now   L -0.332  score 33.4  W 0.668  O 0.000
                     then  L -0.333  score 33.3  W 0.667  O 0.000
          pledged    now   L -0.332  score 33.4  W 0.668  O 0.000
                     then  L -0.333  score 33.3  W 0.667  O 0.000

        What if: upgrade
          delivered  now   L -0.332  score 33.4  W 0.668  O 0.000
                     then  L -0.165  score 41.8  W 0.835  O 0.000
          pledged    now   L -0.332  score 33.4  W 0.668  O 0.000
                     then  L -0.165  score 41.8  W 0.835  O 0.000
    "#]]
    .assert_eq(&what_if.join("\n"));
    let (status, said) = with(&["--without", "f-none"]).complaint().into_parts();
    assert_eq!(status, 2);
    assert!(said.contains("no fact f-none"), "{said}");
}

/// Status and line by value.
trait Parts {
    fn into_parts(self) -> (i32, String);
}

impl Parts for (i32, &str) {
    fn into_parts(self) -> (i32, String) {
        (self.0, self.1.to_owned())
    }
}

#[test]
fn wrong_questions_are_refused_with_a_remedy() {
    let place = Place::with("sang.md", VISIT);
    place.run(&["add", "sang.md", "--quiet"]).fine();
    for args in [
        &["hedge", "VNM", "--rivals", "USA"][..],
        &["hedge", "VNM", "--rivals", "USA,USA"],
        &["hedge", "VNM", "--rivals", "VNM,CHN"],
        &["hedge", "VNM", "--rivals", "USA,CHN", "--camp", "JPN=RUS"],
        &["hedge", "VNM", "--rivals", "USA,CHN", "--camp", "JPN=USA:2"],
        &["hedge", "VNM", "--rivals", "USA,CHN", "--only", "trades"],
        &["hedge", "VNM", "--rivals", "USA,CHN", "--saturation", "trade"],
        &["hedge", "VNM", "--rivals", "USA,CHN", "--saturation", "trade=NaN"],
        &["hedge", "VNM", "--rivals", "USA,CHN", "--rate", "JPY=0"],
        &["hedge", "VNM", "--toward", "CHN"],
        &["hedge", "VNM,CHN", "--toward", "CHN"],
    ] {
        let ran = place.run(args);
        assert_eq!(ran.complaint().0, 2, "{args:?}: {}", ran.err);
    }
}

#[test]
fn wrong_rows_of_a_table_are_refused_one_by_one() {
    let place = Place::with(
        "ties.csv",
        format!(
            "{TIES}t:3,customs,JPN,VNM,trade,standing,2014,,1,\nt:4,customs,JPN,VNM,trade,standing,2014-01-01,,-1,\n"
        ),
    );
    let ran = place.run(&[
        "hedge",
        "VNM",
        "--rivals",
        "USA,CHN",
        "--at",
        "2015-09-20",
        "--ties",
        "ties.csv",
        "--draws",
        "0",
    ]);
    assert_eq!(ran.status, 1);
    assert!(ran.out.contains("On what was delivered"));
    expect![[r#"
        hedgerow: ties.csv, row 6: start `2014` is no day like 2015-09-20; the columns are id,source,actor,recipient,indicator,series,start,end,value,error
        hedgerow: ties.csv, row 7: a value of -1; they are 0 or more; the columns are id,source,actor,recipient,indicator,series,start,end,value,error
    "#]].assert_eq(&ran.err);
}

#[test]
fn two_states_toward_a_third() {
    let place = Place::with(
        "talks.md",
        "---\ntitle: Talks\noutlet: Lotus Wire\npublished: 2015-09-16\n---\n\n\
         Vietnam accused China of harassing its fishermen on Monday.\n\nJapan accused China of harassing its fishermen on Monday.\n",
    );
    place.run(&["add", "talks.md", "--quiet"]).fine();
    let out = place.run(&["hedge", "VNM,JPN", "--toward", "CHN", "--at", "2015-12-31"]).fine();
    expect![[r#"
        Vietnam (VNM) and Japan (JPN) toward China (CHN), 2015-12-31
          of               VNM with CHN  JPN with CHN  VNM against CHN  JPN against CHN  VNM with JPN
          diplomatic-acts  ?             ?                           3                3  ?

          VNM toward CHN, acts and words, -1 resistance to 1 cooperation: -0.231
          JPN toward CHN, acts and words, -1 resistance to 1 cooperation: -0.231
          Alike: 1.000
    "#]].assert_eq(&out);
}

#[test]
fn imports_in_the_ledger_give_the_same_as_a_table() {
    let Some(place) = stocked(&[WIRES[0], WIRES[1], BOATS]) else { return };
    let security = ["--saturation", "assistance=100e6"];
    let by_table = asked(&place, &security);
    // Trade, finance and votes now come from the files themselves; only the two levels are still in a table.
    let table = fs::read_to_string(place.path("ties.csv")).unwrap();
    let levels: Vec<&str> = table.lines().take(3).collect();
    place.write("ties.csv", levels.join("\n") + "\n");
    for (kind, file) in [
        ("fbic", "ties/fbic/FBIC_cleaned.csv"),
        ("gcdf", "ties/oda/cow_gcdf.csv"),
        ("un-votes", "ties/un/un_votes_asia_s65_74.csv"),
    ] {
        let Some(path) = shared(file) else { return };
        place.run(&["import", kind, path.to_str().unwrap()]).fine();
    }
    let by_import = asked(&place, &security);
    for key in ["lean", "within", "offset"] {
        let of = |answer: &Value| {
            answer["answer"]["runs"][1]["position"]["summary"][key].as_f64().unwrap()
        };
        // The table rounds the shares of votes to four digits.
        let (table, import) = (of(&by_table), of(&by_import));
        assert!(
            (table - import).abs() < 1e-4,
            "{key}: {table} from the table, {import} from imports"
        );
    }
}
