//! Which claims are about one happening.

use std::collections::{BTreeMap, BTreeSet};

use hedgerow_codebook::Claim;
use hedgerow_codebook::claim::{Amount, Kind, Modality, Unit};
use jiff::civil::Date;

use super::weigh::{denies, figures_agree};
use crate::ClaimRow;

/// How far from the day of publication an undated happening may lie.
const UNDATED_DAYS: i32 = 30;

/// How far apart two documents may be published whose undated claims are about one happening.
const SAME_NEWS_DAYS: i32 = 3;

/// Claims that can belong together at all.
type Key = (Kind, String, Option<String>, bool, Vec<String>, Vec<String>, Option<i8>, String);

/// The groups, each in the order of `rows`.
///
/// Claims are placed from the sharpest to the vaguest, each tier against the groups of the tiers before it, and all
/// claims of a tier at once: so their order does not matter. A claim joins where exactly one group fits it.
pub(super) fn groups<'a>(rows: &[&'a ClaimRow]) -> Vec<Vec<&'a ClaimRow>> {
    let mut alike: BTreeMap<Key, Vec<&ClaimRow>> = BTreeMap::new();
    for &row in rows {
        alike.entry(key(&row.claim)).or_default().push(row);
    }
    let mut all = Vec::new();
    for rows in alike.into_values() {
        let mut groups: Vec<Vec<&ClaimRow>> = Vec::new();
        let mut tiers: BTreeMap<u8, Vec<&ClaimRow>> = BTreeMap::new();
        // What is placed alike is placed once: a happening may have thousands of claims of the same day.
        let mut twins: BTreeMap<&str, Vec<&ClaimRow>> = BTreeMap::new();
        for rows in same_place(rows) {
            tiers.entry(vagueness(&rows[0].claim)).or_default().push(rows[0]);
            twins.insert(&rows[0].claim.id, rows);
        }
        for tier in tiers.into_values() {
            place(tier, &mut groups);
        }
        let with_twins = |group: Vec<&'a ClaimRow>| -> Vec<&'a ClaimRow> {
            group
                .into_iter()
                .flat_map(|row| twins.remove(row.claim.id.as_str()).unwrap_or_default())
                .collect()
        };
        all.extend(groups.into_iter().map(with_twins));
    }
    for group in &mut all {
        group.sort_by(|a, b| super::id_order(&a.claim.id).cmp(&super::id_order(&b.claim.id)));
    }
    all
}

/// The claims that have the same dates and the same day of publication, which is all that places them; flows, which
/// are also told apart by figure and document, one by one.
fn same_place(rows: Vec<&ClaimRow>) -> Vec<Vec<&ClaimRow>> {
    let mut places: BTreeMap<_, Vec<&ClaimRow>> = BTreeMap::new();
    for row in rows {
        let claim = &row.claim;
        let own = (claim.kind == Kind::Flow).then_some(claim.id.as_str());
        let doc = row.published.is_none().then_some(claim.doc.as_str());
        let place = (interval(claim), claim.date.precision, row.published, doc, own);
        places.entry(place).or_default().push(row);
    }
    places.into_values().collect()
}

