use crate::assessment::gift::{self, Format, Question, Reason, Text};
use crate::assessment::marking::Answer;

use super::*;

const FILE: &str = "
::Mot de passe:: Quel mot de passe est le plus sûr ? {
 =une phrase de quatre mots#Oui, et elle se retient.
 ~azerty
 ~%50%azerty2026
}

Que peut-on joindre ? {
 ~%50%une photo
 ~%50%un devis
 ~%-50%une chaise
}

Le cadenas prouve que le site est honnête. {F#Il prouve seulement que la liaison est secrète.}

Le signe @ se dit {=arobase =arrobase =%50%at} en français.

Combien de signes au moins ? {#12:1}

Associez {
 =Répondre -> à une personne
 =Répondre à tous -> à tout le monde
 = -> à personne
}

Un texte entre deux questions.
";

fn questions() -> Vec<Question> {
    gift::read(FILE).all().unwrap()
}

fn sent<'a>(pairs: &'a [(&'a str, &'a str)]) -> impl Fn(Option<usize>) -> Vec<&'a str> {
    move |pair| {
        let name = pair.map_or_else(String::new, |pair| pair.to_string());
        pairs
            .iter()
            .filter(|(key, _)| *key == name)
            .map(|(_, value)| *value)
            .collect()
    }
}

#[test]
fn the_nearest_quizzes_are_offered_and_no_others() {
    let session = Given {
        session: "s",
        module: "courriel",
        trainer: Some("t"),
    };
    let quiz = |module, session, trainer| Belongs {
        module,
        session,
        trainer,
    };
    let of = |quiz| reach(quiz, session);
    assert_eq!(of(quiz("courriel", None, None)), Some(Reach::Module));
    assert_eq!(of(quiz("courriel", None, Some("t"))), Some(Reach::Trainer));
    assert_eq!(
        of(quiz("courriel", Some("s"), Some("x"))),
        Some(Reach::Session)
    );
    assert_eq!(of(quiz("courriel", Some("other"), None)), None);
    assert_eq!(of(quiz("courriel", None, Some("other"))), None);
    assert_eq!(of(quiz("securite", None, None)), None);
    let all = vec![(Reach::Module, 1), (Reach::Trainer, 2), (Reach::Trainer, 3)];
    assert_eq!(nearest(all), [2, 3]);
    assert_eq!(nearest::<u8>(Vec::new()), [0_u8; 0]);
}

#[test]
fn answers_keep_their_order_whatever_happens_to_other_questions() {
    let questions = questions();
    let all = put("quiz", &questions);
    let numbers: Vec<_> = all.iter().map(|put| put.number).collect();
    assert_eq!(
        numbers,
        [Some(1), Some(2), Some(3), Some(4), Some(5), Some(6), None]
    );
    let alone = put_one("quiz", 0, Some(1), &questions[0]);
    assert_eq!(all[0], alone);
    let orders: std::collections::BTreeSet<Vec<usize>> = (0..40)
        .map(
            |quiz| match put(&quiz.to_string(), &questions)[0].asked.clone() {
                Asked::One(choices) => choices.iter().map(|choice| choice.place).collect(),
                other => panic!("{other:?}"),
            },
        )
        .collect();
    assert_eq!(orders.len(), 6, "every order of three occurs");
}

#[test]
fn right_sides_are_offered_once_each_by_alphabet_with_those_that_mislead() {
    let questions = questions();
    let Asked::Pairs { left, right } = put("quiz", &questions)[5].asked.clone() else {
        panic!("pairs");
    };
    assert_eq!(left.len(), 2);
    let texts: Vec<_> = right.iter().map(|one| one.text.as_str()).collect();
    assert_eq!(texts, ["à personne", "à tout le monde", "à une personne"]);
}

