use super::*;
use crate::catalogue::tests::{real_catalogue, real_vocabulary};
use crate::content::{assert_schema, real_files};
use crate::id::SessionId;
use crate::language::Language;
use crate::questionnaire::{Answer, Availability, CommuneAnswer, QuestionKind};
use jiff::ToSpan;
use jiff::civil::date;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::sync::LazyLock;

struct Real {
    catalogue: Catalogue,
    questionnaire: Questionnaire,
    rules: Rules,
}

static REAL: LazyLock<Real> = LazyLock::new(|| {
    let catalogue = real_catalogue();
    let (name, text) = real_files("questionnaires").remove(0);
    let questionnaire = Questionnaire::parse(&real_vocabulary(), &name, &text).unwrap();
    let (name, text) = real_files("pathways").remove(0);
    let asked = [questionnaire];
    let rules =
        Rules::parse(&catalogue, &asked, &name, &text).unwrap_or_else(|errors| panic!("{errors}"));
    let [questionnaire] = asked;
    Real {
        catalogue,
        questionnaire,
        rules,
    }
});

fn answers(chosen: &[(&str, &str)]) -> Answers {
    let mut answers = Answers::default();
    for (slug, value) in chosen {
        let question = REAL.questionnaire.question(slug).unwrap();
        let answer = match question.kind {
            QuestionKind::Single => Answer::Choice((*value).to_owned()),
            QuestionKind::Multiple => {
                Answer::Choices(value.split(' ').map(str::to_owned).collect())
            }
            QuestionKind::Scale | QuestionKind::Number => Answer::Number(value.parse().unwrap()),
            QuestionKind::Grid => Answer::Week(
                value
                    .split(' ')
                    .map(|cell| cell.parse::<Cell>().unwrap())
                    .collect(),
            ),
            QuestionKind::Text => Answer::Text((*value).to_owned()),
            QuestionKind::Commune => Answer::Commune(CommuneAnswer {
                code: (*value).to_owned(),
                name: (*value).to_owned(),
            }),
        };
        answers.set(*slug, answer);
    }
    answers
}

fn id(number: u64) -> SessionId {
    SessionId::new(1_700_000_000_000 + number, &[0; 10])
}

fn offered(number: u64, module: &str, starts: DateTime, km: u32, has_seats: bool) -> Offered {
    Offered {
        session: id(number),
        module: module.to_owned(),
        commune: km.to_string(),
        starts,
        ends: starts + 2.hours(),
        has_seats,
    }
}

fn path_with(answers: &Answers, profile: &Profile, sessions: &[Offered]) -> Pathway {
    compute(&Request {
        rules: &REAL.rules,
        catalogue: &REAL.catalogue,
        questionnaire: &REAL.questionnaire,
        answers,
        profile,
        offered: sessions,
        // In these tests the commune is its own distance from home.
        distance: &|offered| offered.commune.parse().ok(),
    })
}

fn path(answers: &Answers, sessions: &[Offered]) -> Pathway {
    let profile = Profile::from_answers(&REAL.questionnaire, answers);
    path_with(answers, &profile, sessions)
}

fn modules(path: &Pathway) -> Vec<&str> {
    path.steps.iter().map(|step| step.module.as_str()).collect()
}

fn step<'p>(path: &'p Pathway, module: &str) -> &'p Step {
    path.steps
        .iter()
        .find(|step| step.module == module)
        .unwrap()
}

#[test]
fn the_published_schema_is_that_of_the_rules() {
    assert_schema::<rules::RulesFile>("pathway");
}

#[test]
fn a_beginner_who_wants_to_sell_online_starts_at_the_beginning() {
    let path = path(
        &answers(&[
            ("profil", "commercant"),
            ("secteur", "alimentation"),
            ("aisance_ordinateur", "0"),
            ("aisance_telephone", "1"),
            ("internet", "parfois"),
            ("envies", "vendre"),
        ]),
        &[],
    );
    assert_eq!(path.level, 0);
    let modules = modules(&path);
    assert_eq!(modules.first(), Some(&"premiers-gestes"));
    assert_eq!(modules.last(), Some(&"boutique-en-ligne"));
    let goal = step(&path, "boutique-en-ligne");
    assert_eq!(
        goal.reasons[0].text.fr,
        "Vous avez dit vouloir vendre en ligne."
    );
    assert_eq!(goal.reasons[0].text.en, "You said you want to sell online.");
    let pulled = step(&path, "preparer-son-site");
    assert_eq!(pulled.reasons[0].rule, PREREQUISITE);
    assert!(
        pulled.reasons[0]
            .text
            .fr
            .contains("Créer et tenir à jour son site")
    );
}

