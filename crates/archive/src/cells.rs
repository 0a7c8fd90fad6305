//! What measures need of a state's claims, straight from the columns: for archives in which a state has millions.
//!
//! A claim is never put together here. Its words decide what it measures, and few of them differ, so that each choice of words is
//! looked up once; claims of one fact count once, and facts that measure the same of the same pair in the same year become one row.

mod gather;

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, DefaultHasher, Hash, Hasher};

use arrow_array::RecordBatch;
use hedgerow_codebook::claim::{
    Actor, Amount, Claim, Evidence, Kind, Modality, Precision, Qualifier, Role, Unit, When,
};
use hedgerow_codebook::{Codebook, Domain, by_hand};
use hedgerow_measure::coded::{self, Rates, Told};
use hedgerow_measure::{Indicator, Series, TieRow};
use jiff::civil::{Date, date};

use crate::cell::day;
use crate::columns::{Days, Keys, Numbers, Texts, Truths, Wholes};
use crate::scan::{self, Parties};
use crate::{Archive, Error};

/// Claims are dealt out over so many heaps, all claims of a fact to one, so that heaps can be worked at side by side.
const HEAPS: usize = 8;

/// The columns that are read.
const COLUMNS: [&str; 24] = [
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
    "domain",
    "published",
    "stand",
    "dollars",
];
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
/// Where in them the sum of money begins.
const MONEY: usize = 8;

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
    sides: u32,
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
    said: [Vec<Said>; HEAPS],
    meanings: Vec<Option<Meaning>>,
    known: HashMap<(Words, i64, bool), u32>,
    sides: Vec<Sides>,
    met: HashMap<(String, String, bool), u32>,
}

/// The parties of a claim.
#[derive(Debug)]
struct Sides {
    /// Those pairs of them that the state is in.
    pairs: Vec<(String, String)>,
    /// Whether there are other pairs beside.
    several: bool,
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
        let columns = COLUMNS.map(str::to_owned);
        let parties = Parties::One(who.to_owned());
        let each = |part: &mut Part, _: &std::path::Path, batch: &RecordBatch| {
            part.add(batch, who, codebook, rates);
            Ok(())
        };
        let parts = scan::scan(self.files(), &parties, Some(&columns), |_| Part::default(), each)?;
        let said = parts.iter().flat_map(|it| &it.said).flatten();
        let newest = said.filter_map(|it| it.published).max();
        let (rows, facts) = gather::rows(&parts)?;
        Ok(Cells { rows, newest: newest.and_then(day), facts })
    }
}

impl Part {
    fn add(&mut self, batch: &RecordBatch, who: &str, codebook: &Codebook, rates: &Rates) {
        let words = WORDS.map(|name| Keys::of(batch, name));
        let (actors, recipients) = (Keys::of(batch, "actors"), Keys::of(batch, "recipients"));
        let (stand, precision) = (Keys::of(batch, "stand"), Keys::of(batch, "precision"));
        let days = ["date_start", "date_end", "published"].map(|name| Days::of(batch, name));
        let truths = ["symmetric", "cumulative"].map(|name| Truths::of(batch, name));
        let (amounts, polarity) = (Numbers::of(batch, "amount"), Wholes::of(batch, "polarity"));
        let (facts, dollars) = (Texts::of(batch, "fact"), Numbers::of(batch, "dollars"));
        let (mut meant, mut met): (Quick<[i32; 14], u32>, Quick<[i32; 3], u32>) =
            (HashMap::default(), HashMap::default());
        for at in 0..batch.num_rows() {
            let mut key = [0; 14];
            for (n, it) in words.iter().enumerate() {
                key[n] = it.key(at);
            }
            // A sum that is given in yen and in dollars counts as given in dollars.
            let in_dollars = dollars.get(at);
            if in_dollars.is_some() {
                key[MONEY..].fill(-2);
            }
            let tone = polarity.get(at);
            let [symmetric, cumulative] = [0, 1].map(|n| truths[n].get(at));
            let start = days[0].count(at);
            // Rates differ from day to day, but not those of a dollar.
            let on = if rates.per_dollar.is_empty() { None } else { start };
            (key[11], key[12], key[13]) =
                (tone.unwrap_or(9), i32::from(cumulative), on.unwrap_or(i32::MIN));
            let meaning = *meant.entry(key).or_insert_with(|| {
                let mut said: Words = std::array::from_fn(|n| words[n].word(at).map(str::to_owned));
                if in_dollars.is_some() {
                    let dollars = [Some("money"), Some("USD"), None];
                    said[MONEY..].clone_from_slice(&dollars.map(|it| it.map(str::to_owned)));
                }
                let numbers = (i64::from(key[11]) << 32) | i64::from(key[13]).rem_euclid(1 << 32);
                self.meaning(said, numbers, (tone, cumulative, on), codebook, rates)
            });
            let sides = [actors.key(at), recipients.key(at), i32::from(symmetric)];
            let sides = *met.entry(sides).or_insert_with(|| {
                let word = |it: &Keys<'_>| it.word(at).unwrap_or_default().to_owned();
                self.sides(word(&actors), word(&recipients), symmetric, who)
            });
            let fact = fingerprint(facts.get(at).unwrap_or_default());
            self.said[fact as usize % HEAPS].push(Said {
                fact,
                meaning,
                sides,
                precision: finer(precision.word(at)),
                start,
                end: days[1].count(at),
                published: days[2].count(at),
                amount: in_dollars.or_else(|| amounts.get(at)).unwrap_or(f64::NAN),
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

    fn sides(&mut self, actors: String, recipients: String, symmetric: bool, who: &str) -> u32 {
        let key = (actors, recipients, symmetric);
        if let Some(&known) = self.met.get(&key) {
            return known;
        }
        let claim = blank(Kind::Event).map(|it| Claim {
            actors: sides(&key.0),
            recipients: sides(&key.1),
            symmetric,
            ..it
        });
        // Votes have no unit that several could not share.
        let mut pairs =
            claim.and_then(|it| coded::pairs(&it, Indicator::Votes).ok()).unwrap_or_default();
        let several = pairs.len() > 1;
        pairs.retain(|(a, b)| a == who || b == who);
        let number = self.sides.len() as u32;
        self.sides.push(Sides { pairs, several });
        self.met.insert(key, number);
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
