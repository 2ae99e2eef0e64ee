//! Who answers a number while files come, go, change names and quarrel.

use maitred::routing::FileStatus;

use super::house::{House, many, menu};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r13_a_conflict_never_moves_a_number_from_its_owner() {
    let mut house = House::open(&many(4)).await;
    // First by name, and written after: neither counts.
    house.write("0.yaml", &menu("rival", 2, "9.00"));
    house.until_status("0.yaml", FileStatus::Conflict).await;
    assert_eq!(house.answers(2), Some(("r2".to_owned(), 100)));
    // The owner is edited, broken, mended, touched: it stays the owner.
    house.write("r2.yaml", &menu("r2", 2, "2.00"));
    house.until_price(2..3, 200, "an edit").await;
    house.write("r2.yaml", "id: r2\n");
    house.until_status("r2.yaml", FileStatus::Stale).await;
    assert_eq!(house.answers(2), Some(("r2".to_owned(), 200)));
    house.write("r2.yaml", &menu("r2", 2, "3.00"));
    house.until_price(2..3, 300, "mended").await;
    assert_eq!(house.status("0.yaml"), Some(FileStatus::Conflict));
    // It gives the number up: the challenger has it in that very generation.
    let before = house.generation();
    house.write("r2.yaml", &menu("r2", 5, "3.00"));
    house.until_status("0.yaml", FileStatus::Active).await;
    assert_eq!(house.answers(2), Some(("rival".to_owned(), 900)));
    assert_eq!(house.generation(), before + 1);
    let reports = house.reports();
    let numbers = reports.iter().flat_map(|report| &report.diff.numbers);
    assert!(numbers.clone().all(|moved| moved.to.is_some()), "no gap");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r13_a_number_that_two_new_files_claim_is_nobodys() {
    let mut house = House::open(&many(2)).await;
    house.shell("", "mkdir ../d");
    for id in ["x", "y"] {
        let path = house.folder().join("../d").join(format!("{id}.yaml"));
        std::fs::write(path, menu(id, 7, "9.00")).unwrap();
    }
    // One batch, however slow the machine: git would hold its lock as long.
    house.shell(
        "",
        "mkdir .git; : > .git/index.lock; mv ../d/x.yaml ../d/y.yaml .; rm -r .git",
    );
    house.until_status("y.yaml", FileStatus::Conflict).await;
    assert_eq!(
        (house.answers(7), house.status("x.yaml")),
        (None, Some(FileStatus::Conflict))
    );
    assert!(!house.picks_up(1, 7).await);
    house.shell("", "rm y.yaml");
    house.until_status("x.yaml", FileStatus::Active).await;
    assert!(house.picks_up(2, 7).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r13_two_files_swap_numbers_in_one_commit() {
    let mut house = House::open(&many(6)).await;
    house.shell("", "git init -q -b one; git add .; git commit -qm one");
    house.shell(
        "2.00",
        "git worktree add -q -b two ../other; cd ../other; sed -i \"s/price: .*/price: $P}/\" *.yaml; \
         sed -i s/5550000/5550005/ r0.yaml; sed -i '/phone/s/5550005/5550000/' r5.yaml; \
         git commit -qam two; git checkout -q --detach",
    );
    let before = house.generation();
    house.shell("", "git checkout -q two");
    house.until_price(0..6, 200, "git checkout").await;
    assert_eq!(house.answers(0), Some(("r5".to_owned(), 200)));
    assert_eq!(house.answers(5), Some(("r0".to_owned(), 200)));
    assert_eq!(house.generation(), before + 1);
    assert_eq!(house.harm(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r14_a_rename_never_drops_a_route() {
    let mut house = House::open(&many(6)).await;
    let file =
        |name: &'static str| move |house: &House| house.status(name) == Some(FileStatus::Active);
    house.shell("", "mv r0.yaml first.yaml");
    house.until("mv", file("first.yaml")).await;
    house.shell("", "cp r1.yaml second.yaml; rm r1.yaml");
    house.until("cp and rm", file("second.yaml")).await;
    house.shell(
        "3.00",
        "sed \"s/price: .*/price: $P}/\" r2.yaml > third.yaml; rm r2.yaml",
    );
    house.until("renamed and edited", file("third.yaml")).await;
    house.until_price(2..3, 300, "renamed and edited").await;
    house.shell(
        "",
        "git init -q; git add .; git commit -qm one; git mv r3.yaml fourth.yaml",
    );
    house.until("git mv", file("fourth.yaml")).await;
    house.shell("", "for f in *.yaml; do mv $f new-$f; done");
    house.until("all renamed", file("new-fourth.yaml")).await;
    assert!((0..6).all(|number| house.price(number).is_some()));
    assert_eq!(house.harm(), Vec::<String>::new());
    let last = house.post("/api/config/reload", "").await;
    assert_eq!((&last["listed"], &last["held"]), (&6.into(), &0.into()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r17_an_emptied_folder_holds_every_route_until_somebody_confirms() {
    let mut house = House::open(&many(8)).await;
    let before = house.generation();
    house.shell("", "rm -rf ./*");
    house.until_status("r7.yaml", FileStatus::Held).await;
    for number in 0..8 {
        assert_eq!(
            house.status(&format!("r{number}.yaml")),
            Some(FileStatus::Held)
        );
        assert!(house.picks_up(number, number).await, "{number}");
    }
    assert_eq!(house.generation(), before);
    // One returns, one is let go, then all.
    house.write("r0.yaml", &menu("r0", 0, "2.00"));
    house.until_price(0..1, 200, "it is back").await;
    let answer = house
        .post("/api/config/confirm", "{\"ids\": [\"r1\"]}")
        .await;
    assert_eq!(answer["held"], 6, "{answer}");
    assert!(!house.picks_up(11, 1).await && house.picks_up(12, 2).await);
    let answer = house.post("/api/config/confirm", "{}").await;
    assert_eq!(answer["held"], 0, "{answer}");
    assert!((1..8).all(|number| house.price(number).is_none()));
    assert!(house.picks_up(13, 0).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r17_one_file_that_is_deleted_goes_without_asking() {
    let mut house = House::open(&many(8)).await;
    house.shell("", "rm r3.yaml");
    house
        .until("r3 is gone", |house| house.status("r3.yaml").is_none())
        .await;
    assert_eq!(house.price(3), None);
    assert_eq!((0..8).filter(|n| house.price(*n).is_some()).count(), 7);
}
