//! Samples of the quiz pages.

use application::quiz::Import;
use domain::quiz::{Draft, KINDS, Row};
use jiff::civil::date;

use super::entry::{EntryPage, Line, Other};
use super::import::{FaultView, ImportPage};
use super::page::QuizPage;
use super::question::{QuestionPage, RowView};
use super::results;
use super::take::{Hidden, SheetPage, TakePage};
use super::view::{MadeChoice, MadeView, PairView, QuestionView, Side, ToldView};
use crate::listing::{Choice, Link};
use crate::shell::FieldErrors;
use crate::shell::sample::Sample;

fn link() -> Link {
    Link::new("Les <quiz>", "/bureau/quiz")
}

fn options() -> Vec<Choice> {
    vec![Choice::new("0", "<b>Oui</b>"), Choice::new("1", "Non")]
}

fn asked() -> Vec<QuestionView> {
    let kinds = [
        "single",
        "multiple",
        "truth",
        "words",
        "number",
        "matching",
        "description",
    ];
    kinds
        .into_iter()
        .enumerate()
        .map(|(place, kind)| QuestionView {
            name: format!("q{place}"),
            kind,
            label: format!("{}. <script>alert(1)</script> ?", place + 1),
            options: options(),
            sides: vec![Side {
                name: format!("q{place}-0"),
                label: "Répondre".into(),
                value: "1".into(),
            }],
            value: "1".into(),
            chosen: vec!["1".into()],
        })
        .collect()
}

fn take() -> [TakePage; 2] {
    let mut errors = FieldErrors::default();
    for place in 0..6 {
        errors.add(format!("q{place}"), "Répondez à cette question.");
    }
    let page = TakePage {
        title: "Le <courriel>".into(),
        module: "Le courriel".into(),
        day: Some(date(2026, 10, 1)),
        crumbs: vec![link()],
        action: "/quiz/1/2".into(),
        hidden: vec![Hidden {
            name: "turn",
            value: "1".into(),
        }],
        questions: asked(),
        ..TakePage::default()
    };
    [
        TakePage {
            preview: true,
            crumbs: Vec::new(),
            day: None,
            ..page.clone()
        },
        TakePage {
            errors,
            may_leave_out: true,
            ..page
        },
    ]
}

fn sheets() -> [SheetPage; 2] {
    let told = |tone| ToldView {
        label: "1. Quoi ?".into(),
        asked: true,
        tone,
        said: Some("ceci".into()),
        right: Some("cela".into()),
        feedback: vec!["Regardez <bien>.".into()],
        ..ToldView::default()
    };
    let pair = |well| PairView {
        left: "a".into(),
        said: Some("b".into()),
        right: "c".into(),
        well,
    };
    let page = SheetPage {
        title: "Le courriel".into(),
        module: "Le courriel".into(),
        day: Some(date(2026, 10, 1)),
        crumbs: vec![link()],
        right: 1,
        asked: 4,
        told: vec![
            told("ok"),
            told("wait"),
            ToldView {
                said: None,
                ..told("bad")
            },
            ToldView {
                pairs: vec![
                    pair(true),
                    pair(false),
                    PairView {
                        said: None,
                        ..pair(false)
                    },
                ],
                ..told("wait")
            },
            ToldView::default(),
        ],
        again: Some("/encore".into()),
        others: vec![link()],
        back: Link::new("Mon espace", "/mon-espace"),
        ..SheetPage::default()
    };
    [
        page.clone(),
        SheetPage {
            preview: true,
            again: None,
            others: Vec::new(),
            crumbs: Vec::new(),
            day: None,
            told: Vec::new(),
            ..page
        },
    ]
}

fn imports() -> [ImportPage; 2] {
    let mut errors = FieldErrors::default();
    for field in ["title", "module", "session", "file", "text"] {
        errors.add(field, "Indiquez quelque chose ici.");
    }
    let fresh = ImportPage {
        heading: "Nouveau quiz".into(),
        crumbs: vec![link()],
        action: "/bureau/quiz/nouveau".into(),
        fresh: true,
        modules: options(),
        sessions: options(),
        ready: vec![link()],
        ..ImportPage::default()
    };
    [
        ImportPage {
            form: Import {
                title: "\"Titre\"".into(),
                text: "</textarea><script>".into(),
                keep: "oui".into(),
                ..Import::default()
            },
            errors,
            faults: vec![FaultView {
                line: 3,
                name: "Quoi <b> ?".into(),
                why: "Aucune bonne réponse.".into(),
            }],
            good: 4,
            ..fresh.clone()
        },
        ImportPage {
            fresh: false,
            stale: true,
            ready: Vec::new(),
            ..fresh
        },
    ]
}

fn made() -> Vec<MadeView> {
    vec![
        MadeView {
            label: "1. Quoi <b> ?".into(),
            kind: "Un seul choix".into(),
            choices: vec![MadeChoice {
                letter: "A".into(),
                text: "ceci".into(),
                right: true,
            }],
            feedback: Some("Voilà.".into()),
            ..MadeView::default()
        },
        MadeView {
            place: 1,
            label: "2. Combien ?".into(),
            kind: "Un nombre".into(),
            right: Some("12".into()),
            ..MadeView::default()
        },
    ]
}

