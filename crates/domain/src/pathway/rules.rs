//! Who gets which module and why: the rules, as the content file holds them.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::reason::Template;
use crate::catalogue::Catalogue;
use crate::condition::{Condition, Facts, Kind, Scope};
use crate::content::{ContentErrors, ContentVersion, Problem, Problems};
use crate::language::Translated;
use crate::questionnaire::{Answers, Questionnaire};

/// A rules file.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct RulesFile {
    /// What files and addresses call these rules.
    slug: String,
    /// Counts up when a rule changes what people are told to take.
    version: u32,
    /// Slug of the questionnaire whose answers the rules speak of.
    questionnaire: String,
    /// Most modules in one path.
    most_steps: u32,
    /// Reason given for a module that is there only because another needs it; `{module}` stands
    /// for the title of that other.
    prerequisite_reason: Translated,
    /// Names for conditions used more than once, each usable in those after it.
    #[serde(default)]
    define: Vec<Definition>,
    /// How the level is counted.
    level: LevelFile,
    /// What people are taken to know already.
    #[serde(default)]
    known: Vec<KnownFile>,
    /// Which module for whom.
    rules: Vec<RuleFile>,
}

/// A name for a condition.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct Definition {
    /// The name (small letters, figures, `_`).
    name: String,
    /// The condition (CEL).
    when: String,
}

/// How the level is counted: points are added up, thresholds make levels of them.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct LevelFile {
    /// Points from which someone is at level 1, 2 and 3.
    from: [u32; 3],
    /// What gives points.
    points: Vec<PointsFile>,
}

/// Points for a condition that holds.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct PointsFile {
    /// The condition (CEL); it cannot use `level`.
    when: String,
    /// How many points.
    points: u32,
}

/// Modules that someone does not need before others.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct KnownFile {
    /// Slugs of the modules.
    modules: Vec<String>,
    /// The condition (CEL); it may use `level`.
    when: String,
}

/// One module for those of whom a condition holds.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct RuleFile {
    /// Its name, shown to the coordinator.
    slug: String,
    /// Slug of the module.
    module: String,
    /// From 0 to 100: what stays when the path would be too long, and what comes first among
    /// modules of one level.
    priority: u32,
    /// The condition (CEL); it may use `level`.
    when: String,
    /// The reason told. `{question}` stands for the answer given, `{question:option}` for the
    /// words of that option.
    reason: Translated,
}

/// A rule, compiled.
#[derive(Debug)]
pub struct Rule {
    slug: String,
    module: String,
    priority: u32,
    condition: Condition,
    pub(super) reason: Template,
}

impl Rule {
    /// Its name.
    #[must_use]
    pub fn slug(&self) -> &str {
        &self.slug
    }

    /// Slug of the module it gives.
    #[must_use]
    pub fn module(&self) -> &str {
        &self.module
    }

    /// From 0 to 100, the higher the more it matters.
    #[must_use]
    pub const fn priority(&self) -> u32 {
        self.priority
    }

    /// Its condition, as written.
    #[must_use]
    pub fn when(&self) -> &str {
        self.condition.source()
    }
}

/// The rules of a programme, compiled and checked against catalogue and questionnaire.
#[derive(Debug)]
pub struct Rules {
    slug: String,
    version: u32,
    questionnaire: String,
    pub(super) most_steps: usize,
    pub(super) prerequisite_reason: Template,
    definitions: Vec<(String, Condition)>,
    thresholds: [u32; 3],
    points: Vec<(Condition, u32)>,
    known: Vec<(Condition, Vec<String>)>,
    rules: Vec<Rule>,
    content_version: ContentVersion,
}

/// What the rules say of one person.
pub(super) struct Verdict<'r> {
    pub(super) level: u8,
    pub(super) level_told: u8,
    pub(super) known: BTreeSet<&'r str>,
    pub(super) rules: Vec<&'r Rule>,
}

