//! Which model may take orders, and where it works.

use std::time::Duration;

use super::{Secret, SettingsError};

/// OpenAI's own address, where `OPENAI_BASE_URL` names no other.
const OPENAI: &str = "https://api.openai.com/v1";

/// A chat completions server and a model on it. `Debug` shows no key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LlmSettings {
    /// Without a slash at its end; `/chat/completions` is put behind it.
    pub base_url: String,
    /// `None`: none is sent (a server of one's own).
    pub key: Option<Secret>,
    pub model: String,
    /// How long the caller waits for the first and for each further token.
    pub patience: Duration,
}

impl LlmSettings {
    /// Reads `OPENAI_MODEL`, `OPENAI_BASE_URL` and `OPENAI_API_KEY`; `None` where no model is named.
    ///
    /// # Errors
    /// An address that is none, or OpenAI's own without a key.
    pub fn resolve(
        env: impl Fn(&str) -> Option<String>,
        patience: Duration,
    ) -> Result<Option<Self>, SettingsError> {
        let env = |name: &str| {
            env(name)
                .map(|text| text.trim().to_owned())
                .filter(|text| !text.is_empty())
        };
        let Some(model) = env("OPENAI_MODEL") else {
            return Ok(None);
        };
        let base_url = env("OPENAI_BASE_URL").unwrap_or_else(|| OPENAI.to_owned());
        let base_url = base_url.trim_end_matches('/').to_owned();
        let is_http = ["http", "https"].contains(&scheme(&base_url));
        if !is_http || base_url.contains(['?', '#', '@']) || base_url.contains(char::is_whitespace)
        {
            let reason = "is not an address such as http://127.0.0.1:11434/v1";
            return Err(SettingsError::bad("OPENAI_BASE_URL", reason));
        }
        let key = env("OPENAI_API_KEY").map(Secret::new);
        if key.is_some() && scheme(&base_url) == "http" && !is_this_machine(&base_url) {
            let reason = "is plain http to another machine, where everybody on the way could read OPENAI_API_KEY; use https://, or unset the key";
            return Err(SettingsError::bad("OPENAI_BASE_URL", reason));
        }
        if key.is_none() && base_url == OPENAI {
            let reason =
                "is not set; OpenAI wants one (another server is named with OPENAI_BASE_URL)";
            return Err(SettingsError::bad("OPENAI_API_KEY", reason));
        }
        Ok(Some(Self {
            base_url,
            key,
            model,
            patience,
        }))
    }
}

fn scheme(url: &str) -> &str {
    match url.split_once("://") {
        Some((scheme, host)) if !host.is_empty() => scheme,
        _ => "",
    }
}

/// Does the address lead no further than this machine?
pub fn is_this_machine(url: &str) -> bool {
    let Ok(url) = reqwest::Url::parse(url) else {
        return false;
    };
    let host = url.host_str().unwrap_or_default();
    let literal = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || literal
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolve(env: &[(&str, &str)]) -> Result<Option<LlmSettings>, SettingsError> {
        let value = |name: &str| {
            let found = env.iter().find(|(n, _)| *n == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        LlmSettings::resolve(value, Duration::from_secs(3))
    }

    #[test]
    fn without_a_model_nobody_is_hired() {
        assert_eq!(resolve(&[("OPENAI_API_KEY", "k")]), Ok(None));
        assert_eq!(resolve(&[("OPENAI_MODEL", " ")]), Ok(None));
    }

    #[test]
    fn openai_wants_a_key_and_a_server_of_ones_own_none() {
        let model = ("OPENAI_MODEL", "m");
        let refused = resolve(&[model]).unwrap_err().to_string();
        assert!(refused.contains("OPENAI_API_KEY"), "{refused}");
        let key = ("OPENAI_API_KEY", "hidden-key");
        let llm = resolve(&[model, key]).unwrap().unwrap();
        assert_eq!(llm.base_url, OPENAI);
        assert!(!format!("{llm:?}").contains("hidden-key"));
        let own = ("OPENAI_BASE_URL", "http://127.0.0.1:11434/v1/");
        let llm = resolve(&[model, own]).unwrap().unwrap();
        assert_eq!(llm.base_url, "http://127.0.0.1:11434/v1");
    }

    #[test]
    fn a_key_never_leaves_this_machine_in_the_open() {
        let given = |address: &'static str, key: Option<&'static str>| {
            let mut env = vec![("OPENAI_MODEL", "m"), ("OPENAI_BASE_URL", address)];
            env.extend(key.map(|key| ("OPENAI_API_KEY", key)));
            resolve(&env)
        };
        for address in [
            "http://10.0.0.7:11434/v1",
            "http://gpu.example.com/v1",
            "http://localhost.example.com/v1",
            "http://127.0.0.1.example.com/v1",
        ] {
            let refused = given(address, Some("hidden-key")).unwrap_err().to_string();
            assert!(refused.contains("https://"), "{refused}");
            assert!(!refused.contains("hidden-key"), "{refused}");
            assert!(given(address, None).is_ok(), "{address}");
        }
        for address in [
            "http://127.0.0.1:11434/v1",
            "http://localhost:11434/v1",
            "http://[::1]:11434/v1",
            "https://gpu.example.com/v1",
        ] {
            assert!(given(address, Some("hidden-key")).is_ok(), "{address}");
        }
    }

    #[test]
    fn an_address_that_is_none_is_refused() {
        for address in [
            "localhost:11434",
            "ftp://x/v1",
            "http://",
            "http://u:p@x/v1",
        ] {
            let refused = resolve(&[("OPENAI_MODEL", "m"), ("OPENAI_BASE_URL", address)]);
            let text = refused.unwrap_err().to_string();
            assert!(
                text.contains("OPENAI_BASE_URL") && !text.contains("u:p"),
                "{text}"
            );
        }
    }
}
