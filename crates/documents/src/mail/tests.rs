use super::*;

/// What would be markup, a header or a new line if it were not taken as text.
const HOSTILE: &str = "<script>alert('1')</script>\r\nBcc: all@example.org & \"Fils\"";

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn context(language: Language) -> Context {
    Context {
        language,
        recipient: Person {
            name: "Zoé Lefèvre".to_owned(),
            email: "zoe@example.fr".to_owned(),
        },
        sender: Person {
            name: "Boutic, Pays du Ternois".to_owned(),
            email: "ateliers@ternois.example".to_owned(),
        },
        contact: "Claire Dubois, 03 21 00 00 00".to_owned(),
        zone: TimeZone::get("Europe/Paris").unwrap(),
        now: at("2026-01-10T08:00:00Z"),
    }
}

fn session(module: &str) -> SessionFacts {
    SessionFacts {
        uid: "session-1@ternois.example".to_owned(),
        sequence: 3,
        module: module.to_owned(),
        start: at("2026-02-03T13:00:00Z"),
        end: at("2026-02-03T15:30:00Z"),
        place: "Cybercentre, 4 rue de l’Église, Frévent".to_owned(),
        room: Some("Salle 2".to_owned()),
        position: Some((50.275, 2.288)),
        bring: Some("Quelques photos de votre boutique.".to_owned()),
        link: "https://ternois.example/seances/1".to_owned(),
    }
}

/// One of each letter, with `words` wherever people type something.
fn all(words: &str) -> Vec<Mail> {
    let session = || session(words);
    let text = words.to_owned();
    let until = at("2026-01-12T17:00:00Z");
    let other = Alternative {
        module: text.clone(),
        start: at("2026-03-03T08:30:00Z"),
        place: text.clone(),
        link: link("seances/2"),
    };
    let mut mails = vec![
        Mail::EnrolmentPlaced {
            session: session(),
            missing: 0,
            withdraw: link("non"),
        },
        Mail::EnrolmentPlaced {
            session: session(),
            missing: 2,
            withdraw: link("non"),
        },
        Mail::EnrolmentWaiting {
            session: session(),
            rank: 3,
            why: WaitReason::Full { capacity: 12 },
            withdraw: link("non"),
        },
        Mail::SeatOffered {
            session: session(),
            until,
            accept: link("oui"),
            decline: link("non"),
            planned: false,
        },
        Mail::OfferLapsed {
            session: session(),
            agenda: link("agenda"),
            taken_back: false,
        },
        Mail::SessionChanged {
            session: session(),
            changes: changes(words),
            placed: true,
            withdraw: link("non"),
        },
        Mail::SessionCancelled {
            session: session(),
            reason: Some(text.clone()),
            alternatives: vec![other.clone()],
            placed: true,
            agenda: link("agenda"),
        },
        Mail::Reminder {
            session: session(),
            withdraw: link("non"),
        },
        Mail::GroupConfirmed {
            session: session(),
            withdraw: link("non"),
        },
        Mail::Withdrawn {
            session: session(),
            placed: true,
            agenda: link("agenda"),
        },
        Mail::Invitation {
            session: session(),
            by: text.clone(),
            until: Some(until),
            accept: link("oui"),
        },
    ];
    mails.extend(personal(words, other));
    mails
}

fn link(path: &str) -> String {
    format!("https://ternois.example/{path}?a=1&b=2")
}

/// One of each change.
fn changes(text: &str) -> Vec<Change> {
    let text = text.to_owned();
    vec![
        Change::When {
            start: at("2026-02-02T13:00:00Z"),
            end: at("2026-02-02T15:00:00Z"),
        },
        Change::Place {
            old: text.clone(),
            new: text.clone(),
        },
        Change::Room {
            old: String::new(),
            new: "Salle 2".to_owned(),
        },
        Change::Trainer {
            old: text.clone(),
            new: text.clone(),
        },
        Change::Module {
            old: text.clone(),
            new: text.clone(),
        },
    ]
}

