//! The questionnaire that leads to a personal path: its pages, and what people answer.

mod answers;
mod availability;
mod entry;
mod form;

use std::collections::{BTreeMap, BTreeSet};

use crate::catalogue::Vocabulary;
use crate::condition::{Condition, Facts, Kind, Scope};
use crate::content::{ContentErrors, ContentVersion, Problems};
use crate::language::{Language, Translated};

pub use answers::{Answer, Answers, CommuneAnswer};
pub use availability::{Availability, Cell, DAYS, Slot, UnknownCell, day_code};
pub use entry::{AnswerError, FindCommunes, PageEntry};
pub use form::{Choice, Form, OptionsFrom, Page, Question, QuestionKind, Role};

/// How far someone is on one page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageProgress<'q> {
    /// The page.
    pub page: &'q Page,
    /// Questions asked of this person.
    pub asked: usize,
    /// Of these, questions answered.
    pub answered: usize,
    /// Slugs of the questions that still need an answer.
    pub missing: Vec<&'q str>,
}

/// A questionnaire, checked: conditions compile and speak of earlier pages only.
#[derive(Debug)]
pub struct Questionnaire {
    form: Form,
    conditions: BTreeMap<String, Condition>,
    scope: Scope,
    content_version: ContentVersion,
}

impl Questionnaire {
    /// Reads a questionnaire file.
    ///
    /// # Errors
    /// Everything wrong in the file.
    pub fn parse(vocabulary: &Vocabulary, file: &str, text: &str) -> Result<Self, ContentErrors> {
        let mut problems = Problems::default();
        let Some(mut form) = problems.read::<Form>(file, text) else {
            return Err(problems.into_errors());
        };
        for question in form.pages.iter_mut().flat_map(|page| &mut page.questions) {
            question.take_vocabulary(vocabulary);
        }
        check_frame(file, &form, &mut problems);
        let mut scope = Scope::default();
        let mut conditions = BTreeMap::new();
        for (p, page) in form.pages.iter().enumerate() {
            let mut names = Vec::new();
            for (q, question) in page.questions.iter().enumerate() {
                let field = format!("pages[{p}].questions[{q}]");
                question.check(file, &field, &mut problems);
                names.push((question, field.clone()));
                let Some(source) = &question.shown_if else {
                    continue;
                };
                match Condition::compile(source, &scope) {
                    Ok(condition) => {
                        conditions.insert(question.slug.clone(), condition);
                    }
                    Err(problem) => problems.add(
                        file,
                        format!("{field}.shown_if"),
                        format!("{problem} (only questions of earlier pages can be used)"),
                    ),
                }
            }
            // Only now, so that conditions cannot speak of their own page: without scripts, a
            // page is sent as a whole.
            for (question, field) in names {
                if !scope.add(&question.slug, kind_of(question)) {
                    let problem = format!("\"{}\" is there twice; choose another", question.slug);
                    problems.add(file, format!("{field}.slug"), problem);
                }
            }
        }
        let content_version = ContentVersion::of(&form);
        problems.or(Self {
            form,
            conditions,
            scope,
            content_version,
        })
    }

    /// What files and addresses call it.
    #[must_use]
    pub fn slug(&self) -> &str {
        &self.form.slug
    }

    /// Its version, recorded with every response.
    #[must_use]
    pub const fn version(&self) -> u32 {
        self.form.version
    }

    /// Names this very state of it.
    #[must_use]
    pub const fn content_version(&self) -> &ContentVersion {
        &self.content_version
    }

    /// Its name.
    #[must_use]
    pub const fn title(&self) -> &Translated {
        &self.form.title
    }

    /// What it is for.
    #[must_use]
    pub const fn intro(&self) -> &Translated {
        &self.form.intro
    }

    /// Its pages, in order.
    #[must_use]
    pub fn pages(&self) -> &[Page] {
        &self.form.pages
    }

    /// The page of this slug.
    #[must_use]
    pub fn page(&self, slug: &str) -> Option<&Page> {
        self.form.pages.iter().find(|page| page.slug == slug)
    }

