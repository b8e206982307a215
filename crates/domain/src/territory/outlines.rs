//! Outlines of communes, as `data/README.md` describes their file.

use super::Point;

/// The outlines file is not as expected: the program was built from wrong data.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("outlines, line {line}: {reason}")]
pub struct OutlinesError {
    /// Line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub reason: &'static str,
}

/// Simplified outlines by commune. They stay in their compact text until one is asked for.
#[derive(Debug)]
pub struct Outlines {
    step: f64,
    /// Code and rings, by code.
    lines: Vec<(&'static str, &'static str)>,
}

impl Outlines {
    /// Reads the file. Rings are read when asked for.
    ///
    /// # Errors
    /// A wrong first line, or a line without a code.
    pub fn parse(text: &'static str) -> Result<Self, OutlinesError> {
        let error = |line, reason| OutlinesError { line, reason };
        let mut lines = text.lines();
        let step = lines
            .next()
            .and_then(|line| line.strip_prefix("grille ")?.parse().ok())
            .filter(|step: &f64| *step > 0.0)
            .ok_or(error(1, "no grid"))?;
        let mut lines = lines
            .enumerate()
            .map(|(index, line)| line.split_once(';').ok_or(error(index + 2, "no code")))
            .collect::<Result<Vec<_>, _>>()?;
        lines.sort_unstable();
        Ok(Self { step, lines })
    }

    /// The rings of a commune, to be filled by even-odd; `None` where no outline is known.
    #[must_use]
    pub fn rings(&self, code: &str) -> Option<Vec<Vec<Point>>> {
        let at = self
            .lines
            .binary_search_by_key(&code, |(code, _)| code)
            .ok()?;
        let (_, rings) = self.lines.get(at)?;
        rings.split(';').map(|ring| self.ring(ring)).collect()
    }

    /// How many communes have an outline.
    #[must_use]
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    fn ring(&self, text: &str) -> Option<Vec<Point>> {
        let (mut x, mut y) = (0i32, 0i32);
        text.split(' ')
            .map(|pair| {
                let (dx, dy) = pair.split_once(',')?;
                x = x.checked_add(dx.parse().ok()?)?;
                y = y.checked_add(dy.parse().ok()?)?;
                Some(Point {
                    lat: f64::from(y) * self.step,
                    lon: f64::from(x) * self.step,
                })
            })
            .collect()
    }
}
