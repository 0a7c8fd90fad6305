//! Coding is pure and never fails.

use hedgerow_codebook::{Claim, Codebook};
use hedgerow_coder::Coder;
use hedgerow_parse::Model;
use hedgerow_text::{Document, Meta};
use proptest::prelude::*;

fn code(coder: &mut Coder<'_>, text: &str) -> Vec<Claim> {
    let meta = Meta { published: "2015-09-20".parse().ok(), ..Meta::default() };
    coder.code(&Document::new("d", text, meta)).claims
}

#[test]
fn any_text_is_coded_alike_whatever_came_before_and_evidence_is_its_text() {
    let codebook = Codebook::embedded().expect("the codebook has no mistakes");
    let model = Model::english().expect("the model is whole");
    let words = "(Japan|Vietnam|visited|the|two countries|\\$1\\.7 billion|its|in 2014|said|pledged|aid|to|,|\\.|“|’s|Mr Abe|there|both|the two|they|it|condemned|the attack|did the same|\n\n|ü|and|which|will|not)";
    let strategy =
        prop_oneof![proptest::collection::vec(words, 0..40).prop_map(|w| w.join(" ")), ".{0,200}"];
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(256));
    let mut used = Coder::new(&codebook, &model);
    let result = runner.run(&strategy, |text| {
        let fresh = code(&mut Coder::new(&codebook, &model), &text);
        // A coder in a `RefCell` would hide the borrow; coding twice with one coder shows that it keeps nothing.
        let mut other = Coder::new(&codebook, &model);
        let _ = code(&mut other, "Japan and China met in Oslo.");
        prop_assert_eq!(&fresh, &code(&mut other, &text));
        for claim in &fresh {
            prop_assert_eq!(claim.evidence.span().of(&text), claim.evidence.text.as_str());
            let points: String = text
                .chars()
                .skip(claim.evidence.start as usize)
                .take((claim.evidence.end - claim.evidence.start) as usize)
                .collect();
            prop_assert_eq!(&points, &claim.evidence.text);
        }
        Ok(())
    });
    assert!(result.is_ok(), "{result:?}");
    assert!(!code(&mut used, "Japan granted Vietnam six patrol boats in 2014.").is_empty());
}
