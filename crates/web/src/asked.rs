//! What a request asks for after the question mark, and the address that it was sent to.

use axum::http::Uri;
use jiff::civil::Date;

use crate::problem::Problem;
use crate::url;

/// The most rows that one answer of a list has.
const MOST: u64 = 1_000;

/// The fields of a query, in order; a name may come several times.
#[derive(Debug, Clone, Default)]
pub(crate) struct Asked(Vec<(String, String)>);

impl Asked {
    /// Reads the query of an address; what cannot be read asks for nothing.
    pub(crate) fn of(uri: &Uri) -> Self {
        let fields = axum::extract::Query::<Vec<(String, String)>>::try_from_uri(uri);
        Self(fields.map(|it| it.0).unwrap_or_default())
    }

    /// The first value of that name that is not empty, without blanks around it.
    pub(crate) fn get<'a>(&'a self, name: &'a str) -> Option<&'a str> {
        self.all(name).next()
    }

    /// Every value of that name that is not empty.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let named = self.0.iter().filter(move |(it, _)| it == name);
        named.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    /// A whole number.
    pub(crate) fn number(&self, name: &str) -> Result<Option<u64>, Problem> {
        let Some(text) = self.get(name) else { return Ok(None) };
        let wrong = || Problem::asked(format!("`{name}={text}` is no whole number"));
        text.parse().map(Some).map_err(|_| wrong())
    }

    /// A day.
    pub(crate) fn day(&self, name: &str) -> Result<Option<Date>, Problem> {
        let Some(text) = self.get(name) else { return Ok(None) };
        let wrong = || {
            Problem::asked(format!("`{name}={text}` is no day")).hint("days are written 2015-09-20")
        };
        text.parse().map(Some).map_err(|_| wrong())
    }

    /// The same question with one field set otherwise, as it stands in an address.
    pub(crate) fn with(&self, name: &str, value: &str) -> String {
        let others = self.0.iter().filter(|(it, value)| it != name && !value.trim().is_empty());
        let fields = others.map(|(name, value)| (name.as_str(), value.as_str()));
        let own = (!value.is_empty()).then_some((name, value));
        query(fields.chain(own))
    }

    /// The question as it stands in an address.
    pub(crate) fn query(&self) -> String {
        self.with("", "")
    }
}

/// `?a=b&c=d`, or nothing.
pub(crate) fn query<'a>(fields: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut text = String::new();
    for (name, value) in fields {
        text.push(if text.is_empty() { '?' } else { '&' });
        text.push_str(&url::part(name));
        text.push('=');
        text.push_str(&url::part(value));
    }
    text
}

/// Which part of a list is asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Slice {
    /// From 1.
    pub(crate) page: u64,
    /// Rows on a page.
    pub(crate) per: u64,
}

impl Slice {
    /// `page` and `per` of a query.
    pub(crate) fn of(asked: &Asked, per: u64) -> Result<Self, Problem> {
        let page = asked.number("page")?.unwrap_or(1);
        let per = asked.number("per")?.unwrap_or(per);
        if page == 0 {
            return Err(Problem::asked("there is no page 0").hint("pages are numbered from 1"));
        }
        if per == 0 || per > MOST {
            return Err(Problem::asked(format!("`per={per}` is not from 1 to {MOST}")));
        }
        Ok(Self { page, per })
    }

    /// All rows, or the page that is asked for: programs that read tables take them whole.
    pub(crate) fn whole(asked: &Asked) -> Result<Self, Problem> {
        if asked.get("page").is_none() && asked.get("per").is_none() {
            return Ok(Self { page: 1, per: u64::from(u32::MAX) });
        }
        Self::of(asked, MOST)
    }

    /// How many rows come before it.
    pub(crate) fn skip(self) -> usize {
        usize::try_from((self.page - 1).saturating_mul(self.per)).unwrap_or(usize::MAX)
    }

    /// How many rows it has at most.
    pub(crate) const fn take(self) -> usize {
        self.per as usize
    }

    /// How many pages `all` rows make.
    pub(crate) fn pages(self, all: u64) -> u64 {
        all.div_ceil(self.per).max(1)
    }

    /// Refuses a page after the last.
    pub(crate) fn within(self, all: u64) -> Result<Self, Problem> {
        let pages = self.pages(all);
        if self.page > pages {
            let problem = Problem::missing(format!("there is no page {}", self.page));
            return Err(problem.hint(format!("the pages are numbered from 1 to {pages}")));
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_and_written() {
        let asked =
            Asked::of(&"/x?rivals=USA,CHN&camp=JPN%3DUSA&camp=&camp=KOR=USA:0.5".parse().unwrap());
        assert_eq!(asked.get("rivals"), Some("USA,CHN"));
        assert_eq!(asked.all("camp").collect::<Vec<_>>(), ["JPN=USA", "KOR=USA:0.5"]);
        assert_eq!(asked.with("camp", ""), "?rivals=USA%2CCHN");
        assert_eq!(asked.with("rivals", "a b"), "?camp=JPN%3DUSA&camp=KOR%3DUSA:0.5&rivals=a%20b");
        assert_eq!(Asked::of(&"/x".parse().unwrap()).query(), "");
    }

    #[test]
    fn pages_have_bounds() {
        let of = |query: &str| Slice::of(&Asked::of(&format!("/x?{query}").parse().unwrap()), 200);
        assert_eq!(of("page=3&per=10").unwrap().skip(), 20);
        assert_eq!(of("").unwrap().pages(201), 2);
        for wrong in ["page=0", "per=0", "per=1001", "page=x"] {
            assert!(of(wrong).is_err(), "{wrong}");
        }
        assert!(of("page=2").unwrap().within(200).is_err());
    }
}
