//! Frames: sentences with places to fill, and the lists that fill them.

use std::collections::BTreeMap;

use hedgerow_codebook::lexicon::What;
use hedgerow_text::Span;

use super::verb::{self, Irregular};
use super::{Chance, Mood};

/// All frames of a file.
#[derive(Debug, Default)]
pub(super) struct Frames {
    lists: BTreeMap<String, Vec<String>>,
    irregular: Irregular,
    pub(super) all: Vec<Frame>,
}

/// One sentence with places.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) what: What,
    parts: Vec<Part>,
}

#[derive(Debug)]
enum Part {
    Words(String),
    Choice(Vec<String>),
    Verb(Vec<String>),
    Source(String),
    Target(String),
    List(String),
}

impl Frame {
    pub(super) fn has_verb(&self) -> bool {
        self.parts.iter().any(|part| matches!(part, Part::Verb(_)))
    }

    /// Whether it begins actor, verb, recipient, so that it can be put into the passive.
    fn is_plain(&self) -> bool {
        matches!(&self.parts[..], [Part::Source(_), Part::Words(a), Part::Verb(_), Part::Words(b), Part::Target(_), ..]
            if a == " " && b == " ")
    }
}

impl Frames {
    /// Reads lists, verbs and frames; a mistake is told with its line.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let mut frames = Self::default();
        let mut what = None;
        for (n, line) in text.lines().enumerate() {
            let wrong = |message: &str| format!("line {}: {message}", n + 1);
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some(rest) = line.strip_prefix("list ") {
                let (name, items) =
                    rest.split_once('=').ok_or_else(|| wrong("a list is NAME = a | b"))?;
                frames.lists.insert(
                    name.trim().to_owned(),
                    items.split('|').map(|i| i.trim().to_owned()).collect(),
                );
            } else if let Some(rest) = line.strip_prefix("irregular ") {
                for verb in rest.split('|') {
                    let forms: Vec<&str> = verb.split_whitespace().collect();
                    let [verb, past, part] = forms[..] else {
                        return Err(wrong("a verb has three forms"));
                    };
                    frames.irregular.insert(verb.to_owned(), (past.to_owned(), part.to_owned()));
                }
            } else if let Some(code) = line.strip_prefix("type ") {
                what =
                    Some(What::parse(code.trim()).ok_or_else(|| wrong("no code of the codebook"))?);
            } else {
                let what = what.clone().ok_or_else(|| wrong("no type stands before it"))?;
                let parts = parts(line).ok_or_else(|| wrong("a bracket is not closed"))?;
                frames.all.push(Frame { what, parts });
            }
        }
        for part in frames.all.iter().flat_map(|frame| &frame.parts) {
            if let Part::Source(list) | Part::Target(list) | Part::List(list) = part
                && !frames.lists.contains_key(list)
            {
                return Err(format!("there is no list `{list}`"));
            }
        }
        Ok(frames)
    }

    /// A sentence of `frame`, with actor and recipient; nothing where the mood does not suit it.
    pub(super) fn fill(
        &self,
        frame: &Frame,
        mood: Mood,
        (before, after): (&str, &str),
        chance: &mut Chance,
    ) -> Option<(String, Span, Span)> {
        let mut text = before.to_owned();
        let (mut source, mut target) = (None, None);
        let passive = matches!(mood, Mood::Passive);
        if passive && !frame.is_plain() {
            return None;
        }
        let mut plural = false;
        let order: Vec<usize> = if passive {
            [4, 1, 2, 3, 0].into_iter().chain(5..frame.parts.len()).collect()
        } else {
            (0..frame.parts.len()).collect()
        };
        for n in order {
            let start = text.len() as u32;
            match &frame.parts[n] {
                Part::Words(words) => text += words,
                Part::Choice(of) => text += chance.pick(of)?,
                Part::List(list) => text += chance.pick(self.lists.get(list)?)?,
                Part::Source(list) | Part::Target(list) => {
                    let name = chance.pick(self.lists.get(list)?)?;
                    text += name;
                    let span = Span::new(start, text.len() as u32);
                    if source.is_none() && target.is_none() {
                        let head = name.split(" of ").next()?.split(" in ").next()?;
                        plural = head.ends_with('s') && !head.ends_with("ss")
                            || head.ends_with("police");
                    }
                    let side = if matches!(frame.parts[n], Part::Source(_)) {
                        &mut source
                    } else {
                        &mut target
                    };
                    *side = Some(span);
                }
                Part::Verb(of) => text += &self.verb(chance.pick(of)?, mood, plural),
            }
        }
        text += after;
        text.push('.');
        let first = text.chars().next()?;
        if first.is_ascii_lowercase() {
            text.replace_range(..1, &first.to_ascii_uppercase().to_string());
        }
        Some((text, source?, target?))
    }

    fn verb(&self, verb: &str, mood: Mood, plural: bool) -> String {
        let (has, was) = if plural { ("have", "were") } else { ("has", "was") };
        match mood {
            Mood::Past => verb::past(verb, &self.irregular),
            Mood::Perfect => format!("{has} {}", verb::participle(verb, &self.irregular)),
            Mood::Passive => format!("{was} {} by", verb::participle(verb, &self.irregular)),
            Mood::To(lead, _) | Mood::Not(lead) => {
                let lead = if plural {
                    lead.replace("is ", "are ").replace("plans", "plan").replace(" it ", " they ")
                } else {
                    lead.to_owned()
                };
                format!("{lead} {verb}")
            }
            Mood::Stop(lead) => format!("{lead} {}", verb::gerund(verb)),
        }
    }
}

/// Splits a frame into its parts; nothing where a bracket is not closed.
fn parts(line: &str) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    let mut rest = line;
    while let Some(at) = rest.find(['{', '<', '(']) {
        if at > 0 {
            parts.push(Part::Words(rest[..at].to_owned()));
        }
        let close = match rest.as_bytes()[at] {
            b'{' => '}',
            b'<' => '>',
            _ => ')',
        };
        let end = at + rest[at..].find(close)?;
        let inside = &rest[at + 1..end];
        let several = || inside.split('|').map(str::to_owned).collect();
        parts.push(match (close, inside.split_once(':')) {
            ('}', Some(("S", list))) => Part::Source(list.to_owned()),
            ('}', Some((_, list))) => Part::Target(list.to_owned()),
            ('}', None) => Part::List(inside.to_owned()),
            ('>', _) => Part::Verb(several()),
            _ => Part::Choice(several()),
        });
        rest = &rest[end + 1..];
    }
    if !rest.is_empty() {
        parts.push(Part::Words(rest.to_owned()));
    }
    Some(parts)
}
