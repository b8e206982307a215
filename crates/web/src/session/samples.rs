//! Sample data of the session pages.

use application::session::{Figures, Shaded, ShadedMap};

use super::calendar::{CalendarPage, Cell, Row, Tab};
use super::dashboard::{Counted, DashboardPage, DemandLine, MarkLine};
use super::form::{LetterLine, PreviewPage};
use super::no_season::NoSeason;
use super::page::{EventLine, LetterRow, NoteRow, RosterRow, ShowPage};
use super::today::{CallLine, FailedLine, MovableLine, OfferLine, TodayPage, WishLine};
use super::view::Line;
use crate::listing::{Choice, Link};
use crate::shell::sample::Sample;

/// A session as lists show it, with text that must be escaped.
pub(crate) fn line() -> Line {
    Line {
        id: "s1".into(),
        href: "/bureau/seances/s1".into(),
        title: "Chercher sur <b>internet</b>".into(),
        starts: "2026-10-05T14:00:00".into(),
        ends: "2026-10-05T16:00:00".into(),
        place: "Cybercentre, Frévent (62270)".into(),
        room: "Salle A".into(),
        trainer: "Paul Leroy".into(),
        placed: 2,
        offered: 1,
        waiting: 1,
        capacity: 4,
        free: 0,
        tone: "wait",
        status: "Ouvre à 3 : encore 1 personne".into(),
        version: 1,
    }
}

fn today() -> TodayPage {
    TodayPage {
        nothing: false,
        groups: vec![line()],
        movable: vec![MovableLine {
            enrolment: "e1".into(),
            person: "p1".into(),
            name: "<i>Zoé</i>".into(),
            phone: "+33321000000".into(),
            rank: 1,
            from: line(),
            to: line(),
        }],
        too_late: vec![line()],
        without: vec![line()],
        to_close: vec![line()],
        offers: vec![OfferLine {
            enrolment: "e2".into(),
            person: "p2".into(),
            name: "Marc".into(),
            phone: String::new(),
            until: "lundi 5 octobre 2026, 14 h".into(),
            session: line(),
        }],
        wishes: vec![
            WishLine {
                module: "tablettes".into(),
                title: "Tablettes".into(),
                count: 3,
            },
            WishLine::default(),
        ],
        calls: vec![CallLine {
            id: "m1".into(),
            person: "p1".into(),
            name: "Zoé".into(),
            phone: "+33321000000".into(),
            what: "Une place".into(),
            session: "s1".into(),
        }],
        failed: vec![FailedLine {
            id: "m2".into(),
            to: "Marc".into(),
            subject: "Rappel".into(),
            error: "550 no such user".into(),
        }],
    }
}

fn show() -> ShowPage {
    ShowPage {
        line: line(),
        season: "Automne 2026".into(),
        season_slug: "automne-2026".into(),
        note: "Entrée par la cour".into(),
        reason: String::new(),
        open: true,
        begun: true,
        gathering: true,
        full: false,
        roster: ["placed", "offered", "waiting"]
            .map(|stage| RosterRow {
                enrolment: format!("e-{stage}"),
                person: "p1".into(),
                name: "<script>".into(),
                firm: "Boulangerie".into(),
                phone: "+33321000000".into(),
                email: "a@example.org".into(),
                needs: "Fauteuil".into(),
                stage: stage.into(),
                tone: "wait",
                status: "En attente, rang 1".into(),
            })
            .to_vec(),
        trainers: vec![Choice::new("t1", "Paul Leroy")],
        trainer_id: "t1".into(),
        others: vec![line()],
        letters: vec![LetterRow {
            id: "m1".into(),
            to: "Zoé".into(),
            subject: "Votre place".into(),
            at: "lundi".into(),
            state: "Envoyé".into(),
        }],
        notes: vec![NoteRow {
            by: "Paul".into(),
            at: "lundi".into(),
            body: "Deux ordinateurs lents".into(),
        }],
        history: vec![EventLine {
            at: "lundi".into(),
            by: "Claire".into(),
            what: "Séance créée".into(),
        }],
    }
}

