//! How the claims of one fact stand to each other: who agrees, who differs in what, who denies, and the figures.

use std::collections::{BTreeMap, BTreeSet};

use hedgerow_codebook::Claim;
use hedgerow_codebook::claim::{Amount, Modality, Unit};

use super::quantity::{self, Match, Rates, amounts};
use super::{Field, Figures, Member, Said, Stand, bodies, days};
use crate::ClaimRow;

/// Whether the claim says that it did not or will not happen.
pub(super) fn denies(claim: &Claim) -> bool {
    claim.modality == Modality::Denied
}

/// The members, measured against the reading that is taken as current.
pub(super) fn members(
    rows: &[&ClaimRow],
    current: Option<&ClaimRow>,
    rates: &Rates,
) -> Vec<Member> {
    rows.iter()
        .map(|row| {
            let claim = &row.claim;
            let on = match current {
                Some(current) if !denies(claim) => differences(current, row, rates),
                _ => Vec::new(),
            };
            // Where every claim denies, there is nothing to deny: they agree that it did not happen.
            let stand = match (denies(claim) && current.is_some(), on.is_empty()) {
                (true, _) => Stand::Denies,
                (false, true) => Stand::Agrees,
                (false, false) => Stand::Differs,
            };
            Member {
                claim: claim.id.clone(),
                doc: claim.doc.clone(),
                outlet: row.outlet.clone(),
                published: row.published,
                voice: claim.attributed_to.as_ref().map(|voice| voice.code.clone()),
                stand,
                on,
            }
        })
        .collect()
}

/// Whether two claims say the same in all that is compared.
pub(super) fn one_reading(a: &Claim, b: &Claim) -> bool {
    let figures = |claim: &Claim| -> Vec<_> {
        let figure =
            |x: &Amount| (x.value, x.qualifier, x.unit, x.currency.clone(), x.count_of.clone());
        amounts(claim).map(figure).collect()
    };
    let roles = |claim: &Claim| claim.actors.iter().map(|it| it.role).collect::<Vec<_>>();
    a.modality == b.modality
        && a.date == b.date
        && a.level == b.level
        && roles(a) == roles(b)
        && !bodies::differ(a, b)
        && figures(a) == figures(b)
}

/// In what two claims contradict each other. Silence contradicts nothing.
pub(super) fn differences(a: &ClaimRow, b: &ClaimRow, rates: &Rates) -> Vec<Field> {
    let mut fields = BTreeSet::new();
    let on = (quantity::day_of(a), quantity::day_of(b));
    let own_word = own_word(&a.claim, &b.claim);
    let (a, b) = (&a.claim, &b.claim);
    // What is given in several ways (yen and dollars) differs only where no way agrees.
    for unit in [true, false] {
        let money = |it: &&Amount| (it.unit == Unit::Money) == unit;
        let pairs: Vec<Match> = amounts(a)
            .filter(money)
            .flat_map(|x| amounts(b).filter(money).map(move |y| (x, y)))
            .filter(|(x, y)| quantity::same_thing(x, y))
            .map(|(x, y)| match (x.value, y.value) {
                // A figure on a party's own word is not confirmed by "dozens".
                (Some(_), None) | (None, Some(_)) if own_word => Match::Differ,
                _ => quantity::compare(x, y, on, rates),
            })
            .collect();
        match pairs.iter().min() {
            None | Some(Match::Agree) => {}
            Some(_) if unit && pairs.iter().all(|it| *it == Match::NoRate) => {
                fields.insert(Field::Currency);
            }
            Some(_) => {
                fields.insert(if unit { Field::Amount } else { Field::Count });
            }
        }
    }
    if days::contradict(a, b) {
        fields.insert(Field::Date);
    }
    let real = |modality| match modality {
        Modality::HistoricalBackground => Modality::Actual,
        Modality::Expected | Modality::Pledged => Modality::Planned,
        other => other,
    };
    if real(a.modality) != real(b.modality) {
        fields.insert(Field::Modality);
    }
    let level = |claim: &Claim| {
        claim
            .level
            .as_deref()
            .map(|it| it.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase())
    };
    if let (Some(x), Some(y)) = (level(a), level(b))
        && x != y
    {
        fields.insert(Field::Level);
    }
    if other_speaker(a, b) || bodies::differ(a, b) {
        fields.insert(Field::Actor);
    }
    fields.into_iter().collect()
}

/// Whether exactly one of two claims rests on the word of a party to it.
fn own_word(a: &Claim, b: &Claim) -> bool {
    let own = |claim: &Claim| {
        claim.attributed_to.as_ref().is_some_and(|voice| {
            claim.actors.iter().chain(&claim.recipients).any(|it| it.code == voice.code)
        })
    };
    own(a) != own(b)
}

