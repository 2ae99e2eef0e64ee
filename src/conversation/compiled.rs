//! One restaurant's menu, compiled for matching.

use std::sync::Arc;

use crate::restaurant::Restaurant;

/// The matcher for one menu; built once per restaurant digest, then shared by all its calls.
#[derive(Debug)]
pub struct CompiledMenu {
    listening: Vec<String>,
}

impl CompiledMenu {
    /// Compiles the menu of `restaurant`.
    pub fn new(restaurant: &Arc<Restaurant>) -> Self {
        let listening = restaurant
            .menu
            .items
            .iter()
            .map(|item| item.name.clone())
            .collect();
        Self { listening }
    }

    /// Menu words for recogniser bias.
    pub fn listening_words(&self) -> &[String] {
        &self.listening
    }
}
