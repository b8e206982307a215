//! Measures the adaptive test on an item file; prints one figure a line, its name and a tab before
//! it. `cargo xtask bench adaptive` makes a table of it.
//!
//! `cargo run --release -p domain --example adaptive -- ITEMS.tsv`, with the columns `a`, `b`, `c`
//! and `group` (the area).

#![expect(clippy::print_stdout, reason = "a tool for people at a terminal")]

use std::time::{Duration, Instant};
use std::{env, error, fs};

use domain::assessment::adaptive::simulate::{Draws, Person, take};
use domain::assessment::adaptive::{
    Answered, Demand, Parameters, Pool, PoolItem, Prices, Rules, Step, Use, next, outcome,
};

/// People in a group.
const PEOPLE: u32 = 1000;
/// Groups measured: one alone says little, its root-mean-square error varies by 2 %.
const GROUPS: u32 = 10;
/// Items of a test, and after how many of them the estimate is looked at.
const LENGTH: usize = 20;
const LOOKS: [usize; 2] = [10, 20];

fn main() -> Result<(), Box<dyn error::Error>> {
    let file = env::args().nth(1).ok_or("name the file of items")?;
    let pool = read(&fs::read_to_string(&file).map_err(|error| format!("{file}: {error}"))?)?;
    println!("items\t{}", pool.len());
    let none = Prices::default();
    report("random", &groups(&pool, |group| by_chance(&pool, group)));
    let free = Rules::bare(LENGTH, 1.0);
    report(
        "free",
        &groups(&pool, |group| adaptive(&pool, &free, &none, group)),
    );
    let capped = Rules::bare(LENGTH, 0.3);
    let since = Instant::now();
    let prices = Prices::learn(&pool, &capped, 1);
    println!("learn-seconds\t{}", since.elapsed().as_secs_f64());
    report(
        "capped",
        &groups(&pool, |group| adaptive(&pool, &capped, &prices, group)),
    );
    let whole = Rules::default();
    let prices = Prices::learn(&pool, &whole, 1);
    report(
        "whole",
        &groups(&pool, |group| adaptive(&pool, &whole, &prices, group)),
    );
    println!(
        "next-seconds\t{}",
        slowest_step(&pool, &capped).as_secs_f64()
    );
    Ok(())
}

fn read(text: &str) -> Result<Pool, Box<dyn error::Error>> {
    let mut lines = text.lines();
    let names: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let mut areas: Vec<String> = Vec::new();
    let mut items = Vec::new();
    for (number, line) in lines.enumerate() {
        let fields: Vec<&str> = line.split('\t').collect();
        let field = |name: &str| {
            let place = names.iter().position(|known| *known == name);
            let value = place.and_then(|place| fields.get(place));
            value.ok_or_else(|| format!("line {}: no column {name}", number + 2))
        };
        let parameters = Parameters::new(
            field("a")?.parse()?,
            field("b")?.parse()?,
            field("c")?.parse()?,
        )?;
        let group = field("group")?;
        let area = areas.iter().position(|known| known == group);
        let area = area.unwrap_or_else(|| {
            areas.push((*group).to_owned());
            areas.len() - 1
        });
        items.push(PoolItem { parameters, area });
    }
    Ok(Pool::new(&items))
}

/// What one group of people gave.
#[derive(Default)]
struct Group {
    /// Sums of squared errors at each look, and at the end.
    squares: [f64; 3],
    /// How often each item was shown.
    shown: Vec<u64>,
    items: usize,
    ended_well: u32,
}

impl Group {
    fn new(pool: &Pool) -> Self {
        Self {
            shown: vec![0; pool.len()],
            ..Self::default()
        }
    }

    fn add(&mut self, pool: &Pool, person: &Person, answers: &[Answered]) {
        for (sum, look) in self
            .squares
            .iter_mut()
            .zip([LOOKS[0], LOOKS[1], usize::MAX])
        {
            let seen = answers.get(..look).unwrap_or(answers);
            let estimate = pool.posterior(seen).ability(pool.rule());
            *sum += (estimate.mean - person.ability).powi(2);
        }
        for answer in answers {
            if let Some(count) = self.shown.get_mut(answer.item) {
                *count += 1;
            }
        }
        self.items += answers.len();
        self.ended_well += u32::from(answers.last().is_some_and(|answer| answer.right));
    }
}

