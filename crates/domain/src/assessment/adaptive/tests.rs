use super::simulate::{Draws, Person, take};
use super::*;

/// Sixty items of ordinary quality over five areas, from easy to hard.
fn pool() -> Pool {
    let mut draws = Draws::new(7);
    let items: Vec<PoolItem> = (0..60)
        .map(|number| PoolItem {
            parameters: Parameters::new(
                0.8 + 1.4 * draws.uniform(),
                -2.4 + 4.8 * f64::from(number) / 59.0,
                0.2 * draws.uniform(),
            )
            .unwrap(),
            area: usize::try_from(number).unwrap() % 5,
        })
        .collect();
    Pool::new(&items)
}

fn free<'d>(prices: &'d Prices, used: &'d Use) -> Demand<'d> {
    Demand {
        prices,
        used,
        before: &[],
    }
}

/// Root-mean-square error and the number of showings of each item.
fn measure(pool: &Pool, rules: &Rules, prices: &Prices, people: u32) -> (f64, Use) {
    let mut draws = Draws::new(20_261_122);
    let mut used = Use {
        tests: 0,
        shown: vec![0; pool.len()],
    };
    let mut squares = 0.0;
    for _ in 0..people {
        let person = Person::draw(pool, &mut draws);
        let answers = take(pool, rules, free(prices, &used), &person, draws.next());
        let estimate = outcome(pool, rules, &answers).ability.mean;
        squares += (estimate - person.ability).powi(2);
        used.tests += 1;
        for answer in answers {
            used.shown[answer.item] += 1;
        }
    }
    ((squares / f64::from(people)).sqrt(), used)
}

#[test]
fn the_estimate_is_that_of_a_fine_sum() {
    let pool = pool();
    let mut draws = Draws::new(3);
    for ability in [-1.5, 0.2, 2.0] {
        let person = Person::of(&pool, ability, &mut draws);
        let answers: Vec<Answered> = (0..60)
            .step_by(3)
            .map(|item| Answered {
                item,
                right: person.right[item],
            })
            .collect();
        let (mut total, mut first, mut second) = (0.0, 0.0, 0.0);
        for step in -6000..=6000 {
            let x = f64::from(step) / 1000.0;
            let mut weight = (-x * x / 2.0).exp();
            for answer in &answers {
                let p = pool.item(answer.item).unwrap().parameters.probability(x);
                weight *= if answer.right { p } else { 1.0 - p };
            }
            total += weight;
            first += weight * x;
            second += weight * x * x;
        }
        let mean = first / total;
        let error = (second / total - mean * mean).sqrt();
        let estimate = pool.posterior(&answers).ability(pool.rule());
        assert!((estimate.mean - mean).abs() < 2e-3, "{estimate:?} {mean}");
        assert!(
            (estimate.error - error).abs() < 2e-3,
            "{estimate:?} {error}"
        );
    }
}

#[test]
fn the_standard_error_says_how_far_off_estimates_are() {
    let pool = pool();
    let rules = Rules::bare(12, 1.0);
    let (prices, used) = (Prices::default(), Use::default());
    let mut draws = Draws::new(5);
    let (mut squares, mut variances) = (0.0, 0.0);
    for _ in 0..300 {
        let person = Person::draw(&pool, &mut draws);
        let answers = take(&pool, &rules, free(&prices, &used), &person, 1);
        let estimate = outcome(&pool, &rules, &answers).ability;
        squares += (estimate.mean - person.ability).powi(2);
        variances += estimate.error * estimate.error;
    }
    let ratio: f64 = squares / variances;
    assert!((0.8..1.25).contains(&ratio), "{ratio}");
}

#[test]
fn choosing_tells_more_than_taking_items_as_they_come() {
    let pool = pool();
    let rules = Rules::bare(10, 1.0);
    let (chosen, _) = measure(&pool, &rules, &Prices::default(), 200);
    let mut draws = Draws::new(20_261_122);
    let mut squares = 0.0;
    for _ in 0..200 {
        let person = Person::draw(&pool, &mut draws);
        let mut numbers: Vec<(u64, usize)> = (0..60).map(|n| (draws.next(), n)).collect();
        numbers.sort_unstable();
        let answers: Vec<Answered> = numbers
            .iter()
            .take(10)
            .map(|(_, item)| Answered {
                item: *item,
                right: person.right[*item],
            })
            .collect();
        let estimate = pool.posterior(&answers).ability(pool.rule());
        squares += (estimate.mean - person.ability).powi(2);
    }
    let by_chance = (squares / 200.0).sqrt();
    assert!(chosen < 0.85 * by_chance, "{chosen} {by_chance}");
}

#[test]
fn no_item_is_shown_to_more_than_the_share_allowed() {
    let pool = pool();
    let rules = Rules::bare(12, 0.3);
    let prices = Prices::learn(&pool, &rules, 1);
    let (with_cap, used) = measure(&pool, &rules, &prices, 300);
    assert!(used.shown.iter().all(|shown| *shown <= 90), "{used:?}");
    let (without, free) = measure(&pool, &Rules::bare(12, 1.0), &Prices::default(), 300);
    assert!(free.shown.iter().any(|shown| *shown > 150));
    assert!(with_cap < 1.25 * without, "{with_cap} {without}");
}