    /// Every question, in order.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.form.pages.iter().flat_map(|page| &page.questions)
    }

    /// The question of this slug.
    #[must_use]
    pub fn question(&self, slug: &str) -> Option<&Question> {
        self.questions().find(|question| question.slug == slug)
    }

    /// The question that has this role.
    #[must_use]
    pub fn with_role(&self, role: Role) -> Option<&Question> {
        self.questions()
            .find(|question| question.role == Some(role))
    }

    /// Whether someone who answered this is asked that question.
    #[must_use]
    pub fn asks(&self, question: &Question, answers: &Answers) -> bool {
        self.conditions
            .get(&question.slug)
            .is_none_or(|condition| condition.holds(&self.facts(answers)))
    }

    /// The questions of a page that someone who answered this is asked.
    #[must_use]
    pub fn asked_on<'q>(&self, page: &'q Page, answers: &Answers) -> Vec<&'q Question> {
        let facts = self.facts(answers);
        page.questions
            .iter()
            .filter(|question| self.shown(question, &facts))
            .collect()
    }

    fn shown(&self, question: &Question, facts: &Facts<'_>) -> bool {
        self.conditions
            .get(&question.slug)
            .is_none_or(|condition| condition.holds(facts))
    }

    /// Reads what was typed on a page, as `(name, value)` pairs of the form; `before` are the
    /// answers given so far. Pairs of other names are ignored.
    #[must_use]
    pub fn read_page(
        &self,
        page: &Page,
        raw: &[(String, String)],
        before: &Answers,
        find: FindCommunes<'_>,
    ) -> PageEntry {
        let facts = self.facts(before);
        entry::read_page(
            page,
            |question| self.shown(question, &facts),
            raw,
            before,
            find,
        )
    }

    /// The answers that still count: to questions that exist and are asked, of the kind they
    /// have today. An earlier page changed afterwards, or an older version of the questionnaire,
    /// leaves others behind.
    #[must_use]
    pub fn relevant(&self, answers: &Answers) -> Answers {
        let mut kept = Answers::default();
        for page in &self.form.pages {
            for question in self.asked_on(page, &kept) {
                if let Some(answer) = answers.get(&question.slug)
                    && fits(question, answer)
                {
                    kept.set(&question.slug, answer.clone());
                }
            }
        }
        kept
    }

    /// How far someone is, page by page; pages without a question for them are left out.
    #[must_use]
    pub fn progress(&self, answers: &Answers) -> Vec<PageProgress<'_>> {
        let answers = self.relevant(answers);
        self.form
            .pages
            .iter()
            .map(|page| {
                let asked = self.asked_on(page, &answers);
                let is_open = |q: &&Question| answers.get(&q.slug).is_none();
                let open: Vec<&Question> = asked.iter().copied().filter(is_open).collect();
                PageProgress {
                    page,
                    asked: asked.len(),
                    answered: asked.len() - open.len(),
                    missing: open
                        .iter()
                        .filter(|question| question.required)
                        .map(|question| question.slug.as_str())
                        .collect(),
                }
            })
            .filter(|progress| progress.asked > 0)
            .collect()
    }

    /// Whether every question that needs an answer has one.
    #[must_use]
    pub fn is_complete(&self, answers: &Answers) -> bool {
        self.progress(answers)
            .iter()
            .all(|page| page.missing.is_empty())
    }

    /// An answer in words: labels of options, the name of the commune, the text. The week grid
    /// is left to whoever shows it.
    #[must_use]
    pub fn in_words(&self, question: &Question, answer: &Answer, language: Language) -> String {
        let label = |value: &str| {
            question
                .option(value)
                .map_or_else(|| value.to_owned(), |o| o.label.get(language).to_owned())
        };
        match answer {
            Answer::Choice(value) => label(value),
            Answer::Choices(_) => {
                let chosen = chosen_in_order(question, answer);
                let labels: Vec<_> = chosen.iter().map(|o| o.label.get(language)).collect();
                labels.join(", ")
            }
            Answer::Number(number) => label(&number.to_string()),
            Answer::Week(week) => {
                let cells: Vec<_> = week.cells().map(|cell| cell.to_string()).collect();
                cells.join(", ")
            }
            Answer::Text(text) => text.clone(),
            Answer::Commune(commune) => commune.name.clone(),
        }
    }

    /// The names that conditions over answers may use.
    pub(crate) const fn scope(&self) -> &Scope {
        &self.scope
    }

    /// Every question with its answer, or what stands for none: an empty text, an empty list, -1.
    pub(crate) fn facts(&self, answers: &Answers) -> Facts<'static> {
        let mut facts = Facts::new();
        for question in self.questions() {
            let name = question.slug.as_str();
            let answer = answers.get(name);
            match question.kind {
                QuestionKind::Scale | QuestionKind::Number => {
                    let number = match answer {
                        Some(Answer::Number(number)) => *number,
                        _ => -1,
                    };
                    facts.set(name, number);
                }
                QuestionKind::Multiple => {
                    let chosen = answers.choices(name);
                    facts.set(
                        name,
                        chosen.into_iter().map(str::to_owned).collect::<Vec<_>>(),
                    );
                }
                QuestionKind::Grid => {
                    let cells: Vec<String> = match answer {
                        Some(Answer::Week(week)) => week.cells().map(|c| c.to_string()).collect(),
                        _ => Vec::new(),
                    };
                    facts.set(name, cells);
                }
                QuestionKind::Single | QuestionKind::Text | QuestionKind::Commune => {
                    let text = match answer {
                        Some(Answer::Choice(text) | Answer::Text(text)) => text.clone(),
                        Some(Answer::Commune(commune)) => commune.code.clone(),
                        _ => String::new(),
                    };
                    facts.set(name, text);
                }
            }
        }
        facts
    }
}