#[test]
fn what_someone_knows_is_not_put_before_what_they_want() {
    let path = path(
        &answers(&[
            ("profil", "artisan"),
            ("aisance_ordinateur", "3"),
            ("aisance_telephone", "3"),
            ("internet", "tous-les-jours"),
            (
                "usages",
                "courriel recherche documents rangement photos page-sociale demarches",
            ),
            ("site", "a-jour"),
            ("envies", "mieux-classe"),
        ]),
        &[],
    );
    assert_eq!(path.level, 3);
    assert_eq!(
        modules(&path),
        [
            "fiche-etablissement",
            "referencement",
            "mesurer-son-audience"
        ]
    );
}

#[test]
fn farmers_get_the_farm_modules_and_others_do_not() {
    let farm = answers(&[("profil", "agriculteur"), ("envies_ferme", "pac donnees")]);
    let farm = path(&farm, &[]);
    assert!(modules(&farm).contains(&"declaration-pac"));
    assert!(modules(&farm).contains(&"donnees-de-l-exploitation"));
    let shop = answers(&[("profil", "commercant"), ("envies_ferme", "pac donnees")]);
    let shop = path(&shop, &[]);
    assert!(!modules(&shop).contains(&"declaration-pac"));
}

#[test]
fn elected_officials_get_the_local_government_series() {
    let mayor = answers(&[
        ("profil", "elu"),
        ("aisance_ordinateur", "0"),
        ("envies_commune", "projet"),
    ]);
    let path = path(&mayor, &[]);
    let tracks: BTreeSet<&str> = modules(&path)
        .iter()
        .map(|slug| REAL.catalogue.module(slug).unwrap().track.as_str())
        .collect();
    assert_eq!(
        tracks.into_iter().collect::<Vec<_>>(),
        ["demonstrateurs-collectivite", "demonstrateurs-decouverte"]
    );
    let reasons = &step(&path, "collectivite-services-publics").reasons;
    assert_eq!(
        reasons[0].text.fr,
        "Vous êtes élu ou élue\u{a0}: cette demi-journée ouvre toute la série."
    );
}

#[test]
fn a_farmer_who_is_mayor_gets_both() {
    let both = answers(&[
        ("profil", "agriculteur elu"),
        ("envies_ferme", "pac"),
        ("envies_commune", "services"),
    ]);
    let path = path(&both, &[]);
    assert!(modules(&path).contains(&"declaration-pac"));
    assert!(modules(&path).contains(&"collectivite-services-publics"));
}

fn ready_for_security() -> Answers {
    answers(&[
        ("profil", "artisan"),
        ("aisance_ordinateur", "2"),
        ("aisance_telephone", "2"),
        ("internet", "souvent"),
        ("usages", "courriel recherche"),
        ("envies", "securite"),
        ("disponibilites", "monday-morning tuesday-evening"),
        ("commune", "62767"),
        ("distance", "20"),
    ])
}

#[test]
fn dates_are_near_home_and_at_hours_that_suit() {
    let monday = date(2026, 3, 2);
    let sessions = [
        offered(1, "securite", monday.at(9, 0, 0, 0), 25, true),
        offered(2, "securite", monday.at(14, 0, 0, 0), 5, true),
        offered(3, "securite", date(2026, 3, 9).at(9, 0, 0, 0), 12, true),
        offered(4, "securite", date(2026, 3, 3).at(18, 0, 0, 0), 8, false),
    ];
    let path = path(&ready_for_security(), &sessions);
    let step = step(&path, "securite");
    assert_eq!(step.outcome, Outcome::Proposed);
    assert_eq!(step.proposals.len(), 1);
    assert_eq!(step.proposals[0].session, id(3));
    assert_eq!(step.proposals[0].km, Some(12));
    assert_eq!(
        step.proposals[0].why,
        [
            Why::Near { km: 12 },
            Why::SuitsYourWeek {
                cell: "monday-morning".to_owned()
            }
        ]
    );
    assert_eq!(step.waiting[0].session, id(4));
}

