//! G.711 mu-law, the telephone's eight bits per sample (ITU-T G.711, 1988).

/// The byte of digital silence (+0).
pub const SILENCE: u8 = 0xFF;

/// Added before the logarithm is taken, on the 16-bit scale (G.711's 33 on its 14-bit scale).
const BIAS: u16 = 132;
/// Larger magnitudes are cut to this before the bias is added, so that the sum fits 15 bits.
const CLIP: u16 = 32_635;

const DECODED: [i16; 256] = decode_table();
/// Seven-bit codes of magnitudes divided by four: the two lowest bits never reach the mantissa.
const ENCODED: [u8; 8192] = encode_table();

/// One byte of the line as a 16-bit sample.
#[must_use]
pub const fn decode_sample(byte: u8) -> i16 {
    DECODED[byte as usize]
}

/// One 16-bit sample as a byte of the line.
#[must_use]
pub const fn encode_sample(sample: i16) -> u8 {
    let magnitude = sample.unsigned_abs();
    // -32768 has the one magnitude past the table's end; it clips as its neighbour does.
    let magnitude = if magnitude > 32_767 {
        32_767
    } else {
        magnitude
    };
    let code = ENCODED[(magnitude >> 2) as usize];
    let sign = if sample < 0 { 0x80 } else { 0 };
    !(code | sign)
}

/// A whole buffer of line bytes as samples.
#[must_use]
pub fn decode(bytes: &[u8]) -> Vec<i16> {
    bytes.iter().map(|&byte| decode_sample(byte)).collect()
}

/// Line bytes appended to `into` as samples, without a new allocation when it has room.
pub fn decode_into(bytes: &[u8], into: &mut Vec<i16>) {
    into.extend(bytes.iter().map(|&byte| decode_sample(byte)));
}

/// A whole buffer of samples as line bytes.
#[must_use]
pub fn encode(samples: &[i16]) -> Vec<u8> {
    samples
        .iter()
        .map(|&sample| encode_sample(sample))
        .collect()
}

const fn decode_table() -> [i16; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let code = !(byte as u8);
        let exponent = (code >> 4) & 0x07;
        let mantissa = (code & 0x0F) as i32;
        let magnitude = (((mantissa << 3) + BIAS as i32) << exponent) - BIAS as i32;
        table[byte] = if code & 0x80 == 0 {
            magnitude as i16
        } else {
            -magnitude as i16
        };
        byte += 1;
    }
    table
}

const fn encode_table() -> [u8; 8192] {
    let mut table = [0; 8192];
    let mut index = 0;
    while index < 8192 {
        let magnitude = (index as u16) << 2;
        let clipped = if magnitude > CLIP { CLIP } else { magnitude };
        let biased = clipped + BIAS;
        // The bias guarantees a bit at position 7 or above.
        let exponent = (15 - biased.leading_zeros() - 7) as u8;
        let mantissa = ((biased >> (exponent + 3)) & 0x0F) as u8;
        table[index] = (exponent << 4) | mantissa;
        index += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_tables_hold_the_standard_values() {
        for (byte, sample) in [
            (0x00, -32_124),
            (0x80, 32_124),
            (0xFF, 0),
            (0x7F, 0),
            (0xFE, 8),
            (0x7E, -8),
            (0xF0, 120),
            (0xEF, 132),
            (0xB0, 3_900),
        ] {
            assert_eq!(decode_sample(byte), sample, "byte {byte:#04x}");
        }
        assert_eq!(encode_sample(0), SILENCE);
        assert_eq!(encode_sample(i16::MAX), 0x80);
        assert_eq!(encode_sample(i16::MIN), 0x00);
    }

    #[test]
    fn every_byte_but_minus_zero_survives_a_round_trip() {
        for byte in 0..=u8::MAX {
            let again = encode_sample(decode_sample(byte));
            let expected = if byte == 0x7F { SILENCE } else { byte };
            assert_eq!(again, expected);
        }
    }

    proptest! {
        #[test]
        fn an_encoded_sample_is_off_by_half_a_step_at_most(sample in any::<i16>()) {
            let error = (i32::from(decode_sample(encode_sample(sample))) - i32::from(sample)).abs();
            let magnitude = i32::from(sample).abs();
            // Steps double with each of the eight segments, which begin at powers of two less the bias: 8 near zero, 1024
            // at the top.
            prop_assert!(error <= (magnitude + i32::from(BIAS)) / 32 + (magnitude - 32_124).max(0));
        }

        #[test]
        fn louder_is_never_encoded_as_quieter(a in any::<i16>(), b in any::<i16>()) {
            let (low, high) = (a.min(b), a.max(b));
            prop_assert!(decode_sample(encode_sample(low)) <= decode_sample(encode_sample(high)));
        }

        #[test]
        fn buffers_keep_their_length(bytes in proptest::collection::vec(any::<u8>(), 0..500)) {
            let mut appended = Vec::new();
            decode_into(&bytes, &mut appended);
            prop_assert_eq!(&appended, &decode(&bytes));
            prop_assert_eq!(encode(&appended).len(), bytes.len());
        }
    }
}
