//! Rows of our own in the formats that the sources document, with their traps.

use crate::make::Place;

#[test]
fn votes_by_number_and_by_word() {
    let mut place = Place::new();
    let text = "rcid,ccode,session,vote,year\n9,816,70,1,2015\n9,365,70,3,2015\n9,2,70,8,2015\n9,710,70,7,2015\n10,365,45,2,1990\n";
    let tally = place.take("un-votes", text, &[]);
    assert_eq!((tally.kept, tally.refused), (4, 1));
    let votes = place.ledger.votes(70).unwrap();
    let found: Vec<(&str, u8)> = votes.iter().map(|it| (it.state.as_str(), it.vote)).collect();
    assert_eq!(found, [("RUS", 3), ("USA", 8), ("VNM", 1)]);
    assert_eq!(place.ledger.votes(45).unwrap()[0].state, "SUN");
}

#[test]
fn na_is_namibia_only_where_the_name_says_so() {
    let mut place = Place::new();
    let calls = "rcid,session,importantvote,date,unres,amend,para,short,descr\n1,70,1,2015-12-01,R/70/1,0,0,ABOUT,LONG\n1,70,1,2015-12-01,R/70/1,0,0,AGAIN,\n";
    assert_eq!(place.take("un-votes", calls, &[]).refused, 1, "a roll call twice");
    let votes = "rcid,country,country_code,vote\n1,Namibia,NA,yes\n1,Yemen Arab Republic,NA,no\n1,Atlantis,NA,no\n2,Japan,JP,yes\n";
    let path = place.write("votes.csv", votes);
    let hedgerow_data::import::Done::Kept(_, tally) = place.import("un-votes", &path, &[]).unwrap()
    else {
        panic!("not kept")
    };
    assert_eq!((tally.kept, tally.refused), (2, 2), "{tally:?}");
    let states: Vec<String> =
        place.ledger.votes(70).unwrap().into_iter().map(|it| it.state).collect();
    assert_eq!(states, ["NAM", "YEM"]);
}

#[test]
fn alliances_undirected_and_joined() {
    let mut place = Place::new();
    let text = "mem1,mem2,year,defense,offense,neutral,nonagg,consul\n2,740,2015,1,0,0,0,1\n2,710,2015,0,0,0,0,0\n2,999,2015,1,0,0,0,0\n2,740,2014,5,0,0,0,0\n";
    let tally = place.take("atop", text, &[]);
    assert_eq!((tally.kept, tally.refused), (2, 2));
    assert_eq!(place.dyad("atop.defense", "JPN", "USA", 2015), Some(1.0));
    let joined = "ddyad,year,atop_defense,atop_offense,atop_neutral,atop_nonagg,atop_consul\n2740,2016,1,0,0,0,0\n816002,2016,0,0,0,1,0\n";
    place.take("atop", joined, &[]);
    assert_eq!(place.dyad("atop.defense", "USA", "JPN", 2016), Some(1.0));
    assert_eq!(place.dyad("atop.defense", "JPN", "USA", 2016), None);
    assert_eq!(place.dyad("atop.nonagg", "VNM", "USA", 2016), Some(1.0));
}

#[test]
fn dyadic_trade_goes_from_exporter_to_importer() {
    let mut place = Place::new();
    let text = "ccode1,ccode2,year,importer1,importer2,flow1,flow2,version\n2,816,2014,United States of America,Vietnam,30000.5,5700,4\n2,740,2014,a,b,-9,67000,4\n2,710,2014,a,b,-9,-9,4\n2,710,2013,a,b,-5,1,4\n";
    let tally = place.take("cow-trade", text, &[]);
    assert_eq!((tally.kept, tally.passed_over, tally.refused), (2, 1, 1));
    assert_eq!(place.dyad("cow.trade", "VNM", "USA", 2014), Some(30_000.5));
    assert_eq!(place.dyad("cow.trade", "USA", "VNM", 2014), Some(5700.0));
    assert_eq!(place.dyad("cow.trade", "JPN", "USA", 2014), None);
}

