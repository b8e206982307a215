//! Rules of the tour: the optimum is one (every possibility gone through on small cases), the
//! bound is below it, the past stays, bad files are told by field.

use super::model::{Chain, Fixed, Model};
use super::*;
use crate::defect::Fault;
use crate::engine::Random;

/// A region at random: places on a plane, windows that exclude some waves.
fn region(seed: u64, stands: usize, hosts: usize, waves: usize, depots: usize) -> TourInstance {
    let mut dice = Random::new(seed);
    let mut number = |end: usize| i64::try_from(dice.index(end)).unwrap();
    let count = depots + hosts;
    let at: Vec<(i64, i64)> = (0..count).map(|_| (number(100), number(100))).collect();
    let km = |a: (i64, i64), b: (i64, i64)| (a.0 - b.0).abs() + (a.1 - b.1).abs();
    let windows = |number: &mut dyn FnMut(usize) -> i64| {
        let from_week = [0, 0, 0, 5, 17, 20][usize::try_from(number(6)).unwrap()];
        let to_week = [200, 200, 200, 48, 33][usize::try_from(number(5)).unwrap()];
        vec![Window { from_week, to_week }]
    };
    TourInstance {
        format: FORMAT.to_owned(),
        name: format!("region-{seed}"),
        places: (0..count)
            .map(|i| Place {
                id: format!("P{i}"),
                name: format!("Lieu {i}"),
            })
            .collect(),
        km: at
            .iter()
            .map(|&a| at.iter().map(|&b| km(a, b)).collect())
            .collect(),
        waves: (0..waves)
            .map(|w| {
                let from_week = i64::try_from(w).unwrap() * 17;
                Wave {
                    id: format!("V{w}"),
                    from_week,
                    to_week: from_week + 15,
                }
            })
            .collect(),
        stands: (0..stands)
            .map(|s| Stand {
                id: format!("S{s}"),
                depot: format!("P{}", s % depots),
                crew: format!("P{}", (s + 1) % depots),
                out_of_use: Vec::new(),
            })
            .collect(),
        hosts: (0..hosts)
            .map(|h| Host {
                id: format!("H{h}"),
                place: format!("P{}", depots + h),
                windows: windows(&mut number),
                assembly: number(30),
            })
            .collect(),
        min_weeks: 10,
        weights: TourWeights {
            transport_km: 2,
            assembly_km: 1,
            lost_week: 15,
            unserved: 900,
            moved_wave: 60,
            moved_stand: 10,
        },
        agreed: None,
    }
}

/// The least cost, every possibility gone through.
fn brute(model: &Model) -> i64 {
    fn place(
        model: &Model,
        slot: usize,
        used: &mut Vec<bool>,
        chains: &mut Vec<Chain>,
        best: &mut i64,
    ) {
        let (stand, wave) = (slot / model.waves, slot % model.waves);
        if stand == model.stands {
            let mut cost = model.unserved() * i64::try_from(model.left_out(chains).len()).unwrap();
            for (stand, chain) in chains.iter().enumerate() {
                let Some(way) = model.chain(stand, chain) else {
                    return;
                };
                cost += way;
            }
            *best = cost.min(*best);
            return;
        }
        if let Fixed::Host(host) = model.fixed[stand][wave] {
            chains[stand][wave] = Some(host);
            place(model, slot + 1, used, chains, best);
            return;
        }
        chains[stand][wave] = None;
        place(model, slot + 1, used, chains, best);
        for &host in &model.free {
            if !used[host] && model.stay(stand, host, wave).is_some() {
                used[host] = true;
                chains[stand][wave] = Some(host);
                place(model, slot + 1, used, chains, best);
                chains[stand][wave] = None;
                used[host] = false;
            }
        }
    }
    let mut best = i64::MAX;
    let mut chains: Vec<Chain> = (0..model.stands).map(|s| model.bare(s)).collect();
    place(
        model,
        0,
        &mut vec![false; model.hosts],
        &mut chains,
        &mut best,
    );
    best
}

