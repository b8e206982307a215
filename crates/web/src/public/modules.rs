//! The catalogue of workshops.

use application::agenda::{self, Only};
use application::content::{catalogue, vocabulary};
use application::showcase;
use axum::extract::Path;
use domain::catalogue::{Audience, Module};
use domain::language::Language;
use serde::{Deserialize, Serialize};

use super::Public;
use super::view::{Card, Choice, audiences, cards, reserved, themes};
use crate::shell::{Answer, Ctx, Page, Query, WebError};

/// Dates on a workshop's page.
const DATES: usize = 20;

/// The keys of levels, from 0.
const LEVELS: [&str; 4] = [
    "public-modules-level-0",
    "public-modules-level-1",
    "public-modules-level-2",
    "public-modules-level-3",
];

/// The key of a level's words.
pub(super) fn level_key(level: u8) -> &'static str {
    LEVELS
        .get(usize::from(level))
        .copied()
        .unwrap_or("public-modules-level-3")
}

/// The filter of the catalogue; names are those of the address.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Filter {
    theme: String,
    niveau: String,
    public: String,
}

#[derive(Serialize)]
struct ModulesPage {
    filter: Filter,
    themes: Vec<Choice>,
    levels: Vec<Choice>,
    audiences: Vec<Choice>,
    passed_over: bool,
    tracks: Vec<TrackView>,
    total: usize,
}

#[derive(Serialize)]
struct TrackView {
    title: String,
    summary: String,
    modules: Vec<ModuleLine>,
}

#[derive(Serialize)]
struct ModuleLine {
    slug: String,
    title: String,
    theme: String,
    aim: String,
    minutes: u32,
    level_key: &'static str,
    reserved: Option<String>,
    /// Coming dates.
    dates: usize,
}

#[derive(Serialize)]
struct ModulePage {
    slug: String,
    title: String,
    theme: String,
    theme_slug: String,
    level_key: &'static str,
    minutes: u32,
    least: u32,
    most: u32,
    reserved: Option<String>,
    aims: Vec<String>,
    before: Vec<Choice>,
    after: Vec<Choice>,
    parts: Vec<PartView>,
    cards: Vec<Card>,
    coming: usize,
}

#[derive(Serialize)]
struct PartView {
    key: String,
    minutes: u32,
    text: String,
}

impl Page for ModulesPage {
    const TEMPLATE: &'static str = "public/modules.html";
}

impl Page for ModulePage {
    const TEMPLATE: &'static str = "public/module.html";
}

/// `GET /ateliers`: every workshop, by track.
pub(super) async fn list(public: Public, query: Query<Filter>) -> Answer {
    public
        .answer(async move |ctx| list_page(ctx, query).await)
        .await
}

async fn list_page(ctx: Ctx, query: Query<Filter>) -> Answer {
    let language = ctx.language();
    let filter = query.value;
    let coming = agenda::next(ctx.app(), Only::Any).await?;
    let theme = vocabulary().theme(&filter.theme).map(|term| &term.slug);
    let level = filter.niveau.parse::<u8>().ok().filter(|level| *level <= 3);
    let audience = Audience::from_slug(&filter.public);
    let matches = |module: &&Module| {
        theme.is_none_or(|theme| module.theme == *theme)
            && level.is_none_or(|level| module.level == level)
            && audience.is_none_or(|audience| {
                module.audience == audience || module.audience == Audience::Everyone
            })
    };
    let tracks: Vec<TrackView> = catalogue()
        .tracks()
        .iter()
        .map(|track| TrackView {
            title: track.title.get(language).to_owned(),
            summary: track.summary.get(language).to_owned(),
            modules: catalogue()
                .modules_of(&track.slug)
                .filter(matches)
                .map(|module| {
                    let dates = coming
                        .iter()
                        .filter(|listed| listed.row.module == module.slug)
                        .count();
                    ModuleLine::of(module, dates, language)
                })
                .collect(),
        })
        .filter(|track| !track.modules.is_empty())
        .collect();
    let is_unread = |typed: &str, is_read: bool| !typed.is_empty() && !is_read;
    ctx.page(&ModulesPage {
        passed_over: !query.ignored.is_empty()
            || is_unread(&filter.theme, theme.is_some())
            || is_unread(&filter.niveau, level.is_some())
            || is_unread(&filter.public, audience.is_some()),
        themes: themes(language),
        levels: LEVELS
            .iter()
            .enumerate()
            .map(|(level, key)| Choice::new(level.to_string(), ctx.text(key)))
            .collect(),
        audiences: audiences(language),
        total: tracks.iter().map(|track| track.modules.len()).sum(),
        tracks,
        filter,
    })
}

