//! The table in which measurements are printed.

/// One measurement beside its target.
pub(crate) struct Row {
    /// What was measured.
    pub(crate) what: String,
    /// The figure with its unit.
    pub(crate) measured: String,
    /// What it should be, in words.
    pub(crate) target: String,
    /// Whether it is so; nothing when there is no target.
    pub(crate) met: Option<bool>,
    /// The widely used ticketing system on the same machine, for scale.
    pub(crate) elsewhere: String,
}

/// A Markdown table.
pub(crate) fn markdown(rows: &[Row]) -> String {
    let mut text = "| what | measured | target | | a ticketing system, for scale |\n\
                    | --- | ---: | ---: | --- | ---: |\n"
        .to_owned();
    for row in rows {
        let met = match row.met {
            Some(true) => "met",
            Some(false) => "**missed**",
            None => "",
        };
        let Row {
            what,
            measured,
            target,
            elsewhere,
            ..
        } = row;
        text.push_str(&format!(
            "| {what} | {measured} | {target} | {met} | {elsewhere} |\n"
        ));
    }
    text
}

/// A row without a target.
pub(crate) fn plain_row(what: &str, measured: String) -> Row {
    Row {
        what: what.to_owned(),
        measured,
        target: String::new(),
        met: None,
        elsewhere: String::new(),
    }
}

/// A row whose figure must not exceed a limit; `elsewhere` is the same figure there.
pub(crate) fn at_most(
    what: &str,
    figure: f64,
    limit: f64,
    unit: &str,
    elsewhere: Option<f64>,
) -> Row {
    let elsewhere = elsewhere.map_or_else(String::new, |other| {
        format!(
            "{} {unit} ({:.0} times)",
            plain(other),
            other / figure.max(f64::MIN_POSITIVE)
        )
    });
    Row {
        what: what.to_owned(),
        measured: format!("{} {unit}", plain(figure)),
        target: format!("≤ {} {unit}", plain(limit)),
        met: Some(figure <= limit),
        elsewhere,
    }
}

/// A row that holds or not.
pub(crate) fn holds(what: &str, measured: String, target: &str, met: bool) -> Row {
    Row {
        what: what.to_owned(),
        measured,
        target: target.to_owned(),
        met: Some(met),
        elsewhere: String::new(),
    }
}

/// Two decimals for small figures, none for large ones.
fn plain(figure: f64) -> String {
    if figure.fract() == 0.0 || figure >= 100.0 {
        format!("{figure:.0}")
    } else {
        format!("{figure:.2}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missed_target_shows() {
        let rows = [
            at_most("page", 2.0, 1.0, "ms", Some(226.0)),
            at_most("start", 0.25, 0.5, "s", None),
        ];
        let text = markdown(&rows);
        assert!(
            text.contains("| page | 2 ms | ≤ 1 ms | **missed** | 226 ms (113 times) |"),
            "{text}"
        );
        assert!(
            text.contains("| start | 0.25 s | ≤ 0.50 s | met |  |"),
            "{text}"
        );
    }
}
