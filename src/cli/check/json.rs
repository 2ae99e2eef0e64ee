//! `--format json`: one document with every file that was looked at.

use serde_json::{Value, json};

use super::gather::{CheckedFile, Tally};
use crate::words::printable_json;

/// `{"files": [...], "summary": {...}}`, ending in a line end.
pub(super) fn render(files: &[CheckedFile], tally: &Tally) -> String {
    let document = json!({
        "files": files.iter().map(file).collect::<Vec<_>>(),
        "summary": {"ok": tally.ok, "rejected": tally.rejected, "warnings": tally.warnings},
    });
    let document = format!("{document:#}\n");
    printable_json(&document).into_owned()
}

fn file(file: &CheckedFile) -> Value {
    let status = if file.is_rejected() { "rejected" } else { "ok" };
    json!({
        "path": file.path.display().to_string(),
        "id": file.id,
        "status": status,
        "problems": file.problems,
    })
}

#[cfg(test)]
mod tests {
    use super::super::gather::{sample, tally};
    use super::*;

    #[test]
    fn every_file_is_listed_with_its_status_and_its_problems() {
        let files = sample();
        insta::assert_snapshot!(render(&files, &tally(&files)));
    }
}