#[test]
fn prices_follow_from_the_seed() {
    let pool = pool();
    let rules = Rules::bare(6, 0.3);
    let prices = Prices::learn(&pool, &rules, 1);
    assert_eq!(prices, Prices::learn(&pool, &rules, 1));
    assert!(prices.0.iter().any(|price| *price > 0.0));
    assert!(
        Prices::learn(&pool, &Rules::bare(6, 1.0), 1)
            .0
            .iter()
            .all(|p| *p == 0.0)
    );
}

#[test]
fn a_test_starts_easy_covers_every_area_and_mostly_ends_on_a_success() {
    let pool = pool();
    let rules = Rules::default();
    let prices = Prices::default();
    let used = Use::default();
    let mut draws = Draws::new(11);
    let (mut ended_well, mut first_right) = (0, 0);
    for _ in 0..200 {
        let person = Person::draw(&pool, &mut draws);
        let answers = take(&pool, &rules, free(&prices, &used), &person, draws.next());
        assert!((rules.least..=rules.most).contains(&answers.len()));
        let start = pool.posterior(&[]).expects(pool.right(answers[0].item));
        assert!(start >= 0.75, "{start}");
        let mut items: Vec<usize> = answers.iter().map(|a| a.item).collect();
        items.sort_unstable();
        items.dedup();
        assert_eq!(items.len(), answers.len(), "an item comes once");
        for area in 0..5 {
            let count = items
                .iter()
                .filter(|n| pool.item(**n).unwrap().area == area)
                .count();
            assert!(count <= 5);
            assert!(
                count >= 2 || answers.len() < rules.most,
                "area {area}: {count}"
            );
        }
        ended_well += u32::from(answers.last().unwrap().right);
        first_right += u32::from(answers[0].right);
    }
    assert!(ended_well >= 170, "{ended_well} of 200");
    assert!(first_right >= 140, "{first_right} of 200");
}

#[test]
fn a_test_that_is_sure_ends_early_but_not_on_a_failure() {
    let pool = pool();
    let rules = Rules {
        least: 4,
        enough: 0.6,
        ..Rules::default()
    };
    let (prices, used) = (Prices::default(), Use::default());
    let mut answers = Vec::new();
    let mut steps = 0;
    while let Step::Ask(item) = next(&pool, &rules, &answers, free(&prices, &used), 1) {
        // Wrong at every fourth item only: sure before fifteen.
        steps += 1;
        answers.push(Answered {
            item,
            right: steps % 4 != 0,
        });
    }
    assert!(answers.len() < rules.most);
    assert!(answers.last().unwrap().right);
    for area in 0..5 {
        let here = |answer: &&Answered| pool.item(answer.item).unwrap().area == area;
        assert!(answers.iter().any(|a| here(&a)), "area {area} has come");
    }
    assert!(outcome(&pool, &rules, &answers).ability.error <= 0.65);
}

#[test]
fn after_two_wrong_answers_an_easier_item_comforts() {
    let pool = pool();
    let rules = Rules::default();
    let (prices, used) = (Prices::default(), Use::default());
    let answers = [
        Answered {
            item: 12,
            right: true,
        },
        Answered {
            item: 20,
            right: false,
        },
        Answered {
            item: 16,
            right: false,
        },
    ];
    let Step::Ask(item) = next(&pool, &rules, &answers, free(&prices, &used), 1) else {
        panic!("not the end");
    };
    assert!(pool.posterior(&answers).expects(pool.right(item)) >= 0.7);
}

#[test]
fn who_comes_again_gets_other_items_while_there_are_any() {
    let pool = pool();
    let rules = Rules::default();
    let (prices, used) = (Prices::default(), Use::default());
    let mut draws = Draws::new(2);
    let person = Person::of(&pool, 0.0, &mut draws);
    let first = take(&pool, &rules, free(&prices, &used), &person, 1);
    let before: Vec<usize> = first.iter().map(|a| a.item).collect();
    let again = Demand {
        prices: &prices,
        used: &used,
        before: &before,
    };
    let second = take(&pool, &rules, again, &person, 1);
    assert!(second.iter().all(|answer| !before.contains(&answer.item)));
    let all: Vec<usize> = (0..60).collect();
    let exhausted = Demand {
        before: &all,
        ..again
    };
    assert!(matches!(
        next(&pool, &rules, &[], exhausted, 1),
        Step::Ask(_)
    ));
}

#[test]
fn a_step_repeats_and_another_test_may_start_otherwise() {
    let pool = pool();
    let rules = Rules::default();
    let prices = Prices::learn(&pool, &rules, 1);
    let used = Use::default();
    let step = |seed| next(&pool, &rules, &[], free(&prices, &used), seed);
    assert_eq!(step(4), step(4));
    assert!(
        (0..40).any(|seed| step(seed) != step(4)),
        "chance has a say"
    );
}

#[test]
fn a_pool_without_items_ends_at_once() {
    let (prices, used) = (Prices::default(), Use::default());
    let rules = Rules::default();
    let step = next(&Pool::new(&[]), &rules, &[], free(&prices, &used), 1);
    assert_eq!(step, Step::Done);
}