fn place<'a>(tier: Vec<&'a ClaimRow>, groups: &mut Vec<Vec<&'a ClaimRow>>) {
    let mut joins: Vec<(usize, &ClaimRow)> = Vec::new();
    let mut rest: Vec<&ClaimRow> = Vec::new();
    for row in tier {
        let mut fitting =
            groups.iter().enumerate().filter(|(_, group)| fits(row, group)).map(|(n, _)| n);
        match (fitting.next(), fitting.next()) {
            (Some(only), None) => joins.push((only, row)),
            _ => rest.push(row),
        }
    }
    // What one document tells apart does not join one group.
    let (joins, torn): (Vec<_>, Vec<_>) = joins.iter().partition(|(n, row)| {
        !joins.iter().any(|(other, sibling)| n == other && told_apart(row, sibling))
    });
    rest.extend(torn.into_iter().map(|(_, row)| row));
    for (n, row) in joins {
        groups[n].push(row);
    }
    // What is left forms new groups: first everything that hangs together and says the same, then groups that hang
    // together but differ, unless that would merge what one document tells apart.
    let same = |a: &&ClaimRow, b: &&ClaimRow| {
        pair(a, b) && !told_apart(a, b) && (a.claim.kind != Kind::Flow || figures_agree(a, b))
    };
    let apart =
        |a: &[&ClaimRow], b: &[&ClaimRow]| a.iter().any(|a| b.iter().any(|b| told_apart(a, b)));
    let differing = |a: &Vec<&ClaimRow>, b: &Vec<&ClaimRow>| {
        a.iter().any(|a| b.iter().any(|b| pair(a, b))) && !apart(a, b)
    };
    for cluster in connected(connected(rest, same), differing) {
        let clash = (1..cluster.len()).any(|n| cluster[..n].iter().any(|a| apart(a, &cluster[n])));
        if clash { groups.extend(cluster) } else { groups.push(cluster.concat()) }
    }
}

/// The items in groups that `near` connects, directly or by way of others.
fn connected<T>(mut items: Vec<T>, near: impl Fn(&T, &T) -> bool) -> Vec<Vec<T>> {
    let mut groups = Vec::new();
    while let Some(seed) = items.pop() {
        let mut group = vec![seed];
        let mut next = 0;
        while next < group.len() {
            let (mut close, far) = items.into_iter().partition(|item| near(&group[next], item));
            group.append(&mut close);
            items = far;
            next += 1;
        }
        groups.push(group);
    }
    groups
}

fn key(claim: &Claim) -> Key {
    let (actors, recipients) = parties(claim);
    let (polarity, label) = match claim.kind {
        Kind::Tie => (None, plain(claim.level.as_deref())),
        Kind::Stance | Kind::Posture | Kind::Office | Kind::Naming => {
            (claim.polarity, plain(claim.topic.as_deref()))
        }
        Kind::Event | Kind::Flow => (None, String::new()),
    };
    let mode = claim.mode.clone();
    (claim.kind, claim.type_.clone(), mode, claim.symmetric, actors, recipients, polarity, label)
}

/// The codes on either side in alphabetical order; of a symmetric claim all codes on both sides.
pub(super) fn parties(claim: &Claim) -> (Vec<String>, Vec<String>) {
    let codes = |lists: &[&Vec<hedgerow_codebook::claim::Actor>]| -> Vec<String> {
        let set: BTreeSet<&String> =
            lists.iter().flat_map(|list| list.iter()).map(|party| &party.code).collect();
        set.into_iter().cloned().collect()
    };
    if claim.symmetric {
        let both = codes(&[&claim.actors, &claim.recipients]);
        (both.clone(), both)
    } else {
        (codes(&[&claim.actors]), codes(&[&claim.recipients]))
    }
}

/// First and last day, where the claim has a date.
pub(super) fn interval(claim: &Claim) -> Option<(Date, Date)> {
    match (claim.date.start, claim.date.end) {
        (Some(start), Some(end)) => Some((start, end)),
        (Some(day), None) | (None, Some(day)) => Some((day, day)),
        (None, None) => None,
    }
}

/// How far a flow has come: as the coder has it, else as its modality tells.
pub(super) fn stage(claim: &Claim) -> &str {
    match (&claim.stage, claim.modality) {
        (Some(stage), _) => stage,
        (None, Modality::Actual | Modality::HistoricalBackground) => "delivered",
        (None, Modality::Planned) => "agreed",
        (None, Modality::Pledged) => "pledged",
        (None, Modality::Expected) => "expected",
        (None, Modality::CalledFor | Modality::Hypothetical) => "wanted",
        (None, Modality::Denied) => "collapsed",
    }
}

