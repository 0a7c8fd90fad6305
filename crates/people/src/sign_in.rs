//! Signing in: OAuth 2.0 (RFC 6749, 9700) with PKCE (RFC 7636), and OpenID Connect on top of it where the provider has it.
//!
//! The way is always the same. [`SignIn::begin`] sends the browser to the provider with a state, a nonce and a challenge; what they
//! are made of stays here, bound to that browser ([`crate::People::keep_attempt`]). [`SignIn::finish`] takes what the browser
//! brings back, exchanges the code, and says whom the provider saw. Providers differ in where things are and how they say who
//! somebody is; that is in [`Kind`] and `who`. No token of a provider outlives `finish`.

mod answer;
mod attempt;
mod discovery;
mod exchange;
mod fault;
mod http;
mod provider;
mod token;
mod who;

pub use answer::Answer;
pub use attempt::{Attempt, back};
pub use fault::Fault;
pub use http::{Failure, Http, Method, Request, Response, Web};
pub use provider::{Kind, Provider};

pub(crate) use provider::faults as provider_faults;

use discovery::Known;

use crate::{Error, Identity, Settings};

/// Signs people in with the providers of the settings.
#[derive(Debug)]
pub struct SignIn<H> {
    http: H,
    base: String,
    providers: Vec<Provider>,
    known: Known,
}

impl<H: Http> SignIn<H> {
    /// With the providers of `settings`, asked through `http`.
    pub fn new(settings: &Settings, http: H) -> Self {
        Self {
            http,
            base: settings.base.clone(),
            providers: settings.providers.clone(),
            known: Known::default(),
        }
    }

    /// The providers.
    pub fn providers(&self) -> &[Provider] {
        &self.providers
    }

    /// The provider of that id.
    pub fn provider(&self, id: &str) -> Option<&Provider> {
        self.providers.iter().find(|it| it.id == id)
    }

    /// Where a provider sends people back: exactly this, and so it is registered there.
    pub fn redirect(&self, provider: &Provider) -> String {
        format!("{}/callback/{}", self.base, provider.id)
    }

    /// Begins a sign-in: what is to be kept for the browser, and the address to which it is sent.
    ///
    /// `to` is the page to go back to afterwards. Asks the provider for its addresses where they are not known yet.
    pub fn begin(&self, provider: &str, to: &str, now: i64) -> Result<(Attempt, String), Fault> {
        let provider = self.provider(provider).ok_or(Fault::Unknown)?;
        let attempt = Attempt::new(&provider.id, to).map_err(|_: Error| Fault::NoChance)?;
        let endpoints = self.known.endpoints(&self.http, provider, now)?;
        let url =
            attempt::address(provider, &endpoints.authorize, &self.redirect(provider), &attempt);
        Ok((attempt, url))
    }

    /// Ends a sign-in: whom the provider saw. `attempt` is what was kept for this browser, and is used up by now.
    pub fn finish(&self, attempt: &Attempt, answer: &Answer, now: i64) -> Result<Identity, Fault> {
        let provider = self.provider(&attempt.provider).ok_or(Fault::Unknown)?;
        let endpoints = self.known.endpoints(&self.http, provider, now)?;
        let code = answer::code(attempt, answer, provider, &endpoints)?;
        let redirect = self.redirect(provider);
        let tokens =
            exchange::exchange(&self.http, provider, &endpoints, code, &redirect, attempt)?;
        if provider.kind.is_oidc() {
            let keys = |fresh: bool| self.known.keys(&self.http, provider, &endpoints, fresh, now);
            let claims = token::verified(provider, &tokens, &attempt.nonce, keys, now)?;
            who::of_claims(&self.http, provider, &endpoints, &tokens, &claims)
        } else {
            who::asked(&self.http, provider, &endpoints, &tokens)
        }
    }
}
