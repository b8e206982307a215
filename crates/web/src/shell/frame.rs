//! What every page shows around its own content.

use application::access::Actor;
use application::showcase::Identity;
use domain::language::Language;
use serde::Serialize;

use super::flash::Flash;
use super::navigation;
use crate::state::Settings;

/// A page: its template and the data for it. One struct per page; fields are the template's variables.
pub trait Page: Serialize {
    /// The template, such as `agenda/list.html`.
    const TEMPLATE: &'static str;
}

/// A link of a menu.
#[derive(Debug, Clone, Serialize)]
pub struct MenuLink {
    /// The key of its word.
    pub key: &'static str,
    /// Where it leads.
    pub href: &'static str,
    /// Whether the page belongs to it.
    pub current: bool,
}

/// The same page in another language.
#[derive(Debug, Clone, Serialize)]
pub struct LanguageLink {
    /// The code of the language.
    pub code: &'static str,
    /// Its own name for itself.
    pub name: &'static str,
    /// The address.
    pub href: String,
    /// Whether the page is in that language.
    pub current: bool,
}

/// Everything around a page; `frame` in templates.
#[derive(Debug, Clone, Serialize)]
pub struct Frame {
    /// The code of the language the page is in.
    pub language: &'static str,
    /// The page in every language.
    pub languages: Vec<LanguageLink>,
    /// The name of the programme.
    pub programme: String,
    /// The name of the territory.
    pub territory: String,
    /// The public address of the server, without a slash at the end.
    pub base: String,
    /// The path of the page.
    pub path: String,
    /// The public menu.
    pub menu: Vec<MenuLink>,
    /// The menu of the desk; empty for who does not work there.
    pub desk: Vec<MenuLink>,
    /// The name of who is signed in.
    pub person: Option<String>,
    /// Whether who is signed in works at the desk.
    pub staff: bool,
    /// Whether this is a demonstration.
    pub demonstration: bool,
    /// The token that every form sends back.
    pub csrf: String,
    /// What happened on the page before.
    pub flash: Vec<Flash>,
    /// The number under which the log knows this request.
    pub request: String,
}

/// What a frame is made from.
pub(super) struct Parts<'a> {
    pub(super) settings: &'a Settings,
    pub(super) identity: &'a Identity,
    pub(super) language: Language,
    pub(super) path: &'a str,
    pub(super) query: Option<&'a str>,
    pub(super) actor: &'a Actor,
    pub(super) demonstration: bool,
    pub(super) csrf: &'a str,
    pub(super) flash: &'a [Flash],
    pub(super) request: &'a str,
}

impl Frame {
    pub(super) fn new(parts: &Parts<'_>) -> Self {
        Self {
            language: parts.language.code(),
            languages: Language::ALL
                .into_iter()
                .map(|language| language_link(language, parts))
                .collect(),
            programme: parts.identity.programme.clone(),
            territory: parts.identity.territory.clone(),
            base: parts.settings.base.clone(),
            path: parts.path.to_owned(),
            menu: links(parts.path, navigation::public(parts.actor)),
            desk: links(parts.path, navigation::desk(parts.actor)),
            person: Some(parts.actor.name().to_owned()).filter(|name| !name.is_empty()),
            staff: parts.actor.staff().is_some(),
            demonstration: parts.demonstration,
            csrf: parts.csrf.to_owned(),
            flash: parts.flash.to_vec(),
            request: parts.request.to_owned(),
        }
    }
}

fn links<'a>(path: &str, entries: impl Iterator<Item = &'a navigation::Entry>) -> Vec<MenuLink> {
    let entries: Vec<_> = entries.collect();
    let current = navigation::current(path, entries.iter().map(|entry| entry.href));
    entries
        .iter()
        .map(|entry| MenuLink {
            key: entry.key,
            href: entry.href,
            current: current == Some(entry.href),
        })
        .collect()
}

/// The same address with `lang=` set, filters kept.
fn language_link(language: Language, parts: &Parts<'_>) -> LanguageLink {
    let kept = parts
        .query
        .unwrap_or_default()
        .split('&')
        .filter(|pair| !pair.is_empty() && !pair.starts_with("lang="));
    let mut href = format!("{}?", parts.path);
    for pair in kept {
        href.push_str(pair);
        href.push('&');
    }
    href.push_str("lang=");
    href.push_str(language.code());
    LanguageLink {
        code: language.code(),
        name: match language {
            Language::Fr => "Français",
            Language::En => "English",
        },
        href,
        current: language == parts.language,
    }
}
