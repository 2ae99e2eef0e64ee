//! The folder under the tools people really use, and through a power cut.

mod watched;

use std::process::Command;

use crate::server_process::ServerProcess;
use watched::{Watched, menu};

/// Runs a line of shell inside the folder of restaurants; `$P` is the new price.
fn shell(folder: &std::path::Path, price: &str, line: &str) {
    let done = Command::new("sh")
        .args(["-ec", line])
        .current_dir(folder)
        .env("P", price)
        .envs([("GIT_AUTHOR_NAME", "a"), ("GIT_COMMITTER_NAME", "a")])
        .envs([
            ("GIT_AUTHOR_EMAIL", "a@b.c"),
            ("GIT_COMMITTER_EMAIL", "a@b.c"),
        ])
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{line}: {told}");
}

const EDIT: &str = "sed \"s/price: .*/price: $P}/\" a.yaml > ../new";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_way_of_saving_a_file_ends_in_the_right_table_without_a_rejected_state() {
    let mut watched = Watched::start(&[("a.yaml", menu("a", 1, "1.00"))]).await;
    let ways = [
        ("sed -i", "sed -i \"s/price: .*/price: $P}/\" a.yaml"),
        ("cp", "{EDIT}; cp ../new a.yaml"),
        ("mv", "{EDIT}; mv ../new a.yaml"),
        ("install", "{EDIT}; install -m644 ../new a.yaml"),
        (
            "vim: new file, rename",
            "{EDIT}; cp ../new .a.yaml.swp; mv .a.yaml.swp a.yaml",
        ),
        (
            "vim: backup, rewrite",
            "{EDIT}; mv a.yaml a.yaml~; cat ../new > a.yaml; rm a.yaml~",
        ),
        (
            "tar x",
            "{EDIT}; mkdir ../t; mv ../new ../t/a.yaml; tar cf - -C ../t a.yaml | tar xf -",
        ),
        ("ln", "{EDIT}; ln -f ../new a.yaml; rm ../new"),
        (
            "ln -s",
            "{EDIT}; mkdir ..real; mv ../new ..real/a.yaml; ln -sf ..real/a.yaml a.yaml",
        ),
        (
            "..data",
            "{EDIT}; mkdir ..v1; mv ../new ..v1/a.yaml; ln -s ..v1 ..data; ln -sf ..data/a.yaml a.yaml",
        ),
        (
            "..data swapped",
            "{EDIT}; mkdir ..v2; mv ../new ..v2/a.yaml; ln -s ..v2 ..tmp; mv -T ..tmp ..data",
        ),
    ];
    for (cents, (way, line)) in (11..).zip(ways) {
        let line = line.replace("{EDIT}", EDIT);
        shell(watched.folder(), &format!("1.{cents}"), &line);
        watched.until_price(1, 100 + cents, way).await;
    }
    assert_eq!(watched.rejected(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_git_checkout_of_a_thousand_files_is_one_generation_and_rejects_none() {
    let files: Vec<(String, String)> = (0..1000)
        .map(|n| (format!("r{n}.yaml"), menu(&format!("r{n}"), n, "1.00")))
        .collect();
    let files: Vec<(&str, String)> = files.iter().map(|(n, t)| (n.as_str(), t.clone())).collect();
    let mut watched = Watched::start(&files).await;
    let folder = watched.folder().to_owned();
    shell(
        &folder,
        "",
        "git init -q -b one; git add .; git commit -qm one",
    );
    // In a second work tree, so that nothing of the preparation touches the folder.
    shell(
        &folder,
        "2.00",
        "git worktree add -q -b two ../other; cd ../other; sed -i \"s/price: .*/price: $P}/\" *.yaml; \
         git commit -qam two; git checkout -q --detach",
    );
    let before = watched.generation();
    shell(&folder, "", "git checkout -q two");
    watched.until_price(999, 200, "git checkout").await;
    for n in 0..1000 {
        watched.until_price(n, 200, "git checkout").await;
    }
    assert_eq!(watched.generation(), before + 1, "exactly one generation");
    assert_eq!(watched.rejected(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bad_edit_keeps_the_last_good_menu_through_kill_9_until_it_is_mended() {
    let folder = tempfile::tempdir().unwrap();
    let restaurants = folder.path().join("restaurants.d");
    std::fs::create_dir(&restaurants).unwrap();
    std::fs::write(restaurants.join("a.yaml"), menu("a", 1, "1.00")).unwrap();
    std::fs::write(restaurants.join("b.yaml"), menu("b", 2, "1.00")).unwrap();
    let server = ServerProcess::start(folder.path());
    let good = server.json("/api/table").await;
    let generation = good["generation"].as_u64().unwrap();
    server.kill();
    std::fs::write(restaurants.join("a.yaml"), "id: [\n").unwrap();
    for life in 1..=2 {
        let server = ServerProcess::start(folder.path());
        let table = server.json("/api/table").await;
        let row = &table["restaurants"][0];
        assert_eq!(
            (&row["file"], &row["status"]),
            (&"a.yaml".into(), &"stale".into())
        );
        assert_eq!(row["digest"], good["restaurants"][0]["digest"]);
        assert_eq!(
            row["phone_numbers"],
            good["restaurants"][0]["phone_numbers"]
        );
        assert_eq!(table["generation"].as_u64(), Some(generation + life));
        server.kill();
    }
    std::fs::write(restaurants.join("a.yaml"), menu("a", 1, "2.00")).unwrap();
    let server = ServerProcess::start(folder.path());
    let table = server.json("/api/table").await;
    assert_eq!(table["restaurants"][0]["status"], "active");
    assert_ne!(
        table["restaurants"][0]["digest"],
        good["restaurants"][0]["digest"]
    );
}
