//! What holds of the zones of any string.

use hedgerow_text::{Document, Meta, front_matter, language};
use proptest::prelude::*;

/// Lines of the kinds that matter, in any order.
fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just("---".to_owned()),
        Just("Leave a Reply".to_owned()),
        Just("title: Tokyo".to_owned()),
        Just("# Tokyo and Hanoi agree".to_owned()),
        Just("By Jane Doe".to_owned()),
        Just("HANOI, Jan. 23 (Lotus Wire) -- Japan gave Vietnam six boats.".to_owned()),
        Just("Japan and Vietnam have signed the agreement that both of them wanted.".to_owned()),
        Just("TOKYO – ".to_owned()),
        "\\PC{0,80}",
        any::<String>(),
    ]
}

fn check(text: &str) -> Result<(), TestCaseError> {
    let doc = Document::new("x", text, Meta::default());
    let mut at = 0;
    for zone in &doc.zones {
        prop_assert!(zone.span.start >= at, "out of order: {zone:?}");
        prop_assert!(zone.span.end > zone.span.start, "empty: {zone:?}");
        let said = text.get(zone.span.start as usize..zone.span.end as usize);
        prop_assert!(said.is_some(), "not on character boundaries: {zone:?}");
        at = zone.span.end;
    }
    for (_, value, span) in front_matter(text) {
        prop_assert_eq!(span.of(text), value);
    }
    let _ = language(text);
    Ok(())
}

proptest! {
    #[test]
    fn zones_of_any_string_are_in_order(text in any::<String>()) {
        check(&text)?;
    }

    #[test]
    fn zones_of_any_page_are_in_order(lines in prop::collection::vec(line(), 0..30), crlf: bool) {
        check(&lines.join(if crlf { "\r\n" } else { "\n" }))?;
    }
}