fn groups(pool: &Pool, mut one: impl FnMut(u64) -> Group) -> Vec<Group> {
    debug_assert!(!pool.is_empty(), "nothing to choose from");
    (0..u64::from(GROUPS))
        .map(|group| one(2026 + group))
        .collect()
}

fn by_chance(pool: &Pool, seed: u64) -> Group {
    let mut draws = Draws::new(seed);
    let mut group = Group::new(pool);
    for _ in 0..PEOPLE {
        let person = Person::draw(pool, &mut draws);
        let mut order: Vec<(u64, usize)> = (0..pool.len()).map(|n| (draws.next(), n)).collect();
        order.sort_unstable();
        let answers: Vec<Answered> = order
            .iter()
            .take(LENGTH)
            .map(|(_, item)| Answered {
                item: *item,
                right: person.right.get(*item).copied().unwrap_or_default(),
            })
            .collect();
        group.add(pool, &person, &answers);
    }
    group
}

fn adaptive(pool: &Pool, rules: &Rules, prices: &Prices, seed: u64) -> Group {
    let mut draws = Draws::new(seed);
    let mut group = Group::new(pool);
    let mut used = Use::default();
    for _ in 0..PEOPLE {
        let person = Person::draw(pool, &mut draws);
        let demand = Demand {
            prices,
            used: &used,
            before: &[],
        };
        let answers = take(pool, rules, demand, &person, draws.next());
        debug_assert_eq!(outcome(pool, rules, &answers).answers, answers.len());
        group.add(pool, &person, &answers);
        used.tests += 1;
        used.shown.clone_from(&group.shown);
    }
    group
}

#[expect(clippy::cast_precision_loss, reason = "small counts")]
fn report(name: &str, groups: &[Group]) {
    let count = groups.len() as f64;
    let people = count * f64::from(PEOPLE);
    for (place, look) in ["10", "20", "end"].iter().enumerate() {
        let errors: Vec<f64> = groups
            .iter()
            .filter_map(|group| group.squares.get(place))
            .map(|sum| (sum / f64::from(PEOPLE)).sqrt())
            .collect();
        println!("{name}-rmse-{look}\t{}", errors.iter().sum::<f64>() / count);
        let worst = errors.iter().copied().fold(0.0, f64::max);
        println!("{name}-worst-{look}\t{worst}");
    }
    let most = groups.iter().flat_map(|group| &group.shown).max();
    let most = most.copied().unwrap_or_default() as f64 / f64::from(PEOPLE);
    println!("{name}-exposure\t{most}");
    let items: usize = groups.iter().map(|group| group.items).sum();
    println!("{name}-length\t{}", items as f64 / people);
    let well: u32 = groups.iter().map(|group| group.ended_well).sum();
    println!("{name}-ended-well\t{}", f64::from(well) / people);
}

/// The longest mean time of a choice at any place of a test.
fn slowest_step(pool: &Pool, rules: &Rules) -> Duration {
    let mut draws = Draws::new(1);
    let person = Person::of(pool, 0.0, &mut draws);
    let prices = Prices::default();
    let used = Use::default();
    let demand = Demand {
        prices: &prices,
        used: &used,
        before: &[],
    };
    let answers = take(pool, rules, demand, &person, 1);
    let times = 200;
    (0..answers.len())
        .filter_map(|place| answers.get(..place))
        .map(|seen| {
            let since = Instant::now();
            let asked = (0..times)
                .filter(|seed| matches!(next(pool, rules, seen, demand, *seed), Step::Ask(_)))
                .count();
            since.elapsed() / u32::try_from(asked.max(1)).unwrap_or(1)
        })
        .max()
        .unwrap_or_default()
}
