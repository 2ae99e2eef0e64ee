//! Which language a restaurant speaks.

/// A language the waiter's words exist in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// English as spoken in North America.
    #[default]
    English,
}

impl Language {
    /// From a BCP 47 tag such as `en-US`; `None` when nobody here speaks it.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        primary.eq_ignore_ascii_case("en").then_some(Self::English)
    }
}
