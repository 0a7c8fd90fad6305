//! What a domain is measured by: each indicator with its unit, its scale, and the period that it looks at.

use std::fmt;

use hedgerow_codebook::Domain;
use serde::{Deserialize, Serialize};

/// An indicator of `hedge.v1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Indicator {
    /// Level of the named partnership in force.
    Partnership,
    /// Visits, talks, agreements and other diplomatic acts.
    DiplomaticActs,
    /// Level of the alliance in force.
    Alliance,
    /// Military and maritime help: equipment, training, money.
    Assistance,
    /// Major arms delivered.
    Arms,
    /// Exercises, port calls and other acts of armed forces.
    SecurityActs,
    /// Goods traded in a year.
    Trade,
    /// Direct investment.
    Investment,
    /// Acts of trade policy.
    EconomicActs,
    /// Aid and loans.
    Finance,
    /// Acts of help.
    DevelopmentActs,
    /// Agreement in the General Assembly.
    Votes,
    /// Positions voiced.
    Words,
    /// Standing disputes, territorial claims, embargoes. In conflict alone.
    Disputes,
    /// Highest hostility of militarized disputes. In conflict alone.
    Militarized,
}

/// How the rows of one partner make one strength, and those of a camp one side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gather {
    /// Amounts: added up.
    Sum,
    /// An ordinal level in force: the latest; of a camp the mean.
    Level,
    /// A rate: the mean.
    Rate,
}

/// Which rows count at a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window {
    /// What is in force on the day.
    Standing,
    /// What begins in the months up to the day.
    Trailing {
        /// How many.
        months: i32,
    },
    /// Annual figures of the last calendar years that were over by the day.
    WholeYears {
        /// How many.
        years: i16,
    },
}

impl Window {
    /// How many years back from the day lies whatever it holds; 0 where that is without limit.
    pub(crate) const fn years(self) -> i16 {
        match self {
            Self::Standing => 0,
            Self::Trailing { months } => (months as i16 + 11) / 12,
            Self::WholeYears { years } => years,
        }
    }
}

impl Indicator {
    /// Every indicator, by domain.
    pub const ALL: [Self; 15] = [
        Self::Partnership,
        Self::DiplomaticActs,
        Self::Alliance,
        Self::Assistance,
        Self::Arms,
        Self::SecurityActs,
        Self::Trade,
        Self::Investment,
        Self::EconomicActs,
        Self::Finance,
        Self::DevelopmentActs,
        Self::Votes,
        Self::Words,
        Self::Disputes,
        Self::Militarized,
    ];

    /// The name used in files and options.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Partnership => "partnership",
            Self::DiplomaticActs => "diplomatic-acts",
            Self::Alliance => "alliance",
            Self::Assistance => "assistance",
            Self::Arms => "arms",
            Self::SecurityActs => "security-acts",
            Self::Trade => "trade",
            Self::Investment => "investment",
            Self::EconomicActs => "economic-acts",
            Self::Finance => "finance",
            Self::DevelopmentActs => "development-acts",
            Self::Votes => "votes",
            Self::Words => "words",
            Self::Disputes => "disputes",
            Self::Militarized => "militarized",
        }
    }

    /// The indicator of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == name)
    }

    /// The domain that it measures.
    pub const fn domain(self) -> Domain {
        match self {
            Self::Partnership | Self::DiplomaticActs | Self::Disputes => Domain::Diplomatic,
            Self::Alliance
            | Self::Assistance
            | Self::Arms
            | Self::SecurityActs
            | Self::Militarized => Domain::Security,
            Self::Trade | Self::Investment | Self::EconomicActs => Domain::Economic,
            Self::Finance | Self::DevelopmentActs => Domain::Development,
            Self::Votes | Self::Words => Domain::Stance,
        }
    }

    /// The indicator of acts in a domain.
    pub const fn acts(domain: Domain) -> Self {
        match domain {
            Domain::Diplomatic => Self::DiplomaticActs,
            Domain::Security => Self::SecurityActs,
            Domain::Economic => Self::EconomicActs,
            Domain::Development => Self::DevelopmentActs,
            Domain::Stance => Self::Words,
        }
    }

    /// Whether it is of acts or words, so that cooperation and conflict are in one unit.
    pub const fn is_of_acts(self) -> bool {
        matches!(
            self,
            Self::DiplomaticActs
                | Self::SecurityActs
                | Self::EconomicActs
                | Self::DevelopmentActs
                | Self::Words
        )
    }

    /// The unit of a strength.
    pub const fn unit(self) -> &'static str {
        match self {
            Self::Partnership | Self::Alliance => "level",
            Self::DiplomaticActs
            | Self::SecurityActs
            | Self::EconomicActs
            | Self::DevelopmentActs => "PLOVER points",
            Self::Assistance | Self::Trade | Self::Investment | Self::Finance => "USD",
            Self::Arms => "million TIV",
            Self::Votes => "share",
            Self::Words => "statements",
            Self::Disputes => "disputes",
            Self::Militarized => "hostility",
        }
    }

    /// How rows make a strength.
    pub const fn gather(self) -> Gather {
        match self {
            Self::Partnership | Self::Alliance => Gather::Level,
            Self::Votes => Gather::Rate,
            _ => Gather::Sum,
        }
    }

    /// Which rows count at a date.
    pub const fn window(self) -> Window {
        match self {
            Self::Partnership | Self::Alliance | Self::Disputes => Window::Standing,
            Self::Assistance => Window::Trailing { months: 24 },
            Self::Arms => Window::WholeYears { years: 5 },
            Self::Trade => Window::WholeYears { years: 1 },
            _ => Window::Trailing { months: 12 },
        }
    }

    /// Top of a bounded scale: 4 partnership, 3 alliance, 1 share of votes. Amounts have none.
    pub const fn top(self) -> Option<f64> {
        match self {
            Self::Partnership => Some(4.0),
            Self::Alliance => Some(3.0),
            Self::Votes => Some(1.0),
            _ => None,
        }
    }

    /// The strength of both sides together at which half of a one-sided tie counts, where nothing else is set. Levels and
    /// rates have none; the others are a judgement of what is little, and every answer comes with the curve over them.
    pub const fn saturation(self) -> f64 {
        match self {
            Self::Partnership
            | Self::Alliance
            | Self::Votes
            | Self::Disputes
            | Self::Militarized => 0.0,
            Self::DiplomaticActs
            | Self::SecurityActs
            | Self::EconomicActs
            | Self::DevelopmentActs => 10.0,
            Self::Assistance | Self::Finance => 100e6,
            Self::Trade | Self::Investment => 1e9,
            Self::Arms => 100.0,
            Self::Words => 2.0,
        }
    }
}

impl fmt::Display for Indicator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
