//! The talk with one person: everything at hand, kept as one goes.

use std::collections::BTreeMap;

use application::Error;
use application::debrief::{self, Opened, Saved};
use application::people::commune_label;
use axum::extract::Path;
use axum::http::StatusCode;
use domain::debrief::{Entry, MOST_LACKS, Talk, Use, WEIGHTS, Wanted};
use domain::language::Language;
use domain::questionnaire::AnswerError;
use domain::text::fold;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{LIST, due_word, printed, stage, title, use_word};
use crate::attendance::pdf;
use crate::listing::{Choice, Link, phone};
use crate::questionnaire::{Asked, Stored, asked, values, wrong};
use crate::shell::form::sentence;
use crate::shell::{Answer, Ctx, FieldErrors, Flash, Form, Page};

/// A step of the path and what became of it.
#[derive(Debug, Default, Serialize)]
pub(super) struct StepView {
    pub(super) title: String,
    pub(super) tone: &'static str,
    pub(super) word: String,
}

/// A session attended.
#[derive(Debug, Default, Serialize)]
pub(super) struct AttendedView {
    pub(super) title: String,
    pub(super) day: Date,
    pub(super) minutes: i64,
}

/// A page of questions; `manque` and `usage` are followed by the lists of modules.
#[derive(Debug, Default, Serialize)]
pub(super) struct PageView {
    pub(super) slug: String,
    pub(super) title: String,
    pub(super) questions: Vec<Asked>,
}

/// What is used of a module taken.
#[derive(Debug, Default, Serialize)]
pub(super) struct UseView {
    pub(super) module: String,
    pub(super) title: String,
    pub(super) how: String,
    pub(super) why: String,
}

/// A row of what was missing.
#[derive(Debug, Default, Serialize)]
pub(super) struct LackView {
    pub(super) what: String,
    pub(super) weight: String,
}

/// The page.
#[derive(Debug, Default, Serialize)]
pub(super) struct TalkPage {
    pub(super) name: String,
    pub(super) lead: String,
    pub(super) intro: String,
    pub(super) crumbs: Vec<Link>,
    pub(super) badge: (&'static str, String),
    pub(super) facts: Vec<(String, String)>,
    pub(super) steps: Vec<StepView>,
    pub(super) sessions: Vec<AttendedView>,
    pub(super) minutes: i64,
    pub(super) answered: Vec<(String, String)>,
    pub(super) wishes: Vec<String>,
    pub(super) pages: Vec<PageView>,
    pub(super) uses: Vec<UseView>,
    pub(super) use_options: Vec<Choice>,
    pub(super) lack_modules: Vec<LackView>,
    pub(super) lack_words: Vec<LackView>,
    pub(super) modules: Vec<Choice>,
    pub(super) weights: Vec<Choice>,
    pub(super) errors: FieldErrors,
    pub(super) stale: bool,
    pub(super) stored: Vec<Stored>,
    pub(super) version: i64,
    pub(super) action: String,
    pub(super) finished: bool,
    pub(super) has_email: bool,
}

impl Page for TalkPage {
    const TEMPLATE: &'static str = "debrief/talk.html";
}

type Raw = Vec<(String, String)>;

/// What is stored, as the form would send it.
fn as_form(talk: &Talk) -> Raw {
    let mut raw: Raw = Vec::new();
    for (slug, answer) in talk.kept.answers.iter() {
        for value in values(answer) {
            raw.push((slug.to_owned(), value));
        }
    }
    for (module, used) in &talk.kept.uses {
        raw.push((format!("use_{module}"), used.how.slug().to_owned()));
        raw.push((format!("why_{module}"), used.why.clone()));
    }
    for lack in &talk.lacks {
        let (name, what) = match &lack.wanted {
            Wanted::Module(module) => ("lack_module", module),
            Wanted::Words(words) => ("lack_words", words),
        };
        raw.push((name.to_owned(), what.clone()));
        raw.push((format!("{name}_weight"), lack.weight.to_string()));
    }
    raw
}

fn all<'a>(raw: &'a Raw, name: &str) -> Vec<&'a str> {
    raw.iter()
        .filter(|(other, _)| other == name)
        .map(|(_, value)| value.as_str())
        .collect()
}

