//! What a site asks robots to leave alone (RFC 9309).

use std::time::Duration;

/// The rules of one site for us.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Robots {
    rules: Vec<(bool, String)>,
    /// The pause that it asks for between two requests.
    pub(super) delay: Option<Duration>,
}

/// Most of a robots.txt that is read (bytes); RFC 9309 asks for half of it.
pub(super) const MAX_BYTES: usize = 1 << 20;
/// Longest pause that is kept.
const MAX_DELAY: f64 = 120.0;

impl Robots {
    /// A site that lets robots into nothing.
    pub(super) fn closed() -> Self {
        Self { rules: vec![(false, "/".to_owned())], delay: None }
    }

    /// What `text` says to the robot called `agent`: the groups that name it, or those for `*`.
    pub(super) fn read(text: &str, agent: &str) -> Self {
        let (mut ours, mut all) = (None::<Self>, Self::default());
        let (mut to_us, mut to_all, mut in_head) = (false, false, false);
        for line in text.trim_start_matches('\u{FEFF}').lines() {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else { continue };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            if key == "user-agent" {
                if !in_head {
                    (to_us, to_all) = (false, false);
                }
                in_head = true;
                to_us |= value.eq_ignore_ascii_case(agent);
                to_all |= value == "*";
                if to_us {
                    ours.get_or_insert_default();
                }
                continue;
            }
            in_head = false;
            let ours = ours.as_mut().filter(|_| to_us);
            for group in ours.into_iter().chain(Some(&mut all).filter(|_| to_all)) {
                match key.as_str() {
                    "allow" | "disallow" if !value.is_empty() => {
                        group.rules.push((key == "allow", value.to_owned()));
                    }
                    "crawl-delay" => {
                        let seconds =
                            value.parse().ok().filter(|it: &f64| it.is_finite() && *it > 0.0);
                        group.delay = seconds.map(|it| Duration::from_secs_f64(it.min(MAX_DELAY)));
                    }
                    _ => {}
                }
            }
        }
        ours.unwrap_or(all)
    }

    /// Whether `path` (with its query) may be fetched: the longest rule that fits decides, `allow` where two are as long.
    pub(super) fn allows(&self, path: &str) -> bool {
        let fitting = self.rules.iter().filter(|(_, pattern)| fits(pattern, path));
        fitting
            .max_by_key(|(allow, pattern)| (pattern.len(), *allow))
            .is_none_or(|(allow, _)| *allow)
    }
}

/// Whether a pattern fits the beginning of `path`; `*` stands for anything, `$` for the end.
fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, whole) = match pattern.strip_suffix('$') {
        Some(pattern) => (pattern, true),
        None => (pattern, false),
    };
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = path.strip_prefix(first) else { return false };
    let parts: Vec<&str> = parts.collect();
    for (n, part) in parts.iter().enumerate() {
        if whole && n + 1 == parts.len() {
            return rest.ends_with(part);
        }
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    !whole || rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_group_for_us_counts_and_the_longest_rule() {
        let text = "User-agent: other\nDisallow: /\n\nUser-agent: *\nDisallow: /\n\n\
            User-Agent: Hedgerow # us\nUser-agent: third\nDisallow: /private\nAllow: /private/press\nDisallow: /*.pdf$\nCrawl-delay: 2.5\n";
        let ours = Robots::read(text, "hedgerow");
        assert!(ours.allows("/news/1"));
        assert!(!ours.allows("/private/x") && ours.allows("/private/press/1"));
        assert!(!ours.allows("/a/b.pdf") && ours.allows("/a/b.pdf?x"));
        assert_eq!(ours.delay, Some(Duration::from_millis(2_500)));
        assert!(!Robots::read(text, "someone").allows("/news/1"));
        assert!(Robots::read("", "hedgerow").allows("/"));
        assert!(Robots::read("User-agent: *\nDisallow:\n", "hedgerow").allows("/"));
        assert!(!Robots::closed().allows("/"));
    }

    #[test]
    fn patterns_fit_as_the_standard_says() {
        assert!(fits("/a*b*c", "/axxbyycz") && !fits("/a*b*c$", "/axxbyycz"));
        assert!(fits("/a*b$", "/ab-b") && fits("/a$", "/a") && !fits("/a$", "/ab"));
        assert!(fits("/a**b", "/ab") && fits("/*", "/"));
    }
}
