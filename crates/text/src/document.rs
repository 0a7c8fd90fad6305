//! What was published, as it was received.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Span, zone};

/// A text with what is known of its publication. The text is never changed; zones are spans into it.
#[derive(Debug, Clone)]
pub struct Document {
    /// Short name, unique within one run: the file stem, or the `id` of a JSON line.
    pub id: String,
    /// The text as received, front matter, site chrome and all.
    pub text: String,
    /// What is known of its publication.
    pub meta: Meta,
    /// The parts of the text in order; they do not overlap, and blank lines between them belong to none.
    pub zones: Vec<Zone>,
}

/// Publication data: from front matter, a JSON line, or the command line.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meta {
    /// Headline.
    pub title: Option<String>,
    /// Who printed it.
    pub outlet: Option<String>,
    /// Day of publication. Relative dates in the text ("last week") count from here.
    pub published: Option<Date>,
    /// Last day on which it can have been published, where only the month or the year is known. Then `published` is the
    /// first, and nothing that hangs on the day ("yesterday") is dated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_until: Option<Date>,
    /// Where it was found.
    pub url: Option<String>,
}

/// When something was published, as finely as it is known: `2015-09-20`, `2015-09-20T08:30:00Z`, `2015-09`, `2015`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Published {
    /// The first day it may have been.
    pub first: Date,
    /// The last day it may have been; the same where the day is known.
    pub last: Date,
}

impl std::str::FromStr for Published {
    type Err = NoDate;

    fn from_str(text: &str) -> Result<Self, NoDate> {
        let text = text.trim();
        let number = |part: &str| part.parse::<i16>().map_err(|_| NoDate);
        let digits =
            |part: &str, n: usize| part.len() == n && part.bytes().all(|b| b.is_ascii_digit());
        let (first, last) = match text.split_once('-') {
            None if digits(text, 4) => {
                let year = number(text)?;
                (Date::new(year, 1, 1), Date::new(year, 12, 31))
            }
            Some((year, month)) if digits(year, 4) && digits(month, 2) => {
                let month = month.parse().map_err(|_| NoDate)?;
                let first = Date::new(number(year)?, month, 1);
                (first.clone(), first.map(Date::last_of_month))
            }
            // The zone is that of the outlet, whose day counts.
            _ => {
                let day = text
                    .get(..10)
                    .filter(|_| text[10..].is_empty() || text[10..].starts_with(['T', ' ']));
                let date = day.ok_or(NoDate)?.parse();
                (date.clone(), date)
            }
        };
        Ok(Self { first: first.map_err(|_| NoDate)?, last: last.map_err(|_| NoDate)? })
    }
}

/// What was to be a date is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoDate;

impl std::fmt::Display for NoDate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("no date; write YYYY-MM-DD, or YYYY-MM where the day is not known")
    }
}

impl std::error::Error for NoDate {}

/// A mistake in front matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MetaError {
    /// The entry it is in.
    pub key: &'static str,
    /// What stands there.
    pub value: String,
    /// Where.
    pub span: Span,
}

impl std::fmt::Display for MetaError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "`{}: {}` is no date; write YYYY-MM-DD", self.key, self.value)
    }
}

impl std::error::Error for MetaError {}

impl Meta {
    /// What the front matter of `text` says: `title`, `outlet`, `published`, `url`; other entries are passed over.
    pub fn from_front_matter(text: &str) -> Result<Self, MetaError> {
        let mut meta = Self::default();
        for (key, value, span) in zone::front_matter(text) {
            let given = || (!value.is_empty()).then(|| value.to_owned());
            match key.as_str() {
                "title" => meta.title = given(),
                "outlet" => meta.outlet = given(),
                "url" => meta.url = given(),
                "published" if !value.is_empty() => {
                    let wrong = |_| MetaError { key: "published", value: value.to_owned(), span };
                    meta = meta.published(value.parse().map_err(wrong)?);
                }
                _ => {}
            }
        }
        Ok(meta)
    }

