use super::*;
use crate::assessment::adaptive::simulate::{Draws, Person, take};
use crate::assessment::adaptive::{Demand, Level, Parameters, Prices, Rules, Use};
use crate::content::{assert_schema, real_files};
use crate::language::Language;

fn real_pictures() -> Vec<(String, String)> {
    let root = format!(
        "{}/../../content/assessment/pictures",
        env!("CARGO_MANIFEST_DIR")
    );
    let mut pictures: Vec<(String, String)> = std::fs::read_dir(root)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read_to_string(&path).unwrap())
        })
        .collect();
    pictures.sort();
    pictures
}

fn real_bank() -> Bank {
    Bank::parse(&real_files("assessment"), &real_pictures())
        .unwrap_or_else(|errors| panic!("{errors}"))
}

#[test]
fn the_published_schemas_are_those_of_the_bank() {
    assert_schema::<ItemsFile>("assessment-items");
    assert_schema::<Framework>("assessment-framework");
}

#[test]
fn the_real_bank_covers_the_framework() {
    let bank = real_bank();
    assert!(bank.items().len() >= 120, "{}", bank.items().len());
    assert_eq!(bank.framework().areas.len(), 5);
    assert_eq!(bank.framework().competences().count(), 21);
    let mut by_competence: BTreeMap<&str, usize> = BTreeMap::new();
    let mut by_level: BTreeMap<u8, usize> = BTreeMap::new();
    for item in bank.items() {
        *by_competence.entry(&item.competence).or_default() += 1;
        *by_level.entry(item.level).or_default() += 1;
    }
    assert_eq!(by_competence.len(), 21);
    assert!(by_competence.values().all(|count| *count >= 5));
    assert!((1..=6).all(|level| by_level[&level] >= 10), "{by_level:?}");
}

#[test]
fn a_dozen_items_have_a_picture_and_no_picture_lies_idle() {
    let bank = real_bank();
    let with: Vec<&Item> = bank
        .items()
        .iter()
        .filter(|i| i.picture.is_some())
        .collect();
    let to_act_on = with.iter().filter(|i| i.choices[0].spot.is_some()).count();
    assert!(to_act_on >= 10, "{to_act_on}");
    let used: BTreeSet<&str> = with
        .iter()
        .map(|i| i.picture.as_ref().unwrap().file.as_str())
        .collect();
    for (name, svg) in real_pictures() {
        assert!(used.contains(name.as_str()), "{name} is used by no item");
        assert!(svg.len() < 4000, "{name} weighs {}", svg.len());
    }
}

#[test]
fn items_are_written_in_plain_words() {
    for item in real_bank().items() {
        for language in Language::ALL {
            let words = item.ask.get(language).split_whitespace().count();
            assert!((4..=45).contains(&words), "{}: {words} words", item.slug);
            assert!(item.ask.get(language).ends_with('?'), "{}", item.slug);
            assert!(
                item.because.get(language).chars().count() <= 240,
                "{}",
                item.slug
            );
            for choice in &item.choices {
                assert!(
                    choice.text(language).chars().count() <= 110,
                    "{}",
                    item.slug
                );
            }
        }
    }
}

#[test]
fn before_calibration_an_item_counts_as_its_level_says() {
    let bank = real_bank();
    let (_, item) = bank.item("double-verification").unwrap();
    let parameters = item.parameters();
    assert_eq!(
        parameters.difficulty,
        Level::try_from(4).unwrap().difficulty()
    );
    assert!((parameters.guess - 0.25).abs() < 1e-12);
    let mut known = item.clone();
    known.calibrated = Some(Calibrated {
        slope: 1.6,
        difficulty: -0.4,
        guess: 0.1,
        answers: 250,
    });
    assert_eq!(known.parameters(), Parameters::new(1.6, -0.4, 0.1).unwrap());
}

#[test]
fn a_test_of_the_real_bank_covers_every_area_and_finds_the_able() {
    let bank = real_bank();
    let pool = bank.pool();
    let rules = Rules::default();
    let prices = Prices::default();
    let used = Use::default();
    let demand = Demand {
        prices: &prices,
        used: &used,
        before: &[],
    };
    let mut draws = Draws::new(1);
    let mut mean = |ability: f64| -> f64 {
        (0..20)
            .map(|_| {
                let person = Person::of(&pool, ability, &mut draws);
                let answers = take(&pool, &rules, demand, &person, draws.next());
                let areas = bank.by_area(&answers);
                assert_eq!(areas.iter().map(|a| a.asked).sum::<usize>(), answers.len());
                assert!(areas.iter().all(|a| a.asked >= 1), "{areas:?}");
                pool.posterior(&answers).ability(pool.rule()).mean / 20.0
            })
            .sum()
    };
    let (low, high) = (mean(-1.2), mean(1.2));
    assert!(low < -0.4 && high > 0.4, "{low} {high}");
}

