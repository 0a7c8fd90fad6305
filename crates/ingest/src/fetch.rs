//! Fetching addresses: only what was asked for, only from the public internet, politely, and never without end.

mod guard;
mod robots;

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::time::{Duration, Instant};
use std::{error, fmt, thread};

use serde::{Deserialize, Serialize};
use ureq::Agent;
use ureq::http::header::{self, HeaderMap};
use ureq::unversioned::resolver::DefaultResolver;
use ureq::unversioned::transport::DefaultConnector;
use url::Url;

use crate::open::{self, Place};
use crate::{Documents, Kind, Refusal, Settings, warc};
use guard::{Guard, NotPublic};
use robots::Robots;

/// Longest answer that is taken (bytes).
const MAX_BYTES: u64 = 16 << 20;
/// One answer from the first name to the last byte.
const TIMEOUT: Duration = Duration::from_secs(30);
/// Redirects that are followed.
const REDIRECTS: usize = 5;
/// By this name sites know us in their robots.txt.
const ROBOT: &str = "hedgerow";

/// How addresses are fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manners {
    /// Hosts (`host` or `host:port`) that may be in a private network.
    pub allowed: Vec<String>,
    /// The pause between two requests to one host.
    pub delay: Duration,
    /// Whether what sites ask of robots is respected. An address that a person gives is fetched for that person; what a
    /// program finds in a feed is not.
    pub robots: bool,
}

impl Default for Manners {
    fn default() -> Self {
        Self { allowed: Vec::new(), delay: Duration::from_secs(1), robots: true }
    }
}

/// What was had from an address before, so that it need not be sent again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validators {
    /// `ETag`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// `Last-Modified`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modified: Option<String>,
}

/// The answer to a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// It is as it was before.
    Unchanged,
    /// What is there now.
    Page(Fetched),
}

/// What was found at an address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fetched {
    /// Where it was in the end.
    pub url: String,
    /// The bytes, unpacked.
    pub bytes: Vec<u8>,
    /// Media type, in small letters.
    pub content: String,
    /// For the next time.
    pub validators: Validators,
}

/// Why nothing was had from an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What is wrong.
    pub wrong: String,
    /// What to do.
    pub remedy: String,
    /// Whether trying again later may help.
    pub passing: bool,
    /// How long the site wants to be left alone.
    pub after: Option<Duration>,
}

impl Failure {
    fn lasting(wrong: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { wrong: wrong.into(), remedy: remedy.into(), passing: false, after: None }
    }

    /// What is there is not what was looked for; it may be again.
    pub(crate) fn unread() -> Self {
        Self::passing("cannot be read")
    }

    fn passing(wrong: impl Into<String>) -> Self {
        Self { passing: true, ..Self::lasting(wrong, "try again later") }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.wrong, self.remedy)
    }
}

impl error::Error for Failure {}

/// Fetches addresses, one at a time.
#[derive(Debug)]
pub struct Client {
    agent: Agent,
    manners: Manners,
    robots: BTreeMap<String, Robots>,
    last: BTreeMap<String, Instant>,
}

impl Client {
    /// A client of those manners. Proxies of the environment are not used: behind one nobody knows where a name leads.
    pub fn new(manners: Manners) -> Self {
        let agent = concat!(
            "hedgerow/",
            env!("CARGO_PKG_VERSION"),
            " (+",
            env!("CARGO_PKG_REPOSITORY"),
            ")"
        );
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .proxy(None)
            .timeout_global(Some(TIMEOUT))
            .timeout_connect(Some(Duration::from_secs(10)))
            .user_agent(agent)
            .build();
        let guard = Guard { allowed: manners.allowed.clone(), names: DefaultResolver::default() };
        let agent = Agent::with_parts(config, DefaultConnector::default(), guard);
        Self { agent, manners, robots: BTreeMap::new(), last: BTreeMap::new() }
    }

