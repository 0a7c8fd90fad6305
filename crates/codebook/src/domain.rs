//! In which domain of a hedge a claim counts: `codebook/domains.tsv`, and the words of `codebook/purposes.tsv`.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::claim::{Claim, Kind, Role};
use crate::fault::{Fault, Report};
use crate::source::Source;
use crate::table;

const TABLE: &str = "domains.tsv";
const WORDS: &str = "purposes.tsv";
/// How a note begins that lets the purpose of a claim decide.
const BY_PURPOSE: &str = "by purpose";

/// A field of relations in which a state can lean to one side or the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Domain {
    /// Visits, talks, recognition, partnerships.
    Diplomatic,
    /// Alliances, arms, equipment, exercises, force.
    Security,
    /// Trade and investment.
    Economic,
    /// Development finance.
    Development,
    /// Positions voiced, and votes.
    Stance,
}

impl Domain {
    /// Every domain, in the order in which they are shown.
    pub const ALL: [Self; 5] =
        [Self::Diplomatic, Self::Security, Self::Economic, Self::Development, Self::Stance];

    /// The word used in files and tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Diplomatic => "diplomatic",
            Self::Security => "security",
            Self::Economic => "economic",
            Self::Development => "development",
            Self::Stance => "stance",
        }
    }

    /// The domain of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == name)
    }
}

impl fmt::Display for Domain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The two tables.
#[derive(Debug, Clone, Default)]
pub struct Domains {
    rows: Vec<Place>,
    moves: Vec<Move>,
}

/// A row of `domains.tsv`.
#[derive(Debug, Clone)]
struct Place {
    kind: Box<str>,
    type_: Box<str>,
    mode: Box<str>,
    domain: Domain,
    by_purpose: bool,
}

/// A row of `purposes.tsv`.
#[derive(Debug, Clone)]
struct Move {
    domain: Domain,
    of: Vec<Box<str>>,
    words: Vec<Box<str>>,
}

impl Domains {
    /// Reads both tables of a codebook; mistakes go to `faults`.
    pub(crate) fn load(source: &Source, faults: &mut Vec<Fault>) -> Self {
        let mut domains = Self::default();
        let domain = |row: &table::Row<'_>, report: &mut Report<'_>| {
            let name = row.get("domain");
            let domain = Domain::parse(name);
            if domain.is_none() {
                let known = Domain::ALL.map(Domain::as_str).join(", ");
                let message = format!("`{name}` is no domain");
                row.fault(report, "unknown-domain", message, &format!("use {known}"));
            }
            domain
        };
        if let Some(text) = source.get(TABLE) {
            let mut report = Report::new(TABLE, text);
            let columns = ["kind", "type", "mode", "domain", "note"];
            table::read(text, &columns, &mut report, |row, report| {
                let Some(domain) = domain(row, report) else { return };
                domains.rows.push(Place {
                    kind: row.get("kind").into(),
                    type_: row.get("type").into(),
                    mode: row.get("mode").into(),
                    domain,
                    by_purpose: row.get("note").starts_with(BY_PURPOSE),
                });
            });
            faults.append(&mut report.faults);
        }
        if let Some(text) = source.get(WORDS) {
            let mut report = Report::new(WORDS, text);
            table::read(text, &["domain", "of", "words"], &mut report, |row, report| {
                let Some(domain) = domain(row, report) else { return };
                domains.moves.push(Move {
                    domain,
                    of: row.list("of").map(Into::into).collect(),
                    words: row.list("words").map(|it| it.to_lowercase().into()).collect(),
                });
            });
            faults.append(&mut report.faults);
        }
        domains
    }

    /// The domain in which a claim counts; `None` for claims about one state alone.
    pub fn of(&self, claim: &Claim) -> Option<Domain> {
        // A partnership is what its name says: talks about defence make "comprehensive strategic partnership" no military one.
        let named = claim
            .level
            .as_deref()
            .filter(|_| claim.kind == Kind::Tie && claim.type_ == "partnership");
        let told = || named.map_or_else(|| told(claim), str::to_lowercase);
        self.find(claim.kind, &claim.type_, claim.mode.as_deref(), told)
    }

    /// The domain of an act of another coder, by its type and mode and what its code says in words.
    pub fn of_act(&self, type_: &str, mode: Option<&str>, words: &str) -> Option<Domain> {
        self.find(Kind::Event, type_, mode, || words.to_lowercase())
    }

    fn find(
        &self,
        kind: Kind,
        type_: &str,
        mode: Option<&str>,
        told: impl FnOnce() -> String,
    ) -> Option<Domain> {
        let mode = mode.unwrap_or_default();
        let fits = |it: &&Place| *it.kind == *kind.as_str() && *it.type_ == *type_;
        let rows = || self.rows.iter().filter(fits);
        let row =
            rows().find(|it| *it.mode == *mode).or_else(|| rows().find(|it| it.mode.is_empty()))?;
        let code = match kind {
            Kind::Event => type_.to_owned(),
            kind => format!("{}.{type_}", kind.as_str()),
        };
        let told = told();
        let moved = self.moves.iter().find(|it| {
            let open =
                it.of.iter().any(|of| **of == *code || row.by_purpose && **of == *BY_PURPOSE);
            open && it.words.iter().any(|word| has_word(&told, word))
        });
        Some(moved.map_or(row.domain, |it| it.domain))
    }
}

/// What the claim says of its purpose, in small letters.
fn told(claim: &Claim) -> String {
    let parties = claim.actors.iter().chain(&claim.recipients);
    let force = parties.filter(|it| it.role == Role::Mil).map(|_| "military");
    let amounts = claim.amount.iter().chain(&claim.more_amounts);
    let counted = amounts.filter_map(|it| it.count_of.as_deref());
    let parts = claim.purpose.iter().map(String::as_str);
    let parts = parts.chain(claim.topic.as_deref()).chain(claim.level.as_deref());
    let parts = parts.chain(counted).chain(force).chain([claim.evidence.text.as_str()]);
    let bodies = claim.recipients.iter().map(|it| it.name.as_str());
    parts.chain(bodies).collect::<Vec<_>>().join("\n").to_lowercase()
}

/// Whether `text` has `word` with no letter or digit beside it.
pub(crate) fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}