fn one<'a>(raw: &'a Raw, name: &str) -> &'a str {
    all(raw, name).first().copied().unwrap_or_default()
}

fn address(opened: &Opened) -> String {
    format!("{LIST}/{}/{}", opened.season.slug, opened.person.id)
}

/// The page with what the form holds, stored or typed.
fn page(
    ctx: &Ctx,
    opened: &Opened,
    raw: &Raw,
    wrong_fields: &BTreeMap<String, AnswerError>,
) -> TalkPage {
    let finished = opened
        .row
        .as_ref()
        .is_some_and(|row| row.stage == "finished");
    let mut shown = TalkPage {
        name: opened.person.name.clone(),
        lead: due_word(ctx, opened.due),
        intro: opened.form.intro().get(ctx.language()).to_owned(),
        crumbs: vec![Link::new(ctx.text("debrief-list"), LIST)],
        badge: stage(ctx, opened.row.as_ref().map(|row| row.stage.as_str())),
        pages: pages(ctx, opened, raw, wrong_fields),
        uses: uses(ctx, opened, raw),
        use_options: Use::ALL
            .map(|how| Choice::new(how.slug(), use_word(ctx.language(), how)))
            .to_vec(),
        lack_modules: lacks(raw, "lack_module"),
        lack_words: lacks(raw, "lack_words"),
        modules: modules(ctx, opened),
        weights: WEIGHTS
            .map(|weight| {
                let word = match weight {
                    1 => ctx.text("debrief-weight-1"),
                    2 => ctx.text("debrief-weight-2"),
                    _ => ctx.text("debrief-weight-3"),
                };
                Choice::new(weight.to_string(), word)
            })
            .to_vec(),
        errors: errors(ctx, opened, wrong_fields),
        version: opened.version(),
        action: address(opened),
        finished,
        has_email: opened.person.email.is_some(),
        ..TalkPage::default()
    };
    at_hand(ctx, opened, &mut shown);
    shown
}

/// What is known already.
fn at_hand(ctx: &Ctx, opened: &Opened, shown: &mut TalkPage) {
    let person = &opened.person;
    let commune = person.commune_code.as_deref().map(commune_label);
    let organisation = opened.line.organisation_name.clone();
    shown.facts = [
        (
            ctx.text("debrief-organisation"),
            organisation.unwrap_or_default(),
        ),
        (ctx.text("debrief-commune"), commune.unwrap_or_default()),
        (ctx.text("debrief-phone"), phone(person.phone.as_deref())),
        (ctx.text("debrief-needs"), person.needs.clone()),
    ]
    .into_iter()
    .filter(|(_, text)| !text.is_empty())
    .collect();
    shown.steps = opened
        .steps
        .iter()
        .map(|step| {
            let (tone, word) = if opened.known.contains(&step.module) {
                ("ok", ctx.text("debrief-step-attended"))
            } else {
                match step.outcome.as_str() {
                    "booked" => ("info", ctx.text("debrief-step-booked")),
                    "full" => ("full", ctx.text("debrief-step-full")),
                    "absent" => ("bad", ctx.text("debrief-step-absent")),
                    _ => ("wait", ctx.text("debrief-step-proposed")),
                }
            };
            StepView {
                title: title(ctx, &step.module),
                tone,
                word,
            }
        })
        .collect();
    shown.minutes = opened.attended.iter().map(|row| row.minutes).sum();
    shown.sessions = opened
        .attended
        .iter()
        .map(|row| AttendedView {
            title: title(ctx, &row.module),
            day: Timestamp::from_millisecond(row.starts_at)
                .map_or_else(|_| Date::default(), |at| opened.zone.to_datetime(at).date()),
            minutes: row.minutes,
        })
        .collect();
    shown.answered = opened
        .answered
        .iter()
        .map(|one| {
            let [fr, en] = one.answer.clone();
            let answer = if ctx.language() == Language::Fr {
                fr
            } else {
                en
            };
            (one.question.get(ctx.language()).to_owned(), answer)
        })
        .collect();
    shown.wishes = opened
        .wishes
        .iter()
        .map(|wish| match &wish.module {
            Some(module) => title(ctx, module),
            None => wish.detail.clone(),
        })
        .collect();
}

