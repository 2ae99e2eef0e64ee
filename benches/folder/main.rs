//! What a large folder costs: `cargo bench --bench folder`. Needs no models; takes some minutes. `FOLDER_FILES=1000`
//! for fewer, `FOLDER_MENU=shared` or `own` for one of the two kinds of menu, without the hostile files.
//!
//! Prints the folder's table of `docs/performance.md`. Nothing fails for being slow: the figures stand beside their budgets.

#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    reason = "measures on this machine, and stops when it cannot"
)]

mod change;
mod hostile;
mod machine;
mod menus;
mod starts;
mod steps;
mod storm;

use machine::machine;

/// The program's own (`src/main.rs`): what is measured is what runs.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let files = std::env::var("FOLDER_FILES").ok();
    let files: u32 = files.map_or(10_000, |files| files.parse().expect("a number of files"));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    if let Some(home) = std::env::var_os(starts::START) {
        runtime.block_on(starts::once(home.as_ref(), files));
        return;
    }
    println!("{}", machine());
    if std::env::var_os("FOLDER_MENU").is_none() {
        hostile::print();
    }
    for menu in menus::Menu::wanted() {
        println!("\n{files} files: {}", menu.describe());
        println!("{:<44} {:>12}   budget", "", "");
        let home = std::env::temp_dir().join(format!("maitred-folder-{}", std::process::id()));
        std::fs::create_dir(&home).expect("a folder");
        menus::write(menu, &home, files);
        steps::print(menu, &home);
        starts::print(&home, files);
        runtime.block_on(change::print(menu, &home, files));
        runtime.block_on(storm::print(menu, &home, files));
        // A prompt may still be being written; what is left lies in the system's temporary folder.
        let _ = std::fs::remove_dir_all(&home);
    }
    drop(runtime);
    println!("afterwards: {}", machine());
}

/// One row of the table.
fn row(what: &str, figure: &str, budget: &str) {
    println!("{what:<44} {figure:>12}   {budget}");
}
