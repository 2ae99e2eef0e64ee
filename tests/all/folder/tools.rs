//! Every way of saving a file.

use crate::harness::{WatchedServer, menu};

/// Prints `a.yaml` with the new price into a file beside the folder.
const EDIT: &str = "sed \"s/price: .*/price: $P}/\" a.yaml > ../new";

/// What people type, and what their editors do.
const WAYS: [(&str, &str); 14] = [
    ("sed -i", "sed -i \"s/price: .*/price: $P}/\" a.yaml"),
    ("cp", "{EDIT}; cp ../new a.yaml"),
    ("cp -p", "{EDIT}; cp -p ../new a.yaml"),
    (
        "cp --remove-destination",
        "{EDIT}; cp --remove-destination ../new a.yaml",
    ),
    ("mv", "{EDIT}; mv ../new a.yaml"),
    ("install", "{EDIT}; install -m644 ../new a.yaml"),
    ("a shell's >", "{EDIT}; cat ../new > a.yaml"),
    (
        "dd, a few bytes at a time",
        "{EDIT}; dd if=../new of=a.yaml bs=16 status=none",
    ),
    (
        "vim, backupcopy=no: the old one becomes the backup, a new one is written",
        "{EDIT}; touch 4913; rm 4913; mv a.yaml a.yaml~; cat ../new > a.yaml; chmod 644 a.yaml; rm a.yaml~",
    ),
    (
        "vim, backupcopy=yes: copied to the backup, written in place",
        "{EDIT}; : > .a.yaml.swp; cp -p a.yaml a.yaml~; cat ../new > a.yaml; rm a.yaml~ .a.yaml.swp",
    ),
    (
        "an editor that writes aside and renames",
        "{EDIT}; cp ../new .a.yaml.tmp; chmod 600 .a.yaml.tmp; mv .a.yaml.tmp a.yaml",
    ),
    (
        "tar x",
        "{EDIT}; mkdir ../t; mv ../new ../t/a.yaml; tar cf - -C ../t a.yaml | tar xf -; rm -r ../t",
    ),
    ("ln", "{EDIT}; ln -f ../new a.yaml; rm ../new"),
    (
        "ln -s",
        "{EDIT}; mkdir ..real; mv ../new ..real/a.yaml; ln -sf ..real/a.yaml a.yaml",
    ),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r06_every_way_of_saving_a_file_ends_in_the_right_table_without_a_rejected_state() {
    let mut server = WatchedServer::open(&[
        ("a.yaml", menu("a", 1, "1.00")),
        ("b.yaml", menu("b", 2, "1.00")),
    ])
    .await;
    for (cents, (way, line)) in (11..).zip(WAYS) {
        server.shell(&format!("1.{cents}"), &line.replace("{EDIT}", EDIT));
        server.until_price(1..2, 100 + cents, way).await;
    }
    assert_eq!(server.price(2), Some(100));
    assert_eq!(server.harm(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r06_every_way_of_adding_a_file_serves_it_and_was_never_rejected() {
    let mut server = WatchedServer::open(&[("a.yaml", menu("a", 0, "1.00"))]).await;
    let ways = [
        ("cp", "cp ../new $F"),
        ("mv", "cp ../new ../t; mv ../t $F"),
        ("ln", "cp ../new ../twin-$F; ln ../twin-$F $F"),
        ("ln -s", "mkdir ..$F; cp ../new ..$F/it; ln -s ..$F/it $F"),
        (
            "tar x",
            "mkdir ../d; cp ../new ../d/$F; tar cf - -C ../d $F | tar xf -; rm -r ../d",
        ),
        (
            "a slow hand",
            "head -c 30 ../new > $F; tail -c +31 ../new >> $F",
        ),
    ];
    for (n, (way, line)) in (1..).zip(ways) {
        let new = server.folder().parent().unwrap().join("new");
        std::fs::write(new, menu(&format!("r{n}"), n, "2.00")).unwrap();
        server.shell("", &line.replace("$F", &format!("r{n}.yaml")));
        server.until_price(n..n + 1, 200, way).await;
    }
    assert_eq!(server.harm(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r06_tar_over_a_hundred_files_ends_in_the_right_table_without_a_rejected_state() {
    let mut server = WatchedServer::open(&crate::harness::many(100)).await;
    server.shell(
        "3.00",
        "cp -r . ../t; cd ../t; sed -i \"s/price: .*/price: $P}/\" *.yaml; tar cf ../t.tar *.yaml",
    );
    server.shell("", "tar xf ../t.tar");
    server.until_price(0..100, 300, "tar x").await;
    assert_eq!(server.harm(), Vec::<String>::new());
}