fn pages(
    ctx: &Ctx,
    opened: &Opened,
    raw: &Raw,
    wrong_fields: &BTreeMap<String, AnswerError>,
) -> Vec<PageView> {
    opened
        .form
        .pages()
        .iter()
        .map(|page| PageView {
            slug: page.slug.clone(),
            title: page.title.get(ctx.language()).to_owned(),
            questions: page
                .questions
                .iter()
                .map(|question| {
                    let typed = all(raw, &question.slug);
                    let typed = typed.into_iter().map(str::to_owned).collect();
                    asked(ctx, question, typed, wrong_fields.get(&question.slug))
                })
                .collect(),
        })
        .collect()
}

fn uses(ctx: &Ctx, opened: &Opened, raw: &Raw) -> Vec<UseView> {
    opened
        .taken
        .iter()
        .map(|module| UseView {
            module: module.clone(),
            title: title(ctx, module),
            how: one(raw, &format!("use_{module}")).to_owned(),
            why: one(raw, &format!("why_{module}")).to_owned(),
        })
        .collect()
}

/// The rows that are filled and two more.
fn lacks(raw: &Raw, name: &str) -> Vec<LackView> {
    let weights = all(raw, &format!("{name}_weight"));
    let mut rows: Vec<LackView> = all(raw, name)
        .into_iter()
        .enumerate()
        .filter(|(_, what)| !what.trim().is_empty())
        .map(|(index, what)| LackView {
            what: what.to_owned(),
            weight: weights.get(index).copied().unwrap_or("2").to_owned(),
        })
        .collect();
    let most = (rows.len() + 2).clamp(3, MOST_LACKS.max(rows.len()));
    while rows.len() < most {
        rows.push(LackView {
            what: String::new(),
            weight: "2".to_owned(),
        });
    }
    rows
}

/// The modules not taken, by title.
fn modules(ctx: &Ctx, opened: &Opened) -> Vec<Choice> {
    let mut all: Vec<Choice> = application::content::catalogue()
        .modules()
        .filter(|module| !opened.taken.contains(&module.slug))
        .map(|module| Choice::new(&module.slug, module.title.get(ctx.language())))
        .collect();
    all.sort_by_key(|choice| fold(&choice.label));
    all
}

fn errors(ctx: &Ctx, opened: &Opened, wrong_fields: &BTreeMap<String, AnswerError>) -> FieldErrors {
    let mut errors = FieldErrors::default();
    for (field, error) in wrong_fields {
        let said = match (opened.form.question(field), error) {
            (Some(question), error) => wrong(ctx, question, error),
            (None, AnswerError::Input(error)) => sentence(error, ctx.language()),
            (None, AnswerError::TooMany { .. }) => ctx.text("debrief-wrong-many"),
            (None, _) => ctx.text("questionnaire-wrong-option"),
        };
        errors.add(field.clone(), said);
    }
    errors
}

/// `GET /bureau/bilans/{season}/{person}`: the talk, with everything at hand.
pub(super) async fn show(ctx: Ctx, Path((season, person)): Path<(String, String)>) -> Answer {
    let opened = debrief::open(ctx.app(), ctx.actor(), &season, &person).await?;
    ctx.page(&page(
        &ctx,
        &opened,
        &as_form(&opened.talk),
        &BTreeMap::new(),
    ))
}

/// `POST /bureau/bilans/{season}/{person}`: keeps what was said, or finishes the talk.
pub(super) async fn save(
    ctx: Ctx,
    Path((season, person)): Path<(String, String)>,
    Form(raw): Form<Raw>,
) -> Answer {
    let finishing = one(&raw, "suite_") == "finir";
    let version = one(&raw, "version").parse().unwrap_or_default();
    let saved = debrief::save(
        ctx.app(),
        ctx.actor(),
        (&season, &person),
        &raw,
        version,
        finishing,
    )
    .await;
    match saved {
        Ok(Saved::Kept(opened)) => {
            let told = if opened
                .row
                .as_ref()
                .is_some_and(|row| row.stage == "finished")
            {
                ctx.text("debrief-finished")
            } else {
                ctx.text("debrief-kept")
            };
            Ok(ctx.redirect_with(&address(&opened), &[Flash::ok(told)]))
        }
        Ok(Saved::Wrong(wrong)) => {
            let (opened, Entry { errors, .. }) = *wrong;
            ctx.invalid(&page(&ctx, &opened, &raw, &errors))
        }
        Err(Error::Stale) => stale(&ctx, &season, &person, &raw).await,
        Err(error) => Err(error.into()),
    }
}

