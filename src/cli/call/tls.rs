//! Whom the phone trusts on `https` and `wss`.

use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};
use thiserror::Error;

/// A file of certificates that cannot be used.
#[derive(Debug, Error)]
pub enum TrustError {
    #[error("no certificate in the file")]
    Empty,
    #[error("not a PEM certificate: {0}")]
    Pem(String),
    #[error("a certificate cannot be a root of trust: {0}")]
    Root(#[from] rustls::Error),
}

/// Trusts only the certificates of a PEM file: a server of one's own with a self-signed certificate.
///
/// # Errors
/// The file holds no usable certificate.
pub fn trust_only(pem: &[u8]) -> Result<Arc<ClientConfig>, TrustError> {
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_slice_iter(pem) {
        let certificate = certificate.map_err(|e| TrustError::Pem(e.to_string()))?;
        roots.add(certificate)?;
    }
    if roots.is_empty() {
        return Err(TrustError::Empty);
    }
    Ok(client(roots))
}

/// Trusts nobody: enough for `http` and `ws`, and made without reading the system's certificates.
pub(super) fn trust_nobody() -> Arc<ClientConfig> {
    client(RootCertStore::empty())
}

fn client(roots: RootCertStore) -> Arc<ClientConfig> {
    choose_provider();
    Arc::new(
        ClientConfig::builder()
            .with_root_certificates(roots)
            .with_no_client_auth(),
    )
}

/// Makes `ring` the process's TLS implementation, unless one was chosen before.
pub(super) fn choose_provider() {
    let _ = rustls::crypto::ring::default_provider().install_default();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_a_certificate_is_refused() {
        assert!(matches!(trust_only(b""), Err(TrustError::Empty)));
        assert!(matches!(trust_only(b"hello"), Err(TrustError::Empty)));
        let broken = b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        assert!(trust_only(broken).is_err());
    }
}