impl ModuleLine {
    fn of(module: &Module, dates: usize, language: Language) -> Self {
        Self {
            slug: module.slug.clone(),
            title: module.title.get(language).to_owned(),
            theme: theme_label(module, language),
            aim: module
                .aims
                .first()
                .map(|aim| aim.get(language).to_owned())
                .unwrap_or_default(),
            minutes: module.minutes,
            level_key: level_key(module.level),
            reserved: reserved(module, language),
            dates,
        }
    }
}

fn theme_label(module: &Module, language: Language) -> String {
    vocabulary()
        .theme(&module.theme)
        .map(|term| term.label.get(language).to_owned())
        .unwrap_or_default()
}

/// `GET /ateliers/{slug}`: one workshop.
pub(super) async fn show(public: Public, Path(slug): Path<String>) -> Answer {
    public
        .answer(async move |ctx| module_page(ctx, slug).await)
        .await
}

async fn module_page(ctx: Ctx, slug: String) -> Answer {
    let language = ctx.language();
    let module = catalogue().module(&slug).ok_or_else(WebError::not_found)?;
    let sessions = agenda::next(ctx.app(), Only::Module(&slug)).await?;
    let link = |other: &Module| Choice::new(&other.slug, other.title.get(language));
    ctx.page(&ModulePage {
        title: module.title.get(language).to_owned(),
        theme: theme_label(module, language),
        theme_slug: module.theme.clone(),
        level_key: level_key(module.level),
        minutes: module.minutes,
        least: module.group.least,
        most: module.group.most,
        reserved: reserved(module, language),
        aims: module
            .aims
            .iter()
            .map(|aim| aim.get(language).to_owned())
            .collect(),
        before: showcase::prerequisites(module)
            .into_iter()
            .map(link)
            .collect(),
        after: catalogue()
            .modules()
            .filter(|other| other.prerequisites.contains(&slug))
            .map(link)
            .collect(),
        parts: module
            .parts
            .all()
            .iter()
            .map(|(name, part)| PartView {
                key: format!("public-modules-part-{}", name.replace('_', "-")),
                minutes: part.minutes,
                text: part.text(language).to_owned(),
            })
            .collect(),
        cards: cards(sessions.iter().take(DATES), language),
        coming: sessions.len(),
        slug,
    })
}

#[cfg(test)]
pub(super) fn samples() -> Vec<crate::shell::sample::Sample> {
    use super::view::samples::all_cards;
    use crate::shell::sample::Sample;
    let french = Language::Fr;
    let list = |tracks: Vec<TrackView>| ModulesPage {
        filter: Filter {
            theme: "vente".to_owned(),
            ..Filter::default()
        },
        themes: themes(french),
        levels: vec![Choice::new("0", "Débutant")],
        audiences: audiences(french),
        passed_over: tracks.is_empty(),
        total: tracks.len(),
        tracks,
    };
    let module = |cards: Vec<Card>| ModulePage {
        slug: "boutique-en-ligne".to_owned(),
        title: "Ouvrir <sa> boutique".to_owned(),
        theme: "Vente".to_owned(),
        theme_slug: "vente".to_owned(),
        level_key: level_key(3),
        minutes: 120,
        least: 3,
        most: 4,
        reserved: Some("Agriculteurs".to_owned()),
        aims: vec!["Vendre".to_owned()],
        before: vec![Choice::new("courriel", "Le courriel")],
        after: vec![Choice::new("referencement", "Être trouvé")],
        parts: ["input", "hands-on", "evaluation", "exchange"]
            .map(|name| PartView {
                key: format!("public-modules-part-{name}"),
                minutes: 30,
                text: "On essaie".to_owned(),
            })
            .into(),
        coming: cards.len(),
        cards,
    };
    let lines = catalogue()
        .modules()
        .take(3)
        .map(|module| ModuleLine::of(module, 2, french))
        .collect();
    vec![
        Sample::of(list(vec![TrackView {
            title: "Boutic".to_owned(),
            summary: "Des ateliers".to_owned(),
            modules: lines,
        }])),
        Sample::of(list(Vec::new())),
        Sample::of(module(all_cards())),
        Sample::of(module(Vec::new())),
    ]
}
