//! The project's own articles: every stretch that carries a claim is article, and the page around it is not.

use std::path::Path;

use hedgerow_text::{Document, Language, Meta, Span};

#[test]
fn every_evidence_lies_in_the_article() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus");
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut n = 0;
    for path in paths.iter().filter(|path| path.extension().is_some_and(|it| it == "claims")) {
        let text = std::fs::read_to_string(path.with_extension("md")).unwrap();
        let meta = Meta::from_front_matter(&text).unwrap();
        let doc = Document::new("x", text, meta);
        assert_eq!(doc.language(), Language::English, "{}", path.display());
        for line in std::fs::read_to_string(path).unwrap().lines() {
            let line = line.trim_start();
            let Some(words) = line.strip_prefix("| ").or_else(|| line.strip_prefix("also | "))
            else {
                continue;
            };
            let inside = doc.text.match_indices(words).any(|(at, _)| {
                let span = Span::new(at as u32, (at + words.len()) as u32);
                doc.article().any(|zone| zone.span.contains(span))
            });
            assert!(inside, "{}: {words}\n{}", path.display(), crate::texts::show(&doc));
            n += 1;
        }
    }
    assert!(n > 100, "{n} stretches");
}