#[test]
fn full_and_absent_dates_are_told_apart() {
    let monday = date(2026, 3, 2);
    let full = [offered(1, "securite", monday.at(9, 0, 0, 0), 5, false)];
    let outcome = |sessions: &[Offered]| {
        step(&path(&ready_for_security(), sessions), "securite")
            .outcome
            .clone()
    };
    assert_eq!(outcome(&full), Outcome::Full);
    let far = [
        offered(1, "securite", monday.at(9, 0, 0, 0), 50, true),
        offered(2, "securite", monday.at(15, 0, 0, 0), 5, true),
    ];
    let missed = Missed {
        too_far: 1,
        wrong_time: 1,
        clashing: 0,
    };
    assert_eq!(outcome(&far), Outcome::Absent { missed });
    assert_eq!(
        outcome(&[]),
        Outcome::Absent {
            missed: Missed::default()
        }
    );
}

#[test]
fn a_seat_already_held_stays_and_what_was_attended_is_left_out() {
    let answers = answers(&[("profil", "artisan"), ("envies", "courriel securite")]);
    let mut profile = Profile::from_answers(&REAL.questionnaire, &answers);
    let monday = date(2026, 3, 2);
    profile.attended.insert("premiers-gestes".to_owned());
    profile.booked.push(Booked {
        session: id(9),
        module: "courriel".to_owned(),
        starts: monday.at(9, 0, 0, 0),
        ends: monday.at(11, 0, 0, 0),
    });
    let sessions = [
        offered(1, "securite", monday.at(10, 0, 0, 0), 5, true),
        offered(2, "securite", monday.at(14, 0, 0, 0), 5, true),
    ];
    let path = path_with(&answers, &profile, &sessions);
    assert!(!modules(&path).contains(&"premiers-gestes"));
    assert_eq!(
        step(&path, "courriel").outcome,
        Outcome::Booked { session: id(9) }
    );
    assert_eq!(step(&path, "securite").proposals[0].session, id(2));
}

#[test]
fn a_module_whose_basis_has_no_date_says_so() {
    let answers = answers(&[("profil", "artisan"), ("envies", "courriel")]);
    let sessions = [offered(
        1,
        "courriel",
        date(2026, 3, 2).at(9, 0, 0, 0),
        5,
        true,
    )];
    let path = path(&answers, &sessions);
    assert_eq!(step(&path, "courriel").undated_before, ["premiers-gestes"]);
}

#[test]
fn every_mistake_of_rules_is_told() {
    let text = r#"
        slug = "essai"
        version = 1
        questionnaire = "boutic"
        most_steps = 0
        prerequisite_reason = { fr = "Avant {modul}", en = "Before" }
        define = [{ name = "profil", when = "true" }]
        level = { from = [3, 2, 5], points = [{ when = "level > 1", points = 1 }] }
        known = [{ modules = ["rien"], when = "true" }]
        [[rules]]
        slug = "une"
        module = "nulle-part"
        priority = 200
        when = "'vendr' in envies"
        reason = { fr = "Vous {envies:vendr}", en = "" }
        [[rules]]
        slug = "une"
        module = "courriel"
        priority = 1
        when = "envies =="
        reason = { fr = "Vous {nulle}", en = "You {" }
    "#;
    let asked = [crate::questionnaire::tests::real_questionnaire()];
    let errors = Rules::parse(&REAL.catalogue, &asked, "essai.toml", text).unwrap_err();
    let told = errors.to_string();
    for part in [
        "essai.toml: most_steps: a path has",
        "prerequisite_reason.fr: {modul} means nothing here",
        "define[0].name: \"profil\" is taken",
        "level.from: the points",
        "level.points[0].when: \"level\" is neither",
        "known[0].modules[0]: unknown module",
        "rules[0].module: unknown module",
        "rules[0].priority: priorities go",
        "rules[0].when: \"vendr\" is no option",
        "rules[0].reason.fr: {envies:vendr}",
        "rules[0].reason.en: this text is missing",
        "rules[1].slug: \"une\" is there twice",
        "rules[1].when: this condition does not compile",
        "rules[1].reason.fr: {nulle}",
    ] {
        assert!(told.contains(part), "{part} not in:\n{told}");
    }
    let other = text.replace("\"boutic\"", "\"ailleurs\"");
    let errors = Rules::parse(&REAL.catalogue, &asked, "essai.toml", &other).unwrap_err();
    assert!(
        errors
            .to_string()
            .contains("unknown questionnaire \"ailleurs\"")
    );
}

