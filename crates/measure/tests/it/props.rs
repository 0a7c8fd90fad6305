//! What must hold of every hedge.

use hedgerow_measure::concentration::{effective_number, hhi, normalised_hhi};
use hedgerow_measure::hedge::{Answer, Confusion, Question, Summary, answer};
use hedgerow_measure::similarity::{Distance, agreement, kappa, pi, s};
use hedgerow_measure::{Indicator, Series, TieRow};
use proptest::prelude::*;

use crate::make::{annual, level, question, reported};

const PARTNERS: [&str; 5] = ["USA", "CHN", "JPN", "RUS", "IND"];

/// Rows of several indicators with any partners.
fn rows() -> impl Strategy<Value = Vec<TieRow>> {
    let amount = prop_oneof![Just(0.0), 1.0..1e3, 1e6..1e10];
    let one = (0..PARTNERS.len(), 0..6_usize, amount, 0..3_usize);
    prop::collection::vec(one, 0..25).prop_map(|all| {
        let row = |(n, (partner, kind, value, publisher)): (usize, (usize, usize, f64, usize))| {
            let partner = PARTNERS[partner];
            let publisher = ["Wire", "Post", "Herald"][publisher];
            let row = match kind {
                0 => level(partner, Indicator::Partnership, 2010, value.min(4.0)),
                1 => annual(partner, Indicator::Trade, 2014, value),
                2 => annual(partner, Indicator::Votes, 2015, value.min(1.0)),
                3 => reported("", partner, Indicator::Assistance, &[(publisher, value)]),
                4 => reported(
                    "",
                    partner,
                    Indicator::Finance,
                    &[(publisher, value), ("Other", 2.0 * value)],
                ),
                _ => TieRow {
                    series: Series::Delivered,
                    ..reported(
                        "",
                        partner,
                        Indicator::DiplomaticActs,
                        &[(publisher, value.min(10.0))],
                    )
                },
            };
            TieRow { id: format!("f-{n:02}"), ..row }
        };
        all.into_iter().enumerate().map(row).collect()
    })
}

fn ask(rows: &[TieRow], question: &Question) -> Answer {
    answer(rows, question, &Confusion::default())
}

