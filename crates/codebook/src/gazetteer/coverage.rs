//! How much of a period the table of offices covers.

use jiff::civil::Date;
use jiff::{ToSpan, Unit};

use super::{Gazetteer, Office};

/// Titles of those who lead a state, by right or in fact. Acting and interim holders count.
const LEADERS: [&str; 31] = [
    "president",
    "state president",
    "prime minister",
    "premier",
    "chancellor",
    "taoiseach",
    "king",
    "queen",
    "emperor",
    "emir",
    "sultan",
    "crown prince",
    "prince",
    "pope",
    "general secretary",
    "supreme leader",
    "leader",
    "chief executive",
    "chief adviser",
    "first secretary",
    "chairman of the presidency",
    "member of the presidency",
    "president of the General National Congress",
    "chairman of the ruling council",
    "chairman of the Presidential Council",
    "chairman of the National Transitional Council",
    "head of the Sovereign Council",
    "administrator of the Coalition Provisional Authority",
    "military leader",
    "junta chief",
    "captain regent",
];

/// What is known of the leaders of one state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Covered {
    /// The state.
    pub code: Box<str>,
    /// Days of the period on which it existed.
    pub days: u32,
    /// Days of these on which a leader is known.
    pub known: u32,
}

impl Gazetteer {
    /// For every state with a seat of government that existed between `from` and `to` (not included): on how many days a
    /// leader is known. States with a number of the Correlates of War are sovereign; others are left out.
    pub fn leaders_known(&self, from: Date, to: Date) -> Vec<Covered> {
        let sovereign = self.states.iter().filter(|state| state.cow.is_some());
        let covered = sovereign.map(|state| {
            let born = state.term.from.map_or(from, |day| day.max(from));
            let gone = state.term.to.map_or(to, |day| day.min(to));
            let mut terms: Vec<(Date, Date)> = self
                .people
                .iter()
                .flat_map(|person| &person.offices)
                .filter(|office| office.code == state.code && leads(office))
                .map(|office| {
                    let start = office.term.from.map_or(born, |day| day.max(born));
                    (start, office.term.to.map_or(gone, |day| day.min(gone)))
                })
                .filter(|(start, end)| start < end)
                .collect();
            terms.sort_unstable();
            let (mut known, mut until) = (0, born);
            for (start, end) in terms {
                known += days(start.max(until), end);
                until = until.max(end);
            }
            Covered { code: state.code.clone(), days: days(born, gone), known }
        });
        covered.filter(|covered| covered.days > 0).collect()
    }

    /// How many states have somebody in office on `day` whose title holds `word` ("foreign", "defen").
    pub fn states_with(&self, word: &str, day: Date) -> usize {
        let holds = |office: &&Office| {
            office.title.contains(word) && office.term.contains(Some(day)) && office.code.len() == 3
        };
        let offices = self.people.iter().flat_map(|person| &person.offices).filter(holds);
        let mut codes: Vec<&str> = offices.map(|office| &*office.code).collect();
        codes.sort_unstable();
        codes.dedup();
        codes.len()
    }

    /// The last day on which the table of offices has somebody come or go: what happened later it cannot know.
    pub fn offices_until(&self) -> Option<Date> {
        let terms = self.people.iter().flat_map(|person| &person.offices).map(|office| office.term);
        terms.flat_map(|term| [term.from, term.to]).flatten().max()
    }
}

fn leads(office: &Office) -> bool {
    let title = office.title.trim_start_matches("acting ").trim_start_matches("interim ");
    LEADERS.contains(&title)
}

fn days(from: Date, to: Date) -> u32 {
    let span = from.until((Unit::Day, to)).unwrap_or_else(|_| 0.days());
    span.get_days().max(0) as u32
}
