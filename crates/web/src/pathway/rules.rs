//! The rules at the desk: read, changed, tried out on everybody, put to use.

use application::pathway::{self, Preview, RulesChange};
use axum::http::StatusCode;
use documents::texts::Arg;
use domain::content::ContentError;
use serde::{Deserialize, Serialize};

use super::title;
use crate::session::or_no_season;
use crate::shell::{Answer, Ctx, Flash, Form, Page, WebError};

/// Something wrong in the text.
#[derive(Debug, Serialize)]
pub(super) struct Fault {
    pub(super) place: String,
    pub(super) problem: String,
}

/// What changes for one person.
#[derive(Debug, Default, Serialize)]
pub(super) struct ChangeView {
    pub(super) person: String,
    pub(super) name: String,
    pub(super) lines: Vec<String>,
}

#[derive(Debug, Default, Serialize)]
pub(super) struct RulesPage {
    pub(super) season: String,
    pub(super) text: String,
    pub(super) seen: String,
    pub(super) adopted: Option<(String, String)>,
    pub(super) faults: Vec<Fault>,
    pub(super) stale: bool,
    pub(super) previewed: bool,
    pub(super) same: bool,
    pub(super) changes: Vec<ChangeView>,
    pub(super) people: usize,
    /// Seals the text that was shown, so that nothing else is put to use; empty before a preview.
    pub(super) mark: String,
}

