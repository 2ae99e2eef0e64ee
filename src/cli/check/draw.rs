//! Problems drawn as a compiler draws them: the line, a caret under it, and how to fix it.

use std::borrow::Cow;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::gather::{CheckedFile, Tally};
use crate::config::{Problem, key_path};
use crate::words::{is_hidden, printable, printable_lines};

/// Longest name of a file or of a place in it, characters.
const MAX_PATH: usize = 1000;

/// Everything found in one file; empty when there is nothing.
pub(super) fn file(file: &CheckedFile, renderer: &Renderer) -> String {
    file.problems
        .iter()
        .map(|problem| format!("{}\n\n", draw(file, problem, renderer)))
        .collect()
}

/// What is wrong with what: `menu[3].price: expected ...`.
pub(super) fn title(problem: &Problem) -> String {
    match key_path(&problem.pointer).as_str() {
        "" => problem.message.clone(),
        key => format!("{}: {}", printable(key, MAX_PATH), problem.message),
    }
}

fn draw(file: &CheckedFile, problem: &Problem, renderer: &Renderer) -> String {
    let path = printable(&file.path.display().to_string(), MAX_PATH).into_owned();
    let title = printable_lines(&title(problem)).into_owned();
    let level = if problem.is_error() {
        Level::ERROR
    } else {
        Level::WARNING
    };
    let group = level.primary_title(title).id(problem.code.as_str());
    let group = match line_of(&file.text, problem) {
        Some((line, span)) => group.element(
            Snippet::source(line)
                .line_start(problem.line as usize)
                .path(path)
                .annotation(AnnotationKind::Primary.span(span)),
        ),
        None => group.element(Origin::path(path)),
    };
    let group: Group<'_> = match &problem.help {
        Some(help) => group.element(Level::HELP.message(printable_lines(help).into_owned())),
        None => group,
    };
    renderer.render(&[group])
}

/// A line with what a terminal would obey, or nobody sees, shown as U+FFFD: one character for one, so that columns stay. A
/// tab is drawn as spaces.
fn visible(line: &str) -> Cow<'_, str> {
    let hides = |letter: char| letter != '\t' && is_hidden(letter);
    if !line.chars().any(hides) {
        return Cow::Borrowed(line);
    }
    let shown = |letter| if hides(letter) { '\u{fffd}' } else { letter };
    Cow::Owned(line.chars().map(shown).collect())
}

/// The problem's own line and its place in it; `None` where there is no text to show.
fn line_of<'a>(text: &'a str, problem: &Problem) -> Option<(Cow<'a, str>, std::ops::Range<usize>)> {
    let index = usize::try_from(problem.line).ok()?.checked_sub(1)?;
    let line = visible(text.lines().nth(index)?);
    let start = line
        .char_indices()
        .nth(problem.column.saturating_sub(1) as usize)
        .map_or(line.len(), |(at, _)| at);
    let length = problem.span.len().max(1);
    let mut end = (start + length).min(line.len());
    while !line.is_char_boundary(end) {
        end += 1;
    }
    Some((line, start..end))
}

/// What is no fault of any file and an owner should know: whose orders go nowhere.
pub(super) fn advice(files: &[CheckedFile]) -> Option<String> {
    let stay = files.iter().filter(|file| file.orders_stay);
    let ids: Vec<&str> = stay.filter_map(|file| file.id.as_deref()).collect();
    let (shown, more) = ids.split_at(ids.len().min(MAX_ADVISED));
    let more = match more.len() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    (!ids.is_empty()).then(|| {
        format!(
            "advice W_ORDERS_STAY: without `orders:` the orders of {}{more} stay in maitred (docs/orders.md)",
            shown.join(", ")
        )
    })
}

/// Restaurants that the advice names.
const MAX_ADVISED: usize = 5;

/// `3 files ok, 1 rejected, 2 warnings`.
pub(super) fn summary(tally: &Tally) -> String {
    let plural = |n: usize, word: &str| match n {
        1 => format!("1 {word}"),
        n => format!("{n} {word}s"),
    };
    format!(
        "{} ok, {} rejected, {}",
        plural(tally.ok, "file"),
        tally.rejected,
        plural(tally.warnings, "warning")
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Capabilities, read};

    #[test]
    fn a_problem_is_drawn_under_its_line() {
        let text = "id: demo\nname: Zoë's\nphone_number: +15551234567\nmenu: [{id: a, name: Größe, price: cheap}]\n";
        let checked = CheckedFile {
            path: "restaurants.d/demo.yaml".into(),
            id: None,
            text: text.to_owned(),
            problems: read(text.as_bytes(), &Capabilities::embedded()).problems,
            orders_stay: false,
        };
        insta::assert_snapshot!(file(&checked, &Renderer::plain()));
    }

    #[test]
    fn a_file_without_text_is_named() {
        let checked = CheckedFile {
            path: "demo.yaml".into(),
            id: None,
            text: String::new(),
            problems: read(&[0xff], &Capabilities::embedded()).problems,
            orders_stay: false,
        };
        let drawn = file(&checked, &Renderer::plain());
        assert!(
            drawn.contains("demo.yaml") && drawn.contains("E_ENCODING"),
            "{drawn}"
        );
    }
}
