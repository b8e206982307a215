use super::*;
use crate::assessment::adaptive::simulate::{Draws, Person, take};
use crate::assessment::adaptive::{Demand, Pool, PoolItem, Prices, Rules, Use};

fn truth(count: u32, guess: f64) -> Vec<Parameters> {
    (0..count)
        .map(|n| {
            let place = f64::from(n) / f64::from(count - 1);
            Parameters::new(0.9 + 0.3 * f64::from(n % 4), -1.6 + 3.2 * place, guess).unwrap()
        })
        .collect()
}

fn supposed(count: u32, guess: f64) -> Vec<Parameters> {
    vec![Parameters::new(1.2, 0.0, guess).unwrap(); usize::try_from(count).unwrap()]
}

fn pool(items: &[Parameters]) -> Pool {
    let items: Vec<PoolItem> = items
        .iter()
        .map(|item| PoolItem {
            parameters: *item,
            area: 0,
        })
        .collect();
    Pool::new(&items)
}

/// Settled enough for what is looked at.
fn quick() -> Settings {
    Settings {
        tolerance: 0.005,
        ..Settings::default()
    }
}

/// Everyone answers every item, each in an order of their own.
fn complete(items: &[Parameters], people: usize, seed: u64) -> Vec<Vec<Answered>> {
    let pool = pool(items);
    let mut draws = Draws::new(seed);
    (0..people)
        .map(|_| {
            let person = Person::draw(&pool, &mut draws);
            let mut order: Vec<(u64, usize)> =
                (0..items.len()).map(|item| (draws.next(), item)).collect();
            order.sort_unstable();
            order
                .into_iter()
                .map(|(_, item)| Answered {
                    item,
                    right: person.right[item],
                })
                .collect()
        })
        .collect()
}

#[test]
fn items_are_found_again_and_the_errors_say_how_exactly() {
    let truth = truth(12, 0.0);
    let people = complete(&truth, 500, 1);
    let settings = Settings {
        priors: None,
        ..quick()
    };
    let calibration = calibrate(&people, &supposed(12, 0.0), &settings).unwrap();
    assert!(calibration.converged, "{calibration:?}");
    // All difficulties together move with the mean of the sample, which the errors leave out.
    let moved: f64 = calibration
        .items
        .iter()
        .zip(&truth)
        .map(|(found, truth)| (found.parameters.difficulty - truth.difficulty) / 12.0)
        .sum();
    assert!(moved.abs() < 0.1, "{moved}");
    let mut squares = [0.0, 0.0];
    for (found, truth) in calibration.items.iter().zip(&truth) {
        let p = found.parameters;
        squares[0] += ((p.slope - truth.slope) / found.errors[0]).powi(2) / 12.0;
        squares[1] += ((p.difficulty - truth.difficulty - moved) / found.errors[1]).powi(2) / 12.0;
        assert!((0.03..0.5).contains(&found.errors[1]), "{found:?}");
        assert_eq!((found.answers, found.errors[2]), (500, 0.0));
    }
    // The mean square of 12 standardised errors: 1, give or take two standard deviations.
    for square in squares {
        assert!((0.2..1.9).contains(&square), "{squares:?}");
    }
}

#[test]
fn each_cycle_makes_the_answers_likelier() {
    let people = complete(&truth(8, 0.0), 100, 2);
    let mut last = f64::NEG_INFINITY;
    for cycles in 1..8 {
        let settings = Settings {
            cycles,
            priors: None,
            ..Settings::default()
        };
        let now = calibrate(&people, &supposed(8, 0.0), &settings).unwrap();
        assert!(now.log_likelihood >= last - 1e-6, "cycle {cycles}");
        last = now.log_likelihood;
    }
}

#[test]
fn items_are_found_again_from_adaptive_tests() {
    let truth = truth(30, 0.0);
    let pool = pool(&truth);
    let rules = Rules {
        areas: None,
        ..Rules::default()
    };
    let (prices, mut used) = (Prices::default(), Use::default());
    used.shown = vec![0; 30];
    let mut draws = Draws::new(9);
    let mut people = Vec::new();
    for _ in 0..300 {
        let person = Person::draw(&pool, &mut draws);
        let demand = Demand {
            prices: &prices,
            used: &used,
            before: &[],
        };
        let answers = take(&pool, &rules, demand, &person, draws.next());
        used.tests += 1;
        for answer in &answers {
            used.shown[answer.item] += 1;
        }
        people.push(answers);
    }
    let calibration = calibrate(&people, &supposed(30, 0.0), &quick()).unwrap();
    let mut squares = 0.0;
    for (found, truth) in calibration.items.iter().zip(&truth) {
        squares += (found.parameters.difficulty - truth.difficulty).powi(2);
    }
    let error = (squares / 30.0).sqrt();
    assert!(error < 0.4, "{error}");
}

