//! What measures need of a state's claims, straight from the columns: for archives in which a state has millions.
//!
//! A claim is never put together here. Its words decide what it measures, and few of them differ, so that each choice of words is
//! looked up once; claims of one fact count once, and facts that measure the same of the same pair in the same year become one row.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasherDefault, DefaultHasher, Hash, Hasher};

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float64Type, Int32Type};
use arrow_array::{Array, RecordBatch};
use hedgerow_codebook::claim::{
    Actor, Amount, Claim, Evidence, Kind, Modality, Precision, Qualifier, Role, Unit, When,
};
use hedgerow_codebook::{Codebook, Domain, by_hand};
use hedgerow_measure::coded::{self, Rates, Told};
use hedgerow_measure::{Gather, Indicator, Origin, Reading, Series, TieRow, Window};
use jiff::civil::{Date, date};

use crate::cell::day;
use crate::scan::{self, Parties};
use crate::{Archive, Error, read};

/// The columns that are read.
const COLUMNS: [&str; 20] = [
    "fact",
    "kind",
    "type",
    "mode",
    "actors",
    "recipients",
    "symmetric",
    "date_start",
    "date_end",
    "precision",
    "amount",
    "unit",
    "currency",
    "amount_qualifier",
    "cumulative",
    "modality",
    "stage",
    "change",
    "level",
    "polarity",
];
/// The same.
const COLUMNS_TOO: [&str; 3] = ["domain", "published", "stand"];
/// Columns whose words decide what a claim measures, in the order of [`Words`].
const WORDS: [&str; 11] = [
    "kind",
    "type",
    "mode",
    "modality",
    "stage",
    "change",
    "level",
    "domain",
    "unit",
    "currency",
    "amount_qualifier",
];

type Words = [Option<String>; 11];
type Quick<K, V> = HashMap<K, V, BuildHasherDefault<DefaultHasher>>;

/// The rows of a state, and the day of its newest claim.
#[derive(Debug, Clone, PartialEq)]
pub struct Cells {
    /// One row for each pair, indicator, series and year; what stands keeps its own days. Its id names them, and
    /// `hedgerow dyad` lists the claims behind it.
    pub rows: Vec<TieRow>,
    /// When the newest claim was published.
    pub newest: Option<Date>,
    /// How many facts it rests on.
    pub facts: u64,
}

/// What a claim with certain words measures.
#[derive(Debug, Clone, Copy)]
struct Meaning {
    indicator: Indicator,
    series: Series,
    /// What it says of the size; of money, what one unit of the currency is.
    size: f64,
    denies: bool,
    goes_on: bool,
}

/// A claim, as far as measures go.
#[derive(Debug, Clone, Copy)]
struct Said {
    fact: u64,
    meaning: u32,
    parties: u32,
    precision: Precision,
    start: Option<i32>,
    end: Option<i32>,
    published: Option<i32>,
    amount: f64,
    agrees: bool,
}

/// The claims of one file.
#[derive(Debug, Default)]
struct Part {
    said: Vec<Said>,
    meanings: Vec<Option<Meaning>>,
    known: HashMap<(Words, i64, bool), u32>,
    pairs: Vec<Vec<(String, String)>>,
    sides: HashMap<(String, String, bool), u32>,
}

impl Archive {
    /// Whether every claim has its fact: then claims need not be taken together when they are asked for.
    ///
    /// # Errors
    /// Where a file cannot be read.
    pub fn has_facts(&self) -> Result<bool, Error> {
        scan::full(self.files(), "fact")
    }

