//! How the claims of one fact stand to each other: who agrees, who differs in what, who denies, and the figures.

use std::collections::{BTreeMap, BTreeSet};

use hedgerow_codebook::Claim;
use hedgerow_codebook::claim::{Amount, Modality, Qualifier, Unit};

use super::{Field, Figures, Member, Said, Stand, group};
use crate::ClaimRow;

/// Whether the claim says that it did not or will not happen.
pub(super) fn denies(claim: &Claim) -> bool {
    claim.modality == Modality::Denied
}

/// The members, measured against the reading that the most documents are at one with.
///
/// That reading is the claim contradicted by the fewest voices; among equals the one with the finest date, then the one
/// with a figure, then the first.
pub(super) fn members(rows: &[&ClaimRow]) -> Vec<Member> {
    let reference = reference(rows);
    rows.iter()
        .map(|row| {
            let claim = &row.claim;
            let on = match reference {
                Some(reference) if !denies(claim) => differences(&reference.claim, claim),
                _ => Vec::new(),
            };
            // Where every claim denies, there is nothing to deny: they agree that it did not happen.
            let stand = match (denies(claim) && reference.is_some(), on.is_empty()) {
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

/// The reading that the fewest voices contradict, as its first claim has it; `None` where every claim denies.
fn reference<'a>(rows: &[&'a ClaimRow]) -> Option<&'a ClaimRow> {
    // Hundreds of claims may say the same: each reading is compared once.
    let mut readings: Vec<(&ClaimRow, BTreeSet<String>)> = Vec::new();
    for &row in rows.iter().filter(|row| !denies(&row.claim)) {
        match readings.iter_mut().find(|(other, _)| one_reading(&other.claim, &row.claim)) {
            Some((_, voices)) => voices.extend([printer(row)]),
            None => readings.push((row, BTreeSet::from([printer(row)]))),
        }
    }
    let against = |candidate: &ClaimRow| {
        let contradicts =
            |other: &ClaimRow| !differences(&candidate.claim, &other.claim).is_empty();
        let voices = readings.iter().filter(|(other, _)| contradicts(other));
        voices.flat_map(|(_, voices)| voices).collect::<BTreeSet<_>>().len()
    };
    readings.iter().map(|(candidate, _)| *candidate).min_by_key(|candidate| {
        let claim = &candidate.claim;
        (against(candidate), claim.date.precision, claim.amount.is_none())
    })
}

/// Whether two claims say the same in all that is compared.
fn one_reading(a: &Claim, b: &Claim) -> bool {
    let figures = |claim: &Claim| -> Vec<_> {
        let figure =
            |x: &Amount| (x.value, x.qualifier, x.unit, x.currency.clone(), x.count_of.clone());
        amounts(claim).map(figure).collect()
    };
    a.modality == b.modality
        && (a.date.start, a.date.end, a.date.precision)
            == (b.date.start, b.date.end, b.date.precision)
        && figures(a) == figures(b)
}

/// Whether two claims give figures that can be one.
pub(super) fn figures_agree(a: &ClaimRow, b: &ClaimRow) -> bool {
    !differences(&a.claim, &b.claim)
        .iter()
        .any(|field| matches!(field, Field::Amount | Field::Count))
}

/// In what two claims contradict each other. Silence contradicts nothing.
fn differences(a: &Claim, b: &Claim) -> Vec<Field> {
    let mut fields = BTreeSet::new();
    for x in amounts(a) {
        let same_thing = |y: &&Amount| thing(x) == thing(y);
        if amounts(b).any(|y| same_thing(&y))
            && !amounts(b).filter(same_thing).any(|y| compatible(x, y))
        {
            let money = x.unit == Unit::Money;
            fields.insert(if money { Field::Amount } else { Field::Count });
        }
    }
    if let (Some((a_start, a_end)), Some((b_start, b_end))) =
        (group::interval(a), group::interval(b))
    {
        let a_within = b_start <= a_start && a_end <= b_end;
        let b_within = a_start <= b_start && b_end <= a_end;
        if !a_within && !b_within {
            fields.insert(Field::Date);
        }
    }
    let real = |modality| match modality {
        Modality::HistoricalBackground => Modality::Actual,
        Modality::Expected | Modality::Pledged => Modality::Planned,
        other => other,
    };
    if real(a.modality) != real(b.modality) {
        fields.insert(Field::Modality);
    }
    fields.into_iter().collect()
}

fn amounts(claim: &Claim) -> impl Iterator<Item = &Amount> {
    claim.amount.iter().chain(&claim.more_amounts)
}

/// What an amount is of, as far as two of them can be compared: money of any currency, or one noun.
fn thing(amount: &Amount) -> (Unit, Option<&str>) {
    match amount.unit {
        Unit::Count => (Unit::Count, amount.count_of.as_deref()),
        unit => (unit, None),
    }
}

/// Whether both figures can be true of one quantity. Sums in two currencies cannot be compared without a rate, so they
/// are shown as differing.
fn compatible(a: &Amount, b: &Amount) -> bool {
    if a.unit == Unit::Money && a.currency != b.currency {
        return false;
    }
    let (Some(x), Some(y)) = (a.value, b.value) else { return true };
    let below = |amount: &Amount| matches!(amount.qualifier, Qualifier::UpTo | Qualifier::LessThan);
    let above =
        |amount: &Amount| matches!(amount.qualifier, Qualifier::MoreThan | Qualifier::AtLeast);
    let about = |amount: &Amount| amount.qualifier == Qualifier::About;
    if above(a) && above(b) || below(a) && below(b) {
        true
    } else if above(a) || below(b) {
        y >= x
    } else if below(a) || above(b) {
        y <= x
    } else if about(a) || about(b) {
        (x - y).abs() <= 0.05 * x.abs().max(y.abs())
    } else if a.unit == Unit::Money {
        same_rounded(x, y)
    } else {
        x.total_cmp(&y).is_eq()
    }
}

/// Whether two sums are one sum, one of them rounded to no fewer than two digits: 1.7 and 1.68 billion are.
fn same_rounded(x: f64, y: f64) -> bool {
    let digits = digits(x).min(digits(y)).max(2);
    rounded(x, digits) == rounded(y, digits)
}

fn rounded(value: f64, digits: usize) -> String {
    format!("{value:.*e}", digits - 1)
}

/// Significant digits of the shortest decimal that is this number.
fn digits(value: f64) -> usize {
    let text = format!("{value:e}");
    text.split('e').next().unwrap_or_default().bytes().filter(u8::is_ascii_digit).count()
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
fn printer(row: &ClaimRow) -> String {
    row.outlet.clone().unwrap_or_else(|| row.claim.doc.clone())
}