#[test]
fn words_are_mixed_and_letters_keep_their_order() {
    let bank = real_bank();
    let (_, words) = bank.item("trouver-un-site").unwrap();
    let orders: BTreeSet<Vec<usize>> = (0..30).map(|seed| words.order(seed)).collect();
    assert!(orders.len() > 10);
    assert_eq!(words.order(3), words.order(3));
    let (_, letters) = bank.item("dossiers").unwrap();
    let shown: Vec<&str> = letters
        .order(9)
        .into_iter()
        .map(|place| letters.choices[place].fr.as_str())
        .collect();
    assert_eq!(shown, ["A", "B", "C", "D"]);
}

#[test]
fn every_mistake_is_told_with_file_item_and_field() {
    let mut files = real_files("assessment");
    let spoil = |text: &mut String, from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        *text = text.replacen(from, to, 1);
    };
    let file = |files: &mut Vec<(String, String)>, part: &str| {
        files
            .iter()
            .position(|(name, _)| name.contains(part))
            .unwrap()
    };
    let one = file(&mut files, "1-information");
    let text = &mut files[one].1;
    spoil(text, "slug = \"bons-mots\"", "slug = \"trouver-un-site\"");
    spoil(text, "right = true\n", "");
    spoil(text, "spot = [12, 10, 70, 18]", "spot = [12, 10, 700, 18]");
    spoil(text, "\"axe-coupe.svg\"", "\"nowhere.svg\"");
    let two = file(&mut files, "2-communication");
    let text = &mut files[two].1;
    spoil(text, "competence = \"2.6\"", "competence = \"2.9\"");
    spoil(text, "competence = \"2.6\"", "competence = \"2.5\"");
    spoil(text, "level = 1", "level = 9");
    spoil(text, "fr = \"À signer\"", "fr = \" \"");
    let told = Bank::parse(&files, &real_pictures())
        .unwrap_err()
        .to_string();
    for part in [
        "assessment/1-information.toml: items[2].slug: \"trouver-un-site\" is there twice",
        "assessment/1-information.toml: items[0] (trouver-un-site).choices: mark exactly one",
        "assessment/1-information.toml: items[1] (barre-adresse).choices[1].spot: lies outside",
        "assessment/1-information.toml: items[9] (axe-coupe).picture.file: there is no \"nowhere.svg\"",
        "assessment/2-communication.toml: items[0] (couper-le-micro).level: choose a level",
        "(objet-du-courriel).choices[2].fr: this text is missing",
        "unknown competence \"2.9\" (item nom-public)",
        "assessment/framework.toml: competence 2.6: there are 4 items",
    ] {
        assert!(told.contains(part), "{part} not in:\n{told}");
    }
}

#[test]
fn a_drawing_that_could_run_a_script_is_refused() {
    let mut pictures = real_pictures();
    pictures[0].1 = pictures[0].1.replace("</svg>", "<script>1</script></svg>");
    let told = Bank::parse(&real_files("assessment"), &pictures)
        .unwrap_err()
        .to_string();
    assert!(told.contains("holds a script"), "{told}");
}

#[test]
fn an_item_keeps_its_name_when_only_its_parameters_change() {
    let bank = real_bank();
    let mut item = bank.items()[0].clone();
    let version = item.version();
    item.calibrated = Some(Calibrated {
        slope: 1.2,
        difficulty: 0.3,
        guess: 0.2,
        answers: 40,
    });
    assert_eq!(item.version(), version);
    item.ask.fr.push('!');
    assert_ne!(item.version(), version);
}

#[test]
fn answers_to_items_that_are_gone_still_count() {
    let bank = real_bank();
    let mut gone = bank.items()[0].clone();
    gone.slug = "parti".to_owned();
    let more = bank.with(vec![gone, bank.items()[1].clone()]);
    assert_eq!(more.items().len(), bank.items().len() + 1);
    let place = more.item("parti").unwrap().0;
    let answers = [Answered {
        item: place,
        right: true,
    }];
    assert_eq!(more.by_area(&answers)[0].asked, 1);
    assert!(
        more.pool()
            .posterior(&answers)
            .ability(more.pool().rule())
            .mean
            > 0.0
    );
}
