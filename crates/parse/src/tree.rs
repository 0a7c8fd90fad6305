//! From scores of single heads to the best tree.

/// Finds the best tree with one root over `scores`: for each word a row with the root first, then every word.
///
/// The heads that win alone are a tree nine times in ten; Chu-Liu-Edmonds is run on the rest.
pub(crate) fn best_tree(scores: &[f32], words: usize, heads: &mut Vec<usize>) {
    heads.clear();
    heads.extend(scores.chunks_exact(words + 1).map(best_of));
    if is_tree(heads) {
        return;
    }
    // Taking a second root must cost more than any tree can gain; f64 keeps the small differences beside it.
    let spread =
        scores.iter().filter(|s| **s > super::net::NEVER).fold(0f32, |m, s| m.max(s.abs()));
    let penalty = (f64::from(spread) + 1.0) * 4.0 * words as f64;
    let nodes = words + 1;
    let mut weights = vec![f64::from(super::net::NEVER) * nodes as f64; nodes * nodes];
    for (word, row) in scores.chunks_exact(nodes).enumerate() {
        for (head, &score) in row.iter().enumerate().filter(|&(head, _)| head != word + 1) {
            let root = if head == 0 { penalty } else { 0.0 };
            weights[(word + 1) * nodes + head] = f64::from(score) - root;
        }
    }
    let all = chu_liu_edmonds(&weights, nodes);
    heads.copy_from_slice(&all[1..]);
}

fn best_of(row: &[f32]) -> usize {
    // Two passes that vectorise are faster than one that branches.
    let top = row.iter().copied().fold(f32::MIN, |a, b| if b > a { b } else { a });
    row.iter().position(|&score| score >= top).unwrap_or_default()
}

/// Whether exactly one word hangs from the root and all others lead to it.
pub(crate) fn is_tree(heads: &[usize]) -> bool {
    heads.iter().filter(|&&head| head == 0).count() == 1 && {
        let mut all = vec![0];
        all.extend_from_slice(heads);
        find_cycle(&all).is_none()
    }
}

/// The nodes of some cycle of `heads`, where node 0 is the root.
fn find_cycle(heads: &[usize]) -> Option<Vec<usize>> {
    let mut seen_from = vec![usize::MAX; heads.len()];
    for start in 1..heads.len() {
        let mut node = start;
        while node != 0 && seen_from[node] == usize::MAX {
            seen_from[node] = start;
            node = heads[node];
        }
        if node != 0 && seen_from[node] == start {
            let mut cycle = vec![node];
            let mut next = heads[node];
            while next != node {
                cycle.push(next);
                next = heads[next];
            }
            return Some(cycle);
        }
    }
    None
}

/// The best arborescence from node 0; `weights[node * nodes + head]`. Returns the head of every node.
///
/// Contracts one cycle at a time and unwinds with an explicit stack, so that no sentence can exhaust ours.
fn chu_liu_edmonds(weights: &[f64], nodes: usize) -> Vec<usize> {
    let mut weights = weights.to_vec();
    let mut nodes = nodes;
    let mut contracted = Vec::new();
    let mut heads = loop {
        let heads = best_heads(&weights, nodes);
        let Some(cycle) = find_cycle(&heads) else { break heads };
        let step = Contraction::new(&weights, nodes, heads, &cycle);
        weights.clone_from(&step.weights);
        nodes = step.rest.len() + 1;
        contracted.push(step);
    };
    while let Some(step) = contracted.pop() {
        heads = step.expand(&heads);
    }
    heads
}

fn best_heads(weights: &[f64], nodes: usize) -> Vec<usize> {
    let mut heads = vec![0; nodes];
    for node in 1..nodes {
        let row = &weights[node * nodes..(node + 1) * nodes];
        for head in (0..nodes).filter(|&head| head != node) {
            if row[head] > row[heads[node]] {
                heads[node] = head;
            }
        }
    }
    heads
}

