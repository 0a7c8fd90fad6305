//! Where a state stands between two rivals: from the words of a request to the answer of `hedge.v1`.

use std::sync::Arc;

use hedgerow_codebook::Codebook;
use hedgerow_ledger::Ledger;
use hedgerow_measure::coded::Unmeasured;
use hedgerow_measure::hedge::{
    Answer, Camp, Confusion, Covered, Interval, Position, Question, Rival, Settings, answer, years,
};
use hedgerow_measure::{Indicator, TieRow, Window};
use jiff::civil::{Date, date};
use serde::Serialize;

use crate::app::App;
use crate::asked::Asked;
use crate::problem::Problem;
use crate::ties::tied;

/// Draws of the interval at the day that was asked for.
const DRAWS: u32 = 1_000;
/// Draws of the interval at the end of each year.
const DRAWS_A_YEAR: u32 = 200;
/// The most years of a series.
const YEARS: i16 = 60;

/// The answer, and how it came about over the years.
#[derive(Debug, Serialize)]
pub(crate) struct Standing {
    pub(crate) answer: Answer,
    pub(crate) years: Vec<Year>,
    /// Facts that measure nothing, and why.
    pub(crate) unmeasured: Vec<Unmeasured>,
}

/// Where the state stood at the end of a year.
#[derive(Debug, Serialize)]
#[expect(clippy::struct_field_names, reason = "the field is the name in the data")]
pub(crate) struct Year {
    pub(crate) year: i16,
    pub(crate) delivered: Position,
    pub(crate) pledged: Position,
    /// Of the delivered: nine draws in ten.
    pub(crate) interval: Option<Interval>,
}

/// What is asked of a position, before the ledger is looked at.
#[derive(Debug, Clone)]
pub(crate) struct Rivalry {
    pub(crate) who: String,
    pub(crate) rivals: [String; 2],
    pub(crate) camps: Vec<Camp>,
    pub(crate) at: Option<Date>,
    /// Where sources are said to have been looked through, so that silence is zero.
    pub(crate) covered: Vec<Covered>,
}

impl Rivalry {
    /// `rivals=USA,CHN&camp=JPN=USA&at=2015-09-20&covered=assistance=USA,CHN`; `None` where no rivals are named.
    pub(crate) fn of(
        asked: &Asked,
        who: &str,
        codebook: &Codebook,
    ) -> Result<Option<Self>, Problem> {
        let Some(text) = asked.get("rivals") else { return Ok(None) };
        let Some((a, b)) = text.split_once(',') else {
            return Err(
                Problem::asked(format!("`rivals={text}` are not two")).hint("write rivals=USA,CHN")
            );
        };
        let rivals = [code(codebook, a)?, code(codebook, b)?];
        if rivals[0] == rivals[1] {
            return Err(Problem::asked("both rivals are one and the same"));
        }
        let mut camps: Vec<Camp> = Vec::new();
        for text in asked.all("camp").flat_map(|it| it.split(',')).map(str::trim) {
            if !text.is_empty() {
                let camp = camp(codebook, &rivals, text)?;
                if rivals.contains(&camp.partner)
                    || camps.iter().any(|it| it.partner == camp.partner)
                {
                    return Err(Problem::asked(format!("{} has its side already", camp.partner)));
                }
                camps.push(camp);
            }
        }
        if rivals.iter().any(|it| it == who) || camps.iter().any(|it| it.partner == who) {
            let problem = Problem::asked(format!("{who} is itself a rival or in a camp"));
            return Err(problem.hint("ask of a state that stands between others"));
        }
        let mut covered = Vec::new();
        for text in asked.all("covered").flat_map(|it| it.split(';')).map(str::trim) {
            if !text.is_empty() {
                covered.extend(silence(codebook, text)?);
            }
        }
        Ok(Some(Self { who: who.to_owned(), rivals, camps, at: asked.day("at")?, covered }))
    }

    /// The camps as they stand in a form: `JPN=USA, KOR=USA:0.5`.
    pub(crate) fn camps_as_text(&self) -> String {
        let one = |it: &Camp| {
            let rival = &self.rivals[usize::from(it.with == Rival::Second)];
            let share =
                if it.membership < 1.0 { format!(":{}", it.membership) } else { String::new() };
            format!("{}={rival}{share}", it.partner)
        };
        self.camps.iter().map(one).collect::<Vec<_>>().join(", ")
    }

    /// Where silence is zero, as it stands in a form: `assistance=USA,CHN; finance=USA`.
    pub(crate) fn covered_as_text(&self) -> String {
        let mut of: Vec<(Indicator, Vec<&str>)> = Vec::new();
        for it in &self.covered {
            match of.iter_mut().find(|(indicator, _)| *indicator == it.indicator) {
                Some((_, partners)) => partners.push(&it.partner),
                None => of.push((it.indicator, vec![&it.partner])),
            }
        }
        let one = |(indicator, partners): &(Indicator, Vec<&str>)| {
            format!("{}={}", indicator.as_str(), partners.join(","))
        };
        of.iter().map(one).collect::<Vec<_>>().join("; ")
    }