/// One of each letter that is not about a session.
fn personal(words: &str, other: Alternative) -> Vec<Mail> {
    let text = words.to_owned();
    vec![
        Mail::SignInCode {
            code: "042137".to_owned(),
            minutes: 15,
        },
        Mail::SignInLink {
            link: link("entrer"),
            minutes: 15,
        },
        Mail::QuestionnaireResume {
            link: link("questionnaire"),
        },
        Mail::LevelTestResume { link: link("test") },
        Mail::PathwayReady {
            link: link("parcours"),
            steps: 4,
        },
        Mail::PathwayConfirm {
            link: link("confirmer"),
        },
        Mail::CertificateReady {
            link: link("attestation"),
            minutes: 750,
        },
        Mail::WishAnswered {
            wish: text.clone(),
            answer: text.clone(),
            sessions: vec![other],
            agenda: link("agenda"),
        },
        Mail::QuizReady {
            module: text.clone(),
            start: session("Le courriel").start,
            link: link("quiz"),
        },
        Mail::DebriefHome {
            modules: vec![text.clone(), text.clone()],
            minutes: 750,
            next: text.clone(),
            link: link("bilan"),
        },
        Mail::MissingOutcome {
            title: text.clone(),
            taken_up: false,
            reason: text.clone(),
            link: link("agenda"),
        },
        Mail::Satisfaction {
            title: text.clone(),
            link: link("avis"),
        },
        Mail::StaffWelcome {
            role: text,
            link: link("bienvenue"),
            hours: 48,
        },
    ]
}

/// No-break spaces made plain, so that the expectations can be read.
fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

#[test]
fn the_letter_about_the_waiting_list_says_the_rank_and_why() {
    let letter = |why| {
        let mail = Mail::EnrolmentWaiting {
            session: session("Le courriel au quotidien"),
            rank: 4,
            why,
            withdraw: "https://essor.example/non".to_owned(),
        };
        mail.render(&context(Language::Fr)).text
    };
    let full = letter(WaitReason::Full { capacity: 12 });
    assert!(full.contains("rang 4"), "{full}");
    assert!(full.contains("Les 12 places sont prises"), "{full}");
    let behind = letter(WaitReason::OthersFirst { ahead: 3 });
    assert!(behind.contains("3 personnes attendaient déjà"), "{behind}");
}

#[test]
fn every_letter_can_be_written_in_both_languages() {
    let mut kinds: Vec<&str> = all("Créer son site").iter().map(Mail::kind).collect();
    kinds.dedup();
    assert_eq!(
        kinds.len(),
        23,
        "a kind of letter has no sample here: {kinds:?}"
    );
    for language in Language::ALL {
        for mail in all("Créer son site") {
            let letter = mail.render(&context(language));
            let kind = mail.kind();
            assert!(!letter.subject.is_empty(), "{kind}");
            assert!(
                letter.text.contains("Zoé Lefèvre"),
                "{kind}: {}",
                letter.text
            );
            assert!(letter.text.contains("Claire Dubois"), "{kind}");
            assert!(
                letter.html.contains(&format!("<html lang=\"{language}\">")),
                "{kind}"
            );
        }
    }
}

#[test]
fn a_confirmation_says_when_where_what_to_bring_and_how_to_withdraw() {
    let mail = &all("Créer son site")[1];
    let french = mail.render(&context(Language::Fr));
    assert_eq!(
        plain(&french.subject),
        "Votre place est réservée : Créer son site, mardi 3 février"
    );
    let text = plain(&french.text);
    for words in [
        "Quand : mardi 3 février 2026 de 14 h à 16 h 30",
        "Où : Cybercentre, 4 rue de l’Église, Frévent",
        "Salle : Salle 2",
        "À apporter : Quelques photos de votre boutique.",
        "dès que 2 personnes de plus seront inscrites",
        "→ Je ne peux plus venir\nhttps://ternois.example/non?a=1&b=2",
    ] {
        assert!(text.contains(words), "“{words}” is not in\n{text}");
    }
    let english = plain(&mail.render(&context(Language::En)).text);
    assert!(
        english.contains("When: Tuesday 3 February 2026 from 2 pm to 4:30 pm"),
        "{english}"
    );
}