fn pages() -> [QuizPage; 3] {
    let page = |stage: &str| QuizPage {
        id: "1".into(),
        title: "Le <courriel>".into(),
        module: "Le courriel".into(),
        stage: stage.into(),
        tone: "ok",
        status: "Proposé".into(),
        mine: true,
        owner: "L’équipe".into(),
        again: true,
        session: Some(link()),
        revision: 3,
        changed: Some(date(2026, 10, 1)),
        author: "Paul".into(),
        sheets: 4,
        version: 2,
        questions: made(),
        kinds: options(),
    };
    [
        page("draft"),
        page("archived"),
        QuizPage {
            mine: false,
            session: None,
            again: false,
            sheets: 0,
            ..page("open")
        },
    ]
}

fn question_pages() -> Vec<QuestionPage> {
    KINDS
        .into_iter()
        .enumerate()
        .map(|(index, kind)| QuestionPage {
            heading: "Modifier la question".into(),
            crumbs: vec![link()],
            action: "/bureau/quiz/1/questions/0".into(),
            kind: kind.into(),
            kind_name: "Un seul choix".into(),
            draft: Draft {
                text: "</textarea>".into(),
                ..Draft::new(kind)
            },
            rows: if matches!(kind, "truth" | "description") {
                Vec::new()
            } else {
                vec![RowView {
                    number: 1,
                    row: Row {
                        text: "\"ceci\"".into(),
                        ..Row::default()
                    },
                    worths: options(),
                }]
            },
            version: 1,
            fault: (index == 0).then(|| "Aucune bonne réponse.".into()),
            stale: index == 1,
            stored: made().into_iter().nth(index),
        })
        .collect()
}

fn entries() -> [EntryPage; 2] {
    let mut errors = FieldErrors::default();
    errors.add("q0", "Cette lettre n’est pas sur la feuille.");
    let page = EntryPage {
        title: "Le courriel".into(),
        name: "Jeanne <Petit>".into(),
        crumbs: vec![link()],
        action: "/formateur/seances/1/quiz/2/saisie/3".into(),
        revision: 2,
        newest: Some(3),
        revisions: vec![link()],
        version: Some(1),
        lines: vec![Line {
            name: "q0".into(),
            label: "1. Quoi ?".into(),
            options: vec![("A".into(), "<ceci>".into())],
            sides: vec!["Répondre".into()],
            hint: "Une lettre.".into(),
            value: "\"".into(),
        }],
        people: vec![
            Other {
                name: "Jeanne <Petit>".into(),
                href: "/a".into(),
                done: false,
                current: true,
            },
            Other {
                name: "Luc".into(),
                href: "/b".into(),
                done: true,
                current: false,
            },
        ],
        errors,
        refused: Some("Non.".into()),
        stale: true,
        on_screen: false,
    };
    [
        EntryPage {
            on_screen: true,
            ..page.clone()
        },
        page,
    ]
}

fn block() -> results::QuizBlock {
    results::QuizBlock {
        id: "1".into(),
        title: "Le <courriel>".into(),
        offered: false,
        answered: 2,
        mean: Some("66 %".into()),
        questions: vec![results::QuestionLine {
            number: 1,
            text: "Quoi ?".into(),
            right: "ceci".into(),
            people: 2,
            missed: 1,
            left_out: 0,
            mean: "50 %".into(),
            tone: "bad",
            word: "Manquée par beaucoup".into(),
            wrong: vec![("<cela>".into(), 1), ("rien".into(), 1)],
        }],
        people: vec![
            results::PersonLine {
                name: "Jeanne <Petit>".into(),
                answered: true,
                paper: true,
                mean: "50 %".into(),
                right: 1,
                asked: 2,
                tries: 2,
                entry: Some("/a".into()),
            },
            results::PersonLine {
                name: "Luc".into(),
                entry: Some("/b".into()),
                ..results::PersonLine::default()
            },
        ],
    }
}

pub(crate) fn samples() -> Vec<Sample> {
    let mut all: Vec<Sample> = Vec::new();
    all.extend(take().map(Sample::of));
    all.extend(sheets().map(Sample::of));
    all.extend(imports().map(Sample::of));
    all.extend(pages().map(Sample::of));
    all.extend(question_pages().into_iter().map(Sample::of));
    all.extend(entries().map(Sample::of));
    let session = results::SessionPage {
        id: "1".into(),
        title: "Le courriel".into(),
        day: Some(date(2026, 10, 1)),
        site: "Cyber-centre".into(),
        crumbs: vec![link()],
        quizzes: vec![block()],
        new: "/bureau/quiz/nouveau".into(),
    };
    all.push(Sample::of(results::SessionPage {
        quizzes: Vec::new(),
        ..session.clone()
    }));
    all.push(Sample::of(session));
    let everywhere = results::QuizPage {
        id: "1".into(),
        title: "Le courriel".into(),
        crumbs: vec![link()],
        quiz: block(),
        sessions: vec![results::SessionLine {
            href: "/a".into(),
            day: Some(date(2026, 10, 1)),
            site: "Cyber-centre".into(),
            trainer: "Paul".into(),
            people: 2,
            mean: "66 %".into(),
        }],
    };
    all.push(Sample::of(results::QuizPage {
        quiz: results::QuizBlock::default(),
        sessions: Vec::new(),
        ..everywhere.clone()
    }));
    all.push(Sample::of(everywhere));
    all
}
