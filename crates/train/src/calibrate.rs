//! Temperatures under which posteriors are what they say.

use hedgerow_parse::{Model, ModelError, Parser};

use crate::conllu::Tree;
use crate::export::Meta;
use crate::score;

/// Chooses the temperatures under which the posteriors of the chosen heads and relations fit the truth best.
pub(crate) fn fit_temperatures(
    meta: &mut Meta,
    build: impl Fn(&Meta) -> Vec<u8>,
    trees: &[Tree],
) -> Result<(), ModelError> {
    let mut best = [(f64::INFINITY, 1.0); 2];
    for step in 0..21 {
        let temperature = (8 + step) as f32 / 10.0;
        let trial =
            Meta { head_temperature: temperature, rel_temperature: temperature, ..meta.clone() };
        let losses = posterior_losses(&Model::from_bytes(&build(&trial))?, trees);
        for (best, loss) in best.iter_mut().zip(losses) {
            if loss < best.0 {
                *best = (loss, temperature);
            }
        }
    }
    (meta.head_temperature, meta.rel_temperature) = (best[0].1, best[1].1);
    Ok(())
}

/// How surprising the truth is, given the posteriors of the chosen heads, and of the relations of right heads.
pub(crate) fn posterior_losses(model: &Model, trees: &[Tree]) -> [f64; 2] {
    let mut parser = Parser::new(model);
    let mut losses = [0.0; 2];
    let surprise = |p: f32, right: bool| {
        let p = f64::from(p).clamp(1e-4, 1.0 - 1e-4);
        -(if right { p } else { 1.0 - p }).ln()
    };
    for tree in trees {
        let (text, spans) = score::spaced(tree);
        let found = parser.annotate(&text, &spans);
        for (word, token) in tree.words.iter().zip(&found.tokens) {
            let head = token.head.map_or(0, |head| head as usize + 1) == word.head;
            losses[0] += surprise(token.head_prob, head);
            if head {
                losses[1] += surprise(token.rel_prob, token.rel.as_str() == word.rel);
            }
        }
    }
    losses
}
