//! The claim line: the one notation of claims for people.
//!
//! ```text
//! line    = actors arrow actors "  " what [ "  " amount ] [ "  " date ] { "  " extra }
//! actors  = actor { "+" actor }         actor = code [ "/" role ]     codes with spaces are quoted: "GRP:major powers"
//! arrow   = "->" | "="                  what  = TYPE[.mode] | "flow."type | "tie."type [ quoted level ] | "stance" sign [ quoted topic ]
//! amount  = [ "~" | ">" | ">=" | "<=" | "<" ] CUR number | number noun
//! date    = EDTF interval               extra = "!"modality | "by "code | "#"rank | "cumulative" | "also "n
//! ```
//!
//! Claims of one state alone have no arrow, and say of whom or what they are:
//!
//! ```text
//! line    = actors "  " what ...        what  = ("posture." | "office." | "naming.") type [ "." mode ] [ quoted topic ]
//! extra   = ... | "who " quoted | "after " quoted | "of " quoted
//! JPN  posture.constitution.reinterpreted "Article 9"
//! VNM/PTY  office.begin "General Secretary"  2011  who "Nguyen Phu Trong"
//! VNM  naming.place "East Sea"  of "South China Sea"
//! ```
//!
//! A role is left out where it is the default of the code: `IGO` of organisations of states, else `GOV`.

mod parse;
mod print;

use crate::claim::{Claim, Kind, Modality, Precision, Qualifier, Role, Unit};
use jiff::civil::Date;

pub use parse::LineError;

/// The part of a claim that its line shows.
#[derive(Debug, Clone, PartialEq)]
pub struct ClaimLine {
    /// Left of the arrow: code and role.
    pub actors: Vec<(String, Role)>,
    /// Right of the arrow.
    pub recipients: Vec<(String, Role)>,
    /// `=` instead of `->`.
    pub symmetric: bool,
    /// Event, tie, flow, stance.
    pub kind: Kind,
    /// Type within the kind.
    pub type_: String,
    /// Mode of an event.
    pub mode: Option<String>,
    /// Level of a partnership, or topic of a stance.
    pub label: Option<String>,
    /// Of a stance.
    pub polarity: Option<i8>,
    /// Main quantity.
    pub amount: Option<LineAmount>,
    /// First day, last day, precision.
    pub date: Option<(Date, Date, Precision)>,
    /// Other than actual is printed.
    pub modality: Modality,
    /// Whose word.
    pub by: Option<String>,
    /// Place in a ranking.
    pub rank: Option<u32>,
    /// A running total.
    pub cumulative: bool,
    /// Number of repetitions in the document.
    pub also: usize,
    /// Of an office: who holds it.
    pub who: Option<String>,
    /// Of an office: after whom.
    pub after: Option<String>,
    /// Of a name: the place it is a name of.
    pub of: Option<String>,
}

/// The quantity in a claim line.
#[derive(Debug, Clone, PartialEq)]
pub struct LineAmount {
    /// How sharp.
    pub qualifier: Qualifier,
    /// The number; `None` where vague, printed `?`.
    pub value: Option<f64>,
    /// Currency code of money, else the noun or unit.
    pub of: String,
    /// Whether `of` is a currency.
    pub money: bool,
}

impl From<&Claim> for ClaimLine {
    fn from(claim: &Claim) -> Self {
        let side = |actors: &[crate::claim::Actor]| {
            actors.iter().map(|a| (a.code.clone(), a.role)).collect()
        };
        let office = |actors: &[crate::claim::Actor]| {
            actors.first().and_then(|a| a.person.clone()).filter(|_| claim.kind == Kind::Office)
        };
        // Who follows whom in an office serves the same state.
        let after = if claim.kind.is_alone() { &[][..] } else { &claim.recipients };
        Self {
            actors: side(&claim.actors),
            recipients: side(after),
            symmetric: claim.symmetric,
            kind: claim.kind,
            type_: claim.type_.clone(),
            mode: claim.mode.clone(),
            label: match claim.kind {
                Kind::Tie => claim.level.clone(),
                Kind::Stance | Kind::Posture | Kind::Office | Kind::Naming => claim.topic.clone(),
                Kind::Event | Kind::Flow => None,
            },
            polarity: claim.polarity,
            amount: claim.amount.as_ref().map(|amount| LineAmount {
                qualifier: amount.qualifier,
                value: amount.value,
                money: amount.unit == Unit::Money,
                of: match amount.unit {
                    Unit::Money => amount.currency.clone().unwrap_or_default(),
                    Unit::Count => amount.count_of.clone().unwrap_or_default(),
                    unit => unit.as_str().to_owned(),
                },
            }),
            date: match (claim.date.start, claim.date.end) {
                (Some(start), Some(end)) => Some((start, end, claim.date.precision)),
                (Some(start), None) => Some((start, start, claim.date.precision)),
                _ => None,
            },
            modality: claim.modality,
            by: claim.attributed_to.as_ref().map(|voice| voice.code.clone()),
            rank: claim.rank.as_ref().map(|rank| rank.value),
            cumulative: claim.cumulative,
            also: claim.also.len(),
            who: office(&claim.actors),
            after: office(&claim.recipients),
            of: claim.place.clone().filter(|_| claim.kind == Kind::Naming),
        }
    }
}

impl ClaimLine {
    /// This line with parties in order of code and without the count of repetitions: equal for equal claims.
    #[must_use]
    pub fn canonical(mut self) -> Self {
        if self.symmetric {
            let mut parties = std::mem::take(&mut self.actors);
            parties.append(&mut self.recipients);
            parties.sort();
            parties.dedup();
            self.actors.clone_from(&parties);
            self.recipients = parties;
        } else {
            self.actors.sort();
            self.recipients.sort();
        }
        self.also = 0;
        self
    }
}
