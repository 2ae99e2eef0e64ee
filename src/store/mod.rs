//! Calls, transcripts and orders kept safe.
