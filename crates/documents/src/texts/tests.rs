use super::*;

fn read(fr: &str, en: &str) -> Texts {
    Texts::read(&[
        (Language::Fr, "demo".to_owned(), fr.to_owned()),
        (Language::En, "demo".to_owned(), en.to_owned()),
    ])
}

/// The gate of every locale file.
#[test]
fn locale_files_have_the_same_keys_and_variables_in_both_languages_and_no_key_twice() {
    let texts = Texts::read(&embedded_files());
    assert!(texts.problems().is_empty(), "{:#?}", texts.problems());
    assert!(texts.keys(Language::Fr).count() > 0);
}

#[test]
fn a_missing_a_doubled_a_misnamed_and_a_differing_message_are_each_told() {
    let texts = read(
        "demo-a = { $n }\ndemo-b = B\ndemo-b = B\nother = x\ndemo-only = x\n",
        "demo-a = { $m }\ndemo-b = B\nother = x\ndemo-late = x\n",
    );
    let told = texts.problems().join("\n");
    for expected in [
        "“demo-a”: variables {\"n\"} in French, {\"m\"} in English",
        "fr/demo.ftl: “demo-b” is there twice",
        "fr/demo.ftl: “other” must begin with “demo-”",
        "“demo-only” is missing in English",
        "“demo-late” is missing in French",
    ] {
        assert!(told.contains(expected), "{expected}\nnot in\n{told}");
    }
}

#[test]
fn a_syntax_error_and_an_unknown_reference_are_told() {
    let texts = read("demo-a = { $n\n", "demo-a = { demo-nowhere }\n");
    assert!(
        texts
            .problems()
            .iter()
            .any(|problem| problem.starts_with("fr/demo.ftl"))
    );
    assert!(
        texts
            .problems()
            .iter()
            .any(|problem| problem.contains("demo-nowhere"))
    );
}

#[test]
fn variables_of_inserted_messages_count_as_needed() {
    let source = "demo-inner = { $name }\ndemo-outer = Bonjour { demo-inner }\n";
    let texts = read(source, source);
    assert_eq!(
        texts
            .variables(Language::Fr, "demo-outer")
            .collect::<Vec<_>>(),
        ["name"]
    );
    assert_eq!(
        texts.format(Language::Fr, "demo-outer", &[("name", "Zoé".into())]),
        "Bonjour Zoé"
    );
}

#[test]
fn french_counts_nought_as_singular_and_english_as_plural() {
    let fr =
        "demo-seats = { $n ->\n  [one] { $n } place libre\n *[other] { $n } places libres\n}\n";
    let en = "demo-seats = { $n ->\n  [one] { $n } free seat\n *[other] { $n } free seats\n}\n";
    let texts = read(fr, en);
    let seats = |language, n: i32| texts.format(language, "demo-seats", &[("n", n.into())]);
    assert_eq!(seats(Language::Fr, 0), "0 place libre");
    assert_eq!(seats(Language::Fr, 1), "1 place libre");
    assert_eq!(seats(Language::Fr, 1500), "1\u{202f}500 places libres");
    assert_eq!(seats(Language::En, 0), "0 free seats");
    assert_eq!(seats(Language::En, 1), "1 free seat");
    assert_eq!(seats(Language::En, 1500), "1,500 free seats");
}

#[test]
fn texts_are_inserted_without_isolation_marks() {
    let texts = read(
        "demo-hi = Bonjour { $name } !\n",
        "demo-hi = Hello { $name }!\n",
    );
    assert_eq!(
        texts.format(Language::En, "demo-hi", &[("name", "<b>".into())]),
        "Hello <b>!"
    );
}

#[test]
#[should_panic(expected = "no text “demo-nothing” in fr")]
fn an_unknown_key_stops_a_test() {
    let _ = read("demo-a = a\n", "demo-a = a\n").get(Language::Fr, "demo-nothing");
}

#[test]
#[should_panic(expected = "demo-a")]
fn a_forgotten_variable_stops_a_test() {
    let _ = read("demo-a = { $n }\n", "demo-a = { $n }\n").get(Language::Fr, "demo-a");
}

#[test]
fn a_key_made_from_data_may_be_unknown() {
    let texts = read("demo-a = a\n", "demo-a = b\n");
    assert_eq!(texts.find(Language::En, "demo-a").as_deref(), Some("b"));
    assert_eq!(texts.find(Language::En, "demo-z"), None);
}

#[test]
fn french_punctuation_is_held_to_its_word() {
    let texts = read(
        "demo-a = Prêt ? Oui ! Note : « { $x } » ; fin\n",
        "demo-a = Ready : « { $x } » ?\n",
    );
    assert_eq!(
        texts.format(Language::Fr, "demo-a", &[("x", "a : b".into())]),
        "Prêt\u{202f}? Oui\u{202f}! Note\u{a0}: «\u{a0}a : b\u{a0}»\u{202f}; fin"
    );
    assert_eq!(
        texts.format(Language::En, "demo-a", &[("x", "y".into())]),
        "Ready : « y » ?"
    );
}