impl Page for RulesPage {
    const TEMPLATE: &'static str = "pathway/rules.html";
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Change {
    text: String,
    seen: String,
    previewed: String,
    suite: String,
}

struct Current {
    slug: String,
    page: RulesPage,
}

/// The rules in use, for whoever may change them.
async fn current(ctx: &Ctx) -> Result<Current, WebError> {
    let Some((season, rules, offered)) = pathway::rules_of_present(ctx.app(), ctx.actor()).await?
    else {
        return Err(WebError::not_found().saying(ctx.text("pathway-rules-no-season")));
    };
    let adopted = rules.adopted.as_ref().map(|(by, at)| {
        let day = super::local(*at, &offered.zone);
        (by.clone(), day.to_string())
    });
    Ok(Current {
        page: RulesPage {
            season: season.name.clone(),
            seen: rules.rules().content_version().to_string(),
            text: rules.text,
            adopted,
            ..RulesPage::default()
        },
        slug: season.slug,
    })
}

/// `GET /bureau/regles`: the rules in use.
pub(super) async fn show(ctx: Ctx) -> Answer {
    let current = current(&ctx).await;
    or_no_season(&ctx, current.and_then(|current| ctx.page(&current.page)))
}

/// `POST /bureau/regles`: shows what a text would change (`suite=apercu`), or puts it to use (`suite=adopter`) when exactly that text was
/// shown before.
pub(super) async fn change(ctx: Ctx, Form(sent): Form<Change>) -> Answer {
    let Current { slug, page } = current(&ctx).await?;
    let text = sent.text.replace("\r\n", "\n");
    let mark = ctx.app().seal("rules-previewed", &text)?;
    let mut page = RulesPage {
        same: text.trim() == page.text.trim(),
        text: text.clone(),
        stale: sent.seen != page.seen,
        ..page
    };
    if sent.suite == "adopter" && sent.previewed == mark && !page.stale {
        match pathway::adopt_rules(ctx.app(), ctx.actor(), &slug, &text, &sent.seen).await {
            Ok(number) => {
                let number = i64::try_from(number).unwrap_or(i64::MAX);
                let told =
                    ctx.text_with("pathway-rules-adopted", &[("number", Arg::Integer(number))]);
                return Ok(ctx.redirect_with("/bureau/regles", &[Flash::ok(told)]));
            }
            Err(application::Error::Stale) => page.stale = true,
            Err(error) => return Err(error.into()),
        }
    }
    match pathway::preview_rules(ctx.app(), ctx.actor(), &slug, &text).await? {
        Preview::Wrong(faults) => {
            page.faults = faults
                .0
                .into_iter()
                .map(|fault| faulty(&ctx, &text, &fault))
                .collect();
            ctx.invalid(&page)
        }
        Preview::Sound { changes, people } => {
            page.previewed = true;
            page.people = people;
            page.changes = changes
                .iter()
                .map(|change| in_words(&ctx, change))
                .collect();
            let status = if page.stale {
                StatusCode::CONFLICT
            } else {
                StatusCode::OK
            };
            page.mark = mark;
            ctx.page_with(status, &page)
        }
    }
}

/// A fault in words: line, field, what to do.
fn faulty(ctx: &Ctx, text: &str, fault: &ContentError) -> Fault {
    let (line, field) = match fault.field.strip_prefix("line ") {
        Some(line) => (line.parse().ok(), ""),
        None => (pathway::line_of(text, &fault.field), fault.field.as_str()),
    };
    let line = line.map(|line: usize| {
        let line = i64::try_from(line).unwrap_or(i64::MAX);
        ctx.text_with("content-line", &[("line", Arg::Integer(line))])
    });
    let place: Vec<String> = line
        .into_iter()
        .chain(Some(field.to_owned()).filter(|field| !field.is_empty()))
        .collect();
    let words: Vec<_> = fault
        .problem
        .words
        .iter()
        .map(|(name, word)| (*name, Arg::from(word.as_str())))
        .collect();
    Fault {
        place: place.join(", "),
        problem: match fault.problem.key {
            "" => fault.problem.to_string(),
            key => ctx.text_with(key, &words),
        },
    }
}

fn in_words(ctx: &Ctx, change: &RulesChange) -> ChangeView {
    let diff = &change.diff;
    let named = |key: &str, modules: &[String]| -> Option<String> {
        if modules.is_empty() {
            return None;
        }
        let titles: Vec<String> = modules.iter().map(|module| title(ctx, module)).collect();
        let titles = documents::formats::list(ctx.language(), &titles);
        Some(ctx.text_with(key, &[("modules", Arg::from(titles.as_str()))]))
    };
    let mut lines = Vec::new();
    if let Some((from, to)) = diff.level {
        let (from, to) = (super::level(ctx, from), super::level(ctx, to));
        lines.push(ctx.text_with(
            "pathway-change-level",
            &[
                ("from", Arg::from(from.as_str())),
                ("to", Arg::from(to.as_str())),
            ],
        ));
    }
    lines.extend(named("pathway-change-added", &diff.added));
    lines.extend(named("pathway-change-removed", &diff.removed));
    for moved in &diff.moved {
        let name = title(ctx, &moved.module);
        let place = |place: usize| Arg::Integer(i64::try_from(place).unwrap_or_default());
        lines.push(ctx.text_with(
            "pathway-change-moved",
            &[
                ("module", Arg::from(name.as_str())),
                ("from", place(moved.from)),
                ("to", place(moved.to)),
            ],
        ));
    }
    lines.extend(named("pathway-change-reasons", &diff.reasons_changed));
    lines.extend(named("pathway-change-dates", &diff.dates_changed));
    ChangeView {
        person: change.person.clone(),
        name: change.name.clone(),
        lines,
    }
}

/// `POST /bureau/regles/recalculer`: everybody's path anew, with the sessions there are now.
pub(super) async fn recompute(ctx: Ctx, Form(Nothing {}): Form<Nothing>) -> Answer {
    let Current { slug, .. } = current(&ctx).await?;
    let number = pathway::recompute(ctx.app(), ctx.actor(), &slug).await?;
    let number = i64::try_from(number).unwrap_or(i64::MAX);
    let told = ctx.text_with("pathway-recomputed", &[("number", Arg::Integer(number))]);
    Ok(ctx.redirect_with("/bureau/regles", &[Flash::ok(told)]))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Nothing {}

#[cfg(test)]
mod tests {
    use documents::texts::Texts;
    use domain::content::Problem;
    use domain::language::Language;

    #[test]
    fn every_fault_of_rules_has_its_sentence_in_every_language() {
        for key in Problem::KEYS
            .into_iter()
            .chain(["content-must-be", "content-line"])
        {
            for language in Language::ALL {
                assert!(Texts::embedded().has(language, key), "{key} in {language}");
            }
        }
    }
}
