//! The program: everything is in the library, so that tests can have it too.

/// Gives back to the system what a storm of requests took.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    maitred::cli::run()
}