#[test]
fn a_change_tells_the_old_and_the_new() {
    let text = plain(&all("Créer son site")[5].render(&context(Language::Fr)).text);
    let text = text.replace('\n', " ");
    assert!(
        text.contains("Date : mardi 3 février 2026 de 14 h à 16 h 30 (et non plus lundi 2 février 2026 de 14 h à 16 h)"),
        "{text}"
    );
    assert!(
        text.contains("Salle : Salle 2  Animation"),
        "a first room is no “instead of”: {text}"
    );
}

#[test]
fn only_those_with_a_seat_get_a_calendar_file_and_it_updates_or_cancels_the_same_entry() {
    for mail in all("Créer son site") {
        let part = mail.render(&context(Language::Fr)).calendar;
        let expected = match &mail {
            Mail::EnrolmentPlaced { missing: 0, .. }
            | Mail::GroupConfirmed { .. }
            | Mail::SessionChanged { .. } => Some((Method::Request, "CONFIRMED")),
            Mail::EnrolmentPlaced { .. } => Some((Method::Request, "TENTATIVE")),
            Mail::SessionCancelled { .. } | Mail::Withdrawn { .. } => {
                Some((Method::Cancel, "CANCELLED"))
            }
            _ => None,
        };
        assert_eq!(
            part.as_ref().map(|part| part.method),
            expected.map(|(method, _)| method)
        );
        if let (Some(part), Some((method, status))) = (part, expected) {
            let body = part.body.replace("\r\n ", "");
            for line in [
                format!("METHOD:{}", method.name()),
                format!("STATUS:{status}"),
                "UID:session-1@ternois.example".to_owned(),
                "SEQUENCE:3".to_owned(),
            ] {
                assert!(
                    body.contains(&format!("{line}\r\n")),
                    "{line} is not in\n{body}"
                );
            }
        }
    }
    let waiting = Mail::SessionCancelled {
        session: session("Créer son site"),
        reason: None,
        alternatives: vec![],
        placed: false,
        agenda: "https://ternois.example/agenda".to_owned(),
    };
    assert_eq!(waiting.render(&context(Language::Fr)).calendar, None);
}

#[test]
fn nothing_that_people_type_becomes_markup_or_a_header() {
    for language in Language::ALL {
        let mut context = context(language);
        context.recipient.name = HOSTILE.to_owned();
        context.sender.name = HOSTILE.to_owned();
        context.contact = HOSTILE.to_owned();
        for mail in all(HOSTILE) {
            let letter = mail.render(&context);
            assert!(
                !letter.subject.contains(char::is_control),
                "{:?}",
                letter.subject
            );
            assert!(letter.subject.chars().count() <= SUBJECT_MOST);
            assert!(
                !letter.html.contains("<script"),
                "{}: {}",
                mail.kind(),
                letter.html
            );
            assert!(letter.html.contains("&lt;script&gt;"), "{}", mail.kind());
        }
    }
}

#[test]
fn an_address_that_is_none_of_the_web_is_no_link() {
    let mail = Mail::QuestionnaireResume {
        link: "javascript:alert(1)".to_owned(),
    };
    assert!(!mail.render(&context(Language::Fr)).html.contains("href"));
}

#[test]
fn lines_of_text_are_short_and_links_whole() {
    let long = "mot ".repeat(200);
    for language in Language::ALL {
        for mail in all(&long) {
            let text = mail.render(&context(language)).text;
            for line in text.lines() {
                assert!(
                    line.chars().count() <= 72 || line.contains("https://"),
                    "{line}"
                );
            }
        }
    }
}

#[test]
fn someone_without_a_name_is_greeted_all_the_same() {
    let mut nameless = context(Language::Fr);
    nameless.recipient.name = " ".to_owned();
    let letter = all("x")[11].render(&nameless);
    assert!(letter.text.starts_with("Bonjour,\n"), "{}", letter.text);
}

#[test]
fn letters_can_be_stored_and_read_back() {
    for mail in all("Créer son site") {
        let stored = serde_json::to_value(&mail).unwrap();
        assert_eq!(stored["kind"], mail.kind());
        assert_eq!(serde_json::from_value::<Mail>(stored).unwrap(), mail);
    }
}
