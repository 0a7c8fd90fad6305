//! Generates event data and imports it, to measure the rate.
//!
//! ```text
//! events make icews|gdelt ROWS FILE     write ROWS rows in that shape
//! events import icews|gdelt-events FILE LEDGER     import them, and say how fast
//! events series LEDGER A B...     monthly sums of A with each B, and how fast
//! events hedge LEDGER SOURCE A B C     the hedge of A between B and C, year by year, from the events in the ledger, and how fast
//! ```
//!
//! Every generated row is an event between two states, in order of days, as the releases are: every row is kept.

use std::error::Error;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::time::Instant;
use std::{env, io};

use hedgerow_codebook::Codebook;
use hedgerow_data::import::{Done, Given};
use hedgerow_data::{import, kind};
use hedgerow_ledger::Ledger;
use hedgerow_measure::hedge::{Question, Settings, years};

/// Name and code of some states, the more active first.
const STATES: [(&str, &str); 40] = [
    ("United States", "USA"),
    ("China", "CHN"),
    ("Russian Federation", "RUS"),
    ("Japan", "JPN"),
    ("South Korea", "KOR"),
    ("Vietnam", "VNM"),
    ("India", "IND"),
    ("Israel", "ISR"),
    ("Iran", "IRN"),
    ("Turkey", "TUR"),
    ("United Kingdom", "GBR"),
    ("France", "FRA"),
    ("Germany", "DEU"),
    ("Pakistan", "PAK"),
    ("Ukraine", "UKR"),
    ("North Korea", "PRK"),
    ("Australia", "AUS"),
    ("Thailand", "THA"),
    ("Philippines", "PHL"),
    ("Indonesia", "IDN"),
    ("Malaysia", "MYS"),
    ("Singapore", "SGP"),
    ("Cambodia", "KHM"),
    ("Laos", "LAO"),
    ("Myanmar", "MMR"),
    ("Egypt", "EGY"),
    ("Saudi Arabia", "SAU"),
    ("Iraq", "IRQ"),
    ("Syria", "SYR"),
    ("Italy", "ITA"),
    ("Spain", "ESP"),
    ("Poland", "POL"),
    ("Mexico", "MEX"),
    ("Brazil", "BRA"),
    ("Argentina", "ARG"),
    ("Canada", "CAN"),
    ("South Africa", "ZAF"),
    ("Nigeria", "NGA"),
    ("Kenya", "KEN"),
    ("Ethiopia", "ETH"),
];

const CODES: [(&str, &str, u8, f32); 12] = [
    ("010", "Make statement", 1, 0.0),
    ("036", "Express intent to meet or negotiate", 1, 4.0),
    ("040", "Consult", 1, 1.0),
    ("042", "Make a visit", 1, 1.9),
    ("043", "Host a visit", 1, 2.8),
    ("046", "Engage in negotiation", 1, 7.0),
    ("057", "Sign formal agreement", 1, 8.0),
    ("061", "Cooperate economically", 2, 6.4),
    ("0871", "Declare truce, ceasefire", 2, 9.0),
    ("111", "Criticize or denounce", 3, -2.0),
    ("130", "Threaten", 3, -4.4),
    ("190", "Use conventional military force", 4, -10.0),
];

/// A sequence that looks random and is the same every time (`SplitMix64`).
struct Random(u64);

impl Random {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % n
    }

    /// Small numbers are more likely.
    fn skewed(&mut self, n: u64) -> usize {
        (self.below(n).min(self.below(n))) as usize
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let mut out = io::stdout().lock();
    match words[..] {
        ["make", shape, rows, file] => make(shape, rows.parse()?, Path::new(file)),
        ["import", word, file, ledger] => {
            let codebook = Codebook::embedded()?;
            let mut ledger = Ledger::open(ledger)?;
            let (begun, before) = (Instant::now(), processor());
            let done = import(kind(word)?, Path::new(file), &Given::default(), &codebook, Some(&mut ledger), false, &mut |_| {})?;
            let (seconds, worked) = (begun.elapsed().as_secs_f64(), processor() - before);
            if let Done::Kept(_, tally) = done {
                let rate = tally.read as f64 / seconds;
                writeln!(out, "{} rows, {} kept, {seconds:.1} s, {rate:.0} rows a second", tally.read, tally.kept)?;
                writeln!(out, "  {worked:.1} s of that on the processor: {:.0} a second", tally.read as f64 / worked)?;
            }
            Ok(())
        }
        ["series", ledger, a, ref others @ ..] => {
            let ledger = Ledger::open_reader(ledger)?;
            let begun = Instant::now();
            let (mut events, mut groups) = (0, 0);
            for b in others {
                for (from, to) in [(a, *b), (*b, a)] {
                    let found = ledger.event_counts(None, Some(from), Some(to), 10_000_101..=99_991_231)?;
                    events += found.iter().map(|it| it.events).sum::<u64>();
                    groups += found.len();
                }
            }
            writeln!(out, "{events} events in {groups} groups, {:.3} s", begun.elapsed().as_secs_f64())?;
            Ok(())
        }
        ["hedge", ledger, source, who, a, b] => hedge(Path::new(ledger), source, who, [a, b], &mut out),
        _ => Err("usage: events make icews|gdelt ROWS FILE; events import KIND FILE LEDGER; events series LEDGER A B...; events hedge LEDGER SOURCE A B C".into()),
    }
}

