//! What is asked, and what is assumed in asking it.

use std::collections::BTreeMap;

use hedgerow_codebook::Domain;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Indicator, TieRow};

/// Where a state stands between two rivals on a day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Question {
    /// Code of the state.
    pub who: String,
    /// Codes of the rivals; a lean towards the first is positive.
    pub rivals: [String; 2],
    /// Who is counted with which of them. An assumption: answers are given for 0, one half and 1 too.
    pub camps: Vec<Camp>,
    /// The day.
    pub at: Date,
    /// Parameters.
    pub settings: Settings,
}

/// The first or the second of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Rival {
    First,
    Second,
}

impl Rival {
    /// The other one.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::First => Self::Second,
            Self::Second => Self::First,
        }
    }
}

/// A partner counted with a rival.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Camp {
    /// Code of the partner.
    pub partner: String,
    /// Whose side.
    pub with: Rival,
    /// 0 not at all to 1 wholly.
    pub membership: f64,
}

/// Whether steps of an ordinal ladder are taken for a ratio.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Levels {
    /// `(a - b) / (a + b)`: 4 is twice 2. More than the ladder says; sources print it so.
    #[default]
    Ratio,
    /// `(a - b) / top`: steps count alike wherever they are. Less, but still that steps are equal.
    Steps,
}

/// That a source was looked through for a partner, so that silence is zero.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Covered {
    /// In which indicator.
    pub indicator: Indicator,
    /// Code of the partner; empty is every partner.
    pub partner: String,
    /// First day; `None` is from ever.
    #[serde(default)]
    pub from: Option<Date>,
    /// Last day; `None` is for ever.
    #[serde(default)]
    pub to: Option<Date>,
    /// Which source, or on whose word.
    pub basis: String,
}

/// Parameters; all are printed with the answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Settings {
    /// The indicators that count; empty is all.
    pub only: Vec<Indicator>,
    /// Saturations that differ from [`Indicator::saturation`].
    pub saturation: BTreeMap<Indicator, f64>,
    /// Weights of domains that differ from 1; only their ratios matter.
    pub weights: BTreeMap<Domain, f64>,
    /// How ladders count.
    pub levels: Levels,
    /// What is known to be zero where nothing is told.
    pub covered: Vec<Covered>,
    /// Of the bootstrap.
    pub seed: u64,
    /// Draws of the bootstrap; 0 for none.
    pub draws: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            only: Vec::new(),
            saturation: BTreeMap::new(),
            weights: BTreeMap::new(),
            levels: Levels::default(),
            covered: Vec::new(),
            seed: 1,
            draws: 2000,
        }
    }
}

impl Settings {
    /// Whether an indicator counts.
    pub fn counts(&self, indicator: Indicator) -> bool {
        self.only.is_empty() || self.only.contains(&indicator)
    }

    /// The saturation of an indicator.
    pub fn saturation(&self, indicator: Indicator) -> f64 {
        self.saturation.get(&indicator).copied().unwrap_or_else(|| indicator.saturation())
    }

    /// The weight of a domain.
    pub fn weight(&self, domain: Domain) -> f64 {
        self.weights.get(&domain).copied().unwrap_or(1.0)
    }
}

impl Question {
    /// The members of a side with their weights, the rival itself first.
    pub(crate) fn side(&self, rival: Rival) -> Vec<(&str, f64)> {
        let own = &self.rivals[usize::from(rival == Rival::Second)];
        let camp = self.camps.iter().filter(|it| it.with == rival && it.membership > 0.0);
        let camp = camp.map(|it| (it.partner.as_str(), it.membership));
        std::iter::once((own.as_str(), 1.0)).chain(camp).collect()
    }

    /// The basis on which silence about a partner is zero, where there is one.
    pub(crate) fn covered(&self, indicator: Indicator, partner: &str) -> Option<&Covered> {
        self.settings.covered.iter().find(|it| {
            it.indicator == indicator
                && (it.partner.is_empty() || it.partner == partner)
                && it.from.is_none_or(|from| from <= self.at)
                && it.to.is_none_or(|to| to >= self.at)
        })
    }

    /// The same question with every camp at that membership.
    pub(crate) fn with_membership(&self, membership: f64) -> Self {
        let mut question = self.clone();
        question.camps.iter_mut().for_each(|it| it.membership = membership);
        question
    }

    /// Whether the row is about the state and a partner, and in an indicator that counts.
    pub(crate) fn concerns(&self, row: &TieRow) -> bool {
        self.settings.counts(row.indicator) && row.partner(&self.who).is_some()
    }
}
