//! Documents as a season in the Ternois would have them, with hostile text in the right places.

use documents::pdf::{
    AttendanceSheet, Certificate, CertifiedModule, HalfDay, HomeModule, HomeSheet, ListedPerson,
    PaperAnswer, PaperPage, PaperQuestion, PaperQuestionnaire, PathMeeting, PathSheet, PathStep,
    PeopleList, SheetPerson,
};
use domain::language::Language;
use jiff::civil::{Date, date, time};

/// What would be markup if it were ever read as such.
pub(crate) const HOSTILE: &str = "L’Épi & Fils #panic(\"no\") $x^2$ *a* <b> \\ @ref _u_ `c` // 👩‍🌾";

fn made() -> Date {
    date(2026, 6, 19)
}

pub(crate) fn half_day(day: i8) -> HalfDay {
    HalfDay {
        date: date(2026, 3, day),
        start: time(14, 0, 0, 0),
        end: time(16, 30, 0, 0),
    }
}

pub(crate) fn certificate(language: Language, number: usize) -> Certificate {
    let module = |title: &str, dates: &[Date], minutes| CertifiedModule {
        title: title.to_owned(),
        dates: dates.to_vec(),
        minutes,
    };
    Certificate {
        language,
        person: "Marie-Josèphe Lefèvre-Dœuvre".to_owned(),
        organisation: Some("Boulangerie L’Épi d’Or, Frévent".to_owned()),
        programme: "Boutic".to_owned(),
        season: "Printemps 2026, Pays du Ternois".to_owned(),
        modules: vec![
            module(
                "Choisir et entretenir son ordinateur",
                &[date(2026, 2, 3)],
                120,
            ),
            module(
                "Créer le site de son entreprise",
                &[date(2026, 3, 10), date(2026, 3, 17), date(2026, 3, 24)],
                330,
            ),
            module(
                "Répondre à un marché public",
                &[date(2026, 5, 5), date(2026, 5, 12)],
                210,
            ),
            module(
                "La sécurité et les règles : ce qu’il faut savoir",
                &[date(2026, 6, 1)],
                90,
            ),
        ],
        code: format!("7KQF-M2XD-{number:04}"),
        verify_url: format!("https://ternois.example/attestations/7KQF-M2XD-{number:04}"),
        partners: vec![
            "la Région Hauts-de-France".to_owned(),
            "la Chambre de métiers et de l’artisanat".to_owned(),
            "l’Union européenne".to_owned(),
        ],
        issuer: "Pays du Ternois".to_owned(),
        signatory: Some("Claire Dubois, coordinatrice du programme".to_owned()),
        place: "Saint-Pol-sur-Ternoise".to_owned(),
        date: made(),
    }
}

pub(crate) fn attendance(language: Language, half_days: i8) -> AttendanceSheet {
    AttendanceSheet {
        language,
        programme: "Boutic".to_owned(),
        season: "Printemps 2026".to_owned(),
        module: "Créer le site de son entreprise".to_owned(),
        site: "Cybercentre, Frévent".to_owned(),
        room: Some("Salle 2".to_owned()),
        trainers: vec!["Karim Benali".to_owned(), "Odile Petit".to_owned()],
        half_days: (1..=half_days).map(half_day).collect(),
        people: ["Zoé Lefèvre", "Jean Dupont", HOSTILE]
            .into_iter()
            .map(|name| SheetPerson {
                name: name.to_owned(),
                detail: "Ferme du Bois, Auxi-le-Château".to_owned(),
            })
            .collect(),
        blank_lines: 2,
        made: made(),
    }
}

