//! Who answers a number while files come, go, change names and quarrel.

use maitred::routing::FileStatus;

use crate::harness::{WatchedServer, many, menu};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r13_a_conflict_never_moves_a_number_from_its_owner() {
    let mut server = WatchedServer::open(&many(4)).await;
    // First by name, and written after: neither counts.
    server.write("0.yaml", &menu("rival", 2, "9.00"));
    server.until_status("0.yaml", FileStatus::Conflict).await;
    assert_eq!(server.answers(2), Some(("r2".to_owned(), 100)));
    // The owner is edited, broken, mended, touched: it stays the owner.
    server.write("r2.yaml", &menu("r2", 2, "2.00"));
    server.until_price(2..3, 200, "an edit").await;
    server.write("r2.yaml", "id: r2\n");
    server.until_status("r2.yaml", FileStatus::Stale).await;
    assert_eq!(server.answers(2), Some(("r2".to_owned(), 200)));
    server.write("r2.yaml", &menu("r2", 2, "3.00"));
    server.until_price(2..3, 300, "mended").await;
    assert_eq!(server.status("0.yaml"), Some(FileStatus::Conflict));
    // It gives the number up: the challenger has it in that very generation.
    let before = server.generation();
    server.write("r2.yaml", &menu("r2", 5, "3.00"));
    server.until_status("0.yaml", FileStatus::Active).await;
    assert_eq!(server.answers(2), Some(("rival".to_owned(), 900)));
    assert_eq!(server.generation(), before + 1);
    let reports = server.reports();
    let numbers = reports.iter().flat_map(|report| &report.diff.numbers);
    assert!(numbers.clone().all(|moved| moved.to.is_some()), "no gap");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r13_a_number_that_two_new_files_claim_is_nobodys() {
    let mut server = WatchedServer::open(&many(2)).await;
    server.shell("", "mkdir ../d");
    for id in ["x", "y"] {
        let path = server.folder().join("../d").join(format!("{id}.yaml"));
        std::fs::write(path, menu(id, 7, "9.00")).unwrap();
    }
    // One batch, however slow the machine: git would hold its lock as long.
    server.shell(
        "",
        "mkdir .git; : > .git/index.lock; mv ../d/x.yaml ../d/y.yaml .; rm -r .git",
    );
    server.until_status("y.yaml", FileStatus::Conflict).await;
    assert_eq!(
        (server.answers(7), server.status("x.yaml")),
        (None, Some(FileStatus::Conflict))
    );
    assert!(!server.picks_up(1, 7).await);
    server.shell("", "rm y.yaml");
    server.until_status("x.yaml", FileStatus::Active).await;
    assert!(server.picks_up(2, 7).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r13_two_files_swap_numbers_in_one_commit() {
    let mut server = WatchedServer::open(&many(6)).await;
    server.shell("", "git init -q -b one; git add .; git commit -qm one");
    server.shell(
        "2.00",
        "git worktree add -q -b two ../other; cd ../other; sed -i \"s/price: .*/price: $P}/\" *.yaml; \
         sed -i s/5550000/5550005/ r0.yaml; sed -i '/phone/s/5550005/5550000/' r5.yaml; \
         git commit -qam two; git checkout -q --detach",
    );
    let before = server.generation();
    server.shell("", "git checkout -q two");
    server.until_price(0..6, 200, "git checkout").await;
    assert_eq!(server.answers(0), Some(("r5".to_owned(), 200)));
    assert_eq!(server.answers(5), Some(("r0".to_owned(), 200)));
    assert_eq!(server.generation(), before + 1);
    assert_eq!(server.harm(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r14_a_rename_never_drops_a_route() {
    let mut server = WatchedServer::open(&many(6)).await;
    let file = |name: &'static str| {
        move |server: &WatchedServer| server.status(name) == Some(FileStatus::Active)
    };
    server.shell("", "mv r0.yaml first.yaml");
    server.until("mv", file("first.yaml")).await;
    server.shell("", "cp r1.yaml second.yaml; rm r1.yaml");
    server.until("cp and rm", file("second.yaml")).await;
    server.shell(
        "3.00",
        "sed \"s/price: .*/price: $P}/\" r2.yaml > third.yaml; rm r2.yaml",
    );
    server.until("renamed and edited", file("third.yaml")).await;
    server.until_price(2..3, 300, "renamed and edited").await;
    server.shell(
        "",
        "git init -q; git add .; git commit -qm one; git mv r3.yaml fourth.yaml",
    );
    server.until("git mv", file("fourth.yaml")).await;
    server.shell("", "for f in *.yaml; do mv $f new-$f; done");
    server.until("all renamed", file("new-fourth.yaml")).await;
    assert!((0..6).all(|number| server.price(number).is_some()));
    assert_eq!(server.harm(), Vec::<String>::new());
    let last = server.post("/api/config/reload", "").await;
    assert_eq!((&last["listed"], &last["held"]), (&6.into(), &0.into()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r17_an_emptied_folder_holds_every_route_until_somebody_confirms() {
    let mut server = WatchedServer::open(&many(8)).await;
    let before = server.generation();
    server.shell("", "rm -rf ./*");
    server.until_status("r7.yaml", FileStatus::Held).await;
    for number in 0..8 {
        assert_eq!(
            server.status(&format!("r{number}.yaml")),
            Some(FileStatus::Held)
        );
        assert!(server.picks_up(number, number).await, "{number}");
    }
    assert_eq!(server.generation(), before);
    // One returns, one is let go, then all.
    server.write("r0.yaml", &menu("r0", 0, "2.00"));
    server.until_price(0..1, 200, "it is back").await;
    let answer = server
        .post("/api/config/confirm", "{\"ids\": [\"r1\"]}")
        .await;
    assert_eq!(answer["held"], 6, "{answer}");
    assert!(!server.picks_up(11, 1).await && server.picks_up(12, 2).await);
    let answer = server.post("/api/config/confirm", "{}").await;
    assert_eq!(answer["held"], 0, "{answer}");
    assert!((1..8).all(|number| server.price(number).is_none()));
    assert!(server.picks_up(13, 0).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r17_one_file_that_is_deleted_goes_without_asking() {
    let mut server = WatchedServer::open(&many(8)).await;
    server.shell("", "rm r3.yaml");
    server
        .until("r3 is gone", |server| server.status("r3.yaml").is_none())
        .await;
    assert_eq!(server.price(3), None);
    assert_eq!((0..8).filter(|n| server.price(*n).is_some()).count(), 7);
}
