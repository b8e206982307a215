//! Which variables a message needs: a check of the locale files, and the way to know
//! which messages can be resolved once and for all.

use std::collections::BTreeSet;

use fluent_syntax::ast::{CallArguments, Expression, InlineExpression, Pattern, PatternElement};

/// What a pattern refers to.
#[derive(Debug, Default, Clone)]
pub(super) struct References {
    /// Names of variables, without the `$`.
    pub(super) variables: BTreeSet<String>,
    /// Messages that are inserted, whose own variables are needed too.
    pub(super) messages: BTreeSet<String>,
}

impl References {
    /// Collects what `pattern` refers to, in every variant.
    pub(super) fn of_pattern(pattern: &Pattern<&str>) -> Self {
        let mut references = Self::default();
        references.add_pattern(pattern);
        references
    }

    fn add_pattern(&mut self, pattern: &Pattern<&str>) {
        for element in &pattern.elements {
            if let PatternElement::Placeable { expression } = element {
                self.add_expression(expression);
            }
        }
    }

    fn add_expression(&mut self, expression: &Expression<&str>) {
        match expression {
            Expression::Inline(inline) => self.add_inline(inline),
            Expression::Select { selector, variants } => {
                self.add_inline(selector);
                for variant in variants {
                    self.add_pattern(&variant.value);
                }
            }
        }
    }

    fn add_inline(&mut self, inline: &InlineExpression<&str>) {
        match inline {
            InlineExpression::VariableReference { id } => {
                self.variables.insert(id.name.to_owned());
            }
            InlineExpression::MessageReference { id, .. } => {
                self.messages.insert(id.name.to_owned());
            }
            InlineExpression::FunctionReference { arguments, .. } => self.add_arguments(arguments),
            InlineExpression::TermReference { arguments, .. } => {
                if let Some(arguments) = arguments {
                    self.add_arguments(arguments);
                }
            }
            InlineExpression::Placeable { expression } => self.add_expression(expression),
            InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
        }
    }

    fn add_arguments(&mut self, arguments: &CallArguments<&str>) {
        for positional in &arguments.positional {
            self.add_inline(positional);
        }
        for named in &arguments.named {
            self.add_inline(&named.value);
        }
    }
}
