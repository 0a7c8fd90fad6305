//! Settings of sign-in and replies: one TOML file, given when the application is started.

use std::path::{Path, PathBuf};
use std::{env, fs};

use serde::Deserialize;
use url::Url;

use crate::Role;
use crate::sign_in::{Kind, Provider, provider_faults};

/// What is told of a file of settings that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{}: {reason}", path.display())]
pub struct SettingsError {
    /// The file.
    pub path: PathBuf,
    /// What is the matter, and what to write instead.
    pub reason: String,
}

/// Which replies wait for a moderator.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Moderation {
    /// Those of guests only.
    Guests,
    /// Those of guests, and of accounts until a moderator has let one pass.
    #[default]
    New,
    /// All but those of reviewers and admins.
    All,
}

/// Who may reply, and what waits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Policy {
    /// Whether guests may reply; their replies always wait.
    pub guests: bool,
    /// Which replies wait.
    pub moderation: Moderation,
}

/// The settings.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where people reach the application: scheme, host and port, without a slash at the end.
    pub base: String,
    /// Who may reply, and what waits.
    pub policy: Policy,
    /// What somebody may do who signs in for the first time: reader or commenter.
    pub first_role: Role,
    /// Whether accounts with a password kept here may sign in.
    pub local: bool,
    /// Whether a proxy stands before the application and says in `X-Forwarded-For` who asks. Where none does, that header is
    /// anybody's invention.
    pub proxy: bool,
    /// Who vouches for people.
    pub providers: Vec<Provider>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    base: String,
    #[serde(default)]
    guests: bool,
    #[serde(default)]
    moderation: Moderation,
    #[serde(default = "commenter")]
    first_role: String,
    #[serde(default = "yes")]
    local: bool,
    #[serde(default)]
    proxy: bool,
    #[serde(default)]
    provider: Vec<RawProvider>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawProvider {
    id: String,
    kind: Kind,
    name: Option<String>,
    issuer: Option<String>,
    client_id: String,
    client_secret: Option<String>,
    client_secret_env: Option<String>,
    client_secret_file: Option<PathBuf>,
    scopes: Option<Vec<String>>,
    authorize: Option<String>,
    token: Option<String>,
    me: Option<String>,
}

fn commenter() -> String {
    Role::Commenter.as_str().to_owned()
}

const fn yes() -> bool {
    true
}

impl Settings {
    /// Reads the file at `path`.
    pub fn load(path: &Path) -> Result<Self, SettingsError> {
        let wrong = |reason: String| SettingsError { path: path.to_owned(), reason };
        let text = fs::read_to_string(path).map_err(|e| wrong(format!("cannot be read: {e}")))?;
        let folder = path.parent().unwrap_or(Path::new("."));
        Self::parse(&text, folder, |name| env::var(name).ok()).map_err(wrong)
    }