    /// This, with `other` where nothing is known.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            title: self.title.or(other.title),
            outlet: self.outlet.or(other.outlet),
            published: self.published.or(other.published),
            published_until: if self.published.is_some() {
                self.published_until
            } else {
                other.published_until
            },
            url: self.url.or(other.url),
        }
    }

    /// This, published then.
    #[must_use]
    pub fn published(self, when: Published) -> Self {
        let until = (when.first != when.last).then_some(when.last);
        Self { published: Some(when.first), published_until: until, ..self }
    }
}

/// A part of a text, and what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Zone {
    /// Where it lies.
    pub span: Span,
    /// What it is.
    pub kind: ZoneKind,
}

/// What a part of a text is. Only the kinds that [`ZoneKind::is_article`] names are coded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ZoneKind {
    /// Front matter between `---` lines: data about the document, not text.
    FrontMatter,
    /// The title.
    Headline,
    /// A heading between paragraphs.
    Heading,
    /// Place, outlet and date before the first sentence: "HANOI (Lotus Wire) – ".
    Dateline,
    /// The date or author line of a page.
    Byline,
    /// A paragraph of the article.
    Body,
    /// What is not the article: menus, comment forms, log-in prompts, share buttons.
    Boilerplate,
}

impl ZoneKind {
    /// Whether claims may come from here.
    pub const fn is_article(self) -> bool {
        matches!(self, Self::Headline | Self::Heading | Self::Body)
    }

    /// The name used in claims (`zone`).
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::FrontMatter => "front-matter",
            Self::Headline => "headline",
            Self::Heading => "heading",
            Self::Dateline => "dateline",
            Self::Byline => "byline",
            Self::Body => "body",
            Self::Boilerplate => "boilerplate",
        }
    }
}

impl Document {
    /// Longer texts are refused by every reader (bytes).
    pub const MAX_BYTES: usize = 32 << 20;

    /// A document whose zones are found in `text`.
    ///
    /// Only the first [`Document::MAX_BYTES`] are looked at; spans could not address what lies beyond 4 GiB.
    pub fn new(id: impl Into<String>, text: impl Into<String>, meta: Meta) -> Self {
        let text = text.into();
        let looked_at = (0..=Self::MAX_BYTES.min(text.len()))
            .rev()
            .find(|&at| text.is_char_boundary(at))
            .and_then(|at| text.get(..at))
            .unwrap_or("");
        let zones = zone::find(looked_at, meta.title.as_deref());
        Self { id: id.into(), text, meta, zones }
    }

    /// A text that is known to be a stretch of an article, one paragraph and nothing else: an example, a quotation.
    pub fn sentence(id: impl Into<String>, text: impl Into<String>, meta: Meta) -> Self {
        let text = text.into();
        let span = Span::new(0, text.len().min(Self::MAX_BYTES) as u32);
        Self { id: id.into(), text, meta, zones: vec![Zone { span, kind: ZoneKind::Body }] }
    }

    /// The zones that are coded, in order.
    pub fn article(&self) -> impl Iterator<Item = Zone> + '_ {
        self.zones.iter().copied().filter(|zone| zone.kind.is_article())
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{NoDate, Published};

    #[test]
    fn publication_is_known_as_finely_as_it_is_written() {
        let known = |text: &str| text.parse::<Published>().map(|p| (p.first, p.last));
        let day = date(2015, 9, 20);
        assert_eq!(known("2015-09-20"), Ok((day, day)));
        assert_eq!(known("2015-09-20T10:14:00Z"), Ok((day, day)));
        assert_eq!(known("2016-02"), Ok((date(2016, 2, 1), date(2016, 2, 29))));
        assert_eq!(known("1998"), Ok((date(1998, 1, 1), date(1998, 12, 31))));
        for wrong in [
            "20 September 2015",
            "2015-02-30",
            "15-09-20",
            "20150920",
            "",
            "２０１５-09-20",
            "2015-13",
        ] {
            assert_eq!(known(wrong), Err(NoDate), "{wrong}");
        }
    }
}