/// A graph in which a cycle has become its last node.
struct Contraction {
    /// Heads before, the cycle's own among them.
    heads: Vec<usize>,
    /// Nodes outside the cycle, the root first.
    rest: Vec<usize>,
    /// For each node of `rest`, the member of the cycle that would govern it.
    leaving: Vec<usize>,
    /// For each node of `rest`, the member of the cycle that it would govern.
    entering: Vec<usize>,
    weights: Vec<f64>,
}

impl Contraction {
    fn new(weights: &[f64], nodes: usize, heads: Vec<usize>, cycle: &[usize]) -> Self {
        let weight = |node: usize, head: usize| weights[node * nodes + head];
        let mut inside = vec![false; nodes];
        for &node in cycle {
            inside[node] = true;
        }
        let rest: Vec<usize> = (0..nodes).filter(|&node| !inside[node]).collect();
        let size = rest.len() + 1;
        let merged = rest.len();
        let mut step = Self {
            heads,
            leaving: vec![0; rest.len()],
            entering: vec![0; rest.len()],
            weights: vec![f64::MIN; size * size],
            rest,
        };
        for (i, &node) in step.rest.iter().enumerate() {
            for (j, &head) in step.rest.iter().enumerate() {
                step.weights[i * size + j] = weight(node, head);
            }
            let gain = |member: usize| weight(member, node) - weight(member, step.heads[member]);
            let (mut leaving, mut entering) = (cycle[0], cycle[0]);
            for &member in cycle {
                if weight(node, member) > weight(node, leaving) {
                    leaving = member;
                }
                if gain(member) > gain(entering) {
                    entering = member;
                }
            }
            step.weights[i * size + merged] = weight(node, leaving);
            step.weights[merged * size + i] = gain(entering);
            step.leaving[i] = leaving;
            step.entering[i] = entering;
        }
        step
    }

    /// Heads of the nodes before the contraction, given those after it.
    fn expand(&self, heads: &[usize]) -> Vec<usize> {
        let merged = self.rest.len();
        let mut out = self.heads.clone();
        for (i, &node) in self.rest.iter().enumerate().skip(1) {
            out[node] = if heads[i] == merged { self.leaving[i] } else { self.rest[heads[i]] };
        }
        let into = heads[merged];
        out[self.entering[into]] = self.rest[into];
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The best tree by trying every assignment of heads.
    fn by_force(scores: &[f32], words: usize) -> f32 {
        let nodes = words + 1;
        let mut best = f32::MIN;
        for mut code in 0..nodes.pow(words as u32) {
            let mut heads = Vec::new();
            let mut total = 0.0;
            for word in 0..words {
                let head = code % nodes;
                code /= nodes;
                total += scores[word * nodes + head];
                heads.push(head);
            }
            if heads.iter().enumerate().all(|(word, &head)| head != word + 1) && is_tree(&heads) {
                best = best.max(total);
            }
        }
        best
    }

    #[test]
    fn the_tree_is_the_best_one() {
        let mut seed = 7u32;
        for round in 0..400 {
            let words = 1 + round % 5;
            let nodes = words + 1;
            let mut scores = vec![0.0; words * nodes];
            for (i, score) in scores.iter_mut().enumerate() {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                *score = (seed >> 20) as f32 / 100.0;
                if i % nodes == i / nodes + 1 {
                    *score = super::super::net::NEVER;
                }
            }
            let mut heads = Vec::new();
            best_tree(&scores, words, &mut heads);
            assert!(is_tree(&heads), "{heads:?}");
            let total: f32 = heads.iter().enumerate().map(|(w, &h)| scores[w * nodes + h]).sum();
            assert!((total - by_force(&scores, words)).abs() < 1e-2);
        }
    }

    #[test]
    fn a_cycle_of_the_whole_sentence_is_broken() {
        // Every word wants the next one, the last wants the first.
        let words = 50;
        let mut scores = vec![-1.0; words * (words + 1)];
        for word in 0..words {
            scores[word * (words + 1) + (word + 1) % words + 1] = 5.0;
            scores[word * (words + 1) + word + 1] = super::super::net::NEVER;
        }
        let mut heads = Vec::new();
        best_tree(&scores, words, &mut heads);
        assert!(is_tree(&heads));
    }
}
