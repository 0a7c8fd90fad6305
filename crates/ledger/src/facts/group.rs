//! Which claims are about one happening.
//!
//! Claims of one kind with the same parties are compared two by two (`affinity`), and placed from the sharpest to the
//! vaguest: a vague one joins the group that it fits best, and stands alone where two fit it equally well. What one document
//! tells apart never joins.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use hedgerow_codebook::Claim;
use hedgerow_codebook::claim::{Actor, Kind, Modality};

use super::quantity::{self, Match, Rates};
use super::weigh::{denies, differences};
use super::{Field, Lens, days, words};
use crate::ClaimRow;

/// Dates of one happening may lie so many days apart where the words or figures are the same: a day is told in the time
/// of the place, or of the desk.
const SLACK: i32 = 2;
/// The handing over of the same things may be dated so many days apart.
const FLOW_SLACK: i32 = 366;

/// How far apart in days two dated claims of a kind may lie that can be one fact; `None` where that does not matter.
const fn reach(kind: Kind) -> Option<i32> {
    match kind {
        Kind::Tie => None,
        Kind::Flow => Some(FLOW_SLACK),
        _ => Some(SLACK),
    }
}

/// A claim, with what the comparison needs of it.
pub(super) struct Item<'a> {
    pub(super) row: &'a ClaimRow,
    days: Option<days::Period>,
    class: Class,
    words: Vec<u64>,
}

/// Whether it has come to pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Done,
    ToCome,
    Open,
    Denied,
}

impl<'a> Item<'a> {
    pub(super) fn new(row: &'a ClaimRow) -> Self {
        let class = match row.claim.modality {
            Modality::Actual | Modality::HistoricalBackground => Class::Done,
            Modality::Planned | Modality::Pledged | Modality::Expected => Class::ToCome,
            Modality::Hypothetical | Modality::CalledFor => Class::Open,
            Modality::Denied => Class::Denied,
        };
        Self { row, days: days::of(&row.claim), class, words: words::of(&row.claim) }
    }

    pub(super) fn shared_words(&self, other: &Self) -> usize {
        words::shared(&self.words, &other.words)
    }
}

/// Claims that can belong together at all: one kind, the same parties; of all but flows also one type.
type Key<'a> = (Kind, &'a str, bool, Vec<String>, Vec<String>, Option<i8>);

/// The groups, each in the order of `rows`.
pub(super) fn groups<'a>(
    rows: &[&'a ClaimRow],
    lens: &Lens,
    rates: &Rates,
) -> Vec<Vec<&'a ClaimRow>> {
    let mut alike: BTreeMap<Key<'_>, Vec<Item<'a>>> = BTreeMap::new();
    for &row in rows {
        alike.entry(key(&row.claim)).or_default().push(Item::new(row));
    }
    let mut all: Vec<Vec<&ClaimRow>> = Vec::new();
    for items in alike.into_values() {
        let board = Board { items, lens, rates };
        all.extend(
            board
                .groups()
                .into_iter()
                .map(|group| group.into_iter().map(|n| board.items[n].row).collect::<Vec<_>>()),
        );
    }
    join(&mut all, lens);
    for group in &mut all {
        group.sort_by(|a, b| super::id_order(&a.claim.id).cmp(&super::id_order(&b.claim.id)));
    }
    all
}

/// Puts together what a person said is one.
fn join(groups: &mut Vec<Vec<&ClaimRow>>, lens: &Lens) {
    for (a, b) in &lens.same {
        let home =
            |id: &str| groups.iter().position(|group| group.iter().any(|row| row.claim.id == id));
        if let (Some(x), Some(y)) = (home(a), home(b))
            && x != y
        {
            let moved = groups.swap_remove(x.max(y));
            groups[x.min(y)].extend(moved);
        }
    }
}

fn key(claim: &Claim) -> Key<'_> {
    let (actors, recipients) = parties(claim);
    let type_ = if claim.kind == Kind::Flow { "" } else { claim.type_.as_str() };
    let polarity = if claim.kind == Kind::Stance { claim.polarity } else { None };
    (claim.kind, type_, claim.symmetric, actors, recipients, polarity)
}