/// Sharpest first: what is asserted before what is denied, with a quantity before without, day before month before year.
fn vagueness(claim: &Claim) -> u8 {
    let flow = claim.kind == Kind::Flow;
    let denied = u8::from(flow && denies(claim));
    let silent = u8::from(flow && claim.amount.is_none());
    let precision = if interval(claim).is_some() { claim.date.precision as u8 } else { 3 };
    denied * 8 + silent * 4 + precision
}

fn fits(row: &ClaimRow, group: &[&ClaimRow]) -> bool {
    let claim = &row.claim;
    let one_flow = |other: &&ClaimRow| same_flow(claim, &other.claim) && !told_apart(row, other);
    if claim.kind == Kind::Flow && !group.iter().all(one_flow) {
        return false;
    }
    if claim.kind == Kind::Tie {
        return true;
    }
    let days = || group.iter().filter_map(|other| interval(&other.claim));
    let span = days().map(|(start, _)| start).min().zip(days().map(|(_, end)| end).max());
    match (interval(claim), span) {
        (Some(own), Some(span)) => overlap(own, span),
        (None, Some(span)) => published_near(row, span, UNDATED_DAYS),
        (Some(own), None) => group.iter().all(|other| published_near(other, own, UNDATED_DAYS)),
        (None, None) => group.iter().any(|other| same_news(row, other)),
    }
}

fn pair(a: &ClaimRow, b: &ClaimRow) -> bool {
    if a.claim.kind == Kind::Flow && !same_flow(&a.claim, &b.claim) {
        return false;
    }
    if a.claim.kind == Kind::Tie {
        return true;
    }
    match (interval(&a.claim), interval(&b.claim)) {
        (Some(a), Some(b)) => overlap(a, b),
        (None, Some(days)) => published_near(a, days, UNDATED_DAYS),
        (Some(days), None) => published_near(b, days, UNDATED_DAYS),
        (None, None) => same_news(a, b),
    }
}

/// Whether two flows are at one stage and of one kind of quantity; a denial may be about any stage.
fn same_flow(a: &Claim, b: &Claim) -> bool {
    let stage = denies(a) || denies(b) || stage(a) == stage(b);
    let quantity = match (&a.amount, &b.amount) {
        (Some(a), Some(b)) => measured(a) == measured(b),
        _ => true,
    };
    stage && quantity
}

/// Whether one document gives two quantities of one kind on one word: a part and its total, or two deliveries.
fn told_apart(a: &ClaimRow, b: &ClaimRow) -> bool {
    let (a, b) = (&a.claim, &b.claim);
    a.kind == Kind::Flow
        && a.doc == b.doc
        && a.id != b.id
        && a.attributed_to.as_ref().map(|voice| &voice.code)
            == b.attributed_to.as_ref().map(|voice| &voice.code)
        && a.amount.is_some()
        && b.amount.is_some()
        && !denies(a)
        && !denies(b)
}

/// What an amount is of, apart from the currency: sums in two currencies may be one sum.
fn measured(amount: &Amount) -> String {
    match amount.unit {
        Unit::Money => "money".to_owned(),
        Unit::Count => plain(amount.count_of.as_deref()),
        unit => unit.as_str().to_owned(),
    }
}

fn overlap(a: (Date, Date), b: (Date, Date)) -> bool {
    a.0 <= b.1 && b.0 <= a.1
}

fn published_near(row: &ClaimRow, (start, end): (Date, Date), days: i32) -> bool {
    row.published.is_some_and(|day| {
        let off = if day < start { gap(day, start) } else { gap(end, day) };
        off <= days
    })
}

fn same_news(a: &ClaimRow, b: &ClaimRow) -> bool {
    match (a.published, b.published) {
        (Some(a), Some(b)) => gap(a.min(b), a.max(b)) <= SAME_NEWS_DAYS,
        _ => a.claim.doc == b.claim.doc,
    }
}

/// Days from `from` to `to`, 0 where `to` is not later.
fn gap(from: Date, to: Date) -> i32 {
    from.until(to).map_or(i32::MAX, |span| span.get_days()).max(0)
}

fn plain(words: Option<&str>) -> String {
    words.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