    /// What the claims of a state measure, of an archive whose claims have facts. Of the claims of a fact the one that was
    /// published first among those that agree counts; of a claim's amounts, the main one.
    ///
    /// # Errors
    /// Where a file cannot be read.
    pub fn cells(&self, who: &str, codebook: &Codebook, rates: &Rates) -> Result<Cells, Error> {
        let columns: Vec<String> =
            COLUMNS.iter().chain(&COLUMNS_TOO).map(|it| (*it).to_owned()).collect();
        let parties = Parties::One(who.to_owned());
        let each = |part: &mut Part, _: &std::path::Path, batch: &RecordBatch| {
            part.add(batch, who, codebook, rates);
            Ok(())
        };
        let parts = scan::scan(self.files(), &parties, Some(&columns), |_| Part::default(), each)?;
        let newest = parts.iter().flat_map(|it| &it.said).filter_map(|it| it.published).max();
        let mut gathered = Gathered::default();
        let mut facts: Quick<u64, Fact> = HashMap::default();
        for (at, part) in parts.iter().enumerate() {
            for said in &part.said {
                facts.entry(said.fact).or_insert_with(|| Fact::of(at, said)).take(at, said);
            }
        }
        let count = facts.len() as u64;
        let mut facts: Vec<Fact> = facts.into_values().collect();
        // Sums of floating numbers depend on their order.
        facts.sort_unstable_by_key(|it| (it.part, it.order));
        for fact in &facts {
            gathered.add(&parts[fact.part], fact);
        }
        Ok(Cells { rows: gathered.rows(), newest: newest.and_then(day), facts: count })
    }
}

/// The claims of a fact, as they come.
#[derive(Debug, Clone, Copy)]
struct Fact {
    part: usize,
    order: (Option<i32>, u64),
    lead: Said,
    finest: Said,
    told: Option<i32>,
}

impl Fact {
    fn of(part: usize, said: &Said) -> Self {
        Self {
            part,
            order: (said.published, said.fact),
            lead: *said,
            finest: *said,
            told: said.published,
        }
    }

    /// One that agrees goes before one that does not, then the earlier; the finest date counts.
    fn take(&mut self, part: usize, said: &Said) {
        let rank = |it: &Said| (!it.agrees, it.published);
        if rank(said) < rank(&self.lead) {
            (self.part, self.lead) = (part, *said);
        }
        if said.precision < self.finest.precision {
            self.finest = *said;
        }
        self.told = self.told.into_iter().chain(said.published).min();
    }
}

impl Part {
    fn add(&mut self, batch: &RecordBatch, who: &str, codebook: &Codebook, rates: &Rates) {
        let words = WORDS.map(|name| Keys::of(batch, name));
        let (actors, recipients) = (Keys::of(batch, "actors"), Keys::of(batch, "recipients"));
        let (stand, precision) = (Keys::of(batch, "stand"), Keys::of(batch, "precision"));
        let days = ["date_start", "date_end", "published"].map(|name| Days::of(batch, name));
        let truth = ["symmetric", "cumulative"]
            .map(|name| batch.column_by_name(name).and_then(|it| it.as_boolean_opt().cloned()));
        let truth = |of: usize, at: usize| {
            truth[of].as_ref().is_some_and(|it| it.is_valid(at) && it.value(at))
        };
        let amounts =
            batch.column_by_name("amount").and_then(|it| it.as_primitive_opt::<Float64Type>());
        let polarity =
            batch.column_by_name("polarity").and_then(|it| it.as_primitive_opt::<Int32Type>());
        let facts = batch.column_by_name("fact");
        let facts = facts.and_then(|it| it.as_string_opt::<i32>());
        let (mut meant, mut met): (Quick<[i32; 14], u32>, Quick<[i32; 3], u32>) =
            (HashMap::default(), HashMap::default());
        for at in 0..batch.num_rows() {
            let mut key = [0; 14];
            for (n, it) in words.iter().enumerate() {
                key[n] = it.key(at);
            }
            let tone = polarity.filter(|it| it.is_valid(at)).map(|it| it.value(at));
            let cumulative = truth(1, at);
            let start = days[0].get(at);
            // Rates differ from day to day, but not those of a dollar.
            let on = if rates.per_dollar.is_empty() { None } else { start };
            (key[11], key[12], key[13]) =
                (tone.unwrap_or(9), i32::from(cumulative), on.unwrap_or(i32::MIN));
            let meaning = *meant.entry(key).or_insert_with(|| {
                let said: Words = std::array::from_fn(|n| words[n].word(at).map(str::to_owned));
                let numbers = (i64::from(key[11]) << 32) | i64::from(key[13]).rem_euclid(1 << 32);
                self.meaning(said, numbers, (tone, cumulative, on), codebook, rates)
            });
            let symmetric = truth(0, at);
            let sides = [actors.key(at), recipients.key(at), i32::from(symmetric)];
            let parties = *met.entry(sides).or_insert_with(|| {
                let word = |it: &Keys<'_>| it.word(at).unwrap_or_default().to_owned();
                self.parties(word(&actors), word(&recipients), symmetric, who)
            });
            let fact = facts.filter(|it| it.is_valid(at)).map_or("", |it| it.value(at));
            self.said.push(Said {
                fact: fingerprint(fact),
                meaning,
                parties,
                precision: finer(precision.word(at)),
                start,
                end: days[1].get(at),
                published: days[2].get(at),
                amount: amounts.filter(|it| it.is_valid(at)).map_or(f64::NAN, |it| it.value(at)),
                agrees: stand.word(at).is_none_or(|it| it == "agrees"),
            });
        }
    }

