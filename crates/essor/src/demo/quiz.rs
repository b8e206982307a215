//! The quizzes of the demonstration: those that come with the program, put to use, and what people answered at past sessions.

use std::collections::BTreeMap;

use anyhow::{Context as _, bail};
use application::access::Actor;
use application::quiz::{self, Entered, EntryForm, HandIn, Import, Outcome, Sent, Who};
use domain::assessment::gift::{Kind, Numbers, Question};
use domain::assessment::marking::Answer;
use domain::language::Language;
use domain::quiz::{keys, put};

use super::dates::Dated;
use super::dice::Dice;
use super::{MAKER, SEED, Scene};

/// Of a hundred people who came, those who answer.
const ANSWER: usize = 70;
/// Of a hundred questions, those that people know.
const KNOW: usize = 72;

/// Makes and offers the quizzes of the program; answers module and quiz.
pub(crate) async fn make(scene: &Scene) -> anyhow::Result<Vec<(&'static str, String)>> {
    let mut made = Vec::new();
    for module in quiz::ready(Language::Fr) {
        let text = quiz::ready_text(module, Language::Fr).context("quiz")?;
        let title = application::content::catalogue()
            .module(module)
            .map_or(module, |module| module.title.get(Language::Fr));
        let import = Import {
            title: title.to_owned(),
            module: module.to_owned(),
            text: text.to_owned(),
            ..Import::default()
        };
        let Outcome::Done { quiz: id, .. } = quiz::create(&scene.app, &MAKER, &import).await?
        else {
            bail!("the quiz of {module} is not sound");
        };
        quiz::set_stage(&scene.app, &MAKER, &id, "open", "1").await?;
        made.push((module, id));
    }
    Ok(made)
}

/// At the end of a session most answer: those with an address on the screen, the others on paper.
pub(crate) async fn answer(
    scene: &Scene,
    quizzes: &[(&'static str, String)],
    session: &Dated,
    index: usize,
) -> anyhow::Result<()> {
    let Some((_, id)) = quizzes.iter().find(|(module, _)| *module == session.module) else {
        return Ok(());
    };
    // Dice of its own: what else happens in the season does not depend on it.
    let mut dice = Dice::new(SEED + 1 + u64::try_from(index).unwrap_or_default());
    let questions = quiz::open(&scene.app, &MAKER, id).await?.questions;
    let people = store::attendance::sheet(&mut scene.app.read().await?, &session.id).await?;
    for person in people {
        if person.minutes.unwrap_or_default() == 0 || !dice.chance(ANSWER) {
            continue;
        }
        let answers: Vec<Option<Answer>> = questions
            .iter()
            .map(|question| given(question, &mut dice))
            .collect();
        if person.email.is_some() {
            on_screen(scene, &session.id, id, &person, &answers).await?;
        } else {
            on_paper(
                scene,
                &session.id,
                id,
                &person.person_id,
                (&questions, &answers),
            )
            .await?;
        }
    }
    Ok(())
}

async fn on_screen(
    scene: &Scene,
    session: &str,
    quiz: &str,
    person: &store::attendance::SheetLine,
    answers: &[Option<Answer>],
) -> anyhow::Result<()> {
    let actor = Actor::Participant {
        person: person.person_id.parse()?,
        name: person.name.clone(),
    };
    let sent = Sent {
        revision: 1,
        turn: 1,
        values: values(answers),
        anyway: true,
    };
    let done = quiz::hand_in(&scene.app, Who::Signed(&actor), session, quiz, &sent).await?;
    if let HandIn::Incomplete(wrong) = done {
        bail!("{} cannot answer {quiz}: {wrong:?}", person.name);
    }
    Ok(())
}

async fn on_paper(
    scene: &Scene,
    session: &str,
    quiz: &str,
    person: &str,
    (questions, answers): (&[Question], &[Option<Answer>]),
) -> anyhow::Result<()> {
    let form = EntryForm {
        revision: "1".to_owned(),
        typed: put(quiz, questions)
            .iter()
            .map(|put| {
                let answer = answers.get(put.place).and_then(Option::as_ref);
                answer.map_or_else(String::new, |answer| keys(put, answer, 'V', 'F'))
            })
            .collect(),
        version: String::new(),
    };
    let done = quiz::enter(&scene.app, &MAKER, (session, quiz, person), &form).await?;
    if let Entered::Wrong(wrong) = done {
        bail!("the sheet of {person} cannot be entered: {wrong:?}");
    }
    Ok(())
}

/// What somebody answers: often what is right.
fn given(question: &Question, dice: &mut Dice) -> Option<Answer> {
    let knows = dice.chance(KNOW);
    Some(match &question.kind {
        Kind::Description => return None,
        Kind::Single(choices) => {
            let right = choices.iter().position(|choice| choice.weight >= 100.0)?;
            let other = dice.below(choices.len());
            Answer::Choice(if knows { right } else { other })
        }
        Kind::Multiple(choices) => Answer::Choices(
            choices
                .iter()
                .enumerate()
                .filter(|(place, choice)| choice.weight > 0.0 && (knows || *place == 0))
                .map(|(place, _)| place)
                .collect(),
        ),
        Kind::TrueFalse { right, .. } => Answer::Truth(*right == knows),
        Kind::Short(choices) => {
            let right = choices.iter().find(|choice| choice.weight >= 100.0)?;
            Answer::Typed(if knows {
                right.text.text.clone()
            } else {
                "je ne sais plus".to_owned()
            })
        }
        Kind::Numeric { answers, .. } => {
            let value = match answers.first()?.numbers {
                Numbers::Near { value, .. } => value,
                Numbers::Between { low, .. } => low,
            };
            Answer::Typed(if knows { value } else { value + 20.0 }.to_string())
        }
        Kind::Matching(pairs) => {
            let mut chosen: Vec<Option<usize>> = pairs
                .iter()
                .enumerate()
                .map(|(place, pair)| (!pair.left.is_empty()).then_some(place))
                .collect();
            if !knows {
                chosen.swap(0, 1);
            }
            Answer::Pairs(chosen)
        }
    })
}

/// The answers as a form sends them.
fn values(answers: &[Option<Answer>]) -> BTreeMap<String, Vec<String>> {
    let mut values = BTreeMap::new();
    for (place, answer) in answers.iter().enumerate() {
        let name = format!("q{place}");
        let sent = match answer {
            None => continue,
            Some(Answer::Choice(choice)) => vec![choice.to_string()],
            Some(Answer::Choices(choices)) => choices.iter().map(ToString::to_string).collect(),
            Some(Answer::Truth(truth)) => vec![truth.to_string()],
            Some(Answer::Typed(text)) => vec![text.clone()],
            Some(Answer::Pairs(pairs)) => {
                for (pair, chosen) in pairs.iter().enumerate() {
                    let sent: Vec<String> = chosen.iter().map(ToString::to_string).collect();
                    values.insert(format!("{name}-{pair}"), sent);
                }
                continue;
            }
        };
        values.insert(name, sent);
    }
    values
}
