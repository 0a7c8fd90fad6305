//! Hostile files: one error with place and remedy, or rows counted, and memory that stays small.

use std::io::Write;

use hedgerow_data::import::Done;
use hedgerow_data::{Tested, kinds};

use crate::make::{Place, try_out};

#[test]
fn what_is_no_table_is_refused_with_a_remedy() {
    let mut place = Place::new();
    for (name, content, says) in [
        ("empty.csv", &b""[..], "is empty"),
        ("a.zip", b"PK\x03\x04rest of it", "unpack it"),
        ("a.gz", b"\x1f\x8b\x08\0\0\0\0\0", "gunzip"),
        ("utf16.csv", b"\xff\xfea\0b\0c\0d\0", "iconv"),
        ("a.rda", b"RDX3\nX\n\0\0", "never open such files"),
        ("a.pkl", b"\x80\x04\x95\x01\x02\x03\x04\x05", "never open such files"),
        ("a.bin", b"abc\0defgh", "is binary"),
        ("a.parquet", b"PAR1 and no more", "no Parquet file"),
        ("other.csv", b"a,b,c\n1,2,3\n", "there is no column"),
    ] {
        let path = place.write(name, content);
        let error = place.import("atop", &path, &[]).unwrap_err().to_string();
        assert!(error.contains(says) && error.contains(name) && error.contains("; "), "{error}");
    }
    let missing = place.folder.path().join("missing.csv");
    let error = place.import("atop", &missing, &[]).unwrap_err().to_string();
    assert!(error.contains("missing.csv"), "{error}");
    let folder = place.folder.path().to_owned();
    assert!(place.import("atop", &folder, &[]).unwrap_err().to_string().contains("is a folder"));
    let path = place.write("x.csv", "ccode1\n");
    assert!(place.import("atop", &path, &["flow=M"]).unwrap_err().to_string().contains("flow"));
    assert!(place.import("atopp", &path, &[]).unwrap_err().to_string().contains("--list"));
    assert!(place.ledger.imports().unwrap().is_empty());
}

#[test]
fn a_quotation_mark_that_never_closes_is_an_error_with_its_line() {
    let mut place = Place::new();
    let path = place.folder.path().join("open.csv");
    let mut file = std::fs::File::create(&path).unwrap();
    write!(file, "ccode,year,imports,exports\n2,1870,450,418\n2,\"1871").unwrap();
    for _ in 0..200_000 {
        file.write_all(b"534,475\n2,1872,1,1,a long row of nothing\n").unwrap();
    }
    let error = place.import("cow-trade", &path, &[]).unwrap_err().to_string();
    assert!(error.contains("open.csv:3: a row without end"), "{error}");
    assert!(place.ledger.imports().unwrap().is_empty(), "nothing of it is kept");
}

#[test]
fn cells_without_sense_are_counted() {
    let mut place = Place::new();
    let text = "ccode,year,imports,exports\n2,1870,450,418\n2,99999999999999999999,1,1\n2,1e400,1,1\n2,1872,NaN,inf\n2,1873,1e999,5\n,1874,1,1\n2,1875\n\"2\",\"1876\",\"1,5\",1\n2,1877,1,1,1,1,1\n-2,1878,1,1\n\u{661},1879,1,1\n2,0,1,1\n";
    let tally = place.take("cow-trade", text, &[]);
    assert_eq!(tally.read, 12);
    assert_eq!(tally.kept, 2, "the first, and the one with further cells: {tally:?}");
    assert!(tally.reasons.values().all(|it| it.first_line > 1 && it.rows > 0), "{tally:?}");
    let first = tally.reasons.get("column `year` is no whole number").unwrap();
    assert_eq!(first.first_line, 3);
}

/// Bytes that mean something to readers.
const MARKS: &[u8] = b"\",;\t\n-9\0\xff/.";

