//! The questionnaire on paper.

use application::questionnaire::{self, contact_of};
use axum::http::header;
use axum::response::IntoResponse;
use documents::formats;
use documents::pdf::{PaperAnswer, PaperPage, PaperQuestion, PaperQuestionnaire};
use domain::questionnaire::{Availability, DAYS, Question, QuestionKind, Slot};

use super::words;
use crate::shell::{Answer, Ctx, WebError};

/// `GET /questionnaire/papier.pdf`: to print and fill in by hand.
pub(super) async fn form(ctx: Ctx) -> Answer {
    let language = ctx.language();
    let offered = questionnaire::offered(ctx.app())
        .await?
        .ok_or_else(WebError::not_found)?;
    let form = offered.questionnaire;
    let mut pages: Vec<PaperPage> = form
        .pages()
        .iter()
        .map(|page| PaperPage {
            title: page.title.get(language).to_owned(),
            questions: page
                .questions
                .iter()
                .map(|question| on_paper(&ctx, question))
                .collect(),
        })
        .collect();
    let line = |key: &str| PaperQuestion {
        text: ctx.text(key),
        help: None,
        answer: PaperAnswer::Text { lines: 1 },
    };
    pages.push(PaperPage {
        title: ctx.text("questionnaire-contact-title"),
        questions: vec![
            line("questionnaire-name"),
            line("questionnaire-phone"),
            line("questionnaire-email"),
            line("questionnaire-organisation"),
        ],
    });
    let paper = PaperQuestionnaire {
        language,
        programme: offered.programme.name.clone(),
        title: form.title().get(language).to_owned(),
        introduction: form.intro().get(language).to_owned(),
        pages,
        give_back: contact_of(&offered.programme),
        made: offered.zone.to_datetime(ctx.app().now()).date(),
    };
    let pdf = paper.pdf().map_err(WebError::internal)?;
    Ok(([(header::CONTENT_TYPE, "application/pdf")], pdf).into_response())
}

fn on_paper(ctx: &Ctx, question: &Question) -> PaperQuestion {
    let language = ctx.language();
    let answer = match question.kind {
        QuestionKind::Single | QuestionKind::Multiple | QuestionKind::Scale => {
            PaperAnswer::Choice {
                options: question
                    .options
                    .iter()
                    .map(|option| option.label.get(language).to_owned())
                    .collect(),
                several: question.kind == QuestionKind::Multiple,
            }
        }
        QuestionKind::Grid => PaperAnswer::Grid {
            rows: DAYS
                .into_iter()
                .filter(|day| {
                    Slot::ALL
                        .into_iter()
                        .any(|slot| Availability::OFFERED.covers(*day, slot))
                })
                .map(|day| formats::weekday(language, day).to_owned())
                .collect(),
            columns: words::moments(ctx)
                .into_iter()
                .map(|moment| moment.label)
                .collect(),
        },
        QuestionKind::Text => PaperAnswer::Text { lines: 3 },
        QuestionKind::Commune | QuestionKind::Number => PaperAnswer::Text { lines: 1 },
    };
    PaperQuestion {
        text: question.label.get(language).to_owned(),
        help: question
            .help
            .as_ref()
            .map(|help| help.get(language).to_owned()),
        answer,
    }
}
