//! What if: rows added, changed or left out, a partner moved.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Camp, Covered, Question, Rival};
use crate::tie::{Origin, Reading};
use crate::{Indicator, Series, TieRow};

/// A scenario file (TOML): what is supposed on top of what is known.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Scenario {
    /// A name for it.
    pub name: String,
    /// Facts that come to pass.
    #[serde(rename = "fact")]
    pub facts: Vec<Supposed>,
    /// Facts that turn out otherwise.
    #[serde(rename = "change")]
    pub changes: Vec<Change>,
    /// Partners that are counted otherwise.
    #[serde(rename = "camp")]
    pub camps: Vec<Moved>,
    /// What is known to be zero.
    pub covered: Vec<Covered>,
}

/// A fact that is supposed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Supposed {
    /// Giver or doer.
    pub actor: String,
    /// Receiver; the other party.
    pub recipient: String,
    /// What it counts as.
    pub indicator: Indicator,
    /// Pledged, delivered, standing, or conflict.
    pub series: Series,
    /// In the unit of the indicator.
    pub value: f64,
    /// When.
    pub date: Date,
}

/// A fact that turns out otherwise.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// Id of the fact.
    pub fact: String,
    /// Its series from now on: a pledge delivered.
    pub series: Option<Series>,
    /// Its value from now on.
    pub value: Option<f64>,
    /// Left out: a pledge cancelled.
    #[serde(default)]
    pub without: bool,
}

/// A partner that is counted otherwise.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Moved {
    /// Code of the partner.
    pub partner: String,
    /// Code of the rival that it is counted with.
    pub with: String,
    /// 0 to 1.
    #[serde(default = "whole")]
    pub membership: f64,
}

const fn whole() -> f64 {
    1.0
}

/// Why a scenario cannot be applied.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ScenarioError {
    /// It is no scenario.
    #[error("{0}")]
    Syntax(String),
    /// No such fact is about the state.
    #[error("no fact {0} of this state; ids are in the answer under \"What drives it\"")]
    NoFact(String),
    /// A camp of somebody who is no rival.
    #[error("{partner} cannot be counted with {with}; the rivals are {rivals}")]
    NoRival {
        /// The partner.
        partner: String,
        /// Whom it should be counted with.
        with: String,
        /// The rivals.
        rivals: String,
    },
    /// A number outside of its range.
    #[error("{0} is out of range; values are 0 or more, memberships 0 to 1")]
    Range(f64),
}

impl Scenario {
    /// Reads a scenario file.
    ///
    /// # Errors
    /// With line and column, where it is no scenario.
    pub fn parse(text: &str) -> Result<Self, ScenarioError> {
        toml::from_str(text).map_err(|e| ScenarioError::Syntax(e.to_string()))
    }

    /// Only that a fact were not.
    pub fn without(fact: &str) -> Self {
        let change = Change { fact: fact.to_owned(), series: None, value: None, without: true };
        Self { name: format!("without {fact}"), changes: vec![change], ..Self::default() }
    }

    /// The rows and the question as they are then.
    ///
    /// # Errors
    /// Where it speaks of a fact or rival that is not there, or of an impossible number.
    pub fn apply(
        &self,
        rows: &[TieRow],
        question: &Question,
    ) -> Result<(Vec<TieRow>, Question), ScenarioError> {
        let mut rows = rows.to_vec();
        let mut question = question.clone();
        for change in &self.changes {
            let mine = |row: &TieRow| row.id == change.fact;
            if !rows.iter().any(|row| mine(row) && row.partner(&question.who).is_some()) {
                return Err(ScenarioError::NoFact(change.fact.clone()));
            }
            if change.without {
                rows.retain(|row| !mine(row));
            }
            for row in rows.iter_mut().filter(|row| mine(row)) {
                row.series = change.series.unwrap_or(row.series);
                if let Some(value) = change.value {
                    row.readings = vec![reading(checked(value)?, "scenario")];
                    row.source = Origin::Supposed;
                }
            }
        }
        for (n, fact) in self.facts.iter().enumerate() {
            rows.push(fact.row(n)?);
        }
        for moved in &self.camps {
            question.camps.retain(|camp| camp.partner != moved.partner);
            question.camps.push(moved.camp(&question)?);
        }
        question.settings.covered.extend(self.covered.iter().cloned());
        Ok((rows, question))
    }
}

impl Supposed {
    fn row(&self, n: usize) -> Result<TieRow, ScenarioError> {
        let id = format!("scenario-{}", n + 1);
        Ok(TieRow {
            readings: vec![reading(checked(self.value)?, &id)],
            actor: self.actor.clone(),
            recipient: self.recipient.clone(),
            indicator: self.indicator,
            series: self.series,
            kind: "scenario".to_owned(),
            start: Some(self.date),
            end: (self.series != Series::Standing).then_some(self.date),
            told: None,
            source: Origin::Supposed,
            id,
        })
    }
}

impl Moved {
    fn camp(&self, question: &Question) -> Result<Camp, ScenarioError> {
        if !(0.0..=1.0).contains(&self.membership) {
            return Err(ScenarioError::Range(self.membership));
        }
        let with = match question.rivals.iter().position(|rival| *rival == self.with) {
            Some(0) => Rival::First,
            Some(_) => Rival::Second,
            None => {
                return Err(ScenarioError::NoRival {
                    partner: self.partner.clone(),
                    with: self.with.clone(),
                    rivals: question.rivals.join(" and "),
                });
            }
        };
        Ok(Camp { partner: self.partner.clone(), with, membership: self.membership })
    }
}

fn reading(value: f64, claim: &str) -> Reading {
    Reading {
        value,
        denies: false,
        publishers: vec!["scenario".to_owned()],
        claims: vec![claim.to_owned()],
    }
}

fn checked(value: f64) -> Result<f64, ScenarioError> {
    if value.is_finite() && value >= 0.0 { Ok(value) } else { Err(ScenarioError::Range(value)) }
}
