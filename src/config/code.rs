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

/// Declares the codes once: written form, and two lines of documentation that the program says too: what the code
/// means, and what to do about it.
macro_rules! codes {
    ($($(#[doc = $line:literal])+ $name:ident = $text:literal,)*) => {
        /// What kind of finding it is; `E_` codes are errors, `W_` codes warnings. The written form never changes.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($(#[doc = $line])+ $name,)* }

        impl Code {
            /// Every code there is.
            pub const ALL: &'static [Code] = &[$(Code::$name),*];

            /// The written form, such as `E_SCHEMA`.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$name => $text,)* }
            }

            /// Its documentation, line by line.
            fn lines(self) -> &'static [&'static str] {
                match self { $(Code::$name => &[$($line),+],)* }
            }
        }
    };
}

codes! {
    /// The file could not be read, or is a link that leads nowhere or out of the folder.
    /// Give the server's user the right to read it; put the file itself into the folder.
    Read = "E_READ",
    /// The file is larger than a restaurant file may be (1 MiB).
    /// Remove what is not needed; one file describes one restaurant.
    TooLarge = "E_TOO_LARGE",
    /// The file is not UTF-8 text.
    /// Save it as UTF-8.
    Encoding = "E_ENCODING",
    /// There is nothing in the file, or only comments.
    /// Write the restaurant, or delete the file.
    Empty = "E_EMPTY",
    /// The file is not YAML: a bracket, a quote or an indent is wrong.
    /// Look at the line and the one above it; quote text that holds a colon, a # or a quote.
    Yaml = "E_YAML",
    /// Lists and keys are nested deeper than any menu needs.
    /// Look for a bracket that is never closed.
    Depth = "E_DEPTH",
    /// The file holds more than one YAML document.
    /// One file, one restaurant: remove the second `---`, or split the file.
    Documents = "E_DOCUMENTS",
    /// The file holds more keys and values than a restaurant file may.
    /// Remove what is not needed.
    Events = "E_EVENTS",
    /// An anchor (`&name`) or alias (`*name`) is used.
    /// Write the value out; options are shared through option_groups.
    Anchor = "E_ANCHOR",
    /// A YAML tag (`!!str`) is used.
    /// Leave the tag out; quote the value if it is text.
    Tag = "E_TAG",
    /// A merge key (`<<`) is used.
    /// Write the keys out.
    MergeKey = "E_MERGE_KEY",
    /// A number is written so that it may not mean what it says (`0x10`, `1e3`).
    /// Write plain digits, or quote it if it is text.
    NumberForm = "E_NUMBER_FORM",
    /// A text holds a character that cannot be seen and that a terminal or a reader's eye obeys (an escape, a direction override).
    /// Remove it; it often comes with text that was copied.
    ControlCharacter = "E_CONTROL_CHARACTER",
    /// The same key stands twice in one place; only one could count.
    /// Keep one of them.
    DuplicateKey = "E_DUPLICATE_KEY",
    /// A key is not text, or far too long.
    /// Quote the key.
    Key = "E_KEY",
    /// A value has the wrong type or form, or a required key is missing.
    /// Write what the message expects; `maitred schema` describes every key.
    Schema = "E_SCHEMA",
    /// A key that nobody reads.
    /// Correct its spelling, or begin it with x- if it is your own.
    UnknownKey = "E_UNKNOWN_KEY",
    /// A key of a later version.
    /// Remove it: a key that is accepted and ignored would lose orders.
    NotYet = "E_NOT_YET",
    /// There is no telephone number to answer, or it is written in two ways.
    /// Write phone_number or phone_numbers, not both.
    Phone = "E_PHONE",
    /// Nobody can answer as the file says.
    /// Write a handoff number that may be rung first, a time from 5s to 60s, and hours where only closed hours are the waiter's.
    Answer = "E_ANSWER",
    /// The currency is not one of ISO 4217.
    /// Write a code such as USD, CAD or EUR.
    Currency = "E_CURRENCY",
    /// A price is not an amount of the file's currency.
    /// Write as many decimals as the currency has, such as 10.99.
    Money = "E_MONEY",
    /// The tax rate is not a percentage.
    /// Write a percentage from 0 to 100 with up to three decimals, such as 8.875.
    Tax = "E_TAX",
    /// The time zone does not exist.
    /// Write an IANA name such as America/Toronto.
    Timezone = "E_TIMEZONE",
    /// Opening hours cannot be kept: no span, or two that overlap.
    /// Write spans such as "11:00-14:00" that do not overlap.
    Hours = "E_HOURS",
    /// A closed date does not exist.
    /// Write a date such as 2026-12-25.
    Date = "E_DATE",
    /// Nobody here knows the language.
    /// Choose one of those the help names.
    Language = "E_LANGUAGE",
    /// The language has words for `talk` and `understand`, but no engine of this server hears and speaks it.
    /// Choose a language that is served here, or set up an engine for it.
    LanguageNotServed = "E_LANGUAGE_NOT_SERVED",
    /// The file asks for an engine, a voice or a brain that this server does not have.
    /// Choose one that is there, or leave the key out.
    Engine = "E_ENGINE",
    /// A name, an id or a number that must be unique is used twice.
    /// Give each its own.
    Duplicate = "E_DUPLICATE",
    /// A name refers to nothing in the file.
    /// Correct its spelling, or add what it refers to.
    Reference = "E_REFERENCE",
    /// An option that no answer could satisfy, or that says two things.
    /// Make min, max, default and choices fit together.
    Option = "E_OPTION",
    /// A combo contains itself: its dishes would never end.
    /// Take the combo out of its own choices, or out of a dish that is among them.
    Combo = "E_COMBO",
    /// An entry of `orders` is no way to a kitchen: nothing or too much is named, or an address cannot be used.
    /// Give each entry one of webhook, sms, email, printer and call, as docs/orders.md shows.
    Orders = "E_ORDERS",
    /// Two files whose names are the same but for case or ending.
    /// Rename or remove one of them.
    NameClash = "E_NAME_CLASH",
    /// Another restaurant's file claims the same telephone number.
    /// Take the number out of one of the files.
    NumberConflict = "E_NUMBER_CONFLICT",
    /// Another file has the same id.
    /// Give each restaurant its own id; delete the copy.
    IdConflict = "E_ID_CONFLICT",
    /// No numbering plan knows the telephone number.
    /// Check it for a slip; test numbers (+1 555 ...) are fine.
    WarnNumber = "W_NUMBER",
    /// The hand-off number is the restaurant's own: a caller who asks for a person would reach the waiter again.
    /// Give a number that a person answers.
    WarnHandoffLoop = "W_HANDOFF_LOOP",
    /// Orders would travel in plain http, where others can read and change them.
    /// Write https://, or let the server do it for a host of your own network with --deliver-allow.
    WarnOrdersPlain = "W_ORDERS_PLAIN",
    /// A `{placeholder}` that nobody fills in would be read out.
    /// Use the ones the message names.
    WarnPlaceholder = "W_PLACEHOLDER",
    /// The time zone is an old abbreviation that does not know about summer, or about the place.
    /// Write the region and city the help names.
    WarnTimezone = "W_TIMEZONE",
    /// No day has opening hours: every caller hears that it is closed.
    /// Remove hours to be always open, or write enabled: false.
    WarnNeverOpen = "W_NEVER_OPEN",
    /// There is no time at which it is sold: no day, or dates in the wrong order.
    /// Correct days and dates, or write available: false.
    WarnNeverSold = "W_NEVER_SOLD",
    /// A folder inside the folder is not read.
    /// Move its files up, or the folder elsewhere.
    WarnSubfolder = "W_SUBFOLDER",
    /// A file that looks as if it was meant is not read, because its name does not end in .yaml or .yml.
    /// Rename it, or keep it somewhere else.
    WarnFileName = "W_FILE_NAME",
    /// Two items, or two choices of an option, sound alike on a telephone.
    /// Rename one, or give each an alias that only it has.
    WarnSoundsAlike = "W_SOUNDS_ALIKE",
    /// Two dishes have the same name: a caller cannot say which.
    /// Rename one, or give each an alias that only it has.
    WarnSameName = "W_SAME_NAME",
    /// Two options of a dish have a choice of the same name: a caller who says it may mean either.
    /// Rename one of them, for example "Extra lamb".
    WarnSameChoice = "W_SAME_CHOICE",
    /// An option that nobody is ever asked: no item takes it over, or its conditions never hold.
    /// Remove it, or correct what it depends on.
    WarnUnreachable = "W_UNREACHABLE",
    /// A name that the voice cannot say.
    /// Add say_as with the words as they are spoken.
    WarnUnspeakable = "W_UNSPEAKABLE",
    /// An item is called like a whole category: a caller who says the word may mean any item of it.
    /// Name the item more closely, or give it an alias that only it has.
    WarnCategoryWord = "W_CATEGORY_WORD",
    /// A choice has no price beside choices that have one: it costs nothing.
    /// Write its price, or price: 0 if it is meant to be free.
    WarnChoicePrice = "W_CHOICE_PRICE",
    /// A ` #` in the middle of a line begins a comment: YAML cuts the text off there.
    /// Quote the text.
    WarnComment = "W_COMMENT",
    /// A price looks as if a digit was lost, or one too many was written.
    /// Write every price with all its decimals, such as 4.50.
    WarnPrice = "W_PRICE",
    /// Served, though the file ends in the middle of a line and has fewer items than before: it may be cut off.
    /// If all is there, end the file with a newline.
    WarnCutOff = "W_CUT_OFF",
    /// The file was read while somebody still had it open for writing, as for long enough nobody closed it.
    /// Close it, or write a new file and rename it over this one.
    WarnOpen = "W_OPEN",
}

impl Code {
    /// What it means, in a sentence.
    pub fn meaning(self) -> &'static str {
        self.lines()[0].trim()
    }

    /// What to do about it, in a sentence.
    pub fn remedy(self) -> &'static str {
        self.lines().get(1).map_or("", |line| line.trim())
    }

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_says_what_it_means_and_what_to_do() {
        for code in Code::ALL {
            assert_eq!(code.lines().len(), 2, "{code}");
            for sentence in [code.meaning(), code.remedy()] {
                assert!(
                    sentence.len() > 10 && sentence.ends_with('.'),
                    "{code}: {sentence}"
                );
            }
        }
    }
}
