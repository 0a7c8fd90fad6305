//! Reading the tables.

use rustc_hash::FxHashMap;

use super::{Body, Gazetteer, Office, Organ, Person, Place, State, Target};
use crate::claim::Role;
use crate::fault::{Fault, Report};
use crate::source::Source;
use crate::table::{self, Row};

impl Gazetteer {
    /// Reads the tables of a codebook; mistakes go to `faults`.
    pub(crate) fn load(source: &Source, faults: &mut Vec<Fault>) -> Self {
        let mut gazetteer = Self::default();
        // Places come first: a name that is a place and a seat of government keeps both readings in this order.
        gazetteer.each(
            source,
            faults,
            "states",
            &["code", "name", "names", "demonyms", "capital"],
            Self::add_state,
        );
        gazetteer.each(source, faults, "organs", &["name", "code", "role"], Self::add_organ);
        gazetteer.each(source, faults, "bodies", &["code", "name", "aliases"], Self::add_body);
        gazetteer.each(
            source,
            faults,
            "places",
            &["name", "kind", "names", "state"],
            Self::add_place,
        );
        gazetteer.each(source, faults, "masks", &["name"], |g, row, _| {
            g.names.add(row.get("name"), Target::Mask);
        });
        let mut people = FxHashMap::default();
        gazetteer.each(
            source,
            faults,
            "offices",
            &["person", "surname", "code", "role", "title"],
            |g, row, report| {
                g.add_office(row, &mut people, report);
            },
        );
        gazetteer.each(source, faults, "titles", &["title", "role"], |g, row, report| {
            let role = role(row, report);
            g.titles.insert(row.get("title").into(), role);
        });
        gazetteer.each(source, faults, "organ_nouns", &["noun", "role"], |g, row, report| {
            let role = role(row, report);
            g.organ_nouns.insert(row.get("noun").into(), role);
        });
        gazetteer.each(
            source,
            faults,
            "descriptions",
            &["description", "codes"],
            Self::add_description,
        );
        for person in &mut gazetteer.people {
            person.offices.sort_by_key(|office| office.term.from);
        }
        gazetteer.names.finish();
        gazetteer
    }

    fn each(
        &mut self,
        source: &Source,
        faults: &mut Vec<Fault>,
        table: &str,
        columns: &[&str],
        mut add: impl FnMut(&mut Self, &Row<'_>, &mut Report<'_>),
    ) {
        // `states.tsv` and whatever a user adds beside it, `states.mine.tsv`.
        let stem = format!("gazetteer/{table}.");
        for (path, text) in source.under(&stem, "tsv") {
            let mut report = Report::new(path, text);
            table::read(text, columns, &mut report, |row, report| add(self, row, report));
            faults.append(&mut report.faults);
        }
    }

    fn add_description(&mut self, row: &Row<'_>, report: &mut Report<'_>) {
        let together = row.get("codes").contains('+');
        let codes: Vec<Box<str>> = match row.get("codes") {
            "*" => Vec::new(),
            all if together => all.split('+').map(|code| code.trim().into()).collect(),
            _ => row.list("codes").map(Into::into).collect(),
        };
        for code in &codes {
            let known = self.by_code.contains_key(code)
                || self.bodies.iter().any(|body| body.code == *code);
            if !known {
                let message = format!("no state or body has the code {code}");
                row.fault(report, "unknown-code", message, "see states.tsv and bodies.tsv");
            }
        }
        let kind = if together { &mut self.together } else { &mut self.descriptions };
        kind.insert(row.get("description").into(), codes);
    }

    fn add_state(&mut self, row: &Row<'_>, report: &mut Report<'_>) {
        let index = self.states.len() as u32;
        let state = State {
            code: row.get("code").into(),
            name: row.get("name").into(),
            term: row.term(report),
            cow: row.number("cow"),
            gw: row.number("gw"),
            currency: row.some("currency"),
            dollar: row.some("dollar"),
        };
        if self.by_code.insert(state.code.clone(), index).is_some() {
            row.fault(
                report,
                "duplicate-code",
                format!("the code {} is used twice", state.code),
                "keep one row",
            );
        }
        self.states.push(state);
        for (column, target) in [
            ("name", Target::State(index)),
            ("names", Target::State(index)),
            ("demonyms", Target::Demonym(index)),
            ("capital", Target::Seat(index)),
            ("metonyms", Target::Seat(index)),
        ] {
            for name in row.list(column) {
                // "US troops": a name that is an adjective too is a name first.
                if !(column == "demonyms"
                    && self.names.targets(name).contains(&Target::State(index)))
                {
                    self.names.add(name, target);
                }
            }
        }
    }