pub(crate) fn questionnaire(language: Language) -> PaperQuestionnaire {
    let words = |list: &[&str]| {
        list.iter()
            .map(|word| (*word).to_owned())
            .collect::<Vec<_>>()
    };
    let question = |text: &str, answer| PaperQuestion {
        text: text.to_owned(),
        help: None,
        answer,
    };
    PaperQuestionnaire {
        language,
        programme: "Boutic".to_owned(),
        title: "Quels ateliers pour vous ?".to_owned(),
        introduction: "Vingt petites questions pour vous proposer des ateliers près de chez vous, \
            à votre niveau et aux heures qui vous conviennent. Comptez dix minutes."
            .to_owned(),
        pages: vec![
            PaperPage {
                title: "Vous".to_owned(),
                questions: vec![
                    question("Votre nom et votre prénom", PaperAnswer::Text { lines: 1 }),
                    question(
                        "Vous êtes",
                        PaperAnswer::Choice {
                            options: words(&[
                                "Commerçant",
                                "Artisan",
                                "Agriculteur",
                                "Élu",
                                "Agent d’une commune",
                            ]),
                            several: false,
                        },
                    ),
                ],
            },
            PaperPage {
                title: "Vos disponibilités".to_owned(),
                questions: vec![
                    PaperQuestion {
                        text: "Quand pouvez-vous venir ?".to_owned(),
                        help: Some("Un créneau dure deux heures.".to_owned()),
                        answer: PaperAnswer::Grid {
                            rows: words(&["Matin", "Après-midi", "Soir"]),
                            columns: words(&[
                                "Lundi", "Mardi", "Mercredi", "Jeudi", "Vendredi", "Samedi",
                            ]),
                        },
                    },
                    question(
                        "Êtes-vous à l’aise avec un ordinateur ?",
                        PaperAnswer::Scale {
                            from: "pas du tout".to_owned(),
                            to: "très à l’aise".to_owned(),
                            steps: 5,
                        },
                    ),
                    question(
                        "Qu’utilisez-vous déjà ?",
                        PaperAnswer::Choice {
                            options: words(&[
                                "Le courrier électronique",
                                "Un moteur de recherche pour trouver des fournisseurs ou des clients",
                                HOSTILE,
                            ]),
                            several: true,
                        },
                    ),
                    question("Autre chose à nous dire ?", PaperAnswer::Text { lines: 3 }),
                ],
            },
        ],
        give_back: "À la mairie, au cybercentre de Frévent ou à votre référent.".to_owned(),
        made: made(),
    }
}

pub(crate) fn home(language: Language) -> HomeSheet {
    HomeSheet {
        language,
        programme: "Boutic".to_owned(),
        season: "Printemps 2026".to_owned(),
        person: "Zoé Lefèvre".to_owned(),
        sessions: 3,
        minutes: 330,
        modules: vec![
            HomeModule {
                title: "Le courriel de son entreprise".to_owned(),
                days: vec![date(2026, 3, 3), date(2026, 3, 10)],
                used: "Sert chaque semaine".to_owned(),
            },
            HomeModule {
                title: HOSTILE.to_owned(),
                days: vec![date(2026, 3, 17)],
                used: String::new(),
            },
        ],
        next: "Refaire mes affiches avant l’été\nAppeler la chambre de métiers".to_owned(),
        missing: vec!["La photo de produits".to_owned(), HOSTILE.to_owned()],
        contact: "Boutic, 03 21 00 00 00".to_owned(),
        link: Some("https://ternois.example/mon-espace".to_owned()),
        made: made(),
    }
}

pub(crate) fn pathway(language: Language) -> PathSheet {
    let meeting = |day, place: &str| PathMeeting {
        when: half_day(day),
        place: place.to_owned(),
    };
    PathSheet {
        language,
        programme: "Boutic".to_owned(),
        person: "Zoé Lefèvre".to_owned(),
        introduction: "Voici les ateliers que nous vous proposons, dans l’ordre, avec les dates près de chez vous.".to_owned(),
        level: Some("à l’aise avec le courrier, débutante pour le reste".to_owned()),
        steps: vec![
            PathStep {
                title: "Se faire connaître sur les réseaux sociaux".to_owned(),
                reason: "Vous souhaitez attirer de nouveaux clients et vous utilisez déjà un téléphone pour vos photos.".to_owned(),
                meetings: vec![meeting(3, "Cybercentre de Frévent, à 4 km"), meeting(10, "Maison du Pays, Saint-Pol-sur-Ternoise, à 14 km")],
                note: None,
            },
            PathStep {
                title: "Vendre en ligne".to_owned(),
                reason: HOSTILE.to_owned(),
                meetings: vec![],
                note: Some("Pas encore de date près de chez vous : votre souhait est noté.".to_owned()),
            },
        ],
        contact: "Claire Dubois, 03 21 00 00 00, ateliers@ternois.example".to_owned(),
        link: Some("https://ternois.example/mon-parcours/abcdefgh".to_owned()),
        made: made(),
    }
}

pub(crate) fn people(language: Language, count: usize) -> PeopleList {
    PeopleList {
        language,
        programme: "Boutic".to_owned(),
        module: "Créer le site de son entreprise".to_owned(),
        site: "Cybercentre, Frévent".to_owned(),
        when: Some(half_day(3)),
        people: (1..=count)
            .map(|number| ListedPerson {
                name: format!("Personne {number}"),
                organisation: HOSTILE.to_owned(),
                commune: "Auxi-le-Château".to_owned(),
                phone: "03 21 00 00 00".to_owned(),
                state: "inscrite".to_owned(),
            })
            .collect(),
        made: made(),
    }
}
