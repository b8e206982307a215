//! Samples of the pages of plans, in every state that looks different.

use super::board::{BoardPage, Cell, Row};
use super::list::{self, ComparePage};
use super::page::{Lacking, PartPage, ProgressPart, ShowPage};
use super::publish::{Letter, Made, PublishPage};
use super::session::{PersonLine, SessionPage};
use super::words::{Figure, Line, TrialView};
use crate::listing::{Choice, Link};
use crate::shell::sample::Sample;

fn figures() -> Vec<Figure> {
    vec![
        Figure {
            label: "Personnes servies".into(),
            value: 112,
            of: "sur 120".into(),
        },
        Figure {
            label: "Séances à ouvrir".into(),
            value: 24,
            of: String::new(),
        },
    ]
}

fn line() -> Line {
    Line {
        key: "12-salle".into(),
        href: "/bureau/planification/1/seances/12-salle".into(),
        title: "<i>Le courriel</i>".into(),
        day: "2026-02-17".into(),
        starts: "2026-02-17T09:30:00".into(),
        ends: "2026-02-17T11:30:00".into(),
        when: "mardi 17 février 2026, 9 h 30".into(),
        place: "Médiathèque".into(),
        trainer: "Hélène".into(),
        people: 4,
        most: 6,
        small: false,
        exists: false,
        locked: false,
        status: "À ouvrir".into(),
        tone: "ok",
    }
}

fn crumbs() -> Vec<Link> {
    vec![Link::new("Planification", "/bureau/planification")]
}

fn show() -> Vec<Sample> {
    let progress = ProgressPart {
        href: "/bureau/planification/1".into(),
        running: true,
        spent: 400,
        objective: 9_120,
        figures: figures(),
        stopping: true,
    };
    let full = ShowPage {
        id: "1".into(),
        name: "Tous les lieux".into(),
        href: "/bureau/planification/1".into(),
        season: "Printemps".into(),
        crumbs: crumbs(),
        tone: "ok",
        status: "Prêt".into(),
        lead: "Voici.".into(),
        reason: "Arrêté.".into(),
        figures: figures(),
        objective: 9_120,
        bound: Some(8_000),
        lacking: vec![Lacking {
            title: "Le courriel".into(),
            people: 3,
        }],
        obstacles: vec!["3 personnes…".into()],
        notes: vec!["Une note.".into()],
        changed: vec!["Un lieu a changé.".into()],
        sessions: vec![line()],
        more: 4,
        settings: vec![("Du".into(), "lundi".into())],
        may_run: true,
        may_publish: true,
        may_delete: true,
        may_undo: true,
        may_compare: true,
        made: 3,
        asked: 12,
        answered: 1,
        version: 4,
        ..ShowPage::default()
    };
    vec![
        Sample::of(PartPage {
            progress: progress.clone(),
        }),
        Sample::of(ShowPage {
            progress,
            figures: Vec::new(),
            ..full.clone()
        }),
        Sample::of(ShowPage {
            is_repair: true,
            ..full.clone()
        }),
        Sample::of(full),
        Sample::of(ShowPage {
            name: "Tous les lieux".into(),
            ..ShowPage::default()
        }),
    ]
}

fn board() -> Vec<Sample> {
    let cell = |sessions| Cell {
        slot: Some(12),
        label: "mardi matin".into(),
        sessions,
    };
    let fixed = Line {
        exists: true,
        key: "13-salle".into(),
        ..line()
    };
    let page = BoardPage {
        name: "Tous les lieux".into(),
        href: "/bureau/planification/1".into(),
        crumbs: crumbs(),
        heading: "semaine du 16 février".into(),
        previous: "/bureau/planification/1/calendrier?semaine=2026-02-09".into(),
        next: "/bureau/planification/1/calendrier?semaine=2026-02-23".into(),
        week: "2026-02-16".into(),
        heads: vec!["lundi".into(), "mardi".into()],
        rows: vec![Row {
            label: "Matin".into(),
            cells: vec![cell(vec![line(), fixed]), Cell::default()],
        }],
        figures: figures(),
        objective: 9_120,
        may_adjust: true,
        can_take_back: true,
        version: 4,
        ..BoardPage::default()
    };
    vec![
        Sample::of(BoardPage {
            may_adjust: false,
            empty: true,
            ..page.clone()
        }),
        Sample::of(page),
    ]
}

