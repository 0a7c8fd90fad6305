//! One fact of a document is one claim: repetitions are noted on the first.

use hedgerow_codebook::claim::{Claim, Kind, Modality, When};

/// Folds repetitions into the first claim of the same content and numbers the claims: those between states in order of text,
/// after them those of one state alone. Links, which name a claim by its number before folding, then name the one it went to.
pub(crate) fn merge(between: Vec<Claim>, alone: Vec<Claim>) -> Vec<Claim> {
    let (mut kept, went) = fold(between);
    let width = kept.len().to_string().len().max(2);
    kept.extend(fold(alone).0);
    for (n, claim) in kept.iter_mut().enumerate() {
        claim.id = format!("{}-{:0width$}", claim.doc, n + 1);
    }
    let ids: Vec<String> = kept.iter().map(|claim| claim.id.clone()).collect();
    for claim in &mut kept {
        for link in &mut claim.links {
            let target =
                link.to.parse().ok().and_then(|n: usize| went.get(n)).and_then(|&n| ids.get(n));
            link.to = target.cloned().unwrap_or_default();
        }
        claim.links.retain(|link| !link.to.is_empty() && link.to != claim.id);
    }
    kept
}

/// The claims without repetitions, and for each of those given which of the kept it went to.
fn fold(claims: Vec<Claim>) -> (Vec<Claim>, Vec<usize>) {
    let mut kept: Vec<Claim> = Vec::with_capacity(claims.len());
    let mut went = Vec::with_capacity(claims.len());
    for claim in claims {
        let known = kept.iter().position(|k| same(k, &claim));
        went.push(known.unwrap_or(kept.len()));
        match known {
            Some(first) => absorb(&mut kept[first], claim),
            None => kept.push(claim),
        }
    }
    (kept, went)
}

fn same(a: &Claim, b: &Claim) -> bool {
    let codes = |c: &Claim| {
        let side = |actors: &[hedgerow_codebook::claim::Actor]| {
            let mut codes: Vec<String> = actors.iter().map(|a| a.code.clone()).collect();
            codes.sort();
            codes
        };
        (side(&c.actors), side(&c.recipients))
    };
    let alone = |c: &Claim| {
        let people = |actors: &[hedgerow_codebook::claim::Actor]| -> Vec<Option<String>> {
            actors.iter().map(|a| a.person.clone()).collect()
        };
        c.kind.is_alone().then(|| (c.topic.clone(), people(&c.actors), people(&c.recipients)))
    };
    let overlapping = a.evidence.span().overlaps(b.evidence.span());
    a.kind == b.kind
        && a.type_ == b.type_
        && (a.mode == b.mode || overlapping && (a.mode.is_none() || b.mode.is_none()))
        && a.polarity == b.polarity
        && a.symmetric == b.symmetric
        && told_alike(a.modality, b.modality)
        && codes(a) == codes(b)
        && alone(a) == alone(b)
        && dates_agree(&a.date, &b.date)
        && amounts_agree(a, b)
        && a.level.as_ref().is_none_or(|level| b.level.as_ref().is_none_or(|other| level == other))
        // Attitudes on different matters are different stances.
        && (a.kind != Kind::Stance || overlapping)
}

fn told_alike(a: Modality, b: Modality) -> bool {
    let fold = |m| if m == Modality::HistoricalBackground { Modality::Actual } else { m };
    fold(a) == fold(b)
}

fn dates_agree(a: &When, b: &When) -> bool {
    match (a.start, a.end, b.start, b.end) {
        (Some(a0), Some(a1), Some(b0), Some(b1)) => a0 <= b1 && b0 <= a1,
        _ => true,
    }
}

fn amounts_agree(a: &Claim, b: &Claim) -> bool {
    match (&a.amount, &b.amount) {
        (Some(x), Some(y)) => x.value == y.value && x.currency == y.currency,
        // A figure is a claim of its own beside one without, unless they stand in one place.
        (None, None) => a.rank.is_none() == b.rank.is_none(),
        // A headline leaves out what the article says.
        _ => {
            let headline = |c: &Claim| c.zone.as_deref() == Some("headline");
            a.kind != Kind::Flow
                || a.evidence.span().overlaps(b.evidence.span())
                || headline(a)
                || headline(b)
        }
    }
}

/// Adds what the repetition knows better, and where it stands.
fn absorb(first: &mut Claim, mut repeated: Claim) {
    // The stretch that says when or how much states the claim best.
    let overlap = first.evidence.span().overlaps(repeated.evidence.span());
    let better = first.date.start.is_none() && repeated.date.start.is_some()
        || first.amount.is_none() && repeated.amount.is_some();
    if better && !overlap {
        std::mem::swap(&mut first.evidence, &mut repeated.evidence);
        std::mem::swap(&mut first.quote, &mut repeated.quote);
        std::mem::swap(&mut first.modality, &mut repeated.modality);
        first.rule.clone_from(&repeated.rule);
    }
    if first.date.start.is_none() {
        first.date = repeated.date;
    }
    if first.amount.is_none() {
        first.amount = repeated.amount;
        first.more_amounts = repeated.more_amounts;
    }
    if first.mode.is_none() {
        first.mode = repeated.mode;
    }
    if first.level.is_none() {
        first.level = repeated.level;
    }
    first.ordinal = first.ordinal.take().or(repeated.ordinal);
    first.recurring = first.recurring.take().or(repeated.recurring);
    // That a tie ended is told once, that it held before it did.
    first.in_force = match (first.in_force, repeated.in_force) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (one, other) => one.or(other),
    };
    first.implied = first.implied.take().or(repeated.implied);
    first.contexts.append(&mut repeated.contexts);
    first.links.append(&mut repeated.links);
    for purpose in repeated.purpose {
        if !first.purpose.contains(&purpose) {
            first.purpose.push(purpose);
        }
    }
    if overlap {
        first.quote = first.quote.take().or(repeated.quote);
    } else {
        first.also.push(repeated.evidence);
    }
}
