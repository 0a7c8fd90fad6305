//! Codes of other systems for states, each at its date: `codebook/crosswalk/systems.tsv` and the numbers in the gazetteer.

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use crate::fault::{Fault, Report};
use crate::gazetteer::{Gazetteer, Target, Term};
use crate::source::Source;
use crate::table;

/// Where the table stands.
const FILE: &str = "crosswalk/systems.tsv";

/// A system of codes for states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum System {
    /// ISO 3166-1 alpha-2.
    Alpha2,
    /// ISO 3166-1 alpha-3: our own codes, and those that ISO has withdrawn.
    Alpha3,
    /// Numbers of the United Nations (M49), which ISO 3166-1 shares.
    M49,
    /// Numbers of the Correlates of War project.
    Cow,
    /// Numbers of the Gleditsch-Ward list.
    Gw,
    /// English names, for sources that have no code.
    Name,
}

impl System {
    /// The word for it in the table.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Alpha2 => "alpha2",
            Self::Alpha3 => "alpha3",
            Self::M49 => "m49",
            Self::Cow => "cow",
            Self::Gw => "gw",
            Self::Name => "name",
        }
    }

    fn parse(word: &str) -> Option<Self> {
        [Self::Alpha2, Self::Alpha3, Self::M49, Self::Cow, Self::Gw, Self::Name]
            .into_iter()
            .find(|it| it.as_str() == word)
    }
}

/// The time that a row of a data set speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum When {
    /// One day.
    Day(Date),
    /// A calendar year.
    Year(i16),
}

impl When {
    /// First and last day.
    fn days(self) -> Option<(Date, Date)> {
        match self {
            Self::Day(day) => Some((day, day)),
            Self::Year(year) => Date::new(year, 1, 1).ok().zip(Date::new(year, 12, 31).ok()),
        }
    }
}

/// What codes of other systems mean.
#[derive(Debug, Clone, Default)]
pub struct Systems {
    meanings: FxHashMap<(System, Box<str>), Vec<Meaning>>,
}

#[derive(Debug, Clone)]
struct Meaning {
    code: Box<str>,
    term: Term,
}

impl Systems {
    /// Reads the table; mistakes go to `faults`.
    pub(crate) fn load(source: &Source, gazetteer: &Gazetteer, faults: &mut Vec<Fault>) -> Self {
        let mut systems = Self::default();
        if let Some(text) = source.get(FILE) {
            let mut report = Report::new(FILE, text);
            table::read(text, &["system", "key", "code"], &mut report, |row, report| {
                let Some(system) = System::parse(row.get("system")) else {
                    let message = format!("unknown system `{}`", row.get("system"));
                    let known = "systems are alpha2, alpha3, m49, cow, gw and name";
                    row.fault(report, "unknown-system", message, known);
                    return;
                };
                let term = row.term(report);
                systems.add(system, row.get("key"), row.get("code"), term);
            });
            faults.append(&mut report.faults);
        }
        for (n, state) in (0..).zip(gazetteer.states()) {
            for (system, number) in [(System::Cow, state.cow), (System::Gw, state.gw)] {
                if let Some(number) = number {
                    systems.add(system, &number.to_string(), &state.code, state.term);
                }
            }
            systems.add_unless_there(System::Alpha3, &state.code, &state.code);
            let named = gazetteer.names().targets(&state.name);
            if named.contains(&Target::State(n)) {
                systems.add_unless_there(System::Name, &state.name, &state.code);
            }
        }
        systems
    }

    fn add(&mut self, system: System, key: &str, code: &str, term: Term) {
        let meaning = Meaning { code: code.into(), term };
        self.meanings.entry((system, key.into())).or_default().push(meaning);
    }

    fn add_unless_there(&mut self, system: System, key: &str, code: &str) {
        if !self.meanings.contains_key(&(system, key.into())) {
            self.add(system, key, code, Term::default());
        }
    }