fn session() -> Vec<Sample> {
    let page = SessionPage {
        crumbs: crumbs(),
        href: "/bureau/planification/1/seances/12-salle".into(),
        line: line(),
        people: vec![
            PersonLine {
                id: "1".into(),
                name: "Zoé".into(),
                has: false,
            },
            PersonLine {
                id: "2".into(),
                name: "Anne".into(),
                has: true,
            },
        ],
        may_adjust: true,
        slots: vec![Choice::new("12", "mardi matin")],
        places: vec![Choice::new("a/b", "Médiathèque")],
        trainers: vec![Choice::new("1", "Hélène")],
        others: vec![Choice::new("3", "Paul")],
        trial: Some(TrialView {
            possible: true,
            sentences: vec!["Rien ne change.".into()],
        }),
        version: 4,
        ..SessionPage::default()
    };
    let locked = Line {
        locked: true,
        ..line()
    };
    vec![
        Sample::of(SessionPage {
            line: locked,
            trial: Some(TrialView {
                possible: false,
                sentences: vec!["Le lieu est fermé.".into()],
            }),
            ..page.clone()
        }),
        Sample::of(SessionPage {
            existing: "1".into(),
            people: Vec::new(),
            others: Vec::new(),
            trial: None,
            ..page.clone()
        }),
        Sample::of(page),
    ]
}

fn publish() -> Vec<Sample> {
    let page = PublishPage {
        heading: "Publier".into(),
        lead: "Voici.".into(),
        crumbs: crumbs(),
        href: "/bureau/planification/1".into(),
        action: "/bureau/planification/1/publier".into(),
        yes: "Publier".into(),
        sessions: vec![Made {
            title: "Le courriel".into(),
            when: "mardi".into(),
            place: "Médiathèque".into(),
            trainer: "Hélène".into(),
            people: 4,
            warnings: vec!["Le lieu est fermé.".into()],
        }],
        left_out: vec!["Zoé : …".into()],
        changes: vec!["La séance change de jour.".into()],
        letters: vec![Letter {
            name: "Zoé".into(),
            what: "Une place".into(),
            how: "par courriel".into(),
            phone: "06".into(),
        }],
        days: Some("7".into()),
        version: 4,
        ..PublishPage::default()
    };
    let mut wrong = PublishPage {
        refused: "Non.".into(),
        reason: Some("Erreur".into()),
        danger: true,
        letters: Vec::new(),
        ..page.clone()
    };
    wrong.errors.add("days", "Indiquez un nombre.");
    wrong.errors.add("reason", "Indiquez une raison.");
    vec![
        Sample::of(wrong),
        Sample::of(PublishPage {
            changed: vec!["Un lieu.".into()],
            ..page.clone()
        }),
        Sample::of(page),
    ]
}

pub(crate) fn samples() -> Vec<Sample> {
    let row = |best| list::Row {
        label: "Personnes".into(),
        values: vec![10, 12],
        best,
    };
    let column = |name: &str| list::Column {
        name: name.into(),
        href: "/bureau/planification/1".into(),
        tone: "ok",
        status: "Prêt".into(),
    };
    let mut all = vec![
        Sample::of(ComparePage {
            choices: vec![Choice::new("1", "A"), Choice::new("2", "B")],
            chosen: vec!["1".into(), "2".into()],
            columns: vec![column("A"), column("B")],
            rows: vec![row(Some(12)), row(None)],
            terms: vec![row(Some(10))],
            too_many: true,
        }),
        Sample::of(ComparePage::default()),
    ];
    all.extend(show());
    all.extend(board());
    all.extend(session());
    all.extend(publish());
    all
}
