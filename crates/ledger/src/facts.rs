//! Facts: claims of several documents about one happening, taken together, agreeing or not.
//!
//! [`facts()`] is pure: the same claims in any order give the same facts. Nothing is averaged and nothing added up; a fact
//! shows the range of the figures and who says which. What was pledged and what was delivered are two facts.

mod group;
mod weigh;

use std::collections::BTreeSet;

use hedgerow_codebook::claim::{Kind, Precision, Qualifier};
use jiff::civil::Date;
use serde::Serialize;

use crate::ClaimRow;

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
    /// The different outlets that report it, in alphabetical order. Outlets that copied one wire are not told apart yet.
    pub outlets: Vec<String>,
    /// The documents that report it.
    pub documents: Vec<String>,
    /// Whether a claim differs or denies.
    pub disputed: bool,
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
    /// Whether it goes with the reading that fewest claims contradict.
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

/// Takes claims about one happening together, in order of their first claim.
///
/// Claims belong together that have the same kind, type, mode and parties, and
/// - of **events** and of claims about one state: dates that overlap. A claim with a coarser date (or none, if it was
///   published within 30 days of the dates of the others) joins only where exactly one group fits; otherwise it stands alone.
/// - of **flows**: the same, and the same stage and kind of quantity (money, or what is counted). Two quantities that one
///   document gives (a part and its total) stay apart. A denied flow joins the one flow that it can be about.
/// - of **ties**: the same level, whatever the date.
/// - of **stances**: the same polarity and topic, and dates as for events.
pub fn facts(rows: &[ClaimRow]) -> Vec<Fact> {
    let mut rows: Vec<&ClaimRow> = rows.iter().collect();
    rows.sort_by(|a, b| id_order(&a.claim.id).cmp(&id_order(&b.claim.id)));
    rows.dedup_by(|a, b| a.claim.id == b.claim.id);
    let mut facts: Vec<Fact> = group::groups(&rows).iter().map(|group| whole(group)).collect();
    facts.sort_by(|a, b| id_order(&a.id).cmp(&id_order(&b.id)));
    facts
}

/// Order of ids: by document, then by number (`d00-9` before `d00-10`).
fn id_order(id: &str) -> (&str, usize, &str) {
    (id.rsplit_once('-').map_or(id, |(doc, _)| doc), id.len(), id)
}

fn whole(rows: &[&ClaimRow]) -> Fact {
    let first = &rows[0].claim;
    let (actors, recipients) = group::parties(first);
    let members = weigh::members(rows);
    let days = || rows.iter().filter_map(|row| group::interval(&row.claim));
    Fact {
        id: format!("f-{}", first.id),
        kind: first.kind,
        type_: first.type_.clone(),
        mode: first.mode.clone(),
        actors,
        recipients,
        symmetric: first.symmetric,
        stage: (first.kind == Kind::Flow).then(|| {
            let told = rows.iter().find(|row| !weigh::denies(&row.claim)).unwrap_or(&rows[0]);
            group::stage(&told.claim).to_owned()
        }),
        label: first.level.clone().or_else(|| first.topic.clone()),
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
        disputed: members.iter().any(|member| member.stand != Stand::Agrees),
        members,
    }
}