    /// Reads settings from `text`; files of secrets are looked for from `folder`, variables asked of `variable`.
    pub fn parse(
        text: &str,
        folder: &Path,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, String> {
        let raw: Raw = toml::from_str(text).map_err(|e| e.to_string())?;
        let base = base(&raw.base)?;
        let first_role: Role = raw.first_role.parse()?;
        if first_role > Role::Commenter {
            return Err("first_role: whoever comes is reader or commenter; grant more with `hedgerow user grant`".to_owned());
        }
        let mut providers: Vec<Provider> = Vec::new();
        for it in raw.provider {
            let id = it.id.clone();
            let in_it = |why: String| format!("provider `{id}`: {why}");
            let provider = provider(it, folder, &variable).map_err(in_it)?;
            if let Some(fault) = provider_faults(&provider) {
                return Err(in_it(fault));
            }
            if let Some(other) = providers
                .iter()
                .find(|other| other.id == provider.id || other.issuer == provider.issuer)
            {
                return Err(in_it(format!("has the id or the issuer of provider `{}`", other.id)));
            }
            providers.push(provider);
        }
        let policy = Policy { guests: raw.guests, moderation: raw.moderation };
        Ok(Self { base, policy, first_role, local: raw.local, proxy: raw.proxy, providers })
    }

    /// Whether people reach the application by TLS, so that cookies can be kept to it.
    pub fn is_secure(&self) -> bool {
        self.base.starts_with("https://")
    }

    /// The host by which people call the application.
    pub fn host(&self) -> Option<String> {
        Url::parse(&self.base).ok()?.host_str().map(str::to_owned)
    }
}

/// Where people reach the application.
fn base(text: &str) -> Result<String, String> {
    let text = text.trim_end_matches('/');
    let wrong = || {
        format!(
            "base: `{text}` is no address; write scheme, host and port, as in https://desk.example.org"
        )
    };
    let url = Url::parse(text).map_err(|_| wrong())?;
    let bare = url.path() == "/"
        && url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty();
    if !bare || url.host_str().is_none() {
        return Err(wrong());
    }
    if !is_safe(&url) {
        return Err("base: signing in over plain HTTP is for this machine alone (http://127.0.0.1:8080); elsewhere write https".to_owned());
    }
    Ok(url.origin().ascii_serialization())
}

/// Whether what is sent there can be read by nobody on the way: TLS, or this machine.
pub(crate) fn is_safe(url: &Url) -> bool {
    match (url.scheme(), url.host()) {
        ("https", Some(_)) => true,
        ("http", Some(url::Host::Domain(name))) => name == "localhost",
        ("http", Some(url::Host::Ipv4(ip))) => ip.is_loopback(),
        ("http", Some(url::Host::Ipv6(ip))) => ip.is_loopback(),
        _ => false,
    }
}

fn provider(
    raw: RawProvider,
    folder: &Path,
    variable: &impl Fn(&str) -> Option<String>,
) -> Result<Provider, String> {
    let given = [
        raw.client_secret.is_some(),
        raw.client_secret_env.is_some(),
        raw.client_secret_file.is_some(),
    ];
    if given.iter().filter(|it| **it).count() > 1 {
        return Err("the secret is told in more than one way; choose client_secret, client_secret_env or client_secret_file".to_owned());
    }
    let secret = match (raw.client_secret_env, raw.client_secret_file) {
        (Some(name), _) => {
            Some(variable(&name).ok_or_else(|| format!("the variable {name} is not set"))?)
        }
        (_, Some(file)) => {
            let file = folder.join(file);
            let text = fs::read_to_string(&file)
                .map_err(|e| format!("{} cannot be read: {e}", file.display()))?;
            Some(text.trim().to_owned())
        }
        _ => raw.client_secret,
    };
    let preset = raw.kind.preset();
    let need = |what: &str, given: Option<String>, preset: &str| {
        given
            .or_else(|| (!preset.is_empty()).then(|| preset.to_owned()))
            .ok_or_else(|| format!("{what} is missing"))
    };
    let scopes =
        raw.scopes.unwrap_or_else(|| preset.scopes.iter().map(|it| (*it).to_owned()).collect());
    let oauth2 = !raw.kind.is_oidc();
    let endpoint = |what: &str, given: Option<String>, preset: &str| {
        if oauth2 { need(what, given, preset) } else { Ok(given.unwrap_or_default()) }
    };
    Ok(Provider {
        name: need("name", raw.name, preset.name)?,
        issuer: need("issuer", raw.issuer, preset.issuer)?,
        authorize: endpoint("authorize", raw.authorize, preset.authorize)?,
        token: endpoint("token", raw.token, preset.token)?,
        me: endpoint("me", raw.me, preset.me)?,
        id: raw.id,
        kind: raw.kind,
        client_id: raw.client_id,
        client_secret: secret.filter(|it| !it.is_empty()),
        scopes,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Settings, String> {
        Settings::parse(text, Path::new("."), |name| {
            (name == "SECRET").then(|| "s3cret".to_owned())
        })
    }

    #[test]
    fn presets_need_only_the_client() {
        let settings = parse(
            "base = \"https://desk.example.org/\"\n\
             [[provider]]\nid = \"google\"\nkind = \"google\"\nclient_id = \"c\"\nclient_secret_env = \"SECRET\"\n\
             [[provider]]\nid = \"x\"\nkind = \"x\"\nclient_id = \"c\"\n\
             [[provider]]\nid = \"uni\"\nkind = \"oidc\"\nname = \"University\"\nissuer = \"https://id.example.edu\"\nclient_id = \"c\"\n",
        )
        .unwrap();
        assert_eq!(settings.base, "https://desk.example.org");
        assert!(settings.is_secure() && settings.local && !settings.policy.guests);
        assert_eq!(settings.providers[0].client_secret.as_deref(), Some("s3cret"));
        assert_eq!(settings.providers[0].issuer, "https://accounts.google.com");
        assert_eq!(settings.providers[1].scopes, ["users.read", "tweet.read"]);
    }

    #[test]
    fn what_cannot_be_used_is_said_with_its_place() {
        let head = "base = \"https://desk.example.org\"\n";
        let provider =
            "[[provider]]\nid = \"a\"\nkind = \"oidc\"\nname = \"A\"\nclient_id = \"c\"\n";
        for (text, part) in [
            ("base = \"http://desk.example.org\"", "https"),
            ("base = \"desk\"", "base"),
            ("base = \"https://desk.example.org/app\"", "base"),
            ("guests = true", "base"),
            (&format!("{head}guest = true"), "guest"),
            (&format!("{head}first_role = \"admin\""), "first_role"),
            (&format!("{head}{provider}"), "issuer is missing"),
            (&format!("{head}{provider}issuer = \"http://id.example.edu\""), "https"),
            (
                &format!("{head}{provider}issuer = \"https://x\"\nclient_secret_env = \"NONE\""),
                "NONE",
            ),
            (
                &format!(
                    "{head}{provider}issuer = \"https://x\"\n{provider}issuer = \"https://y\""
                ),
                "provider `a`",
            ),
            (&format!("{head}{}", provider.replace("\"a\"", "\"a/b\"")), "id"),
        ] {
            let error = parse(text).unwrap_err();
            assert!(error.contains(part), "{text}: {error}");
        }
        assert!(parse("base = \"http://127.0.0.1:8080\"").is_ok_and(|it| !it.is_secure()));
    }
}
