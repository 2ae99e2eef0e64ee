//! The command line: `command_line` reads it, one module per subcommand does it.

pub mod call;
pub mod check;
mod command_line;
mod env_file;
pub mod forget;
pub mod models;
pub mod orders;
mod orders_text;
pub mod plan;
pub mod replay;
mod restaurant_file;
pub mod schema;
pub mod serve;
pub mod talk;
mod talk_llm;
pub mod twilio;
pub mod understand;

pub use command_line::{Cli, run};
pub use talk_llm::LlmTalk;