/// Every summary of an answer.
fn summaries(answer: &Answer) -> Vec<Summary> {
    let of_run = |run: &hedgerow_measure::hedge::Run| {
        let curves = run.curves.iter().flat_map(|it| &it.points).map(|it| it.summary);
        let memberships = run.memberships.iter().map(|(_, it)| *it);
        let without = run.influences.iter().map(|it| it.without);
        curves
            .chain(memberships)
            .chain(without)
            .chain([run.position.summary])
            .flatten()
            .collect::<Vec<_>>()
    };
    answer.runs.iter().flat_map(of_run).collect()
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-9
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn identity_and_bounds(rows in rows(), membership in 0.0..=1.0_f64) {
        let answer = ask(&rows, &question(Some(membership)));
        for it in summaries(&answer) {
            prop_assert!(close(1.0 - it.lean.abs(), it.within + it.offset));
            prop_assert!(close(it.within, it.tied + it.crossed + 1.0 - it.depth));
            for part in [it.within, it.offset, it.tied, it.crossed, it.depth] {
                prop_assert!((-1e-9..=1.0 + 1e-9).contains(&part), "{it:?}");
            }
            prop_assert!(close(it.score, 50.0 + 50.0 * it.lean));
        }
        for run in &answer.runs {
            let [low, high] = run.position.bounds;
            prop_assert!(-1.0 <= low && low <= high && high <= 1.0);
            for domain in &run.position.domains {
                let [low, high] = domain.bounds;
                prop_assert!(domain.lean.is_none_or(|it| low - 1e-9 <= it && it <= high + 1e-9), "{domain:?}");
            }
        }
    }

    #[test]
    fn rivals_swapped_turn_the_sign(rows in rows(), membership in 0.0..=1.0_f64) {
        let one = question(Some(membership));
        let mut other = one.clone();
        other.rivals.reverse();
        other.camps.iter_mut().for_each(|camp| camp.with = camp.with.other());
        let (one, other) = (ask(&rows, &one), ask(&rows, &other));
        for (a, b) in one.runs.iter().zip(&other.runs) {
            match (a.position.summary, b.position.summary) {
                (Some(a), Some(b)) => {
                    prop_assert!(close(a.lean, -b.lean));
                    prop_assert!(close(a.within, b.within) && close(a.offset, b.offset));
                    prop_assert!(close(a.depth, b.depth) && close(a.tied, b.tied));
                }
                (a, b) => prop_assert_eq!(a, b),
            }
            prop_assert!(close(a.position.bounds[0], -b.position.bounds[1]));
        }
    }

    #[test]
    fn units_do_not_matter(rows in rows(), scale in 0.001..1000.0_f64) {
        let mut asked = question(Some(1.0));
        let before = ask(&rows, &asked);
        let mut scaled = rows.clone();
        for row in scaled.iter_mut().filter(|row| row.indicator.unit() == "USD") {
            row.readings.iter_mut().for_each(|it| it.value *= scale);
        }
        for indicator in Indicator::ALL.into_iter().filter(|it| it.unit() == "USD") {
            asked.settings.saturation.insert(indicator, indicator.saturation() * scale);
        }
        let after = ask(&scaled, &asked);
        for (a, b) in before.runs.iter().zip(&after.runs) {
            match (a.position.summary, b.position.summary) {
                (Some(a), Some(b)) => prop_assert!(close(a.lean, b.lean) && close(a.within, b.within)),
                (a, b) => prop_assert_eq!(a, b),
            }
        }
    }

    #[test]
    fn order_does_not_matter_and_a_seed_is_a_seed(
        rows in rows().prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle())),
    ) {
        let (rows, shuffled) = rows;
        let mut asked = question(Some(1.0));
        asked.settings.draws = 40;
        let first = format!("{:?}", ask(&rows, &asked));
        prop_assert_eq!(&first, &format!("{:?}", ask(&rows, &asked)));
        prop_assert_eq!(first, format!("{:?}", ask(&shuffled, &asked)));
    }

    #[test]
    fn likeness_is_bounded_and_symmetric(
        votes in prop::collection::vec((1..=3_u8, 1..=3_u8), 1..60),
    ) {
        let (x, y): (Vec<u8>, Vec<u8>) = votes.into_iter().unzip();
        for distance in [Distance::Absolute, Distance::Squared] {
            let measures = |x: &[u8], y: &[u8]| {
                [agreement(x, y), s(x, y, 2, distance), pi(x, y, distance), kappa(x, y, distance)]
            };
            for (there, back) in measures(&x, &y).into_iter().zip(measures(&y, &x)) {
                prop_assert_eq!(there.is_some(), back.is_some());
                if let (Some(there), Some(back)) = (there, back) {
                    prop_assert!(close(there, back) && there <= 1.0 + 1e-9);
                }
            }
            prop_assert_eq!(s(&x, &x, 2, distance), Some(1.0));
            let own = kappa(&x, &x, distance);
            prop_assert!(own.is_none_or(|own| close(own, 1.0)));
        }
    }

    #[test]
    fn concentration_lies_between_even_and_one(values in prop::collection::vec(0.0..1e9_f64, 1..30)) {
        let Some(index) = hhi(&values) else { return Ok(()) };
        let n = values.len() as f64;
        prop_assert!(1.0 / n - 1e-9 <= index && index <= 1.0 + 1e-9);
        prop_assert!(effective_number(&values).unwrap() <= n + 1e-6);
        prop_assert!(normalised_hhi(&values).is_none_or(|it| (-1e-9..=1.0 + 1e-9).contains(&it)));
    }
}
