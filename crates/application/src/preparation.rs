//! What a trainer needs before a session: its plan by the clock, the papers to print, what the room lacks, who comes and what each one needs.

use std::collections::BTreeMap;

use documents::formats;
use documents::pdf::{PreparationNeed, PreparationPerson, PreparationSheet, PreparationStep};
use documents::texts::Texts;
use domain::catalogue::Module;
use domain::language::Language;
use domain::preparation::{Need, Step, needs, schedule};
use domain::questionnaire::{Answers, QuestionKind, Questionnaire};
use jiff::Timestamp;
use store::Connection;

use crate::access::Actor;
use crate::attendance::{Sheet, SheetPerson, sheet};
use crate::enrolment::instant;
use crate::people::commune_label;
use crate::{App, Error, Result, content, quiz};

/// What a person says of their practice: question and answer.
pub type Practice = Vec<(String, String)>;

/// All of it.
#[derive(Clone, Debug)]
pub struct Preparation {
    /// The session with the people on its list and the notes of those who gave it before.
    pub sheet: Sheet,
    /// Its module, unless it has left the catalogue.
    pub module: Option<&'static Module>,
    /// Its parts by the clock.
    pub steps: Vec<Step>,
    /// What the room must have.
    pub needs: Vec<Need>,
    /// Seats of the room, if one is known.
    pub seats: Option<i64>,
    /// What else is missing: the room has fewer seats than people are registered, or fewer computers.
    pub short: Vec<(String, i64)>,
    /// Its quizzes, to be printed: id and title.
    pub quizzes: Vec<(String, String)>,
    /// What people said of their practice, by person.
    pub practice: BTreeMap<String, Practice>,
}

/// The equipment of which everybody needs one.
const ONE_EACH: [&str; 2] = ["ordinateurs", "tablettes"];

/// The preparation of a session, for its trainer and the desk.
///
/// # Errors
/// [`Error::NotFound`], also for other trainers' sessions, and what [`crate::access::authorise`] says.
pub async fn preparation(
    app: &App,
    actor: &Actor,
    session: &str,
    language: Language,
) -> Result<Preparation> {
    let sheet = sheet(app, actor, session).await?;
    let module = content::catalogue().module(&sheet.session.module);
    let (starts, ends) = (
        instant(sheet.session.starts_at)?,
        instant(sheet.session.ends_at)?,
    );
    let mut db = app.read().await?;
    let room = match &sheet.session.room_id {
        Some(id) => store::room::get(&mut db, id).await?,
        None => None,
    };
    let there: Option<BTreeMap<String, i64>> = room
        .as_ref()
        .map(|room| serde_json::from_str(&room.equipment).unwrap_or_default());
    let needed = module
        .map(|module| module.room.as_slice())
        .unwrap_or_default();
    let people = i64::try_from(sheet.people.len()).unwrap_or(i64::MAX);
    let needs = needs(needed, there.as_ref());
    let mut short: Vec<(String, i64)> = needs
        .iter()
        .filter(|need| ONE_EACH.contains(&need.slug.as_str()))
        .filter_map(|need| Some((need.slug.clone(), need.there?)))
        .filter(|(_, there)| *there > 0 && *there < people)
        .collect();
    let seats = room.as_ref().map(|room| room.capacity);
    if let Some(seats) = seats.filter(|seats| *seats < people) {
        short.push((String::new(), seats));
    }
    let trainer = sheet.session.trainer_id.as_deref();
    let quizzes = quiz::offered(&mut db, session, &sheet.session.module, trainer)
        .await?
        .into_iter()
        .map(|quiz| (quiz.id, quiz.title))
        .collect();
    let practice = practice(&mut db, &sheet, language).await?;
    Ok(Preparation {
        module,
        steps: module.map_or_else(Vec::new, |module| schedule(&module.parts, starts, ends)),
        needs,
        seats,
        short,
        quizzes,
        practice,
        sheet,
    })
}

