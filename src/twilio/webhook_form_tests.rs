use proptest::prelude::*;

use super::*;

const CALL: &str = "CA0000000000000000000000000000000a";
const ACCOUNT: &str = "AC0000000000000000000000000000000b";

fn body(extra: &str) -> String {
    format!("CallSid={CALL}&AccountSid={ACCOUNT}&From=%2B14155550100&To=%2B15005550006{extra}")
}

fn refused(body: &str) -> FormError {
    VoiceForm::parse(body.as_bytes()).unwrap_err()
}

#[test]
fn a_voice_webhook_is_read() {
    let form = VoiceForm::parse(
        body("&CallStatus=ringing&Direction=inbound&FromCity=SAN+FRANCISCO&NewThing=x").as_bytes(),
    )
    .unwrap();
    assert_eq!(form.call_sid, CALL);
    assert_eq!(form.account_sid, ACCOUNT);
    assert_eq!(form.from, "+14155550100");
    assert_eq!(form.to, "+15005550006");
    assert_eq!(form.call_status, Some(CallStatus::Ringing));
    assert_eq!(form.direction.as_deref(), Some("inbound"));
    assert!(!form.test);
    assert_eq!(form.pairs.len(), 8);
    assert_eq!(
        form.pairs[6],
        ("FromCity".to_owned(), "SAN FRANCISCO".to_owned())
    );
}

#[test]
fn a_dial_action_a_fallback_and_a_test_call_say_more() {
    let form = VoiceForm::parse(
        body("&DialCallStatus=no-answer&Digits=12%23&ErrorCode=11205&ErrorUrl=x&MaitredTest=1&CallDuration=61")
            .as_bytes(),
    )
    .unwrap();
    assert_eq!(form.dial_call_status, Some(CallStatus::NoAnswer));
    assert_eq!(form.digits.as_deref(), Some("12#"));
    assert_eq!(form.error_code.as_deref(), Some("11205"));
    assert_eq!(form.error_url.as_deref(), Some("x"));
    assert_eq!(form.call_duration, Some(61));
    assert!(form.test);
}

#[test]
fn a_caller_without_a_number_is_still_a_caller() {
    let form = VoiceForm::parse(
        format!("CallSid={CALL}&AccountSid={ACCOUNT}&To=%2B1&From=client%3Abob").as_bytes(),
    )
    .unwrap();
    assert_eq!(form.from, "client:bob");
    let form = VoiceForm::parse(format!("CallSid={CALL}&AccountSid={ACCOUNT}&To=%2B1").as_bytes())
        .unwrap();
    assert_eq!(form.from, "");
}

#[test]
fn malformed_forms_are_refused_with_their_reason() {
    assert_eq!(refused(&body("&X=%4")), FormError::BadEscape);
    assert_eq!(refused(&body("&X=%zz")), FormError::BadEscape);
    assert_eq!(refused(&body("&X=%+1")), FormError::BadEscape);
    assert_eq!(refused(&body("&X=%ff")), FormError::NotUtf8);
    assert_eq!(refused(""), FormError::Missing("CallSid"));
    assert_eq!(
        refused(&format!("AccountSid={ACCOUNT}&To=x")),
        FormError::Missing("CallSid")
    );
    assert_eq!(
        refused(&format!("CallSid={CALL}&To=x")),
        FormError::Missing("AccountSid")
    );
    assert_eq!(
        refused(&format!("CallSid={CALL}&AccountSid={ACCOUNT}")),
        FormError::Missing("To")
    );
    assert_eq!(
        refused(&format!("CallSid=CA1&AccountSid={ACCOUNT}&To=x")),
        FormError::NotASid("CallSid")
    );
    assert_eq!(
        refused(&format!("CallSid={CALL}&AccountSid={CALL}&To=x")),
        FormError::NotASid("AccountSid")
    );
    assert_eq!(
        refused(&body("&To=%2B1999")),
        FormError::Contradictory("To")
    );
}

#[test]
fn a_repeated_identical_parameter_is_no_contradiction() {
    assert!(VoiceForm::parse(body("&To=%2B15005550006").as_bytes()).is_ok());
}

#[test]
fn forms_over_the_bounds_are_refused() {
    let many = "&a=1".repeat(MAX_PARAMS);
    assert_eq!(refused(&body(&many)), FormError::TooMany);
    let long = "x".repeat(MAX_VALUE + 1);
    assert_eq!(refused(&body(&format!("&a={long}"))), FormError::TooLong);
    assert_eq!(
        refused(&body(&format!("&{}=1", "n".repeat(MAX_NAME + 1)))),
        FormError::TooLong
    );
    assert_eq!(
        refused(&body(&format!("&a={}", "%41".repeat(MAX_VALUE * 2)))),
        FormError::TooLong
    );
    let fits = "%41".repeat(MAX_VALUE);
    assert!(VoiceForm::parse(body(&format!("&a={fits}")).as_bytes()).is_ok());
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(pairs in prop::collection::vec((".{0,12}", ".{0,20}"), 0..20)) {
        // A nameless, valueless pair is written as "=", which stays a pair; nothing is lost.
        let written = write_pairs(&pairs);
        prop_assert_eq!(parse_pairs(written.as_bytes()).unwrap(), pairs);
    }

    #[test]
    fn any_bytes_are_read_or_refused_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = VoiceForm::parse(&bytes);
    }

    #[test]
    fn every_status_word_survives(word in "[a-z-]{1,12}") {
        let status = CallStatus::from_word(&word);
        prop_assert_eq!(status.as_word(), word);
    }
}
