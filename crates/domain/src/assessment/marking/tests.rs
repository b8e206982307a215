use super::*;
use crate::assessment::gift::read;

fn question(file: &str) -> Question {
    read(file).all().unwrap().remove(0)
}

fn score(file: &str, answer: &Answer) -> f64 {
    mark(&question(file), Some(answer)).unwrap().score
}

fn typed(text: &str) -> Answer {
    Answer::Typed(text.to_owned())
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-6
}

#[test]
fn a_choice_is_worth_its_weight_and_tells_its_feedback() {
    let question = question("a {=oui#Bravo. ~non#Non. ~%50%peut-être ####Fiche 2.}");
    let told = |place| {
        let mark = mark(&question, Some(&Answer::Choice(place))).unwrap();
        let words: Vec<String> = mark.feedback.iter().map(|t| t.text.clone()).collect();
        (mark.score, mark.is_right(), words.join(" "))
    };
    assert_eq!(told(0), (1.0, true, "Bravo. Fiche 2.".to_owned()));
    assert_eq!(told(1), (0.0, false, "Non. Fiche 2.".to_owned()));
    assert_eq!(told(2), (0.5, false, "Fiche 2.".to_owned()));
}

#[test]
fn several_choices_add_up_and_wrong_ones_cost() {
    let file = "a {~%50%un ~%50%deux ~%-50%trois ~%-100%quatre}";
    let of = |places: &[usize]| score(file, &Answer::Choices(places.to_vec()));
    assert!(near(of(&[0, 1]), 1.0) && near(of(&[0]), 0.5) && near(of(&[0, 0]), 0.5));
    assert!(near(of(&[0, 1, 2]), 0.5) && near(of(&[0, 3]), 0.0) && near(of(&[]), 0.0));
    let thirds = "a {~%33.333%x ~%33.333%y ~%33.333%z ~w}";
    let all = Answer::Choices(vec![0, 1, 2]);
    assert!(mark(&question(thirds), Some(&all)).unwrap().is_right());
}

#[test]
fn true_and_false_tell_the_right_feedback() {
    let question = question("a {F#Si, regardez.#Bien vu.}");
    let told = |said| {
        let mark = mark(&question, Some(&Answer::Truth(said))).unwrap();
        (mark.score, mark.feedback[0].text.clone())
    };
    assert_eq!(told(false), (1.0, "Bien vu.".to_owned()));
    assert_eq!(told(true), (0.0, "Si, regardez.".to_owned()));
}

#[test]
fn typed_words_are_compared_leniently() {
    let file = "a {=l'été =%50%printemps* =C\\~\\~}";
    for (text, wanted) in [
        ("L’ÉTÉ", 1.0),
        (" l'ete ", 1.0),
        ("printemps tardif", 0.5),
        ("c~~", 1.0),
        ("c", 0.0),
        ("hiver", 0.0),
        ("", 0.0),
    ] {
        assert!(near(score(file, &typed(text)), wanted), "{text}");
    }
}

#[test]
fn a_star_stands_for_anything() {
    for (wanted, text, does) in [
        ("*", "", true),
        ("a*c", "abc", true),
        ("a*c", "ac", true),
        ("a*c", "acb", false),
        ("*b*", "abc", true),
        ("a*a", "a", false),
        ("a*b*c", "a1b2c", true),
        ("a*b*c", "a1c2b", false),
    ] {
        assert_eq!(matches(wanted, text), does, "{wanted} {text}");
    }
}

#[test]
fn numbers_are_read_as_people_write_them() {
    let file = "a {#=3.14:0.005 =%50%3:0.5 ~#Relisez.}";
    for (text, wanted) in [("3,14", 1.0), ("3.1449", 1.0), ("3,3", 0.5), ("4", 0.0)] {
        assert!(near(score(file, &typed(text)), wanted), "{text}");
    }
    let question = question(file);
    let wrong = mark(&question, Some(&typed("4"))).unwrap();
    assert_eq!(wrong.feedback[0].text, "Relisez.");
    assert_eq!(
        mark(&question, Some(&typed("trois"))),
        Err(Unmarkable::NotANumber)
    );
    assert!(near(score("a {#1200}", &typed("1 200")), 1.0));
    assert!(
        near(score("a {#0.3:0.1}", &typed("0.4")), 1.0),
        "no binary surprise"
    );
}

#[test]
fn pairs_count_by_their_share() {
    let file = "a {=un -> 1 =deux -> 2 =encore un -> 1 = -> 9}";
    let of = |chosen: &[Option<usize>]| score(file, &Answer::Pairs(chosen.to_vec()));
    assert!(near(of(&[Some(0), Some(1), Some(2)]), 1.0));
    assert!(
        near(of(&[Some(2), Some(1), Some(0)]), 1.0),
        "the same right side"
    );
    assert!(near(of(&[Some(0), Some(3), None]), 1.0 / 3.0));
}

#[test]
fn what_does_not_belong_to_the_question_is_refused() {
    let single = question("a {=b ~c}");
    assert_eq!(
        mark(&single, Some(&Answer::Choice(2))),
        Err(Unmarkable::NotOffered)
    );
    assert_eq!(mark(&single, Some(&typed("b"))), Err(Unmarkable::OtherKind));
    assert!(near(mark(&single, None).unwrap().score, 0.0));
    let pairs = question("a {=b -> c =d -> e}");
    let stray = Answer::Pairs(vec![Some(2)]);
    assert_eq!(mark(&pairs, Some(&stray)), Err(Unmarkable::NotOffered));
    assert_eq!(
        mark(&question("Un texte."), None),
        Err(Unmarkable::NothingAsked)
    );
}

#[test]
fn what_a_group_missed_comes_worst_first() {
    let quiz = read("Facile {=a ~b}\n\nUn texte.\n\nDur {=a ~b ~c}\n\nMoyen {T}\n")
        .all()
        .unwrap();
    let sheet = |easy, hard: Option<usize>, truth| {
        vec![
            Some(Answer::Choice(easy)),
            None,
            hard.map(Answer::Choice),
            Some(Answer::Truth(truth)),
        ]
    };
    let sheets = [
        sheet(0, Some(2), true),
        sheet(0, Some(1), true),
        sheet(0, Some(2), false),
        sheet(0, None, true),
    ];
    let worst = most_missed(group(&quiz, &sheets));
    let order: Vec<(usize, usize)> = worst.iter().map(|m| (m.question, m.missed)).collect();
    assert_eq!(order, [(2, 4), (3, 1)]);
    assert_eq!((worst[0].people, worst[0].left_out), (4, 1));
    assert_eq!(worst[0].wrong[0], (Answer::Choice(2), 2));
    assert!(near(worst[1].mean, 0.75));
    assert_eq!(group(&quiz, &sheets).len(), 3, "a mere text is no question");
}

#[test]
fn a_group_of_nobody_has_missed_nothing() {
    let quiz = read("a {=b ~c}").all().unwrap();
    let results = group(&quiz, &[]);
    assert_eq!((results[0].people, results[0].missed), (0, 0));
    assert!(most_missed(results).is_empty());
}
