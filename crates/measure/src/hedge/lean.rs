//! From strengths to leans: the formulas, and what is left open where a source is missing.

use hedgerow_codebook::Domain;
use serde::Serialize;

use super::strength::Strengths;
use super::{Levels, Question, Rival};
use crate::indicator::{Gather, Indicator};

/// Where a state stands.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Position {
    /// Every domain, in the order of [`Domain::ALL`].
    pub domains: Vec<DomainLean>,
    /// Over the measured domains; `None` where there is none.
    pub summary: Option<Summary>,
    /// Lowest and highest L that what is missing leaves possible.
    pub bounds: [f64; 2],
    /// Lean in words and votes less the mean of security and economy, -2 to 2: what is said against what is done.
    pub signal_gap: Option<f64>,
}

/// L and what keeps it from the ends: `1 - |lean| = within + offset`, `within = tied + crossed + (1 - depth)`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Summary {
    /// L, -1 to 1; positive towards the first rival.
    pub lean: f64,
    /// `50 (1 + L)`, 0 to 100: the scale of the Anatomy of Choice Alignment Index.
    pub score: f64,
    /// W, 0 to 1: balance within domains.
    pub within: f64,
    /// O, 0 to 1: leans that point apart across domains.
    pub offset: f64,
    /// The part of W that rests on ties to both sides.
    pub tied: f64,
    /// The part of W from indicators of one domain that point apart.
    pub crossed: f64,
    /// G, 0 to 1: how deep the ties to both sides together are. The rest, `1 - G`, is the part of W that rests on nothing.
    pub depth: f64,
}

/// A domain.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DomainLean {
    /// Which.
    pub domain: Domain,
    /// Its weight, before division by the sum.
    pub weight: f64,
    /// Mean lean of its measured indicators, -1 to 1.
    pub lean: Option<f64>,
    /// Lowest and highest lean that what is missing leaves possible.
    pub bounds: [f64; 2],
    /// Whether it is measured, open, or empty.
    pub state: State,
    /// See [`Summary::tied`].
    pub tied: f64,
    /// See [`Summary::crossed`].
    pub crossed: f64,
    /// See [`Summary::depth`].
    pub depth: f64,
    /// What it is measured by, as far as anything is known.
    pub indicators: Vec<IndicatorLean>,
}

/// How much is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Both sides are known, each by at least one member.
    Measured,
    /// Something is known, but too little: one side has no source, or no tie is known and a member has no source.
    Open,
    /// Nothing is known.
    Missing,
    /// There is no tie with either side, as sources for all members say.
    Empty,
}

impl State {
    /// The word used in JSON and in tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Measured => "measured",
            Self::Open => "open",
            Self::Missing => "missing",
            Self::Empty => "empty",
        }
    }
}

/// An indicator.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct IndicatorLean {
    /// Which.
    pub indicator: Indicator,
    /// With the first rival's side and with the second's.
    pub sides: [Side; 2],
    /// -1 to 1, where both sides are known.
    pub lean: Option<f64>,
    /// Lowest and highest lean that missing members leave possible.
    pub bounds: [f64; 2],
    /// Whether it is measured, open, or empty.
    pub state: State,
    /// See [`Summary::depth`].
    pub depth: f64,
    /// Share of third powers in the ties with all partners known, 0 to 1; of amounts alone.
    pub third: Option<f64>,
    /// Effective number of partners known; of amounts alone.
    pub partners: Option<f64>,
}

/// One side of an indicator.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Side {
    /// Its strength, in the unit of the indicator; `None` where no member is known.
    pub strength: Option<f64>,
    /// Its known members with weight and strength.
    pub members: Vec<(String, f64, f64)>,
    /// Members of whom no source tells.
    pub missing: Vec<String>,
    /// Members who are zero because they are covered, with the basis.
    pub zero: Vec<(String, String)>,
    /// Least and most that it can be.
    #[serde(skip)]
    range: [f64; 2],
}

