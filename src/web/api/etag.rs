//! Answers a client may keep: `ETag`, and 304 when it has the right one already (RFC 9110, sections 8.8.3 and 13.1.2).

use actix_web::http::header::{CACHE_CONTROL, ETAG, EntityTag, Header as _, IfNoneMatch};
use actix_web::{HttpRequest, HttpResponse};

use crate::restaurant::Digest;

/// `body` under the tag `digest`, or 304 when the request names that tag.
pub(super) fn tagged(
    request: &HttpRequest,
    digest: &Digest,
    content_type: &'static str,
    body: Vec<u8>,
) -> HttpResponse {
    let tag = EntityTag::new_strong(digest.to_string());
    let kept = has(request, &tag);
    let mut answer = match kept {
        true => HttpResponse::NotModified(),
        false => HttpResponse::Ok(),
    };
    // Kept, but asked about each time: the tag is what saves the bytes.
    answer.insert_header((ETAG, tag.to_string()));
    answer.insert_header((CACHE_CONTROL, "no-cache"));
    match kept {
        true => answer.finish(),
        false => answer.content_type(content_type).body(body),
    }
}

fn has(request: &HttpRequest, tag: &EntityTag) -> bool {
    match IfNoneMatch::parse(request) {
        Ok(IfNoneMatch::Any) => true,
        Ok(IfNoneMatch::Items(tags)) => tags.iter().any(|given| given.weak_eq(tag)),
        Err(_) => false,
    }
}
