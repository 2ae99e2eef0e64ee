//! Links: ConfigMaps, swapped folders, files with two names.

use maitred::reload::Trigger;

use crate::harness::{WatchedServer, many, menu, shell};

/// A folder as the kubelet lays out a ConfigMap: `r0.yaml -> ..data/r0.yaml`, `..data -> ..v1`.
async fn config_map(count: u32) -> WatchedServer {
    let root = tempfile::tempdir().unwrap();
    let version = root.path().join("restaurants.d/..v1");
    std::fs::create_dir_all(&version).unwrap();
    for (name, text) in many(count) {
        std::fs::write(version.join(name), text).unwrap();
    }
    shell(
        &root.path().join("restaurants.d"),
        "",
        "ln -s ..v1 ..data; for f in ..v1/*; do ln -s ..data/${f#..v1/} ${f#..v1/}; done",
    );
    WatchedServer::open_at(root).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r04_a_config_map_swap_of_twenty_files_is_one_generation() {
    let mut server = config_map(20).await;
    for version in 2..5 {
        let before = server.generation();
        server.shell(
            &format!("{version}.00"),
            &format!(
                "mkdir ..v{version}; cp ..data/*.yaml ..v{version}; \
                 sed -i \"s/price: .*/price: $P}}/\" ..v{version}/*.yaml; ln -s ..v{version} ..data_tmp; \
                 old=$(readlink ..data); mv -T ..data_tmp ..data; rm -r $old"
            ),
        );
        server
            .until_price(0..20, 100 * version, "..data swapped")
            .await;
        assert_eq!(server.generation(), before + 1, "exactly one generation");
    }
    assert_eq!(server.harm(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r02_an_edit_of_a_file_that_a_link_leads_to_is_seen_by_events() {
    let mut server = config_map(2).await;
    server.shell("2.00", "sed -i \"s/price: .*/price: $P}/\" ..v1/r0.yaml");
    server
        .until_price(0..1, 200, "an edit behind the link")
        .await;
    // The folder a new link leads to is watched as well.
    server.shell(
        "",
        "mkdir ..new; cp ..v1/r1.yaml ..new/it; ln -sf ..new/it r1.yaml",
    );
    server.shell("3.00", "sed -i \"s/price: .*/price: $P}/\" ..new/it");
    server
        .until_price(1..2, 300, "an edit behind the new link")
        .await;
    let by_events = |server: &mut WatchedServer| {
        let mut reports = server.reports().iter();
        reports.all(|report| !report.published || report.trigger == Trigger::Event)
    };
    assert!(by_events(&mut server), "no poll was needed");
    assert_eq!(server.harm(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r18_a_symlinked_folder_that_is_swapped_is_served_and_drops_no_route() {
    let root = tempfile::tempdir().unwrap();
    std::fs::create_dir(root.path().join("v1")).unwrap();
    for (name, text) in many(10) {
        std::fs::write(root.path().join("v1").join(name), text).unwrap();
    }
    let base = root.path().to_owned();
    shell(&base, "", "ln -s v1 restaurants.d");
    let mut server = WatchedServer::open_at(root).await;
    for version in 2..4 {
        shell(
            &base,
            &format!("{version}.00"),
            &format!(
                "cp -r restaurants.d/ v{version}; sed -i \"s/price: .*/price: $P}}/\" v{version}/*.yaml; \
                 ln -s v{version} next; mv -T next restaurants.d"
            ),
        );
        server
            .until_price(0..10, 100 * version, "the folder swapped")
            .await;
        // The new folder is watched as the old one was.
        let edit = format!("sed -i \"s/price: .*/price: $P}}/\" v{version}/r0.yaml");
        shell(&base, "9.00", &edit);
        server
            .until_price(0..1, 900, "an edit in the new folder")
            .await;
    }
    assert_eq!(server.harm(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r01_an_edit_through_another_hard_link_raises_no_event_and_is_found_by_the_next_scan() {
    let mut server = WatchedServer::open(&[
        ("a.yaml", menu("a", 0, "1.00")),
        ("b.yaml", menu("b", 1, "1.00")),
    ])
    .await;
    server.shell("", "ln a.yaml ../twin");
    std::fs::write(
        server.folder().parent().unwrap().join("twin"),
        menu("a", 0, "2.00"),
    )
    .unwrap();
    let answer = server.post("/api/config/reload", "").await;
    assert_eq!(server.price(0), Some(200), "{answer}");
    // And a link made of a file that is elsewhere.
    std::fs::write(
        server.folder().parent().unwrap().join("other"),
        menu("b", 1, "3.00"),
    )
    .unwrap();
    server.shell("", "ln -f ../other b.yaml");
    server.until_price(1..2, 300, "ln -f").await;
    assert_eq!(server.harm(), Vec::<String>::new());
}
