//! Our codes in other codings, and back.

use hedgerow_codebook::claim::{Kind, Modality};
use hedgerow_codebook::crosswalk::{Act, Plover};
use hedgerow_codebook::lexicon::What;
use hedgerow_codebook::{Codebook, Source};

fn codebook() -> Codebook {
    Codebook::embedded().expect("the codebook has no mistakes")
}

#[test]
fn every_type_and_mode_has_a_cameo_code_that_leads_back_to_it() {
    let codebook = codebook();
    let events = codebook.pages.iter().filter(|page| page.kind == Kind::Event);
    let mut tried = 0;
    for page in events {
        for mode in page.modes().map(Some).chain([None]) {
            let code = codebook.cameo.code(&page.type_, mode, Modality::Actual);
            let code = code.unwrap_or_else(|| panic!("{} {mode:?}", page.type_));
            let what = codebook.cameo.entry(code).and_then(|entry| entry.what.clone());
            assert_eq!(
                what.map(|it| it.type_.to_string()).as_deref(),
                Some(&*page.type_),
                "{code}"
            );
            tried += 1;
        }
    }
    assert!(tried > 70, "{tried}");
}

#[test]
fn main_codes_come_back_as_they_went() {
    let codebook = codebook();
    let mut tried = 0;
    for (code, entry) in codebook.cameo.entries() {
        let Some(what) = entry.what.as_ref().filter(|_| entry.main) else { continue };
        let back = codebook.cameo.code(&what.type_, what.mode.as_deref(), entry.modality);
        assert_eq!(back, Some(code));
        tried += 1;
    }
    assert!(tried > 90, "{tried}");
    // A finer code than the table has counts as the one that it refines.
    assert_eq!(codebook.cameo.entry("1951"), codebook.cameo.entry("195"));
    assert_eq!(codebook.cameo.entry("999"), None);
    assert_eq!(codebook.cameo.entry("é9é"), None);
    // Pledges go by the code of intent, what is refused by that of refusal.
    assert_eq!(codebook.cameo.code("AID", None, Modality::Pledged), Some("033"));
    assert_eq!(codebook.cameo.code("CONSULT", Some("visit"), Modality::CalledFor), Some("026"));
    assert_eq!(codebook.cameo.entry("042").map(|entry| entry.goldstein), Some(1.9));
}

#[test]
fn signs_of_goldstein_values_agree_with_our_quad_classes() {
    let codebook = codebook();
    for page in codebook.pages.iter().filter(|page| page.kind == Kind::Event) {
        let code = codebook.cameo.code(&page.type_, None, Modality::Actual);
        let value = code.and_then(|code| codebook.cameo.entry(code)).map_or(0.0, |e| e.goldstein);
        // CAMEO counts appeals as cooperation.
        let conflict = page.quad().is_some_and(|quad| quad > 2) && page.type_ != "REQUEST";
        assert_eq!(value < 0.0, conflict, "{}", page.type_);
    }
}

#[test]
fn moods_are_folded_by_the_projection() {
    let codebook = codebook();
    let root = |code: &str, change, modality, ceased| {
        let what = What::parse(code).unwrap();
        codebook.projection.of(Act { what: &what, change, modality, ceased })
    };
    for (code, change, modality, ceased, is) in [
        ("flow.aid", None, Modality::Actual, false, Some(Plover::Aid)),
        ("flow.aid", None, Modality::Pledged, false, Some(Plover::Agree)),
        ("flow.aid", None, Modality::Denied, false, Some(Plover::Reject)),
        ("flow.aid", None, Modality::Denied, true, Some(Plover::Sanction)),
        ("flow.arms", None, Modality::HistoricalBackground, false, Some(Plover::Cooperate)),
        ("ASSAULT", None, Modality::Planned, false, Some(Plover::Threaten)),
        ("ASSAULT", None, Modality::Denied, true, Some(Plover::Yield)),
        ("RETREAT", None, Modality::Denied, false, Some(Plover::Reject)),
        ("tie.partnership", Some("upgraded"), Modality::Actual, false, Some(Plover::Support)),
        ("tie.partnership", Some("ended"), Modality::Actual, false, Some(Plover::Sanction)),
        ("tie.relations-severed", None, Modality::Planned, false, Some(Plover::Threaten)),
        ("tie.dispute", None, Modality::Actual, false, None),
        ("stance+", None, Modality::Actual, false, Some(Plover::Support)),
        ("stance0", None, Modality::Actual, false, None),
    ] {
        assert_eq!(
            root(code, change, modality, ceased),
            is,
            "{code} {change:?} {modality:?} {ceased}"
        );
    }
    for plover in Plover::ALL {
        assert_eq!(Plover::parse(plover.as_str()), Some(plover));
    }
}

#[test]
fn mistakes_in_the_tables_are_found() {
    let faults = |path: &str, change: &dyn Fn(&str) -> String| {
        let mut source = Source::embedded();
        let text = change(source.get(path).unwrap_or_default());
        source.insert(path, text);
        let mut names: Vec<&str> = Codebook::check(&source).1.iter().map(|f| f.check).collect();
        names.dedup();
        names
    };
    let projection = "crosswalk/projection.tsv";
    assert_eq!(
        faults(projection, &|t| t.replace("stance0\t", "stance+\t")),
        ["no-projection", "unreached-row"]
    );
    assert_eq!(faults(projection, &|t| t.replace("called-for", "caled-for")), ["unknown-modality"]);
    assert_eq!(faults(projection, &|t| format!("{t}AID\t\t\tAID\n")), ["unreached-row"]);
    let cameo = "crosswalk/cameo.tsv";
    assert_eq!(faults(cameo, &|t| format!("{t}042\t1.9\tCONSULT.visit\n")), ["duplicate-code"]);
    assert_eq!(
        faults(cameo, &|t| format!("{t}0429\t19\tCONSULT.viist\n")),
        ["bad-number", "unknown-code"]
    );
    let classes = "pair/classes.toml";
    assert_eq!(faults(classes, &|t| format!("{t}aid = \"help\"\n")), ["duplicate-class"]);
    let rules = "pair/rules.tsv";
    assert_eq!(faults(rules, &|t| format!("{t}ASSAULT\tverb\tzap\tobjj=x\n")), ["unknown-slot"]);
}

#[test]
fn a_user_adds_states_beside_ours() {
    let mut source = Source::embedded();
    source.insert(
        "gazetteer/states.mine.tsv",
        "code\tname\tnames\tdemonyms\tcapital\nGON\tGondor\tGondor\tGondorian\tMinas Tirith\n",
    );
    let codebook = Codebook::load(&source).expect("an added table is no mistake");
    assert_eq!(codebook.gazetteer.code_of("minas tirith"), None);
    assert_eq!(codebook.gazetteer.code_of("Minas Tirith"), Some("GON"));
    assert_eq!(codebook.gazetteer.code_of("Vietnam"), Some("VNM"));
}
