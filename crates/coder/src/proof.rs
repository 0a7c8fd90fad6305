//! Examples put to the test: what the codebook says of a sentence against what the coder gives.

use hedgerow_codebook::contexts::Shown;
use hedgerow_codebook::example::Example;
use hedgerow_codebook::{ClaimLine, Codebook};
use hedgerow_text::{Document, Meta};

use crate::Coder;

/// An example that does not hold.
#[derive(Debug, Clone, PartialEq)]
pub struct Broken {
    /// Where it stands: file, and sense where there is one.
    pub place: String,
    /// The sentence.
    pub text: String,
    /// What is wrong, one line for each claim.
    pub errors: Vec<String>,
}

/// Codes every example of the codebook whose place contains `filter` and reports those that do not hold.
pub fn prove(codebook: &Codebook, coder: &mut Coder<'_>, filter: &str) -> (usize, Vec<Broken>) {
    let pages = codebook
        .pages
        .iter()
        .map(|page| (page.file.clone(), page.kind.is_alone(), page.examples.clone()));
    let senses = codebook.lexicon.senses().iter().chain(codebook.alone.senses());
    let senses = senses.map(|sense| {
        let place = format!("{} [{}]", sense.file, sense.id);
        (place, sense.what.kind.is_alone(), sense.examples.read())
    });
    let mut tried = 0;
    let mut broken = Vec::new();
    for (place, alone, examples) in pages.chain(senses).filter(|(place, ..)| place.contains(filter))
    {
        for example in examples {
            tried += 1;
            let errors = errors_of(&example, alone, coder);
            if !errors.is_empty() {
                broken.push(Broken { place: place.clone(), text: example.text.clone(), errors });
            }
        }
    }
    for context in codebook.contexts.iter() {
        let place = format!("contexts.toml [{}]", context.name);
        for example in context.examples().iter().filter(|_| place.contains(filter)) {
            tried += 1;
            let errors = not_shown(example, coder);
            if !errors.is_empty() {
                broken.push(Broken { place: place.clone(), text: example.text.clone(), errors });
            }
        }
    }
    (tried, broken)
}

/// How the contexts of a sentence's claims differ from what an example of the codebook says.
fn not_shown(example: &Shown, coder: &mut Coder<'_>) -> Vec<String> {
    let meta = Meta { published: example.published, ..Meta::default() };
    let document = Document::sentence("example", &example.text, meta);
    let claims = coder.code(&document).claims;
    let claims: Vec<_> = claims.iter().filter(|claim| !claim.kind.is_alone()).collect();
    if claims.is_empty() {
        return vec!["it gives no claim, and so proves nothing".to_owned()];
    }
    let has = |name: &String| claims.iter().any(|claim| claim.contexts.contains(name));
    let lacking = example.given.iter().filter(|name| !has(name));
    let lacking = lacking.map(|name| format!("=> {name}   is not given"));
    let unwanted = example.absent.iter().filter(|name| has(name));
    let unwanted = unwanted.map(|name| format!("=> not {name}   is given"));
    let cured = example.missed.iter().filter(|name| has(name));
    let cured = cured.map(|name| format!("~> {name}   is given now: write => instead of ~>"));
    lacking.chain(unwanted).chain(cured).collect()
}

/// How the claims of an example differ from what it says. What is said of one state alone counts only if `alone`.
pub fn errors_of(example: &Example, alone: bool, coder: &mut Coder<'_>) -> Vec<String> {
    let meta = Meta { published: example.published, ..Meta::default() };
    let document = Document::sentence("example", &example.text, meta);
    let mut given: Vec<ClaimLine> = coder
        .code(&document)
        .claims
        .iter()
        .filter(|claim| alone || !claim.kind.is_alone())
        .map(|claim| bare(ClaimLine::from(claim), example))
        .collect();
    let mut errors = Vec::new();
    for (wanted, mark) in [(&example.given, "=>"), (&example.wrong, "x>")] {
        for line in wanted {
            let wanted = line.clone().canonical();
            match given.iter().position(|line| *line == wanted) {
                Some(found) => drop(given.remove(found)),
                None => errors.push(format!("{mark} {line}   is not given")),
            }
        }
    }
    for line in given {
        let cured = example.missed.iter().any(|missed| missed.clone().canonical() == line);
        let remark = if cured {
            "is given now: write => instead of ~>"
        } else {
            "is given, and is not in the example"
        };
        errors.push(format!("   {line}   {remark}"));
    }
    errors
}

/// A stance's topic counts only where an example gives one.
fn bare(line: ClaimLine, example: &Example) -> ClaimLine {
    use hedgerow_codebook::claim::Kind;
    let mut line = line.canonical();
    let mut listed = example.given.iter().chain(&example.wrong);
    if line.kind == Kind::Stance && listed.all(|w| w.kind != Kind::Stance || w.label.is_none()) {
        line.label = None;
    }
    line
}
