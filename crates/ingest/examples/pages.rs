//! How many pages a second: `pages [N]` makes N invented pages of 90 kB in a folder of its own, takes their articles out by both
//! methods, and says how fast. `time` tells what of it was on the processor.
#![allow(clippy::print_stdout, reason = "it prints what it measures")]

use std::error::Error;
use std::fmt::Write as _;
use std::time::Instant;
use std::{env, fs, process};

use hedgerow_ingest::{Reader, find};

const WORDS: [&str; 16] = [
    "minister",
    "harbour",
    "agreement",
    "visited",
    "the",
    "of",
    "and",
    "patrol",
    "boats",
    "said",
    "trade",
    "to",
    "in",
    "officials",
    "deliver",
    "sea",
];

fn main() -> Result<(), Box<dyn Error>> {
    let pages: usize = env::args().nth(1).map_or(Ok(500), |it| it.parse())?;
    let folder = env::temp_dir().join(format!("hedgerow-pages-{}", process::id()));
    fs::create_dir_all(&folder)?;
    let mut bytes = 0;
    for n in 0..pages {
        let page = page(n);
        bytes += page.len();
        fs::write(folder.join(format!("{n:06}.html")), page)?;
    }
    let begun = Instant::now();
    let (found, ..) = find(std::slice::from_ref(&folder));
    let (mut read, mut refused, mut text, mut doubtful) = (0, 0, 0, 0);
    for input in Reader::new(found, None) {
        match input {
            Ok(it) => {
                read += 1;
                text += it.text.len();
                doubtful += usize::from(!it.remarks.is_empty());
            }
            Err(_) => refused += 1,
        }
    }
    let seconds = begun.elapsed().as_secs_f64();
    fs::remove_dir_all(&folder)?;
    println!(
        "{read} pages, {refused} refused, {doubtful} in doubt; {:.1} MB, {:.1} MB of text; {seconds:.2} s, {:.0} pages a second",
        bytes as f64 / 1e6,
        text as f64 / 1e6,
        f64::from(read) / seconds
    );
    Ok(())
}

/// Invented words.
struct Words(u64);

impl Words {
    fn some(&mut self, count: usize) -> String {
        let mut text = String::new();
        for i in 0..count {
            self.0 = self
                .0
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            text.push_str(WORDS[(self.0 >> 33) as usize % WORDS.len()]);
            text.push_str(if i % 14 == 13 { ". " } else { " " });
        }
        text
    }
}

/// A page as outlets make them: menus, teasers, an article, comments, scripts.
fn page(n: usize) -> String {
    let mut words = Words(n as u64 + 1);
    let mut page = String::from("<!doctype html><html><head><meta charset=utf-8><title>");
    page.push_str(&words.some(8));
    // Writing to a string cannot fail.
    let _ = write!(
        page,
        "</title><script>var x = [{}];</script></head><body><nav><ul>",
        "1,".repeat(8_000)
    );
    for i in 0..120 {
        let _ = write!(page, "<li class=menu-item><a href=/s/{i}>{}</a></li>", words.some(3));
    }
    let _ = write!(page, "</ul></nav><main><article><h1>{}</h1>", words.some(9));
    for _ in 0..25 {
        let (before, link, after) = (words.some(45), words.some(2), words.some(30));
        let _ = write!(page, "<p>{before}<a href=/x>{link}</a> {after}</p>");
    }
    page.push_str("</article><aside>");
    for i in 0..200 {
        let (title, day) = (words.some(9), words.some(3));
        let _ = write!(
            page,
            "<div class=teaser><a href=/t/{i}><h3>{title}</h3></a><span>{day}</span></div>"
        );
    }
    page.push_str("</aside><section id=comments>");
    for _ in 0..60 {
        let (who, what) = (words.some(2), words.some(25));
        let _ = write!(page, "<div class=comment><b>{who}</b><p>{what}</p></div>");
    }
    page.push_str("</section></main><footer>imprint</footer></body></html>");
    page
}