/// A small file of every kind.
fn seeds() -> Vec<(&'static str, String)> {
    let gdelt = |cells: &[(usize, &str)]| {
        let mut row = vec![""; 61];
        for &(n, cell) in cells {
            row[n] = cell;
        }
        row.join("\t") + "\n"
    };
    let event = gdelt(&[
        (0, "1"),
        (1, "20150915"),
        (7, "JPN"),
        (17, "VNM"),
        (26, "042"),
        (29, "1"),
        (30, "1.9"),
        (60, "https://example.org/a"),
    ]);
    let polecat = "Event ID\tEvent Date\tEvent Type\tEvent Mode\tIntensity\tQuad Code\tActor Name\tActor Country\tPrimary Actor Sector\tRecipient Name\tRecipient Country\tPrimary Recipient Sector\tSource\n\
        2018-1-a\t2018-06-01\tCONSULT\tvisit\t4\tVerbal Cooperation\tA; B\tJPN; USA\tGOV\tC\tVNM\tGOV\tWire\n";
    [
        ("atop", "ccode1,ccode2,year,defense,offense,neutral,nonagg,consul\n2,740,2015,1,0,0,0,1\n"),
        ("un-votes", "rcid,session,country_code,vote\n1,70,VN,yes\n1,70,RU,no\n"),
        ("un-ideal-points", "\"\",ccode,session,NVotesAll,IdealPointAll,Q5%All,iso3c,USAgree\n\"1\",816,70,42,-1.1,-1.5,VNM,.17\n"),
        ("cow-states", "stateabb,ccode,statenme,styear,stmonth,stday,endyear,endmonth,endday,version\nRUS,365,Russia,1816,1,1,2016,12,31,2016\n"),
        ("cow-trade", "ccode1,ccode2,year,flow1,flow2\n2,816,2014,30000.5,5700\n"),
        ("cow-diplomatic", "ccode1,ccode2,year,DR_at_1,DR_at_2,DE,version\n2,31,1985,1,3,1,2006.1\n"),
        ("mid", "disno,statea,stateb,year,hihosta,fatleva,strtyr,strtmnth,strtday,endyear,endmnth,endday\n1,2,816,1996,3,0,1996,1,24,1996,1,30\n"),
        ("fbic", "iso3a,iso3b,year,fbic,bandwidth,dependence\nJPN,VNM,2015,.2116,.5,.2\n"),
        ("desta", "number;base_treaty;name;entry_type;year;entryforceyear;c1;c2;mc1;mc2\n1;1;A;base_treaty;2000;2001;704;840;0;0\n"),
        ("sipri", "x\nRecipient,Supplier,Year of order, ,Number ordered, ,Weapon designation,Weapon description,Number delivered, ,Year(s) of delivery,status,Comments,SIPRI TIV per unit,SIPRI TIV for total order,SIPRI TIV of delivered weapons\nViet Nam,Russia,2009,,6,,Kilo,submarine,6,,2013; 2014,New,,1,6,6\n"),
        ("wdi", "Country Name,Country Code,Indicator Name,Indicator Code,2014,2015\nV,VNM,GDP (x),A.B,1,2\n"),
        ("dac", "DONOR,RECIPIENT,MEASURE,UNIT_MEASURE,PRICE_BASE,TIME_PERIOD,OBS_VALUE,UNIT_MULT,FLOW_TYPE\nJPN,VNM,206,USD,Q,2014,12.5,6,D\n"),
        ("comtrade", "period,reporterCode,partnerCode,flowCode,cmdCode,primaryValue\n2014,704,842,X,TOTAL,286.5\n"),
        ("gcdf", "AidData Record ID,Recommended For Aggregates,Recipient ISO-3,Commitment Year,Flow Class,Amount (Constant USD 2021),Title\n1,Yes,VNM,2014,OOF-like,1000,A\n"),
        ("gdelt-events", &event),
        ("gdelt-mentions", "1\t20150101000000\t20150101001500\t1\texample.org\thttp://a\t1\t-1\t5\t9\t1\t50\t100\t1.0\t\t\n"),
        ("icews", "event_id,event_date,source_name,source_sectors,source_country,cameo_code,intensity,target_name,target_sectors,target_country,story_id,publisher\n1,2018-06-01,A,G,Japan,042,1.9,B,G,Vietnam,5,P\n"),
        ("polecat", polecat),
        ("cow-alliances", "version4id,ccode1,state_name1,ccode2,state_name2,dyad_st_day,dyad_st_month,dyad_st_year,dyad_end_day,dyad_end_month,dyad_end_year,left_censor,right_censor,defense,neutrality,nonaggression,entente,version\n225,2,United States of America,740,Japan,19,1,1960,NA,NA,NA,0,1,1,0,0,1,4.1\n"),
        ("archigos", "obsid\tccode\tleader\tstartdate\tenddate\tentry\texit\nA\t816\tB\t2011-01-19\t2015-12-31\tRegular\tStill in Office\n"),
        ("reign", "stateabb,ccode,leadid,leader,sdate,smonth,syear,emonth,eyear,,\nDRV,816,A,B,19,1,2011,4,2016,,\n"),
    ]
    .map(|(kind, text)| (kind, text.to_owned()))
    .into()
}

