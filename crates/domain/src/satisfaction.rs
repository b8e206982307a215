//! Anonymous answers after a session or at the end of a season: what they say together, and from how many on.

use std::collections::BTreeMap;

use crate::debrief::FEWEST;
use crate::questionnaire::{Answer, Answers, QuestionKind, Questionnaire};

/// What the answers to one question on a scale say together.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Slug of the question.
    pub question: String,
    /// How many people answered it.
    pub answered: usize,
    /// The mean step.
    pub mean: f64,
    /// How many chose each step, by its value.
    pub steps: BTreeMap<i64, usize>,
}

/// What all answers say together.
#[derive(Clone, Debug, PartialEq)]
pub enum Results {
    /// Too few to be shown: only how many.
    TooFew(usize),
    /// Figures, and comments in the order of the alphabet, which says nothing about who wrote when.
    Open {
        /// How many people answered.
        people: usize,
        /// Each question on a scale; those that fewer than five answered are left out.
        figures: Vec<Figure>,
        /// What was written.
        comments: Vec<String>,
    },
}

/// Puts answers together; from [`FEWEST`] on.
#[must_use]
pub fn results(form: &Questionnaire, answers: &[Answers]) -> Results {
    if answers.len() < FEWEST {
        return Results::TooFew(answers.len());
    }
    let mut figures = Vec::new();
    let mut comments = Vec::new();
    for question in form.questions() {
        let given = answers.iter().filter_map(|one| one.get(&question.slug));
        match question.kind {
            QuestionKind::Scale => figures.extend(figure(&question.slug, given)),
            QuestionKind::Text => comments.extend(given.filter_map(|answer| match answer {
                Answer::Text(text) => Some(text.clone()),
                _ => None,
            })),
            _ => {}
        }
    }
    comments.sort_by_key(|text| (crate::text::fold(text), text.clone()));
    Results::Open {
        people: answers.len(),
        figures,
        comments,
    }
}

fn figure<'a>(question: &str, given: impl Iterator<Item = &'a Answer>) -> Option<Figure> {
    let mut steps: BTreeMap<i64, usize> = BTreeMap::new();
    for answer in given {
        if let Answer::Number(step) = answer {
            *steps.entry(*step).or_insert(0) += 1;
        }
    }
    let answered: usize = steps.values().sum();
    if answered < FEWEST {
        return None;
    }
    let sum: f64 = steps
        .iter()
        .map(|(step, people)| small(*step) * small(i64::try_from(*people).unwrap_or_default()))
        .sum();
    Some(Figure {
        question: question.to_owned(),
        mean: sum / small(i64::try_from(answered).unwrap_or(1)),
        answered,
        steps,
    })
}

fn small(number: i64) -> f64 {
    f64::from(i32::try_from(number).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::catalogue::Vocabulary;

    fn form() -> Questionnaire {
        let text = r#"
slug = "essai"
version = 1
title.fr = "Essai"
title.en = "Trial"
intro.fr = "Essai"
intro.en = "Trial"
[[pages]]
slug = "tout"
title.fr = "Tout"
title.en = "All"
[[pages.questions]]
slug = "utile"
kind = "scale"
label.fr = "Utile ?"
label.en = "Useful?"
[[pages.questions.options]]
value = "1"
label.fr = "Non"
label.en = "No"
[[pages.questions.options]]
value = "5"
label.fr = "Oui"
label.en = "Yes"
[[pages.questions]]
slug = "mot"
kind = "text"
label.fr = "Un mot ?"
label.en = "A word?"
"#;
        Questionnaire::parse(&Vocabulary::default(), "essai.toml", text).unwrap()
    }

    fn one(step: i64, word: &str) -> Answers {
        [
            ("utile".to_owned(), Answer::Number(step)),
            ("mot".to_owned(), Answer::Text(word.to_owned())),
        ]
        .into_iter()
        .collect()
    }

    #[test]
    fn under_five_answers_only_their_number_is_told() {
        let four: Vec<Answers> = (0..4).map(|_| one(5, "secret")).collect();
        assert_eq!(results(&form(), &four), Results::TooFew(4));
    }

    #[test]
    fn a_question_that_fewer_than_five_answered_stays_closed() {
        let mut five: Vec<Answers> = (0..4).map(|_| one(5, "a")).collect();
        five.push(Answers::default());
        let Results::Open { figures, .. } = results(&form(), &five) else {
            panic!("five people answered");
        };
        assert_eq!(figures, []);
    }

    proptest! {
        #[test]
        fn the_order_in_which_people_answered_cannot_be_seen(
            said in prop::collection::vec((prop::sample::select(vec![1_i64, 5]), "[a-zé ]{1,4}"), 5..12),
            seed in any::<u64>(),
        ) {
            let all: Vec<Answers> = said.iter().map(|(step, word)| one(*step, word)).collect();
            let mut shuffled = all.clone();
            let length = shuffled.len();
            for index in 0..length {
                shuffled.swap(index, usize::try_from(seed % 97).unwrap() * (index + 1) % length);
            }
            prop_assert_eq!(results(&form(), &all), results(&form(), &shuffled));
        }
    }
}
