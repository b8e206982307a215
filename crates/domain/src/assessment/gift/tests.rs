use super::*;

fn one(file: &str) -> Question {
    let questions = read(file)
        .all()
        .unwrap_or_else(|problems| panic!("{problems:?}"));
    assert_eq!(questions.len(), 1, "{questions:?}");
    questions.into_iter().next().unwrap()
}

fn reason(file: &str) -> Reason {
    let problems = read(file).all().unwrap_err();
    assert_eq!(problems.len(), 1, "{problems:?}");
    problems.into_iter().next().unwrap().reason
}

fn labels(choices: &[Choice]) -> Vec<(&str, f64)> {
    choices
        .iter()
        .map(|choice| (choice.text.text.as_str(), choice.weight))
        .collect()
}

#[test]
fn one_answer_of_several_with_feedback() {
    let question = one("::Port:: Quel port sert au web chiffré ? {\n\
        ~80 # C’est le web en clair.\n=443 # Oui.\n~%50%8443\n####Voir la fiche 3.\n}");
    assert_eq!(question.title.as_deref(), Some("Port"));
    assert_eq!(question.text, Text::new("Quel port sert au web chiffré ?"));
    let Kind::Single(choices) = &question.kind else {
        panic!("{question:?}")
    };
    assert_eq!(
        labels(choices),
        [("80", 0.0), ("443", 100.0), ("8443", 50.0)]
    );
    assert_eq!(choices[1].feedback, Some(Text::new("Oui.")));
    assert_eq!(choices[2].feedback, None);
    assert_eq!(question.feedback, Some(Text::new("Voir la fiche 3.")));
}

#[test]
fn several_answers_with_weights() {
    let question = one("Lesquels ? {~%50%Un ~%-100%Deux ~%50%Trois}");
    let Kind::Multiple(choices) = &question.kind else {
        panic!("{question:?}")
    };
    assert_eq!(
        labels(choices),
        [("Un", 50.0), ("Deux", -100.0), ("Trois", 50.0)]
    );
    assert!(matches!(
        one("a {~%33.333%x ~%33.333%y ~%33.333%z}").kind,
        Kind::Multiple(_)
    ));
}

#[test]
fn true_or_false_in_all_spellings() {
    for (file, wanted) in [
        ("a{T}", true),
        ("a{ true }", true),
        ("a{FALSE}", false),
        ("a{F#Si.#Bravo.}", false),
    ] {
        let Kind::TrueFalse { right, .. } = one(file).kind else {
            panic!("{file}")
        };
        assert_eq!(right, wanted, "{file}");
    }
    let Kind::TrueFalse {
        if_wrong, if_right, ..
    } = one("a{F#Si.#Bravo.}").kind
    else {
        panic!()
    };
    assert_eq!(
        (if_wrong, if_right),
        (Some(Text::new("Si.")), Some(Text::new("Bravo.")))
    );
}

#[test]
fn words_to_type_and_a_missing_word() {
    let question = one("Un {=navigateur =%50%butineur#Rare.} sert à lire des pages.");
    assert_eq!(question.text.text, "Un");
    assert_eq!(question.after, "sert à lire des pages.");
    let Kind::Short(choices) = &question.kind else {
        panic!("{question:?}")
    };
    assert_eq!(labels(choices), [("navigateur", 100.0), ("butineur", 50.0)]);
}

#[test]
fn numbers_ranges_and_tolerances() {
    let near = |value, tolerance| Numbers::Near { value, tolerance };
    for (file, wanted) in [
        ("a{#5}", near(5.0, 0.0)),
        ("a{#2.14:0.01}", near(2.14, 0.01)),
        ("a{#2,14:0,01#bien}", near(2.14, 0.01)),
        (
            "a{#-2..1e2}",
            Numbers::Between {
                low: -2.0,
                high: 100.0,
            },
        ),
        ("a{# 1 200 : 50 }", near(1200.0, 50.0)),
    ] {
        let Kind::Numeric { answers, .. } = one(file).kind else {
            panic!("{file}")
        };
        assert_eq!(answers[0].numbers, wanted, "{file}");
    }
    let Kind::Numeric { answers, otherwise } =
        one("a{#\n=1822:0#Oui.\n=%50%1820:2#Presque.\n~#Non.\n}").kind
    else {
        panic!()
    };
    assert_eq!((answers.len(), answers[1].weight), (2, 50.0));
    assert_eq!(otherwise, Some(Text::new("Non.")));
}

#[test]
fn pairs_to_match() {
    let Kind::Matching(pairs) = one("Reliez {\n=[html]<b>A</b> -> 1\n=B->2\n= -> 3\n}").kind else {
        panic!()
    };
    assert_eq!(pairs.len(), 3);
    assert_eq!(pairs[0].left.format, Some(Format::Html));
    assert_eq!(
        (pairs[1].left.text.as_str(), pairs[1].right.as_str()),
        ("B", "2")
    );
    assert!(pairs[2].left.is_empty());
}

