//! Deployments by git: a thousand files change at once.

use crate::harness::{WatchedServer, many, shell};

const EDIT_ALL: &str = "sed -i \"s/price: .*/price: $P}/\" *.yaml";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r05_a_git_checkout_of_a_thousand_files_is_one_generation_and_rejects_none() {
    let mut server = WatchedServer::open(&many(1000)).await;
    server.shell("", "git init -q -b one; git add .; git commit -qm one");
    // In a second work tree, so that nothing of the preparation touches the folder.
    server.shell(
        "2.00",
        &format!(
            "git worktree add -q -b two ../other; cd ../other; {EDIT_ALL}; \
             git commit -qam two; git checkout -q --detach"
        ),
    );
    let before = server.generation();
    server.shell("", "git checkout -q two");
    server.until_price(0..1000, 200, "git checkout").await;
    assert_eq!(server.generation(), before + 1, "exactly one generation");
    server.shell("", "git checkout -q one");
    server.until_price(0..1000, 100, "git checkout back").await;
    assert_eq!(server.generation(), before + 2, "exactly one more");
    assert_eq!(server.harm(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r05_a_git_pull_of_a_thousand_files_is_one_generation_and_rejects_none() {
    let mut server = WatchedServer::open(&many(1000)).await;
    server.shell(
        "",
        "git init -q -b main; git add .; git commit -qm one; git clone -q --bare . ../up.git; \
         git remote add origin ../up.git; git fetch -q; git branch -q -u origin/main",
    );
    server.shell(
        "2.00",
        &format!("git clone -q ../up.git ../desk; cd ../desk; {EDIT_ALL}; git commit -qam two; git push -q"),
    );
    let before = server.generation();
    server.shell("", "git pull -q");
    server.until_price(0..1000, 200, "git pull").await;
    assert_eq!(server.generation(), before + 1, "exactly one generation");
    assert_eq!(server.harm(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r06_a_checkout_that_takes_longer_than_any_settling_is_still_one_generation() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("restaurants.d");
    std::fs::create_dir(&folder).unwrap();
    for (name, text) in many(12) {
        std::fs::write(folder.join(name), text).unwrap();
    }
    // The folder is one of several in the work tree. The filter makes git itself slow: each file takes a third of a second.
    shell(
        root.path(),
        "",
        "git init -q -b one; git config filter.slow.smudge 'sleep 0.3; cat'; git config filter.slow.clean cat; \
         git add restaurants.d; git commit -qm one",
    );
    let mut server = WatchedServer::open_at(root).await;
    server.shell(
        "2.00",
        &format!(
            "git worktree add -q -b two ../other; cd ../other/restaurants.d; {EDIT_ALL}; \
             sed -i s/5550000/5550011/ r0.yaml; sed -i '/phone/s/5550011/5550000/' r11.yaml; \
             git commit -qam two; git checkout -q --detach"
        ),
    );
    server.shell("", "echo '*.yaml filter=slow' > ../.git/info/attributes");
    let before = server.generation();
    server.shell("", "git checkout -q two");
    server.until_price(0..12, 200, "a slow git checkout").await;
    assert_eq!(server.generation(), before + 1, "exactly one generation");
    let swapped = (server.answers(0), server.answers(11));
    let expected = |id: &str| Some((id.to_owned(), 200));
    assert_eq!(swapped, (expected("r11"), expected("r0")));
    assert_eq!(server.harm(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_git_that_is_a_pipe_a_device_or_huge_stops_no_change_and_no_end() {
    for trap in [
        "mkfifo .git",
        "ln -s /dev/zero .git",
        "truncate -s 20G .git",
        "mkdir .git; mkfifo .git/HEAD .git/index.lock .git/config",
    ] {
        let mut house = WatchedServer::open(&many(2)).await;
        house.shell("", trap);
        house.shell("2.00", EDIT_ALL);
        house.until_price(0..2, 200, trap).await;
        assert!(house.picks_up(1, 0).await, "{trap}");
        assert_eq!(house.harm(), Vec::<String>::new(), "{trap}");
    }
}
