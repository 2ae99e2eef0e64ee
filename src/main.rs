//! The program: everything is in the library, so that tests can have it too.

fn main() -> std::process::ExitCode {
    maitred::cli::run()
}