/// The options chosen, in the order of the question.
pub(crate) fn chosen_in_order<'q>(question: &'q Question, answer: &Answer) -> Vec<&'q Choice> {
    question
        .options
        .iter()
        .filter(|option| match answer {
            Answer::Choice(value) => *value == option.value,
            Answer::Choices(values) => values.contains(&option.value),
            Answer::Number(number) => number.to_string() == option.value,
            Answer::Week(_) | Answer::Text(_) | Answer::Commune(_) => false,
        })
        .collect()
}

fn kind_of(question: &Question) -> Kind {
    let values = || question.options.iter().map(|option| option.value.clone());
    match question.kind {
        QuestionKind::Single => Kind::Text(Some(values().collect())),
        QuestionKind::Multiple => Kind::Texts(values().collect()),
        QuestionKind::Scale | QuestionKind::Number => Kind::Number,
        QuestionKind::Grid => Kind::Texts(
            Availability::OFFERED
                .cells()
                .map(|c| c.to_string())
                .collect(),
        ),
        QuestionKind::Text | QuestionKind::Commune => Kind::Text(None),
    }
}

/// Whether a stored answer is one that the question could get today.
fn fits(question: &Question, answer: &Answer) -> bool {
    match (question.kind, answer) {
        (QuestionKind::Single, Answer::Choice(value)) => question.option(value).is_some(),
        (QuestionKind::Multiple, Answer::Choices(values)) => {
            values.iter().all(|value| question.option(value).is_some())
        }
        (QuestionKind::Scale, Answer::Number(step)) => question.option(&step.to_string()).is_some(),
        (QuestionKind::Number, Answer::Number(_))
        | (QuestionKind::Grid, Answer::Week(_))
        | (QuestionKind::Text, Answer::Text(_))
        | (QuestionKind::Commune, Answer::Commune(_)) => true,
        _ => false,
    }
}

fn check_frame(file: &str, form: &Form, problems: &mut Problems) {
    problems.need_slug(file, "slug", &form.slug);
    problems.need_text(file, "title", &form.title);
    problems.need_text(file, "intro", &form.intro);
    if form.version == 0 {
        problems.add(file, "version", "versions count from 1");
    }
    if form.pages.is_empty() {
        problems.add(file, "pages", "write at least one page");
    }
    let mut slugs = BTreeSet::new();
    let mut roles = BTreeSet::new();
    for (p, page) in form.pages.iter().enumerate() {
        let field = format!("pages[{p}]");
        problems.need_slug(file, &format!("{field}.slug"), &page.slug);
        problems.need_text(file, &format!("{field}.title"), &page.title);
        if let Some(intro) = &page.intro {
            problems.need_text(file, &format!("{field}.intro"), intro);
        }
        if !slugs.insert(&page.slug) {
            let problem = format!("\"{}\" is there twice; choose another", page.slug);
            problems.add(file, format!("{field}.slug"), problem);
        }
        if page.questions.is_empty() {
            problems.add(
                file,
                format!("{field}.questions"),
                "write at least one question",
            );
        }
        for (q, question) in page.questions.iter().enumerate() {
            if let Some(role) = question.role
                && !roles.insert(role)
            {
                problems.add(
                    file,
                    format!("{field}.questions[{q}].role"),
                    "another question already has this role; keep it on one",
                );
            }
        }
    }
}

#[cfg(test)]
pub(crate) mod tests;
