//! Everything kept about a person, for themself.

use domain::id::PersonId;
use serde_json::{Value, json};
use store::assessment::AnswerRow;

use super::records::resource_of;
use super::view::{PersonPage, read_all};
use super::{commune_label, profiles_of};
use crate::access::{Action, Actor, Resource, authorise};
use crate::{App, Error, Result};

/// Everything kept about a person, as JSON with instants in RFC 3339: what the participant downloads. The desk's note is theirs to read too.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Forbidden`] for anybody but the person and those who may see them.
pub async fn export_person(app: &App, actor: &Actor, person: PersonId) -> Result<Value> {
    let mut db = app.read().await?;
    if matches!(actor, Actor::Participant { .. }) {
        authorise(app, actor, Action::ManageOwn, &Resource::of_person(person))?;
    }
    let (row, resource) = resource_of(&mut db, &person.to_string()).await?;
    if !matches!(actor, Actor::Participant { .. }) {
        authorise(app, actor, Action::SeePeople, &resource)?;
    }
    let page = read_all(app, &mut db, row).await?;
    written(&page)
}

fn instant(milliseconds: i64) -> Value {
    jiff::Timestamp::from_millisecond(milliseconds).map_or(Value::Null, |at| json!(at.to_string()))
}

fn maybe(milliseconds: Option<i64>) -> Value {
    milliseconds.map_or(Value::Null, instant)
}

/// The words of a question of the level test, where the bank still has it.
fn question(item: &str) -> Option<&'static str> {
    let (_, item) = crate::content::bank().item(item)?;
    Some(item.ask.fr.as_str())
}

/// The words of the answer that was chosen, where they are still the same.
fn chosen(answer: &AnswerRow) -> Option<&'static str> {
    let (_, item) = crate::content::bank().item(&answer.item)?;
    if item.version().as_str() != answer.item_version {
        return None;
    }
    let choice = item.choices.get(usize::try_from(answer.choice?).ok()?)?;
    Some(choice.fr.as_str())
}

fn parsed(text: &str) -> Result<Value> {
    serde_json::from_str(text)
        .map_err(store::Error::from)
        .map_err(Error::from)
}