#[test]
fn the_tour_is_the_best_of_all_on_small_cases() {
    for seed in 0..15 {
        let size = [(2, 5, 3), (3, 6, 2), (2, 6, 3), (3, 4, 2), (2, 3, 3)]
            [usize::try_from(seed % 5).unwrap()];
        let instance = region(
            seed,
            size.0,
            size.1,
            size.2,
            1 + usize::try_from(seed % 2).unwrap(),
        );
        let model = Model::new(&instance).unwrap();
        let tour = solve(&instance, 1).unwrap();
        assert_eq!(tour.objective, brute(&model), "seed {seed}");
        assert!(tour.proven, "seed {seed}");
        assert_eq!(tour.objective, tour.terms.total());
        assert_eq!(
            model.cost_of(&tour.stopovers).unwrap(),
            Some(tour.objective)
        );
    }
}

/// Annealing usually finds the optimum itself; this starts the exact search from a poor tour.
#[test]
fn the_exact_search_finds_the_best_by_itself() {
    for seed in 0..20 {
        let depots = 1 + usize::try_from(seed % 3).unwrap();
        let instance = region(seed, 3, 6, 2, depots);
        let model = Model::new(&instance).unwrap();
        let best = brute(&model);
        let kind = prices::kinds(&model);
        let columns = prices::Columns::new(&model, &kind).unwrap();
        let poor = best + 400;
        let prices = prices::prices(&model, &kind, Some(&columns), poor);
        assert!(prices.bound <= best * prices::SCALE, "seed {seed}");
        match exact::solve(&model, &columns, &prices, poor) {
            exact::Answer::Best(chains) => {
                assert_eq!(model.terms(&chains).total(), best, "seed {seed}");
            }
            _ => panic!("a better tour exists (seed {seed})"),
        }
        let prices = prices::prices(&model, &kind, Some(&columns), best);
        let answer = exact::solve(&model, &columns, &prices, best);
        assert!(matches!(answer, exact::Answer::None), "seed {seed}");
    }
}

#[test]
fn the_bound_from_paths_is_below_the_bound_from_lists_and_below_the_optimum() {
    for seed in 0..20 {
        let instance = region(seed, 2, 6, 3, 1 + usize::try_from(seed % 2).unwrap());
        let model = Model::new(&instance).unwrap();
        let kind = prices::kinds(&model);
        let best = brute(&model);
        let bound = prices::prices(&model, &kind, None, best).bound;
        assert!(bound <= best * prices::SCALE, "seed {seed}");
        assert!(bound > 0, "seed {seed}: a bound that says nothing");
    }
}

#[test]
fn seven_stands_for_21_hosts_in_three_waves_are_proven() {
    for (seed, depots) in [(1, 1), (2, 7), (3, 3)] {
        let tour = solve(&region(seed, 7, 21, 3, depots), 1).unwrap();
        assert!(
            tour.proven,
            "seed {seed}: {} to {}",
            tour.bound, tour.objective
        );
    }
}

#[test]
fn a_large_tour_has_a_bound() {
    let tour = solve(&region(5, 8, 45, 5, 2), 1).unwrap();
    assert!(tour.bound <= tour.objective);
    assert!(
        tour.bound * 10 >= tour.objective * 5,
        "{} {}",
        tour.bound,
        tour.objective
    );
}

