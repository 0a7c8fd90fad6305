//! Providers: where each has its doors, and which manners.

use std::fmt;

use serde::Deserialize;
use url::Url;

use crate::account::LOCAL;
use crate::settings::is_safe;

/// Kinds of providers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Any that speaks OpenID Connect and describes itself.
    Oidc,
    /// Google: OpenID Connect; its tokens may name it without `https://`.
    Google,
    /// WordPress.com by OpenID Connect.
    Wordpress,
    /// WordPress.com as it was before: OAuth 2.0, a number for who somebody is.
    WordpressLegacy,
    /// Facebook: OAuth 2.0; an id for each application, and no address where somebody signed up by telephone.
    Facebook,
    /// X: OAuth 2.0 with PKCE; who somebody is stands within `data`.
    X,
}

/// What is known of a kind of provider.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Preset {
    pub(crate) name: &'static str,
    pub(crate) issuer: &'static str,
    pub(crate) authorize: &'static str,
    pub(crate) token: &'static str,
    pub(crate) me: &'static str,
    pub(crate) scopes: &'static [&'static str],
}

/// Names are shown; addresses are not asked for, since none is kept.
const OPENID: &[&str] = &["openid", "profile"];

impl Kind {
    /// Whether it speaks OpenID Connect.
    pub const fn is_oidc(self) -> bool {
        matches!(self, Self::Oidc | Self::Google | Self::Wordpress)
    }

    pub(crate) const fn preset(self) -> Preset {
        let oidc =
            Preset { name: "", issuer: "", authorize: "", token: "", me: "", scopes: OPENID };
        match self {
            Self::Oidc => oidc,
            Self::Google => {
                Preset { name: "Google", issuer: "https://accounts.google.com", ..oidc }
            }
            Self::Wordpress => {
                Preset { name: "WordPress.com", issuer: "https://public-api.wordpress.com", ..oidc }
            }
            Self::WordpressLegacy => Preset {
                name: "WordPress.com",
                issuer: "https://public-api.wordpress.com",
                authorize: "https://public-api.wordpress.com/oauth2/authorize",
                token: "https://public-api.wordpress.com/oauth2/token",
                me: "https://public-api.wordpress.com/rest/v1/me",
                scopes: &["auth"],
            },
            Self::Facebook => Preset {
                name: "Facebook",
                issuer: "https://www.facebook.com",
                authorize: "https://www.facebook.com/v25.0/dialog/oauth",
                token: "https://graph.facebook.com/v25.0/oauth/access_token",
                me: "https://graph.facebook.com/v25.0/me?fields=id,name",
                scopes: &["public_profile"],
            },
            Self::X => Preset {
                name: "X",
                issuer: "https://x.com",
                authorize: "https://x.com/i/oauth2/authorize",
                token: "https://api.x.com/2/oauth2/token",
                me: "https://api.x.com/2/users/me",
                scopes: &["users.read", "tweet.read"],
            },
        }
    }
}

/// A provider, as the settings have it.
#[derive(Clone, PartialEq, Eq)]
pub struct Provider {
    /// As it stands in addresses: `/callback/ID`.
    pub id: String,
    /// Its manners.
    pub kind: Kind,
    /// What it is called.
    pub name: String,
    /// Who vouches: half of what somebody is known by.
    pub issuer: String,
    /// As what this application is known there.
    pub client_id: String,
    /// With what it proves that.
    pub client_secret: Option<String>,
    /// What is asked for.
    pub scopes: Vec<String>,
    /// Where people are sent. Of OpenID Connect empty, since providers say it themselves.
    pub authorize: String,
    /// Where codes are exchanged; the same.
    pub token: String,
    /// Where it is asked who somebody is; the same.
    pub me: String,
}

impl fmt::Debug for Provider {
    /// Without its secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Provider({} at {})", self.id, self.issuer)
    }
}

/// What is wrong with a provider of the settings.
pub(crate) fn faults(it: &Provider) -> Option<String> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if it.id.is_empty() || !it.id.chars().all(plain) {
        return Some("id: write small letters, digits and `-`".to_owned());
    }
    if it.client_id.is_empty() {
        return Some(
            "client_id is empty; the provider gives it when the application is registered"
                .to_owned(),
        );
    }
    if it.issuer == LOCAL || it.issuer == "erased" {
        return Some("issuer: write the address of the provider".to_owned());
    }
    if it.kind.is_oidc() && !it.scopes.iter().any(|scope| scope == "openid") {
        return Some("scopes: `openid` must be among them".to_owned());
    }
    let addresses = [
        ("issuer", &it.issuer),
        ("authorize", &it.authorize),
        ("token", &it.token),
        ("me", &it.me),
    ];
    addresses.into_iter().filter(|(_, address)| !address.is_empty()).find_map(|(what, address)| {
        let safe = Url::parse(address).is_ok_and(|url| is_safe(&url));
        (!safe).then(|| {
            format!("{what}: `{address}` must be an address with https (http only on this machine)")
        })
    })
}
