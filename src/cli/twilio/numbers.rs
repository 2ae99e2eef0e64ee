//! An account's numbers at Twilio: every page of them, and what an update says. Asked with patience: somebody waits.
#![expect(clippy::disallowed_methods, reason = "waits between tries")]

use std::time::Duration;

use crate::delivery::{Retries, TwilioAccount, TwilioError};
use crate::twilio::incoming_numbers::{FieldChange, IncomingNumber, NumberPage};
use crate::words::printable;

/// Numbers asked for on a page; Twilio gives no more.
const PAGE_SIZE: u32 = 1000;
/// More pages than any account has: a server that always names a next one is not believed for ever.
const MAX_PAGES: usize = 1000;
/// Tries of a request in all.
const TRIES: u32 = 6;
/// Longest wait that a server may ask for.
const MAX_WAIT: Duration = Duration::from_secs(60);
/// Longest name of Twilio's that is shown, characters.
const MAX_MESSAGE: usize = 300;

/// One account's numbers.
pub(super) struct Numbers<'a>(TwilioAccount<'a>);

impl<'a> Numbers<'a> {
    pub(super) fn of(account: TwilioAccount<'a>) -> Self {
        Self(account)
    }

    /// Every number of the account.
    pub(super) async fn list(&self) -> Result<Vec<IncomingNumber>, TwilioError> {
        let mut numbers = Vec::new();
        let first = format!("IncomingPhoneNumbers.json?PageSize={PAGE_SIZE}");
        let mut next = Some(self.0.path(&first));
        let mut pages = 0;
        while let Some(path) = next.take() {
            pages += 1;
            if pages > MAX_PAGES {
                return Err(TwilioError::Answer(format!("more than {MAX_PAGES} pages")));
            }
            // Another path of the same host would see our token all the same.
            if !path.starts_with(&self.0.path("")) {
                let path = printable(&path, MAX_MESSAGE);
                return Err(TwilioError::Answer(format!("its next page is {path}")));
            }
            let body = patiently(|| self.0.get(&path)).await?;
            let page: NumberPage = serde_json::from_slice(&body)
                .map_err(|error| TwilioError::Answer(error.to_string()))?;
            numbers.extend(page.incoming_phone_numbers);
            next = page.next_page_uri.filter(|uri| !uri.is_empty());
        }
        Ok(numbers)
    }

    /// Sets these fields of a number and no others.
    pub(super) async fn update(
        &self,
        sid: &str,
        changes: &[FieldChange],
    ) -> Result<(), TwilioError> {
        if !sid
            .strip_prefix("PN")
            .is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_alphanumeric()))
        {
            let sid = printable(sid, MAX_MESSAGE);
            return Err(TwilioError::Answer(format!("a number is called {sid}")));
        }
        let path = self.0.path(&format!("IncomingPhoneNumbers/{sid}.json"));
        let form: Vec<(&str, &str)> = changes
            .iter()
            .map(|c| (c.name, c.becomes.as_str()))
            .collect();
        patiently(|| self.0.post(&path, &form)).await.map(drop)
    }
}

/// Asks until there is an answer that will not change: the same update twice is one update.
async fn patiently<T, F: Future<Output = Result<T, TwilioError>>>(
    ask: impl Fn() -> F,
) -> Result<T, TwilioError> {
    let retries = Retries {
        tries: TRIES,
        ..Retries::default()
    };
    let mut failures = 0;
    loop {
        let error = match ask().await {
            Ok(answer) => return Ok(answer),
            Err(error) => error,
        };
        failures += 1;
        let wait = retries.wait_after(failures).filter(|_| error.may_pass());
        let Some(ours) = wait else {
            return Err(error);
        };
        let wait = error
            .retry_after()
            .map_or(ours, |asked| asked.min(MAX_WAIT));
        eprintln!("maitred twilio: {error}; again in {} s", wait.as_secs_f32());
        tokio::time::sleep(wait).await;
    }
}
