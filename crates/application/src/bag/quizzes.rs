//! The quizzes that somebody answered, with what was right.

use std::collections::{BTreeMap, BTreeSet};

use documents::bag::BagCorrection;
use domain::assessment::gift::Question;
use domain::assessment::marking::Answer;
use domain::language::Language;
use store::Connection;

use crate::Result;
use crate::quiz::{in_words, told};

/// Corrections by session.
pub(super) type Corrected = BTreeMap<String, Vec<BagCorrection>>;

/// Everything that a person answered, the last try of each quiz, question by question.
pub(super) async fn corrected(
    db: &mut Connection,
    person: &str,
    language: Language,
) -> Result<Corrected> {
    let mut seen = BTreeSet::new();
    let mut corrected = Corrected::new();
    // Newest first.
    for row in store::quiz::of_person(db, person).await? {
        if !seen.insert((row.session_id.clone(), row.title.clone())) {
            continue;
        }
        let questions: Vec<Question> =
            serde_json::from_str(&row.questions).map_err(store::Error::from)?;
        let answers: Vec<Option<Answer>> =
            serde_json::from_str(&row.answers).map_err(store::Error::from)?;
        let sheet = told(&row.id, &questions, &answers);
        let of_session = corrected.entry(row.session_id).or_default();
        for told in sheet.told {
            let Some(right) = told.right else { continue };
            of_session.push(BagCorrection {
                question: [told.put.text, told.put.after].join(" ").trim().to_owned(),
                right: vec![in_words(&right, language)],
                own: told.said.map(|said| in_words(&said, language)),
                feedback: told.feedback.join(" "),
            });
        }
    }
    Ok(corrected)
}
