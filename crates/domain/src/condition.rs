//! Conditions that content files hold: a small, checked part of the Common Expression Language.
//!
//! Allowed are `&&`, `||`, `!`, comparisons, `in`, `size(…)`, texts in quotes, whole numbers,
//! lists of texts, and the names that the [`Scope`] offers. Everything is checked on loading
//! (names, kinds, options that exist), so evaluation cannot fail on anyone's answers.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::{Arc, LazyLock};

use cel::common::ast::{CallExpr, Expr, LiteralValue, operators};
use cel::{Context, Env, Program, Value};

use crate::content::Problem;

/// Longest condition, in characters: longer ones are better split with a definition.
const LONGEST: usize = 1000;

/// What goes between two numbers.
const COMPARISONS: [&str; 6] = [
    operators::GREATER,
    operators::GREATER_EQUALS,
    operators::LESS,
    operators::LESS_EQUALS,
    operators::EQUALS,
    operators::NOT_EQUALS,
];

static ENVIRONMENT: LazyLock<Arc<Env>> = LazyLock::new(|| Arc::new(Env::stdlib()));

/// What a name stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    /// One text; of the options, when there are any, or empty.
    Text(Option<BTreeSet<String>>),
    /// Several texts of the options.
    Texts(BTreeSet<String>),
    /// A whole number; -1 stands for no answer.
    Number,
    /// True or false.
    Truth,
}

/// The names that a condition may use.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scope(BTreeMap<String, Kind>);

impl Scope {
    /// Adds a name; false when it is taken.
    pub(crate) fn add(&mut self, name: &str, kind: Kind) -> bool {
        self.0.insert(name.to_owned(), kind).is_none()
    }

    /// What a name stands for.
    pub(crate) fn get(&self, name: &str) -> Option<&Kind> {
        self.0.get(name)
    }
}

/// The values of the names, for one person.
pub(crate) struct Facts<'v>(Context<'v, 'v>);

impl Facts<'_> {
    /// No value yet.
    pub(crate) fn new() -> Self {
        Self(Context::with_env(Arc::clone(&ENVIRONMENT)))
    }

    /// Gives a name its value.
    pub(crate) fn set(&mut self, name: &str, value: impl Into<Value>) {
        self.0.add_variable_from_value(name, value);
    }
}

/// A condition, compiled and checked.
pub(crate) struct Condition {
    source: String,
    program: Program,
}

impl fmt::Debug for Condition {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.source)
    }
}

impl Condition {
    /// Compiles and checks a condition; the error says what to do about it.
    pub(crate) fn compile(source: &str, scope: &Scope) -> Result<Self, Problem> {
        if source.chars().count() > LONGEST {
            let english = format!(
                "this condition is longer than {LONGEST} characters; split it with [[define]]"
            );
            let problem = Problem::new("content-condition-long", english);
            return Err(problem.with("most", LONGEST.to_string()));
        }
        if deepest(source) > 40 {
            return Err(Problem::new(
                "content-condition-deep",
                "too many brackets within brackets; split it with [[define]]",
            ));
        }
        let program = ENVIRONMENT.compile(source).map_err(|errors| {
            let text = errors.to_string().replace('\n', "; ");
            // The reader writes `ERROR: <input>:1:7: …`: line and column.
            let column = text
                .split_once("<input>:")
                .and_then(|(_, rest)| rest.split(':').nth(1))
                .map(str::trim)
                .filter(|column| column.parse::<u32>().is_ok())
                .unwrap_or("?")
                .to_owned();
            Problem::new(
                "content-condition-syntax",
                format!("this condition does not compile: {text}"),
            )
            .with("column", column)
        })?;
        match check(&program.expression().expr, scope)? {
            Kind::Truth => Ok(Self {
                source: source.to_owned(),
                program,
            }),
            other => Err(Problem::new(
                "content-condition-truth",
                format!(
                    "a condition must be true or false, this is {}; compare it with something",
                    name_of(&other)
                ),
            )),
        }
    }

    /// Whether it holds. Compilation has checked that every name has a value of its kind.
    pub(crate) fn holds(&self, facts: &Facts<'_>) -> bool {
        matches!(self.program.execute(&facts.0), Ok(Value::Bool(true)))
    }

    /// The condition as written.
    pub(crate) fn source(&self) -> &str {
        &self.source
    }
}

