//! The claim: one document's assertion of an act, a tie, a flow or a stance between states.
//!
//! Field names and order are the interchange format of the project (one JSON object a line); they are added to, never
//! renamed.

use hedgerow_text::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One document's assertion, with the stretch of text that makes it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// Document id and running number, `d00-07`.
    pub id: String,
    /// The document's id.
    pub doc: String,
    /// Which of the four (or three further) kinds it is.
    pub kind: Kind,
    /// PLOVER type of an event (`CONSULT`), type of a tie (`partnership`) or flow (`aid`); `stance` for a stance.
    #[serde(rename = "type")]
    pub type_: String,
    /// PLOVER mode, or one of ours where PLOVER has none.
    #[serde(default)]
    pub mode: Option<String>,
    /// Who acts, gives, holds the view; all parties where symmetric.
    pub actors: Vec<Actor>,
    /// Who is acted on, receives, is viewed; all parties where symmetric.
    pub recipients: Vec<Actor>,
    /// Whether the parties stand on both sides alike.
    #[serde(default)]
    pub symmetric: bool,
    /// When, as far as the text says.
    #[serde(default)]
    pub date: When,
    /// The main quantity.
    #[serde(default)]
    pub amount: Option<Amount>,
    /// Further quantities of the same claim.
    #[serde(default)]
    pub more_amounts: Vec<Amount>,
    /// Whether the amount is a running total.
    #[serde(default)]
    pub cumulative: bool,
    /// Whether it happened, is to happen, or is denied.
    #[serde(default)]
    pub modality: Modality,
    /// Place in a ranking, "second largest investor".
    #[serde(default)]
    pub rank: Option<Rank>,
    /// Place name, as the text has it.
    #[serde(default)]
    pub place: Option<String>,
    /// Whose word the claim rests on, where it is not the outlet's own.
    #[serde(default)]
    pub attributed_to: Option<Voice>,
    /// Of a stance: -1 cold, 0 neither, 1 warm.
    #[serde(default)]
    pub polarity: Option<i8>,
    /// What it is about, in the text's words.
    #[serde(default)]
    pub topic: Option<String>,
    /// Words quoted by the text.
    #[serde(default)]
    pub quote: Option<String>,
    /// Of a partnership: its level in the text's words.
    #[serde(default)]
    pub level: Option<String>,
    /// The shortest stretch of text that states the claim.
    pub evidence: Evidence,
    /// Further stretches that repeat it.
    #[serde(default)]
    pub also: Vec<Evidence>,
    /// The codebook sense that fired (`visit.1`), or `imported`.
    #[serde(default = "imported")]
    pub rule: String,
    /// The coder's confidence, 0 to 1, rounded to two digits.
    #[serde(default)]
    pub confidence: Option<f64>,
    /// Version of the codebook that coded it.
    #[serde(default)]
    pub codebook: String,
    /// CAMEO code of an event, `042`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cameo: Option<String>,
    /// Quad class of an event: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quad: Option<u8>,
    /// How cooperative an event is by PLOVER's scale, from -10 (conflict) to 10 (cooperation).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intensity: Option<f64>,
    /// What it is about: contexts of PLOVER in the order of [`crate::contexts::NAMES`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contexts: Vec<String>,
    /// Stage of a flow: wanted, offered, pledged, agreed, delivered, expected, collapsed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<String>,
    /// What happened to a tie: established, upgraded, downgraded, suspended, ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change: Option<String>,
    /// What a flow, an undertaking or a tie is for, in the text's words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub purpose: Vec<String>,
    /// Domain of the hedge in which it counts, by its type and what it is for: diplomatic, security, economic, development,
    /// stance (`codebook/domains.tsv`). None where a claim is of one state alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub domain: Option<String>,
    /// Whether the text calls the figure a record.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub record: bool,
    /// Whether the text says that a tie holds (true) or holds no more (false); `None` where it says neither.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_force: Option<bool>,
    /// How often it happens, where the text says so: day, week, month, quarter, year, or regular.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recurring: Option<String>,
    /// Which of its kind it is, "the first visit since 2011".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ordinal: Option<Ordinal>,
    /// Other claims of the document to which the text relates it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// Part of the document it comes from: headline, body, quotation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// A party that is not named but meant, and on whose word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub implied: Option<Implied>,
    /// How references were resolved.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub antecedents: Vec<Antecedent>,
}

fn imported() -> String {
    "imported".to_owned()
}

