//! `--format github`: workflow commands, which GitHub shows beside the line of a pull request.
//!
//! The escaping is that of GitHub's own toolkit (`escapeData`, `escapeProperty` of @actions/core): `%`, CR and LF in a
//! message, `:` and `,` too in a property.

use super::draw;
use super::gather::{CheckedFile, Tally};
use crate::config::Problem;
use crate::words::printable_lines;

/// One line per problem, and a last one for the log.
pub(super) fn render(files: &[CheckedFile], tally: &Tally) -> String {
    let mut text = String::new();
    for file in files {
        for problem in &file.problems {
            text.push_str(&printable_lines(&annotation(file, problem)));
            text.push('\n');
        }
    }
    text.push_str(&draw::summary(tally));
    text.push('\n');
    text
}

fn annotation(file: &CheckedFile, problem: &Problem) -> String {
    let command = if problem.is_error() {
        "error"
    } else {
        "warning"
    };
    let path = file.path.display().to_string();
    let mut message = draw::title(problem);
    if let Some(help) = &problem.help {
        message.push('\n');
        message.push_str(help);
    }
    format!(
        "::{command} file={},line={},col={},endColumn={},title={}::{}",
        property(path.trim_start_matches("./")),
        problem.line,
        problem.column,
        file.end_column(problem),
        property(problem.code.as_str()),
        data(&message),
    )
}

fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::super::gather::{sample, tally};
    use super::*;

    #[test]
    fn every_problem_is_an_annotation_at_its_place() {
        let files = sample();
        insta::assert_snapshot!(render(&files, &tally(&files)));
    }

    #[test]
    fn nothing_in_a_text_can_end_a_command_or_begin_another() {
        assert_eq!(data("50% off\r\n::error::x"), "50%25 off%0D%0A::error::x");
        assert_eq!(property("a,b:c%\n"), "a%2Cb%3Ac%25%0A");
    }
}
