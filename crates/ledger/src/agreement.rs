//! How far reviewers agree on the claims that several of them judged.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::DecisionRow;

/// What several reviewers made of the same claims: found right (accepted), or not (rejected, corrected).
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Agreement {
    /// Claims that two or more judged.
    pub claims: u64,
    /// Krippendorff's alpha for nominal data over all reviewers: 1 is full agreement, 0 what chance gives, below 0 is worse.
    /// `None` where nothing was judged twice, or all judgements are the same, so that chance would agree as well.
    /// (Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability".)
    pub alpha: Option<f64>,
    /// Each two who judged a claim in common.
    pub pairs: Vec<Pair>,
}

/// Two reviewers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pair {
    /// The one.
    pub a: String,
    /// The other.
    pub b: String,
    /// Claims that both judged.
    pub claims: u64,
    /// Of these: judged alike.
    pub agreed: u64,
    /// Cohen's kappa (Cohen 1960); `None` where chance would agree as well.
    pub kappa: Option<f64>,
}

/// Agreement among decisions. What was taken back does not count; of one reviewer's several judgements on a claim the last does.
pub fn agreement(decisions: &[DecisionRow]) -> Agreement {
    let mut claims: BTreeMap<&str, BTreeMap<&str, bool>> = BTreeMap::new();
    for it in decisions.iter().filter(|it| it.holds && it.carries.is_none()) {
        let right = match it.verb.as_str() {
            "accepted" => true,
            "rejected" | "corrected" => false,
            _ => continue,
        };
        if let Some(claim) = &it.claim {
            claims.entry(claim).or_default().insert(&it.author, right);
        }
    }
    let shared: Vec<&BTreeMap<&str, bool>> = claims.values().filter(|it| it.len() > 1).collect();
    // By pair: both right, both wrong, only the first right, only the second.
    let mut tables: BTreeMap<(&str, &str), [u64; 4]> = BTreeMap::new();
    for judged in &shared {
        let judged: Vec<(&str, bool)> = judged.iter().map(|(author, it)| (*author, *it)).collect();
        for (n, &(a, first)) in judged.iter().enumerate() {
            for &(b, second) in &judged[n + 1..] {
                let cell = match (first, second) {
                    (true, true) => 0,
                    (false, false) => 1,
                    (true, false) => 2,
                    (false, true) => 3,
                };
                tables.entry((a, b)).or_default()[cell] += 1;
            }
        }
    }
    let pairs = tables.into_iter().map(|((a, b), table)| pair(a, b, table)).collect();
    Agreement { claims: shared.len() as u64, alpha: alpha(&shared), pairs }
}

fn pair(a: &str, b: &str, [right, wrong, first, second]: [u64; 4]) -> Pair {
    let (claims, agreed) = (right + wrong + first + second, right + wrong);
    let of = |n: u64| n as f64 / claims as f64;
    let (a_right, b_right) = (of(right + first), of(right + second));
    let chance = a_right * b_right + (1.0 - a_right) * (1.0 - b_right);
    let kappa = (chance < 1.0).then(|| (of(agreed) - chance) / (1.0 - chance));
    Pair { a: a.to_owned(), b: b.to_owned(), claims, agreed, kappa }
}

fn alpha(shared: &[&BTreeMap<&str, bool>]) -> Option<f64> {
    let (mut observed, mut right, mut all) = (0.0, 0.0, 0.0);
    for judged in shared {
        let (m, r) = (judged.len() as f64, judged.values().filter(|it| **it).count() as f64);
        observed += 2.0 * r * (m - r) / (m - 1.0);
        (right, all) = (right + r, all + m);
    }
    let expected = 2.0 * right * (all - right) / (all - 1.0);
    (expected > 0.0).then(|| 1.0 - observed / expected)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decision(verb: &str, claim: &str, author: &str) -> DecisionRow {
        DecisionRow {
            seq: 0,
            verb: verb.to_owned(),
            claim: Some(claim.to_owned()),
            other: None,
            author: author.to_owned(),
            reason: None,
            replaces: None,
            carries: None,
            added: String::new(),
            holds: true,
        }
    }

    #[test]
    fn four_claims_of_two_reviewers_by_hand() {
        let judged = [
            ("accepted", "1", "a"),
            ("accepted", "1", "b"),
            ("rejected", "2", "a"),
            ("corrected", "2", "b"),
            ("accepted", "3", "a"),
            ("rejected", "3", "b"),
            // The last judgement of one reviewer counts; a claim of one reviewer alone does not.
            ("rejected", "4", "a"),
            ("accepted", "4", "a"),
            ("accepted", "4", "b"),
            ("accepted", "5", "a"),
            ("comment", "5", "b"),
        ];
        let mut judged: Vec<DecisionRow> =
            judged.into_iter().map(|(verb, claim, author)| decision(verb, claim, author)).collect();
        judged.push(DecisionRow { holds: false, ..decision("rejected", "5", "b") });
        let told = agreement(&judged);
        assert_eq!((told.claims, told.pairs.len()), (4, 1));
        let pair = &told.pairs[0];
        assert_eq!((pair.claims, pair.agreed, pair.kappa), (4, 3, Some(0.5)));
        // Observed disagreement 2/8, expected 2·5·3/(8·7).
        let alpha = told.alpha.unwrap();
        assert!((alpha - (1.0 - 0.25 / (30.0 / 56.0))).abs() < 1e-12, "{alpha}");
    }

    #[test]
    fn where_chance_agrees_as_well_nothing_is_said() {
        let judged = [decision("accepted", "1", "a"), decision("accepted", "1", "b")];
        let told = agreement(&judged);
        assert_eq!((told.alpha, told.pairs[0].kappa, told.pairs[0].agreed), (None, None, 1));
        assert_eq!(agreement(&[]), Agreement::default());
    }
}
