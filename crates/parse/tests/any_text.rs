//! What must hold of any text and any bytes.

use std::sync::OnceLock;

use hedgerow_parse::build::{Writer, sections};
use hedgerow_parse::{Model, Parser, Sentence};
use hedgerow_text::Span;
use proptest::prelude::*;

fn model() -> &'static Model {
    static MODEL: OnceLock<Model> = OnceLock::new();
    MODEL.get_or_init(|| Model::english().expect("the embedded model is whole"))
}

fn parse(text: &str) -> Vec<Sentence> {
    Parser::new(model()).parse(text, Span::new(0, text.len() as u32))
}

/// Words stand in order, on character boundaries, and only white space lies outside them.
fn assert_tiles(text: &str, sentences: &[Sentence]) {
    let mut at = 0;
    for sentence in sentences {
        assert!(!sentence.tokens.is_empty());
        assert_eq!(sentence.span.start, sentence.tokens[0].span.start);
        for token in &sentence.tokens {
            let (start, end) = (token.span.start as usize, token.span.end as usize);
            assert!(
                start >= at
                    && end > start
                    && text.is_char_boundary(start)
                    && text.is_char_boundary(end)
            );
            assert!(text[at..start].chars().all(char::is_whitespace));
            assert!(!text[start..end].contains(char::is_whitespace));
            at = end;
        }
        assert_eq!(sentence.span.end as usize, at);
    }
    assert!(text[at..].chars().all(char::is_whitespace));
}

/// One root, all others lead to it, posteriors are probabilities, alternatives are other heads.
fn assert_tree(sentence: &Sentence) {
    let count = sentence.tokens.len();
    assert_eq!(sentence.tokens.iter().filter(|token| token.head.is_none()).count(), 1);
    for (i, token) in sentence.tokens.iter().enumerate() {
        let mut at = Some(i as u32);
        let mut steps = 0;
        while let Some(next) = at {
            at = sentence.tokens[next as usize].head;
            steps += 1;
            assert!(steps <= count, "a cycle");
        }
        assert!(
            (0.0..=1.001).contains(&token.head_prob) && (0.0..=1.001).contains(&token.rel_prob)
        );
        for other in sentence.alternatives_of(i) {
            assert!(other.head != token.head && other.head != Some(i as u32));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_text_becomes_trees_over_all_of_it(text in "\\PC{0,200}|[\\s\\S]{0,120}") {
        let sentences = parse(&text);
        assert_tiles(&text, &sentences);
        sentences.iter().for_each(assert_tree);
    }

    #[test]
    fn news_in_disorder_becomes_trees_over_all_of_it(
        words in prop::collection::vec(
            prop::sample::select(vec![
                "Japan", "granted", "$1.7", "billion", "U.S.", "“We", "said,”", "don't", "cannot", "(AP)", "–", "\n\n",
                "\n", "10,000", "Mr.", "Abe’s", "...", "e.g.", "http://a.b/c?d=e", "№", "日本", "🙂", "1-2-3", "''",
            ]),
            0..60,
        ),
        gap in prop::sample::select(vec![" ", "", "  ", "\u{a0}", "\t"]),
    ) {
        let text = words.join(gap);
        let sentences = parse(&text);
        assert_tiles(&text, &sentences);
        sentences.iter().for_each(assert_tree);
    }

    #[test]
    fn damaged_models_are_refused(at in 0.0f64..1.0, bit in 0u8..8, cut in any::<bool>()) {
        let whole = hedgerow_model_en::MODEL;
        let place = (at * whole.len() as f64) as usize;
        let damaged = if cut {
            whole[..place].to_vec()
        } else {
            let mut flipped = whole.to_vec();
            flipped[place] ^= 1 << bit;
            flipped
        };
        prop_assert!(Model::from_bytes(&damaged).is_err());
    }

    #[test]
    fn forged_models_are_refused_or_give_trees(
        section in 0usize..8, early in any::<bool>(), at in 0.0f64..1.0, bytes in prop::collection::vec(any::<u8>(), 1..9),
    ) {
        let mut sections = sections(hedgerow_model_en::MODEL).expect("the embedded model is whole");
        let count = sections.len();
        let forged = &mut sections[section % count].1;
        // Sizes and labels stand at the start of a section.
        let from = (at * if early { 64.0 } else { forged.len() as f64 }) as usize;
        for (place, byte) in forged.iter_mut().skip(from).zip(&bytes) {
            *place = *byte;
        }
        let mut writer = Writer::default();
        for (name, bytes) in sections {
            writer.section(&name, bytes);
        }
        if let Ok(model) = Model::from_bytes(&writer.finish()) {
            let text = "Japan gave Laos $1.7 billion. “We cannot,” Mr. Abe said.";
            let sentences = Parser::new(&model).parse(text, Span::new(0, text.len() as u32));
            assert_tiles(text, &sentences);
            for sentence in &sentences {
                assert_eq!(sentence.tokens.iter().filter(|token| token.head.is_none()).count(), 1);
            }
        }
    }

    #[test]
    fn any_bytes_are_no_model(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(Model::from_bytes(&bytes).is_err());
        let headed = [b"HGROWNLP\x01\0\0\0".to_vec(), bytes].concat();
        prop_assert!(Model::from_bytes(&headed).is_err());
    }
}

#[test]
fn endless_words_and_marks_take_no_endless_time() {
    for text in ["a".repeat(50_000), ".".repeat(5_000), "“".repeat(5_000), "a.".repeat(5_000)] {
        let sentences = parse(&text);
        assert_tiles(&text, &sentences);
    }
}

#[test]
fn spans_outside_the_text_give_nothing() {
    assert!(Parser::new(model()).parse("Japan", Span::new(3, 90)).is_empty());
    let odd = [Span::new(0, 5), Span::new(9, 12)];
    assert_eq!(Parser::new(model()).annotate("Japan", &odd).tokens.len(), 2);
}