/// The kinds of claim. The first four are between states; the last three are of one state alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A dated act (PLOVER).
    Event,
    /// A standing relation.
    Tie,
    /// A quantity from a giver to a receiver.
    Flow,
    /// A position voiced or ascribed.
    Stance,
    /// A state's own turn of policy.
    Posture,
    /// Who holds which office.
    Office,
    /// Which name of a place is whose.
    Naming,
}

impl Kind {
    /// Whether such claims are of one state alone: a posture, an office, the name of a place.
    pub const fn is_alone(self) -> bool {
        matches!(self, Self::Posture | Self::Office | Self::Naming)
    }

    /// The word used in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Event => "event",
            Self::Tie => "tie",
            Self::Flow => "flow",
            Self::Stance => "stance",
            Self::Posture => "posture",
            Self::Office => "office",
            Self::Naming => "naming",
        }
    }
}

/// A party to a claim.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Actor {
    /// ISO 3166-1 alpha-3, or `IGO:…`, `ORG:…`, `GRP:…`.
    pub code: String,
    /// The mention in the text that resolves to it.
    pub name: String,
    /// The office acted in.
    pub role: Role,
    /// Canonical name of the person, where one acts.
    pub person: Option<String>,
}

/// In what capacity an actor acts.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "UPPERCASE")]
pub enum Role {
    /// Government, head of state, ministry, the state itself.
    #[default]
    Gov,
    /// Armed forces.
    Mil,
    /// Parliament.
    Leg,
    /// Party.
    Pty,
    /// Courts.
    Jud,
    /// Police.
    Cop,
    /// Intelligence.
    Spy,
    /// Media.
    Med,
    /// Business.
    Bus,
    /// Citizens.
    Cvl,
    /// Non-governmental organisation.
    Ngo,
    /// Rebels.
    Reb,
    /// Religious body.
    Rel,
    /// A person without office.
    Per,
    /// Intergovernmental organisation.
    Igo,
    /// Not known.
    Unk,
}

impl Role {
    /// Every role, in the order of the guide.
    pub const ALL: [Self; 16] = [
        Self::Gov,
        Self::Mil,
        Self::Leg,
        Self::Pty,
        Self::Jud,
        Self::Cop,
        Self::Spy,
        Self::Med,
        Self::Bus,
        Self::Cvl,
        Self::Ngo,
        Self::Reb,
        Self::Rel,
        Self::Per,
        Self::Igo,
        Self::Unk,
    ];

    /// The three-letter code.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Gov => "GOV",
            Self::Mil => "MIL",
            Self::Leg => "LEG",
            Self::Pty => "PTY",
            Self::Jud => "JUD",
            Self::Cop => "COP",
            Self::Spy => "SPY",
            Self::Med => "MED",
            Self::Bus => "BUS",
            Self::Cvl => "CVL",
            Self::Ngo => "NGO",
            Self::Reb => "REB",
            Self::Rel => "REL",
            Self::Per => "PER",
            Self::Igo => "IGO",
            Self::Unk => "UNK",
        }
    }

    /// The role of that code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == code)
    }

    /// The role that an actor code has where none is written: `IGO` of organisations of states, else `GOV`.
    pub fn default_of(code: &str) -> Self {
        if code.starts_with("IGO:") { Self::Igo } else { Self::Gov }
    }
}

/// When something happened, is to happen, or began; nothing where the text gives no date.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct When {
    /// First day.
    pub start: Option<Date>,
    /// Last day.
    pub end: Option<Date>,
    /// How finely the end points are known.
    pub precision: Precision,
    /// The words used; `None` where inferred.
    pub text: Option<String>,
}

/// Granularity of a date's end points.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// To the day.
    Day,
    /// To the month.
    Month,
    /// To the year.
    Year,
    /// No date.
    #[default]
    None,
}

/// A quantity as the text gives it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Amount {
    /// The full number; `None` where vague ("dozens").
    pub value: Option<f64>,
    /// What it counts.
    pub unit: Unit,
    /// ISO 4217 code of money.
    pub currency: Option<String>,
    /// Singular noun of what is counted.
    pub count_of: Option<String>,
    /// "about", "more than".
    pub qualifier: Qualifier,
    /// The words used.
    pub text: String,
}

/// What an amount measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names are the units")]
pub enum Unit {
    Money,
    Count,
    Tonnes,
    Percent,
    Km,
    Days,
    Hours,
    Months,
    Years,
}

impl Unit {
    /// Every unit.
    pub const ALL: [Self; 9] = [
        Self::Money,
        Self::Count,
        Self::Tonnes,
        Self::Percent,
        Self::Km,
        Self::Days,
        Self::Hours,
        Self::Months,
        Self::Years,
    ];