    fn meaning(
        &mut self,
        words: Words,
        numbers: i64,
        (tone, cumulative, on): (Option<i32>, bool, Option<i32>),
        codebook: &Codebook,
        rates: &Rates,
    ) -> u32 {
        if let Some(&known) = self.known.get(&(words.clone(), numbers, cumulative)) {
            return known;
        }
        let number = self.meanings.len() as u32;
        self.meanings.push(meaning(&words, tone, cumulative, on, codebook, rates));
        self.known.insert((words, numbers, cumulative), number);
        number
    }

    fn parties(&mut self, actors: String, recipients: String, symmetric: bool, who: &str) -> u32 {
        let key = (actors, recipients, symmetric);
        if let Some(&known) = self.sides.get(&key) {
            return known;
        }
        let claim = blank(Kind::Event).map(|it| Claim {
            actors: sides(&key.0),
            recipients: sides(&key.1),
            symmetric,
            ..it
        });
        // Votes have no unit that several could not share.
        let pairs =
            claim.and_then(|it| coded::pairs(&it, Indicator::Votes).ok()).unwrap_or_default();
        let several = pairs.len() > 1;
        let mut own: Vec<_> = pairs.into_iter().filter(|(a, b)| a == who || b == who).collect();
        if several {
            // Known by its being there twice: a sum for several is nobody's.
            own.push((String::new(), String::new()));
        }
        let number = self.pairs.len() as u32;
        self.pairs.push(own);
        self.sides.insert(key, number);
        number
    }
}