impl Rules {
    /// Reads a rules file.
    ///
    /// # Errors
    /// Everything wrong in the file.
    pub fn parse(
        catalogue: &Catalogue,
        questionnaires: &[Questionnaire],
        file: &str,
        text: &str,
    ) -> Result<Self, ContentErrors> {
        let mut problems = Problems::default();
        let Some(raw) = problems.read::<RulesFile>(file, text) else {
            return Err(problems.into_errors());
        };
        check_frame(file, &raw, &mut problems);
        let asked = questionnaires
            .iter()
            .find(|q| q.slug() == raw.questionnaire);
        let Some(questionnaire) = asked else {
            let problem = Problem::new(
                "content-unknown-questionnaire",
                format!(
                    "unknown questionnaire \"{}\"; correct it or add it to questionnaires/",
                    raw.questionnaire
                ),
            )
            .with("name", &raw.questionnaire);
            problems.add(file, "questionnaire", problem);
            return Err(problems.into_errors());
        };
        let mut compiler = Compiler {
            file,
            catalogue,
            questionnaire,
            scope: questionnaire.scope().clone(),
            problems,
        };
        match compiler.compile(&raw) {
            Some(rules) => compiler.problems.or(rules),
            None => Err(compiler.problems.into_errors()),
        }
    }

    /// What files and addresses call these rules.
    #[must_use]
    pub fn slug(&self) -> &str {
        &self.slug
    }

    /// Their version, recorded with every path.
    #[must_use]
    pub const fn version(&self) -> u32 {
        self.version
    }

    /// Names this very state of them.
    #[must_use]
    pub const fn content_version(&self) -> &ContentVersion {
        &self.content_version
    }

    /// Slug of the questionnaire that they speak of.
    #[must_use]
    pub fn questionnaire(&self) -> &str {
        &self.questionnaire
    }

    /// Every rule, in the order of the file.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// Judges someone's answers, given relevant ones only. A level that was `tested` takes the place
    /// of the one that the answers come to.
    pub(super) fn judge(
        &self,
        questionnaire: &Questionnaire,
        answers: &Answers,
        tested: Option<u8>,
    ) -> Verdict<'_> {
        let mut facts: Facts<'_> = questionnaire.facts(answers);
        for (name, condition) in &self.definitions {
            let holds = condition.holds(&facts);
            facts.set(name, holds);
        }
        let points: u32 = self
            .points
            .iter()
            .filter(|(condition, _)| condition.holds(&facts))
            .map(|(_, points)| points)
            .sum();
        let reached = self
            .thresholds
            .iter()
            .filter(|from| points >= **from)
            .count();
        let level_told = u8::try_from(reached).unwrap_or(3);
        let level = tested.unwrap_or(level_told).min(3);
        facts.set("level", i64::from(level));
        Verdict {
            level,
            level_told,
            known: self
                .known
                .iter()
                .filter(|(condition, _)| condition.holds(&facts))
                .flat_map(|(_, modules)| modules.iter().map(String::as_str))
                .collect(),
            rules: self
                .rules
                .iter()
                .filter(|rule| rule.condition.holds(&facts))
                .collect(),
        }
    }
}

fn check_frame(file: &str, raw: &RulesFile, problems: &mut Problems) {
    problems.need_slug(file, "slug", &raw.slug);
    problems.need_text(file, "prerequisite_reason", &raw.prerequisite_reason);
    if raw.version == 0 {
        problems.add(
            file,
            "version",
            Problem::new("content-versions", "versions count from 1"),
        );
    }
    if !(1..=30).contains(&raw.most_steps) {
        problems.add(
            file,
            "most_steps",
            Problem::new("content-most-steps", "a path has 1 to 30 steps"),
        );
    }
    let [one, two, three] = raw.level.from;
    if !(0 < one && one < two && two < three) {
        problems.add(
            file,
            "level.from",
            Problem::new(
                "content-level-from",
                "the points for levels 1, 2 and 3 must go up from 1 or more",
            ),
        );
    }
    let mut slugs = BTreeSet::new();
    for (index, rule) in raw.rules.iter().enumerate() {
        let field = format!("rules[{index}]");
        problems.need_slug(file, &format!("{field}.slug"), &rule.slug);
        problems.need_text(file, &format!("{field}.reason"), &rule.reason);
        if rule.priority > 100 {
            problems.add(
                file,
                format!("{field}.priority"),
                Problem::new("content-priority", "priorities go from 0 to 100"),
            );
        }
        if !slugs.insert(&rule.slug) {
            let english = format!("\"{}\" is there twice; choose another", rule.slug);
            let problem = Problem::new("content-twice", english).with("name", &rule.slug);
            problems.add(file, format!("{field}.slug"), problem);
        }
    }
    for (index, points) in raw.level.points.iter().enumerate() {
        if points.points > 1000 {
            let field = format!("level.points[{index}].points");
            problems.add(
                file,
                field,
                Problem::new("content-points", "points go from 0 to 1000"),
            );
        }
    }
}