    /// The word used in JSON and claim lines.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Money => "money",
            Self::Count => "count",
            Self::Tonnes => "tonnes",
            Self::Percent => "percent",
            Self::Km => "km",
            Self::Days => "days",
            Self::Hours => "hours",
            Self::Months => "months",
            Self::Years => "years",
        }
    }
}

/// How sharp an amount is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names are the words of the guide")]
pub enum Qualifier {
    #[default]
    Exact,
    About,
    MoreThan,
    AtLeast,
    UpTo,
    LessThan,
    Vague,
}

/// Whether the act happened. It is about the act, not about the telling.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Modality {
    /// It happened or holds.
    #[default]
    Actual,
    /// Will, is to, decided.
    Planned,
    /// Promised help or money.
    Pledged,
    /// Forecast.
    Expected,
    /// Asked for.
    CalledFor,
    /// Did not or will not happen.
    Denied,
    /// Could, may.
    Hypothetical,
    /// Over for more than a year, told as background.
    HistoricalBackground,
}

/// Stages of a flow, from the first word to the end.
pub const STAGES: [&str; 7] =
    ["wanted", "offered", "pledged", "agreed", "delivered", "expected", "collapsed"];

/// What may happen to a tie.
pub const CHANGES: [&str; 5] = ["established", "upgraded", "downgraded", "suspended", "ended"];

impl Modality {
    /// Every modality.
    pub const ALL: [Self; 8] = [
        Self::Actual,
        Self::Planned,
        Self::Pledged,
        Self::Expected,
        Self::CalledFor,
        Self::Denied,
        Self::Hypothetical,
        Self::HistoricalBackground,
    ];

    /// The word used in JSON and claim lines.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Actual => "actual",
            Self::Planned => "planned",
            Self::Pledged => "pledged",
            Self::Expected => "expected",
            Self::CalledFor => "called-for",
            Self::Denied => "denied",
            Self::Hypothetical => "hypothetical",
            Self::HistoricalBackground => "historical-background",
        }
    }

    /// The modality of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|modality| modality.as_str() == name)
    }
}

/// A place in a ranking.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Rank {
    /// 1 is first.
    pub value: u32,
    /// Among what, "investor in Vietnam".
    pub among: String,
    /// Codes of those ahead.
    pub after: Vec<String>,
    /// The words used.
    pub text: String,
}

/// Which of a row of like acts one is.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Ordinal {
    /// 1 is the first.
    pub value: u32,
    /// Since when or what, "since he became president".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// The words used, "first visit".
    pub text: String,
}

/// How one claim of a document stands to another, where the text says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Id of the other claim, of the same document.
    pub to: String,
    /// What the other is to this one.
    pub rel: Relation,
    /// The words that relate them.
    pub evidence: Evidence,
}

/// What another claim is to the one that names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// The means: this was done by doing that.
    ByMeansOf,
    /// The aim: this was done so that that may be.
    InOrderTo,
    /// The cause or occasion: this was done because of that.
    BecauseOf,
    /// What was going on beside it.
    Amid,
    /// The lower level that a tie had before.
    UpgradedFrom,
    /// The pledge that this makes good.
    DeliveryOf,
}

impl Relation {
    /// Every relation.
    pub const ALL: [Self; 6] = [
        Self::ByMeansOf,
        Self::InOrderTo,
        Self::BecauseOf,
        Self::Amid,
        Self::UpgradedFrom,
        Self::DeliveryOf,
    ];

    /// The word used in JSON and in `codebook/links.tsv`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ByMeansOf => "by-means-of",
            Self::InOrderTo => "in-order-to",
            Self::BecauseOf => "because-of",
            Self::Amid => "amid",
            Self::UpgradedFrom => "upgraded-from",
            Self::DeliveryOf => "delivery-of",
        }
    }

    /// The relation of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|relation| relation.as_str() == name)
    }
}

/// Whose word a claim rests on.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Voice {
    /// Actor code.
    pub code: String,
    /// The mention in the text.
    pub name: String,
}

/// A party that is meant but not named.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Implied {
    /// Actor code of the party meant.
    pub code: String,
    /// On whose word: an actor code, or `author`.
    pub by: String,
}

/// How one reference was resolved.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Antecedent {
    /// The referring words, "the two countries" (bytes).
    pub mention: Span,
    /// The words they stand for (bytes).
    pub antecedent: Span,
}

/// A stretch of the document's text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Evidence {
    /// First Unicode code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// First UTF-8 byte.
    pub bstart: u32,
    /// One past the last byte.
    pub bend: u32,
    /// The words themselves.
    pub text: String,
}

impl Evidence {
    /// The stretch in bytes.
    pub const fn span(&self) -> Span {
        Span::new(self.bstart, self.bend)
    }
}