#[test]
fn indicators_below_a_preamble() {
    let mut place = Place::new();
    let text = "\u{feff}\"Data Source\",\"World Development Indicators\",\n\n\"Last Updated Date\",\"2024-06-28\",\n\n\"Country Name\",\"Country Code\",\"Indicator Name\",\"Indicator Code\",\"2014\",\"2015\",\n\"Viet Nam\",\"VNM\",\"GDP (current US$)\",\"NY.GDP.MKTP.CD\",\"233451484773\",\"\",\n\"World\",\"WLD\",\"GDP (current US$)\",\"NY.GDP.MKTP.CD\",\"1\",\"2\",\n\"Japan\",\"JPN\",\"GDP (current US$)\",\"NY.GDP.MKTP.CD\",\"\",\"\",\n";
    let tally = place.take("wdi", text, &[]);
    assert_eq!((tally.kept, tally.passed_over), (1, 2), "{tally:?}");
    assert_eq!(place.state("wdi.NY.GDP.MKTP.CD", "VNM", 2014), Some(233_451_484_773.0));
    assert_eq!(place.ledger.coverage(Some("wdi.NY.GDP.MKTP.CD")).unwrap()[0].unit, "current US$");
    assert_eq!(place.ledger.imports().unwrap()[0].version.as_deref(), Some("2024-06-28"));
}

const DAC: &str = "STRUCTURE,STRUCTURE_ID,STRUCTURE_NAME,ACTION,DONOR,Donor,RECIPIENT,Recipient,MEASURE,Measure,UNIT_MEASURE,Unit of measure,PRICE_BASE,Price base,TIME_PERIOD,Time period,OBS_VALUE,Observation value,BASE_PER,Base period,UNIT_MULT,Unit multiplier,FLOW_TYPE,Flow type,OBS_STATUS,Observation status\n";

#[test]
fn aid_keeps_prices_and_flows_apart() {
    let mut place = Place::new();
    let row = |donor: &str,
               measure: &str,
               unit: &str,
               price: &str,
               value: &str,
               mult: &str,
               flow: &str| {
        format!(
            "DATAFLOW,x,y,I,{donor},n,VNM,n,{measure},ODA,{unit},u,{price},p,2014,,{value},,2022,,{mult},m,{flow},f,A,s\n"
        )
    };
    let text = [
        DAC.to_owned(),
        row("JPN", "206", "USD", "V", "1522.5", "6", "D"),
        row("JPN", "206", "USD", "Q", "1400", "6", "D"),
        row("JPN", "305", "USD", "Q", "2000", "6", "C"),
        row("DPGC", "206", "USD", "Q", "9", "6", "D"),
        row("USA", "206", "EUR", "Q", "9", "6", "D"),
        row("USA", "206", "USD", "Q", "9", "", "D"),
        row("USA", "206", "USD", "X", "9", "6", "D"),
    ]
    .concat();
    let tally = place.take("dac", text, &[]);
    assert_eq!((tally.kept, tally.passed_over, tally.refused), (3, 1, 3), "{tally:?}");
    assert_eq!(place.dyad("dac.206.current", "JPN", "VNM", 2014), Some(1_522_500_000.0));
    assert_eq!(place.dyad("dac.206.constant", "JPN", "VNM", 2014), Some(1_400_000_000.0));
    assert_eq!(place.dyad("dac.305.constant.committed", "JPN", "VNM", 2014), Some(2_000_000_000.0));
    let coverage = place.ledger.coverage(Some("dac.206.constant")).unwrap();
    assert_eq!(coverage[0].unit, "constant 2022 USD");
}

