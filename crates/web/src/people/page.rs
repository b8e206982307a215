//! One person: details, seats, letters, and what happened.

use application::people::{self, PersonEnrolmentRow, PersonLetterRow};
use axum::extract::Path;
use domain::language::Language;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::list::may_manage;
use super::shared::{commune, local, module, profile_labels, sector_label, word};
use super::story::{Told, told};
use crate::assessment::TestLine;
use crate::shell::{Answer, Ctx, Page};

/// The details of a person.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Details {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) phone: String,
    pub(super) commune: String,
    pub(super) sector: String,
    pub(super) profiles: Vec<String>,
    pub(super) language: String,
    pub(super) needs: String,
    pub(super) note: String,
    pub(super) origin: String,
    pub(super) created: String,
    pub(super) organisation_id: String,
    pub(super) organisation: String,
    pub(super) merged_into: String,
    pub(super) erased: bool,
}

#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Seat {
    pub(super) session: String,
    pub(super) module: String,
    pub(super) site: String,
    pub(super) starts: String,
    pub(super) stage: String,
    pub(super) tone: &'static str,
    pub(super) mark: String,
    pub(super) minutes: Option<u32>,
}

#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Letter {
    pub(super) at: String,
    pub(super) subject: String,
    pub(super) stage: String,
    pub(super) address: String,
}

#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Paper {
    pub(super) at: String,
    pub(super) title: String,
    pub(super) detail: String,
}

#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct PersonPage {
    pub(super) person: Details,
    pub(super) hours: u32,
    pub(super) seats: Vec<Seat>,
    pub(super) certificates: Vec<Paper>,
    pub(super) responses: Vec<Paper>,
    pub(super) wishes: Vec<Paper>,
    pub(super) letters: Vec<Letter>,
    pub(super) story: Vec<Told>,
    /// Level tests, for whoever may see them.
    pub(super) tests: Option<Vec<TestLine>>,
    /// Whether a test may be begun for them here.
    pub(super) may_test: bool,
    pub(super) may_manage: bool,
    /// Whether the last merge can be taken back.
    pub(super) may_separate: bool,
}

impl Page for PersonPage {
    const TEMPLATE: &'static str = "people/page.html";
}

fn seat(row: PersonEnrolmentRow, language: Language, zone: &TimeZone) -> Seat {
    Seat {
        session: row.session_id,
        module: module(&row.module, language),
        site: row.site_name,
        starts: local(row.starts_at, zone),
        tone: match row.stage.as_str() {
            "placed" => "ok",
            "waiting" | "offered" => "wait",
            _ => "bad",
        },
        stage: word("exchange-enrolment-", &row.stage, language),
        mark: row
            .mark
            .map_or_else(String::new, |mark| word("exchange-mark-", &mark, language)),
        minutes: row.minutes.and_then(|minutes| u32::try_from(minutes).ok()),
    }
}

fn letter(row: PersonLetterRow, language: Language, zone: &TimeZone) -> Letter {
    Letter {
        at: local(row.sent_at.unwrap_or(row.created_at), zone),
        subject: row.subject,
        stage: word("people-letter-", &row.stage, language),
        address: row.recipient_address,
    }
}

fn details(page: &people::PersonPage, language: Language, zone: &TimeZone) -> Details {
    let person = &page.person;
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    Details {
        id: person.id.clone(),
        name: person.name.clone(),
        email: text(&person.email),
        phone: text(&person.phone),
        commune: commune(person.commune_code.as_deref()),
        sector: sector_label(
            person.sector.as_deref().or_else(|| {
                page.organisation
                    .as_ref()
                    .and_then(|organisation| organisation.sector.as_deref())
            }),
            language,
        ),
        profiles: profile_labels(&person.audience, language),
        language: word("people-language-", &person.language, language),
        needs: person.needs.clone(),
        note: person.note.clone(),
        origin: word("exchange-origin-", &person.origin, language),
        created: local(person.created_at, zone),
        organisation_id: text(&person.organisation_id),
        organisation: page
            .organisation
            .as_ref()
            .map(|organisation| organisation.name.clone())
            .unwrap_or_default(),
        merged_into: text(&person.merged_into),
        erased: person.erased_at.is_some(),
    }
}

/// `GET /bureau/personnes/{id}`: all about one person.
pub(super) async fn person(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let (language, zone) = (ctx.language(), ctx.zone());
    let page = people::person_page(ctx.app(), ctx.actor(), &id).await?;
    let minutes: i64 = page.enrolments.iter().filter_map(|row| row.minutes).sum();
    let may_manage = may_manage(&ctx);
    let living = page.person.merged_into.is_none() && page.person.erased_at.is_none();
    let may_separate = may_manage
        && living
        && people::separable_people(ctx.app(), ctx.actor(), &id)
            .await?
            .is_some();
    ctx.page(&PersonPage {
        tests: crate::assessment::of_person(&ctx, &id).await?,
        may_test: living,
        may_separate,
        person: details(&page, language, zone),
        hours: u32::try_from(minutes).unwrap_or_default(),
        seats: page
            .enrolments
            .into_iter()
            .map(|row| seat(row, language, zone))
            .collect(),
        certificates: page
            .certificates
            .into_iter()
            .map(|row| Paper {
                at: local(row.issued_at, zone),
                title: row.season_name,
                detail: row.code,
            })
            .collect(),
        responses: page
            .responses
            .into_iter()
            .map(|row| Paper {
                at: local(row.completed_at.unwrap_or(row.started_at), zone),
                title: row.season_name,
                detail: ctx.text(if row.completed_at.is_some() {
                    "people-response-done"
                } else {
                    "people-response-begun"
                }),
            })
            .collect(),
        wishes: page
            .wishes
            .into_iter()
            .map(|row| Paper {
                at: local(row.created_at, zone),
                title: row
                    .module
                    .map_or(row.detail, |slug| module(&slug, language)),
                detail: word("exchange-wish-", &row.stage, language),
            })
            .collect(),
        letters: page
            .letters
            .into_iter()
            .map(|row| letter(row, language, zone))
            .collect(),
        story: if may_manage {
            page.events
                .iter()
                .map(|event| told(event, language, zone))
                .collect()
        } else {
            Vec::new()
        },
        may_manage,
    })
}