#[test]
fn a_form_is_read_and_what_is_wrong_is_named() {
    let questions = questions();
    let of = |place: usize, pairs: &[(&str, &str)]| read(&questions[place], sent(pairs)).unwrap();
    assert_eq!(of(0, &[("", "2")]).answer, Some(Answer::Choice(2)));
    assert_eq!(of(0, &[]).wrong, Some(Unreadable::Missing));
    assert_eq!(of(0, &[("", "3")]).wrong, Some(Unreadable::NotOffered));
    assert_eq!(of(0, &[("", "-1")]).wrong, Some(Unreadable::NotOffered));
    assert_eq!(
        of(1, &[("", "0"), ("", "1")]).answer,
        Some(Answer::Choices(vec![0, 1]))
    );
    assert_eq!(of(2, &[("", "false")]).answer, Some(Answer::Truth(false)));
    assert_eq!(of(2, &[("", "maybe")]).wrong, Some(Unreadable::NotOffered));
    assert_eq!(
        of(3, &[("", "  Arobase ")]).answer,
        Some(Answer::Typed("Arobase".into()))
    );
    let long = "x".repeat(LONGEST_ANSWER + 1);
    assert_eq!(of(3, &[("", &long)]).wrong, Some(Unreadable::NotAnAnswer));
    assert_eq!(
        of(3, &[("", "a\u{0}b")]).wrong,
        Some(Unreadable::NotAnAnswer)
    );
    assert_eq!(of(4, &[("", "douze")]).wrong, Some(Unreadable::NotANumber));
    assert_eq!(of(4, &[("", "12,5")]).wrong, None);
    let half = of(5, &[("0", "1")]);
    assert_eq!(half.wrong, Some(Unreadable::Missing));
    assert_eq!(half.answer, Some(Answer::Pairs(vec![Some(1), None, None])));
    assert!(read(&questions[6], sent(&[])).is_none());
}

#[test]
fn a_sheet_is_worth_the_mean_of_its_questions() {
    let questions = questions();
    let answers = vec![
        Some(Answer::Choice(0)),
        Some(Answer::Choices(vec![0])),
        Some(Answer::Truth(false)),
        Some(Answer::Typed("AROBASE".into())),
        None,
        // Forged: worth nothing.
        Some(Answer::Choice(9)),
    ];
    let score = score(&questions, &answers);
    assert_eq!((score.right, score.asked), (3, 6));
    assert_eq!(score.permille, 583);
    assert_eq!(super::score(&[], &[]).permille, 0);
}

#[test]
fn letters_from_paper_mean_what_stands_on_the_sheet() {
    let questions = questions();
    let all = put("quiz", &questions);
    let typed = |place: usize, keys: &str| read_keys(&all[place], &questions[place], keys);
    let Asked::One(choices) = &all[0].asked else {
        panic!("one");
    };
    assert_eq!(typed(0, "b").answer, Some(Answer::Choice(choices[1].place)));
    assert_eq!(typed(0, "d").wrong, Some(Unreadable::NotOffered));
    assert_eq!(typed(0, "ab").wrong, Some(Unreadable::OtherCount));
    assert_eq!(typed(2, "F").answer, Some(Answer::Truth(false)));
    assert_eq!(typed(2, "vrai").answer, Some(Answer::Truth(true)));
    assert_eq!(typed(4, "12 signes").wrong, Some(Unreadable::NotANumber));
    assert_eq!(typed(5, "c").wrong, Some(Unreadable::OtherCount));
    assert_eq!(
        typed(5, "c -").answer,
        Some(Answer::Pairs(vec![Some(0), None, None]))
    );
    assert_eq!(typed(1, "").wrong, Some(Unreadable::Missing));
    // What was typed is what is shown again.
    for (place, keys_typed) in [(0, "B"), (1, "AC"), (2, "V"), (3, "arobase"), (5, "CB")] {
        let answer = typed(place, keys_typed).answer.unwrap();
        assert_eq!(keys(&all[place], &answer, 'V', 'F'), keys_typed);
    }
}