fn written(page: &PersonPage) -> Result<Value> {
    let person = &page.person;
    let pathways: Vec<Value> = page
        .pathways
        .iter()
        .map(|step| {
            Ok(json!({
                "season": step.season_name, "level": step.level, "made_at": instant(step.made_at),
                "superseded_at": maybe(step.superseded_at), "position": step.position, "module": step.module,
                "reasons": parsed(&step.reasons)?,
            }))
        })
        .collect::<Result<_>>()?;
    Ok(json!({
        "person": {
            "id": person.id, "name": person.name, "email": person.email, "phone": person.phone,
            "commune": person.commune_code,
            "commune_name": person.commune_code.as_deref().map(commune_label),
            "organisation": page.organisation.as_ref().map(|organisation| json!({
                "name": organisation.name, "kind": organisation.kind, "registration": organisation.registration,
            })),
            "sector": person.sector, "profiles": profiles_of(&person.audience), "language": person.language,
            "needs": person.needs, "note": person.note, "origin": person.origin, "created_at": instant(person.created_at),
        },
        "enrolments": page.enrolments.iter().map(|enrolment| json!({
            "session": enrolment.session_id, "module": enrolment.module, "site": enrolment.site_name,
            "starts_at": instant(enrolment.starts_at), "ends_at": instant(enrolment.ends_at), "stage": enrolment.stage,
            "stage_at": instant(enrolment.stage_at), "origin": enrolment.origin, "requested_at": instant(enrolment.requested_at),
            "attendance": enrolment.mark, "minutes": enrolment.minutes,
        })).collect::<Vec<_>>(),
        "said_of_attendance": operations(page)?,
        "questionnaires": responses(page)?,
        "pathway_steps": pathways,
        "wishes": page.wishes.iter().map(|wish| json!({
            "module": wish.module, "detail": wish.detail, "reason": wish.reason, "stage": wish.stage, "answer": wish.answer,
            "created_at": instant(wish.created_at),
        })).collect::<Vec<_>>(),
        "debriefs": debriefs(page)?,
        "proposals": page.asked.iter().map(|asked| json!({
            "title": asked.title, "stage": asked.stage, "reason": asked.reason, "created_at": instant(asked.created_at),
        })).collect::<Vec<_>>(),
        "certificates": certificates(page)?,
        "level_tests": page.level_tests.iter().map(|(run, answers)| json!({
            "occasion": run.occasion, "stage": run.stage, "level": run.level, "ability": run.ability, "error": run.error,
            "counts_for_path": run.applied == 1, "started_at": instant(run.started_at), "finished_at": maybe(run.finished_at),
            "answers": answers.iter().map(|answer| json!({
                "item": answer.item, "question": question(&answer.item), "reply": answer.reply,
                "chosen": chosen(answer), "right": answer.is_right == 1,
                "milliseconds": answer.millis, "answered_at": instant(answer.answered_at),
            })).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "quizzes": quizzes(page)?,
        "letters": page.letters.iter().map(|letter| json!({
            "kind": letter.kind, "address": letter.recipient_address, "subject": letter.subject, "text": letter.text_body,
            "stage": letter.stage, "created_at": instant(letter.created_at), "sent_at": maybe(letter.sent_at),
        })).collect::<Vec<_>>(),
        "history": page.events.iter().map(|event| json!({ "at": instant(event.at), "action": event.action })).collect::<Vec<_>>(),
    }))
}

/// Questionnaires answered.
fn responses(page: &PersonPage) -> Result<Vec<Value>> {
    page
        .responses
        .iter()
        .map(|response| {
            Ok(json!({
                "season": response.season_name, "questionnaire": response.questionnaire, "origin": response.origin,
                "answers": parsed(&response.answers)?, "started_at": instant(response.started_at),
                "completed_at": maybe(response.completed_at),
            }))
        })
        .collect()
}

/// Certificates, with their badges.
fn certificates(page: &PersonPage) -> Result<Vec<Value>> {
    page
        .certificates
        .iter()
        .map(|certificate| {
            Ok(json!({
                "season": certificate.season_name, "code": certificate.code, "minutes": certificate.minutes,
                "content": parsed(&certificate.content)?, "issued_at": instant(certificate.issued_at),
                "revoked_at": maybe(certificate.revoked_at),
                "badge": match certificate.badge.as_deref() {
                    None | Some("") => Value::Null,
                    Some(badge) => parsed(badge)?,
                },
            }))
        })
        .collect()
}

/// What was said of their attendance, word for word.
fn operations(page: &PersonPage) -> Result<Vec<Value>> {
    page
        .operations
        .iter()
        .map(|said| {
            Ok(json!({ "session": said.session_id, "at": instant(said.at), "said": parsed(&said.body)? }))
        })
        .collect()
}

/// Quizzes answered, with their questions.
fn quizzes(page: &PersonPage) -> Result<Vec<Value>> {
    page
        .quizzes
        .iter()
        .map(|quiz| {
            Ok(json!({
                "quiz": quiz.title, "module": quiz.module, "session": quiz.session_id, "origin": quiz.origin, "try": quiz.turn,
                "questions": parsed(&quiz.questions)?, "answers": parsed(&quiz.answers)?, "score_permille": quiz.score,
                "made_at": instant(quiz.made_at),
            }))
        })
        .collect()
}

/// The talks at the end of paths, with what was missing.
fn debriefs(page: &PersonPage) -> Result<Vec<Value>> {
    page.debriefs
        .iter()
        .map(|(talk, lacks)| {
            Ok(json!({
                "answers": parsed(&talk.answers)?, "stage": talk.stage, "held_by": talk.held_by_name,
                "started_at": instant(talk.started_at), "finished_at": maybe(talk.finished_at),
                "missing": lacks.iter().map(|lack| json!({
                    "module": lack.module, "detail": lack.detail, "weight": lack.weight,
                })).collect::<Vec<_>>(),
            }))
        })
        .collect()
}