    /// The state that `key` means in `system` at that time.
    ///
    /// A key with one meaning has it whatever the time: lists differ in when they let a state begin. Of several meanings the one
    /// counts whose state stood on the day, or for most days of the year. `None` where the key is unknown, or none of its
    /// states stood then.
    pub fn code(&self, system: System, key: &str, when: When) -> Option<&str> {
        match self.meanings.get(&(system, Box::from(key)))?.as_slice() {
            [only] => Some(&only.code),
            several => {
                let (first, last) = when.days()?;
                let standing = several.iter().map(|it| (days_of(it.term, first, last), &*it.code));
                // Of equal stretches the first in the table: `max_by_key` would take the last.
                let best = standing.rev().max_by_key(|(days, _)| *days)?;
                (best.0 > 0).then_some(best.1)
            }
        }
    }

    /// Whether the key means something at some time.
    pub fn knows(&self, system: System, key: &str) -> bool {
        self.meanings.contains_key(&(system, Box::from(key)))
    }
}

/// How many of the days from `first` to `last` lie inside the term.
fn days_of(term: Term, first: Date, last: Date) -> i32 {
    let from = term.from.map_or(first, |from| from.max(first));
    let to = term.to.and_then(|to| to.yesterday().ok()).map_or(last, |to| to.min(last));
    from.until(to).map_or(0, |span| span.get_days() + 1).max(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Codebook;

    #[test]
    fn numbers_mean_the_state_of_their_day() {
        let systems = Codebook::embedded().unwrap().systems;
        let cow = |number: &str, year| systems.code(System::Cow, number, When::Year(year));
        assert_eq!(cow("816", 1960), Some("VNM"));
        assert_eq!(cow("365", 1913), Some("RUS"));
        assert_eq!(cow("365", 1991), Some("SUN"), "for 358 days of it");
        assert_eq!(cow("365", 1992), Some("RUS"));
        assert_eq!(cow("345", 1900), Some("SRB"));
        assert_eq!(cow("345", 1990), Some("YUG"));
        assert_eq!(cow("345", 2005), Some("SCG"));
        assert_eq!(cow("345", 2016), Some("SRB"));
        assert_eq!(cow("260", 1970), Some("DEU"));
        assert_eq!(cow("817", 1970), Some("COW:817"));
        assert_eq!(cow("999", 1970), None);
        let gw = |number: &str, year| systems.code(System::Gw, number, When::Year(year));
        assert_eq!(gw("816", 1960), Some("VNM"));
        assert_eq!(gw("815", 1880), Some("GW:815"), "Annam is not the Vietnam of today");
        assert_eq!(gw("340", 2010), Some("SRB"));
        assert_eq!(gw("678", 2010), Some("YEM"));
        assert_eq!(gw("255", 1930), Some("DEU"));
        assert_eq!(gw("260", 2000), Some("DEU"));
    }

    #[test]
    fn codes_of_iso_and_names() {
        let systems = Codebook::embedded().unwrap().systems;
        let day = |text: &str| When::Day(text.parse().unwrap());
        assert_eq!(systems.code(System::Alpha2, "RU", day("1960-10-01")), Some("SUN"));
        assert_eq!(systems.code(System::Alpha2, "CS", day("1960-10-01")), Some("CSK"));
        assert_eq!(systems.code(System::Alpha2, "CS", day("2004-10-01")), Some("SCG"));
        assert_eq!(systems.code(System::Alpha2, "CS", day("1999-10-01")), None);
        assert_eq!(systems.code(System::Alpha2, "NA", day("2004-10-01")), Some("NAM"));
        assert_eq!(systems.code(System::M49, "842", When::Year(2015)), Some("USA"));
        assert_eq!(systems.code(System::M49, "704", When::Year(2015)), Some("VNM"));
        assert_eq!(systems.code(System::Name, "Viet Nam", When::Year(2015)), Some("VNM"));
        assert_eq!(
            systems.code(System::Name, "Hanoi", When::Year(2015)),
            None,
            "a seat is no name"
        );
        assert_eq!(systems.code(System::Alpha3, "ROM", When::Year(1999)), Some("ROU"));
    }
}
