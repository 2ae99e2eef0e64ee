//! `maitred plan` against a running server: what it tells is what a reload then does.

use std::process::Command;

use crate::harness::{ADMIN, TestServer};

/// Exit code and what was printed.
async fn plan(server: &TestServer) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_maitred"));
    command
        .arg("plan")
        .arg(server.folder())
        .args(["--server", &server.url("")])
        .env("MAITRED_ADMIN_TOKEN", ADMIN);
    let output = tokio::task::spawn_blocking(move || command.output())
        .await
        .unwrap()
        .unwrap();
    let text = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    (output.status.code().unwrap(), text)
}

#[actix_web::test]
async fn a_plan_tells_what_a_reload_then_does() {
    let server = TestServer::start().await;
    let nothing = (0, "nothing would change\n".to_owned());
    assert_eq!(plan(&server).await, nothing);

    let bella = server.folder().join("bella.yaml");
    let dearer = std::fs::read_to_string(&bella)
        .unwrap()
        .replace("2.50", "2.75");
    std::fs::write(&bella, dearer).unwrap();
    let nova = "id: nova\nname: Nova\nphone_number: \"+12125550177\"\nmenu: [{id: tea, name: Tea, price: 2}]\n";
    std::fs::write(server.folder().join("nova.yaml"), nova).unwrap();
    std::fs::write(server.folder().join("small.yaml"), "id: small\nname: [\n").unwrap();
    let (code, told) = plan(&server).await;
    assert_eq!(code, 1, "{told}");
    for line in [
        "+ nova.yaml: Nova (nova) answers +12125550177",
        "~ bella.yaml: The bella (bella)",
        "    Tea: 2.50 -> 2.75",
        "# +12125550177: nobody -> nova",
        "! small.yaml would not be served; small stays as it is",
        "1 added, 1 changed, 1 number changes hands, 1 file not served",
    ] {
        assert!(told.lines().any(|told| told == line), "{line}\n{told}");
    }

    let reload = reqwest::Client::new().post(server.url("/api/config/reload"));
    let reloaded = reload.bearer_auth(ADMIN).send().await.unwrap();
    assert_eq!(reloaded.status(), 200);
    std::fs::remove_file(server.folder().join("small.yaml")).unwrap();
    let small = server.json("/api/table").await;
    let (code, told) = plan(&server).await;
    assert_eq!(code, 1, "{small}");
    assert_eq!(
        told,
        "- small.yaml: The small (small) answers no more\n# +15550100004: small -> nobody\n1 removed, 1 number changes hands\n"
    );
}
