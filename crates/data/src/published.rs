//! The published measures of a pair or a state, where their source is loaded: each as its authors define it, for the newest year
//! that the source covers.
//!
//! Formulas are those of `hedgerow-measure`; what each cannot see is on its page (`hedgerow explain agreement`).

use std::collections::BTreeMap;

use hedgerow_ledger::{Error, Ledger};
use hedgerow_measure::alliance::{self, Duties};
use hedgerow_measure::concentration::{dependence, effective_number, hhi};
use hedgerow_measure::fbic::{Bandwidth, Dependence, RELEASE_2023, fbic};
use hedgerow_measure::similarity::{Distance, agreement, binary, kappa, paired, pi, s};
use hedgerow_measure::votes;
use serde::Serialize;

/// What each partner has.
type Shares = Vec<(String, f64)>;

/// One measure of a pair or a state.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figure {
    /// What it is, `agreement in the General Assembly`.
    pub measure: &'static str,
    /// The page that explains it, `agreement`.
    pub page: &'static str,
    /// Whose it is: `VNM` and `CHN` alike, or of the first toward the second where it has a direction.
    pub of: Vec<String>,
    /// Whether it has a direction.
    pub directed: bool,
    /// The year, or the last of several.
    pub year: i16,
    /// The value.
    pub value: f64,
    /// What it rests on, `69 roll calls`.
    pub basis: String,
    /// Kind of import that it is computed from.
    pub source: &'static str,
}

/// Years of arms deliveries that are taken together: SIPRI's own habit.
const ARMS_YEARS: i16 = 5;
/// The last number of a regular session of the General Assembly.
const LAST_REGULAR: i16 = 200;
const GDP: &str = "wdi.NY.GDP.MKTP.CD";

/// The measures of two states, up to a year.
///
/// # Errors
/// Where the ledger cannot be read.
pub fn of_pair(ledger: &Ledger, a: &str, b: &str, until: i16) -> Result<Vec<Figure>, Error> {
    let mut found = Found { ledger, until, figures: Vec::new() };
    found.votes(a, b)?;
    found.alliances(a, b)?;
    found.ideal_points(a, b)?;
    for (a, b) in [(a, b), (b, a)] {
        found.influence(a, b)?;
        found.trade(a, b)?;
        found.arms(a, b)?;
        found.events(a, b)?;
    }
    Ok(found.figures)
}

/// The measures of one state, up to a year: how concentrated its trade and its arms are.
///
/// # Errors
/// Where the ledger cannot be read.
pub fn of_state(ledger: &Ledger, who: &str, until: i16) -> Result<Vec<Figure>, Error> {
    let mut found = Found { ledger, until, figures: Vec::new() };
    if let Some((year, source, partners)) = found.partners(who)? {
        let basis = format!("{} partners", partners.len());
        found.spread("trade", who, year, &partners, &basis, source);
    }
    if let Some((year, suppliers)) = found.suppliers(who)? {
        let basis = format!("{} suppliers, {ARMS_YEARS} years", suppliers.len());
        found.spread("arms", who, year, &suppliers, &basis, "sipri");
    }
    Ok(found.figures)
}

struct Found<'f> {
    ledger: &'f Ledger,
    until: i16,
    figures: Vec<Figure>,
}

