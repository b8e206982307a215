//! The end of the first paths: talks held and begun, what was missing put together and proposed, what people think.

use anyhow::{Context as _, bail};
use application::access::{Actor, Binding, Role, Staff};
use application::debrief::missing::{self, Group};
use application::debrief::{self, Decision, DueLine, Saved};
use application::enrolment::{self, Move};
use application::people::PersonInput;
use application::satisfaction::{self, Outcome};

use super::means::Means;
use super::{MAKER, Scene};

/// What somebody says: answers by question, uses in turn, modules and words that were missing, and whether the talk is finished.
struct Said {
    answers: &'static [(&'static str, &'static str)],
    module: &'static str,
    words: &'static str,
    finished: bool,
}

const SAID: [Said; 7] = [
    Said {
        answers: &[
            ("difficultes", "mise-en-pratique"),
            (
                "difficultes_mots",
                "Une fois rentrée, plus le temps de refaire.",
            ),
            ("manque_forme", "atelier"),
            ("usage_change", "Je réponds aux devis le jour même."),
            (
                "suite",
                "Refaire ma fiche d’établissement avant les fêtes.\nRevenir pour un atelier photo.",
            ),
            ("recommande", "oui"),
            ("recontact", "3"),
        ],
        module: "photo-et-video",
        words: "Prendre de belles photos de mes produits",
        finished: true,
    },
    Said {
        answers: &[
            ("difficultes", "horaires"),
            ("suite", "Essayer les devis en ligne avec deux clients."),
            ("recommande", "oui"),
            ("recontact", "6"),
        ],
        module: "photo-et-video",
        words: "Photographier mes réalisations sur les chantiers",
        finished: true,
    },
    Said {
        answers: &[
            ("difficultes", "distance"),
            ("manque_forme", "chez-soi"),
            ("suite", "Mettre mes horaires à jour chaque saison."),
            ("recommande", "peut-etre"),
            ("recontact", "12"),
        ],
        module: "photo-et-video",
        words: "Des photos pour vendre à la ferme",
        finished: true,
    },
    Said {
        answers: &[
            ("difficultes", "aucune"),
            ("suite", "Montrer à mon collègue ce que j’ai appris."),
            ("recommande", "oui"),
            ("recontact", "non"),
        ],
        module: "photo-et-video",
        words: "",
        finished: true,
    },
    Said {
        answers: &[("difficultes", "rythme")],
        module: "photo-et-video",
        words: "L’intelligence artificielle, pour écrire mes annonces",
        finished: false,
    },
    Said {
        answers: &[("difficultes", "materiel")],
        module: "lettre-d-information",
        words: "",
        finished: false,
    },
    Said {
        answers: &[("difficultes", "mots")],
        module: "photo-et-video",
        words: "",
        finished: false,
    },
];

/// Answers after a session: steps of the five scales, and a word.
const OPINIONS: [([&str; 5], &str); 7] = [
    (
        ["5", "4", "5", "4", "5"],
        "Garder les exemples de notre métier.",
    ),
    (["4", "3", "4", "5", "4"], ""),
    (
        ["5", "5", "5", "5", "4"],
        "Une deuxième séance pour pratiquer, s’il vous plaît.",
    ),
    (["3", "2", "4", "3", "5"], "Un peu rapide au début."),
    (["5", "4", "4", "4", "3"], ""),
    (["4", "4", "5", "4", "4"], "Très bien expliqué."),
    (["4", "5", "4", "4", "4"], ""),
];

pub(super) async fn look_back(
    scene: &Scene,
    means: &Means,
    people: &[PersonInput],
) -> anyhow::Result<()> {
    let coordinator = coordinator(scene, means).await?;
    talk(scene, means, people, &coordinator).await?;
    put_together(scene, means, &coordinator).await?;
    opinions(scene, means).await
}

/// The coordinator of the demonstration: talks bear a name.
async fn coordinator(scene: &Scene, means: &Means) -> anyhow::Result<Actor> {
    let mut db = scene.app.read().await?;
    let account = store::access::account_by_email(&mut db, &means.coordinator.email)
        .await?
        .context("coordinator")?;
    Ok(Actor::Staff(Staff {
        account: account.id.parse().ok().context("account")?,
        name: account.name,
        bindings: vec![Binding {
            role: Role::Coordinator,
            programme: None,
            territory: None,
        }],
        trainer: None,
    }))
}

/// Those who came, most sessions first.
async fn attendees(
    scene: &Scene,
    means: &Means,
    coordinator: &Actor,
) -> anyhow::Result<Vec<DueLine>> {
    let season = debrief::list(&scene.app, coordinator, &means.season)
        .await?
        .season;
    let now = scene.app.now().as_millisecond();
    let mut db = scene.app.read().await?;
    let mut lines = store::debrief::lines(&mut db, &season.id, None, now).await?;
    lines.retain(|line| line.sessions > 0);
    lines.sort_by_key(|line| std::cmp::Reverse(line.sessions));
    Ok(lines)
}

/// Four people with little ahead of them have seen enough: they give back what they still had, and are due for the talk.
async fn end_some_paths(
    scene: &Scene,
    means: &Means,
    coordinator: &Actor,
) -> anyhow::Result<Vec<String>> {
    let now = scene.app.now().as_millisecond();
    let mut done = Vec::new();
    for line in attendees(scene, means, coordinator).await? {
        let enrolments =
            store::enrolment::of_person(&mut scene.app.read().await?, &line.person_id).await?;
        let ahead: Vec<_> = enrolments
            .into_iter()
            .filter(|one| one.ends_at > now && one.session_stage != "cancelled")
            .filter(|one| ["placed", "waiting", "offered"].contains(&one.stage.as_str()))
            .collect();
        // Groups that the rest of the story is about stay as they are.
        let is_needed = ahead.iter().any(|one| {
            super::life::is_of_the_story(means, &one.session_id) || one.stage != "placed"
        });
        if done.len() == 4 || is_needed || ahead.len() > 3 {
            continue;
        }
        for one in ahead {
            enrolment::act(&scene.app, &MAKER, &one.id, Move::Withdraw).await?;
        }
        done.push(line.person_id);
    }
    Ok(done)
}

