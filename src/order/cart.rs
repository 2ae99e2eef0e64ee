//! The caller's order while it is being taken, over one restaurant's menu.

use std::sync::Arc;

use crate::restaurant::Restaurant;

/// What the caller has ordered so far; it can only hold what the menu allows.
#[derive(Clone, Debug)]
pub struct Cart {
    restaurant: Arc<Restaurant>,
}

impl Cart {
    /// An empty cart.
    pub fn new(restaurant: Arc<Restaurant>) -> Self {
        Self { restaurant }
    }

    /// The restaurant whose menu this cart obeys.
    pub fn restaurant(&self) -> &Arc<Restaurant> {
        &self.restaurant
    }
}
