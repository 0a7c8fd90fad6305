//! Asking a provider: one request, one bounded answer, no redirects.

use std::fmt;
use std::io::Read;
use std::time::Duration;

use ureq::Agent;
use url::Url;

use crate::settings::is_safe;

/// The longest answer that is read (bytes).
const MAX_BYTES: u64 = 512 << 10;

/// How a request is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Asks.
    Get,
    /// Sends a form.
    Post,
}

/// A request.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// How.
    pub method: Method,
    /// Where.
    pub url: String,
    /// The value of `Authorization`.
    pub authorization: Option<String>,
    /// The form, as it is sent.
    pub body: String,
}

impl fmt::Debug for Request {
    /// Without what is secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} {}", self.method, self.url)
    }
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// Status.
    pub status: u16,
    /// Content.
    pub body: Vec<u8>,
}

/// No answer was had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure(pub String);

/// Whatever can make a request.
pub trait Http: Send + Sync {
    /// Makes it.
    fn send(&self, request: &Request) -> Result<Response, Failure>;
}

/// The web. Providers are named by whoever runs the application, so no address is refused but those that others could listen to.
#[derive(Debug)]
pub struct Web(Agent);

impl Web {
    /// Waits so long for an answer.
    pub fn new(patience: Duration) -> Self {
        let agent = concat!("hedgerow/", env!("CARGO_PKG_VERSION"));
        let config = Agent::config_builder()
            .http_status_as_error(false)
            // A token endpoint that sends elsewhere would send the secret elsewhere.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(patience))
            .user_agent(agent)
            .build();
        Self(config.into())
    }
}

impl Default for Web {
    fn default() -> Self {
        Self::new(Duration::from_secs(10))
    }
}

impl Http for Web {
    fn send(&self, request: &Request) -> Result<Response, Failure> {
        let url = Url::parse(&request.url).map_err(|_| Failure("it has no address".to_owned()))?;
        if !is_safe(&url) {
            return Err(Failure("its address is not https".to_owned()));
        }
        let fail = |error: ureq::Error| match error {
            ureq::Error::Timeout(_) => Failure("it did not answer in time".to_owned()),
            other => Failure(other.to_string()),
        };
        let sent = match request.method {
            Method::Get => {
                let mut to = self.0.get(&request.url).header("accept", "application/json");
                if let Some(value) = &request.authorization {
                    to = to.header("authorization", value);
                }
                to.call()
            }
            Method::Post => {
                let mut to = self.0.post(&request.url).header("accept", "application/json");
                to = to.header("content-type", "application/x-www-form-urlencoded");
                if let Some(value) = &request.authorization {
                    to = to.header("authorization", value);
                }
                to.send(request.body.as_bytes())
            }
        };
        let mut answer = sent.map_err(fail)?;
        let mut body = Vec::new();
        let content = answer.body_mut().as_reader();
        let read = content.take(MAX_BYTES + 1).read_to_end(&mut body);
        read.map_err(|_| Failure("its answer broke off".to_owned()))?;
        if body.len() as u64 > MAX_BYTES {
            return Err(Failure("its answer is too long".to_owned()));
        }
        Ok(Response { status: answer.status().as_u16(), body })
    }
}
