//! How this server runs: flags, environment and `.env`.
