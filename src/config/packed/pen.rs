//! Writing and reading numbers (LEB128), texts and lists.

/// Writes at the end of a buffer.
pub(super) struct Pen<'a>(pub &'a mut Vec<u8>);

impl Pen<'_> {
    pub(super) fn number(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.0.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.0.push(value as u8);
    }

    /// Zigzag: small amounts of either sign stay short.
    pub(super) fn signed(&mut self, value: i64) {
        self.number(((value << 1) ^ (value >> 63)) as u64);
    }

    pub(super) fn flag(&mut self, value: bool) {
        self.0.push(u8::from(value));
    }

    pub(super) fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.0.extend_from_slice(text.as_bytes());
    }

    pub(super) fn maybe<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Self, T)) {
        self.flag(value.is_some());
        if let Some(value) = value {
            write(self, value);
        }
    }

    pub(super) fn list<T>(&mut self, list: &[T], mut write: impl FnMut(&mut Self, &T)) {
        self.number(list.len() as u64);
        for value in list {
            write(self, value);
        }
    }

    /// What few menus have, in its JSON form: it need not be small or quick.
    pub(super) fn json<T: serde::Serialize>(&mut self, value: &T) {
        self.text(&serde_json::to_string(value).unwrap_or_default());
    }

    pub(super) fn texts(&mut self, texts: &[String]) {
        self.list(texts, |pen, text| pen.text(text));
    }
}

/// Reads from the front; every answer is `None` where the bytes are not what they should be.
pub(super) struct Eye<'a>(pub &'a [u8]);

impl<'a> Eye<'a> {
    pub(super) fn number(&mut self) -> Option<u64> {
        let mut value = 0u64;
        for shift in (0..64).step_by(7) {
            let (first, rest) = self.0.split_first()?;
            self.0 = rest;
            value |= u64::from(first & 0x7f) << shift;
            if first & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }

    /// A number of a narrower kind.
    pub(super) fn small<T: TryFrom<u64>>(&mut self) -> Option<T> {
        T::try_from(self.number()?).ok()
    }

    pub(super) fn signed(&mut self) -> Option<i64> {
        let value = self.number()?;
        Some((value >> 1) as i64 ^ -((value & 1) as i64))
    }

    pub(super) fn flag(&mut self) -> Option<bool> {
        match self.number()? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }

    pub(super) fn text(&mut self) -> Option<&'a str> {
        let length: usize = self.small()?;
        let (text, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        std::str::from_utf8(text).ok()
    }

    pub(super) fn string(&mut self) -> Option<String> {
        self.text().map(str::to_owned)
    }

    pub(super) fn maybe<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Option<Option<T>> {
        match self.flag()? {
            true => Some(Some(read(self)?)),
            false => Some(None),
        }
    }

    pub(super) fn list<T>(
        &mut self,
        mut read: impl FnMut(&mut Self) -> Option<T>,
    ) -> Option<Vec<T>> {
        let length: usize = self.small()?;
        // Each entry takes a byte at least: a length beyond that is no length.
        if length > self.0.len() {
            return None;
        }
        (0..length).map(|_| read(self)).collect()
    }

    pub(super) fn json<T: serde::de::DeserializeOwned>(&mut self) -> Option<T> {
        serde_json::from_str(self.text()?).ok()
    }

    pub(super) fn strings(&mut self) -> Option<Vec<String>> {
        self.list(Self::string)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_written_is_read(number: u64, signed: i64, text: String, texts: Vec<String>, flag: Option<bool>) {
            let mut bytes = Vec::new();
            let mut pen = Pen(&mut bytes);
            pen.number(number);
            pen.signed(signed);
            pen.text(&text);
            pen.texts(&texts);
            pen.maybe(flag, |pen, flag| pen.flag(flag));
            let mut eye = Eye(&bytes);
            prop_assert_eq!(eye.number(), Some(number));
            prop_assert_eq!(eye.signed(), Some(signed));
            prop_assert_eq!(eye.string(), Some(text));
            prop_assert_eq!(eye.strings(), Some(texts));
            prop_assert_eq!(eye.maybe(Eye::flag), Some(flag));
            prop_assert!(eye.0.is_empty());
        }

        #[test]
        fn no_bytes_make_it_panic(bytes: Vec<u8>) {
            let mut eye = Eye(&bytes);
            while eye.strings().is_some() && !eye.0.is_empty() {}
            let _ = Eye(&bytes).text();
        }
    }
}