/// The position that strengths make under a question.
pub(crate) fn position(strengths: &Strengths<'_>, question: &Question) -> Position {
    let domains: Vec<DomainLean> =
        Domain::ALL.into_iter().map(|it| domain(it, strengths, question)).collect();
    let lean_of = |wanted: Domain| domains.iter().find(|it| it.domain == wanted)?.lean;
    let deeds: Vec<f64> =
        [Domain::Security, Domain::Economic].into_iter().filter_map(lean_of).collect();
    let signal_gap = lean_of(Domain::Stance)
        .filter(|_| !deeds.is_empty())
        .map(|words| words - deeds.iter().sum::<f64>() / deeds.len() as f64);
    Position { summary: summary(&domains), bounds: bounds(&domains), signal_gap, domains }
}

fn summary(domains: &[DomainLean]) -> Option<Summary> {
    let measured = || domains.iter().filter_map(|it| it.lean.map(|lean| (it, lean)));
    let total: f64 = measured().map(|(it, _)| it.weight).sum();
    if total <= 0.0 {
        return None;
    }
    let mean = |of: &dyn Fn(&DomainLean, f64) -> f64| -> f64 {
        measured().map(|(it, lean)| it.weight * of(it, lean)).sum::<f64>() / total
    };
    let lean = mean(&|_, lean| lean);
    let one_sided = mean(&|_, lean| lean.abs());
    Some(Summary {
        lean,
        score: 50.0 * (1.0 + lean),
        within: 1.0 - one_sided,
        offset: one_sided - lean.abs(),
        tied: mean(&|it, _| it.tied),
        crossed: mean(&|it, _| it.crossed),
        depth: mean(&|it, _| it.depth),
    })
}

/// L where every open domain lies at one end, and at the other.
fn bounds(domains: &[DomainLean]) -> [f64; 2] {
    let open = || domains.iter().filter(|it| it.state != State::Empty);
    let total: f64 = open().map(|it| it.weight).sum();
    if total <= 0.0 {
        return [-1.0, 1.0];
    }
    [0, 1].map(|end| open().map(|it| it.weight * it.bounds[end]).sum::<f64>() / total)
}

fn domain(domain: Domain, strengths: &Strengths<'_>, question: &Question) -> DomainLean {
    let known = |it: &Indicator| it.domain() == domain && question.settings.counts(*it);
    let indicators: Vec<IndicatorLean> = Indicator::ALL
        .into_iter()
        .filter(known)
        .map(|it| indicator(it, strengths, question))
        .filter(|it| it.state != State::Missing)
        .collect();
    let measured: Vec<&IndicatorLean> =
        indicators.iter().filter(|it| it.state == State::Measured).collect();
    let open: Vec<&IndicatorLean> =
        indicators.iter().filter(|it| it.state == State::Open).collect();
    let state = match (measured.is_empty(), open.is_empty(), indicators.is_empty()) {
        (false, ..) => State::Measured,
        (true, false, _) => State::Open,
        (true, true, false) => State::Empty,
        (true, true, true) => State::Missing,
    };
    let mean = |of: &dyn Fn(&IndicatorLean) -> f64, over: &[&IndicatorLean]| -> f64 {
        over.iter().map(|it| of(it)).sum::<f64>() / over.len() as f64
    };
    let bounds = match state {
        State::Measured => [0, 1].map(|end| mean(&|it| it.bounds[end], &measured)),
        State::Open => [0, 1].map(|end| mean(&|it| it.bounds[end], &open)),
        State::Empty => [0.0, 0.0],
        State::Missing => [-1.0, 1.0],
    };
    let lean = (!measured.is_empty()).then(|| mean(&|it| it.lean.unwrap_or(0.0), &measured));
    let part = |of: &dyn Fn(&IndicatorLean) -> f64| {
        if measured.is_empty() { 0.0 } else { mean(of, &measured) }
    };
    let one = part(&|it| it.lean.unwrap_or(0.0).abs());
    DomainLean {
        domain,
        weight: question.settings.weight(domain),
        lean,
        bounds,
        state,
        tied: part(&|it| it.depth - it.lean.unwrap_or(0.0).abs()),
        crossed: one - lean.unwrap_or(0.0).abs(),
        depth: part(&|it| it.depth),
        indicators,
    }
}

