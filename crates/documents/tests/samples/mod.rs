//! Documents as a season in the Ternois would have them, with hostile text in the right places.

use documents::pdf::{
    AttendanceSheet, Certificate, CertifiedModule, HalfDay, HomeModule, HomeSheet, ListedPerson,
    PaperAnswer, PaperPage, PaperQuestion, PaperQuestionnaire, PathMeeting, PathSheet, PathStep,
    PeopleList, PreparationNeed, PreparationPerson, PreparationSheet, PreparationStep,
    QuizAnswerSpace, QuizPaper, QuizPaperQuestion, Says, SheetPerson,
};
use domain::badge::{Award, Issuer, Module, Named, Place, SigningKey, email_hash, sign, token};
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
        says: Says::Attendance,
        cumulative: None,
    }
}

/// A badge in its compact form, signed by the key of that seed; with the key as PEM.
pub(crate) fn badge(seed: u8) -> (String, String) {
    let signer = SigningKey::from_seed(&[seed; 32]).unwrap();
    let key = "https://ternois.example/badges/emetteurs/1/cles/1";
    let at = "2020-01-01T08:00:00Z".parse().unwrap();
    let award = Award {
        id: "https://ternois.example/badges/1".to_owned(),
        person: "Marie-Josèphe Lefèvre-Dœuvre".to_owned(),
        holder: Some(("5a17".to_owned(), email_hash("marie@example.org", "5a17"))),
        language: Language::Fr,
        title: "Attestation de réussite – Printemps 2020".to_owned(),
        description: "12 h 30 d’ateliers suivis.".to_owned(),
        criteria: "Avoir suivi au moins 80 % des heures de son parcours.".to_owned(),
        is_success: true,
        narrative: "Courriel, 3 h".to_owned(),
        days: (date(2019, 10, 1), date(2019, 12, 10)),
        image: (
            "https://ternois.example/badges/images/reussite.png".to_owned(),
            "Une jeune pousse".to_owned(),
        ),
        modules: vec![Module {
            slug: "courriel".to_owned(),
            title: "Courriel".to_owned(),
            hours: "3 h".to_owned(),
            competences: vec![Named {
                code: "2.1".to_owned(),
                name: "Échanger à distance".to_owned(),
            }],
        }],
        issuer: Issuer {
            id: "https://ternois.example/badges/emetteurs/1".to_owned(),
            name: "Boutic".to_owned(),
            url: "https://ternois.example".to_owned(),
            email: None,
        },
        from: at,
        until: None,
        place: Place {
            list: "https://ternois.example/badges/listes/1/0".to_owned(),
            bit: 7,
        },
    };
    let credential = award.credential();
    let signed = sign(&signer, key, &credential, at);
    let compact = token(key, &credential).with(&signed.signature);
    (compact, signer.public().pem())
}

/// The same for somebody who followed their path, and the copy for an employer.
pub(crate) fn success(language: Language) -> Certificate {
    Certificate {
        says: Says::Success {
            share: 91,
            asked: 80,
            each: false,
        },
        cumulative: Some(1_830),
        ..certificate(language, 1)
    }
}

pub(crate) fn employer(language: Language) -> Certificate {
    Certificate {
        says: Says::Employer,
        organisation: Some("Communauté de communes du Ternois".to_owned()),
        ..certificate(language, 1)
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

pub(crate) fn quiz(language: Language, corrected: bool) -> QuizPaper {
    let text = |text: &str| text.to_owned();
    let choice = |letter: &str, words: &str, right| (text(letter), text(words), right && corrected);
    let question = |number, words: &str, space| QuizPaperQuestion {
        number,
        text: text(words),
        after: String::new(),
        space,
        feedback: corrected.then(|| text("On en reparle.")),
    };
    let shown = |words: &str| corrected.then(|| text(words));
    QuizPaper {
        language,
        title: text("Le courriel de son entreprise"),
        module: text(HOSTILE),
        when: Some(text("mardi 3 mars 2026, Cybercentre")),
        revision: 4,
        corrected,
        questions: vec![
            question(
                Some(1),
                HOSTILE,
                QuizAnswerSpace::Choices {
                    several: false,
                    choices: vec![choice("A", HOSTILE, true), choice("B", "azerty", false)],
                },
            ),
            question(
                Some(2),
                "Que joindre ?",
                QuizAnswerSpace::Choices {
                    several: true,
                    choices: vec![
                        choice("A", "une photo", true),
                        choice("B", "un devis", true),
                        choice("C", "une chaise", false),
                        choice("D", "un plan", false),
                    ],
                },
            ),
            question(
                Some(3),
                "Le cadenas suffit.",
                QuizAnswerSpace::Truth {
                    right: corrected.then_some(false),
                },
            ),
            question(
                Some(4),
                "Combien de signes ?",
                QuizAnswerSpace::Line {
                    right: shown("de 11 à 13"),
                },
            ),
            question(
                Some(5),
                "Associez.",
                QuizAnswerSpace::Pairs {
                    left: vec![
                        (text("Répondre"), shown("B")),
                        (text("Répondre à tous"), shown("A")),
                    ],
                    right: vec![
                        (text("A"), text("à tout le monde")),
                        (text("B"), text("à une personne")),
                    ],
                },
            ),
            question(
                None,
                "Un texte entre deux questions.",
                QuizAnswerSpace::Nothing,
            ),
        ],
        made: made(),
    }
}

pub(crate) fn preparation(language: Language, people: usize) -> PreparationSheet {
    PreparationSheet {
        language,
        programme: "Boutic".to_owned(),
        module: "Le courriel".to_owned(),
        when: "mardi 3 mars 2026, de 14 h à 16 h".to_owned(),
        place: "Cybercentre, Salle 2, Frévent".to_owned(),
        steps: vec![PreparationStep {
            hours: "14 h – 14 h 25".to_owned(),
            minutes: 25,
            part: "Apport".to_owned(),
            text: HOSTILE.to_owned(),
        }],
        needs: vec![
            PreparationNeed {
                name: "Ordinateurs".to_owned(),
                there: Some(6),
                missing: false,
            },
            PreparationNeed {
                name: "Imprimante".to_owned(),
                there: Some(0),
                missing: true,
            },
            PreparationNeed {
                name: "Tablettes".to_owned(),
                there: None,
                missing: false,
            },
        ],
        short: vec!["Ordinateurs : 6 pour 9 personnes".to_owned()],
        people: (0..people)
            .map(|_| PreparationPerson {
                name: "Zoé Lefèvre".to_owned(),
                detail: HOSTILE.to_owned(),
                lines: vec!["Vient pour la première fois".to_owned()],
            })
            .collect(),
        notes: vec![(HOSTILE.to_owned(), "Karim Benali, 03/02/2026".to_owned())],
        made: made(),
    }
}
