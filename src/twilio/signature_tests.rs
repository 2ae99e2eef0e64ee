use super::*;

#[derive(serde::Deserialize)]
struct Vector {
    id: String,
    about: String,
    token: String,
    algorithm: String,
    url: String,
    params: Option<Vec<(String, String)>>,
    body: Option<String>,
    signature: String,
    valid: bool,
}

impl Vector {
    fn signed(&self) -> Signed<'_> {
        match (&self.params, &self.body) {
            (Some(params), _) => Signed::Form(params),
            (None, Some(body)) => Signed::Body(body.as_bytes()),
            (None, None) => Signed::UrlOnly,
        }
    }

    /// As a request arrives: the classic scheme, or a shared key named in the settings header.
    fn verdict(&self) -> Result<(), SignatureError> {
        let shared = SharedKey {
            id: "SK1".to_owned(),
            secret: self.token.clone(),
        };
        let settings = format!("key=SK1,algorithm={}", self.algorithm);
        let classic = self.algorithm == "HMAC_SHA1";
        validate(
            &[&self.token],
            Some(&shared),
            &self.url,
            self.signed(),
            SignatureHeaders {
                signature: Some(&self.signature),
                settings: (!classic).then_some(settings.as_str()),
            },
        )
    }
}

fn vectors() -> Vec<Vector> {
    serde_json::from_str(include_str!(
        "../../tests/fixtures/twilio/signature_vectors.json"
    ))
    .unwrap()
}

const TOKEN: &str = "0123456789abcdef0123456789abcdef";

fn pairs(of: &[(&str, &str)]) -> Vec<(String, String)> {
    of.iter()
        .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
        .collect()
}

#[test]
fn all_59_vectors_are_judged_as_twilio_judges_them() {
    let vectors = vectors();
    assert_eq!(vectors.len(), 59);
    let (mut valid, mut invalid) = (0, 0);
    for vector in &vectors {
        let verdict = vector.verdict();
        assert_eq!(
            verdict.is_ok(),
            vector.valid,
            "{}: {} -> {verdict:?}",
            vector.id,
            vector.about
        );
        if verdict.is_ok() {
            valid += 1;
        } else {
            invalid += 1;
        }
    }
    assert_eq!((valid, invalid), (35, 24));
}

#[test]
fn what_we_sign_is_what_twilio_signs() {
    let webhook = vectors().into_iter().find(|v| v.id == "P02").unwrap();
    let ours = sign(&webhook.token, &webhook.url, &webhook.params.unwrap());
    assert_eq!(ours, webhook.signature);
}

#[test]
fn any_token_of_a_rotation_is_believed_and_no_other() {
    let form = pairs(&[("CallSid", "CA1")]);
    let url = "https://voice.example.com/voice";
    let signature = sign("new", url, &form);
    let headers = SignatureHeaders {
        signature: Some(&signature),
        settings: None,
    };
    let check = |tokens: &[&str]| validate(tokens, None, url, Signed::Form(&form), headers);
    assert_eq!(check(&["old", "new"]), Ok(()));
    assert_eq!(check(&["old"]), Err(SignatureError::Wrong));
    assert_eq!(check(&[]), Err(SignatureError::Wrong));
}

#[test]
fn a_settings_header_alone_never_opens_the_door() {
    let url = "https://voice.example.com/voice";
    let signature = sign(TOKEN, url, &[]);
    let shared = SharedKey {
        id: "SK1".to_owned(),
        secret: "other".to_owned(),
    };
    for (settings, shared, want) in [
        // Rightly signed with the auth token, but claims a key we never configured.
        (
            "key=SK1,algorithm=HMAC_SHA1",
            None,
            SignatureError::UnknownKey,
        ),
        ("", None, SignatureError::UnknownKey),
        (
            "key=SK2,algorithm=HMAC_SHA1",
            Some(&shared),
            SignatureError::UnknownKey,
        ),
        (
            "key=SK1,algorithm=HMAC_MD5",
            Some(&shared),
            SignatureError::UnknownKey,
        ),
        ("key=SK1", Some(&shared), SignatureError::Wrong),
    ] {
        let headers = SignatureHeaders {
            signature: Some(&signature),
            settings: Some(settings),
        };
        let verdict = validate(&[TOKEN], shared, url, Signed::UrlOnly, headers);
        assert_eq!(verdict, Err(want), "{settings}");
    }
}

#[test]
fn a_body_without_its_hash_in_the_url_is_refused() {
    let url = "https://voice.example.com/events?x=1";
    let signature = sign(TOKEN, url, &[]);
    let headers = SignatureHeaders {
        signature: Some(&signature),
        settings: None,
    };
    let verdict = validate(&[TOKEN], None, url, Signed::Body(b"{}"), headers);
    assert_eq!(verdict, Err(SignatureError::Body));
}

#[test]
fn user_names_and_ipv6_hosts_keep_their_colons() {
    for (url, other) in [
        (
            "https://user:pass@host:8443/voice",
            "https://user:pass@host/voice",
        ),
        (
            "https://user:pass@host/voice",
            "https://user:pass@host:443/voice",
        ),
        ("https://[2001:db8::1]:8443/v", "https://[2001:db8::1]/v"),
        (
            "http://[2001:db8::1]?q=a:b",
            "http://[2001:db8::1]:80?q=a:b",
        ),
    ] {
        assert_eq!(port_variants(url), [url, other]);
    }
}

#[test]
fn a_socket_may_be_signed_with_its_port_or_a_slash_more() {
    assert_eq!(
        websocket_candidates("https://voice.example.com/", "/media"),
        [
            "wss://voice.example.com/media",
            "wss://voice.example.com:443/media",
            "wss://voice.example.com/media/",
            "wss://voice.example.com:443/media/",
        ]
    );
    assert_eq!(
        websocket_candidates("http://127.0.0.1:8000", "/media/"),
        ["ws://127.0.0.1:8000/media/", "ws://127.0.0.1:8000/media"]
    );
    assert!(websocket_candidates("voice.example.com", "/media").is_empty());
}