#[test]
fn corrections_say_what_was_right_and_what_was_said() {
    let questions = questions();
    let texts = |said: Option<Said>| match said {
        Some(Said::Texts(texts)) => texts,
        other => panic!("{other:?}"),
    };
    assert_eq!(texts(right(&questions[0])), ["une phrase de quatre mots"]);
    assert_eq!(texts(right(&questions[1])), ["une photo", "un devis"]);
    assert_eq!(texts(right(&questions[3])), ["arobase", "arrobase"]);
    assert_eq!(right(&questions[2]), Some(Said::Truth(false)));
    assert_eq!(
        right(&questions[5]),
        Some(Said::Pairs(vec![
            ("Répondre".into(), Some("à une personne".into())),
            ("Répondre à tous".into(), Some("à tout le monde".into())),
        ]))
    );
    assert_eq!(texts(said(&questions[0], &Answer::Choice(1))), ["azerty"]);
    assert_eq!(said(&questions[0], &Answer::Truth(true)), None);
    assert_eq!(right(&questions[6]), None);
}

#[test]
fn markup_of_strangers_becomes_plain_text() {
    let html = |text: &str| {
        shown(&Text {
            format: Some(Format::Html),
            text: text.into(),
        })
    };
    assert_eq!(
        html("<p>Bonjour <b>&eacute;cran</b></p><p>1 &lt; 2 &amp;&#39;</p>"),
        "Bonjour écran\n1 < 2 &'"
    );
    assert_eq!(html("<script>alert(1)</script>"), "alert(1)");
    assert_eq!(html("<img src=x onerror=alert(1)>"), "");
    assert_eq!(html("a <b"), "a <b");
    assert_eq!(html("2 < 3 > 1 &bogus; &#0;"), "2 < 3 > 1 &bogus; &#0;");
    // Without a format a text is what it says: questions about HTML must stay readable.
    assert_eq!(shown(&Text::new("La balise <p>")), "La balise <p>");
    assert_eq!(tidy("a\u{202e}b\r\nc\u{0}d\te"), "ab\ncd\te");
}

#[test]
fn every_kind_of_question_goes_through_the_form_and_back() {
    for question in questions() {
        let draft = Draft::of(&question);
        assert!(KINDS.contains(&draft.kind.as_str()));
        assert_eq!(draft.question(Some(&question)).unwrap(), question);
    }
    let range = gift::read("Entre ? {#3..5}").all().unwrap();
    let again = Draft::of(&range[0]).question(None).unwrap();
    assert_eq!(Draft::of(&again).rows[0].other, "1");
}

#[test]
fn a_form_cannot_make_what_a_file_could_not_hold() {
    let reason = |draft: &Draft| draft.question(None).unwrap_err();
    let row = |text: &str, worth: &str| Row {
        text: text.into(),
        worth: worth.into(),
        ..Row::default()
    };
    let mut draft = Draft::new("single");
    assert_eq!(reason(&draft), Reason::NoText);
    draft.text = "Quoi ?".into();
    draft.rows = vec![row("ceci", "yes")];
    assert_eq!(reason(&draft), Reason::NoRightAnswer);
    draft.rows.push(row("cela", "no"));
    assert!(draft.question(None).is_ok());
    draft.rows[0].worth = "no".into();
    assert_eq!(reason(&draft), Reason::NoRightAnswer);
    draft.rows[0].worth = "120".into();
    assert_eq!(reason(&draft), Reason::BadWeight("120".into()));
    draft.kind = "multiple".into();
    draft.rows = vec![
        row("a", "yes"),
        row("b", "yes"),
        row("c", "yes"),
        row("d", "no"),
    ];
    let question = draft.question(None).unwrap();
    assert_eq!(Draft::of(&question).rows[3].worth, "no");
    draft.kind = "number".into();
    draft.rows = vec![row("douze", "yes")];
    assert_eq!(reason(&draft), Reason::BadNumber("douze".into()));
    draft.kind = "matching".into();
    draft.rows = vec![Row {
        text: "a".into(),
        other: "b".into(),
        ..Row::default()
    }];
    assert_eq!(reason(&draft), Reason::TooFewPairs);
    // Hostile signs are text like any other.
    let mut draft = Draft::new("words");
    draft.text = "{~=#} :: // $CATEGORY: \\n".into();
    draft.rows = vec![row("=~#{}%50%", "yes")];
    let question = draft.question(None).unwrap();
    let read = gift::read(&gift::write(std::slice::from_ref(&question)));
    assert_eq!(read.good[0].question, question);
}
