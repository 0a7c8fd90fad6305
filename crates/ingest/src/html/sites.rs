//! Rules for single sites, and for parts that many sites share: `codebook/sites.toml`.

use dom_query::{Document, Matcher};
use serde::Deserialize;

/// The rules in use, ours and the user's.
#[derive(Debug, Clone, Default)]
pub struct Sites(Vec<Rule>);

/// What holds for one host and those below it; `*` is every host.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    host: String,
    /// CSS selectors of what is taken out before anything is looked for.
    #[serde(default)]
    drop: Vec<String>,
    /// CSS selector of what holds the article's paragraphs.
    body: Option<String>,
    /// CSS selector of the headline.
    title: Option<String>,
    /// CSS selector of the day; with `@name` behind it, of the attribute that has it.
    published: Option<String>,
    /// The outlet's name.
    outlet: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    site: Vec<Rule>,
}

/// What rules have to say of one page.
#[derive(Debug, Default)]
pub(crate) struct Said {
    /// The selector of the article.
    pub(crate) body: Option<Matcher>,
    /// The headline.
    pub(crate) title: Option<String>,
    /// The day, as written.
    pub(crate) published: Option<String>,
    /// The outlet.
    pub(crate) outlet: Option<String>,
}

impl Sites {
    /// The rules that are part of the program.
    pub fn embedded() -> Self {
        let ours = include_str!("../../../../codebook/sites.toml");
        Self::default().with(ours).expect("codebook/sites.toml is read by this crate's tests")
    }

    /// These rules and those of a file like `codebook/sites.toml`; of two for one host the later is followed.
    ///
    /// # Errors
    /// What is wrong with it, and in which line, where it is no such file.
    pub fn with(mut self, toml: &str) -> Result<Self, String> {
        let file: File = toml::from_str(toml).map_err(|error| error.to_string())?;
        for rule in &file.site {
            let attribute =
                |it: &String| it.rsplit_once('@').map_or(it.clone(), |(css, _)| css.into());
            let published = rule.published.as_ref().map(attribute);
            let named = [&rule.body, &rule.title, &published];
            for css in rule.drop.iter().chain(named.into_iter().flatten()) {
                if Matcher::new(css).is_err() {
                    return Err(format!("host {}: `{css}` is no CSS selector", rule.host));
                }
            }
        }
        self.0.extend(file.site);
        Ok(self)
    }

    /// Takes out what the rules for `host` drop, and says what they find.
    pub(crate) fn apply(&self, host: Option<&str>, page: &Document) -> Said {
        let mut said = Said::default();
        for rule in self.0.iter().filter(|it| it.holds(host)) {
            // Selectors were looked at when they were read.
            let find = |css: &str| Matcher::new(css).ok();
            for matcher in rule.drop.iter().filter_map(|it| find(it)) {
                page.select_matcher(&matcher).remove();
            }
            let text = |css: &str| {
                let found = page.select_single_matcher(&find(css)?);
                super::plain(&found.text())
            };
            said.body = rule.body.as_deref().and_then(find).or(said.body);
            said.title = rule.title.as_deref().and_then(text).or(said.title);
            said.outlet = rule.outlet.clone().or(said.outlet);
            let day = rule.published.as_deref().and_then(|it| match it.rsplit_once('@') {
                Some((css, name)) => {
                    page.select_single_matcher(&find(css)?).attr(name).map(|it| it.to_string())
                }
                None => text(it),
            });
            said.published = day.or(said.published);
        }
        said
    }
}

impl Rule {
    fn holds(&self, host: Option<&str>) -> bool {
        let below = |host: &str| {
            host.strip_suffix(&self.host).is_some_and(|it| it.is_empty() || it.ends_with('.'))
        };
        self.host == "*" || host.is_some_and(below)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_rules_are_read() {
        assert!(!Sites::embedded().0.is_empty());
    }

    #[test]
    fn rules_hold_for_a_host_and_below() {
        let rules = Sites::default()
            .with("[[site]]\nhost = \"lotus.example\"\ndrop = [\".ad\"]\nbody = \"#story\"\npublished = \"time@datetime\"\noutlet = \"Lotus Wire\"")
            .unwrap();
        let html = "<p class=ad>Buy</p><div id=story>x</div><time datetime=2015-09-20>today</time>";
        let page = Document::from(html);
        let said = rules.apply(Some("www.lotus.example"), &page);
        assert_eq!(said.published.as_deref(), Some("2015-09-20"));
        assert_eq!(said.outlet.as_deref(), Some("Lotus Wire"));
        assert!(said.body.is_some() && !page.html().contains("Buy"));
        assert!(rules.apply(Some("notlotus.example"), &page).body.is_none());
        assert!(rules.apply(None, &page).body.is_none());
    }

    #[test]
    fn mistakes_are_named() {
        let wrong = |toml: &str| Sites::default().with(toml).unwrap_err();
        assert!(wrong("[[site]]\nhost = \"a\"\nbody = \"p[\"").contains("`p[` is no CSS selector"));
        assert!(wrong("[[site]]\nhost = \"a\"\nbdy = \"p\"").contains("bdy"));
    }
}
