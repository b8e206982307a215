//! Each look of the pages of this area.

use application::questionnaire::Contact;

use super::end::{ConfirmPage, ContactPage, PathPage};
use super::entry::{Done, EntryPage, Line, Theme};
use super::page::{Asked, Questions, Stored};
use super::{Stopped, Welcome};
use crate::listing::Choice;
use crate::shell::FieldErrors;
use crate::shell::sample::Sample;

fn errors(of: &[&'static str]) -> FieldErrors {
    let mut errors = FieldErrors::default();
    for field in of {
        errors.add(*field, "Répondez à cette question.");
    }
    errors
}

fn asked(kind: &'static str) -> Asked {
    Asked {
        slug: format!("question_{kind}"),
        kind,
        label: "Qu’aimeriez-vous <b>savoir</b> ?".into(),
        help: "Plusieurs réponses possibles.".into(),
        options: vec![Choice::new("1", "Vendre"), Choice::new("2", "Acheter")],
        values: vec!["2".into()],
        value: "2".into(),
        required: kind == "radios",
    }
}

fn page() -> Questions {
    Questions {
        title: "Vos envies".into(),
        intro: "Choisissez.".into(),
        step: 2,
        steps: 8,
        questions: ["radios", "checkboxes", "grid", "text", "commune", "number"]
            .map(asked)
            .into(),
        days: vec![
            Choice::new("monday", "lundi"),
            Choice::new("saturday", "samedi"),
        ],
        moments: vec![
            Choice::new("morning", "matin"),
            Choice::new("evening", "soirée"),
        ],
        absent: vec!["saturday-evening".into()],
        version: 3,
        action: "/questionnaire/1/envies?cle=2".into(),
        back: "/questionnaire".into(),
        ..Questions::default()
    }
}

fn entry() -> EntryPage {
    EntryPage {
        action: "/bureau/saisie",
        season: "Printemps".into(),
        origin: "paper".into(),
        origins: vec![
            Choice::new("paper", "Papier"),
            Choice::new("phone", "Téléphone"),
        ],
        themes: vec![Theme {
            title: "Vous".into(),
            lines: vec![
                Line {
                    name: "r_profil".into(),
                    kind: "radios",
                    label: "Vous êtes…".into(),
                    options: vec!["Commerçant".into(), "Artisan".into()],
                    value: "1".into(),
                },
                Line {
                    name: "r_commune".into(),
                    kind: "commune",
                    label: "Commune".into(),
                    ..Line::default()
                },
            ],
        }],
        ..EntryPage::default()
    }
}

fn path() -> PathPage {
    PathPage {
        unconfirmed: false,
        name: Some("Marie Dupont".into()),
        level: "Vous débutez.".into(),
        test: Some(crate::assessment::Proposal {
            stage: "new",
            href: "/questionnaire/1/test?cle=2".into(),
            ..crate::assessment::Proposal::default()
        }),
        steps: crate::pathway::samples::steps(),
        planned: 2,
        wishes: vec!["Vendre <b>mes fromages</b>".into()],
        action: "/questionnaire/1/parcours?cle=2".into(),
        print: "/questionnaire/1/parcours.pdf?cle=2".into(),
        contact: "Boutic".into(),
    }
}

pub(crate) fn samples() -> Vec<Sample> {
    let welcome = |open| Welcome {
        open,
        title: "Votre parcours".into(),
        intro: "Dix minutes.".into(),
        questions: 22,
        pages: 9,
        season: "Printemps".into(),
        contact: "Boutic, 03 21 00 00 00".into(),
    };
    let contact = |stale, errors| ContactPage {
        form: Contact {
            name: "Marie <Dupont>".into(),
            ..Contact::default()
        },
        errors,
        step: 8,
        steps: 8,
        version: 9,
        action: "/questionnaire/1/coordonnees?cle=2".into(),
        back: "/questionnaire/1/aide?cle=2".into(),
        stop: "/questionnaire/1/pause?cle=2".into(),
        stale,
    };
    vec![
        Sample::of(welcome(true)),
        Sample::of(welcome(false)),
        Sample::of(page()),
        Sample::of(Questions {
            questions: vec![asked("communes"), asked("radios")],
            errors: errors(&["question_communes", "question_radios"]),
            ..page()
        }),
        Sample::of(Questions {
            stale: true,
            stored: vec![Stored {
                label: "Profil".into(),
                answer: "Artisan".into(),
            }],
            ..page()
        }),
        Sample::of(Stopped {
            link: "http://essor.test/questionnaire/reprise/1?cle=2".into(),
            back: "/questionnaire/1/envies?cle=2".into(),
            action: "/questionnaire/1/pause?cle=2".into(),
            email: "marie".into(),
            errors: errors(&["email"]),
        }),
        Sample::of(contact(false, FieldErrors::default())),
        Sample::of(contact(true, errors(&["name", "email"]))),
        Sample::of(path()),
        Sample::of(ConfirmPage {
            action: "/questionnaire/1/confirmer?cle=x".into(),
        }),
        Sample::of(PathPage {
            unconfirmed: true,
            name: None,
            test: None,
            steps: Vec::new(),
            wishes: Vec::new(),
            planned: 0,
            ..path()
        }),
        Sample::of(entry()),
        Sample::of(EntryPage {
            errors: errors(&["r_profil", "name"]),
            refused: "Cette commune n’est pas dans votre territoire.".into(),
            done: vec![Done {
                name: "Marie Dupont".into(),
                commune: "Frévent (62270)".into(),
                at: "2026-03-02T10:12:00".into(),
            }],
            ..entry()
        }),
    ]
}
