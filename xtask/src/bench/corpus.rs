//! Articles to measure with, as many as are wanted and always the same: paragraphs of our own corpus among filler of our own.
//!
//! **General news**: an article has 22 sentences, of which two or so (one paragraph, drawn from `corpus/`) are about states and
//! the rest are town, weather, sport, market and court news put together from the lists below. So one sentence in ten can
//! hold a claim, as in a day of wires. **Dense**: paragraphs of the corpus alone; nearly every sentence names a state.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::Context;
use serde_json::json;

use crate::shell::root;

/// Sentences of filler in an article of general news.
const FILLER: usize = 20;
/// Paragraphs of the corpus in a dense article.
const DENSE: usize = 8;

const WHO: [&str; 24] = [
    "the town council",
    "the school board",
    "a spokesman for the club",
    "the manager",
    "the bakery on Mill Street",
    "the head coach",
    "the museum",
    "a neighbour",
    "the bus company",
    "the hospital",
    "the goalkeeper",
    "the orchestra",
    "the harbour master",
    "the landlord",
    "the librarian",
    "a judge",
    "the defence lawyer",
    "the brewery",
    "the theatre",
    "the surveyor",
    "the choir",
    "the night nurse",
    "the shop owner",
    "the gardener",
];
const DID: [&str; 24] = [
    "opened the new hall",
    "closed the old bridge",
    "raised prices by four per cent",
    "painted the fence green",
    "moved the stalls to the square",
    "won the second set",
    "lost the match in extra time",
    "repaired the roof",
    "counted the swans on the river",
    "sold the last tickets before noon",
    "planted forty trees",
    "cancelled the parade",
    "showed the plans to residents",
    "found a ring in the drain",
    "put off the vote",
    "hired two drivers",
    "cleaned the fountain",
    "measured the ground",
    "rehearsed the overture",
    "baked bread for the fair",
    "locked the gates",
    "adjourned the hearing",
    "painted the benches",
    "printed the programme",
];
const WHEN: [&str; 16] = [
    "on Monday",
    "on Tuesday evening",
    "after the storm",
    "before breakfast",
    "at the weekend",
    "in the early hours",
    "for the third time this year",
    "during the lunch break",
    "as the rain stopped",
    "shortly after nine",
    "despite the cold",
    "in front of a full house",
    "without a word",
    "to everyone's surprise",
    "as it does every spring",
    "for the first time since the flood",
];
const SAID: [&str; 12] = [
    "\"It was about time,\" one resident said.",
    "Nobody was hurt.",
    "The work will take until autumn.",
    "Tickets cost twelve at the door.",
    "Rain is expected to clear by the afternoon.",
    "The index fell half a point, led by builders and grocers.",
    "Shares in the brewery were little changed.",
    "Temperatures will stay below ten degrees in the valley.",
    "The score at half time was two to one.",
    "A date for the hearing has not been set.",
    "The queue reached as far as the post office.",
    "Parking is free after six.",
];

/// A row of numbers that look drawn: the same on every machine.
struct Draw(u64);

impl Draw {
    fn below(&mut self, n: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % n.max(1) as u64).unwrap_or(0)
    }

    fn of<'a, T: ?Sized>(&mut self, list: &[&'a T]) -> &'a T {
        list[self.below(list.len())]
    }
}

/// Writes `n` articles as JSON lines; `dense` ones, or general news. A file that is there is taken as it is.
pub(super) fn write(path: &Path, n: usize, dense: bool) -> anyhow::Result<()> {
    if path.exists() {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let paragraphs = paragraphs()?;
    let part = path.with_extension("part");
    let mut to = BufWriter::new(File::create(&part)?);
    let mut draw = Draw(2015);
    for i in 0..n {
        let text = if dense {
            let all: Vec<&str> =
                (0..DENSE).map(|_| paragraphs[draw.below(paragraphs.len())].as_str()).collect();
            all.join("\n\n")
        } else {
            general(&mut draw, &paragraphs)
        };
        let (month, day) = (draw.below(12) + 1, draw.below(28) + 1);
        let record = json!({"id": format!("g{i:07}"), "text": text, "published": format!("2015-{month:02}-{day:02}"),
            "outlet": format!("Wire {}", draw.below(40))});
        writeln!(to, "{record}")?;
    }
    to.flush()?;
    fs::rename(&part, path)?;
    Ok(())
}

fn general(draw: &mut Draw, paragraphs: &[String]) -> String {
    let own = draw.below(FILLER);
    let mut text = String::new();
    for n in 0..FILLER {
        if n == own {
            text.push_str("\n\n");
            text.push_str(&paragraphs[draw.below(paragraphs.len())]);
            text.push_str("\n\n");
        }
        if draw.below(4) == 0 {
            text.push_str(draw.of(&SAID));
        } else {
            let who = draw.of(&WHO);
            let (first, rest) = who.split_at(1);
            text.push_str(&first.to_uppercase());
            text.extend([rest, " ", draw.of(&DID), " ", draw.of(&WHEN)]);
            if draw.below(3) == 0 {
                text.extend([", and ", draw.of(&WHO), " ", draw.of(&DID)]);
            }
            text.push('.');
        }
        text.push_str(if n % 4 == 3 { "\n\n" } else { " " });
    }
    text
}

/// Paragraphs of the corpus, without what stands before the article.
fn paragraphs() -> anyhow::Result<Vec<String>> {
    let folder = root().join("corpus");
    let mut files: Vec<_> = fs::read_dir(&folder)
        .with_context(|| folder.display().to_string())?
        .filter_map(|it| Some(it.ok()?.path()))
        .filter(|it| it.extension().is_some_and(|it| it == "md"))
        .collect();
    files.sort();
    let mut all = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file)?;
        let body = text
            .strip_prefix("---\n")
            .and_then(|it| it.split_once("\n---\n"))
            .map_or(&*text, |it| it.1);
        let whole = |it: &&str| it.ends_with(['.', '"', '”']) && it.split(' ').count() > 12;
        all.extend(body.split("\n\n").map(str::trim).filter(whole).map(|it| it.replace('\n', " ")));
    }
    Ok(all)
}
