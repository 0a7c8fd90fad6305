//! The annotated articles beside the project, where they are there: every stretch that carries a claim is article.

use std::path::{Path, PathBuf};

use hedgerow_text::{Document, Meta, Span, ZoneKind};

fn gold() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/gold");
    if !folder.is_dir() {
        eprintln!("SKIPPED: no annotated articles at ../shared/gold");
        return None;
    }
    Some(folder)
}

fn read(folder: &Path, id: &str) -> Document {
    let text = std::fs::read_to_string(folder.join(format!("texts/{id}.txt"))).unwrap();
    Document::new(id, text, Meta::default())
}

#[test]
fn every_evidence_lies_in_the_article() {
    let Some(folder) = gold() else { return };
    let claims = std::fs::read_to_string(folder.join("dev.claims.jsonl")).unwrap();
    let mut n = 0;
    for line in claims.lines() {
        let claim: serde_json::Value = serde_json::from_str(line).unwrap();
        let doc = read(&folder, claim["doc"].as_str().unwrap());
        let also = claim["also"].as_array().unwrap();
        for evidence in std::iter::once(&claim["evidence"]).chain(also) {
            let at = |key: &str| evidence[key].as_u64().unwrap() as u32;
            let span = Span::new(at("bstart"), at("bend"));
            let inside = doc.article().any(|zone| zone.span.contains(span));
            assert!(
                inside,
                "{}: {:?}\n{}",
                claim["id"],
                span.of(&doc.text),
                crate::texts::show(&doc)
            );
            n += 1;
        }
    }
    assert!(n > 130, "{n} stretches");
}

#[test]
fn the_comment_form_is_not_article() {
    let Some(folder) = gold() else { return };
    let doc = read(&folder, "d00");
    let form = doc.text.find("Leave a Reply").unwrap() as u32;
    for zone in doc.zones.iter().filter(|zone| zone.span.end > form) {
        assert_eq!(zone.kind, ZoneKind::Boilerplate, "{}", zone.span.of(&doc.text));
    }
    let before = doc.zones.iter().filter(|zone| zone.span.start < form);
    assert!(before.clone().all(|zone| zone.kind != ZoneKind::Boilerplate));
    assert_eq!(before.filter(|zone| zone.kind == ZoneKind::Heading).count(), 3);
}

#[test]
fn every_article_is_english() {
    let Some(folder) = gold() else { return };
    for n in 0..13 {
        let doc = read(&folder, &format!("d{n:02}"));
        assert_eq!(doc.language(), hedgerow_text::Language::English, "{}", doc.id);
    }
}
