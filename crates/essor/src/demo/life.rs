//! What happens in the season: people register, some wait, some withdraw, past sessions are held and marked.

use std::collections::BTreeSet;

use anyhow::{Context as _, bail};
use application::access::link;
use application::enrolment::{self, Move, Origin};
use application::people::PersonInput;
use application::questionnaire::{Contact, Entry, EntryAnswer};
use application::{attendance, certificate, funding, questionnaire, session};
use domain::language::Language;
use jiff::ToSpan as _;
use jiff::civil::Date;

use super::dates::{Dated, MEETING, is_weekday};
use super::means::Means;
use super::{Account, MAKER, Scene, level, quiz};

/// Sessions, counted from 0, for which more people ask than there are seats.
const SOUGHT: [usize; 4] = [24, 27, 31, 34];
/// A session for which one person more is needed.
const NEARLY: usize = 33;
/// A session that is cancelled.
const CANCELLED: usize = 41;

/// Somebody asks for a seat.
struct Wish {
    day: Date,
    person: usize,
    session: usize,
}

pub(crate) async fn run(
    scene: &mut Scene,
    means: &Means,
    people: &[PersonInput],
) -> anyhow::Result<Account> {
    let mut wishes = wishes(scene, means, people);
    wishes.sort_by_key(|wish| (wish.day, wish.person, wish.session));
    let (mut closed, mut tested) = (0, BTreeSet::new());
    scene.at(means.first.saturating_sub(3.days()), 10, 0)?;
    let quizzes = quiz::make(scene).await?;
    for wish in &wishes {
        while means
            .sessions
            .get(closed)
            .is_some_and(|session| session.day < wish.day)
        {
            close(scene, means, &quizzes, closed).await?;
            closed += 1;
        }
        ask(scene, means, people, wish).await?;
        if level::is_asked(wish.person) && tested.insert(wish.person) {
            let person = people.get(wish.person).context("person")?;
            level::take(scene, wish.person, person, "before").await?;
        }
    }
    while means
        .sessions
        .get(closed)
        .is_some_and(|session| session.day < scene.today)
    {
        close(scene, means, &quizzes, closed).await?;
        closed += 1;
    }
    scene.at(scene.today.saturating_sub(1.days()), 17, 0)?;
    let cancelled = means.sessions.get(CANCELLED).context("session")?;
    cancel(
        scene,
        &cancelled.id,
        "La salle est en travaux cette semaine-là.",
    )
    .await?;
    withdraw_one(scene, means).await?;
    fill_in(scene, people).await?;
    level::after(scene, people).await?;
    fund(scene, means).await?;
    certify(scene, &means.season).await?;
    enrolment::expire_offers(&scene.app).await?;
    super::looking_back::look_back(scene, means, people).await?;
    participant(scene, people).await
}

/// Whether a session is one that the rest of the demonstration tells something with.
pub(super) fn is_of_the_story(means: &Means, session: &str) -> bool {
    SOUGHT
        .into_iter()
        .chain([NEARLY, MEETING, CANCELLED])
        .filter_map(|index| means.sessions.get(index))
        .any(|known| known.id == session)
}

/// Who asks for what, when: each person for a few workshops of their level, near the beginning of the season or a week or two ahead.
fn wishes(scene: &mut Scene, means: &Means, people: &[PersonInput]) -> Vec<Wish> {
    let mut wishes = Vec::new();
    for (person, input) in people.iter().enumerate() {
        let wanted = 3 + scene.dice.below(4);
        let start = scene.dice.below(means.sessions.len());
        let mut modules = Vec::new();
        for step in 0..means.sessions.len() {
            let index = (start + step * 11) % means.sessions.len();
            let Some(session) = means.sessions.get(index) else {
                continue;
            };
            let reserved = matches!(
                session.module,
                "declaration-pac" | "donnees-de-l-exploitation"
            );
            let fits = !reserved || input.sector == "agriculture";
            let special = index == MEETING || index == NEARLY || SOUGHT.contains(&index);
            if fits && !special && !modules.contains(&session.module) && modules.len() < wanted {
                modules.push(session.module);
                wishes.push(Wish {
                    day: asking_day(scene, means, session),
                    person,
                    session: index,
                });
            }
        }
    }
    for (turn, index) in SOUGHT.into_iter().enumerate() {
        for person in 0..8 {
            let person = (turn * 9 + person * 5) % people.len();
            wishes.push(Wish {
                day: earliest(scene, means),
                person,
                session: index,
            });
        }
    }
    for person in [4, 17] {
        wishes.push(Wish {
            day: earliest(scene, means),
            person,
            session: NEARLY,
        });
    }
    wishes
}