/// Every kind, over mutations of a small file: no panic, and rows add up.
#[test]
fn mutated_files_never_panic() {
    let mut place = Place::new();
    let mut state = 0x9E37_79B9_u64;
    let mut random = move |below: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let rounds = if std::env::var_os("HEDGEROW_FULL").is_some() { 10_000 } else { 150 };
    let seeds = seeds();
    assert_eq!(seeds.len(), kinds().len());
    for (kind, seed) in seeds {
        for round in 0..rounds {
            let mut bytes = seed.as_bytes().to_vec();
            // The first is as it should be, and kept.
            for _ in 0..random(5).min(round) {
                let at = random(bytes.len());
                if bytes.len() < 2 {
                    break;
                }
                match random(4) {
                    0 => bytes[at] = random(256) as u8,
                    1 => drop(bytes.remove(at)),
                    2 => bytes.insert(at, MARKS[random(MARKS.len())]),
                    _ if random(8) == 0 => bytes.truncate(at.max(1)),
                    _ => bytes.swap(at, at / 2),
                }
            }
            let path = place.write("mutated.csv", &bytes);
            let done = match round % 50 {
                0 => place.import(kind, &path, &[]),
                _ => try_out(kind, &path),
            };
            if let Ok(Done::Kept(_, tally) | Done::Tried(tally)) = &done {
                let sum = tally.kept + tally.known + tally.passed_over + tally.refused;
                assert_eq!(tally.read, sum, "{kind}: {:?}", String::from_utf8_lossy(&bytes));
            }
            if round == 0 {
                assert!(
                    matches!(&done, Ok(Done::Kept(_, tally)) if tally.kept > 0),
                    "{kind}: {done:?}"
                );
            }
        }
    }
    place.ledger.verify().unwrap();
}

#[test]
fn every_kind_says_whose_it_is() {
    let page = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/imports.md");
    let page = std::fs::read_to_string(page).unwrap();
    assert_eq!(kinds().len(), 21);
    for kind in kinds() {
        for text in [kind.title, kind.row, kind.keeps, kind.licence, kind.citation, kind.url] {
            assert!(text.len() > 2, "{}", kind.name);
        }
        // The page says of each what it was tested on.
        let row = page.lines().find(|line| line.starts_with(&format!("| `{}` |", kind.name)));
        let tested = match kind.tested {
            Tested::RealRows => "real rows",
            Tested::Fixture => "fixture",
        };
        assert!(
            row.is_some_and(|row| row.split('|').nth(2).is_some_and(|it| it.contains(tested))),
            "{}",
            kind.name
        );
    }
}
