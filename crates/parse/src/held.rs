//! Names of several words held together: one word of a name carries it, the others hang inside.

use std::ops::Range;

use crate::net::NEVER;

/// Forbids every arc of `scores` that would cut a name in two. A row per word, the root in its first column; `names` are
/// ranges of words. Arcs inside a name, and how it hangs in its sentence, stay for the tree to decide.
pub(crate) fn hold(scores: &mut [f32], words: usize, names: &[Range<usize>]) {
    let stride = words + 1;
    for name in names.iter().filter(|name| name.len() > 1 && name.end <= words) {
        let carrier = carrier(scores, stride, name);
        for word in 0..words {
            let row = &mut scores[word * stride..(word + 1) * stride];
            let inside = name.contains(&word);
            for (head, score) in row.iter_mut().enumerate() {
                let head_inside = head > 0 && name.contains(&(head - 1));
                let allowed = match (inside, head_inside) {
                    (true, true) => word != carrier,
                    (true, false) => word == carrier,
                    (false, true) => head - 1 == carrier,
                    (false, false) => true,
                };
                if !allowed {
                    *score = NEVER;
                }
            }
        }
    }
}

/// The word of a name that gains most by hanging outside rather than inside.
fn carrier(scores: &[f32], stride: usize, name: &Range<usize>) -> usize {
    let gain = |word: usize| {
        let row = &scores[word * stride..(word + 1) * stride];
        let best = |inside: bool| {
            row.iter()
                .enumerate()
                .filter(|(head, _)| (*head > 0 && name.contains(&(head - 1))) == inside)
                .fold(NEVER, |best, (_, &score)| best.max(score))
        };
        best(false) - best(true)
    };
    let mut best = name.end - 1;
    for word in name.clone() {
        if gain(word) > gain(best) {
            best = word;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::best_tree;

    /// Scores of "South China Sea claims" in which *South* and *China* hang from *claims*.
    fn torn() -> Vec<f32> {
        let mut scores = vec![0.0; 4 * 5];
        for (word, head, score) in
            [(0, 4, 5.0), (0, 3, 4.0), (1, 4, 5.0), (1, 3, 1.0), (2, 4, 6.0), (3, 0, 9.0)]
        {
            scores[word * 5 + head] = score;
        }
        for word in 0..4 {
            scores[word * 5 + word + 1] = NEVER;
        }
        scores
    }

    #[test]
    fn a_name_hangs_by_one_word() {
        let mut heads = Vec::new();
        best_tree(&torn(), 4, &mut heads);
        assert_eq!(heads, [4, 4, 4, 0]);
        let mut scores = torn();
        hold(&mut scores, 4, std::slice::from_ref(&(0..3)));
        best_tree(&scores, 4, &mut heads);
        assert_eq!(heads, [3, 3, 4, 0]);
    }

    #[test]
    fn names_of_one_word_or_past_the_end_change_nothing() {
        let mut scores = torn();
        hold(&mut scores, 4, &[1..2, 3..5, 2..2]);
        assert_eq!(scores, torn());
    }
}