#[test]
fn trade_in_parts_is_not_added_to_its_sum() {
    let mut place = Place::new();
    let text = "period,reporterCode,partnerCode,partner2Code,motCode,customsCode,flowCode,cmdCode,primaryValue\n\
        2014,704,842,0,0,C00,X,TOTAL,28649000000\n2014,704,842,0,1000,C00,X,TOTAL,5\n2014,842,704,0,0,C00,M,TOTAL,30584000000\n\
        2014,704,0,0,0,C00,X,TOTAL,9\n2014,704,842,0,0,C00,RX,TOTAL,9\n201401,704,842,0,0,C00,X,TOTAL,9\n2014,704,842,0,0,C00,Z,TOTAL,9\n2014,704,842,0,0,C00,X,TOTAL,7\n";
    let tally = place.take("comtrade", text, &[]);
    assert_eq!(
        (tally.kept, tally.passed_over, tally.refused, tally.repeated),
        (3, 3, 2, 1),
        "{tally:?}"
    );
    assert_eq!(place.dyad("comtrade.exports.TOTAL", "VNM", "USA", 2014), Some(28_649_000_000.0));
    assert_eq!(place.dyad("comtrade.imports.TOTAL", "VNM", "USA", 2014), Some(30_584_000_000.0));
}

#[test]
fn projects_of_which_only_those_for_aggregates_count() {
    let mut place = Place::new();
    let text = "AidData Record ID,Recommended For Aggregates,Recipient,Recipient ISO-3,Commitment Year,Flow Class,Adjusted Amount (Constant USD 2021),Title,Status\n\
        1,Yes,Viet Nam,VNM,2014,OOF-like,1000,A power plant,Completion\n2,Yes,Viet Nam,VNM,2014,OOF-like,500.5,A railway,Implementation\n\
        3,No,Viet Nam,VNM,2014,OOF-like,9999,A promise,Pledge\n4,Yes,\"Africa, regional\",,2014,ODA-like,1,x,y\n5,Yes,Viet Nam,VNM,2014,Gift,1,x,y\n";
    let tally = place.take("gcdf", text, &[]);
    assert_eq!((tally.kept, tally.passed_over, tally.refused), (2, 2, 1), "{tally:?}");
    assert_eq!(place.dyad("gcdf.oof", "CHN", "VNM", 2014), Some(1500.5));
    assert_eq!(place.ledger.spells("gcdf.project", Some("VNM")).unwrap().len(), 2);
}

/// An event of GDELT with these cells set.
fn gdelt(cells: &[(usize, &str)]) -> String {
    let mut row = vec![""; 61];
    for &(n, cell) in cells {
        row[n] = cell;
    }
    row.join("\t") + "\n"
}

#[test]
fn gdelt_events_between_two_states() {
    let mut place = Place::new();
    let event = |id, actor, recipient, more: &[(usize, &str)]| {
        let mut cells = vec![
            (0, id),
            (1, "20150915"),
            (6, "JAPAN"),
            (7, actor),
            (12, "GOV"),
            (17, recipient),
            (26, "042"),
            (29, "1"),
            (30, "1.9"),
            (60, "https://www.example.org/a\"b"),
        ];
        cells.extend_from_slice(more);
        gdelt(&cells)
    };
    let text = [
        event("1", "JPN", "VNM", &[]),
        event("1", "JPN", "VNM", &[]),
        event("2", "ROM", "VNM", &[]),
        event("3", "JPN", "AFR", &[]),
        event("4", "JPN", "", &[]),
        event("5", "JPN", "JPN", &[]),
        event("6", "JPN", "VNM", &[(1, "20151332")]),
        event("7", "JPN", "VNM", &[(29, "7")]),
        vec!["8"; 58].join("\t") + "\n",
    ]
    .concat();
    let tally = place.take("gdelt-events", text, &[]);
    assert_eq!(
        (tally.kept, tally.known, tally.passed_over, tally.refused),
        (2, 1, 3, 3),
        "{tally:?}"
    );
    let found =
        place.ledger.event_counts(None, None, Some("VNM"), 20_150_101..=20_151_231).unwrap();
    let found: Vec<_> =
        found.iter().map(|it| (&*it.actor, &*it.code, it.quad, it.publisher.as_deref())).collect();
    assert_eq!(found.len(), 2);
    assert!(found.contains(&("JPN", "042", Some(1), Some("example.org"))));
    assert!(found.iter().any(|it| it.0 == "ROU"));
}

