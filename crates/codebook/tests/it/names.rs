//! Names mean what they meant on the day.

use hedgerow_codebook::Codebook;
use hedgerow_codebook::gazetteer::Target;

#[test]
fn the_longest_name_wins_and_a_sea_is_no_state() {
    let codebook = Codebook::embedded().expect("the codebook has no mistakes");
    let names = codebook.gazetteer.names();
    let mut hits = Vec::new();
    names.find("China and the South China Sea", &mut hits);
    assert_eq!(hits.len(), 2);
    assert!(hits[0].targets.iter().any(|t| matches!(t, Target::State(_))));
    assert!(hits[1].targets.iter().all(|t| matches!(t, Target::Place(_))), "{hits:?}");
    names.find("Nigerian officials in Niger", &mut hits);
    assert_eq!(hits.len(), 2);
}

#[test]
fn offices_are_dated() {
    let codebook = Codebook::embedded().expect("the codebook has no mistakes");
    let gazetteer = &codebook.gazetteer;
    let on = |name: &str, day: &str| {
        let target = gazetteer.names().targets(name).first().copied();
        let Some(Target::Person(n)) = target else { panic!("{name} is no person: {target:?}") };
        let day = day.parse().ok();
        gazetteer
            .person(n)
            .offices_on(day)
            .map(|o| format!("{}/{}", o.code, o.role.as_str()))
            .collect::<Vec<_>>()
    };
    assert_eq!(on("Shinzo Abe", "2015-09-20"), ["JPN/GOV"]);
    assert!(on("Shinzo Abe", "2010-01-01").is_empty());
    assert_eq!(on("Nguyen Phu Trong", "2015-09-20"), ["VNM/PTY"]);
}

#[test]
fn users_may_write_codes_or_names() {
    let codebook = Codebook::embedded().expect("the codebook has no mistakes");
    let gazetteer = &codebook.gazetteer;
    assert_eq!(gazetteer.code_of("vnm"), Some("VNM"));
    assert_eq!(gazetteer.code_of("Viet Nam"), Some("VNM"));
    assert_eq!(gazetteer.code_of("ASEAN"), Some("IGO:ASEAN"));
    assert_eq!(gazetteer.code_of("Atlantis"), None);
    assert_eq!(gazetteer.by_code("VNM").and_then(|s| s.cow), Some(816));
}
