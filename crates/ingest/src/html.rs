//! Pages: which part of them is the article?
//!
//! A page passes a [`gate`], is cleared of what [`sites`] know to be no article, and is read by two methods: the readability
//! algorithm that browsers use (`dom_smoothie`), and the [`density`] of its blocks. A rule for the site goes before both.
//! Where the two disagree the page says so, and what the page repeats for machines decides if it is there.

pub(crate) mod block;
mod density;
mod gate;
mod meta;
mod sites;

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use dom_query::Document;
use dom_smoothie::{Config, Readability};
use hedgerow_text::Meta;

use crate::deadline::{self, Overrun};
use block::{Block, blocks, join};

pub use sites::Sites;

/// The name under which texts taken from pages say where they come from. It changes when the same page would give another
/// text.
pub(crate) const EXTRACTOR: &str = "html.v1 (dom_smoothie 0.19)";
/// Pages that are longer are no pages (bytes).
const MAX_BYTES: usize = 16 << 20;
/// A page is given up after this time.
const LIMIT: Duration = Duration::from_secs(20);
/// Two texts that share fewer of their words are two opinions.
const AGREE: f64 = 0.6;
/// Fewer words are no article.
const MIN_WORDS: usize = 20;

/// An article, taken from a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Page {
    /// Headline and paragraphs.
    pub(crate) text: String,
    /// What the page says of its publication.
    pub(crate) meta: Meta,
    /// What a person should look at.
    pub(crate) remark: Option<String>,
}

/// What is wrong with a page, and what to do.
pub(crate) type Wrong = (String, String);

/// Takes the article out of a page; `url` is where the page was found.
pub(crate) fn extract(html: String, url: Option<&str>, sites: &Arc<Sites>) -> Result<Page, Wrong> {
    check(&html)?;
    let (url, sites) = (url.map(str::to_owned), Arc::clone(sites));
    deadline::run(LIMIT, move || article(&html, url, &sites)).map_err(overrun)?
}

/// The text of a piece of HTML that is known to be all article: an entry of a feed, a message.
pub(crate) fn fragment(html: String) -> Result<String, Wrong> {
    check(&html)?;
    let read = move || join(&blocks(&Document::fragment(html).root()));
    deadline::run(LIMIT, read).map_err(overrun)
}

fn check(html: &str) -> Result<(), Wrong> {
    if html.len() > MAX_BYTES {
        let wrong =
            format!("is longer than {} MiB, the most that a page may have", MAX_BYTES >> 20);
        return Err((wrong, SAVE.to_owned()));
    }
    gate::check(html).map_err(|closed| (format!("is not read: {}", closed.why()), SAVE.to_owned()))
}

const SAVE: &str = "save the text of the article itself";

fn overrun(overrun: Overrun) -> Wrong {
    let wrong = match overrun {
        Overrun::TimedOut => format!("was given up after {} seconds", LIMIT.as_secs()),
        Overrun::Panicked => "the library that reads pages failed on it".to_owned(),
    };
    (wrong, SAVE.to_owned())
}

fn article(html: &str, url: Option<String>, sites: &Sites) -> Result<Page, Wrong> {
    let page = Document::from(html);
    let known = meta::read(&page);
    let url = url.or_else(|| known.meta.url.clone());
    let host = url.as_deref().and_then(|it| url::Url::parse(it).ok());
    let said = sites.apply(host.as_ref().and_then(url::Url::host_str), &page);

    let mut meta = known.meta;
    // A canonical address is the page's own; where it was found is second best.
    meta.url = meta.url.or_else(|| url.clone());
    meta.title = said.title.or(meta.title);
    meta.outlet = said.outlet.or(meta.outlet);
    if let Some(when) = said.published.as_deref().and_then(crate::date::read) {
        meta = meta.published(when);
    }

    let ruled = said.body.map(|matcher| {
        let found = page.select_matcher(&matcher);
        let all: Vec<Block> = found.nodes().iter().flat_map(blocks).collect();
        join(all.iter().filter(|it| !it.aside))
    });
    let (body, remark) = match ruled.filter(|it| is_article(it)) {
        Some(body) => (body, None),
        None => chosen(page, known.body.as_deref()),
    };
    if !is_article(&body) {
        let wrong = "no article was found in this page".to_owned();
        return Err((
            wrong,
            "save the text of the article itself, or add a rule for the site (docs/ingest.md)"
                .to_owned(),
        ));
    }
    Ok(Page { text: with_title(meta.title.as_deref(), &body), meta, remark })
}