/// The series of leans between two rivals, from the events of a ledger alone.
fn hedge(
    ledger: &Path,
    source: &str,
    who: &str,
    rivals: [&str; 2],
    out: &mut impl Write,
) -> Result<(), Box<dyn Error>> {
    let codebook = Codebook::embedded()?;
    let ledger = Ledger::open_reader(ledger)?;
    let (begun, before) = (Instant::now(), processor());
    let rows = hedgerow_data::acts(&ledger, &codebook, source, who)?;
    let read = begun.elapsed().as_secs_f64();
    let days = || rows.iter().filter_map(|it| it.start);
    let (Some(first), Some(last)) = (days().min(), days().max()) else {
        return Err(format!("no events of {who}").into());
    };
    let question = Question {
        who: who.to_owned(),
        rivals: rivals.map(str::to_owned),
        camps: Vec::new(),
        at: jiff::civil::date(last.year(), 12, 31),
        settings: Settings::default(),
    };
    let years = years(&rows, &question, first.year(), last.year());
    let (taken, worked) = (begun.elapsed().as_secs_f64(), processor() - before);
    writeln!(
        out,
        "{} years from {} rows of dyad-years: {taken:.3} s ({read:.3} s reading), {worked:.3} s on the processor",
        years.len(),
        rows.len()
    )?;
    if let Some((year, [delivered, _])) = years.last()
        && let Some(it) = delivered.summary
    {
        writeln!(out, "{year}: L {:+.4} W {:.4} O {:.4}", it.lean, it.within, it.offset)?;
    }
    Ok(())
}

/// Seconds that this program has had the processor (Linux tells; elsewhere 0).
fn processor() -> f64 {
    let told = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    told.split_whitespace().next().and_then(|it| it.parse::<f64>().ok()).unwrap_or(0.0) / 1e9
}

fn make(shape: &str, rows: u64, file: &Path) -> Result<(), Box<dyn Error>> {
    let mut to = BufWriter::with_capacity(1 << 20, File::create(file)?);
    let mut random = Random(20_150_920);
    if shape == "icews" {
        writeln!(
            to,
            "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\tIntensity\tTarget Name\tTarget Sectors\tTarget Country\tStory ID\tSentence Number\tPublisher\tCity\tDistrict\tProvince\tCountry\tLatitude\tLongitude"
        )?;
    }
    let first = jiff::civil::date(1995, 1, 1);
    // Some 2,000 events a day between states.
    let mut day = first;
    for n in 0..rows {
        if n % 2_000 == 0 && n > 0 {
            day = day.tomorrow()?;
        }
        let a = random.skewed(40);
        let b = (a + 1 + random.skewed(39)) % 40;
        let (code, text, quad, score) = CODES[random.skewed(12)];
        let (office, press) = (random.skewed(30), random.skewed(400));
        let ((name_a, code_a), (name_b, code_b)) = (STATES[a], STATES[b]);
        if shape == "icews" {
            writeln!(
                to,
                "{}\t{day}\tOffice {office} ({name_a})\tExecutive,Foreign Ministry,Government\t{name_a}\t{text}\t{code}\t{score:.1}\tMilitary {} ({name_b})\tMilitary,Government\t{name_b}\t{}\t{}\tInvented Gazette {press}\tCity {office}\t\tProvince\t{name_a}\t{}.0245\t{}.841",
                20_000_000 + n,
                random.skewed(20),
                10_000_000 + n / 4,
                n % 4 + 1,
                random.below(80),
                random.below(180)
            )?;
        } else {
            let stamp = day.strftime("%Y%m%d");
            writeln!(
                to,
                "{}\t{stamp}\t{}\t{}\t{}.7096\t{code_a}GOV\t{}\t{code_a}\t\t\t\t\tGOV\t\t\t{code_b}MIL\t{}\t{code_b}\t\t\t\t\tMIL\t\t\t1\t{code}\t{}\t{}\t{quad}\t{score:.1}\t{}\t1\t{}\t-1.83486238532111\t4\tHanoi, Ha N?i, Vietnam\tVM\tVM44\t65622\t21.0333\t105.85\t-3714993\t4\tTokyo, Tokyo, Japan\tJA\tJA40\t36185\t35.685\t139.751\t-246227\t4\tHanoi, Ha N?i, Vietnam\tVM\tVM44\t65622\t21.0333\t105.85\t-3714993\t{stamp}123000\thttps://www.outlet{press}.example/world/{n}/a-long-title-of-an-article-that-was-never-written",
                400_000_000 + n,
                day.strftime("%Y%m"),
                day.year(),
                day.year(),
                name_a.to_uppercase(),
                name_b.to_uppercase(),
                &code[..3.min(code.len())],
                &code[..2],
                random.below(20) + 1,
                random.below(20) + 1,
            )?;
        }
    }
    Ok(to.flush()?)
}
