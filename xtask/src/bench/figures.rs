//! Figures that a program prints: a name, a tab and a number a line.

use std::collections::BTreeMap;

use anyhow::{Context, Result};

/// What a program printed: figures by name.
pub(crate) struct Figures(BTreeMap<String, f64>);

impl Figures {
    /// Reads all lines; an error for one that is no figure.
    pub(crate) fn read(printed: &str) -> Result<Self> {
        printed
            .lines()
            .map(|line| {
                let (name, figure) = line.split_once('\t').context("a line without a figure")?;
                let figure = figure
                    .parse()
                    .with_context(|| format!("no figure: {line}"))?;
                Ok((name.to_owned(), figure))
            })
            .collect::<Result<_>>()
            .map(Self)
    }

    /// A figure by its name; an error when the program did not say it.
    pub(crate) fn get(&self, name: &str) -> Result<f64> {
        let figure = self.0.get(name).copied();
        figure.with_context(|| format!("the program says nothing of {name}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_that_is_not_there_is_an_error() {
        assert!(Figures::read("items\t85").unwrap().get("wrong").is_err());
        assert!(Figures::read("no figure").is_err());
    }
}
