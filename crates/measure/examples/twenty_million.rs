//! A hedge over twenty million generated events in the shape of ICEWS: `cargo run --release -p hedgerow-measure --example
//! twenty_million`. Prints what each step takes; the events are drawn anew from one seed each time.
#![allow(clippy::print_stdout, reason = "it prints what it measures")]

use std::time::Instant;

use hedgerow_measure::Domain;
use hedgerow_measure::acts::Acts;
use hedgerow_measure::hedge::{Question, Settings, years};
use jiff::civil::date;

const EVENTS: u32 = 20_000_000;
const STATES: u64 = 200;
const FIRST: i16 = 1995;
const LAST: i16 = 2024;

fn main() {
    let start = Instant::now();
    let acts = generate();
    let filled = start.elapsed();
    println!(
        "{} events of {STATES} states, {FIRST} to {LAST}, filled in {:.2} s",
        acts.len(),
        filled.as_secs_f64()
    );

    let start = Instant::now();
    let rows = acts.ties("S007", "generated");
    let question = Question {
        who: "S007".to_owned(),
        rivals: ["S000".to_owned(), "S001".to_owned()],
        camps: Vec::new(),
        at: date(LAST, 12, 31),
        settings: Settings::default(),
    };
    let years = years(&rows, &question, FIRST, LAST);
    let taken = start.elapsed().as_secs_f64();
    let last = years.last().and_then(|(_, [delivered, _])| delivered.summary);
    println!(
        "hedge of one state, {} years from {} rows of dyad-years: {taken:.3} s, {:.0} million events a second",
        years.len(),
        rows.len(),
        f64::from(EVENTS) / taken / 1e6
    );
    if let Some(summary) = last {
        println!("{LAST}: L {:+.4} W {:.4} O {:.4}", summary.lean, summary.within, summary.offset);
    }
}

fn generate() -> Acts {
    let mut acts = Acts::default();
    let codes: Vec<u16> = (0..STATES).filter_map(|n| acts.number(&format!("S{n:03}"))).collect();
    let mut word = 20_150_920_u64;
    let mut draw = |n: u64| {
        // A generator of the simplest kind: only the load matters.
        word = word.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (word >> 33) % n
    };
    for _ in 0..EVENTS {
        let (actor, recipient) = (draw(STATES), draw(STATES));
        let year = FIRST + draw((LAST - FIRST + 1) as u64) as i16;
        let domain = Domain::ALL[draw(4) as usize];
        let score = draw(201) as f32 / 10.0 - 10.0;
        acts.push(codes[actor as usize], codes[recipient as usize], year, domain, score);
    }
    acts
}