fn indicator(
    indicator: Indicator,
    strengths: &Strengths<'_>,
    question: &Question,
) -> IndicatorLean {
    let sides = [Rival::First, Rival::Second].map(|it| side(indicator, it, strengths, question));
    let ratio = question.settings.levels == Levels::Ratio || indicator.gather() != Gather::Level;
    let saturation = question.settings.saturation(indicator);
    let top = indicator.top().unwrap_or(1.0);
    let lean = |a: f64, b: f64| {
        if ratio { of_ratio(a, b, saturation) } else { Some((a - b) / top) }
    };
    let [first, second] = [&sides[0], &sides[1]];
    let (state, point) = match (first.strength, second.strength) {
        (Some(a), Some(b)) if a + b > 0.0 => (State::Measured, lean(a, b)),
        (Some(_), Some(_)) if first.missing.is_empty() && second.missing.is_empty() => {
            (State::Empty, None)
        }
        (None, None) => (State::Missing, None),
        _ => (State::Open, None),
    };
    let ends = [
        // Where the least of both is nothing, the lean begins in the middle.
        lean(first.range[0], second.range[1]).unwrap_or(0.0),
        lean(first.range[1], second.range[0]).unwrap_or(0.0),
    ];
    let bounds = if state == State::Empty { [0.0, 0.0] } else { ends };
    let both = first.strength.unwrap_or(0.0) + second.strength.unwrap_or(0.0);
    let depth = if !ratio {
        1.0
    } else if both > 0.0 {
        both / (both + saturation)
    } else {
        0.0
    };
    let amounts: Vec<f64> = match (indicator.gather(), strengths.get(&indicator)) {
        (Gather::Sum, Some(partners)) => partners.values().copied().collect(),
        _ => Vec::new(),
    };
    let all: f64 = amounts.iter().sum();
    let third = (all > 0.0).then(|| (1.0 - both / all).max(0.0));
    let partners = crate::concentration::effective_number(&amounts);
    IndicatorLean { indicator, lean: point, bounds, state, depth, third, partners, sides }
}

/// `(a - b) / (a + b + saturation)`, also where one of them is without limit; `None` where there is no tie at all.
fn of_ratio(a: f64, b: f64, saturation: f64) -> Option<f64> {
    match (a.is_infinite(), b.is_infinite()) {
        (true, false) => Some(1.0),
        (false, true) => Some(-1.0),
        _ => (a + b > 0.0).then(|| (a - b) / (a + b + saturation)),
    }
}

fn side(
    indicator: Indicator,
    rival: Rival,
    strengths: &Strengths<'_>,
    question: &Question,
) -> Side {
    let partners = strengths.get(&indicator);
    let (mut members, mut missing, mut zero) = (Vec::new(), Vec::new(), Vec::new());
    let (mut sum, mut known, mut unknown) = (0.0, 0.0, 0.0);
    for (partner, weight) in question.side(rival) {
        if let Some(&strength) = partners.and_then(|it| it.get(partner)) {
            members.push((partner.to_owned(), weight, strength));
            sum += weight * strength;
            known += weight;
        } else if let Some(covered) = question.covered(indicator, partner) {
            zero.push((partner.to_owned(), covered.basis.clone()));
            known += weight;
        } else {
            missing.push(partner.to_owned());
            unknown += weight;
        }
    }
    let amount = indicator.gather() == Gather::Sum;
    let strength = (known > 0.0).then(|| if amount { sum } else { sum / known });
    let range = if amount {
        [sum, if missing.is_empty() { sum } else { f64::INFINITY }]
    } else {
        let top = indicator.top().unwrap_or(f64::INFINITY);
        [0.0, top].map(|end| {
            if unknown > 0.0 { (sum + unknown * end) / (known + unknown) } else { sum / known }
        })
    };
    Side { strength, members, missing, zero, range }
}