    /// Fetches `address`, unless it is what `known` says it was before.
    ///
    /// # Errors
    /// Where it may not be fetched, cannot be, or answers with a failure.
    pub fn get(&mut self, address: &str, known: &Validators) -> Result<Answer, Failure> {
        let mut url = parse(address)?;
        for _ in 0..=REDIRECTS {
            self.ask(&url)?;
            let (status, headers, bytes) = self.one(&url, known, MAX_BYTES)?;
            let text = |name| headers.get(name).and_then(|it| it.to_str().ok());
            match status {
                301 | 302 | 303 | 307 | 308 => {
                    let to = text(header::LOCATION).and_then(|it| url.join(it).ok());
                    let to = to.ok_or_else(|| {
                        Failure::lasting("answers with a redirect to nowhere", "check the address")
                    })?;
                    url = parse(to.as_str())?;
                }
                304 => return Ok(Answer::Unchanged),
                200 | 203 => {
                    let bytes = bytes.ok_or_else(|| {
                        let wrong = format!("is longer than {} MiB", MAX_BYTES >> 20);
                        Failure::lasting(wrong, "fetch it by hand and add the file")
                    })?;
                    return Ok(Answer::Page(Fetched {
                        url: url.to_string(),
                        bytes,
                        content: text(header::CONTENT_TYPE).unwrap_or_default().to_lowercase(),
                        validators: Validators {
                            etag: text(header::ETAG).map(str::to_owned),
                            modified: text(header::LAST_MODIFIED).map(str::to_owned),
                        },
                    }));
                }
                status => return Err(answered(status, text(header::RETRY_AFTER))),
            }
        }
        Err(Failure::lasting(format!("redirects more than {REDIRECTS} times"), "check the address"))
    }

    /// One request, after the pause that its host is due; no body where that is too long.
    fn one(
        &mut self,
        url: &Url,
        known: &Validators,
        most: u64,
    ) -> Result<(u16, HeaderMap, Option<Vec<u8>>), Failure> {
        self.pause(url);
        let mut request = self
            .agent
            .get(url.as_str())
            .header(header::ACCEPT, "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/feed+json, application/pdf, text/plain, */*;q=0.5");
        if let Some(etag) = &known.etag {
            request = request.header(header::IF_NONE_MATCH, etag);
        }
        if let Some(modified) = &known.modified {
            request = request.header(header::IF_MODIFIED_SINCE, modified);
        }
        let answer = request.call();
        self.last.insert(host(url), Instant::now());
        let (head, body) = answer.map_err(|it| failed(&it))?.into_parts();
        let mut bytes = Vec::new();
        let mut body = body.into_with_config().limit(most + 2).reader().take(most + 1);
        body.read_to_end(&mut bytes)
            .map_err(|error| Failure::passing(format!("its answer broke off ({error})")))?;
        let bytes = (bytes.len() as u64 <= most).then_some(bytes);
        Ok((head.status.as_u16(), head.headers, bytes))
    }

    fn pause(&self, url: &Url) {
        let asked = self.robots.get(&origin(url)).and_then(|it| it.delay).unwrap_or_default();
        let due = self.manners.delay.max(asked);
        if let Some(last) = self.last.get(&host(url)) {
            thread::sleep(due.saturating_sub(last.elapsed()));
        }
    }

    /// Whether the site lets robots fetch this.
    fn ask(&mut self, url: &Url) -> Result<(), Failure> {
        if !self.manners.robots {
            return Ok(());
        }
        let origin = origin(url);
        if !self.robots.contains_key(&origin) {
            let robots = self.robots_of(url)?;
            self.robots.insert(origin.clone(), robots);
        }
        let path = match url.query() {
            Some(query) => format!("{}?{query}", url.path()),
            None => url.path().to_owned(),
        };
        if self.robots.get(&origin).is_none_or(|it| it.allows(&path)) {
            return Ok(());
        }
        let remedy = "leave it, or fetch it by hand and add the file";
        Err(Failure::lasting("is closed to robots by the site's robots.txt", remedy))
    }