/// One of the answers that a question can get, or none.
fn any_answer(question: &crate::questionnaire::Question) -> BoxedStrategy<Option<Answer>> {
    let values: Vec<String> = question.options.iter().map(|o| o.value.clone()).collect();
    let answer = match question.kind {
        QuestionKind::Single => proptest::sample::select(values)
            .prop_map(Answer::Choice)
            .boxed(),
        QuestionKind::Scale => proptest::sample::select(values)
            .prop_map(|step| Answer::Number(step.parse().unwrap()))
            .boxed(),
        QuestionKind::Multiple => {
            let most = values.len();
            proptest::sample::subsequence(values, 0..=most)
                .prop_map(|chosen| Answer::Choices(chosen.into_iter().collect()))
                .boxed()
        }
        QuestionKind::Grid => proptest::collection::vec(0_usize..17, 0..17)
            .prop_map(|cells| {
                let all: Vec<Cell> = Availability::OFFERED.cells().collect();
                Answer::Week(cells.into_iter().map(|cell| all[cell]).collect())
            })
            .boxed(),
        QuestionKind::Text => "[a-z{}]{1,20}".prop_map(Answer::Text).boxed(),
        QuestionKind::Commune => "62[0-9]{3}"
            .prop_map(|code| {
                Answer::Commune(CommuneAnswer {
                    name: code.clone(),
                    code,
                })
            })
            .boxed(),
        QuestionKind::Number => (0_i64..100).prop_map(Answer::Number).boxed(),
    };
    proptest::option::weighted(0.8, answer).boxed()
}

fn any_answers() -> impl Strategy<Value = Answers> {
    let questions: Vec<_> = REAL
        .questionnaire
        .questions()
        .map(|question| {
            let slug = question.slug.clone();
            any_answer(question).prop_map(move |answer| answer.map(|a| (slug.clone(), a)))
        })
        .collect();
    questions.prop_map(|answers| answers.into_iter().flatten().collect())
}

/// Sessions of any module, at any time of three weeks, near and far.
fn any_sessions() -> impl Strategy<Value = Vec<Offered>> {
    let slugs: Vec<String> = REAL.catalogue.modules().map(|m| m.slug.clone()).collect();
    let one = (
        proptest::sample::select(slugs),
        0_i32..21,
        8_i8..20,
        0_u32..40,
        any::<bool>(),
    );
    proptest::collection::vec(one, 0..120).prop_map(|sessions| {
        sessions
            .into_iter()
            .enumerate()
            .map(|(number, (module, day, hour, km, has_seats))| {
                let starts = (date(2026, 3, 2) + day.days()).at(hour, 0, 0, 0);
                offered(
                    u64::try_from(number).unwrap(),
                    &module,
                    starts,
                    km,
                    has_seats,
                )
            })
            .collect()
    })
}

fn check_order(path: &Pathway) -> Result<(), TestCaseError> {
    let order = modules(path);
    let once: BTreeSet<&str> = order.iter().copied().collect();
    prop_assert_eq!(once.len(), order.len(), "a module is there twice");
    for (place, slug) in order.iter().enumerate() {
        for before in REAL.catalogue.all_before(slug) {
            prop_assert!(!order[place..].contains(&before.slug.as_str()));
        }
    }
    Ok(())
}

