//! A form of the desk: fields from top to bottom, what is wrong beside each, and both states when somebody else was quicker.

use axum::http::StatusCode;
use serde::Serialize;

use super::{Choice, Link};
use crate::shell::error::refusal;
use crate::shell::{Answer, Ctx, FieldErrors, Page};

/// A field with what was typed in it.
#[derive(Clone, Debug, Serialize)]
pub struct Field {
    kind: &'static str,
    name: &'static str,
    label: String,
    hint: String,
    value: String,
    values: Vec<String>,
    options: Vec<Choice>,
    columns: Vec<Choice>,
    required: bool,
}

impl Field {
    fn new(kind: &'static str, name: &'static str, label: String) -> Self {
        Self {
            kind,
            name,
            label,
            hint: String::new(),
            value: String::new(),
            values: Vec::new(),
            options: Vec::new(),
            columns: Vec::new(),
            required: false,
        }
    }

    /// A line; `kind` is the type of the input: `text`, `email`, `tel`, `date`, `number`, `url`, or `area` for several lines,
    /// `commune` for a commune with suggestions.
    pub fn line(kind: &'static str, name: &'static str, label: String, value: &str) -> Self {
        Self {
            value: value.to_owned(),
            ..Self::new(kind, name, label)
        }
    }

    /// One of many.
    pub fn select(name: &'static str, label: String, options: Vec<Choice>, value: &str) -> Self {
        Self {
            value: value.to_owned(),
            options,
            ..Self::new("select", name, label)
        }
    }

    /// One of a few, all visible.
    pub fn radios(name: &'static str, label: String, options: Vec<Choice>, value: &str) -> Self {
        Self {
            value: value.to_owned(),
            options,
            ..Self::new("radios", name, label)
        }
    }

    /// Any of a few.
    pub fn checkboxes(
        name: &'static str,
        label: String,
        options: Vec<Choice>,
        values: &[String],
    ) -> Self {
        Self {
            values: values.to_vec(),
            options,
            ..Self::new("checkboxes", name, label)
        }
    }

    /// One box to tick.
    pub fn checkbox(name: &'static str, label: String, ticked: bool) -> Self {
        Self {
            value: if ticked { "oui".into() } else { String::new() },
            ..Self::new("checkbox", name, label)
        }
    }

    /// A week grid: `days` by `moments`.
    pub fn week(
        name: &'static str,
        label: String,
        days: Vec<Choice>,
        moments: Vec<Choice>,
        values: &[String],
    ) -> Self {
        Self {
            values: values.to_vec(),
            options: days,
            columns: moments,
            ..Self::new("week", name, label)
        }
    }

    /// How many of each: `values` are the counts, in the order of the options. Sent as `name` and `count`, one of each an option.
    pub fn counts(
        name: &'static str,
        label: String,
        options: Vec<Choice>,
        values: Vec<String>,
    ) -> Self {
        Self {
            values,
            options,
            ..Self::new("counts", name, label)
        }
    }

    /// Explains what to write.
    #[must_use]
    pub fn hint(self, hint: String) -> Self {
        Self { hint, ..self }
    }

    /// Cannot be left empty.
    #[must_use]
    pub fn required(self) -> Self {
        Self {
            required: true,
            ..self
        }
    }

    /// What the field says, in words.
    fn said(&self) -> String {
        let label = |value: &str| {
            let found = self.options.iter().find(|option| option.value == value);
            found.map_or_else(|| value.to_owned(), |option| option.label.clone())
        };
        match self.kind {
            "select" | "radios" => label(&self.value),
            "checkboxes" => self
                .values
                .iter()
                .map(|value| label(value))
                .collect::<Vec<_>>()
                .join(", "),
            "week" => {
                let day = |value: &str| {
                    self.options
                        .iter()
                        .find(|day| day.value == value)
                        .map(|day| day.label.clone())
                };
                let moment = |value: &str| {
                    self.columns
                        .iter()
                        .find(|one| one.value == value)
                        .map(|one| one.label.clone())
                };
                let cells = self.values.iter().filter_map(|cell| {
                    let (d, m) = cell.split_once('-')?;
                    Some(format!("{} {}", day(d)?, moment(m)?))
                });
                cells.collect::<Vec<_>>().join(", ")
            }
            "counts" => {
                let pairs = self
                    .options
                    .iter()
                    .zip(&self.values)
                    .filter(|(_, count)| !count.is_empty());
                pairs
                    .map(|(option, count)| format!("{} : {count}", option.label))
                    .collect::<Vec<_>>()
                    .join(", ")
            }
            _ => self.value.clone(),
        }
    }
}

/// A field that somebody else changed meanwhile.
#[derive(Clone, Debug, Serialize)]
struct Changed {
    label: String,
    stored: String,
    typed: String,
}

/// The page of a form.
#[derive(Clone, Debug, Serialize)]
pub struct FormPage {
    title: String,
    lead: String,
    crumbs: Vec<Link>,
    action: String,
    fields: Vec<Field>,
    version: String,
    errors: FieldErrors,
    refused: String,
    changed: Vec<Changed>,
    stale: bool,
    search: Option<String>,
}

impl Page for FormPage {
    const TEMPLATE: &'static str = "listing/form.html";
}

