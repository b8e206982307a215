use proptest::prelude::*;

use super::*;

/// Text with everything that means something in the format.
fn words() -> impl Strategy<Value = String> {
    "[a-zà-ü0-9~=#{}:\\\\\\[%/$\n!?' -]{0,24}[a-z~=#{}:\\\\%]".prop_filter_map(
        "trimmed, without an arrow",
        |text| {
            let text = text.trim_matches(|c: char| c.is_whitespace()).to_owned();
            (!text.is_empty() && !text.contains("->")).then_some(text)
        },
    )
}

fn text() -> impl Strategy<Value = Text> {
    let format = prop_oneof![
        4 => Just(None),
        1 => prop::sample::select(Format::ALL.to_vec()).prop_map(Some),
    ];
    (format, words()).prop_map(|(format, text)| Text { format, text })
}

fn feedback() -> impl Strategy<Value = Option<Text>> {
    prop::option::of(text())
}

fn choice(weight: impl Strategy<Value = f64>) -> impl Strategy<Value = Choice> {
    (text(), weight, feedback()).prop_map(|(text, weight, feedback)| Choice {
        text,
        weight,
        feedback,
    })
}

fn with_right(rest: Vec<Choice>, mut right: Choice, place: usize) -> Vec<Choice> {
    right.weight = 100.0;
    let mut choices = rest;
    let place = place % (choices.len() + 1);
    choices.insert(place, right);
    choices
}

fn numbers() -> impl Strategy<Value = Numbers> {
    prop_oneof![
        (-1e6..1e6f64, 0.0..10.0f64)
            .prop_map(|(value, tolerance)| Numbers::Near { value, tolerance }),
        (-1e6..1e6f64, 0.0..1e3f64).prop_map(|(low, wide)| Numbers::Between {
            low,
            high: low + wide
        }),
    ]
}

fn kind() -> impl Strategy<Value = Kind> {
    let partly = prop::sample::select(vec![-50.0, 0.0, 33.333, 50.0]);
    let short = prop::sample::select(vec![0.0, 50.0, 100.0]);
    let multiple = prop::collection::vec(choice(prop::sample::select(vec![-25.0, 0.0])), 0..3);
    let numeric = (numbers(), short.clone(), feedback())
        .prop_map(|(numbers, weight, feedback)| NumericAnswer {
            numbers,
            weight,
            feedback,
        })
        .boxed();
    prop_oneof![
        (
            prop::collection::vec(choice(partly), 1..4),
            choice(Just(100.0)),
            0..4usize
        )
            .prop_map(|(rest, right, place)| Kind::Single(with_right(rest, right, place))),
        (multiple, choice(Just(50.0)), choice(Just(50.0))).prop_map(|(mut all, one, two)| {
            all.extend([one, two]);
            Kind::Multiple(all)
        }),
        (any::<bool>(), feedback(), feedback()).prop_map(|(right, if_wrong, if_right)| {
            Kind::TrueFalse {
                right,
                if_wrong,
                if_right,
            }
        }),
        (
            prop::collection::vec(choice(short), 0..3),
            choice(Just(100.0)),
            0..4usize
        )
            .prop_map(|(rest, right, place)| Kind::Short(with_right(rest, right, place))),
        (
            numeric.clone(),
            prop::collection::vec(numeric, 0..2),
            feedback()
        )
            .prop_map(|(mut first, rest, otherwise)| {
                first.weight = 100.0;
                let mut answers = vec![first];
                answers.extend(rest);
                Kind::Numeric { answers, otherwise }
            }),
        prop::collection::vec(
            (text(), words()).prop_map(|(left, right)| Pair { left, right }),
            2..5
        )
        .prop_map(Kind::Matching),
        Just(Kind::Description),
    ]
}

fn question() -> impl Strategy<Value = Question> {
    (
        prop::option::of(words()),
        prop::option::of(words()),
        text(),
        prop::option::of(words()),
        kind(),
        feedback(),
    )
        .prop_map(|(category, title, text, after, kind, feedback)| {
            let answered = kind != Kind::Description;
            Question {
                category,
                title,
                text,
                after: after.filter(|_| answered).unwrap_or_default(),
                kind,
                feedback: feedback.filter(|_| answered),
            }
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_back_alike(questions in prop::collection::vec(question(), 1..4)) {
        let file = write(&questions);
        let import = read(&file);
        prop_assert_eq!(&import.problems, &Vec::new(), "{}", file);
        prop_assert_eq!(import.good_only(), questions, "{}", file);
    }

    #[test]
    fn no_file_whatever_makes_the_reader_stumble(file in "[a-z~=#{}:\\\\%\\[\\]>\n/$. 0-9-]{0,200}") {
        let import = read(&file);
        let lines = file.lines().count();
        for problem in &import.problems {
            prop_assert!((1..=lines).contains(&problem.line));
        }
        let again = read(&write(&import.clone().good_only()));
        prop_assert_eq!(again.problems, Vec::new());
    }
}
