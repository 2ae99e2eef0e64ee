//! What this server's engines can serve: an argument of validation, so that a file nobody could serve is a problem and
//! not a silent call.

/// The languages, engines and voices a file may ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capabilities {
    /// BCP 47 prefixes: `en` serves `en-US` and `en-CA`, `en-US` only itself.
    pub languages: Vec<String>,
    /// Recognisers, by name.
    pub stt: Vec<String>,
    /// Synthesisers, by name.
    pub tts: Vec<String>,
    /// Voices, by name; `None`: any name is taken.
    pub voices: Option<Vec<String>>,
    /// Is a language model there?
    pub llm: bool,
}

impl Capabilities {
    /// The embedded engines (and the scripted ones tests use): English, one voice.
    pub fn embedded() -> Self {
        let names = |list: &[&str]| list.iter().map(|name| (*name).to_owned()).collect();
        Self {
            languages: names(&["en"]),
            stt: names(&["local", "scripted"]),
            tts: names(&["local", "scripted"]),
            voices: Some(names(&["heart"])),
            llm: false,
        }
    }

    /// Over text, where nothing is heard or spoken (`check`, `talk`, `understand`, `replay`): every language the waiter has
    /// words in, and any voice.
    pub fn in_text() -> Self {
        let languages = ["en", "fr", "es"].map(str::to_owned).to_vec();
        Self {
            languages,
            voices: None,
            ..Self::embedded()
        }
    }

    /// Can anyone here speak `language`?
    pub fn speaks(&self, language: &str) -> bool {
        let wanted = language.to_ascii_lowercase();
        self.languages.iter().any(|offered| {
            wanted
                .strip_prefix(&offered.to_ascii_lowercase())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        })
    }
}

impl Default for Capabilities {
    fn default() -> Self {
        Self::embedded()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_serves_its_regions_and_nothing_else() {
        let here = Capabilities::embedded();
        assert!(here.speaks("en") && here.speaks("en-CA") && here.speaks("EN-us"));
        let text = Capabilities::in_text();
        assert!(text.speaks("fr-CA") && text.speaks("es-US") && !text.speaks("de-DE"));
        assert!(!here.speaks("eng") && !here.speaks("fr-CA") && !here.speaks(""));
    }
}