/// What the people of the list said of their practice: the answers of the questionnaire's pages that ask for steps of a scale. Nothing else of
/// their answers is a trainer's to see.
async fn practice(
    db: &mut Connection,
    sheet: &Sheet,
    language: Language,
) -> Result<BTreeMap<String, Practice>> {
    let mut found = BTreeMap::new();
    let Some(questionnaire) = content::embedded().questionnaire(&sheet.season.questionnaire) else {
        return Ok(found);
    };
    for person in &sheet.people {
        let id = &person.line.person_id;
        let Some(row) = store::response::completed_by(db, id, &sheet.season.id).await? else {
            continue;
        };
        let answers: Answers = serde_json::from_str(&row.answers).map_err(store::Error::from)?;
        let told = told(questionnaire, &answers, language);
        if !told.is_empty() {
            found.insert(id.clone(), told);
        }
    }
    Ok(found)
}

fn told(questionnaire: &Questionnaire, answers: &Answers, language: Language) -> Practice {
    questionnaire
        .pages()
        .iter()
        .filter(|page| {
            let mut questions = page.questions.iter();
            questions.any(|question| question.kind == QuestionKind::Scale)
        })
        .flat_map(|page| &page.questions)
        .filter_map(|question| {
            let answer = answers.get(&question.slug)?;
            let words = questionnaire.in_words(question, answer, language);
            Some((question.label.get(language).to_owned(), words))
        })
        .collect()
}

/// The preparation to print, as PDF.
///
/// # Errors
/// As [`preparation`], and [`Error::Internal`] when the template fails.
pub async fn pdf(app: &App, actor: &Actor, session: &str, language: Language) -> Result<Vec<u8>> {
    let all = preparation(app, actor, session, language).await?;
    let programme = {
        let mut db = app.read().await?;
        store::programme::get(&mut db, &all.sheet.season.programme_id)
            .await?
            .ok_or(Error::NotFound)?
    };
    let paper = on_paper(app, &all, programme.name, language)?;
    // Setting a page takes the processor for longer than a request may hold a worker.
    tokio::task::spawn_blocking(move || paper.pdf())
        .await
        .map_err(|error| Error::Internal(error.to_string()))?
        .map_err(|error| Error::Internal(error.to_string()))
}

fn on_paper(
    app: &App,
    all: &Preparation,
    programme: String,
    language: Language,
) -> Result<PreparationSheet> {
    let session = &all.sheet.session;
    let zone = all.sheet.zone.clone();
    let starts = instant(session.starts_at)?.to_zoned(zone.clone());
    let ends = instant(session.ends_at)?.to_zoned(zone.clone());
    let place = [
        Some(session.site_name.clone()),
        session.room_name.clone(),
        Some(session.site_address.clone()),
        Some(commune_label(&session.commune_code)),
    ];
    Ok(PreparationSheet {
        language,
        programme,
        module: all.module.map_or(session.module.clone(), |module| {
            module.title.get(language).to_owned()
        }),
        when: format!(
            "{}, {}",
            formats::date(language, starts.date()),
            formats::time_range(language, starts.time(), ends.time())
        ),
        place: place
            .into_iter()
            .flatten()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", "),
        steps: steps_on_paper(all, language),
        needs: all
            .needs
            .iter()
            .map(|need| PreparationNeed {
                name: equipment(&need.slug, language),
                there: need.there,
                missing: need.missing,
            })
            .collect(),
        short: all
            .short
            .iter()
            .map(|(slug, there)| shortage(slug, *there, all.sheet.people.len(), language))
            .collect(),
        people: all
            .sheet
            .people
            .iter()
            .map(|person| PreparationPerson {
                name: person.line.name.clone(),
                detail: person.line.organisation_name.clone().unwrap_or_default(),
                lines: lines(person, all.practice.get(&person.line.person_id), language),
            })
            .collect(),
        notes: all
            .sheet
            .earlier
            .iter()
            .map(|note| {
                let day = instant(note.created_at)?.to_zoned(zone.clone()).date();
                let day = formats::date_short(language, day);
                Ok((note.body.clone(), format!("{}, {day}", note.author_name)))
            })
            .collect::<Result<_>>()?,
        made: app.now().to_zoned(zone).date(),
    })
}

