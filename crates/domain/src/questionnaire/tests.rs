use super::*;
use crate::catalogue::tests::real_vocabulary;
use crate::content::{assert_schema, real_files};
use crate::input::InputError;

pub(crate) fn real_questionnaire() -> Questionnaire {
    let files = real_files("questionnaires");
    let (name, text) = files.first().unwrap();
    Questionnaire::parse(&real_vocabulary(), name, text).unwrap_or_else(|e| panic!("{e}"))
}

fn find(entry: &str) -> Vec<CommuneAnswer> {
    let commune = |code: &str, name: &str| CommuneAnswer {
        code: code.to_owned(),
        name: name.to_owned(),
    };
    match entry {
        "62767" => vec![commune("62767", "Saint-Pol-sur-Ternoise")],
        "Beauvoir" => vec![
            commune("60056", "Beauvoir"),
            commune("62096", "Beauvoir-Wavans"),
        ],
        _ => Vec::new(),
    }
}

fn send(page: &str, raw: &[(&str, &str)], before: &Answers) -> PageEntry {
    let questionnaire = real_questionnaire();
    let raw: Vec<_> = raw
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    questionnaire.read_page(questionnaire.page(page).unwrap(), &raw, before, &find)
}

#[test]
fn the_published_schema_is_that_of_the_questionnaire() {
    assert_schema::<Form>("questionnaire");
}

#[test]
fn the_real_questionnaire_has_about_twenty_questions_and_every_role() {
    let questionnaire = real_questionnaire();
    assert!((18..=24).contains(&questionnaire.questions().count()));
    for role in [
        Role::Profile,
        Role::Sector,
        Role::Home,
        Role::Travel,
        Role::Availability,
        Role::Wish,
        Role::Needs,
    ] {
        assert!(questionnaire.with_role(role).is_some(), "{role:?}");
    }
    let text = format!("{:?}", questionnaire.form).to_lowercase();
    assert!(!text.contains("siret"), "nobody is asked for a SIRET");
    let sectors = &questionnaire.with_role(Role::Sector).unwrap().options;
    assert!((10..=13).contains(&sectors.len()));
}

#[test]
fn questions_for_others_are_not_asked() {
    let questionnaire = real_questionnaire();
    let asked = |profile: &str| -> Vec<String> {
        let answers = send("vous", &[("profil", profile)], &Answers::default()).answers;
        questionnaire
            .pages()
            .iter()
            .flat_map(|page| questionnaire.asked_on(page, &answers))
            .map(|question| question.slug.clone())
            .collect()
    };
    let (farmer, mayor) = (asked("agriculteur"), asked("elu"));
    assert!(farmer.contains(&"envies_ferme".to_owned()));
    assert!(!farmer.contains(&"envies_commune".to_owned()));
    assert!(mayor.contains(&"envies_commune".to_owned()));
    assert!(!mayor.contains(&"envies".to_owned()));
}

#[test]
fn a_page_with_a_mistake_keeps_what_was_typed_and_what_was_right() {
    let before = send(
        "ou",
        &[("commune", "62767"), ("distance", "10")],
        &Answers::default(),
    );
    assert!(before.is_sound());
    let entry = send(
        "ou",
        &[("commune", "Beauvoir"), ("distance", "20")],
        &before.answers,
    );
    assert!(matches!(
        entry.errors.get("commune"),
        Some(AnswerError::SeveralCommunes { among, .. }) if among.len() == 2
    ));
    assert_eq!(entry.typed["commune"], ["Beauvoir"]);
    assert_eq!(entry.answers.choice("distance"), Some("20"));
    assert_eq!(entry.answers.get("commune"), before.answers.get("commune"));
}

