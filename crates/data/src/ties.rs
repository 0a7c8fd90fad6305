//! What imports say of a state's ties, as measures read them.
//!
//! One source an indicator and year: figures of two sources are never added. Which source goes first is the order in this file.

use std::collections::{BTreeMap, BTreeSet};

use hedgerow_ledger::structured::Absent;
use hedgerow_ledger::{Error, Ledger};
use hedgerow_measure::hedge::Covered;
use hedgerow_measure::similarity::agreement;
use hedgerow_measure::{Indicator, Origin, Reading, RegisterError, Series, TieRow};
use jiff::civil::{Date, date};

/// Rows for measures, and for which indicators and years silence is zero.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ties {
    /// A row for each pair, indicator and year.
    pub rows: Vec<TieRow>,
    /// Where a source lists all there is.
    pub covered: Vec<Covered>,
}

/// How far trade figures may be off: mirror reports of one flow differ by some such share (the worked example of `hedge.v1`).
const TRADE_ERROR: f64 = 0.08;
/// The same for finance that is pieced together from reports.
const FINANCE_ERROR: f64 = 0.25;

/// The years that are read.
const YEARS: std::ops::RangeInclusive<i16> = 1800..=2200;

/// Everything that the completed imports of a ledger say of the ties of one state.
///
/// - **votes**: the share of roll calls of a session in which both voted alike, with its number of ballots; else the share that the
///   source computed (`un.agree`). The year is the session + 1945.
/// - **trade**, in current US dollars, both ways together: FBIC, else COW (in years that FBIC lacks), else UN Comtrade's totals as
///   the importers report them.
/// - **finance**: commitments of China as `AidData` counts them, aid and other official flows (pledged), the DAC's net disbursements (delivered) and commitments (pledged).
/// - **arms**: SIPRI's volume delivered. **alliance**: ATOP, or where it is not there COW, 3 defence or offence, 2 neutrality or
///   consultation, 1 non-aggression.
/// - **militarized**: the highest hostility of the year, as conflict.
///
/// # Errors
/// Where the ledger cannot be read.
pub fn ties(ledger: &Ledger, who: &str) -> Result<Ties, Error> {
    let mut read = Read { ledger, who, ties: Ties::default() };
    read.votes()?;
    read.trade()?;
    read.finance()?;
    read.arms()?;
    read.alliance()?;
    read.disputes()?;
    Ok(read.ties)
}

struct Read<'r> {
    ledger: &'r Ledger,
    who: &'r str,
    ties: Ties,
}

/// Giver, receiver, year.
type Flow = (String, String, i16);

