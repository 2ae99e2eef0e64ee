//! `maitred plan` as a program: against another folder, and against a server.

use std::path::Path;
use std::process::Command;

use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use maitred::restaurant::Digest;
use serde_json::{Value, json};

fn restaurant(id: &str, number: &str, menu: &str) -> String {
    format!("id: {id}\nname: The {id}\nphone_number: \"{number}\"\nmenu:\n{menu}")
}

const TEA: &str = "  - {id: tea, name: Tea, price: 2.50}\n";
const BELLA: &str = "+12125550101";
const LUNA: &str = "+12125550102";
const NOVA: &str = "+12125550103";

fn folder(files: &[(&str, String)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

/// Exit code, standard output, standard error.
fn plan(args: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_maitred"))
        .arg("plan")
        .args(args)
        .env_remove("MAITRED_ADMIN_TOKEN")
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (
        output.status.code().unwrap(),
        text(output.stdout),
        text(output.stderr),
    )
}

fn path(folder: &tempfile::TempDir) -> &str {
    folder.path().to_str().unwrap()
}

fn now() -> tempfile::TempDir {
    folder(&[
        ("bella.yaml", restaurant("bella", BELLA, TEA)),
        ("luna.yaml", restaurant("luna", LUNA, TEA)),
        ("old.yaml", restaurant("sol", "+12125550104", TEA)),
    ])
}

fn wanted() -> tempfile::TempDir {
    let dearer = "  - {id: tea, name: Tea, price: 3}\n  - {id: pie, name: Pie, price: 4}\n";
    folder(&[
        ("bella.yaml", restaurant("bella", BELLA, dearer)),
        ("nova.yaml", restaurant("nova", LUNA, TEA)),
        ("new.yaml", restaurant("sol", "+12125550104", TEA)),
        ("broken.yaml", restaurant("broken", NOVA, "  - {id: tea}\n")),
    ])
}

const TOLD: &str = "\
+ nova.yaml: The nova (nova) answers +12125550102
- luna.yaml: The luna (luna) answers no more
> sol moves from old.yaml to new.yaml
~ bella.yaml: The bella (bella)
    Tea: 2.50 -> 3.00
    new: Pie 4.00
# +12125550102: luna -> nova
! broken.yaml would not be served
    E_SCHEMA 5:5 menu[0]: \"name\" is missing
    E_SCHEMA 5:5 menu[0]: \"price\" is missing
1 added, 1 removed, 1 changed, 1 moved to another file, 1 number changes hands, 1 file not served
";

#[test]
fn two_folders_are_compared_in_dishes_and_numbers() {
    let (now, wanted) = (now(), wanted());
    let (code, told, _) = plan(&[path(&wanted), path(&now)]);
    assert_eq!(told, TOLD);
    assert_eq!(code, 1);
    assert_eq!(plan(&[path(&now), path(&now)]).0, 0);
    let (code, text, _) = plan(&[path(&wanted), path(&now), "--format", "json"]);
    let found: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(code, 1);
    assert_eq!(found["added"][0]["phone_numbers"], json!([LUNA]));
    assert_eq!(found["removed"][0]["id"], "luna");
    assert_eq!(
        found["numbers"],
        json!([{"number": LUNA, "from": "luna", "to": "nova"}])
    );
    assert_eq!(found["changed"][0]["changes"][0]["to"], "3.00");
    assert_eq!(found["rejected"][0]["file"], "broken.yaml");
    assert_eq!(found["held"], false);
}

#[test]
fn a_rejected_file_keeps_what_is_served_and_a_conflict_is_told() {
    let now = now();
    let broken = folder(&[
        ("bella.yaml", "id: bella\nname: [\n".to_owned()),
        ("luna.yaml", restaurant("luna", LUNA, TEA)),
        ("old.yaml", restaurant("sol", "+12125550104", TEA)),
        ("thief.yaml", restaurant("thief", LUNA, TEA)),
    ]);
    let (code, told, _) = plan(&[path(&broken), path(&now)]);
    assert_eq!(code, 1);
    assert!(
        told.contains("! bella.yaml would not be served; bella stays as it is"),
        "{told}"
    );
    assert!(told.contains("! thief.yaml would not be served"), "{told}");
    assert!(told.contains("E_NUMBER_CONFLICT"), "{told}");
    assert!(told.ends_with("\n2 files not served\n"), "{told}");
}

#[test]
fn one_file_alone_leaves_the_others() {
    let (now, wanted) = (now(), wanted());
    let bella = wanted.path().join("bella.yaml");
    let (code, told, _) = plan(&[bella.to_str().unwrap(), path(&now)]);
    assert_eq!(code, 1);
    assert!(told.ends_with("\n1 changed\n"), "{told}");
    let same = now.path().join("luna.yaml");
    assert_eq!(plan(&[same.to_str().unwrap(), path(&now)]).0, 0);
}

#[test]
fn what_cannot_be_read_or_asked_has_its_own_exit_code() {
    let now = now();
    let nobody = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://{}", listener.local_addr().unwrap())
    };
    let missing = Path::new(path(&now)).join("missing");
    for (args, expected) in [
        (&[missing.to_str().unwrap()][..], 2),
        (&[path(&now), missing.to_str().unwrap()], 2),
        (&[path(&now), "--server", "voice.example.com"], 2),
        (&[path(&now), path(&now), "--server", &nobody], 2),
        (&[path(&now), "--server", &nobody], 3),
    ] {
        let (code, told, error) = plan(args);
        assert_eq!((code, told.as_str()), (expected, ""), "{args:?} {error}");
        assert!(!error.is_empty(), "{args:?}");
    }
}

/// What `/api` of a server shows of a folder.
struct Shown {
    table: Value,
    texts: Vec<(String, String)>,
}

fn shown(folder: &tempfile::TempDir) -> Shown {
    let mut shown = Shown {
        table: json!({"generation": 7, "digest": "", "restaurants": [], "rejected": []}),
        texts: Vec::new(),
    };
    let mut rows = Vec::new();
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let entry = entry.unwrap();
        let text = std::fs::read_to_string(entry.path()).unwrap();
        let value: Value = serde_yaml::from_str(&text).unwrap();
        rows.push(json!({
            "id": value["id"],
            "name": value["name"],
            "phone_numbers": [value["phone_number"]],
            "file": entry.file_name().to_str().unwrap(),
            "digest": Digest::of(text.as_bytes()).as_str(),
            "status": "active",
        }));
        shown
            .texts
            .push((value["id"].as_str().unwrap().to_owned(), text));
    }
    shown.table["restaurants"] = Value::from(rows);
    shown
}

