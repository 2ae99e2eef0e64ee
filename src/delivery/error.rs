//! Why a try failed.

use std::time::Duration;

use reqwest::StatusCode;

use super::AddressError;

/// Why a try failed. Never holds the address or the secret.
#[derive(Debug, thiserror::Error)]
pub enum DeliveryError {
    #[error(transparent)]
    Address(#[from] AddressError),
    #[error("it answered {0}")]
    Status(StatusCode),
    #[error("it cannot be reached: {0}")]
    Unreachable(String),
    #[error("it did not answer within {} seconds", .0.as_secs_f32())]
    Timeout(Duration),
}

impl DeliveryError {
    /// May another try succeed?
    pub fn may_pass(&self) -> bool {
        match self {
            Self::Address(AddressError::Private(_)) => false,
            Self::Address(AddressError::Name(_)) | Self::Unreachable(_) | Self::Timeout(_) => true,
            Self::Status(status) => {
                status.is_server_error()
                    || matches!(
                        *status,
                        StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS
                    )
            }
        }
    }

    /// The cause, without the address that reqwest would name.
    pub(super) fn unreachable(error: reqwest::Error) -> Self {
        use std::error::Error as _;
        let error = error.without_url();
        let mut told = error.to_string();
        let mut cause = error.source();
        while let Some(next) = cause {
            told = format!("{told}: {next}");
            cause = next.source();
        }
        Self::Unreachable(told)
    }

    /// What is wrong, without a sentence around it where there is one cause.
    pub(super) fn cause(self) -> String {
        match self {
            Self::Unreachable(cause) => cause,
            other => other.to_string(),
        }
    }
}