impl Read<'_> {
    /// The values of a variable in which the state gives or receives.
    fn flows(&self, variable: &str) -> Result<BTreeMap<Flow, f64>, Error> {
        let mut flows = BTreeMap::new();
        for (a, b) in [(Some(self.who), None), (None, Some(self.who))] {
            for it in self.ledger.dyad_values(variable, a, b, YEARS)? {
                flows.insert((it.a, it.b, it.year), it.value);
            }
        }
        Ok(flows)
    }

    /// The same, taken together for each partner and year.
    fn by_partner(
        &self,
        variable: &str,
        join: impl Fn(f64, f64) -> f64,
    ) -> Result<BTreeMap<(String, i16), f64>, Error> {
        let mut all: BTreeMap<(String, i16), f64> = BTreeMap::new();
        for ((a, b, year), value) in self.flows(variable)? {
            let partner = if a == self.who { b } else { a };
            let sum = all.get(&(partner.clone(), year)).map_or(value, |&known| join(known, value));
            all.insert((partner, year), sum);
        }
        Ok(all)
    }

    fn push(
        &mut self,
        source: &str,
        (actor, recipient, year): Flow,
        indicator: Indicator,
        series: Series,
        value: f64,
        error: RegisterError,
    ) {
        if value < 0.0 {
            // Net repayments: no strength of a tie.
            return;
        }
        let id = format!("{source}:{actor}-{recipient}:{year}");
        self.ties.rows.push(TieRow {
            actor,
            recipient,
            indicator,
            series,
            kind: source.to_owned(),
            start: Some(date(year, 1, 1)),
            end: Some(date(year, 12, 31)),
            told: None,
            source: Origin::Register { name: source.to_owned(), error },
            readings: vec![Reading {
                value,
                denies: false,
                publishers: vec![source.to_owned()],
                claims: vec![id.clone()],
            }],
            id,
        });
    }

    /// Silence of this variable is zero in the years that it covers.
    fn cover(&mut self, variable: &str, indicator: Indicator) -> Result<(), Error> {
        for it in self.ledger.coverage(Some(variable))? {
            if it.absent == Absent::Zero {
                let day = |year, month, day| Date::new(year, month, day).ok();
                self.ties.covered.push(Covered {
                    indicator,
                    partner: String::new(),
                    from: day(it.from_year, 1, 1),
                    to: day(it.to_year, 12, 31),
                    basis: format!("{} (import {})", it.source, it.import),
                });
            }
        }
        Ok(())
    }

    fn votes(&mut self) -> Result<(), Error> {
        let mut done = BTreeSet::new();
        // Special sessions are about one matter each, and published figures leave them out.
        let regular = |it: &(i16, u64)| it.0 <= 200;
        for (session, _) in self.ledger.vote_sessions()?.into_iter().filter(regular) {
            let mut ballots: BTreeMap<String, BTreeMap<i64, u8>> = BTreeMap::new();
            for it in self.ledger.votes(session)? {
                if (1..=3).contains(&it.vote) {
                    ballots.entry(it.state).or_default().insert(it.rcid, it.vote);
                }
            }
            let Some(own) = ballots.remove(self.who) else { continue };
            let year = 1945 + session;
            for (partner, theirs) in ballots {
                let (x, y): (Vec<u8>, Vec<u8>) = own
                    .iter()
                    .filter_map(|(rcid, &vote)| theirs.get(rcid).map(|&other| (vote, other)))
                    .unzip();
                let Some(share) = agreement(&x, &y) else { continue };
                done.insert((partner.clone(), year));
                let n = u32::try_from(x.len()).unwrap_or(u32::MAX);
                let pair = (partner, self.who.to_owned(), year);
                let error = RegisterError::Ballots(n);
                self.push("un-votes", pair, Indicator::Votes, Series::Standing, share, error);
            }
        }
        for ((partner, year), share) in self.by_partner("un.agree", f64::max)? {
            if !done.contains(&(partner.clone(), year)) {
                let pair = (partner, self.who.to_owned(), year);
                let error = RegisterError::None;
                self.push(
                    "un-ideal-points",
                    pair,
                    Indicator::Votes,
                    Series::Standing,
                    share,
                    error,
                );
            }
        }
        Ok(())
    }

    fn trade(&mut self) -> Result<(), Error> {
        // FBIC has the whole of it in each direction, as either side sees it: the partner's row goes first.
        let mut fbic = BTreeMap::new();
        for ((a, b, year), value) in self.flows("fbic.totaltradeawithb")? {
            if b == self.who {
                fbic.insert((a, year), value);
            } else {
                fbic.entry((b, year)).or_insert(value);
            }
        }
        let sources = [
            ("fbic", fbic, 1.0),
            ("cow-trade", self.by_partner("cow.trade", |a, b| a + b)?, 1e6),
            ("comtrade", self.by_partner("comtrade.imports.TOTAL", |a, b| a + b)?, 1.0),
        ];
        let mut done = BTreeSet::new();
        for (source, figures, scale) in sources {
            for ((partner, year), value) in figures {
                if done.insert((partner.clone(), year)) {
                    let pair = (partner, self.who.to_owned(), year);
                    let error = RegisterError::Relative(TRADE_ERROR);
                    let value = value * scale;
                    self.push(source, pair, Indicator::Trade, Series::Standing, value, error);
                }
            }
        }
        Ok(())
    }

    fn finance(&mut self) -> Result<(), Error> {
        let error = RegisterError::Relative(FINANCE_ERROR);
        let mut china: BTreeMap<Flow, f64> = BTreeMap::new();
        // What AidData cannot class as aid or other finance stays out, as in the published example.
        for class in ["gcdf.oda", "gcdf.oof"] {
            for (flow, value) in self.flows(class)? {
                *china.entry(flow).or_default() += value;
            }
        }
        for (flow, value) in china {
            self.push("gcdf", flow, Indicator::Finance, Series::Pledged, value, error);
        }
        for (measure, series) in [("206", Series::Delivered), ("305", Series::Pledged)] {
            // Current prices where they are there; never both.
            let committed = if series == Series::Pledged { ".committed" } else { "" };
            let mut flows = self.flows(&format!("dac.{measure}.current{committed}"))?;
            if flows.is_empty() {
                flows = self.flows(&format!("dac.{measure}.constant{committed}"))?;
            }
            for (flow, value) in flows {
                let source = format!("dac-{measure}");
                self.push(&source, flow, Indicator::Finance, series, value, RegisterError::None);
            }
        }
        Ok(())
    }

    fn arms(&mut self) -> Result<(), Error> {
        for (flow, value) in self.flows("sipri.tiv")? {
            let error = RegisterError::None;
            self.push("sipri", flow, Indicator::Arms, Series::Delivered, value, error);
        }
        self.cover("sipri.tiv", Indicator::Arms)
    }

    fn alliance(&mut self) -> Result<(), Error> {
        const ATOP: [(&str, f64); 5] = [
            ("atop.defense", 3.0),
            ("atop.offense", 3.0),
            ("atop.neutral", 2.0),
            ("atop.consul", 2.0),
            ("atop.nonagg", 1.0),
        ];
        const COW: [(&str, f64); 4] = [
            ("cow.alliance.defense", 3.0),
            ("cow.alliance.neutrality", 2.0),
            ("cow.alliance.entente", 2.0),
            ("cow.alliance.nonaggression", 1.0),
        ];
        // Two lists of alliances count different treaties: never both.
        let atop = !self.ledger.coverage(Some("atop.defense"))?.is_empty();
        let (source, duties) = if atop { ("atop", &ATOP[..]) } else { ("cow-alliances", &COW[..]) };
        let mut levels: BTreeMap<(String, i16), f64> = BTreeMap::new();
        for (duty, level) in duties {
            for (key, owed) in self.by_partner(duty, f64::max)? {
                let known = levels.entry(key).or_default();
                *known = known.max(level * owed);
            }
        }
        for ((partner, year), level) in levels {
            let pair = (partner, self.who.to_owned(), year);
            let error = RegisterError::None;
            self.push(source, pair, Indicator::Alliance, Series::Standing, level, error);
        }
        self.cover(duties[0].0, Indicator::Alliance)
    }

    fn disputes(&mut self) -> Result<(), Error> {
        for ((partner, year), value) in self.by_partner("mid.hostility", f64::max)? {
            let pair = (partner, self.who.to_owned(), year);
            let error = RegisterError::None;
            self.push("mid", pair, Indicator::Militarized, Series::Conflict, value, error);
        }
        self.cover("mid.hostility", Indicator::Militarized)
    }
}
