//! Stable names of everything that can be found in a file: scripts and dashboards match on them.

use std::fmt;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The file is not served.
    Error,
    /// The file is served; a person should look.
    Warning,
}

/// Declares the codes once: variant, written form, what it means.
macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// What kind of finding it is; `E_` codes are errors, `W_` codes warnings. The written form never changes.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($(#[$doc])* $name,)* }

        impl Code {
            /// Every code there is.
            pub const ALL: &'static [Code] = &[$(Code::$name),*];

            /// The written form, such as `E_SCHEMA`.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$name => $text,)* }
            }
        }
    };
}

codes! {
    /// The file could not be read.
    Read = "E_READ",
    /// Larger than the limit.
    TooLarge = "E_TOO_LARGE",
    /// Not UTF-8.
    Encoding = "E_ENCODING",
    /// Nothing in it but comments.
    Empty = "E_EMPTY",
    /// Not YAML.
    Yaml = "E_YAML",
    /// Nested too deep.
    Depth = "E_DEPTH",
    /// More than one document.
    Documents = "E_DOCUMENTS",
    /// Too many nodes.
    Events = "E_EVENTS",
    /// An anchor or alias (`&a`, `*a`).
    Anchor = "E_ANCHOR",
    /// A tag (`!!int`).
    Tag = "E_TAG",
    /// A merge key (`<<`).
    MergeKey = "E_MERGE_KEY",
    /// A number written so that it may not mean what it says (`0x10`, `1e3`).
    NumberForm = "E_NUMBER_FORM",
    /// The same key twice.
    DuplicateKey = "E_DUPLICATE_KEY",
    /// A key that is not text.
    Key = "E_KEY",
    /// Against the schema: wrong type or form, or something missing.
    Schema = "E_SCHEMA",
    /// A key nobody knows.
    UnknownKey = "E_UNKNOWN_KEY",
    /// A key of a later version.
    NotYet = "E_NOT_YET",
    /// No telephone number, or two ways of writing it.
    Phone = "E_PHONE",
    /// Not a currency.
    Currency = "E_CURRENCY",
    /// Not an amount of the currency.
    Money = "E_MONEY",
    /// Not a tax rate.
    Tax = "E_TAX",
    /// Not a time zone.
    Timezone = "E_TIMEZONE",
    /// Hours that cannot be kept.
    Hours = "E_HOURS",
    /// Not a date.
    Date = "E_DATE",
    /// A language nobody here can serve.
    Language = "E_LANGUAGE",
    /// An engine, voice or brain this server does not have.
    Engine = "E_ENGINE",
    /// A name or id that must be unique is used twice.
    Duplicate = "E_DUPLICATE",
    /// A name that refers to nothing.
    Reference = "E_REFERENCE",
    /// An option that cannot be answered.
    Option = "E_OPTION",
    /// Two files whose names are the same but for case or ending.
    NameClash = "E_NAME_CLASH",
    /// A number that another restaurant owns.
    NumberConflict = "E_NUMBER_CONFLICT",
    /// An id that another file uses.
    IdConflict = "E_ID_CONFLICT",
    /// A number that the numbering plan does not know.
    WarnNumber = "W_NUMBER",
    /// Hands callers to its own number.
    WarnHandoffLoop = "W_HANDOFF_LOOP",
    /// A `{placeholder}` nobody fills in.
    WarnPlaceholder = "W_PLACEHOLDER",
    /// Closed all week.
    WarnNeverOpen = "W_NEVER_OPEN",
    /// A folder inside the folder: not read.
    WarnSubfolder = "W_SUBFOLDER",
}

impl Code {
    /// Errors begin with `E_`, warnings with `W_`.
    pub fn severity(self) -> Severity {
        if self.as_str().starts_with("W_") {
            Severity::Warning
        } else {
            Severity::Error
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl serde::Serialize for Code {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