#[test]
fn the_past_stays_when_a_host_is_late() {
    for seed in 0..5 {
        let mut instance = region(seed, 2, 6, 3, 1);
        for host in &mut instance.hosts {
            host.windows = vec![Window {
                from_week: 0,
                to_week: 200,
            }];
        }
        let agreed = solve(&instance, 1).unwrap();
        let late = agreed
            .stopovers
            .iter()
            .find(|it| it.wave == "V1")
            .unwrap()
            .host
            .clone();
        let delay = Delay {
            host: late.clone(),
            from_week: 34,
            frozen_waves: 1,
        };
        let what_if = what_if_late(&instance, &agreed, &delay, 1).unwrap();
        let past = |tour: &Tour| -> Vec<Stopover> {
            tour.stopovers
                .iter()
                .filter(|it| it.wave == "V0")
                .cloned()
                .collect()
        };
        assert_eq!(past(&what_if.tour), past(&agreed), "seed {seed}");
        assert_eq!(
            what_if.kept, None,
            "the host cannot receive in the agreed wave"
        );
        let moved: Vec<&str> = what_if.changes.iter().map(|it| it.host.as_str()).collect();
        assert!(moved.contains(&late.as_str()), "seed {seed}: {moved:?}");
        let mut changed = instance.clone();
        changed.agreed = Some(Agreed {
            frozen_waves: 1,
            stopovers: agreed.stopovers.clone(),
        });
        for host in changed.hosts.iter_mut().filter(|host| host.id == late) {
            host.windows = vec![Window {
                from_week: 34,
                to_week: 200,
            }];
        }
        let model = Model::new(&changed).unwrap();
        assert_eq!(what_if.tour.objective, brute(&model), "seed {seed}");
        assert!(what_if.tour.proven);
    }
}

#[test]
fn a_small_delay_costs_weeks_and_changes_nothing() {
    let mut instance = region(3, 2, 6, 3, 1);
    for host in &mut instance.hosts {
        host.windows = vec![Window {
            from_week: 0,
            to_week: 200,
        }];
    }
    instance.weights.moved_wave = 5_000;
    instance.weights.moved_stand = 5_000;
    let agreed = solve(&instance, 1).unwrap();
    let late = agreed
        .stopovers
        .iter()
        .find(|it| it.wave == "V2")
        .unwrap()
        .host
        .clone();
    let delay = Delay {
        host: late,
        from_week: 36,
        frozen_waves: 2,
    };
    let what_if = what_if_late(&instance, &agreed, &delay, 1).unwrap();
    assert_eq!(what_if.changes, []);
    assert_eq!(what_if.difference.lost_weeks, 2 * 15);
    assert_eq!(what_if.kept, Some(agreed.objective + 2 * 15));
}

#[test]
fn a_stand_out_of_use_stays_in_its_depot() {
    let mut instance = region(4, 3, 6, 2, 1);
    instance.stands[0].out_of_use = vec!["V1".to_owned()];
    let tour = solve(&instance, 1).unwrap();
    assert!(
        !tour
            .stopovers
            .iter()
            .any(|it| it.stand == "S0" && it.wave == "V1")
    );
    assert_eq!(tour.objective, brute(&Model::new(&instance).unwrap()));
}

#[test]
fn every_defect_is_told_by_field() {
    let mut instance = region(1, 2, 3, 2, 1);
    instance.format = "stand-tour/2".to_owned();
    instance.hosts[1].id = "H0".to_owned();
    instance.km[2].pop();
    instance.waves[1].from_week = 3;
    instance.hosts[2].windows[0] = Window {
        from_week: 9,
        to_week: 8,
    };
    instance.weights.unserved = -1;
    let defects: Vec<String> = solve(&instance, 1)
        .unwrap_err()
        .iter()
        .map(|defect| defect.at.clone())
        .collect();
    for at in [
        "format",
        "hosts[1].id",
        "km[2]",
        "waves[1]",
        "hosts[2].windows[0]",
        "weights.unserved",
    ] {
        assert!(defects.iter().any(|it| it == at), "{at} not in {defects:?}");
    }
    let mut instance = region(1, 2, 3, 2, 1);
    instance.stands[1].depot = "Lille".to_owned();
    let defects = solve(&instance, 1).unwrap_err();
    let unknown = Fault::Unknown {
        what: "place",
        id: "Lille".to_owned(),
    };
    assert_eq!(
        (defects[0].at.as_str(), &defects[0].fault),
        ("stands[1].depot", &unknown)
    );
    assert_eq!(
        defects[0].to_string(),
        "stands[1].depot: no place \"Lille\""
    );
}