#[test]
fn comments_categories_formats_escapes_and_odd_line_ends() {
    let file = "\u{feff}// un commentaire\r\n$CATEGORY: $course$/top/Réseau\r\n\r\n\
        ::Q1::[markdown]Que vaut 2 \\+ 2 \\= ? \\{*\\}\\n**vite** {\r\n// au milieu\r\n=4 \\~ quatre ~5}\r\n\r\n\r\n\
        $CATEGORY:Autre\r\nUn texte seul.\r\n";
    let questions = read(file).all().unwrap();
    assert_eq!(
        questions[0].category.as_deref(),
        Some("$course$/top/Réseau")
    );
    assert_eq!(questions[0].text.format, Some(Format::Markdown));
    assert_eq!(questions[0].text.text, "Que vaut 2 \\+ 2 = ? {*}\n**vite**");
    let Kind::Single(choices) = &questions[0].kind else {
        panic!()
    };
    assert_eq!(choices[0].text.text, "4 ~ quatre");
    assert_eq!(questions[1].category.as_deref(), Some("Autre"));
    assert_eq!(questions[1].kind, Kind::Description);
}

#[test]
fn what_cannot_be_used_says_why() {
    for (file, wanted) in [
        ("Racontez. {}", Reason::Essay),
        ("a {=b", Reason::NoClosingBrace),
        ("a {=b {=c", Reason::NoClosingBrace),
        ("a =b}", Reason::NoOpeningBrace),
        ("a {=b} c {=d}", Reason::TwoGroups),
        ("::titre a {=b}", Reason::EndlessTitle),
        ("a {b =c}", Reason::AnswerWithoutSign),
        ("a {b}", Reason::AnswerWithoutSign),
        ("a {= ~b}", Reason::EmptyAnswer),
        ("a {~b}", Reason::TooFewChoices),
        ("a {~b ~c}", Reason::NoRightAnswer),
        ("a {=%50%b ~c}", Reason::NothingIsWorthAll),
        ("a {=%50%b}", Reason::NothingIsWorthAll),
        (
            "a {~%50%b ~%30%c}",
            Reason::WeightsDoNotAddUp("80.0".to_owned()),
        ),
        ("a {~%x%b =c}", Reason::BadWeight("x".to_owned())),
        ("a {~%500%b =c}", Reason::BadWeight("500".to_owned())),
        ("a {#cinq}", Reason::BadNumber("cinq".to_owned())),
        ("a {#1:-2}", Reason::BadNumber("-2".to_owned())),
        ("a {#9..1}", Reason::RangeUpsideDown),
        ("a {#=5 ~4#non}", Reason::WrongNumber),
        ("a {=b -> c =d}", Reason::PairWithoutArrow),
        ("a {=b -> c}", Reason::TooFewPairs),
        ("{=b ~c}", Reason::NoText),
    ] {
        assert_eq!(reason(file), wanted, "{file}");
    }
}

#[test]
fn good_questions_are_kept_only_when_asked() {
    let file =
        "Bonne {=a ~b}\n\nMauvaise : sans réponse {}\n\n// note\n\n::Autre::Bonne aussi {T}\n";
    let import = read(file);
    assert_eq!(
        import
            .good
            .iter()
            .map(|placed| placed.line)
            .collect::<Vec<_>>(),
        [1, 7]
    );
    let problems = import.clone().all().unwrap_err();
    assert_eq!(problems.len(), 1);
    assert_eq!(
        (problems[0].line, problems[0].name.as_str()),
        (3, "Mauvaise")
    );
    assert!(
        problems[0]
            .to_string()
            .starts_with("line 3: this is an essay")
    );
    assert_eq!(import.good_only().len(), 2);
}

#[test]
fn an_empty_line_inside_a_question_is_explained() {
    let import = read("a {\n=b\n\n~c\n}\n");
    let told: Vec<(usize, &Reason)> = import
        .problems
        .iter()
        .map(|p| (p.line, &p.reason))
        .collect();
    assert_eq!(
        told,
        [(1, &Reason::NoClosingBrace), (4, &Reason::NoOpeningBrace)]
    );
}

#[test]
fn files_are_written_as_moodle_writes_them() {
    let question = one("::T\\:1::Combien {=un#oui ~deux ####Fin}");
    assert_eq!(
        write(&[question]),
        "::T\\:1::Combien {\n\t=un#oui\n\t~deux\n\t####Fin\n}\n\n"
    );
}

#[test]
fn an_arrow_where_the_format_knows_none_is_drawn() {
    let question = Question {
        category: None,
        title: None,
        text: Text::new("a"),
        after: String::new(),
        kind: Kind::Short(vec![Choice {
            text: Text::new("x -> y"),
            weight: 100.0,
            feedback: None,
        }]),
        feedback: None,
    };
    let Kind::Short(choices) = one(&write(&[question])).kind else {
        panic!()
    };
    assert_eq!(choices[0].text.text, "x → y");
}