/// The codes on either side in alphabetical order; of a symmetric claim all codes on both sides.
pub(super) fn parties(claim: &Claim) -> (Vec<String>, Vec<String>) {
    let codes = |lists: &[&Vec<Actor>]| -> Vec<String> {
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

/// Claims that are compared with each other.
struct Board<'a, 'l> {
    items: Vec<Item<'a>>,
    lens: &'l Lens,
    rates: &'l Rates,
}

impl Board<'_, '_> {
    fn groups(&self) -> Vec<Vec<usize>> {
        let mut tiers: BTreeMap<u8, Vec<usize>> = BTreeMap::new();
        for (n, item) in self.items.iter().enumerate() {
            tiers.entry(vagueness(item)).or_default().push(n);
        }
        let mut groups = Vec::new();
        for tier in tiers.into_values() {
            let rest = self.join_best(tier, &mut groups);
            groups.extend(self.agglomerate(rest));
        }
        groups
    }

    /// Lets each claim of a tier join the one group that fits it best; returns those that found none, or several.
    fn join_best(&self, tier: Vec<usize>, groups: &mut [Vec<usize>]) -> Vec<usize> {
        let spans: Vec<Option<days::Period>> = groups
            .iter()
            .map(|group| {
                let days = || group.iter().filter_map(|&n| self.items[n].days);
                days().map(|it| it.0).min().zip(days().map(|it| it.1).max())
            })
            .collect();
        let (mut joins, mut rest): (Vec<(usize, u32, usize)>, Vec<usize>) =
            (Vec::new(), Vec::new());
        for item in tier {
            let reachable = |span: &Option<days::Period>| match (self.items[item].days, span) {
                // An undated claim of the group may lie between the two.
                (Some(own), Some(span)) => reach(self.items[item].row.claim.kind)
                    .is_none_or(|reach| days::gap(own, *span) <= reach + 2 * days::UNDATED),
                _ => true,
            };
            let mut best: Option<(u32, usize)> = None;
            let mut twice = false;
            for (n, group) in groups.iter().enumerate().filter(|(n, _)| reachable(&spans[*n])) {
                let Some(score) = self.fit(item, group) else { continue };
                match best {
                    Some((most, _)) if score < most => {}
                    Some((most, _)) if score == most => twice = true,
                    _ => (best, twice) = (Some((score, n)), false),
                }
            }
            match best {
                Some((score, n)) if !twice => joins.push((n, score, item)),
                _ => rest.push(item),
            }
        }
        // What is told apart does not join one group: the better fit does, and none of two that fit alike.
        for &(n, score, item) in &joins {
            let rival = |&&(other, its, rival): &&(usize, u32, usize)| {
                other == n && rival != item && its >= score && self.apart(item, rival)
            };
            if joins.iter().any(|it| rival(&it)) { rest.push(item) } else { groups[n].push(item) }
        }
        rest
    }

    /// How well a claim fits a group; `None` where it cannot belong to it.
    fn fit(&self, item: usize, group: &[usize]) -> Option<u32> {
        let flow = self.items[item].row.claim.kind == Kind::Flow;
        let mut most = None;
        for &other in group {
            match self.affinity(item, other) {
                Some(score) => most = most.max(Some(score)),
                // A group of flows has one stage and one measure, and what is told apart stays apart.
                None if flow || self.apart(item, other) => return None,
                None => {}
            }
        }
        most
    }

    /// Groups claims of one tier, the closest pairs first.
    fn agglomerate(&self, mut items: Vec<usize>) -> Vec<Vec<usize>> {
        items.sort_by_key(|&n| (self.items[n].days, self.items[n].row.published));
        let mut pairs: Vec<(u32, usize, usize)> = Vec::new();
        for (i, &a) in items.iter().enumerate() {
            for &b in &items[i + 1..] {
                if let (Some(x), Some(y)) = (self.items[a].days, self.items[b].days)
                    && y.0 > x.1
                    && reach(self.items[a].row.claim.kind)
                        .is_some_and(|reach| days::gap(x, y) > reach)
                {
                    break;
                }
                pairs.extend(self.affinity(a, b).map(|score| (score, a, b)));
            }
        }
        // A pair is open to doubt where one of the two fits a sibling of the other just as well.
        let score: HashMap<(usize, usize), u32> =
            pairs.iter().flat_map(|&(score, a, b)| [((a, b), score), ((b, a), score)]).collect();
        let mut siblings: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for &n in &items {
            siblings.entry(&self.items[n].row.claim.doc).or_default().push(n);
        }
        let doubtful = |a: usize, b: usize, most: u32| {
            siblings[self.items[b].row.claim.doc.as_str()].iter().any(|&c| {
                c != b && score.get(&(a, c)).is_some_and(|&it| it >= most) && self.apart(b, c)
            })
        };
        pairs.retain(|&(most, a, b)| !doubtful(a, b, most) && !doubtful(b, a, most));
        pairs.sort_by(|x, y| {
            y.0.cmp(&x.0).then_with(|| self.ids(x.1, x.2).cmp(&self.ids(y.1, y.2)))
        });
        let mut home: BTreeMap<usize, usize> = items.iter().map(|&n| (n, n)).collect();
        let mut groups: BTreeMap<usize, Vec<usize>> = items.iter().map(|&n| (n, vec![n])).collect();
        for (_, a, b) in pairs {
            let (x, y) = (home[&a], home[&b]);
            if x == y || !groups[&x].iter().all(|&n| self.together(n, &groups[&y])) {
                continue;
            }
            let moved = groups.remove(&y).unwrap_or_default();
            home.extend(moved.iter().map(|&n| (n, x)));
            groups.entry(x).or_default().extend(moved);
        }
        groups.into_values().collect()
    }

    /// Whether a claim may stand in one group with all of these.
    fn together(&self, item: usize, group: &[usize]) -> bool {
        let flow = self.items[item].row.claim.kind == Kind::Flow;
        group.iter().all(|&other| {
            if flow { self.affinity(item, other).is_some() } else { !self.apart(item, other) }
        })
    }

    fn ids(&self, a: usize, b: usize) -> (&str, &str) {
        let (a, b) = (&self.items[a].row.claim.id, &self.items[b].row.claim.id);
        if a <= b { (a, b) } else { (b, a) }
    }

    /// Whether two claims must not be one: a person said so, or one document gives them, on one word, differently.
    fn apart(&self, a: usize, b: usize) -> bool {
        let (x, y) = (&self.items[a], &self.items[b]);
        let (a, b) = (&x.row.claim, &y.row.claim);
        if !self.lens.apart.is_empty() {
            let pair = if a.id <= b.id {
                (a.id.clone(), b.id.clone())
            } else {
                (b.id.clone(), a.id.clone())
            };
            if self.lens.apart.contains(&pair) {
                return true;
            }
        }
        let voice = |claim: &Claim| claim.attributed_to.as_ref().map(|it| it.code.clone());
        if a.doc != b.doc || a.id == b.id || voice(a) != voice(b) || denies(a) || denies(b) {
            return false;
        }
        let otherwise = differences(x.row, y.row, self.rates).iter().any(|it| *it != Field::Actor);
        // Two stretches without a word in common tell two things; a repetition would share some.
        let stretches =
            a.evidence.bend <= b.evidence.bstart || b.evidence.bend <= a.evidence.bstart;
        otherwise
            || (stretches && !x.words.is_empty() && !y.words.is_empty() && x.shared_words(y) == 0)
    }

    /// How close two claims are; `None` where they cannot be about one happening.
    fn affinity(&self, one: usize, other: usize) -> Option<u32> {
        let (x, y) = (&self.items[one], &self.items[other]);
        let (a, b) = (&x.row.claim, &y.row.claim);
        let own = match a.kind {
            Kind::Flow => self.flow(x, y)?,
            Kind::Tie => tie(a, b)?,
            Kind::Event => self.event(x, y)?,
            Kind::Stance | Kind::Posture | Kind::Office | Kind::Naming => {
                let own = self.event(x, y)?;
                if plain(a.topic.as_deref()) != plain(b.topic.as_deref()) && !about_one(x, y) {
                    return None;
                }
                own
            }
        };
        // Only claims of one document, or named by a person, can be told apart: that is cheap to see.
        if (a.doc == b.doc || !self.lens.apart.is_empty()) && self.apart(one, other) {
            return None;
        }
        let class = if x.class == y.class { 4 } else { 0 };
        let dates = if x.days.is_some() && x.days == y.days { 2 } else { 0 };
        Some(own + class + dates + 2 * x.shared_words(y).min(4) as u32)
    }

    fn event(&self, x: &Item<'_>, y: &Item<'_>) -> Option<u32> {
        let mode = match (&x.row.claim.mode, &y.row.claim.mode) {
            (Some(a), Some(b)) if a != b => return None,
            (Some(_), Some(_)) => 1,
            _ => 0,
        };
        if days::near(x.row, y.row, 0) {
            return Some(mode);
        }
        let close = days::near(x.row, y.row, SLACK) && x.class == y.class;
        let figure = || quantity::best(x.row, y.row, self.rates) == Some(Match::Agree);
        (close && (x.shared_words(y) >= 3 || figure())).then_some(mode)
    }

    fn flow(&self, x: &Item<'_>, y: &Item<'_>) -> Option<u32> {
        let (a, b) = (&x.row.claim, &y.row.claim);
        let same_type = a.type_ == b.type_;
        if !same_type && !kin(&a.type_, &b.type_) || !one_stage(a, b) {
            return None;
        }
        // Sums of two years are two sums; six ships that are handed over in two years may be the same ships.
        let things = matches!(a.type_.as_str(), "equipment" | "arms") && same_type;
        if !days::near(x.row, y.row, if things { FLOW_SLACK } else { 0 }) {
            return None;
        }
        let given = |claim: &Claim| quantity::amounts(claim).next().is_some();
        let silent = !given(a) || !given(b);
        if a.cumulative != b.cumulative && !silent {
            return None;
        }
        let shared = x.shared_words(y);
        let figures = quantity::best(x.row, y.row, self.rates);
        let money = |claim: &Claim| {
            quantity::amounts(claim).any(|it| it.unit == hedgerow_codebook::claim::Unit::Money)
        };
        // A total so far, and the trade of a year, are one quantity however much the figures differ.
        let defined = same_type && (a.cumulative && b.cumulative || a.type_ == "trade");
        let score = match figures {
            Some(Match::Agree) => 12,
            Some(Match::Scale) => 10,
            Some(Match::Near) if same_type => 6,
            Some(_) if defined => 3,
            Some(_) => 0,
            // One gives a sum, the other counts what it bought; boats and radars are two flows.
            None if !silent && money(a) == money(b) => return None,
            None => 0,
        };
        let enough = if same_type { 1 } else { 2 };
        let agrees = score > 0 || shared >= enough || (silent && same_type);
        if !agrees {
            return None;
        }
        let one_time = days::near(x.row, y.row, 0) || things && quantity::counts_agree(a, b);
        one_time.then_some(score + if same_type { 2 } else { 0 })
    }
}

/// How close a claim is to the nearest of the claims of a fact, none of them its own; `None` where it can be of none of their
/// happenings, or shares less than two words that matter with all that it could be of.
pub(super) fn closeness(
    claim: &ClaimRow,
    fact: &[&ClaimRow],
    lens: &Lens,
    rates: &Rates,
) -> Option<u32> {
    let alike = fact.iter().filter(|row| key(&row.claim) == key(&claim.claim));
    let items = std::iter::once(claim).chain(alike.copied()).map(Item::new).collect();
    let board = Board { items, lens, rates };
    let words = |n: &usize| board.items[0].shared_words(&board.items[*n]) >= 2;
    (1..board.items.len()).filter(words).filter_map(|n| board.affinity(0, n)).max()
}

/// Sharpest first: what is asserted before what is denied, with a quantity before without, day before month before year.
fn vagueness(item: &Item<'_>) -> u8 {
    let claim = &item.row.claim;
    let flow = claim.kind == Kind::Flow;
    let denied = u8::from(flow && denies(claim));
    let silent = match claim.kind {
        Kind::Flow => quantity::amounts(claim).next().is_none(),
        Kind::Tie => claim.level.is_none(),
        Kind::Event => claim.mode.is_none(),
        _ => false,
    };
    let precision = if item.days.is_some() { claim.date.precision as u8 } else { 3 };
    denied * 8 + u8::from(silent) * 4 + precision
}

/// Types of flow that reports use for one transfer: a gift of boats is equipment, and aid.
pub(super) fn kin(a: &str, b: &str) -> bool {
    let pair = |x, y| (a == x && b == y) || (a == y && b == x);
    pair("aid", "equipment")
        || pair("aid", "loan")
        || pair("aid", "training")
        || pair("arms", "equipment")
}

/// This type of flow and those that reports use for it.
pub(crate) fn kin_of(type_: &str) -> Vec<&str> {
    let others = ["aid", "arms", "equipment", "loan", "training"];
    std::iter::once(type_).chain(others.into_iter().filter(|it| kin(type_, it))).collect()
}

/// Whether two flows have come equally far; a denial may be about any stage, and a forecast is of what is agreed.
fn one_stage(a: &Claim, b: &Claim) -> bool {
    let (x, y) = (stage(a), stage(b));
    let forecast = |x: &str, y: &str| x == "expected" && y == "agreed";
    denies(a) || denies(b) || x == y || forecast(x, y) || forecast(y, x)
}

/// Ties are one whatever their dates, where they have one level; two levels are one only as two accounts of one change.
fn tie(a: &Claim, b: &Claim) -> Option<u32> {
    let (x, y) = (plain(a.level.as_deref()), plain(b.level.as_deref()));
    if x == y {
        return Some(8);
    }
    if x.is_empty() || y.is_empty() {
        return Some(0);
    }
    let (Some(one), Some(other)) = (days::of(a), days::of(b)) else { return None };
    let year = |period: days::Period| days::between(period.0, period.1) <= 366;
    (a.doc != b.doc && year(one) && year(other) && days::gap(one, other) == 0).then_some(0)
}

/// Whether two positions are on one matter: half of the words that name it are the same.
fn about_one(x: &Item<'_>, y: &Item<'_>) -> bool {
    let shared = x.shared_words(y);
    let fewer = x.words.len().min(y.words.len());
    shared >= 2 && shared * 2 >= fewer
}

fn plain(words: Option<&str>) -> String {
    words.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