fn overlap(a: &Proposal, b: &Proposal) -> bool {
    a.starts < b.ends && b.starts < a.ends
}

/// The plan of first dates can be followed, and stays so when one step takes another date.
fn check_dates(path: &Pathway, profile: &Profile, all: &[Offered]) -> Result<(), TestCaseError> {
    for (place, step) in path.steps.iter().enumerate() {
        prop_assert_eq!(
            step.outcome == Outcome::Proposed,
            !step.proposals.is_empty()
        );
        let before = REAL.catalogue.all_before(&step.module);
        for proposal in step.proposals.iter().chain(&step.waiting) {
            let session = all.iter().find(|o| o.session == proposal.session).unwrap();
            prop_assert_eq!(&session.module, &step.module);
            prop_assert!(profile.availability.covers_start(session.starts));
            let km: f64 = session.commune.parse().unwrap();
            prop_assert!(profile.travel_km.is_none_or(|most| km <= most));
            for (other_place, other) in path.steps.iter().enumerate() {
                let Some(first) = other.proposals.first() else {
                    continue;
                };
                if other_place != place {
                    prop_assert!(!overlap(proposal, first), "two at the same time");
                    if before.iter().any(|b| b.slug == other.module) {
                        prop_assert!(first.ends <= proposal.starts, "before its prerequisite");
                    }
                }
            }
        }
        for proposal in &step.proposals {
            let session = all.iter().find(|o| o.session == proposal.session).unwrap();
            prop_assert!(session.has_seats);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, rng_seed: RngSeed::Fixed(64), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_answers_give_a_path_that_can_be_followed(
        answers in any_answers(),
        sessions in any_sessions(),
    ) {
        let profile = Profile::from_answers(&REAL.questionnaire, &answers);
        let path = path_with(&answers, &profile, &sessions);
        prop_assert_eq!(&path, &path_with(&answers, &profile, &sessions), "not deterministic");
        prop_assert!(path.level <= 3);
        for step in &path.steps {
            let module = REAL.catalogue.module(&step.module).unwrap();
            prop_assert!(module.audience.admits(&profile.audiences), "reserved for others");
            prop_assert!(!step.reasons.is_empty(), "a step without a reason");
            for reason in &step.reasons {
                for language in Language::ALL {
                    let text = reason.text.get(language);
                    prop_assert!(!text.is_empty() && !text.contains('{'), "{}", text);
                    prop_assert!(!text.contains("pas de réponse") && !text.contains("no answer"));
                }
            }
        }
        check_order(&path)?;
        check_dates(&path, &profile, &sessions)?;
        let json = serde_json::to_string(&path).unwrap();
        prop_assert_eq!(serde_json::from_str::<Pathway>(&json).unwrap(), path);
    }

    #[test]
    fn whoever_says_who_they_are_gets_a_path(answers in any_answers()) {
        let told = !REAL.questionnaire.relevant(&answers).choices("profil").is_empty();
        let path = path(&answers, &[]);
        prop_assert_eq!(!path.steps.is_empty(), told);
        prop_assert!(path.steps.len() <= 12);
    }

    #[test]
    fn the_order_of_sessions_offered_does_not_matter(
        answers in any_answers(),
        sessions in any_sessions(),
    ) {
        let mut turned = sessions.clone();
        turned.reverse();
        prop_assert_eq!(path(&answers, &sessions), path(&answers, &turned));
    }
}

#[test]
fn a_tested_level_takes_the_place_of_the_told_one_and_both_are_known() {
    let beginner = answers(&[
        ("profil", "commercant"),
        ("aisance_ordinateur", "0"),
        ("internet", "jamais"),
    ]);
    let told = path(&beginner, &[]);
    assert_eq!((told.level, told.level_told), (0, 0));
    let profile = Profile {
        tested: Some(3),
        ..Profile::from_answers(&REAL.questionnaire, &beginner)
    };
    let tested = path_with(&beginner, &profile, &[]);
    assert_eq!((tested.level, tested.level_told), (3, 0));
    assert_ne!(modules(&tested), modules(&told));
}