/// What a claim with these words measures, by the measure's own rules.
fn meaning(
    words: &Words,
    tone: Option<i32>,
    cumulative: bool,
    on: Option<i32>,
    codebook: &Codebook,
    rates: &Rates,
) -> Option<Meaning> {
    let [kind, type_, mode, modality, stage, change, level, domain, unit, currency, qualifier] =
        words;
    let parsed =
        |word: &Option<String>| serde_json::Value::String(word.clone().unwrap_or_default());
    let kind: Kind = serde_json::from_value(parsed(kind)).ok()?;
    let start = on.and_then(day).unwrap_or(date(2000, 1, 1));
    let amount = unit.as_ref().map(|_| Amount {
        value: Some(1.0),
        unit: serde_json::from_value(parsed(unit)).unwrap_or(Unit::Count),
        currency: currency.clone(),
        count_of: None,
        qualifier: serde_json::from_value(parsed(qualifier)).unwrap_or(Qualifier::Exact),
        text: String::new(),
    });
    let claim = Claim {
        actors: sides("AAA"),
        recipients: sides("BBB"),
        type_: type_.clone().unwrap_or_default(),
        mode: mode.clone(),
        modality: Modality::parse(modality.as_deref().unwrap_or("actual"))?,
        stage: stage.clone(),
        change: change.clone(),
        level: level.clone(),
        polarity: tone.and_then(|it| i8::try_from(it).ok()),
        amount,
        cumulative,
        date: When { start: Some(start), end: Some(start), precision: Precision::Day, text: None },
        ..blank(kind)?
    };
    let domain = match domain {
        Some(name) => Domain::parse(name)?,
        None => codebook.domains.of(&claim)?,
    };
    let told = Told { claim: &claim, publisher: "", published: None, agrees: true };
    let rows = coded::rows_in(domain, "", &[told], codebook, rates).ok()?;
    let row = rows.first()?;
    let reading = row.readings.first()?;
    Some(Meaning {
        indicator: row.indicator,
        series: row.series,
        size: reading.value,
        denies: reading.denies,
        goes_on: row.end.is_none(),
    })
}

/// A claim that says nothing yet.
fn blank(kind: Kind) -> Option<Claim> {
    let evidence = Evidence { start: 0, end: 0, bstart: 0, bend: 0, text: String::new() };
    by_hand::blank("", &evidence, kind).ok()
}

fn sides(codes: &str) -> Vec<Actor> {
    let party = |code: &str| Actor {
        code: code.to_owned(),
        name: String::new(),
        role: Role::Gov,
        person: None,
    };
    codes.split(';').filter(|it| !it.is_empty()).map(party).collect()
}

/// Facts that measure the same, put together.
#[derive(Debug, Default)]
struct Gathered {
    /// By pair, indicator, series and days: value, count, earliest telling.
    cells: BTreeMap<Cell, (f64, u64, Option<i32>)>,
}

/// A pair, what is measured of it, and when.
type Cell = (String, String, Indicator, Series, When3);

/// First and last day, and for what is not added up its size.
type When3 = (Option<i32>, Option<i32>, Option<u64>);

impl Gathered {
    fn add(&mut self, part: &Part, fact: &Fact) {
        let lead = &fact.lead;
        let Some(meaning) = part.meanings[lead.meaning as usize] else { return };
        if meaning.denies {
            return;
        }
        let money = meaning.indicator.unit() == "USD";
        let size = if money { meaning.size * lead.amount } else { meaning.size };
        if !size.is_finite() || size < 0.0 {
            return;
        }
        let finest = &fact.finest;
        let dated = finest.precision != Precision::None;
        let start = finest.start.or(finest.end).filter(|_| dated);
        let end = finest.end.or(finest.start).filter(|_| dated && !meaning.goes_on);
        let year_of = |days: Option<i32>| days.and_then(day).map(Date::year);
        // What is looked at by whole years is added up by year; what stands keeps its days.
        let sums = match meaning.indicator.window() {
            Window::Standing => false,
            Window::Trailing { months } => months % 12 == 0,
            Window::WholeYears { .. } => year_of(start) == year_of(end),
        };
        let sums = sums && meaning.indicator.gather() == Gather::Sum;
        let days = if sums {
            (start.and_then(first_of_year), None, None)
        } else {
            (start, end, Some(size.to_bits()))
        };
        let pairs = &part.pairs[lead.parties as usize];
        let several = pairs.last().is_some_and(|(a, _)| a.is_empty());
        if money && several {
            return;
        }
        for (a, b) in pairs.iter().filter(|(a, _)| !a.is_empty()) {
            let key = (a.clone(), b.clone(), meaning.indicator, meaning.series, days);
            let cell = self.cells.entry(key).or_insert((0.0, 0, None));
            cell.0 = if sums { cell.0 + size } else { size };
            cell.1 += 1;
            cell.2 = cell.2.into_iter().chain(fact.told).min();
        }
    }