    fn add_organ(&mut self, row: &Row<'_>, report: &mut Report<'_>) {
        let index = self.organs.len() as u32;
        let organ = Organ {
            name: row.get("name").into(),
            code: row.get("code").into(),
            role: role(row, report),
        };
        self.check_code(&organ.code, row, report);
        self.names.add(&organ.name, Target::Organ(index));
        self.organs.push(organ);
    }

    fn add_body(&mut self, row: &Row<'_>, report: &mut Report<'_>) {
        let index = self.bodies.len() as u32;
        let (code, name) = (row.get("code").into(), row.get("name").into());
        let role = match row.get("kind") {
            "igo" | "bloc" => Role::Igo,
            "armed" => Role::Reb,
            _ => Role::Ngo,
        };
        self.bodies.push(Body { code, name, role, term: row.term(report) });
        for name in row.list("name").chain(row.list("aliases")) {
            self.names.add(name, Target::Body(index));
        }
    }

    fn add_place(&mut self, row: &Row<'_>, report: &mut Report<'_>) {
        let index = self.places.len() as u32;
        let place = Place {
            name: row.get("name").into(),
            kind: row.get("kind").into(),
            state: row.some("state"),
            claimants: row.list("claimants").map(Into::into).collect(),
            // `East Sea=VNM`: the name, and whose name it is.
            own_names: row
                .list("names")
                .filter_map(|it| it.split_once('='))
                .map(|(name, code)| (name.into(), code.into()))
                .collect(),
        };
        if let Some(code) = &place.state {
            self.check_code(code, row, report);
        }
        self.names.add(&place.name, Target::Place(index));
        for name in row.list("names") {
            self.names.add(name.split('=').next().unwrap_or(name), Target::Place(index));
        }
        self.places.push(place);
    }

    fn add_office(
        &mut self,
        row: &Row<'_>,
        people: &mut FxHashMap<Box<str>, u32>,
        report: &mut Report<'_>,
    ) {
        let (name, code) = (row.get("person"), row.get("code"));
        if !code.starts_with("IGO:") {
            self.check_code(code, row, report);
        }
        let new = self.people.len() as u32;
        let index = *people.entry(name.into()).or_insert(new);
        if index == new {
            let surname = Some(row.get("surname")).filter(|s| !s.is_empty());
            let surname = surname.unwrap_or_else(|| name.rsplit(' ').next().unwrap_or(name));
            self.people.push(Person {
                name: name.into(),
                surname: surname.into(),
                offices: Vec::new(),
            });
            self.names.add(name, Target::Person(index));
            self.surnames.entry(surname.into()).or_default().push(index);
        }
        for alias in row.list("aliases") {
            self.names.add(alias, Target::Person(index));
            if let Some(spelling) = other_spelling(name, alias) {
                let called = self.surnames.entry(spelling.into()).or_default();
                if !called.contains(&index) {
                    called.push(index);
                }
            }
        }
        let office = Office {
            code: code.into(),
            role: role(row, report),
            title: row.get("title").into(),
            term: row.term(report),
            source: row.get("source").into(),
        };
        self.people[index as usize].offices.push(office);
    }

    fn check_code(&self, code: &str, row: &Row<'_>, report: &mut Report<'_>) {
        if !self.by_code.contains_key(code) {
            row.fault(
                report,
                "unknown-code",
                format!("no state has the code `{code}`"),
                "see gazetteer/states.tsv",
            );
        }
    }
}

fn role(row: &Row<'_>, report: &mut Report<'_>) -> Role {
    Role::parse(row.get("role")).unwrap_or_else(|| {
        row.fault(
            report,
            "unknown-role",
            format!("unknown role `{}`", row.get("role")),
            "see docs/codebook.md",
        );
        Role::Unk
    })
}

/// The surname of an alias with the same given name, "Volodymyr Zelensky" of Volodymyr Zelenskiy: it may stand alone, too.
fn other_spelling<'a>(name: &str, alias: &'a str) -> Option<&'a str> {
    let (given, surname) = (name.split(' ').next()?, name.rsplit(' ').next()?);
    let (first, last) = (alias.split(' ').next()?, alias.rsplit(' ').next()?);
    let same = |a: &str, b: &str| a.chars().next() == b.chars().next();
    let name_like = last.chars().count() >= 3 && last.starts_with(char::is_uppercase);
    (first == given && last != first && last != surname && name_like && same(last, surname))
        .then_some(last)
}
