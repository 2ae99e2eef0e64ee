//! Text that must never reach a log.

use std::fmt;

/// A secret from the environment; `Debug` hides it and there is no `Display`.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Wraps `text`.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself, for the one place that needs it.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Is `given` this secret? Takes the same time wherever the two differ; only the length can be told.
    pub fn matches(&self, given: &str) -> bool {
        use subtle::ConstantTimeEq as _;
        self.0.as_bytes().ct_eq(given.as_bytes()).into()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_hidden_when_printed() {
        let secret = Secret::new("open sesame");
        assert_eq!(format!("{secret:?}"), "Secret(hidden)");
        assert!(secret.matches("open sesame"));
        assert!(!secret.matches("open sesamE"));
        assert!(!secret.matches("open"));
    }
}
