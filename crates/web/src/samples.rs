//! Every page rendered with sample data in both languages, and what must hold of all of them.

use std::collections::BTreeSet;

use domain::language::Language;
use scraper::{Html, Selector};

use crate::shell;
use crate::shell::sample::{Sample, frame};
use crate::shell::templates::Templates;

/// The samples of all areas, one line an area.
fn samples() -> Vec<Sample> {
    [
        shell::sample::samples(),
        crate::access::samples(),
        crate::listing::samples::samples(),
        crate::people::samples(),
        crate::exchange::samples(),
        crate::history::samples(),
        crate::public::samples(),
        crate::questionnaire::samples::samples(),
        crate::assessment::samples::samples(),
        crate::pathway::samples::samples(),
        crate::wish::samples(),
        crate::debrief::samples::samples(),
        crate::satisfaction::samples(),
        crate::attendance::samples(),
        crate::certificate::samples(),
        crate::badge::samples(),
        crate::funding::samples(),
        crate::session::samples::samples(),
        crate::enrolment::samples::samples(),
        crate::mailbox::samples::samples(),
        crate::space::samples(),
        crate::plan::samples::samples(),
        crate::quiz::samples(),
        crate::preparation::samples(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Templates that are whole pages: they extend a layout.
fn pages() -> BTreeSet<String> {
    Templates::names()
        .filter(|name| !matches!(name.as_ref(), "shell/public.html" | "shell/desk.html"))
        .filter(|name| Templates::source(name).is_some_and(|source| source.contains("{% extends")))
        .map(std::borrow::Cow::into_owned)
        .collect()
}

#[test]
fn every_page_has_a_sample() {
    let sampled: BTreeSet<String> = samples()
        .iter()
        .map(|sample| sample.template.to_owned())
        .collect();
    let without: Vec<_> = pages().difference(&sampled).cloned().collect();
    assert!(without.is_empty(), "add a sample for {without:?}");
}

#[test]
fn every_page_renders_in_both_languages_and_keeps_the_rules_of_the_house() {
    let templates = shell::sample::templates();
    let mut faults = Vec::new();
    for sample in samples() {
        for language in Language::ALL {
            let place = format!("{} ({language})", sample.template);
            match templates.render_value(
                language,
                sample.template,
                &frame(language),
                sample.data.clone(),
            ) {
                Ok(html) => faults.extend(
                    faults_in(&html, language)
                        .into_iter()
                        .map(|fault| format!("{place}: {fault}")),
                ),
                Err(error) => faults.push(format!("{place}: {error:#}")),
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// What breaks the content policy, the forms' safety, or the page for people who do not see it.
fn faults_in(html: &str, language: Language) -> Vec<String> {
    let mut faults = Vec::new();
    let document = Html::parse_document(html);
    let is_whole = html.starts_with("<!doctype html>");
    let all = |selector: &str| -> Vec<_> {
        document
            .select(&Selector::parse(selector).unwrap())
            .collect()
    };

    if is_whole {
        if all(&format!("html[lang={language}]")).is_empty() {
            faults.push("the language is not said".to_owned());
        }
        if all("main h1").len() != 1 {
            faults.push("a page has one h1 in main".to_owned());
        }
        if all("title")
            .iter()
            .any(|title| title.text().collect::<String>().trim().starts_with('–'))
        {
            faults.push("the title is empty".to_owned());
        }
    }
    let mut ids = BTreeSet::new();
    for element in all("[id]") {
        let id = element.attr("id").unwrap();
        if !ids.insert(id) {
            faults.push(format!("the id “{id}” is there twice"));
        }
    }
    for element in all("*") {
        for (name, _) in element.value().attrs() {
            if name == "style" || name.starts_with("on") {
                faults.push(format!(
                    "<{} {name}=…> is refused by the content policy",
                    element.value().name()
                ));
            }
        }
    }
    if !all("style, script:not([src]):not([type=\"application/ld+json\"])").is_empty() {
        faults.push("inline scripts and styles are refused by the content policy".to_owned());
    }
    faults.extend(faults_in_forms(&document));
    for described in all("[aria-describedby]") {
        for id in described
            .attr("aria-describedby")
            .unwrap()
            .split_whitespace()
        {
            if !ids.contains(id) {
                faults.push(format!("aria-describedby names “{id}”, which is not there"));
            }
        }
    }
    if !all("img:not([alt])").is_empty() {
        faults.push("a picture has no alt text".to_owned());
    }
    if html.contains('⟦') {
        faults.push("a text is missing".to_owned());
    }
    faults
}

/// Forms without their token, fields without a label.
fn faults_in_forms(document: &Html) -> Vec<String> {
    let mut faults = Vec::new();
    let all = |selector: &str| -> Vec<_> {
        document
            .select(&Selector::parse(selector).unwrap())
            .collect()
    };
    for form in all("form[method=post]") {
        if form
            .select(&Selector::parse("input[name=csrf]").unwrap())
            .next()
            .is_none()
        {
            faults.push(format!(
                "the form to {:?} lacks its token: {{{{ csrf(frame) }}}}",
                form.attr("action")
            ));
        }
    }
    for field in all("input:not([type=hidden]), select, textarea") {
        let named = field.attr("aria-label").is_some()
            || field.attr("aria-labelledby").is_some()
            || field
                .ancestors()
                .filter_map(scraper::ElementRef::wrap)
                .any(|parent| parent.value().name() == "label")
            || field
                .attr("id")
                .is_some_and(|id| !all(&format!("label[for=\"{id}\"]")).is_empty());
        if !named {
            faults.push(format!("the field {:?} has no label", field.attr("name")));
        }
    }
    faults
}