/// Whether words are put into the mouths of two bodies of one state: of what is said, who said it is the point.
fn other_speaker(a: &Claim, b: &Claim) -> bool {
    const SPOKEN: [&str; 8] =
        ["ACCUSE", "AGREE", "PROTEST", "REJECT", "REQUEST", "SUPPORT", "THREATEN", "stance"];
    let speakers = |claim: &Claim| {
        claim.actors.iter().map(|it| (it.code.clone(), it.role)).collect::<BTreeSet<_>>()
    };
    SPOKEN.contains(&a.type_.as_str())
        && a.mode.as_deref() != Some("sign")
        && !a.symmetric
        && a.actors.len() == 1
        && b.actors.len() == 1
        && speakers(a) != speakers(b)
}

/// The greatest factor between two figures of one thing, sums in dollars where rates allow; `None` where none differ.
pub(super) fn factor(rows: &[&ClaimRow], rates: &Rates) -> Option<f64> {
    let mut most: Option<f64> = None;
    let rows: Vec<&&ClaimRow> =
        rows.iter().filter(|row| amounts(&row.claim).next().is_some()).collect();
    for (n, a) in rows.iter().enumerate() {
        for b in &rows[n + 1..] {
            if !differences(a, b, rates).iter().any(|it| matches!(it, Field::Amount | Field::Count))
            {
                continue;
            }
            // A sum given in yen and in dollars stands by the pair that is closest.
            let pairs = amounts(&a.claim).flat_map(|x| amounts(&b.claim).map(move |y| (x, y)));
            let ratio = |(x, y): (&Amount, &Amount)| {
                let (p, q) = (x.value?, y.value?);
                let usd = |amount: &Amount, value, row: &ClaimRow| match amount.unit {
                    Unit::Money => {
                        rates.in_usd(value, amount.currency.as_deref()?, quantity::day_of(row))
                    }
                    _ => Some(value),
                };
                let (p, q) =
                    if x.currency == y.currency { (p, q) } else { (usd(x, p, a)?, usd(y, q, b)?) };
                (p > 0.0 && q > 0.0).then(|| (p / q).max(q / p))
            };
            let closest = pairs
                .filter(|(x, y)| quantity::same_thing(x, y))
                .filter_map(ratio)
                .min_by(f64::total_cmp);
            most = most.into_iter().chain(closest).max_by(f64::total_cmp);
        }
    }
    most.filter(|it| *it > 1.0)
}

/// The range of each quantity, money first.
pub(super) fn figures(rows: &[&ClaimRow]) -> Vec<Figures> {
    let mut told: BTreeMap<(bool, String), Vec<(&Amount, &ClaimRow)>> = BTreeMap::new();
    for row in rows {
        for amount in amounts(&row.claim) {
            let money = amount.unit == Unit::Money;
            let of = match amount.unit {
                Unit::Money => amount.currency.clone().unwrap_or_default(),
                Unit::Count => amount.count_of.clone().unwrap_or_default(),
                unit => unit.as_str().to_owned(),
            };
            told.entry((!money, of)).or_default().push((amount, row));
        }
    }
    let figures = |((not_money, of), told): ((bool, String), Vec<(&Amount, &ClaimRow)>)| {
        let values = || told.iter().filter_map(|(amount, _)| amount.value);
        Figures {
            of,
            money: !not_money,
            low: values().min_by(f64::total_cmp),
            high: values().max_by(f64::total_cmp),
            said: said(&told),
        }
    };
    told.into_iter().map(figures).collect()
}

fn said(told: &[(&Amount, &ClaimRow)]) -> Vec<Said> {
    let mut said: Vec<Said> = Vec::new();
    for (amount, row) in told {
        let (claim, by) = (row.claim.id.clone(), printer(row));
        let same =
            |said: &&mut Said| said.value == amount.value && said.qualifier == amount.qualifier;
        if let Some(known) = said.iter_mut().find(same) {
            if !known.claims.contains(&claim) {
                known.claims.push(claim);
            }
            if !known.by.contains(&by) {
                known.by.push(by);
            }
        } else {
            said.push(Said {
                value: amount.value,
                qualifier: amount.qualifier,
                text: amount.text.clone(),
                claims: vec![claim],
                by: vec![by],
            });
        }
    }
    let value = |said: &Said| said.value.unwrap_or(f64::INFINITY);
    said.sort_by(|a, b| value(a).total_cmp(&value(b)).then(a.qualifier.cmp(&b.qualifier)));
    said
}

/// The different outlets that are named.
pub(super) fn outlets(rows: &[&ClaimRow]) -> Vec<String> {
    let mut names: BTreeMap<String, &str> = BTreeMap::new();
    for outlet in rows.iter().filter_map(|row| row.outlet.as_deref()) {
        names.entry(outlet.trim().to_lowercase()).or_insert(outlet);
    }
    names.into_values().map(str::to_owned).collect()
}

/// Who prints the claim: its outlet, or the document where none is named.
pub(super) fn printer(row: &ClaimRow) -> String {
    row.outlet.clone().unwrap_or_else(|| row.claim.doc.clone())
}
