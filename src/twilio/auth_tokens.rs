//! Which secrets may have signed a request: `TWILIO_AUTH_TOKEN` as the operator writes it.

use thiserror::Error;

use super::sid::SidKind;

/// The auth tokens in force: usually one, two while rotating, or one per sub-account.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct AuthTokens {
    /// (account, token); no account: the token holds for every account without its own.
    entries: Vec<(Option<String>, String)>,
}

/// Why a list of tokens cannot be used. Never contains a token.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum AuthTokensError {
    /// An entry between two commas, or the whole text, is blank.
    #[error("entry {0} of the auth token list is empty")]
    Empty(usize),
    /// `NAME=token` where NAME is not an account.
    #[error("entry {0} of the auth token list names no account (AC and 32 hex digits)")]
    NotAnAccount(usize),
}

impl AuthTokens {
    /// Reads `token`, `token,token` (rotation) or `ACxxx=token,ACyyy=token` (sub-accounts); the forms mix.
    ///
    /// # Errors
    /// An empty entry, or an entry whose left side is not an account SID.
    pub fn parse(text: &str) -> Result<Self, AuthTokensError> {
        let mut entries = Vec::new();
        for (index, part) in text.split(',').enumerate() {
            let part = part.trim();
            let entry = match part.split_once('=') {
                Some((account, token)) => {
                    if !SidKind::Account.matches(account) {
                        return Err(AuthTokensError::NotAnAccount(index + 1));
                    }
                    (Some(account.to_owned()), token.to_owned())
                }
                None => (None, part.to_owned()),
            };
            if entry.1.is_empty() {
                return Err(AuthTokensError::Empty(index + 1));
            }
            entries.push(entry);
        }
        Ok(AuthTokens { entries })
    }

    /// With several accounts in the list, the tokens that name none are those of `main` (`TWILIO_ACCOUNT_SID`) and of
    /// nobody else: the holder of one account's token must not speak for an account that is not listed.
    pub fn with_main_account(mut self, main: &str) -> Self {
        if SidKind::Account.matches(main) && self.entries.iter().any(|(owner, _)| owner.is_some()) {
            for (owner, _) in &mut self.entries {
                owner.get_or_insert_with(|| main.to_owned());
            }
        }
        self
    }

    /// The tokens that may sign for `account`: its own if it has any, else those that hold for everyone.
    pub fn for_account<'a>(&'a self, account: &'a str) -> Vec<&'a str> {
        let own = self.tokens(|owner| owner == Some(account));
        if own.is_empty() {
            self.tokens(|owner| owner.is_none())
        } else {
            own
        }
    }

    /// The accounts that are named, each once, in the order they were written.
    pub fn accounts(&self) -> Vec<&str> {
        let mut accounts = Vec::new();
        for owner in self
            .entries
            .iter()
            .filter_map(|(owner, _)| owner.as_deref())
        {
            if !accounts.contains(&owner) {
                accounts.push(owner);
            }
        }
        accounts
    }

    /// Do these tokens speak for more than one account?
    pub fn are_of_several_accounts(&self) -> bool {
        let mut owners = self.entries.iter().map(|(owner, _)| owner);
        let first = owners.next();
        owners.any(|owner| Some(owner) != first)
    }

    /// Every token: for a request that does not say its account (the media socket's upgrade).
    pub fn all(&self) -> Vec<&str> {
        self.tokens(|_| true)
    }

    fn tokens(&self, of: impl Fn(Option<&str>) -> bool) -> Vec<&str> {
        self.entries
            .iter()
            .filter(|(owner, _)| of(owner.as_deref()))
            .map(|(_, token)| token.as_str())
            .collect()
    }
}

/// Tokens stay out of logs: only how many there are is shown.
impl std::fmt::Debug for AuthTokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "AuthTokens({} of them)", self.entries.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SUB: &str = "AC0000000000000000000000000000000a";

    #[test]
    fn a_list_of_tokens_holds_for_every_account() {
        let tokens = AuthTokens::parse("old, new").unwrap();
        assert_eq!(tokens.for_account(SUB), ["old", "new"]);
        assert_eq!(tokens.all(), ["old", "new"]);
    }

    #[test]
    fn a_sub_account_with_its_own_token_uses_only_that() {
        let tokens = AuthTokens::parse(&format!("main,{SUB}=sub")).unwrap();
        assert_eq!(tokens.for_account(SUB), ["sub"]);
        assert_eq!(tokens.for_account("AC1"), ["main"]);
        assert_eq!(tokens.all(), ["main", "sub"]);
    }

    #[test]
    fn with_several_accounts_a_token_without_one_is_the_main_accounts() {
        const MAIN: &str = "AC0000000000000000000000000000000b";
        let several = AuthTokens::parse(&format!("main,{SUB}=sub")).unwrap();
        let several = several.with_main_account(MAIN);
        assert_eq!(several.for_account(MAIN), ["main"]);
        assert_eq!(several.for_account(SUB), ["sub"]);
        assert!(several.for_account("AC1").is_empty());
        assert_eq!(several.accounts(), [MAIN, SUB]);
        let one = AuthTokens::parse("old,new")
            .unwrap()
            .with_main_account(MAIN);
        assert_eq!(one.for_account("AC1"), ["old", "new"]);
    }

    #[test]
    fn blank_and_misnamed_entries_are_refused() {
        assert_eq!(AuthTokens::parse(""), Err(AuthTokensError::Empty(1)));
        assert_eq!(AuthTokens::parse("a,,b"), Err(AuthTokensError::Empty(2)));
        assert_eq!(
            AuthTokens::parse("x=y"),
            Err(AuthTokensError::NotAnAccount(1))
        );
        assert_eq!(
            AuthTokens::parse(&format!("{SUB}=")),
            Err(AuthTokensError::Empty(1))
        );
    }

    #[test]
    fn a_token_is_never_shown() {
        let shown = format!("{:?}", AuthTokens::parse("secret").unwrap());
        assert!(!shown.contains("secret"));
    }

    #[test]
    fn two_tokens_of_one_account_are_one_account() {
        let several = |text: &str| AuthTokens::parse(text).unwrap().are_of_several_accounts();
        let (a, b) = (
            "AC000000000000000000000000000000aa",
            "AC000000000000000000000000000000bb",
        );
        assert!(!several("one"));
        assert!(!several("one,two"));
        assert!(!several(&format!("{a}=one,{a}=two")));
        assert!(several(&format!("{a}=one,{b}=two")));
        assert!(several(&format!("one,{b}=two")));
    }
}