/// A day of the two weeks before today on which somebody asks for a date still to come.
fn earliest(scene: &mut Scene, means: &Means) -> Date {
    let back = i64::try_from(2 + scene.dice.below(10)).unwrap_or(2);
    scene.today.saturating_sub(back.days()).max(means.first)
}

/// A day some time before the session, and before today.
fn asking_day(scene: &mut Scene, means: &Means, session: &Dated) -> Date {
    let ahead = i64::try_from(2 + scene.dice.below(18)).unwrap_or(2);
    let day = session
        .day
        .saturating_sub(ahead.days())
        .min(scene.today.saturating_sub(2.days()));
    let day = day.max(means.first.saturating_sub(30.days()));
    if is_weekday(day) {
        day
    } else {
        day.saturating_sub(2.days())
    }
}

/// One request, by the way that people of that kind take.
async fn ask(
    scene: &mut Scene,
    means: &Means,
    people: &[PersonInput],
    wish: &Wish,
) -> anyhow::Result<()> {
    let hour = i8::try_from(8 + scene.dice.below(11)).unwrap_or(8);
    let minute = i8::try_from(scene.dice.below(60)).unwrap_or_default();
    scene.at(wish.day, hour, minute)?;
    enrolment::expire_offers(&scene.app).await?;
    let person = people.get(wish.person).context("person")?;
    let session = means.sessions.get(wish.session).context("session")?;
    let origin = if person.email.is_empty() {
        Origin::Phone
    } else if scene.dice.chance(15) {
        Origin::Referent
    } else {
        Origin::Web
    };
    enrolment::register(
        &scene.app,
        &MAKER,
        &session.id,
        std::slice::from_ref(person),
        origin,
    )
    .await
    .with_context(|| format!("{} in {}", person.name, session.module))?;
    Ok(())
}