/// The article by two methods, and what is to be said where they differ. The page is used up.
fn chosen(page: Document, repeated: Option<&str>) -> (String, Option<String>) {
    let all = blocks(&page.root());
    let good = density::article(&all);
    let dense = join(all.iter().zip(good).filter_map(|(block, good)| good.then_some(block)));
    let read = join(of_page(&all, &readable(page)));
    if !is_article(&read) {
        return (dense, None);
    }
    let agreement = density::agreement(&read, &dense);
    if !is_article(&dense) || agreement >= AGREE {
        return (read, None);
    }
    if let Some(repeated) = repeated.filter(|it| is_article(it)) {
        let nearer = density::agreement(&dense, repeated) > density::agreement(&read, repeated);
        return (if nearer { dense } else { read }, None);
    }
    let words = |text: &str| text.split_whitespace().count();
    let remark = format!(
        "two ways of finding the article took {} and {} words, with {:.0} % in common; look at the text kept, and add a rule \
         for the site where it is wrong",
        words(&read),
        words(&dense),
        agreement * 100.0
    );
    (read, Some(remark))
}

/// The text that the readability algorithm takes for the article.
fn readable(page: Document) -> String {
    let config = Config { disable_json_ld: true, ..Config::default() };
    let parsed = Readability::with_document(page, None, Some(config)).and_then(|mut it| it.parse());
    parsed.map(|it| it.text_content.to_string()).unwrap_or_default()
}

/// The blocks of a page that a text was made of. The library rearranges what it reads; the page's own blocks know where
/// their lines end, what in them is a link, and what they stand in.
fn of_page<'b>(all: &'b [Block], text: &str) -> Vec<&'b Block> {
    let words = folded(text);
    let known: HashSet<&[String]> = words.windows(3).collect();
    let single: HashSet<&String> = words.iter().collect();
    let is_in = |block: &&Block| {
        let own = folded(&block.text);
        let (found, of) = if own.len() < 3 {
            (own.iter().filter(|it| single.contains(it)).count(), own.len())
        } else {
            (own.windows(3).filter(|it| known.contains(it)).count(), own.len() - 2)
        };
        // At the edges of a block the library may have run two together.
        found * 10 >= of * 8 && !block.aside && block.linked * 2 < block.text.chars().count()
    };
    all.iter().filter(is_in).collect()
}

/// The words of a text, in small letters.
fn folded(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|it| !it.is_empty())
        .map(str::to_lowercase)
        .collect()
}

fn is_article(text: &str) -> bool {
    text.split_whitespace().take(MIN_WORDS).count() == MIN_WORDS
}

/// The body under its headline, which is said once.
pub(crate) fn with_title(title: Option<&str>, body: &str) -> String {
    match title {
        Some(title) => {
            let named = folded(title);
            let said = body.split("\n\n").take(3).any(|it| folded(it) == named);
            if said { format!("{body}\n") } else { format!("{title}\n\n{body}\n") }
        }
        None => format!("{body}\n"),
    }
}

/// Text in one line, or nothing where nothing is left of it.
pub(crate) fn plain(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let line: String = words.join(" ").chars().filter(|c| !c.is_control()).take(1_000).collect();
    (!line.is_empty()).then_some(line)
}
