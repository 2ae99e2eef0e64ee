//! The cart (being written).
