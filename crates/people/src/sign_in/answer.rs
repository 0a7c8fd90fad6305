//! What the browser brings back from the provider.

use super::attempt::Attempt;
use super::discovery::Endpoints;
use super::fault::Fault;
use super::provider::{Kind, Provider};

/// The fields of the address at which the browser came back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// What is exchanged for tokens.
    pub code: Option<String>,
    /// What belongs to the attempt.
    pub state: Option<String>,
    /// Who answers, where the provider says it (RFC 9207).
    pub iss: Option<String>,
    /// Why there is no code.
    pub error: Option<String>,
}

impl Answer {
    /// Reads the query of an address. A field that stands there twice is no field.
    pub fn of_query(query: &str) -> Self {
        let mut answer = Self::default();
        let mut twice = Vec::new();
        for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
            let field = match &*name {
                "code" => &mut answer.code,
                "state" => &mut answer.state,
                "iss" => &mut answer.iss,
                "error" => &mut answer.error,
                _ => continue,
            };
            if field.is_some() {
                twice.push(name.into_owned());
            }
            *field = Some(value.into_owned());
        }
        if twice.is_empty() { answer } else { Self::default() }
    }
}

/// The code, once it is clear that this answer belongs to this attempt and comes from this provider.
pub(super) fn code<'a>(
    attempt: &Attempt,
    answer: &'a Answer,
    provider: &Provider,
    endpoints: &Endpoints,
) -> Result<&'a str, Fault> {
    if answer.state.as_deref() != Some(&*attempt.state) {
        return Err(Fault::NotBegun);
    }
    match &answer.iss {
        Some(iss) if !is_issuer(provider, iss) => {
            return Err(Fault::WrongIssuer(provider.name.clone()));
        }
        None if endpoints.says_issuer => return Err(Fault::WrongIssuer(provider.name.clone())),
        _ => {}
    }
    match (&answer.code, answer.error.as_deref()) {
        (
            _,
            Some(
                "access_denied"
                | "user_denied"
                | "interaction_required"
                | "login_required"
                | "consent_required",
            ),
        ) => Err(Fault::Denied),
        (_, Some("temporarily_unavailable" | "server_error")) => Err(Fault::Passing {
            provider: provider.name.clone(),
            reason: "it says so itself".to_owned(),
        }),
        (_, Some(error)) => {
            let said: String =
                error.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').take(40).collect();
            Err(Fault::Provider {
                provider: provider.name.clone(),
                reason: format!("error {said}"),
            })
        }
        (Some(code), None) if !code.is_empty() => Ok(code),
        _ => Err(Fault::NotBegun),
    }
}

/// Whether that is a name of the provider.
pub(super) fn is_issuer(provider: &Provider, iss: &str) -> bool {
    iss == provider.issuer
        || (provider.kind == Kind::Google && provider.issuer.strip_prefix("https://") == Some(iss))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_twice_is_nothing() {
        let answer = Answer::of_query("code=a%20b&state=s&iss=https%3A%2F%2Fx&other=1");
        assert_eq!(answer.code.as_deref(), Some("a b"));
        assert_eq!(answer.iss.as_deref(), Some("https://x"));
        assert_eq!(Answer::of_query("code=a&code=b&state=s"), Answer::default());
    }
}