async fn table(request: HttpRequest, shown: web::Data<Shown>) -> HttpResponse {
    match request.headers().get("Authorization") {
        Some(token) if token == "Bearer open" => HttpResponse::Ok().json(&shown.table),
        _ => HttpResponse::Unauthorized().finish(),
    }
}

async fn text(id: web::Path<String>, shown: web::Data<Shown>) -> HttpResponse {
    // The file that is the same on both sides need not be asked for.
    match shown
        .texts
        .iter()
        .find(|(known, _)| *known == *id && known != "sol")
    {
        Some((_, text)) => HttpResponse::Ok().body(text.clone()),
        None => HttpResponse::NotFound().finish(),
    }
}

#[actix_web::test]
async fn a_server_is_asked_only_for_what_differs() {
    let (now, wanted) = (now(), wanted());
    let data = web::Data::new(shown(&now));
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let server = HttpServer::new(move || {
        App::new()
            .app_data(data.clone())
            .route("/api/table", web::get().to(table))
            .route("/api/restaurants/{id}", web::get().to(text))
    })
    .workers(1)
    .listen(listener)
    .unwrap()
    .run();
    let running = server.handle();
    let serving = tokio::spawn(server);
    let ask = |folder: &tempfile::TempDir, token: &'static str| {
        let (folder, address) = (path(folder).to_owned(), address.clone());
        async move {
            let asked = move || plan(&[&folder, "--server", &address, "--admin-token", token]);
            tokio::task::spawn_blocking(asked).await.unwrap()
        }
    };
    let (code, told, error) = ask(&wanted, "open").await;
    assert_eq!((code, told.as_str()), (1, TOLD), "{error}");
    let (code, told, error) = ask(&now, "open").await;
    assert_eq!(
        (code, told.as_str()),
        (0, "nothing would change\n"),
        "{error}"
    );
    let (code, _, error) = ask(&now, "shut").await;
    assert_eq!(code, 3);
    assert!(error.contains("MAITRED_ADMIN_TOKEN"), "{error}");
    let emptied = folder(&[("old.yaml", restaurant("sol", "+12125550104", TEA))]);
    let (code, told, error) = ask(&emptied, "open").await;
    assert_eq!(code, 1, "{error}");
    assert!(told.contains("hold these removals"), "{told}");
    running.stop(true).await;
    serving.await.unwrap().unwrap();
}
