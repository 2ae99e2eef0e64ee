//! One phone call: pins, tokens, the pure machine and the one I/O loop.