/// The evening of a past session: those who came are marked, and the list is closed; a group too small was cancelled the day before.
async fn close(
    scene: &mut Scene,
    means: &Means,
    quizzes: &[(&'static str, String)],
    index: usize,
) -> anyhow::Result<()> {
    let session = means.sessions.get(index).context("session")?;
    let row = store::session::get(&mut scene.app.read().await?, &session.id)
        .await?
        .context("session")?;
    if row.stage == "gathering" {
        scene.at(session.day.saturating_sub(1.days()), 17, 0)?;
        cancel(scene, &session.id, "Trop peu d’inscrits.").await?;
        return Ok(());
    }
    let hour: i8 = session
        .starts
        .get(..2)
        .and_then(|hour| hour.parse().ok())
        .unwrap_or(14);
    scene.at(session.day, hour + 2, 15)?;
    mark(scene, session).await?;
    if scene.dice.chance(60) {
        let note = NOTES.get(index % NOTES.len()).context("note")?;
        attendance::add_note(&scene.app, &MAKER, &session.id, note).await?;
    }
    quiz::answer(scene, quizzes, session, index).await?;
    attendance::hold(&scene.app, &MAKER, &session.id, "absent").await?;
    application::quiz::tell(&scene.app).await?;
    Ok(())
}

/// What trainers leave for those who come after them.
const NOTES: [&str; 4] = [
    "Prévoir dix minutes de plus pour la création des comptes.",
    "Le poste 3 est lent : le garder pour la démonstration.",
    "Groupe très demandeur d’exemples de leur métier.",
    "Revoir le glisser-déposer avant de commencer.",
];

/// Most came; one in eight did not, one in ten was late.
async fn mark(scene: &mut Scene, session: &Dated) -> anyhow::Result<()> {
    let roster = store::enrolment::roster(&mut scene.app.read().await?, &session.id).await?;
    for line in roster.into_iter().filter(|line| line.stage == "placed") {
        let (mark, minutes) = match scene.dice.below(40) {
            0..5 => ("absent", ""),
            5..9 => ("late", "15"),
            9 => ("excused", ""),
            _ => ("present", ""),
        };
        let command = attendance::Command {
            person: line.person_id,
            mark: mark.to_owned(),
            minutes: minutes.to_owned(),
            version: String::new(),
        };
        attendance::mark(&scene.app, &MAKER, &session.id, &command).await?;
    }
    Ok(())
}

/// Every second person fills in the questionnaire on paper; the desk enters the sheets.
async fn fill_in(scene: &mut Scene, people: &[PersonInput]) -> anyhow::Result<()> {
    for person in people.iter().step_by(2) {
        let level = scene.dice.below(3) + 1;
        let wants = (0..3)
            .map(|_| (scene.dice.below(16) + 1).to_string())
            .collect::<Vec<_>>()
            .join(" ");
        let free = (0..5)
            .map(|_| (scene.dice.below(17) + 1).to_string())
            .collect::<Vec<_>>()
            .join(" ");
        let typed = [
            ("profil", profile_number(person).to_owned()),
            ("aisance_ordinateur", level.to_string()),
            ("aisance_telephone", (level + 1).to_string()),
            ("internet", (level + 1).to_string()),
            ("envies", wants),
            ("disponibilites", free),
            ("commune", person.commune.clone()),
            ("distance", (3 + scene.dice.below(3)).to_string()),
        ];
        let entry = Entry {
            contact: Contact {
                name: person.name.clone(),
                email: person.email.clone(),
                phone: person.phone.clone(),
                organisation: person.organisation.clone(),
                version: String::new(),
            },
            origin: "paper".to_owned(),
            typed: typed
                .into_iter()
                .map(|(slug, typed)| (slug.to_owned(), typed))
                .collect(),
        };
        let answer = questionnaire::enter(&scene.app, &MAKER, &entry, Language::Fr).await?;
        if let EntryAnswer::Wrong { answers, contact } = answer {
            bail!(
                "the sheet of {} cannot be taken: {answers:?} {contact:?}",
                person.name
            );
        }
    }
    Ok(())
}

/// The number of the profile among the questionnaire's options.
fn profile_number(person: &PersonInput) -> &'static str {
    match person.profiles.first().map(String::as_str) {
        Some("commercant") => "1",
        Some("artisan") => "2",
        Some("agriculteur") => "3",
        Some("profession-liberale") => "4",
        Some("futur-createur") => "6",
        _ => "7",
    }
}

/// Two funders share the sessions that are over; one person's place is paid for by the other of the two.
async fn fund(scene: &Scene, means: &Means) -> anyhow::Result<()> {
    let over = means
        .sessions
        .iter()
        .filter(|session| session.day < scene.today);
    for (turn, session) in over.enumerate() {
        let of = match funding::of_session(&scene.app, &MAKER, &session.id).await {
            // Cancelled: there is nothing to pay for.
            Err(application::Error::NotFound) => continue,
            found => found?,
        };
        let (first, second) = match of.funders.as_slice() {
            [first, second] if turn % 3 == 2 => (second, first),
            [first, second] => (first, second),
            _ => bail!("the season has two funders"),
        };
        let seat = of
            .sitting
            .places
            .iter()
            .find_map(|place| place.row.enrolment_id.clone())
            .filter(|_| turn == 0);
        let places = seat
            .into_iter()
            .map(|seat| (seat, second.id.clone()))
            .collect();
        funding::set(&scene.app, &MAKER, &session.id, &first.id, &places)
            .await
            .context("funder")?;
    }
    Ok(())
}

/// The first certificates of the season.
async fn certify(scene: &Scene, season: &str) -> anyhow::Result<()> {
    let (_, candidates) = certificate::candidates(&scene.app, &MAKER, season).await?;
    let entitled = candidates
        .into_iter()
        .filter(|candidate| candidate.missing.is_none());
    for candidate in entitled.take(6) {
        certificate::issue(&scene.app, &MAKER, season, &candidate.bearer.person_id).await?;
    }
    Ok(())
}

async fn cancel(scene: &Scene, id: &str, reason: &str) -> anyhow::Result<()> {
    let cancel = session::Cancel {
        reason: reason.to_owned(),
        ..session::Cancel::default()
    };
    session::cancel(&scene.app, &MAKER, id, cancel)
        .await
        .context("cancel")?;
    Ok(())
}

/// Somebody gives up a seat in a full session, so that an offer is open.
async fn withdraw_one(scene: &Scene, means: &Means) -> anyhow::Result<()> {
    let session = SOUGHT
        .first()
        .and_then(|index| means.sessions.get(*index))
        .context("session")?;
    let rows = enrolment::of_session(&scene.app, &MAKER, &session.id).await?;
    if let Some(row) = rows.iter().find(|row| row.stage == "placed") {
        enrolment::act(&scene.app, &MAKER, &row.id, Move::Withdraw).await?;
    }
    Ok(())
}

/// The participant whom the visitor may be: the first one with an e-mail address.
async fn participant(scene: &Scene, people: &[PersonInput]) -> anyhow::Result<Account> {
    let input = people
        .iter()
        .find(|person| !person.email.is_empty())
        .context("person")?;
    let folded = domain::text::fold(&input.name);
    let person = store::people::person_by_email_and_name(
        &mut scene.app.read().await?,
        &input.email,
        &folded,
    )
    .await?;
    let person = person.context("the first person registered nowhere")?;
    Ok(Account {
        email: input.email.clone(),
        password: None,
        link: Some(link::personal(&scene.app, &person)?),
        api_token: None,
    })
}