impl Found<'_> {
    #[expect(clippy::too_many_arguments, reason = "the fields of a figure, in their order")]
    fn push(
        &mut self,
        measure: &'static str,
        page: &'static str,
        of: &[&str],
        directed: bool,
        year: i16,
        value: Option<f64>,
        basis: &str,
        source: &'static str,
    ) {
        let of = of.iter().map(|it| (*it).to_owned()).collect();
        let basis = basis.to_owned();
        let figure = |value| Figure { measure, page, of, directed, year, value, basis, source };
        self.figures.extend(value.map(figure));
    }

    /// The newest year that a variable covers, no later than wanted.
    fn newest(&self, variable: &str) -> Result<Option<i16>, Error> {
        let covered = self.ledger.coverage(Some(variable))?;
        let years = covered.iter().filter(|it| it.from_year <= self.until);
        Ok(years.map(|it| it.to_year.min(self.until)).max())
    }

    /// The newest value of a pair, and its year.
    fn pair(&self, variable: &str, a: &str, b: &str) -> Result<Option<(i16, f64)>, Error> {
        let values = self.ledger.dyad_values(variable, Some(a), Some(b), 1800..=self.until)?;
        Ok(values.last().map(|it| (it.year, it.value)))
    }

    fn votes(&mut self, a: &str, b: &str) -> Result<(), Error> {
        let sessions = self.ledger.vote_sessions()?;
        let wanted = |it: &&(i16, u64)| it.0 <= LAST_REGULAR && 1945 + it.0 <= self.until;
        let sessions: Vec<i16> = sessions.iter().filter(wanted).map(|it| it.0).collect();
        for session in sessions.into_iter().rev() {
            let mut ballots: [BTreeMap<i64, u8>; 2] = Default::default();
            for it in self.ledger.votes(session)? {
                if let Some(n) = [a, b].iter().position(|who| *who == it.state)
                    && (1..=3).contains(&it.vote)
                {
                    ballots[n].insert(it.rcid, it.vote);
                }
            }
            let (x, y) = paired(&ballots[0], &ballots[1]);
            if x.is_empty() {
                continue;
            }
            let basis = format!("{} roll calls of session {session}", x.len());
            let far = Distance::Absolute;
            for (measure, page, value) in [
                ("agreement in the General Assembly", "agreement", agreement(&x, &y)),
                ("S of votes", "s", s(&x, &y, votes::RANGE, far)),
                ("pi of votes", "pi", pi(&x, &y, far)),
                ("kappa of votes", "kappa", kappa(&x, &y, far)),
            ] {
                self.push(measure, page, &[a, b], false, 1945 + session, value, &basis, "un-votes");
            }
            break;
        }
        Ok(())
    }

    /// Likeness of alliances over all states of the system (COW states must be there to say which these are).
    fn alliances(&mut self, a: &str, b: &str) -> Result<(), Error> {
        let Some(year) = self.newest("atop.defense")? else { return Ok(()) };
        let from = format!("{year:04}-12-31");
        let to = format!("{year:04}-01-01");
        let members = self.ledger.spells("cow.member", None)?;
        let in_system = |it: &&hedgerow_ledger::structured::Spell| {
            it.start.as_deref().is_some_and(|start| start <= from.as_str())
                && it.until.as_deref().is_none_or(|until| until >= to.as_str())
        };
        let mut states: Vec<&str> =
            members.iter().filter(in_system).map(|it| it.a.as_str()).collect();
        states.sort_unstable();
        states.dedup();
        if [a, b].iter().any(|it| states.binary_search(it).is_err()) {
            return Ok(());
        }
        let portfolio = |who: &str| -> Result<Vec<u8>, Error> {
            let mut duties: BTreeMap<String, Duties> = BTreeMap::new();
            for name in ["defense", "offense", "neutral", "consul", "nonagg"] {
                let variable = format!("atop.{name}");
                for it in self.ledger.dyad_values(&variable, Some(who), None, year..=year)? {
                    let owed = duties.entry(it.b).or_default();
                    *match name {
                        "defense" => &mut owed.defense,
                        "offense" => &mut owed.offense,
                        "neutral" => &mut owed.neutrality,
                        "consul" => &mut owed.consultation,
                        _ => &mut owed.nonaggression,
                    } = it.value > 0.5;
                }
            }
            let level = |other: &&str| match duties.get(*other) {
                _ if *other == who => alliance::RANGE,
                Some(owed) => owed.level(),
                None => 0,
            };
            Ok(states.iter().map(level).collect())
        };
        let (x, y) = (portfolio(a)?, portfolio(b)?);
        let basis = format!("{} states", states.len());
        let far = Distance::Absolute;
        for (measure, page, value) in [
            ("S of alliances", "s", s(&x, &y, alliance::RANGE, far)),
            ("pi of alliances", "pi", pi(&x, &y, far)),
            ("kappa of alliances", "kappa", kappa(&x, &y, far)),
            ("kappa of alliances, tie or no tie", "kappa", kappa(&binary(&x), &binary(&y), far)),
        ] {
            self.push(measure, page, &[a, b], false, year, value, &basis, "atop");
        }
        Ok(())
    }

    fn ideal_points(&mut self, a: &str, b: &str) -> Result<(), Error> {
        let of =
            |who: &str| self.ledger.state_values("un.ideal_point", Some(who), 1946..=self.until);
        let theirs: BTreeMap<i16, f64> = of(b)?.into_iter().map(|it| (it.year, it.value)).collect();
        let both = of(a)?
            .into_iter()
            .rev()
            .find_map(|it| Some((it.year, it.value, theirs.get(&it.year)?)));
        if let Some((year, own, other)) = both {
            let value = votes::ideal_point_distance(own, *other);
            let basis = format!("{own:.4} and {other:.4}");
            let measure = "distance of ideal points";
            let source = "un-ideal-points";
            self.push(
                measure,
                "ideal-point-distance",
                &[a, b],
                false,
                year,
                Some(value),
                &basis,
                source,
            );
        }
        Ok(())
    }

    /// FBIC of a over b: from its parts where they are there, else as the source gives it.
    fn influence(&mut self, a: &str, b: &str) -> Result<(), Error> {
        let Some((year, given)) = self.pair("fbic.fbic", a, b)? else { return Ok(()) };
        let part = |name: &str| -> Result<Option<f64>, Error> {
            let variable = format!("fbic.{name}_ma");
            let found = self.ledger.dyad_values(&variable, Some(a), Some(b), year..=year)?;
            Ok(found.first().map(|it| it.value))
        };
        let names = [
            "norm_lor_avg",
            "norm_igos",
            "norm_tradeagreement",
            "norm_lntotaltrade",
            "norm_allianceindex",
            "norm_armstotalstock",
            "aidabgdpb",
            "aidaballaidb",
            "totaltradeabgdpb",
            "totaltradeaballtradeb",
            "armimportstockabmilstockb",
            "armsimportsstockaballimstockb",
        ];
        let parts: Option<Vec<f64>> = names.iter().map(|it| part(it)).collect::<Result<_, _>>()?;
        let (value, basis) = match parts.as_deref() {
            Some(
                &[
                    representation,
                    igos,
                    agreements,
                    trade,
                    alliance,
                    arms,
                    aid_of_gdp,
                    aid_of_aid,
                    trade_of_gdp,
                    trade_of_trade,
                    arms_of_stock,
                    arms_of_imports,
                ],
            ) => {
                let bandwidth =
                    Bandwidth { representation, igos, agreements, trade, alliance, arms };
                let dependence = Dependence {
                    aid_of_gdp,
                    aid_of_aid,
                    trade_of_gdp,
                    trade_of_trade,
                    arms_of_stock,
                    arms_of_imports,
                };
                let value = fbic(&bandwidth, &dependence, &RELEASE_2023);
                (value, format!("from its parts; the source gives {given:.4}"))
            }
            _ => (given, "as the source gives it".to_owned()),
        };
        self.push("FBIC", "fbic", &[a, b], true, year, Some(value), &basis, "fbic");
        Ok(())
    }

    /// Newest year, source, and trade both ways with each partner in current US dollars.
    fn partners(&self, who: &str) -> Result<Option<(i16, &'static str, Shares)>, Error> {
        for (variable, source, scale) in
            [("fbic.totaltradeawithb", "fbic", 1.0), ("cow.trade", "cow-trade", 1e6)]
        {
            let years = 1800..=self.until;
            let given = self.ledger.dyad_values(variable, Some(who), None, years.clone())?;
            let Some(year) = given.iter().map(|it| it.year).max() else { continue };
            let mut sums: BTreeMap<String, f64> = BTreeMap::new();
            for it in given.into_iter().filter(|it| it.year == year) {
                *sums.entry(it.b).or_default() += it.value * scale;
            }
            // FBIC has both ways in each row; COW has exports and imports apart.
            if source == "cow-trade" {
                for it in self.ledger.dyad_values(variable, None, Some(who), year..=year)? {
                    *sums.entry(it.a).or_default() += it.value * scale;
                }
            }
            return Ok(Some((year, source, sums.into_iter().collect())));
        }
        Ok(None)
    }

    /// What trade with b is of all trade, and of the product, of a.
    fn trade(&mut self, a: &str, b: &str) -> Result<(), Error> {
        let Some((year, source, partners)) = self.partners(a)? else { return Ok(()) };
        let Some(exchange) = partners.iter().find(|it| it.0 == b).map(|it| it.1) else {
            return Ok(());
        };
        let total: f64 = partners.iter().map(|it| it.1).sum();
        let basis = format!("trade of {:.1} of {:.1} billion USD", exchange / 1e9, total / 1e9);
        let share = dependence(exchange, total);
        let measure = "share of all trade that is with the other";
        self.push(measure, "dependence", &[a, b], true, year, share, &basis, source);
        let gdp = self.ledger.state_values(GDP, Some(a), year..=year)?;
        if let Some(gdp) = gdp.first().map(|it| it.value) {
            let basis =
                format!("trade of {:.1}, product of {:.1} billion USD", exchange / 1e9, gdp / 1e9);
            let (measure, value) = ("trade dependence", dependence(exchange, gdp));
            self.push(measure, "dependence", &[a, b], true, year, value, &basis, source);
        }
        Ok(())
    }

    /// Last year of the deliveries, and what each supplier delivered in the five years up to it.
    fn suppliers(&self, who: &str) -> Result<Option<(i16, Shares)>, Error> {
        let Some(year) = self.newest("sipri.tiv")? else { return Ok(None) };
        let years = year - ARMS_YEARS + 1..=year;
        let mut sums: BTreeMap<String, f64> = BTreeMap::new();
        for it in self.ledger.dyad_values("sipri.tiv", None, Some(who), years)? {
            *sums.entry(it.a).or_default() += it.value;
        }
        Ok((!sums.is_empty()).then(|| (year, sums.into_iter().collect())))
    }

    /// What of the arms of a came from b. Silence of the register is none.
    fn arms(&mut self, a: &str, b: &str) -> Result<(), Error> {
        let Some((year, suppliers)) = self.suppliers(a)? else { return Ok(()) };
        let total: f64 = suppliers.iter().map(|it| it.1).sum();
        let from = suppliers.iter().find(|it| it.0 == b).map_or(0.0, |it| it.1);
        let basis = format!("{from:.1} of {total:.1} million TIV in {ARMS_YEARS} years");
        let (measure, value) = ("arms dependence", dependence(from, total));
        self.push(measure, "dependence", &[a, b], true, year, value, &basis, "sipri");
        Ok(())
    }

    fn events(&mut self, a: &str, b: &str) -> Result<(), Error> {
        for (source, cooperation, conflict) in [
            ("icews", "Goldstein sum, cooperation (ICEWS)", "Goldstein sum, conflict (ICEWS)"),
            (
                "gdelt-events",
                "Goldstein sum, cooperation (GDELT)",
                "Goldstein sum, conflict (GDELT)",
            ),
            ("polecat", "PLOVER sum, cooperation (POLECAT)", "PLOVER sum, conflict (POLECAT)"),
        ] {
            let Some(year) = self.newest(source)? else { continue };
            let first = u32::from(year.unsigned_abs()) * 10_000;
            let days = first + 101..=first + 1231;
            let counts = self.ledger.event_counts(Some(source), Some(a), Some(b), days)?;
            let n: u64 = counts.iter().map(|it| it.events).sum();
            let scores = || counts.iter().filter_map(|it| it.score);
            let basis = format!("{n} reports in the year");
            let of = |sum: f64| (n > 0).then_some(sum);
            let (warm, cold) = (
                of(scores().map(|it| it.max(0.0)).sum()),
                of(scores().map(|it| it.min(0.0)).sum()),
            );
            self.push(cooperation, "goldstein", &[a, b], true, year, warm, &basis, source);
            self.push(conflict, "goldstein", &[a, b], true, year, cold, &basis, source);
        }
        Ok(())
    }

    /// How concentrated an exchange is.
    fn spread(
        &mut self,
        what: &str,
        who: &str,
        year: i16,
        partners: &[(String, f64)],
        basis: &str,
        source: &'static str,
    ) {
        let values: Vec<f64> = partners.iter().map(|it| it.1).collect();
        let (concentration, number) = if what == "trade" {
            ("HHI of trade", "effective number of trade partners")
        } else {
            ("HHI of arms imports", "effective number of arms suppliers")
        };
        self.push(concentration, "hhi", &[who], false, year, hhi(&values), basis, source);
        self.push(number, "hhi", &[who], false, year, effective_number(&values), basis, source);
    }
}