    fn robots_of(&mut self, url: &Url) -> Result<Robots, Failure> {
        let mut at = url.clone();
        at.set_path("/robots.txt");
        at.set_query(None);
        at.set_fragment(None);
        for _ in 0..=REDIRECTS {
            let most = robots::MAX_BYTES as u64;
            let (status, headers, bytes) = self.one(&at, &Validators::default(), most)?;
            match status {
                200 => {
                    // One that is too long asks for nothing that could be followed.
                    let bytes = bytes.unwrap_or_default();
                    return Ok(Robots::read(&String::from_utf8_lossy(&bytes), ROBOT));
                }
                301 | 302 | 303 | 307 | 308 => {
                    let to = headers.get(header::LOCATION).and_then(|it| it.to_str().ok());
                    match to.and_then(|it| at.join(it).ok()) {
                        Some(to) => at = parse(to.as_str())?,
                        None => return Ok(Robots::default()),
                    }
                }
                // RFC 9309: what is not there forbids nothing, what fails forbids all.
                400..=499 => return Ok(Robots::default()),
                _ => return Ok(Robots::closed()),
            }
        }
        Ok(Robots::default())
    }
}

/// The documents found at an address.
pub(crate) fn documents(
    address: &str,
    client: &mut Client,
    settings: &Settings,
) -> Result<Documents, Refusal> {
    let refuse = |it: Failure| Refusal::new(address, it.wrong, it.remedy);
    match client.get(address, &Validators::default()).map_err(refuse)? {
        Answer::Page(page) => read(address, page, settings),
        // Nobody who gives no validators is answered so.
        Answer::Unchanged => {
            Err(Refusal::new(address, "answers that it is unchanged", "try again"))
        }
    }
}

/// The documents in what was fetched. The path kept is the address asked for: an article is known again by it.
pub(crate) fn read(
    address: &str,
    page: Fetched,
    settings: &Settings,
) -> Result<Documents, Refusal> {
    let place = Place {
        name: address.to_owned(),
        path: address.to_owned(),
        stem: warc::stem(address),
        charset: warc::charset(&page.content),
        url: Some(page.url),
    };
    let kind = match warc::kind(&page.content) {
        Some(Kind::Html) => match Kind::sniff(&page.bytes) {
            // Many servers call everything HTML.
            Some(kind @ (Kind::Feed | Kind::Pdf)) => kind,
            _ => Kind::Html,
        },
        Some(kind) => kind,
        None => Kind::Address,
    };
    open::documents(place, kind, Box::new(Cursor::new(page.bytes)), settings)
}

fn parse(address: &str) -> Result<Url, Failure> {
    let remedy = "give an address that begins with https://";
    let mut url = Url::parse(address)
        .map_err(|error| Failure::lasting(format!("is no address ({error})"), remedy))?;
    if !matches!(url.scheme(), "http" | "https") {
        let wrong = format!("leads to `{}:`, which is not followed", url.scheme());
        return Err(Failure::lasting(wrong, remedy));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Failure::lasting("has a name or a password in it", "leave them out"));
    }
    url.set_fragment(None);
    Ok(url)
}

fn host(url: &Url) -> String {
    url.host_str().unwrap_or_default().to_owned()
}

fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}

fn answered(status: u16, after: Option<&str>) -> Failure {
    let after = after.and_then(|it| it.trim().parse().ok()).map(Duration::from_secs);
    match status {
        404 | 410 => {
            Failure::lasting(format!("is not there (status {status})"), "check the address")
        }
        401..=403 | 407 | 451 => Failure::lasting(
            format!("is not open to us (status {status})"),
            "open it in a browser, save the text and add the file",
        ),
        408 | 425 | 429 | 500..=599 => {
            let wrong = format!("the site is busy or failing (status {status})");
            Failure { after, ..Failure::passing(wrong) }
        }
        _ => Failure::lasting(format!("answers with status {status}"), "check the address"),
    }
}

fn failed(error: &ureq::Error) -> Failure {
    match error {
        ureq::Error::Other(it) if it.downcast_ref::<NotPublic>().is_some() => Failure::lasting(
            it.to_string(),
            "addresses in private networks are not fetched unless --allow-host names the host",
        ),
        ureq::Error::HostNotFound => Failure {
            remedy: "check the address and the network".to_owned(),
            ..Failure::passing("no host of that name was found")
        },
        ureq::Error::Timeout(_) => {
            Failure::passing(format!("did not answer within {} seconds", TIMEOUT.as_secs()))
        }
        error => {
            let wrong = format!("could not be fetched ({error})");
            Failure {
                remedy: "check the address and the network".to_owned(),
                ..Failure::passing(wrong)
            }
        }
    }
}