    fn rows(self) -> Vec<TieRow> {
        let row = |(cell, (value, facts, told)): (Cell, (f64, u64, Option<i32>))| {
            let (actor, recipient, indicator, series, (start, end, size)) = cell;
            let year = |days: Option<i32>| days.and_then(day).map(Date::year);
            let when = year(start).map_or("undated".to_owned(), |it| it.to_string());
            let id = format!("archive:{actor}-{recipient}:{indicator}:{series}:{when}:{facts}");
            let id = size.map_or(id.clone(), |it| format!("{id}:{}:{it:x}", start.unwrap_or(0)));
            let last = year(start).and_then(|it| Date::new(it, 12, 31).ok());
            TieRow {
                actor,
                recipient,
                indicator,
                series,
                kind: "archive".to_owned(),
                start: start.and_then(day),
                end: if size.is_none() { last } else { end.and_then(day) },
                told: told.and_then(day),
                source: Origin::Reports,
                readings: vec![Reading {
                    value,
                    denies: false,
                    publishers: vec!["archive".to_owned()],
                    claims: vec![id.clone()],
                }],
                id,
            }
        };
        self.cells.into_iter().map(row).collect()
    }
}

/// Days since 1970 of the first day of the year of a day.
fn first_of_year(days: i32) -> Option<i32> {
    let it = day(days)?;
    Some(days - i32::from(it.day_of_year()) + 1)
}

/// Ids of facts are kept by fingerprints of eight bytes: of millions, two that share one are not to be expected.
fn fingerprint(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

fn finer(word: Option<&str>) -> Precision {
    match word {
        Some("day") => Precision::Day,
        Some("month") => Precision::Month,
        Some("year") => Precision::Year,
        _ => Precision::None,
    }
}

/// A column of codes, by the numbers of its dictionary; of a file without dictionaries numbers are given here.
pub(crate) struct Keys<'b> {
    keys: Vec<i32>,
    words: Vec<Option<std::borrow::Cow<'b, str>>>,
}

impl<'b> Keys<'b> {
    pub(crate) fn of(batch: &'b RecordBatch, name: &str) -> Self {
        let n = batch.num_rows();
        let Some(column) = batch.column_by_name(name) else {
            return Self { keys: vec![-1; n], words: Vec::new() };
        };
        if let Some(coded) = column.as_dictionary_opt::<Int32Type>()
            && let Some(words) = coded.values().as_string_opt::<i32>()
        {
            let key = |at: usize| if coded.is_valid(at) { coded.keys().value(at) } else { -1 };
            return Self {
                keys: (0..n).map(key).collect(),
                words: words.iter().map(|it| it.map(Into::into)).collect(),
            };
        }
        let mut numbers: HashMap<String, i32> = HashMap::new();
        let mut words = Vec::new();
        let mut key = |at: usize| {
            let Some(text) = read::text(batch, name, at) else { return -1 };
            *numbers.entry(text.clone()).or_insert_with(|| {
                words.push(Some(text.into()));
                i32::try_from(words.len()).unwrap_or(0) - 1
            })
        };
        let keys = (0..n).map(&mut key).collect();
        Self { keys, words }
    }

    pub(crate) fn key(&self, at: usize) -> i32 {
        self.keys[at]
    }

    pub(crate) fn word(&self, at: usize) -> Option<&str> {
        self.words.get(usize::try_from(self.keys[at]).ok()?)?.as_deref()
    }
}

/// A column of days since 1970.
struct Days<'b>(Option<&'b arrow_array::Date32Array>);

impl<'b> Days<'b> {
    fn of(batch: &'b RecordBatch, name: &str) -> Self {
        Self(batch.column_by_name(name).and_then(|it| it.as_primitive_opt::<Date32Type>()))
    }

    fn get(&self, at: usize) -> Option<i32> {
        self.0.filter(|it| it.is_valid(at)).map(|it| it.value(at))
    }
}