    /// The answer, from the ledger or from what was answered before.
    pub(crate) fn standing(&self, app: &App, ledger: &Ledger) -> Result<Arc<Standing>, Problem> {
        let key = format!("{self:?}");
        app.position(ledger, &key, || self.compute(app, ledger))
    }

    fn compute(&self, app: &App, ledger: &Ledger) -> Result<Standing, Problem> {
        let codebook = app.codebook();
        let claims = ledger.actor(&self.who)?;
        let newest = claims.iter().filter_map(|row| row.published).max();
        let Some(at) = self.at.or(newest) else {
            let problem = Problem::asked(format!("no document on {} has a day", self.who));
            return Err(problem.hint("name a day: at=2015-09-20"));
        };
        let (mut rows, mut covered) = app.imports()(ledger, &self.who)?;
        covered.extend(self.covered.iter().cloned());
        let mut unmeasured = Vec::new();
        for tied in tied(ledger, codebook, &claims)? {
            match tied.rows {
                Ok(found) => rows.extend(found),
                Err(why) => unmeasured.push(why),
            }
        }
        let settings = Settings { draws: DRAWS, covered, ..Settings::default() };
        let (rivals, camps) = (self.rivals.clone(), self.camps.clone());
        let question = Question { who: self.who.clone(), rivals, camps, at, settings };
        let confusion = Confusion::measured(&codebook.scores);
        Ok(Standing {
            answer: answer(&rows, &question, &confusion),
            years: over_years(&rows, &question, &confusion),
            unmeasured,
        })
    }
}

/// The ends of the years from the first of which anything but a standing level is told.
fn over_years(rows: &[TieRow], question: &Question, confusion: &Confusion) -> Vec<Year> {
    let counts = |row: &&TieRow| {
        row.partner(&question.who).is_some()
            && row.indicator.window() != Window::Standing
            && row.indicator != Indicator::Disputes
    };
    let first = rows.iter().filter(counts).filter_map(|row| row.start.map(Date::year)).min();
    let last = question.at.year();
    let Some(first) = first.filter(|it| *it <= last) else { return Vec::new() };
    let first = first.max(last.saturating_sub(YEARS - 1));
    let settings = Settings { draws: DRAWS_A_YEAR, ..question.settings.clone() };
    let of_year = |(year, [delivered, pledged]): (i16, [Position; 2])| {
        let at = date(year, 12, 31);
        let question = Question { at, settings: settings.clone(), ..question.clone() };
        let [run, _] = answer(rows, &question, confusion).runs;
        Year { year, delivered, pledged, interval: run.interval }
    };
    years(rows, question, first, last).into_iter().map(of_year).collect()
}

/// The code that somebody means.
pub(crate) fn code(codebook: &Codebook, text: &str) -> Result<String, Problem> {
    let text = text.trim();
    if let Some(code) = codebook.gazetteer.code_of(text) {
        return Ok(code.to_owned());
    }
    let named = |(kind, name): (&str, &str)| {
        matches!(kind, "IGO" | "ORG" | "GRP") && !name.trim().is_empty()
    };
    if text.split_once(':').is_some_and(named) {
        return Ok(text.to_owned());
    }
    let problem = Problem::asked(format!("there is no actor “{text}”"));
    Err(problem.hint("give a three-letter code (VNM), a name (Vietnam), or IGO:ASEAN"))
}

/// `assistance=USA,CHN`.
fn silence(codebook: &Codebook, text: &str) -> Result<Vec<Covered>, Problem> {
    let known = Indicator::ALL.map(Indicator::as_str).join(", ");
    let named = text.split_once('=');
    let Some((indicator, codes)) =
        named.and_then(|(name, codes)| Some((Indicator::parse(name.trim())?, codes)))
    else {
        let problem =
            Problem::asked(format!("`covered={text}` names no indicator and its partners"));
        return Err(problem.hint(format!("write covered=assistance=USA,CHN; there are {known}")));
    };
    let one = |text: &str| -> Result<Covered, Problem> {
        let (partner, basis) = (code(codebook, text)?, "as asked".to_owned());
        Ok(Covered { indicator, partner, from: None, to: None, basis })
    };
    codes.split(',').map(one).collect()
}

/// `JPN=USA`, `JPN=USA:0.5`.
fn camp(codebook: &Codebook, rivals: &[String; 2], text: &str) -> Result<Camp, Problem> {
    let wrong = |why: String| {
        Err(Problem::asked(format!("`camp={text}`: {why}"))
            .hint("write camp=JPN=USA or camp=JPN=USA:0.5"))
    };
    let Some((partner, with)) = text.split_once('=') else {
        return wrong("nobody is named whom it is counted with".to_owned());
    };
    let (with, share) = with.split_once(':').unwrap_or((with, "1"));
    let (partner, with) = (code(codebook, partner)?, code(codebook, with)?);
    let membership = share.trim().parse::<f64>().ok().filter(|it| (0.0..=1.0).contains(it));
    let Some(membership) = membership else {
        return wrong(format!("{share} is no share from 0 to 1"));
    };
    match rivals.iter().position(|it| *it == with) {
        Some(0) => Ok(Camp { partner, with: Rival::First, membership }),
        Some(_) => Ok(Camp { partner, with: Rival::Second, membership }),
        None => wrong(format!("{with} is no rival")),
    }
}