fn deepest(source: &str) -> usize {
    let mut depth: usize = 0;
    let mut deepest = 0;
    for c in source.chars() {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

fn name_of(kind: &Kind) -> &'static str {
    match kind {
        Kind::Text(_) => "a text",
        Kind::Texts(_) => "a list of texts",
        Kind::Number => "a number",
        Kind::Truth => "true or false",
    }
}

fn check(expr: &Expr, scope: &Scope) -> Result<Kind, Problem> {
    match expr {
        Expr::Ident(name) => scope.get(name).cloned().ok_or_else(|| {
            let english =
                format!("\"{name}\" is neither a question nor a definition; correct it or add it");
            Problem::new("content-condition-name", english).with("name", name.clone())
        }),
        Expr::Literal(LiteralValue::String(text)) => {
            Ok(Kind::Text(Some(BTreeSet::from([text.inner().to_owned()]))))
        }
        Expr::Literal(LiteralValue::Int(_)) => Ok(Kind::Number),
        Expr::Literal(LiteralValue::Boolean(_)) => Ok(Kind::Truth),
        Expr::List(list) => {
            let mut texts = BTreeSet::new();
            for element in &list.elements {
                match &element.expr {
                    Expr::Literal(LiteralValue::String(text)) => {
                        texts.insert(text.inner().to_owned());
                    }
                    _ => {
                        return Err(Problem::new(
                            "content-condition-list",
                            "a list may only hold texts in quotes",
                        ));
                    }
                }
            }
            Ok(Kind::Texts(texts))
        }
        Expr::Call(call) => check_call(call, scope),
        _ => Err(Problem::new(
            "content-condition-form",
            "this form of condition is not supported; use &&, ||, !, comparisons, in and size",
        )),
    }
}

fn check_call(call: &CallExpr, scope: &Scope) -> Result<Kind, Problem> {
    let arguments = call
        .args
        .iter()
        .map(|argument| check(&argument.expr, scope))
        .collect::<Result<Vec<_>, _>>()?;
    match (call.func_name.as_str(), arguments.as_slice()) {
        (
            operators::LOGICAL_AND
            | operators::LOGICAL_OR
            | operators::EQUALS
            | operators::NOT_EQUALS,
            [Kind::Truth, Kind::Truth],
        )
        | (operators::LOGICAL_NOT, [Kind::Truth]) => Ok(Kind::Truth),
        (name, [Kind::Number, Kind::Number]) if COMPARISONS.contains(&name) => Ok(Kind::Truth),
        (operators::EQUALS | operators::NOT_EQUALS, [Kind::Text(left), Kind::Text(right)]) => {
            check_options(left.as_ref(), right.as_ref(), true)
        }
        (operators::IN, [Kind::Text(left), Kind::Texts(right)]) => {
            // Either the text or the list is written out, so whichever is the smaller.
            let is_question = matches!(call.args.first().map(|a| &a.expr), Some(Expr::Ident(_)));
            if is_question {
                check_options(Some(right), left.as_ref(), false)
            } else {
                check_options(left.as_ref(), Some(right), false)
            }
        }
        ("size", [Kind::Texts(_) | Kind::Text(_)]) if call.target.is_none() => Ok(Kind::Number),
        (operators::NEGATE, [Kind::Number]) => Ok(Kind::Number),
        (name, arguments) => {
            let kinds: Vec<_> = arguments.iter().map(name_of).collect();
            let sign = name.trim_matches(['_', '@']);
            let english = format!(
                "{sign} does not go with {}; compare like with like",
                kinds.join(" and ")
            );
            Err(Problem::new("content-condition-kinds", english).with("sign", sign))
        }
    }
}

/// Texts written out must be among the options of the question they are compared with.
fn check_options(
    written: Option<&BTreeSet<String>>,
    options: Option<&BTreeSet<String>>,
    either: bool,
) -> Result<Kind, Problem> {
    let (Some(written), Some(options)) = (written, options) else {
        return Ok(Kind::Truth);
    };
    let (written, options) = if either && options.len() < written.len() {
        (options, written)
    } else {
        (written, options)
    };
    match written
        .iter()
        .find(|text| !text.is_empty() && !options.contains(*text))
    {
        None => Ok(Kind::Truth),
        Some(text) => {
            let known: Vec<_> = options.iter().map(String::as_str).collect();
            let known = known.join(", ");
            let english =
                format!("\"{text}\" is no option of that question; choose one of {known}");
            Err(Problem::new("content-condition-option", english)
                .with("name", text.clone())
                .with("known", known))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scope() -> Scope {
        let options = || ["a", "b"].into_iter().map(str::to_owned).collect();
        let mut scope = Scope::default();
        scope.add("one", Kind::Text(Some(options())));
        scope.add("many", Kind::Texts(options()));
        scope.add("free", Kind::Text(None));
        scope.add("count", Kind::Number);
        scope
    }

    fn holds(source: &str) -> bool {
        let mut facts = Facts::new();
        facts.set("one", "a");
        facts.set("many", vec!["a", "b"]);
        facts.set("free", "");
        facts.set("count", 2_i64);
        Condition::compile(source, &scope()).unwrap().holds(&facts)
    }

    #[test]
    fn conditions_are_about_answers() {
        assert!(holds("one == 'a' && 'b' in many"));
        assert!(holds("one in ['a', 'b'] && count >= 2 && size(many) == 2"));
        assert!(holds("!(free != '') && count > -1"));
        assert!(!holds("one == '' || !('a' in many)"));
        assert!(!holds("one == 'b'"));
    }

    #[test]
    fn what_could_fail_on_someone_s_answers_does_not_compile() {
        for (source, problem) in [
            ("one == 'c'", "\"c\" is no option"),
            ("'c' in many", "\"c\" is no option"),
            ("one in ['a', 'c']", "\"c\" is no option"),
            ("two == 'a'", "\"two\" is neither"),
            ("one == 2", "compare like with like"),
            ("one", "must be true or false"),
            ("many.exists(x, x == 'a')", "not supported"),
            ("count / 0 == 1", "compare like with like"),
            ("one == ", "does not compile"),
            ("", "does not compile"),
            ("one.size() == 1", "compare like with like"),
        ] {
            let error = Condition::compile(source, &scope()).unwrap_err();
            assert!(error.to_string().contains(problem), "{source}: {error}");
        }
        let deep = format!("{}true{}", "(".repeat(400), ")".repeat(400));
        assert!(Condition::compile(&deep, &scope()).is_err());
    }
}
