//! Facts: claims of several documents about one happening, taken together, agreeing or not.
//!
//! [`facts()`] is pure: the same claims in any order give the same facts. Nothing is averaged and nothing added up; a fact
//! shows the range of the figures and who says which. What was pledged and what was delivered are two facts.

mod bodies;
mod commit;
mod current;
mod days;
mod draft;
mod group;
mod origin;
mod quantity;
mod relate;
mod section;
mod weigh;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use hedgerow_codebook::claim::{Kind, Precision, Qualifier};
use jiff::civil::Date;
use serde::Serialize;

use crate::ClaimRow;
use crate::sketch::Sketch;

pub use commit::{Commitment, Outcome, commitments};
pub use current::{Current, Why};
pub use draft::{Finding, Verdict, check};
pub(crate) use group::kin_of;
pub use origin::{Origin, STANDINGS, Standing};
pub use quantity::Rates;
pub use relate::{Related, Relation, related};
pub use section::Section;

/// One happening, tie, flow or stance as all documents together have it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fact {
    /// `f-` and the id of its first claim, `f-d00-07`.
    pub id: String,
    /// Kind of all its claims.
    pub kind: Kind,
    /// Type of all its claims.
    #[serde(rename = "type")]
    pub type_: String,
    /// Mode of all its claims.
    pub mode: Option<String>,
    /// Codes of the actors, in alphabetical order; all parties where symmetric.
    pub actors: Vec<String>,
    /// Codes of the recipients, in alphabetical order; all parties where symmetric.
    pub recipients: Vec<String>,
    /// Whether the parties stand on both sides alike.
    pub symmetric: bool,
    /// Of a flow: how far it has come. Claims of different stages are never one fact.
    pub stage: Option<String>,
    /// Level of a tie, topic of a stance, in the words of its first claim.
    pub label: Option<String>,
    /// Of a stance: -1 cold, 0 neither, 1 warm.
    pub polarity: Option<i8>,
    /// The earliest day that a claim gives.
    pub start: Option<Date>,
    /// The latest day that a claim gives.
    pub end: Option<Date>,
    /// The finest precision that a claim gives.
    pub precision: Precision,
    /// Its claims in order of id.
    pub members: Vec<Member>,
    /// The range of each quantity that it speaks of.
    pub figures: Vec<Figures>,
    /// The different outlets that report it, in alphabetical order.
    pub outlets: Vec<String>,
    /// The independent voices that it rests on, the first to report it first: outlets that copied one text are one.
    pub origins: Vec<Origin>,
    /// The documents that report it.
    pub documents: Vec<String>,
    /// Whether a claim differs or denies. Sums in two currencies without a rate between them are no dispute.
    pub disputed: bool,
    /// Where figures differ: by what factor at most.
    pub factor: Option<f64>,
    /// The reading that is shown first, and why; `None` where every claim denies.
    pub current: Option<Current>,
    /// The part of a sheet where it stands.
    #[serde(skip)]
    pub section: Section,
}

/// A claim within a fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Member {
    /// Id of the claim.
    pub claim: String,
    /// Id of the document.
    pub doc: String,
    /// Who printed it.
    pub outlet: Option<String>,
    /// When it was printed.
    pub published: Option<Date>,
    /// Code of the party on whose word it rests, where that is not the outlet's.
    pub voice: Option<String>,
    /// Whether it goes with the reading that is taken as current.
    pub stand: Stand,
    /// In what it differs.
    pub on: Vec<Field>,
}

/// How a claim stands to the other claims of its fact. This counts voices, it does not judge who is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Stand {
    /// It says the same, or is silent where the others speak.
    Agrees,
    /// It says that this happened, but otherwise.
    Differs,
    /// It says that this did not or will not happen.
    Denies,
}

/// What claims of one fact can differ in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Field {
    /// A sum of money.
    Amount,
    /// Any other quantity.
    Count,
    /// When.
    Date,
    /// Whether it happened or is to happen.
    Modality,
    /// A sum in another currency, not comparable without a rate.
    Currency,
    /// The level of a tie.
    Level,
    /// Which body of a state spoke or was acted upon.
    Actor,
}

impl Stand {
    /// The word used in JSON and in the file.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Agrees => "agrees",
            Self::Differs => "differs",
            Self::Denies => "denies",
        }
    }

    /// The stand of that word.
    pub(crate) fn parse(word: &str) -> Option<Self> {
        [Self::Agrees, Self::Differs, Self::Denies].into_iter().find(|it| it.as_str() == word)
    }
}

impl Field {
    /// The word used in JSON and in the file.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Amount => "amount",
            Self::Count => "count",
            Self::Date => "date",
            Self::Modality => "modality",
            Self::Currency => "currency",
            Self::Level => "level",
            Self::Actor => "actor",
        }
    }

    /// The field of that word.
    pub(crate) fn parse(word: &str) -> Option<Self> {
        const ALL: [Field; 7] = [
            Field::Amount,
            Field::Count,
            Field::Date,
            Field::Modality,
            Field::Currency,
            Field::Level,
            Field::Actor,
        ];
        ALL.into_iter().find(|it| it.as_str() == word)
    }
}

/// What is said of one quantity.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figures {
    /// Currency code, noun of what is counted, or unit.
    pub of: String,
    /// Whether it is money.
    pub money: bool,
    /// The lowest figure; `None` where all are vague.
    pub low: Option<f64>,
    /// The highest figure.
    pub high: Option<f64>,
    /// Each figure and who says it, lowest first.
    pub said: Vec<Said>,
}

/// One figure and the claims that give it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Said {
    /// The number; `None` where vague.
    pub value: Option<f64>,
    /// How sharp it is.
    pub qualifier: Qualifier,
    /// The words used by the first of the claims.
    pub text: String,
    /// The claims that give it.
    pub claims: Vec<String>,
    /// The outlets, or documents without an outlet, that print it.
    pub by: Vec<String>,
}

