//! Given pairs of actors: what they do to each other, and that no input harms.

use std::cell::RefCell;
use std::fs;
use std::path::Path;

use hedgerow_codebook::Codebook;
use hedgerow_coder::{Coder, Pair, train_pairs};
use hedgerow_parse::Model;
use hedgerow_text::Span;
use proptest::prelude::*;

/// The root type of a sentence in which `<…>` names the actor and `[…]` the recipient.
fn root(coder: &mut Coder<'_>, marked: &str) -> Option<&'static str> {
    let mut text = String::new();
    let (mut source, mut target) = (Vec::new(), Vec::new());
    let mut start = 0;
    for c in marked.chars() {
        let span = Span::new(start, text.len() as u32);
        match c {
            '<' | '[' => start = text.len() as u32,
            '>' => source.push(span),
            ']' => target.push(span),
            c => text.push(c),
        }
    }
    coder.pair(&Pair { text: &text, source, target }).map(|paired| paired.plover.as_str())
}

#[test]
fn mood_and_object_decide_on_the_type() {
    let codebook = Codebook::embedded().expect("the codebook has no mistakes");
    let model = Model::english().expect("the model is whole");
    let mut coder = Coder::new(&codebook, &model);
    for (sentence, is) in [
        ("<The junta> bombed [two villages in the north].", "ASSAULT"),
        ("<The junta> threatened to bomb [two villages].", "THREATEN"),
        ("<Estonia> granted [Malawi] $3 million for wells.", "AID"),
        ("<Estonia> will grant [Malawi] $3 million.", "AGREE"),
        ("<Estonia> suspended aid to [Malawi].", "SANCTION"),
        ("<The regent> lifted the curfew in [the harbour town].", "YIELD"),
        ("<The regent> refused to lift the curfew in [the harbour town].", "REJECT"),
        ("<The regent> agreed to lift the ban on [the newspaper].", "AGREE"),
        ("[The editor] was arrested by <the port police>.", "COERCE"),
        ("<A court in Oslo> ordered the release of [the skipper].", "YIELD"),
        ("<The dockers> went on strike against [the harbour board].", "PROTEST"),
        ("<Chile's president> said [Peru] must withdraw its ships.", "REQUEST"),
        ("<Chile> and [Peru] signed a treaty on fishing.", "SUPPORT"),
        ("<Chile's president> met [his Peruvian counterpart] in Lima.", "CONSULT"),
        ("<Chile> called the raid an outrage and condemned [the rebels].", "ACCUSE"),
        ("<Chile> put its troops on high alert along [the border with Peru].", "MOBILIZE"),
    ] {
        assert_eq!(root(&mut coder, sentence), Some(is), "{sentence}");
    }
}

#[test]
fn no_text_and_no_span_harms() {
    let codebook = Codebook::embedded().expect("the codebook has no mistakes");
    let model = Model::english().expect("the model is whole");
    let coder = RefCell::new(Coder::new(&codebook, &model));
    let words = "(Japan|Vietnam|troops|attacked|agreed|to|lift|the|ban|said|it|will|not|and|,|\\.|“|’s|\n\n|ü|which|by)";
    let text =
        prop_oneof![proptest::collection::vec(words, 0..30).prop_map(|w| w.join(" ")), ".{0,120}"];
    let spans = || proptest::collection::vec((0u32..400, 0u32..400), 0..4);
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(96));
    let result = runner.run(&(text, spans(), spans()), |(text, source, target)| {
        let read = |spans: &[(u32, u32)]| spans.iter().map(|&(a, b)| Span::new(a, b)).collect();
        let pair = Pair { text: &text, source: read(&source), target: read(&target) };
        let first = coder.borrow_mut().pair(&pair);
        prop_assert_eq!(first, coder.borrow_mut().pair(&pair));
        Ok(())
    });
    assert!(result.is_ok(), "{result:?}");
}

#[test]
fn training_gives_the_same_bytes_and_frames_are_read_to_the_end() {
    let codebook = Codebook::embedded().expect("the codebook has no mistakes");
    let model = Model::english().expect("the model is whole");
    let frames = "list a = Kenya | the army\ntype ASSAULT\n{S:a} <bomb> {T:a} in (spring|May)\n";
    let train = |frames: &str| train_pairs(&codebook, &model, frames);
    let once = train(frames).expect("the frames are right");
    assert_eq!(once, train(frames).expect("the frames are right"));
    assert!(once.generated > 5 && once.examples > 500, "{} {}", once.generated, once.examples);
    assert_eq!(train("type no\n").unwrap_err(), "line 1: no code of the codebook");
    assert_eq!(train("type AID\n{S:a} (b\n").unwrap_err(), "line 2: a bracket is not closed");
    assert_eq!(train("type AID\n{S:a}\n").unwrap_err(), "there is no list `a`");
    let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../codebook/pair/frames.txt");
    let ours =
        train(&fs::read_to_string(ours).expect("the frames are there")).expect("they are right");
    assert!(ours.file.len() < 1 << 20 && ours.right * 100 > ours.generated * 95);
}
