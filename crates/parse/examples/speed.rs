//! Measures the parser on text files: words a second of processor time for the splitter and for everything, time to load the model,
//! allocations per sentence.
//!
//! `cargo run --release -p hedgerow-parse --example speed -- FILE…`

#![allow(clippy::print_stdout, reason = "printing is what this program is for")]
#![allow(unsafe_code, reason = "counting allocations needs an allocator of its own")]

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

/// Seconds of processor time of this thread, where the system tells; other programs do not count then.
fn seconds(start: Instant) -> f64 {
    let line = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let spent = line.split(' ').next().and_then(|first| first.parse::<f64>().ok());
    spent.map_or_else(|| start.elapsed().as_secs_f64(), |nanoseconds| nanoseconds / 1e9)
}

/// Rounds over all files; the fastest counts, as the least disturbed.
const ROUNDS: usize = 7;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let start = Instant::now();
    let from = seconds(start);
    let model = Model::english()?;
    println!("model ready in {:.1} ms", (seconds(start) - from) * 1e3);
    let texts: Vec<String> =
        std::env::args().skip(1).map(std::fs::read_to_string).collect::<Result<_, _>>()?;
    let mut parser = Parser::new(&model);
    let (mut split, mut all) = (0f64, 0f64);
    let (mut words, mut sentences, mut allocations) = (0, 0, 0);
    for _ in 0..ROUNDS {
        (words, sentences) = (0, 0);
        let from = seconds(start);
        for text in &texts {
            let found = parser.split(text, Span::new(0, text.len() as u32));
            words += found.iter().map(Vec::len).sum::<usize>();
            sentences += found.len();
        }
        split = split.max(words as f64 / (seconds(start) - from));
        let before = ALLOCATIONS.load(Ordering::Relaxed);
        let from = seconds(start);
        for text in &texts {
            std::hint::black_box(parser.parse(text, Span::new(0, text.len() as u32)));
        }
        all = all.max(words as f64 / (seconds(start) - from));
        allocations = ALLOCATIONS.load(Ordering::Relaxed) - before;
    }
    println!("{words} words in {sentences} sentences");
    println!("splitter alone: {split:.0} words a second");
    println!("words, tags, lemmas and trees: {all:.0} words a second");
    println!("allocations: {:.1} a sentence", allocations as f64 / sentences.max(1) as f64);
    Ok(())
}