/// What is known beyond the claims themselves and bears on how they are taken together.
#[derive(Debug, Clone, Default)]
pub struct Lens {
    /// Sketches of texts by document: which are copies of one.
    pub(crate) sketches: BTreeMap<String, Sketch>,
    /// What the user recorded of outlets, by their name in small letters.
    pub(crate) standings: BTreeMap<String, Standing>,
    /// Exchange rates that the user loaded.
    pub(crate) rates: Rates,
    /// Claims that a person accepted or wrote.
    pub(crate) reviewed: BTreeSet<String>,
    /// Pairs of claims that a person said are about one happening.
    pub(crate) same: BTreeSet<(String, String)>,
    /// Pairs of claims, the smaller id first, that a person said are about two.
    pub(crate) apart: BTreeSet<(String, String)>,
}

impl Lens {
    /// What the user recorded of an outlet.
    pub(crate) fn standing(&self, outlet: Option<&str>) -> Option<&Standing> {
        self.standings.get(&outlet?.trim().to_lowercase())
    }
}

/// Takes claims about one happening together, in order of their first claim, by their content alone.
///
/// Claims belong together that have the same kind and parties, and
/// - of **events**: the same type and mode, and dates that overlap, or lie two days apart while words or figures agree.
///   A claim with a coarser date (or none, if it was published within 30 days of the dates of the others) joins the group
///   that it fits best, by whether it has happened and by its words; where two fit alike it stands alone.
/// - of **flows**: the same or a kindred type, the same stage, figures of one thing that agree or are near, or the same
///   words; running totals and single sums are never one. A denied flow joins the one flow that it can be about.
/// - of **ties**: the same level, whatever the date; two levels only as two accounts of one change.
/// - of **stances**: the same polarity and topic, and dates as for events.
///
/// What one document gives differently, on one word, stays apart: a part and its total, two deliveries, a plan and a visit.
pub fn facts(rows: &[ClaimRow]) -> Vec<Fact> {
    facts_with(rows, &Lens::default())
}

/// As [`facts()`], with what is known of outlets, copies, rates and reviews.
pub fn facts_with(rows: &[ClaimRow], lens: &Lens) -> Vec<Fact> {
    let mut rows: Vec<&ClaimRow> = rows.iter().collect();
    rows.sort_by(|a, b| id_order(&a.claim.id).cmp(&id_order(&b.claim.id)));
    rows.dedup_by(|a, b| a.claim.id == b.claim.id);
    let mut rates = lens.rates.clone();
    rates.add_implied(&rows);
    let groups = group::groups(&rows, lens, &rates);
    in_order(groups.iter().map(|group| whole(group, lens, &rates)).collect())
}

/// The facts that these groups of claims are, each whole, where it is known already which claims belong together.
pub(crate) fn of_groups(groups: &[Vec<&ClaimRow>], lens: &Lens) -> Vec<Fact> {
    let mut rates = lens.rates.clone();
    rates.add_implied(&groups.concat());
    let whole = |group: &Vec<&ClaimRow>| {
        let mut rows = group.clone();
        rows.sort_by(|a, b| id_order(&a.claim.id).cmp(&id_order(&b.claim.id)));
        whole(&rows, lens, &rates)
    };
    in_order(groups.iter().filter(|it| !it.is_empty()).map(whole).collect())
}

fn in_order(mut facts: Vec<Fact>) -> Vec<Fact> {
    facts.sort_by(|a, b| id_order(&a.id).cmp(&id_order(&b.id)));
    facts
}

/// Order of ids: by document, then by number (`d00-9` before `d00-10`).
fn id_order(id: &str) -> (&str, usize, &str) {
    (id.rsplit_once('-').map_or(id, |(doc, _)| doc), id.len(), id)
}

fn whole(rows: &[&ClaimRow], lens: &Lens, rates: &Rates) -> Fact {
    let first = &rows[0].claim;
    let (actors, recipients) = group::parties(first);
    let origins = origin::origins(rows, lens);
    let current = current::current(rows, &origins, lens, rates);
    let members = weigh::members(rows, current.map(|(row, _)| row), rates);
    let days = || rows.iter().filter_map(|row| days::of(&row.claim));
    let denies = |member: &Member| member.stand == Stand::Denies;
    let stage = (first.kind == Kind::Flow).then(|| {
        let told = rows.iter().find(|row| !weigh::denies(&row.claim)).unwrap_or(&rows[0]);
        group::stage(&told.claim).to_owned()
    });
    let speaks = section::speaks(rows, current.map(|(row, _)| row), &members);
    Fact {
        id: format!("f-{}", first.id),
        kind: first.kind,
        type_: first.type_.clone(),
        mode: rows.iter().find_map(|row| row.claim.mode.clone()),
        actors,
        recipients,
        symmetric: first.symmetric,
        section: section::of(first.kind, stage.as_deref(), speaks),
        stage,
        label: rows
            .iter()
            .find_map(|row| row.claim.level.clone().or_else(|| row.claim.topic.clone())),
        polarity: first.polarity,
        start: days().map(|(start, _)| start).min(),
        end: days().map(|(_, end)| end).max(),
        precision: rows.iter().map(|row| row.claim.date.precision).min().unwrap_or_default(),
        figures: weigh::figures(rows),
        outlets: weigh::outlets(rows),
        documents: rows
            .iter()
            .map(|row| row.claim.doc.clone())
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect(),
        disputed: members.iter().any(denies) || current::contested(rows, rates),
        factor: weigh::factor(rows, rates),
        current: current.map(|(row, why)| Current { claim: row.claim.id.clone(), why }),
        origins,
        members,
    }
}
