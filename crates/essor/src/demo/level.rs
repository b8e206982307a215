//! Some people take the level test, before their first workshop and again after some.

use anyhow::Context as _;
use application::access::Actor;
use application::assessment::{self, Begin, Reply};
use application::people::PersonInput;
use domain::assessment::adaptive::simulate::Draws;
use jiff::SignedDuration;
use store::people::PersonRow;

use super::{MAKER, Scene};

/// Every so manieth person takes the test, from this one on.
const EVERY: usize = 4;
const FIRST: usize = 2;
/// One of them declines, and one leaves it under way.
const DECLINES: usize = FIRST + 2 * EVERY;
const LEAVES: usize = FIRST + 3 * EVERY;

/// Whether this person takes the test before the first workshop.
pub(crate) fn is_asked(person: usize) -> bool {
    person % EVERY == FIRST
}

/// How able somebody is, from -1.5 to 1.5, and how much more so after workshops.
fn ability(person: usize, is_after: bool) -> f64 {
    let place = f64::from(u8::try_from(person / EVERY % 7).unwrap_or_default());
    let gain = if is_after { 1.7 } else { 0.0 };
    place / 2.0 - 1.5 + gain
}

async fn known(scene: &Scene, input: &PersonInput) -> anyhow::Result<Option<PersonRow>> {
    let folded = domain::text::fold(&input.name);
    let mut db = scene.app.read().await?;
    Ok(store::people::person_by_email_and_name(&mut db, &input.email, &folded).await?)
}

/// Somebody takes the test on an occasion, `before` or `after`.
pub(crate) async fn take(
    scene: &Scene,
    person: usize,
    input: &PersonInput,
    occasion: &str,
) -> anyhow::Result<()> {
    let Some(row) = known(scene, input).await? else {
        return Ok(());
    };
    let id = row.id.parse().ok().context("person")?;
    if person == DECLINES {
        let own = Actor::Participant {
            person: id,
            name: row.name,
        };
        assessment::decline_own(&scene.app, &own).await?;
        return Ok(());
    }
    let begin = Begin {
        occasion: occasion.to_owned(),
    };
    let page = assessment::begin_for(&scene.app, &MAKER, id, &begin).await?;
    let (run, key) = page
        .trim_start_matches("/test/")
        .split_once("?cle=")
        .context("the address of a test")?;
    let seed = u64::try_from(person).unwrap_or_default() * 2 + u64::from(occasion == "after");
    let mut draws = Draws::new(seed);
    let ability = ability(person, occasion == "after");
    let most = if person == LEAVES { 4 } else { usize::MAX };
    for _ in 0..most {
        let opened = assessment::open(&scene.app, run, key).await?;
        let Some(shown) = opened.shown else {
            return Ok(());
        };
        let seconds = 8 + draws.next() % 50;
        scene.clock.advance(SignedDuration::from_secs(
            i64::try_from(seconds).unwrap_or(8),
        ));
        let knows = draws.uniform() < shown.item.parameters().probability(ability);
        let right = shown.item.right().unwrap_or_default();
        let place = shown
            .order
            .iter()
            .position(|choice| (*choice == right) == knows)
            .context("an answer")?;
        let reply = Reply {
            place: shown.place.to_string(),
            item: shown.item.slug.clone(),
            what: if !knows && draws.uniform() < 0.4 {
                "unknown".to_owned()
            } else {
                String::new()
            },
            choice: (place + 1).to_string(),
            touched: None,
        };
        assessment::answer(&scene.app, &MAKER, run, key, &reply).await?;
    }
    Ok(())
}

/// The tests after workshops, of every second person who took one before; some let the result count for their path.
pub(crate) async fn after(scene: &Scene, people: &[PersonInput]) -> anyhow::Result<()> {
    for (person, input) in people
        .iter()
        .enumerate()
        .filter(|(person, _)| is_asked(*person))
    {
        let Some(row) = known(scene, input).await? else {
            continue;
        };
        if person % (2 * EVERY) == FIRST && person != DECLINES {
            take(scene, person, input, "after").await?;
        }
        if person % (3 * EVERY) == FIRST {
            apply(scene, &row).await?;
        }
    }
    Ok(())
}

/// The newest result counts for the person's path, if it can.
async fn apply(scene: &Scene, person: &PersonRow) -> anyhow::Result<()> {
    let runs = {
        let mut db = scene.app.read().await?;
        store::assessment::of_person(&mut db, &person.id, None).await?
    };
    for run in runs.iter().filter(|run| run.conclusive == 1).take(1) {
        let key = application::access::link::level_run_key(&scene.app, &run.id)?;
        match assessment::apply(&scene.app, &MAKER, &run.id, &key, true).await {
            Ok(()) | Err(application::Error::Refused(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}
