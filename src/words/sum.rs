//! An amount of money, before a language has words for it.

/// An amount of money in words: units, hundredths and the currency's sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sum {
    pub whole: u32,
    pub cents: u32,
    pub sign: char,
}