const POLECAT: &str = "Event ID\tEvent Date\tEvent Type\tEvent Mode\tIntensity\tQuad Code\tContexts\tActor Name\tActor Country\tActor COW\tPrimary Actor Sector\tActor Sectors\tActor Title\tActor Name Raw\tWikipedia Actor ID\tRecipient Name\tRecipient Country\tRecipient COW\tPrimary Recipient Sector\tRecipient Sectors\tRecipient Title\tRecipient Name Raw\tWikipedia Recipient ID\tPlacename\tCity\tDistrict\tProvince\tCountry\tLatitude\tLongitude\tGeoNames ID\tRaw Placename\tFeature Type\tSource\tPublication Date\tStory People\tStory Organizations\tStory Locations\tLanguage\tVersion\n";

#[test]
fn polecat_lists_become_pairs() {
    let mut place = Place::new();
    let row = |id: &str, kind: &str, actors: &str, recipients: &str| {
        let mut cells = vec![String::new(); 40];
        for (n, cell) in [
            (0, id),
            (1, "2018-06-01"),
            (2, kind),
            (3, "visit"),
            (4, "4.0"),
            (5, "Verbal Cooperation"),
            (7, "Caf\u{e9}"),
            (8, actors),
            (16, recipients),
            (33, "Wire"),
        ] {
            cells[n] = cell.to_owned();
        }
        let text = cells.join("\t") + "\t\t\n";
        text.chars().map(|c| c as u8).collect::<Vec<u8>>()
    };
    let mut text = POLECAT.as_bytes().to_vec();
    text.extend(row("20180601-1-a", "CONSULT", "JPN; USA", "VNM;JPN"));
    text.extend(row("20180601-1-b", "CONSULT", "None", "VNM"));
    text.extend(row("20180601-1-c", "VNM", "VNM", "VNM"));
    text.extend(row("20180601-1-d", "consult", "JPN", "VNM"));
    let tally = place.take("polecat", text, &[]);
    assert_eq!((tally.kept, tally.passed_over, tally.refused), (1, 2, 1), "{tally:?}");
    let found =
        place.ledger.event_counts(Some("polecat"), None, None, 20_180_601..=20_180_601).unwrap();
    let pairs: Vec<_> =
        found.iter().map(|it| format!("{}-{} {}", it.actor, it.recipient, it.code)).collect();
    assert_eq!(pairs.len(), 3, "{pairs:?}");
    assert!(pairs.contains(&"USA-JPN CONSULT.visit".to_owned()), "{pairs:?}");
}

#[test]
fn dates_in_doubt_are_not_guessed() {
    let head = "event_id,event_date,source_name,source_sectors,source_country,event_text,cameo_code,intensity,target_name,target_sectors,target_country,story_id,publisher\n";
    let text = format!(
        "{head}1,10/01/2009,A,Government,Japan,Visit,042,1.9,B,Government,Vietnam,5,P\n2,13/01/2009,A,Government,Japan,Visit,042,1.9,B,Government,Vietnam,5,P\n3,2009-01-10,A,Government,Japan,Visit,42,1.9,B,Government,Vietnam,5,P\n"
    );
    let mut place = Place::new();
    let tally = place.take("icews", &text, &[]);
    assert_eq!(tally.refused, 3);
    let why = tally.reasons.keys().cloned().collect::<Vec<_>>().join("; ");
    assert!(
        why.contains("say --assume dates=dmy") && why.contains("lost its leading zero"),
        "{why}"
    );
    let tally = place.take("icews", &text, &["dates=dmy"]);
    assert_eq!((tally.kept, tally.refused), (2, 1));
    let found = place.ledger.event_counts(None, None, None, 20_090_110..=20_090_110).unwrap();
    assert_eq!(found.len(), 1);
}

const COW: &str = "version4id,ccode1,state_name1,ccode2,state_name2,dyad_st_day,dyad_st_month,dyad_st_year,dyad_end_day,dyad_end_month,dyad_end_year,left_censor,right_censor,defense,neutrality,nonaggression,entente,version\n";

