//! Hostile files: one error with place and remedy, or rows counted, and memory that stays small.

use std::io::Write;

use hedgerow_data::kinds;

use crate::make::Place;

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

/// Every kind, over mutations of a small file: no panic, and rows add up.
#[test]
fn mutated_files_never_panic() {
    let seeds: [(&str, &str); 8] = [
        (
            "atop",
            "ccode1,ccode2,year,defense,offense,neutral,nonagg,consul\n2,740,2015,1,0,0,0,1\n",
        ),
        ("un-votes", "rcid,session,country_code,vote\n1,70,VN,yes\n1,70,RU,no\n"),
        (
            "sipri",
            "x\nRecipient,Supplier,Year of order, ,Number ordered, ,Weapon designation,Weapon description,Number delivered, ,Year(s) of delivery,status,Comments,SIPRI TIV per unit,SIPRI TIV for total order,SIPRI TIV of delivered weapons\nViet Nam,Russia,2009,,6,,Kilo,submarine,6,,2013; 2014,New,,1,6,6\n",
        ),
        (
            "archigos",
            "obsid\tccode\tleader\tstartdate\tenddate\tentry\texit\nA\t816\tB\t2011-01-19\t2015-12-31\tRegular\tStill in Office\n",
        ),
        (
            "desta",
            "number;base_treaty;name;entry_type;year;entryforceyear;c1;c2;mc1;mc2\n1;1;A;base_treaty;2000;2001;704;840;0;0\n",
        ),
        (
            "mid",
            "disno,statea,stateb,year,hihosta,fatleva,strtyr,strtmnth,strtday,endyear,endmnth,endday\n1,2,816,1996,3,0,1996,1,24,1996,1,30\n",
        ),
        (
            "wdi",
            "Country Name,Country Code,Indicator Name,Indicator Code,2014,2015\nV,VNM,GDP (x),A.B,1,2\n",
        ),
        (
            "gdelt-mentions",
            "1\t20150101000000\t20150101001500\t1\texample.org\thttp://a\t1\t-1\t5\t9\t1\t50\t100\t1.0\t\t\n",
        ),
    ];
    let mut place = Place::new();
    let mut state = 0x9E37_79B9_u64;
    let mut random = move |below: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let rounds = if std::env::var_os("HEDGEROW_FULL").is_some() { 1250 } else { 40 };
    for (kind, seed) in seeds {
        for _ in 0..rounds {
            let mut bytes = seed.as_bytes().to_vec();
            for _ in 0..=random(4) {
                let at = random(bytes.len());
                if bytes.len() < 2 {
                    break;
                }
                match random(4) {
                    0 => bytes[at] = random(256) as u8,
                    1 => drop(bytes.remove(at)),
                    2 => bytes.insert(at, b"\",;\t\n-9\0\xff"[random(10)]),
                    _ => bytes.truncate(at.max(1)),
                }
            }
            let path = place.write("mutated.csv", &bytes);
            if let Ok(hedgerow_data::import::Done::Kept(_, tally)) = place.import(kind, &path, &[])
            {
                let sum = tally.kept + tally.known + tally.passed_over + tally.refused;
                assert_eq!(tally.read, sum, "{kind}: {:?}", String::from_utf8_lossy(&bytes));
            }
        }
    }
    place.ledger.verify().unwrap();
}

#[test]
fn every_kind_says_whose_it_is() {
    assert_eq!(kinds().len(), 20);
    for kind in kinds() {
        for text in [kind.title, kind.row, kind.keeps, kind.licence, kind.citation, kind.url] {
            assert!(text.len() > 2, "{}", kind.name);
        }
    }
}