/// The first participant and a few who are due talk; the others still wait for it.
async fn talk(
    scene: &Scene,
    means: &Means,
    people: &[PersonInput],
    coordinator: &Actor,
) -> anyhow::Result<()> {
    let due = end_some_paths(scene, means, coordinator).await?;
    let first = people
        .iter()
        .find(|person| !person.email.is_empty())
        .context("person")?;
    let first = store::people::person_by_email_and_name(
        &mut scene.app.read().await?,
        &first.email,
        &domain::text::fold(&first.name),
    )
    .await?
    .context("the first person registered nowhere")?;
    let others = attendees(scene, means, coordinator)
        .await?
        .into_iter()
        .map(|line| line.person_id)
        .filter(|id| *id != first.id && !due.iter().skip(1).any(|own| own == id));
    let with: Vec<String> = std::iter::once(first.id.clone()).chain(others).collect();
    for (person, said) in with.iter().zip(&SAID) {
        let opened = debrief::open(&scene.app, coordinator, &means.season, person).await?;
        let mut raw: Vec<(String, String)> = said
            .answers
            .iter()
            .map(|(slug, value)| ((*slug).to_owned(), (*value).to_owned()))
            .collect();
        for (module, how) in opened
            .taken
            .iter()
            .zip(["weekly", "sometimes", "not-yet", "weekly"])
        {
            raw.push((format!("use_{module}"), how.to_owned()));
        }
        if !opened.taken.contains(said.module) {
            raw.push(("lack_module".to_owned(), said.module.to_owned()));
        }
        raw.push(("lack_words".to_owned(), said.words.to_owned()));
        let at = (means.season.as_str(), person.as_str());
        let saved = debrief::save(&scene.app, coordinator, at, &raw, 0, said.finished).await?;
        if let Saved::Wrong(wrong) = saved {
            bail!("the talk cannot be taken: {:?}", wrong.1.errors);
        }
        if said.finished {
            debrief::send_home(&scene.app, coordinator, &means.season, person).await?;
        }
    }
    Ok(())
}

/// Three people's words are one subject; the module that most miss is proposed.
async fn put_together(scene: &Scene, means: &Means, coordinator: &Actor) -> anyhow::Result<()> {
    let page = missing::grouping(&scene.app, coordinator, &means.season).await?;
    let words: Vec<String> = page
        .open
        .into_iter()
        .filter(|words| words.text.to_lowercase().contains("photo"))
        .map(|words| words.source)
        .collect();
    let group = Group {
        words,
        title: "Photographier ce que l’on fait et ce que l’on vend".to_owned(),
        ..Group::default()
    };
    let subject = missing::group(&scene.app, coordinator, &means.season, &group).await?;
    let topic = format!("subject.{subject}");
    let id = debrief::propose(&scene.app, coordinator, &means.season, &topic).await?;
    let decision = Decision {
        stage: "taken-up".to_owned(),
        why: "Trois métiers différents, le même besoin : une après-midi suffit.".to_owned(),
        reason: "Une après-midi « photo » est prévue en début de saison prochaine, à Frévent et à Saint-Pol.".to_owned(),
        version: "1".to_owned(),
    };
    debrief::decide(&scene.app, coordinator, &id, &decision).await?;
    debrief::propose(
        &scene.app,
        coordinator,
        &means.season,
        "module.photo-et-video",
    )
    .await?;
    Ok(())
}

/// The fullest session has enough answers to be opened, the next two only.
async fn opinions(scene: &Scene, means: &Means) -> anyhow::Result<()> {
    let mut sessions = satisfaction::overview(&scene.app, &MAKER, &means.season)
        .await?
        .sessions;
    sessions.sort_by_key(|(row, _)| (std::cmp::Reverse(row.attended), row.starts_at));
    for ((row, _), most) in sessions.iter().zip([OPINIONS.len(), 2]) {
        let subject = ("session", row.session_id.as_str());
        let attendees =
            store::satisfaction::attendees(&mut scene.app.read().await?, subject).await?;
        for (person, (steps, word)) in attendees.iter().zip(&OPINIONS).take(most) {
            let participant = Actor::Participant {
                person: person.parse().ok().context("person")?,
                name: String::new(),
            };
            let own = satisfaction::own(&scene.app, &participant).await?;
            let link = own
                .iter()
                .find(|one| one.about.id == row.session_id)
                .context("link")?;
            let token = link.path.rsplit('/').next().context("token")?;
            let raw: Vec<(String, String)> = ["utile", "rythme", "clair", "pratique", "lieu"]
                .into_iter()
                .zip(steps)
                .chain([("mot", word)])
                .map(|(slug, value)| (slug.to_owned(), (*value).to_owned()))
                .collect();
            let at = ("seance", row.session_id.as_str(), token);
            let outcome = satisfaction::answer(&scene.app, at, &raw).await?;
            if !matches!(outcome, Outcome::Kept) {
                bail!("an opinion cannot be taken: {outcome:?}");
            }
        }
    }
    Ok(())
}
