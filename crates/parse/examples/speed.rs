//! Measures the parser on text files: words a second of processor time for the splitter and for everything, cycles a word,
//! time to load the model, allocations a sentence.
//!
//! `cargo run --release -p hedgerow-parse --example speed -- [--model FILE] FILE…`

#![allow(clippy::print_stdout, reason = "printing is what this program is for")]
#![allow(
    unsafe_code,
    reason = "counting allocations needs an allocator of its own, cycles an instruction"
)]

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use hedgerow_parse::{Model, Parser};
use hedgerow_text::Span;

struct Counting;

static ALLOCATIONS: AtomicU64 = AtomicU64::new(0);

// SAFETY: every call is handed on to the system's allocator as it is.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Ordering::Relaxed);
        // SAFETY: the caller's promises are those that the system's allocator asks for.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        // SAFETY: as above.
        unsafe { System.dealloc(place, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Rounds, of which the fastest counts, as the least disturbed.
const ROUNDS: usize = 9;
/// The system tells processor time in steps of some milliseconds, so each round lasts at least this long.
const SECONDS: f64 = 0.3;

/// Seconds of processor time of this thread, where the system tells; other programs do not count then.
fn seconds(start: Instant) -> f64 {
    let line = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let spent = line.split(' ').next().and_then(|first| first.parse::<f64>().ok());
    spent.map_or_else(|| start.elapsed().as_secs_f64(), |nanoseconds| nanoseconds / 1e9)
}

/// Ticks of the processor's clock, which runs at its nominal frequency.
fn cycles() -> u64 {
    #[cfg(target_arch = "x86_64")]
    {
        // SAFETY: the instruction only reads a counter.
        unsafe { std::arch::x86_64::_rdtsc() }
    }
    #[cfg(not(target_arch = "x86_64"))]
    {
        0
    }
}

/// The least seconds that one call of `work` takes.
fn fastest(start: Instant, mut work: impl FnMut()) -> f64 {
    let mut least = f64::INFINITY;
    for _ in 0..ROUNDS {
        let (from, wall) = (seconds(start), Instant::now());
        let mut calls = 0;
        while calls == 0 || wall.elapsed().as_secs_f64() < SECONDS {
            work();
            calls += 1;
        }
        let spent = seconds(start) - from;
        if spent > 0.0 {
            least = least.min(spent / f64::from(calls));
        }
    }
    least
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let start = Instant::now();
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let (wall, frequency) = (Instant::now(), cycles());
    let ready = |file: Option<&[u8]>| match file {
        Some(bytes) => Model::from_bytes(bytes),
        None => Model::english(),
    };
    let mut file = None;
    if args.first().is_some_and(|arg| arg == "--model") {
        file = Some(std::fs::read(args.get(1).ok_or("--model needs a file")?)?);
        args.drain(..2);
    }
    let model = ready(file.as_deref())?;
    let load = fastest(start, || drop(std::hint::black_box(ready(file.as_deref()))));
    println!("model ready in {:.1} ms", load * 1e3);
    let texts: Vec<String> = args.iter().map(std::fs::read_to_string).collect::<Result<_, _>>()?;
    let mut parser = Parser::new(&model);
    let (mut words, mut sentences) = (0, 0);
    let split = fastest(start, || {
        (words, sentences) = (0, 0);
        for text in &texts {
            let found = parser.split(text, Span::new(0, text.len() as u32));
            words += found.iter().map(Vec::len).sum::<usize>();
            sentences += found.len();
        }
    });
    let cold = fastest(start, || {
        let mut parser = Parser::new(&model);
        for text in &texts {
            std::hint::black_box(parser.parse(text, Span::new(0, text.len() as u32)));
        }
    });
    let mut read = || {
        for text in &texts {
            std::hint::black_box(parser.parse(text, Span::new(0, text.len() as u32)));
        }
    };
    let all = fastest(start, &mut read);
    let mut of_kernels = Vec::new();
    for (name, mut parser) in Parser::variants(&model) {
        let spent = fastest(start, || {
            for text in &texts {
                std::hint::black_box(parser.parse(text, Span::new(0, text.len() as u32)));
            }
        });
        of_kernels.push((name, spent));
    }
    let before = ALLOCATIONS.load(Ordering::Relaxed);
    read();
    let allocations = ALLOCATIONS.load(Ordering::Relaxed) - before;
    let hertz = (cycles() - frequency) as f64 / wall.elapsed().as_secs_f64();
    let words = words as f64;
    println!("{words} words in {sentences} sentences");
    println!(
        "splitter alone: {:.0} words a second, {:.0} cycles a word",
        words / split,
        split * hertz / words
    );
    println!(
        "words, tags, lemmas and trees: {:.0} words a second, {:.0} cycles a word",
        words / all,
        all * hertz / words
    );
    for (name, spent) in of_kernels {
        println!("  with the kernels for {name}: {:.0} words a second", words / spent);
    }
    println!(
        "the same by a parser that has met no word before: {:.0} words a second",
        words / cold
    );
    println!(
        "allocations: {:.1} a sentence",
        allocations as f64 / f64::from(sentences.max(1) as u32)
    );
    Ok(())
}