#[test]
fn guessing_is_estimated_with_priors_only() {
    let truth = truth(12, 0.3);
    let people = complete(&truth, 400, 3);
    let settings = Settings {
        model: Model::ThreeParameter,
        tolerance: 0.01,
        ..Settings::default()
    };
    let calibration = calibrate(&people, &supposed(12, 0.2), &settings).unwrap();
    let mean: f64 = calibration
        .items
        .iter()
        .map(|item| item.parameters.guess / 12.0)
        .sum();
    assert!((0.205..0.36).contains(&mean), "{mean}: towards 0.3");
    assert!(calibration.items.iter().all(|item| item.errors[2] > 0.0));
    let without = Settings {
        priors: None,
        ..settings
    };
    assert_eq!(
        calibrate(&people, &supposed(12, 0.2), &without),
        Err(Error::NeedsPriors)
    );
}

#[test]
fn an_item_without_answers_stays_what_it_was_supposed_to_be() {
    let mut supposed = supposed(9, 0.25);
    supposed[8].difficulty = 1.4;
    let people = complete(&truth(8, 0.25), 100, 4);
    let calibration = calibrate(&people, &supposed, &Settings::default()).unwrap();
    let last = calibration.items[8];
    assert!((last.parameters.difficulty - 1.4).abs() < 1e-9);
    assert!((last.parameters.slope - 1.2).abs() < 1e-9);
    assert_eq!(last.answers, 0);
    assert!((last.errors[1] - 1.5).abs() < 1e-9, "that of the prior");
    let plain = Settings {
        priors: None,
        ..Settings::default()
    };
    let calibration = calibrate(&people, &supposed, &plain).unwrap();
    assert!(calibration.items[8].errors[1].is_infinite());
}

#[test]
fn what_cannot_be_estimated_is_refused() {
    let items = supposed(2, 0.0);
    let settings = Settings::default();
    assert_eq!(
        calibrate(&[vec![]], &items, &settings),
        Err(Error::NoAnswers)
    );
    let stray = vec![vec![Answered {
        item: 2,
        right: true,
    }]];
    assert_eq!(
        calibrate(&stray, &items, &settings),
        Err(Error::UnknownItem(2, 2))
    );
}

#[test]
fn items_that_keep_to_the_model_raise_no_doubt() {
    let truth = truth(15, 0.2);
    let people = complete(&truth, 500, 5);
    for fit in fit(&people, &truth) {
        assert!(fit.doubts.is_empty(), "{fit:?}");
        assert!((0.8..1.2).contains(&fit.infit), "{fit:?}");
        assert!((0.75..1.3).contains(&fit.outfit), "{fit:?}");
    }
}

#[test]
fn a_wrong_key_a_drift_and_a_flat_item_show() {
    let truth = truth(15, 0.0);
    let mut people = complete(&truth, 500, 6);
    let mut draws = Draws::new(8);
    for answer in people.iter_mut().flatten() {
        match answer.item {
            // A key that is wrong: right and wrong are changed over.
            2 => answer.right = !answer.right,
            // Of middling difficulty, answered by throwing a coin.
            7 => answer.right = draws.uniform() < 0.5,
            // Everyone has heard the answer.
            12 => answer.right |= draws.uniform() < 0.6,
            _ => {}
        }
    }
    let doubts = |fits: &[Fit], item: usize| fits[item].doubts.clone();
    let fits = fit(&people, &truth);
    assert!(doubts(&fits, 2).contains(&Doubt::Erratic), "{:?}", fits[2]);
    assert!(doubts(&fits, 2).contains(&Doubt::Harder));
    assert!(doubts(&fits, 7).contains(&Doubt::Erratic), "{:?}", fits[7]);
    assert!(doubts(&fits, 12).contains(&Doubt::Easier));

    let settings = Settings {
        cycles: 60,
        ..quick()
    };
    let calibration = calibrate(&people, &truth, &settings).unwrap();
    let found: Vec<Parameters> = calibration.items.iter().map(|i| i.parameters).collect();
    let fits = fit(&people, &found);
    assert!(
        doubts(&fits, 7).contains(&Doubt::TellsNothing),
        "{:?}",
        found[7]
    );
    let drifted = found[12].difficulty - truth[12].difficulty;
    assert!(drifted < -0.8, "the easier item is found easier: {drifted}");
}

#[test]
fn few_answers_raise_no_doubt() {
    let truth = truth(5, 0.0);
    let mut people = complete(&truth, 20, 7);
    for answer in people.iter_mut().flatten() {
        answer.right = false;
    }
    assert!(fit(&people, &truth).iter().all(|fit| fit.doubts.is_empty()));
}
