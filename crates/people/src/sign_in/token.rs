//! Identity tokens (OpenID Connect Core 1.0, section 3.1.3.7): is this one from the provider, for us, for this sign-in, of now?
//!
//! Only signatures that the provider alone can make are taken: RSA, ECDSA and Ed25519. `none` and those made with a shared secret
//! are not.

use ring::signature::{
    ECDSA_P256_SHA256_FIXED, ED25519, RSA_PKCS1_2048_8192_SHA256, RSA_PSS_2048_8192_SHA256,
    RsaPublicKeyComponents, UnparsedPublicKey,
};
use serde_json::Value;

use super::answer::is_issuer;
use super::discovery::Keys;
use super::exchange::{Tokens, odd};
use super::fault::Fault;
use super::provider::Provider;
use crate::secret::unbase64url;

/// How far clocks may be apart (seconds).
const APART: i64 = 120;

/// How old a token may be that was made for this sign-in (seconds).
const OLDEST: i64 = 3_600;

/// What the token says, once all of it holds. `keys` gives the provider's keys, fresh ones where it is told so.
pub(super) fn verified(
    provider: &Provider,
    tokens: &Tokens,
    nonce: &str,
    keys: impl Fn(bool) -> Result<Keys, Fault>,
    now: i64,
) -> Result<Value, Fault> {
    let wrong = |why: &str| odd(provider, why);
    let token = tokens.id.as_deref().ok_or_else(|| wrong("there is no identity token in it"))?;
    let signed = Signed::parse(token).ok_or_else(|| wrong("its identity token cannot be read"))?;
    // A key that is not known may be a new one: keys are changed now and then.
    if !signed.is_by(&keys(false)?) && !signed.is_by(&keys(true)?) {
        return Err(wrong("the signature of its identity token is not its own"));
    }
    match fault_of(&signed.claims, provider, nonce, now) {
        None => Ok(signed.claims),
        Some(why) => Err(wrong(&format!("its identity token {why}"))),
    }
}

/// A token in its parts.
struct Signed<'t> {
    header: Value,
    claims: Value,
    /// What was signed.
    message: &'t [u8],
    signature: Vec<u8>,
}

impl<'t> Signed<'t> {
    fn parse(token: &'t str) -> Option<Self> {
        let (message, signature) = token.rsplit_once('.')?;
        let (header, claims) = message.split_once('.')?;
        let json = |part: &str| serde_json::from_slice(&unbase64url(part)?).ok();
        let signed = Self {
            header: json(header)?,
            claims: json(claims)?,
            message: message.as_bytes(),
            signature: unbase64url(signature)?,
        };
        // What a header calls critical must be understood, and nothing of the kind is.
        (signed.header["crit"].is_null() && signed.claims.is_object()).then_some(signed)
    }

    fn is_by(&self, keys: &[Value]) -> bool {
        let id = self.header["kid"].as_str();
        let fitting = keys.iter().filter(|key| {
            let named = id.is_none() || key["kid"].is_null() || key["kid"].as_str() == id;
            let for_signing = key["use"].is_null() || key["use"] == "sig";
            let same = key["alg"].is_null() || key["alg"] == self.header["alg"];
            named && for_signing && same
        });
        fitting.take(20).any(|key| self.verifies(key).is_some())
    }

    /// Something where the signature was made with that key.
    fn verifies(&self, key: &Value) -> Option<()> {
        let part = |name: &str| unbase64url(key[name].as_str()?);
        let (message, signature) = (self.message, &*self.signature);
        match (self.header["alg"].as_str()?, key["kty"].as_str()?, key["crv"].as_str()) {
            ("RS256", "RSA", _) => {
                let key = RsaPublicKeyComponents { n: part("n")?, e: part("e")? };
                key.verify(&RSA_PKCS1_2048_8192_SHA256, message, signature).ok()
            }
            ("PS256", "RSA", _) => {
                let key = RsaPublicKeyComponents { n: part("n")?, e: part("e")? };
                key.verify(&RSA_PSS_2048_8192_SHA256, message, signature).ok()
            }
            ("ES256", "EC", Some("P-256")) => {
                let point = [&[4], &*part("x")?, &*part("y")?].concat();
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point)
                    .verify(message, signature)
                    .ok()
            }
            ("EdDSA" | "Ed25519", "OKP", Some("Ed25519")) => {
                UnparsedPublicKey::new(&ED25519, part("x")?).verify(message, signature).ok()
            }
            _ => None,
        }
    }
}