#[test]
fn entries_that_are_no_answers_are_refused_one_by_one() {
    let nothing = Answers::default();
    let entry = send("vous", &[("profil", " ")], &nothing);
    assert_eq!(entry.errors["profil"], AnswerError::Required);

    let entry = send(
        "pratique",
        &[
            ("aisance_ordinateur", "7"),
            ("aisance_telephone", "1"),
            ("aisance_telephone", "2"),
            ("internet", "<script>"),
        ],
        &nothing,
    );
    assert!(matches!(
        entry.errors["aisance_ordinateur"],
        AnswerError::UnknownOption { .. }
    ));
    assert_eq!(entry.errors["aisance_telephone"], AnswerError::OnlyOne);
    assert!(matches!(
        entry.errors["internet"],
        AnswerError::UnknownOption { .. }
    ));

    let entry = send(
        "outils",
        &[("usages", "rien"), ("usages", "courriel")],
        &nothing,
    );
    assert!(matches!(
        entry.errors["usages"],
        AnswerError::NotWithOthers { .. }
    ));

    let entry = send("quand", &[("disponibilites", "sunday-morning")], &nothing);
    assert!(matches!(
        entry.errors["disponibilites"],
        AnswerError::UnknownOption { .. }
    ));

    let entry = send(
        "ou",
        &[("commune", "Atlantide"), ("distance", "5")],
        &nothing,
    );
    assert!(matches!(
        entry.errors["commune"],
        AnswerError::UnknownCommune { .. }
    ));

    let long = "a".repeat(501);
    let entry = send("aide", &[("message", &long)], &nothing);
    assert_eq!(
        entry.errors["message"],
        AnswerError::Input(InputError::TooLong { max: 500 })
    );

    let shopkeeper = send("vous", &[("profil", "commercant")], &nothing).answers;
    let many = [
        "debuter",
        "materiel",
        "mobile",
        "courriel",
        "documents",
        "image",
        "site",
    ]
    .map(|value| ("envies", value));
    let entry = send("envies", &many, &shopkeeper);
    assert_eq!(
        entry.errors["envies"],
        AnswerError::TooMany { most: 6, chosen: 7 }
    );
}

#[test]
fn answers_left_behind_by_a_change_of_mind_do_not_count() {
    let questionnaire = real_questionnaire();
    let farmer = send("vous", &[("profil", "agriculteur")], &Answers::default()).answers;
    let farmer = send("envies", &[("envies_ferme", "pac")], &farmer).answers;
    assert_eq!(
        questionnaire.relevant(&farmer).choices("envies_ferme"),
        ["pac"]
    );
    let shopkeeper = send("vous", &[("profil", "commercant")], &farmer).answers;
    assert!(
        questionnaire
            .relevant(&shopkeeper)
            .choices("envies_ferme")
            .is_empty()
    );
}

#[test]
fn it_is_complete_when_every_needed_answer_is_there() {
    let questionnaire = real_questionnaire();
    let mut answers = Answers::default();
    assert!(!questionnaire.is_complete(&answers));
    for (page, raw) in [
        ("vous", &[("profil", "artisan")][..]),
        (
            "pratique",
            &[
                ("aisance_ordinateur", "1"),
                ("aisance_telephone", "2"),
                ("internet", "souvent"),
            ],
        ),
        (
            "quand",
            &[
                ("disponibilites", "monday-morning"),
                ("disponibilites", "saturday-morning"),
            ],
        ),
        ("ou", &[("commune", "62767"), ("distance", "20")]),
    ] {
        let progress = questionnaire.progress(&answers);
        assert!(
            progress
                .iter()
                .any(|p| p.page.slug == page && !p.missing.is_empty())
        );
        let entry = send(page, raw, &answers);
        assert!(entry.is_sound(), "{:?}", entry.errors);
        answers = entry.answers;
    }
    assert!(questionnaire.is_complete(&answers));
    let json = serde_json::to_string(&answers).unwrap();
    assert_eq!(serde_json::from_str::<Answers>(&json).unwrap(), answers);
}

#[test]
fn every_mistake_of_a_questionnaire_is_told() {
    let text = r#"
        slug = "essai"
        version = 0
        title = { fr = "Essai", en = "" }
        intro = { fr = "Essai", en = "Trial" }
        [[pages]]
        slug = "une"
        title = { fr = "Une", en = "One" }
        [[pages.questions]]
        slug = "qui-etes-vous"
        kind = "text"
        label = { fr = "Qui ?", en = "Who?" }
        role = "home"
        options = [{ value = "a", label = { fr = "A", en = "A" } }]
        [[pages.questions]]
        slug = "age"
        kind = "number"
        least = 10
        most = 5
        label = { fr = "Age ?", en = "Age?" }
        [[pages.questions]]
        slug = "suite"
        kind = "single"
        shown_if = "age > 3"
        label = { fr = "Suite ?", en = "Next?" }
        options = [{ value = "a", label = { fr = "A", en = "A" } }, { value = "a", label = { fr = "A", en = "" } }]
    "#;
    let errors = Questionnaire::parse(&real_vocabulary(), "essai.toml", text).unwrap_err();
    let told = errors.to_string();
    for part in [
        "essai.toml: version: versions count from 1",
        "title.en: this text is missing",
        "questions[0].slug: \"qui-etes-vous\" cannot be used in conditions",
        "questions[0].role: this role does not go",
        "questions[0].options: this kind of question has no options",
        "questions[1].most: this leaves no answer possible",
        "questions[2].shown_if: \"age\" is neither",
        "questions[2].options[1].value: \"a\" is there twice",
        "questions[2].options[1].label.en: this text is missing",
    ] {
        assert!(told.contains(part), "{part} not in:\n{told}");
    }
}