#[test]
fn cow_alliances_that_stand_when_the_data_end() {
    let mut place = Place::new();
    // The treaty of 1960, one that ended, one that ends before it begins.
    let rows = "225,2,United States of America,740,Japan,19,1,1960,NA,NA,NA,0,1,1,0,0,1,4.1\n\
        200,365,Russia,816,Vietnam,3,11,1978,26,12,1991,0,0,0,0,0,1,4.1\n\
        9,2,a,710,b,1,1,1950,1,1,1940,0,0,1,0,0,0,4.1\n";
    let tally = place.take("cow-alliances", format!("{COW}{rows}"), &[]);
    assert_eq!((tally.kept, tally.refused), (2, 1), "{tally:?}");
    let defense = "cow.alliance.defense";
    // Each pair stands in one order: it holds both ways.
    for (a, b) in [("USA", "JPN"), ("JPN", "USA")] {
        assert_eq!(place.dyad(defense, a, b, 1960), Some(1.0));
        assert_eq!(place.dyad(defense, a, b, 2012), Some(1.0), "open: to the end of 4.1");
        assert_eq!(place.dyad(defense, a, b, 2013), None);
        assert_eq!(place.dyad(defense, a, b, 1959), None);
    }
    assert_eq!(place.dyad("cow.alliance.entente", "SUN", "VNM", 1991), Some(1.0));
    assert_eq!(place.dyad("cow.alliance.entente", "VNM", "SUN", 1992), None);
    let coverage = &place.ledger.coverage(Some(defense)).unwrap()[0];
    assert_eq!((coverage.from_year, coverage.to_year), (1816, 2012));
    let spell = place.ledger.spells("cow.alliance", Some("JPN")).unwrap().remove(0);
    assert_eq!((spell.start.as_deref(), spell.until), (Some("1960-01-19"), None));
    assert_eq!(spell.label, "defense, entente");
    let ties = hedgerow_data::ties(&place.ledger, "JPN").unwrap();
    assert_eq!(ties.rows.len(), 53, "without ATOP, COW counts: 1960 to 2012");
    assert_eq!(ties.rows[0].value(), Some(3.0));
}

#[test]
fn cow_alliances_by_year_and_directed() {
    let mut place = Place::new();
    let heading =
        "version4id,ccode1,ccode2,defense,neutrality,nonaggression,entente,year,version\n";
    let rows = "1,2,740,1,0,0,1,2000,4.1\n1,740,2,0,0,0,1,2000,4.1\n1,2,740,1,0,0,1,2001,4.1\n1,2,740,5,0,0,1,2002,4.1\n";
    let tally = place.take("cow-alliances", format!("{heading}{rows}"), &[]);
    assert_eq!((tally.kept, tally.refused), (3, 1));
    assert_eq!(place.dyad("cow.alliance.defense", "USA", "JPN", 2000), Some(1.0));
    assert_eq!(place.dyad("cow.alliance.defense", "JPN", "USA", 2000), None, "directed");
    assert_eq!(place.dyad("cow.alliance.defense", "USA", "JPN", 2002), None);
}

#[test]
fn special_sessions_need_a_day_and_count_in_no_year() {
    let mut place = Place::new();
    let text = "rcid,ccode,session,vote,date\n1,816,2011,1,2022-03-02\n1,365,2011,3,2022-03-02\n2,816,2012,1,\n3,816,77,1,2022-10-12\n3,365,77,1,2022-10-12\n4,816,500,1,2022-10-12\n";
    let tally = place.take("un-votes", text, &[]);
    assert_eq!((tally.kept, tally.refused), (4, 2), "{tally:?}");
    assert!(tally.reasons.keys().any(|it| it.contains("has no day")), "{tally:?}");
    assert_eq!(place.ledger.votes(2011).unwrap().len(), 2);
    let ties = hedgerow_data::ties(&place.ledger, "VNM").unwrap();
    let years: Vec<_> = ties.rows.iter().map(|it| (it.start.unwrap().year(), it.value())).collect();
    assert_eq!(years, [(2022, Some(1.0))], "session 77 alone");
    let coverage = &place.ledger.coverage(Some("un.vote")).unwrap()[0];
    assert_eq!((coverage.from_year, coverage.to_year), (2022, 2022));
}

