//! Options typed as numbers: how a paper sheet is entered without a mouse.

use domain::questionnaire::{Availability, Question, QuestionKind};

/// The values that the numbers typed for a question stand for: `1 3`, `1,3`, `4-6`, and `134` where no number has two figures.
///
/// What names no option is left behind a `#` (values may be figures too), so that reading the page says so. Texts, communes and numbers are left alone.
#[must_use]
pub fn expand(question: &Question, typed: &str) -> Vec<String> {
    let values: Vec<String> = match question.kind {
        QuestionKind::Single | QuestionKind::Multiple | QuestionKind::Scale => question
            .options
            .iter()
            .map(|option| option.value.clone())
            .collect(),
        QuestionKind::Grid => Availability::OFFERED
            .cells()
            .map(|cell| cell.to_string())
            .collect(),
        QuestionKind::Text | QuestionKind::Commune | QuestionKind::Number => {
            return vec![typed.to_owned()];
        }
    };
    let mut chosen: Vec<String> = Vec::new();
    for word in typed
        .split([' ', ',', ';', '.', '/', '+'])
        .filter(|word| !word.is_empty())
    {
        for number in numbers(word, values.len()) {
            let value = number
                .ok()
                .and_then(|number| values.get(number.checked_sub(1)?).cloned())
                .unwrap_or_else(|| format!("#{}", word.chars().take(40).collect::<String>()));
            if !chosen.contains(&value) {
                chosen.push(value);
            }
        }
    }
    chosen
}

/// The numbers of one word: a range, several figures run together, or one number.
fn numbers(word: &str, most: usize) -> Vec<Result<usize, std::num::ParseIntError>> {
    if let Some((from, to)) = word.split_once('-')
        && let (Ok(from), Ok(to)) = (from.parse::<usize>(), to.parse::<usize>())
        && from <= to
        && to <= most
    {
        return (from..=to).map(Ok).collect();
    }
    let is_figures = word.bytes().all(|byte| byte.is_ascii_digit());
    if is_figures && most < 10 && word.len() <= most {
        return word
            .chars()
            .map(|figure| figure.to_string().parse())
            .collect();
    }
    vec![word.parse()]
}

/// The numbers that stand for values, as they would be typed again.
#[must_use]
pub fn numbered(question: &Question, values: &[&str]) -> String {
    let place = |value: &str| match question.kind {
        QuestionKind::Grid => Availability::OFFERED
            .cells()
            .position(|cell| cell.to_string() == value),
        _ => question
            .options
            .iter()
            .position(|option| option.value == value),
    };
    let mut places: Vec<usize> = values.iter().filter_map(|value| place(value)).collect();
    places.sort_unstable();
    let places: Vec<String> = places.iter().map(|place| (place + 1).to_string()).collect();
    places.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content;

    fn question(slug: &str) -> &'static Question {
        content::embedded()
            .questionnaire("boutic")
            .unwrap()
            .question(slug)
            .unwrap()
    }

    #[test]
    fn numbers_stand_for_options_run_together_or_apart() {
        let profile = question("profil");
        let both = vec!["commercant".to_owned(), "agriculteur".to_owned()];
        for typed in ["1 3", "13", "1,3", "1;3 1"] {
            assert_eq!(expand(profile, typed), both, "{typed}");
        }
        assert_eq!(expand(profile, "1-3").len(), 3);
        assert_eq!(expand(question("aisance_ordinateur"), "1"), ["0"]);
    }

    #[test]
    fn a_list_of_more_than_nine_options_takes_numbers_apart() {
        assert_eq!(
            expand(question("envies"), "12"),
            [question("envies").options[11].value.clone()]
        );
        assert_eq!(
            expand(question("disponibilites"), "1 17"),
            ["monday-morning", "saturday-afternoon"]
        );
    }

    #[test]
    fn what_names_no_option_is_left_for_the_reader_to_refuse() {
        for typed in ["0", "99", "x", "-", "3-1", "999999999999999999999999"] {
            let read = expand(question("aisance_ordinateur"), typed);
            assert!(
                question("aisance_ordinateur").option(&read[0]).is_none(),
                "{typed}"
            );
        }
        assert!(expand(question("profil"), "  ").is_empty());
        assert!(expand(question("profil"), &"1".repeat(100_000)).len() <= 1);
    }

    #[test]
    fn what_was_typed_can_be_shown_again() {
        assert_eq!(
            numbered(question("profil"), &["agriculteur", "commercant"]),
            "1 3"
        );
        assert_eq!(
            numbered(question("disponibilites"), &["saturday-afternoon"]),
            "17"
        );
    }
}
