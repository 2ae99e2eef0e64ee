//! Twilio's words: webhook form, signature, TwiML, Media Streams JSON. Pure.