#[test]
fn events_of_another_coder_by_domain() {
    use hedgerow_measure::{Indicator, Series};
    let mut place = Place::new();
    let heading = "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\tIntensity\tTarget Name\tTarget Sectors\tTarget Country\tStory ID\tSentence Number\tPublisher\tCity\tDistrict\tProvince\tCountry\tLatitude\tLongitude\n";
    let row = |n: u32, day: &str, a: &str, code: &str, score: &str, b: &str| {
        format!(
            "{n}\t{day}\tX\tGovernment\t{a}\tt\t{code}\t{score}\tY\tGovernment\t{b}\t1\t1\tPress\t\t\t\t\t\t\n"
        )
    };
    let text = [
        heading.to_owned(),
        row(1, "2014-03-01", "Vietnam", "042", "1.9", "Japan"),
        row(2, "2014-04-01", "Japan", "042", "1.9", "Vietnam"),
        row(3, "2014-05-01", "China", "190", "-10.0", "Vietnam"),
        row(4, "2014-06-01", "Vietnam", "010", "0.0", "China"),
        row(5, "2014-06-02", "Japan", "042", "1.9", "China"),
    ]
    .concat();
    place.take("icews", text, &[]);
    assert_eq!(place.ledger.event_sources().unwrap(), ["icews"]);
    let rows = hedgerow_data::acts(&place.ledger, crate::make::codebook(), "icews", "VNM").unwrap();
    let told: Vec<_> = rows
        .iter()
        .map(|it| {
            (it.actor.as_str(), it.recipient.as_str(), it.indicator, it.series, it.value().unwrap())
        })
        .collect();
    let acts = Indicator::DiplomaticActs;
    assert_eq!(
        told,
        [
            ("CHN", "VNM", Indicator::SecurityActs, Series::Delivered, 0.0),
            ("CHN", "VNM", Indicator::SecurityActs, Series::Conflict, 10.0),
            ("JPN", "VNM", acts, Series::Delivered, 1.9),
            ("VNM", "JPN", acts, Series::Delivered, 1.9),
        ],
        "statements are no acts, and what others do to each other is not asked"
    );
    let figures = hedgerow_data::published::of_pair(&place.ledger, "CHN", "VNM", 2020).unwrap();
    let of: Vec<_> = figures.iter().map(|it| (it.measure, it.of.join(" "), it.value)).collect();
    assert!(of.contains(&("Goldstein sum, conflict (ICEWS)", "CHN VNM".into(), -10.0)), "{of:?}");
}

#[test]
fn a_merge_brings_imports_with_their_rows_once() {
    let (mut mine, mut theirs) = (Place::new(), Place::new());
    let atop = "mem1,mem2,year,defense,offense,neutral,nonagg,consul\n2,740,2015,1,0,0,0,1\n";
    let votes = "rcid,ccode,session,vote,year\n9,816,70,1,2015\n9,2,70,3,2015\n";
    let members = "stateabb,ccode,statenme,styear,stmonth,stday,endyear,endmonth,endday,version\nUSA,2,United States of America,1816,1,1,2016,12,31,2016\n";
    mine.take("atop", atop, &[]);
    // Their terms and variables have other numbers.
    theirs.take("un-votes", votes, &[]);
    theirs.take("atop", atop, &[]);
    theirs.take("cow-states", members, &[]);
    let merged = mine.ledger.merge(&theirs.ledger).unwrap();
    assert_eq!((merged.imports, merged.new), (2, 0), "the alliances are there already");
    assert_eq!(mine.ledger.merge(&theirs.ledger).unwrap().imports, 0);
    assert_eq!(mine.ledger.votes(70).unwrap(), theirs.ledger.votes(70).unwrap());
    let spells = |place: &Place| {
        let found = place.ledger.spells("cow.member", None).unwrap();
        found.into_iter().map(|it| (it.a, it.start, it.until, it.label)).collect::<Vec<_>>()
    };
    assert_eq!(spells(&mine), spells(&theirs));
    assert_eq!(mine.dyad("atop.defense", "USA", "JPN", 2015), Some(1.0));
    assert_eq!(mine.ledger.examine().unwrap().faults, Vec::<String>::new(), "every guard is back");
}
