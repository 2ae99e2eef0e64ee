//! Under which address did Twilio reach us? Signatures cover it, and the media socket's address is made from it.
//!
//! The settings decide. Without them a proxy we trust may tell (`X-Forwarded-Proto`, `-Host`); with `--dev` it is the
//! bound address. A `Host` header alone is never believed: whoever sends the request writes it.

use actix_web::HttpRequest;

use super::AppState;

/// `https://host[:port]` without a slash at the end; `None` when nobody we believe has told us.
pub(super) fn public_base(request: &HttpRequest, state: &AppState) -> Option<String> {
    if let Some(url) = &state.settings.public_url {
        return Some(url.as_str().to_owned());
    }
    let peer = request.peer_addr().map(|peer| peer.ip());
    if peer.is_some_and(|peer| state.settings.trusted_proxies.contains(peer)) {
        let proto = first(request, "x-forwarded-proto")?;
        let host = first(request, "x-forwarded-host").or_else(|| first(request, "host"))?;
        return matches!(proto, "http" | "https").then(|| format!("{proto}://{host}"));
    }
    state
        .settings
        .dev
        .then(|| format!("http://{}", state.bound))
}

/// The address of the media socket under `base`: `wss` for `https`, `ws` for `http` (`--dev` only).
pub(super) fn media_url(base: &str) -> String {
    let socket = match base.strip_prefix("https") {
        Some(rest) => format!("wss{rest}"),
        None => base.replacen("http", "ws", 1),
    };
    format!("{socket}/media")
}

/// The first item of a header that chained proxies may have made a list.
fn first<'r>(request: &'r HttpRequest, name: &str) -> Option<&'r str> {
    let value = request.headers().get(name)?.to_str().ok()?;
    let item = value.split(',').next()?.trim();
    (!item.is_empty()).then_some(item)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_media_socket_follows_the_public_scheme() {
        assert_eq!(
            media_url("https://v.example.com"),
            "wss://v.example.com/media"
        );
        assert_eq!(
            media_url("http://127.0.0.1:8000"),
            "ws://127.0.0.1:8000/media"
        );
    }
}