/// What in the claims does not hold. A number that is no number does not hold.
fn fault_of(claims: &Value, provider: &Provider, nonce: &str, now: i64) -> Option<&'static str> {
    let number = |name: &str| claims[name].as_f64().map(|it| it as i64);
    let ours = |it: &Value| it.as_str() == Some(&*provider.client_id);
    let (for_us, alone) = match &claims["aud"] {
        Value::Array(all) => (all.iter().any(ours), all.len() == 1),
        one => (ours(one), true),
    };
    let party = &claims["azp"];
    let checks = [
        (
            claims["iss"].as_str().is_some_and(|it| is_issuer(provider, it)),
            "is from another issuer",
        ),
        (for_us, "is for another application"),
        ((party.is_null() && alone) || ours(party), "was given to another application"),
        (number("exp").is_some_and(|it| now < it.saturating_add(APART)), "has run out"),
        (number("iat").is_some_and(|it| it <= now.saturating_add(APART)), "is of the future"),
        (number("iat").is_some_and(|it| it > now - OLDEST), "is too old"),
        (
            claims["nbf"].is_null()
                || number("nbf").is_some_and(|it| it <= now.saturating_add(APART)),
            "does not hold yet",
        ),
        (claims["nonce"].as_str() == Some(nonce), "is of another sign-in"),
    ];
    checks.into_iter().find(|(holds, _)| !holds).map(|(_, why)| why)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// The public half of a key that was made with `openssl genrsa 2048` and thrown away.
    const N: &str = "vLpdvpAUIlAAo9AERbAO5QfFupY9ClGMHHSBVQ7F-msqEuReHCHkHtwmMQCiHW_JxlvvvnfFacbBOS7_deEf7c-iQN17fPRakSpwG47uI3EtwrItqC-LSm_llsY-Wb9Xgj7mT7z9bjDF6td_D66Gkn8HTYO-K9Sw5UBJEX3b_bwmvyel2zihYQoHqvetBA4siy4KkZnK2L77unGz35VwrmqDObcc8yPXTN_2XxVNSgHQMmzriUIEZv-mQJQLfztfNwq2ggISsgsbaZ09Lk08ot09V6ULH1j9gdpC3TBcaD5Xkcv146GYOtUTBzIxSIj9h5rRWUlPLt8W0RJIbWtpXw";

    /// `{"sub":"7"}`, signed with it in either way.
    const RS256: &str = "eyJhbGciOiJSUzI1NiIsImtpZCI6InIifQ.eyJzdWIiOiI3In0.lwCyINbjoPcTg8EnhLiaavtUO7E3xXoPNQA4JX1rXzddrX9gI7fJ0mVG84Guu2QshzGteJ93_eozURPPxv45WhvAMpGhYt7vWhbjMC6mW2D-PrDilQO7AxI7R4egIhTY_27OeXtXXwqUovl8pUFUx9QPyGAzBZNjwoBKHebG_eJ0zLQcWwIXeyPqzQ3UwlChXnJMXfcsEpaxr8klXFZ9kM24OIC7zC_cwr2Bp7Ic1TFdPjEFjaOMF0cU0lypVmfKhAFGvbZiEAuILZ4JQFsnZuP8I_x3QCOH7FYJUnqK5uTs62zpR0_bVUkHpnoJSLfjNUjUAjBdqslhXI17JFVORg";
    const PS256: &str = "eyJhbGciOiJQUzI1NiIsImtpZCI6InIifQ.eyJzdWIiOiI3In0.ZIMn5QIGkFnRLvToNdEtxQekOycEgVTjteTz3H7pByZYCyvQsKFOnbXRveZDh7YOqlVnhIR1Dq8P89nunr-vKYR7egg85yaATkA2dFu8ad2xnIm8-euAuRr3lY9ARuoZJqfgh0W5NXmB4hecD4TM_-CD2zqpBVDE9ee8IuACZIcbi8-wB0rompyqSIpEOzmphZhsHz9edYMkISJ57VqPF7gW4dMMF8VPy2ofRq3fEGcv8dPw_Pj7kZRopq23TB-XEmzuUUt47D9-m9zRkse2k1WvTndTGheacdbyhJAvE5oItBDDjZI8_3DoqwwZ6o2cbpI8W6BAl7wF_DrlyFwVag";

    #[test]
    fn signatures_of_rsa_are_checked() {
        let keys = [json!({ "kty": "RSA", "kid": "r", "n": N, "e": "AQAB" })];
        for token in [RS256, PS256] {
            assert!(Signed::parse(token).unwrap().is_by(&keys));
            let other = token.replacen(".eyJzdWIiOiI3In0.", ".eyJzdWIiOiI4In0.", 1);
            assert_ne!(other, token);
            assert!(!Signed::parse(&other).unwrap().is_by(&keys));
        }
        let encrypting = [json!({ "kty": "RSA", "kid": "r", "n": N, "e": "AQAB", "use": "enc" })];
        assert!(!Signed::parse(RS256).unwrap().is_by(&encrypting));
        let other = [json!({ "kty": "RSA", "kid": "r", "n": N, "e": "AQAB", "alg": "PS256" })];
        assert!(!Signed::parse(RS256).unwrap().is_by(&other), "a key is for one way of signing");
    }
}