struct Compiler<'a> {
    file: &'a str,
    catalogue: &'a Catalogue,
    questionnaire: &'a Questionnaire,
    scope: Scope,
    problems: Problems,
}

impl Compiler<'_> {
    fn compile(&mut self, raw: &RulesFile) -> Option<Rules> {
        let mut definitions = Vec::new();
        for (index, definition) in raw.define.iter().enumerate() {
            let field = format!("define[{index}]");
            let condition = self.condition(format!("{field}.when"), &definition.when);
            let name = definition.name.as_str();
            let is_name = crate::content::is_slug(&name.replace('_', "-")) && !name.contains('-');
            if !is_name || name == "level" || !self.scope.add(name, Kind::Truth) {
                self.problem(
                    format!("{field}.name"),
                    Problem::new(
                        "content-bad-definition",
                        format!("\"{name}\" is taken or cannot be used; choose another name of small letters, figures and _"),
                    )
                    .with("name", name),
                );
            }
            definitions.extend(condition.map(|c| (definition.name.clone(), c)));
        }
        let mut points = Vec::new();
        for (index, rule) in raw.level.points.iter().enumerate() {
            let condition = self.condition(format!("level.points[{index}].when"), &rule.when);
            points.extend(condition.map(|c| (c, rule.points)));
        }
        if !self.scope.add("level", Kind::Number) {
            self.problem(
                "questionnaire",
                Problem::new(
                    "content-question-level",
                    "a question is called \"level\"; rename it",
                ),
            );
        }
        let mut known = Vec::new();
        for (index, rule) in raw.known.iter().enumerate() {
            let condition = self.condition(format!("known[{index}].when"), &rule.when);
            for (place, module) in rule.modules.iter().enumerate() {
                self.need_module(format!("known[{index}].modules[{place}]"), module);
            }
            known.extend(condition.map(|c| (c, rule.modules.clone())));
        }
        let mut rules = Vec::new();
        for (index, rule) in raw.rules.iter().enumerate() {
            rules.extend(self.rule(&format!("rules[{index}]"), rule));
        }
        let reason = Template::parse(&raw.prerequisite_reason, None);
        let prerequisite_reason = self.template("prerequisite_reason", reason)?;
        Some(Rules {
            slug: raw.slug.clone(),
            version: raw.version,
            questionnaire: raw.questionnaire.clone(),
            most_steps: usize::try_from(raw.most_steps).unwrap_or(usize::MAX),
            prerequisite_reason,
            definitions,
            thresholds: raw.level.from,
            points,
            known,
            rules,
            content_version: ContentVersion::of(raw),
        })
    }

    fn rule(&mut self, field: &str, raw: &RuleFile) -> Option<Rule> {
        self.need_module(format!("{field}.module"), &raw.module);
        let condition = self.condition(format!("{field}.when"), &raw.when);
        let reason = Template::parse(&raw.reason, Some(self.questionnaire));
        let reason = self.template(&format!("{field}.reason"), reason);
        Some(Rule {
            slug: raw.slug.clone(),
            module: raw.module.clone(),
            priority: raw.priority,
            condition: condition?,
            reason: reason?,
        })
    }

    fn condition(&mut self, field: String, source: &str) -> Option<Condition> {
        match Condition::compile(source, &self.scope) {
            Ok(condition) => Some(condition),
            Err(problem) => {
                self.problem(field, problem);
                None
            }
        }
    }

    fn template(
        &mut self,
        field: &str,
        template: Result<Template, (crate::language::Language, Problem)>,
    ) -> Option<Template> {
        match template {
            Ok(template) => Some(template),
            Err((language, problem)) => {
                self.problem(format!("{field}.{language}"), problem);
                None
            }
        }
    }

    fn need_module(&mut self, field: String, slug: &str) {
        if self.catalogue.module(slug).is_none() {
            let english = format!("unknown module \"{slug}\"; correct it or add it to modules/");
            let problem = Problem::new("content-unknown-module", english).with("name", slug);
            self.problem(field, problem);
        }
    }

    fn problem(&mut self, field: impl Into<String>, problem: impl Into<Problem>) {
        self.problems.add(self.file, field, problem);
    }
}