impl FormPage {
    /// A form that is sent to `action`; the last crumb is where its cancel leads.
    pub fn new(
        title: String,
        crumbs: Vec<Link>,
        action: String,
        fields: Vec<Field>,
        version: &str,
    ) -> Self {
        Self {
            title,
            lead: String::new(),
            crumbs,
            action,
            fields,
            version: version.to_owned(),
            errors: FieldErrors::default(),
            refused: String::new(),
            changed: Vec::new(),
            stale: false,
            search: None,
        }
    }

    /// The form of something new (`id` is none, `new` its address) or of one of a `list`; named by the texts of the list, of a new one, of one
    /// and of its form.
    pub fn of_one(
        ctx: &Ctx,
        [of_list, of_new, of_one, of_edit]: [&str; 4],
        (list, new): (&str, &str),
        id: Option<&str>,
        fields: Vec<Field>,
        version: &str,
    ) -> Self {
        let crumb = Link::new(ctx.text(of_list), list);
        match id {
            None => Self::new(ctx.text(of_new), vec![crumb], new.to_owned(), fields, ""),
            Some(id) => {
                let back = Link::new(ctx.text(of_one), format!("{list}/{id}"));
                let action = format!("{list}/{id}/modifier");
                Self::new(
                    ctx.text(of_edit),
                    vec![crumb, back],
                    action,
                    fields,
                    version,
                )
            }
        }
    }

    /// Says what the form is for.
    #[must_use]
    pub fn lead(self, lead: String) -> Self {
        Self { lead, ..self }
    }

    /// Says what is wrong with a field, in words of its own.
    #[must_use]
    pub fn wrong(mut self, field: &'static str, sentence: String) -> Self {
        self.errors.add(field, sentence);
        self
    }

    /// Offers a search for things to tick, with what was searched.
    #[must_use]
    pub fn searching(self, search: &str) -> Self {
        Self {
            search: Some(search.to_owned()),
            ..self
        }
    }

    /// Answers with the form again after a use case said no, typed values kept: wrong fields (422), a rule (409), or changed meanwhile
    /// (409; `current` are the fields and version as stored now, to be shown beside).
    ///
    /// # Errors
    /// Whatever is not for the form.
    pub fn again(
        mut self,
        ctx: &Ctx,
        error: application::Error,
        current: Option<(Vec<Field>, i64)>,
    ) -> Answer {
        match (error, current) {
            (application::Error::Stale, Some((stored, version))) => {
                self.stale = true;
                self.version = version.to_string();
                self.changed = self
                    .fields
                    .iter()
                    .zip(&stored)
                    .filter(|(typed, stored)| typed.said() != stored.said())
                    .map(|(typed, stored)| Changed {
                        label: typed.label.clone(),
                        stored: stored.said(),
                        typed: typed.said(),
                    })
                    .collect();
                ctx.page_with(StatusCode::CONFLICT, &self)
            }
            (application::Error::Refused(refused), _) => {
                self.refused = refusal(&refused, ctx.language());
                ctx.page_with(StatusCode::CONFLICT, &self)
            }
            (error, _) => {
                self.errors = FieldErrors::of(error, ctx.language())?;
                ctx.invalid(&self)
            }
        }
    }
}

#[cfg(test)]
pub(super) mod samples {
    use super::*;
    use crate::shell::sample::Sample;

    fn form() -> FormPage {
        let options = || vec![Choice::new("a", "Un"), Choice::new("b", "Deux")];
        let ticked = ["a".to_owned()];
        FormPage::new(
            "Modifier un lieu".into(),
            vec![Link::new("Lieux", "/bureau/lieux")],
            "/bureau/lieux/1/modifier".into(),
            vec![
                Field::line("text", "name", "Nom".into(), "<b>\"Médiathèque\"")
                    .required()
                    .hint("Court.".into()),
                Field::line("area", "note", "Note".into(), "</textarea><script>"),
                Field::line("commune", "commune", "Commune".into(), "Frévent (62270)"),
                Field::select("provider", "Prestataire".into(), options(), "b"),
                Field::radios("kind", "Genre".into(), options(), "a"),
                Field::checkboxes("skills", "Savoir-faire".into(), options(), &ticked),
                Field::checkbox("one_off", "Pour une fois".into(), true),
                Field::week(
                    "availability",
                    "Quand".into(),
                    options(),
                    options(),
                    &["a-b".to_owned()],
                ),
                Field::counts(
                    "equipment",
                    "Matériel".into(),
                    options(),
                    vec!["8".into(), String::new()],
                ),
            ],
            "4",
        )
    }

    pub(crate) fn samples() -> Vec<Sample> {
        let mut wrong = form().lead("Pour tous.".into()).searching("ternois");
        for field in [
            "name",
            "note",
            "commune",
            "provider",
            "kind",
            "skills",
            "one_off",
            "availability",
            "equipment",
        ] {
            wrong.errors.add(field, "Indiquez quelque chose ici.");
        }
        let mut stale = form();
        stale.stale = true;
        stale.refused = "Non.".into();
        stale.changed = vec![Changed {
            label: "Nom".into(),
            stored: "A".into(),
            typed: "B".into(),
        }];
        vec![Sample::of(form()), Sample::of(wrong), Sample::of(stale)]
    }

    #[test]
    fn what_a_field_says_is_in_words_not_in_codes() {
        let said: Vec<String> = form().fields.iter().map(Field::said).collect();
        assert_eq!(said[3..6], ["Deux", "Un", "Un"]);
        assert_eq!(said[7..], ["Un Deux", "Un : 8"]);
    }
}
