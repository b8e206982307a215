//! Sample data of the registration pages.

use super::desk::{FoundLine, MovePage, NewLine, RegisterPage};
use super::key::KeyPage;
use crate::session::samples::line;
use crate::shell::FieldErrors;
use crate::shell::sample::Sample;

fn register() -> RegisterPage {
    RegisterPage {
        session: line(),
        when: "Chercher, lundi 5 octobre".into(),
        q: "<zoé>".into(),
        searched: true,
        found: vec![FoundLine {
            id: "p1".into(),
            name: "Zoé & fils".into(),
            firm: "Boulangerie".into(),
            commune: "Frévent (62270)".into(),
            contact: "+33321000000".into(),
            has_email: true,
        }],
        people: vec![
            NewLine {
                number: 1,
                ..NewLine::default()
            },
            NewLine {
                number: 2,
                prefix: "2.".into(),
                name: "Marc".into(),
                ..NewLine::default()
            },
        ],
        ..RegisterPage::default()
    }
}

/// Every look of the registration pages.
pub(crate) fn samples() -> Vec<Sample> {
    let mut errors = FieldErrors::default();
    errors.add("name", "Écrivez un nom.");
    errors.add("2.email", "Ce n’est pas une adresse.");
    let key = |yes: &str, tone| KeyPage {
        heading: "Se désinscrire".into(),
        text: "Zoé, un clic suffit.".into(),
        session: line(),
        yes: yes.into(),
        action: "/inscriptions/e1/retrait".into(),
        key: "abc".into(),
        tone,
    };
    let moving = MovePage {
        enrolment: "e1".into(),
        name: "<b>Zoé</b>".into(),
        from: line(),
        when: "Chercher, lundi 5 octobre".into(),
        others: vec![line()],
    };
    vec![
        Sample::of(register()),
        Sample::of(RegisterPage {
            found: Vec::new(),
            errors,
            ..register()
        }),
        Sample::of(moving.clone()),
        Sample::of(MovePage {
            others: Vec::new(),
            ..moving
        }),
        Sample::of(key("Je me désinscris", "")),
        Sample::of(key("", "ok")),
        Sample::of(key("", "bad")),
    ]
}