fn dashboard(filled: bool) -> DashboardPage {
    let counted = Counted {
        label: "Frévent".into(),
        people: 4,
        share: 0.5,
        population: Some(3_700),
        population_share: Some(0.1),
    };
    let shade = |shade, path: Option<&str>| Shaded {
        name: "Frévent",
        people: 4,
        shade,
        path: path.map(str::to_owned),
        circle: path.is_none().then_some((1, 2, 3)),
    };
    DashboardPage {
        programme: "Boutic".into(),
        season: "Automne 2026".into(),
        season_id: "x".into(),
        slug: "automne-2026".into(),
        first: "2026-09-01".into(),
        last: "2026-12-20".into(),
        figures: Figures {
            seats: 200,
            placed: if filled { 156 } else { 0 },
            waiting: 12,
            people: 45,
            sessions: 50,
            fill: filled.then_some(0.78),
            stages: vec![("gathering", 3)],
        },
        stages: vec![("gathering", "En préparation".into(), 3)],
        sectors: if filled {
            vec![counted.clone()]
        } else {
            Vec::new()
        },
        communes: if filled {
            vec![counted, Counted::default()]
        } else {
            Vec::new()
        },
        missed: 3,
        map: filled.then(|| ShadedMap {
            view_box: "0 0 10 10".into(),
            shapes: vec![shade(5, Some("M0 0h1")), shade(0, None)],
            most: 4,
        }),
        demand: if filled {
            vec![
                DemandLine {
                    label: "Tablettes".into(),
                    module: "tablettes".into(),
                    open: 2,
                    wishes: 3,
                    waiting: 1,
                },
                DemandLine::default(),
            ]
        } else {
            Vec::new()
        },
        marks: if filled {
            vec![MarkLine {
                label: "Présent".into(),
                marks: 20,
            }]
        } else {
            Vec::new()
        },
        minutes: 2_400,
    }
}

fn preview(refuses: bool) -> PreviewPage {
    PreviewPage {
        heading: "Modifier la séance".into(),
        lead: "Rien n’est encore enregistré.".into(),
        crumbs: vec![Link::new("Séances", "/bureau/seances")],
        action: "/bureau/seances/s1/modifier".into(),
        fields: vec![("public_note", "\"><script>".into())],
        clashes: vec!["La salle est déjà prise.".into()],
        refuses,
        warnings: vec!["Le lieu n’est pas ouvert.".into()],
        letters: vec![LetterLine {
            name: "Zoé".into(),
            what: "Changement".into(),
            how: "Courriel".into(),
            phone: "+33321000000".into(),
        }],
        yes: "Enregistrer".into(),
        danger: refuses,
        can_go_back: true,
        back: "/bureau/seances/s1".into(),
    }
}

/// Every look of the session pages.
pub(crate) fn samples() -> Vec<Sample> {
    let cell = Cell {
        day: Some("2026-10-05".into()),
        today: true,
        faint: true,
        sessions: vec![line()],
    };
    let calendar = |empty| CalendarPage {
        heading: "octobre 2026".into(),
        tabs: vec![Tab {
            label: "Mois".into(),
            href: "/bureau/calendrier".into(),
            current: true,
        }],
        previous: "/bureau/calendrier?mois=2026-09".into(),
        now: "/bureau/calendrier".into(),
        next: "/bureau/calendrier?mois=2026-11".into(),
        heads: vec!["lundi".into()],
        rows: vec![Row {
            label: "Semaine du 5 octobre".into(),
            cells: vec![cell.clone(), Cell::default()],
        }],
        empty,
    };
    vec![
        Sample::of(today()),
        Sample::of(TodayPage {
            nothing: true,
            ..TodayPage::default()
        }),
        Sample::of(show()),
        Sample::of(ShowPage {
            line: line(),
            reason: "Formateur malade".into(),
            ..ShowPage::default()
        }),
        Sample::of(calendar(false)),
        Sample::of(calendar(true)),
        Sample::of(NoSeason { may_create: true }),
        Sample::of(NoSeason { may_create: false }),
        Sample::of(dashboard(true)),
        Sample::of(dashboard(false)),
        Sample::of(preview(true)),
        Sample::of(PreviewPage {
            clashes: Vec::new(),
            warnings: Vec::new(),
            letters: Vec::new(),
            ..preview(false)
        }),
    ]
}