/// Somebody else wrote meanwhile: what was typed here, beside what is kept.
async fn stale(ctx: &Ctx, season: &str, person: &str, raw: &Raw) -> Answer {
    let opened = debrief::open(ctx.app(), ctx.actor(), season, person).await?;
    let kept = as_form(&opened.talk);
    let mut stored = Vec::new();
    let mut differs = |label: String, name: &str, said: String| {
        let clean = |raw: &Raw| {
            let mut values: Vec<String> = all(raw, name)
                .into_iter()
                .map(|value| value.trim().to_owned())
                .filter(|value| !value.is_empty())
                .collect();
            values.sort();
            values
        };
        if clean(raw) != clean(&kept) {
            stored.push(Stored {
                label,
                answer: if said.is_empty() {
                    "–".to_owned()
                } else {
                    said
                },
            });
        }
    };
    for question in opened.form.questions() {
        let answer = opened.talk.kept.answers.get(&question.slug);
        let said = answer.map(|answer| opened.form.in_words(question, answer, ctx.language()));
        let label = question.label.get(ctx.language()).to_owned();
        differs(label, &question.slug, said.unwrap_or_default());
    }
    for module in &opened.taken {
        let used = opened.talk.kept.uses.get(module);
        let said = used.map(|used| use_word(ctx.language(), used.how));
        differs(
            title(ctx, module),
            &format!("use_{module}"),
            said.unwrap_or_default(),
        );
        let why = used.map(|used| used.why.clone());
        differs(
            title(ctx, module),
            &format!("why_{module}"),
            why.unwrap_or_default(),
        );
    }
    let wanted = |modules: bool| {
        let words = opened
            .talk
            .lacks
            .iter()
            .filter_map(|lack| match &lack.wanted {
                Wanted::Module(module) if modules => Some(title(ctx, module)),
                Wanted::Words(words) if !modules => Some(words.clone()),
                _ => None,
            });
        words.collect::<Vec<_>>().join(", ")
    };
    differs(ctx.text("debrief-lack-module"), "lack_module", wanted(true));
    differs(ctx.text("debrief-lack-words"), "lack_words", wanted(false));
    let shown = TalkPage {
        stale: true,
        stored,
        ..page(ctx, &opened, raw, &BTreeMap::new())
    };
    ctx.page_with(StatusCode::CONFLICT, &shown)
}

/// `GET /bureau/bilans/{season}/{person}/bilan.pdf`: the page the person takes home.
pub(super) async fn print(ctx: Ctx, Path((season, person)): Path<(String, String)>) -> Answer {
    let home = debrief::home(ctx.app(), ctx.actor(), &season, &person).await?;
    let bytes = printed(&home, home.language, &ctx.app().config().base_url).await?;
    Ok(pdf(&bytes, "bilan.pdf"))
}

/// A form without fields: a button.
#[derive(Debug, Deserialize)]
pub(super) struct Pressed {}

/// `POST /bureau/bilans/{season}/{person}/envoyer`: sends the page by letter.
pub(super) async fn send(
    ctx: Ctx,
    Path((season, person)): Path<(String, String)>,
    Form(Pressed {}): Form<Pressed>,
) -> Answer {
    let sent = debrief::send_home(ctx.app(), ctx.actor(), &season, &person).await?;
    let told = if sent {
        Flash::ok(ctx.text("debrief-sent"))
    } else {
        Flash::wait(ctx.text("debrief-sent-not"))
    };
    Ok(ctx.redirect_with(&format!("{LIST}/{season}/{person}"), &[told]))
}