/// What happens in a part of the module, in words.
#[must_use]
pub fn part_text(all: &Preparation, part: &str, language: Language) -> String {
    let parts = all.module.map(|module| module.parts.all());
    parts
        .into_iter()
        .flatten()
        .find(|(name, _)| *name == part)
        .map(|(_, part)| part.text(language).to_owned())
        .unwrap_or_default()
}

fn steps_on_paper(all: &Preparation, language: Language) -> Vec<PreparationStep> {
    let clock = |at: Timestamp| at.to_zoned(all.sheet.zone.clone()).time();
    all.steps
        .iter()
        .map(|step| PreparationStep {
            hours: formats::time_span(language, clock(step.from), clock(step.until)),
            minutes: u32::try_from(step.minutes()).unwrap_or_default(),
            part: part_name(step.part, language),
            text: part_text(all, step.part, language),
        })
        .collect()
}

/// What a part is called.
#[must_use]
pub fn part_name(part: &str, language: Language) -> String {
    let key = match part {
        "input" => "attendance-part-input",
        "hands_on" => "attendance-part-hands-on",
        "evaluation" => "attendance-part-evaluation",
        _ => "attendance-part-exchange",
    };
    Texts::embedded().get(language, key)
}

/// What a piece of equipment is called.
#[must_use]
pub fn equipment(slug: &str, language: Language) -> String {
    content::vocabulary()
        .equipment(slug)
        .map_or(slug, |term| term.label.get(language))
        .to_owned()
}

/// “4 computers for 6 people”; an empty slug is for seats.
#[must_use]
pub fn shortage(slug: &str, there: i64, people: usize, language: Language) -> String {
    let texts = Texts::embedded();
    let people = i64::try_from(people).unwrap_or(i64::MAX);
    if slug.is_empty() {
        return texts.format(
            language,
            "preparation-short-seats",
            &[("there", there.into()), ("people", people.into())],
        );
    }
    texts.format(
        language,
        "preparation-short",
        &[
            ("what", equipment(slug, language).into()),
            ("there", there.into()),
            ("people", people.into()),
        ],
    )
}

/// What the trainer should know of a person, a line each.
#[must_use]
pub fn lines(person: &SheetPerson, practice: Option<&Practice>, language: Language) -> Vec<String> {
    let texts = Texts::embedded();
    let mut lines = Vec::new();
    if !person.line.needs.trim().is_empty() {
        lines.push(format!(
            "{} {}",
            texts.get(language, "attendance-needs"),
            person.line.needs.trim()
        ));
    }
    if person.first {
        lines.push(texts.get(language, "attendance-first"));
    }
    let level = match person.line.level {
        Some(0) => Some("attendance-level-0"),
        Some(1) => Some("attendance-level-1"),
        Some(2) => Some("attendance-level-2"),
        Some(_) => Some("attendance-level-3"),
        None => None,
    };
    lines.extend(level.map(|key| texts.get(language, key)));
    for (question, answer) in practice.into_iter().flatten() {
        lines.push(format!("{question} {answer}"));
    }
    if !person.missing.is_empty() {
        let modules: Vec<String> = person
            .missing
            .iter()
            .map(|slug| {
                content::catalogue()
                    .module(slug)
                    .map_or(slug.as_str(), |module| module.title.get(language))
                    .to_owned()
            })
            .collect();
        let modules = formats::list(language, &modules);
        lines.push(texts.format(
            language,
            "attendance-missing",
            &[("modules", modules.into())],
        ));
    }
    lines
}
