//! The rules of a season: which are in use, what others would change, and putting them to use.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use domain::content::{ContentError, ContentErrors, Problem};
use domain::pathway::{Pathway, PathwayDiff, Rules, diff};
use serde::Serialize;
use store::Connection;
use store::content_version::ContentVersionRow;
use store::programme::SeasonRow;

use super::compute::Ground;
use super::draw_up_on;
use crate::access::{Action, Actor, Resource, authorise};
use crate::enrolment::parse;
use crate::questionnaire::{Offered, answers_of, offered_by};
use crate::{App, Error, Result, content, history};

/// Most characters of a rules text: far more than anyone writes.
const LONGEST: usize = 200_000;

/// Rules put to use at the desk, read once: what is kept under an id never changes.
static READ: LazyLock<Mutex<HashMap<String, Arc<Rules>>>> = LazyLock::new(Mutex::default);

enum Source {
    Embedded(&'static Rules),
    Kept(Arc<Rules>),
}

/// Rules with their text.
pub struct ActiveRules {
    source: Source,
    /// The text of the rules file.
    pub text: String,
    /// Who put them to use and when (UTC milliseconds); none for those that came with the program.
    pub adopted: Option<(String, i64)>,
}

impl ActiveRules {
    /// The rules.
    #[must_use]
    pub fn rules(&self) -> &Rules {
        match &self.source {
            Source::Embedded(rules) => rules,
            Source::Kept(rules) => rules,
        }
    }

    fn of(rules: Rules, text: &str) -> Self {
        Self {
            source: Source::Kept(Arc::new(rules)),
            text: text.to_owned(),
            adopted: None,
        }
    }
}

fn setting(season: &SeasonRow) -> String {
    format!("pathway-rules {}", season.id)
}

/// The rules that a season uses: those put to use at the desk, else those that came with the program.
pub async fn active(db: &mut Connection, season: &SeasonRow) -> Result<ActiveRules> {
    if let Some(id) = store::setting::get(db, &setting(season)).await?
        && let Some(kept) = store::content_version::get(db, &id).await?
    {
        let known = {
            let read = READ.lock().unwrap_or_else(PoisonError::into_inner);
            read.get(&id).cloned()
        };
        let rules = match known {
            Some(rules) => rules,
            None => {
                let rules = content::embedded()
                    .preview_rules(&kept.slug, &kept.body)
                    .map_err(|errors| Error::Internal(format!("rules {id}: {errors}")))?;
                let rules = Arc::new(rules);
                let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
                read.insert(id, Arc::clone(&rules));
                rules
            }
        };
        return Ok(ActiveRules {
            source: Source::Kept(rules),
            text: kept.body,
            adopted: kept.created_by.map(|by| (by, kept.created_at)),
        });
    }
    let slug = &season.pathway_rules;
    let rules = content::embedded()
        .rules(slug)
        .ok_or_else(|| Error::Internal(format!("no pathway rules {slug:?}")))?;
    Ok(ActiveRules {
        source: Source::Embedded(rules),
        text: content::embedded_text(&format!("pathways/{slug}.toml"))
            .unwrap_or_default()
            .to_owned(),
        adopted: None,
    })
}

/// What other rules would change for one person.
#[derive(Clone, Debug, Serialize)]
pub struct RulesChange {
    /// The person.
    pub person: String,
    /// Their name.
    pub name: String,
    /// Their path by the rules in use.
    pub before: Pathway,
    /// Their path by the other rules.
    pub after: Pathway,
    /// The differences.
    pub diff: PathwayDiff,
}

/// What becomes of a text of rules.
#[derive(Clone, Debug)]
pub enum Preview {
    /// It cannot be used; every fault with its line or field.
    Wrong(ContentErrors),
    /// It can.
    Sound {
        /// Those for whom something changes, by name.
        changes: Vec<RulesChange>,
        /// How many people have a path in all.
        people: usize,
    },
}

fn read(offered: &Offered, text: &str) -> std::result::Result<Rules, ContentErrors> {
    let fault = |field: &str, problem: Problem| {
        ContentErrors(vec![ContentError {
            file: offered.season.pathway_rules.clone(),
            field: field.to_owned(),
            problem,
        }])
    };
    if text.chars().count() > LONGEST {
        let english = format!("this text is longer than {LONGEST} characters; shorten it");
        let problem = Problem::new("content-too-long", english);
        return Err(fault("", problem.with("most", LONGEST.to_string())));
    }
    let rules = content::embedded().preview_rules(&offered.season.pathway_rules, text)?;
    if rules.slug() != offered.season.pathway_rules {
        return Err(fault("slug", must_be(&offered.season.pathway_rules)));
    }
    if rules.questionnaire() != offered.questionnaire.slug() {
        return Err(fault(
            "questionnaire",
            must_be(offered.questionnaire.slug()),
        ));
    }
    Ok(rules)
}

fn must_be(name: &str) -> Problem {
    Problem::new("content-must-be", format!("must be \"{name}\"")).with("name", name)
}

/// The line of a text of rules, from 1, on which a field stands: `rules[2].when` is the first `when` after the third `[[rules]]`. `None`
/// where the text is written otherwise.
#[must_use]
pub fn line_of(text: &str, field: &str) -> Option<usize> {
    let (table, key) = match field.rsplit_once("].") {
        Some((table, key)) => (Some(format!("{table}]")), key),
        None => match field.rsplit_once('.') {
            Some((table, key)) => (Some(table.to_owned()), key),
            None => (None, field),
        },
    };
    let mut lines = text.lines().enumerate();
    if let Some(table) = &table {
        let (header, place) = match table.split_once('[') {
            Some((name, place)) => {
                let place: usize = place.trim_end_matches(']').parse().ok()?;
                (format!("[[{name}]]"), place)
            }
            None => (format!("[{table}]"), 0),
        };
        lines
            .by_ref()
            .filter(|(_, line)| line.trim() == header)
            .nth(place)?;
    }
    let name = key.split(['.', '[']).next()?;
    let (index, _) = lines
        .take_while(|(_, line)| table.is_none() || !line.trim_start().starts_with("[["))
        .find(|(_, line)| {
            let rest = line.trim_start().strip_prefix(name);
            rest.is_some_and(|rest| rest.trim_start().starts_with(['=', '.']))
                || line.trim() == format!("[{name}]")
        })?;
    Some(index + 1)
}

async fn season_for(
    app: &App,
    db: &mut Connection,
    actor: &Actor,
    season: &str,
) -> Result<Offered> {
    let season = store::programme::season_by_slug(db, season).await?;
    let resource = match &season {
        Some(season) => Resource::of_programme(parse(&season.programme_id)?),
        None => Resource::everything(),
    };
    authorise(app, actor, Action::ManageRules, &resource)?;
    offered_by(db, season.ok_or(Error::NotFound)?).await
}

/// What a text of rules would do to the paths of everybody in the season (its slug). Nothing is written.
///
/// # Errors
/// What the policies say, [`Error::NotFound`]. A faulty text is an answer, not an error.
pub async fn preview_rules(app: &App, actor: &Actor, season: &str, text: &str) -> Result<Preview> {
    let mut db = app.read().await?;
    let offered = season_for(app, &mut db, actor, season).await?;
    let other = match read(&offered, text) {
        Ok(rules) => ActiveRules::of(rules, text),
        Err(faults) => return Ok(Preview::Wrong(faults)),
    };
    let ground = Ground::load(app, &mut db, &offered).await?;
    let mut changes = Vec::new();
    let responses = store::response::completed_in(&mut db, &offered.season.id).await?;
    let people = responses.len();
    for response in responses {
        let Some(id) = &response.person_id else {
            continue;
        };
        let Some(person) = store::people::person(&mut db, id).await? else {
            continue;
        };
        let answers = answers_of(&response)?;
        let profile = ground
            .profile(app, &mut db, Some(&person), &answers)
            .await?;
        let before = ground.with(&ground.rules, &answers, &profile);
        let after = ground.with(&other, &answers, &profile);
        let diff = diff(&before, &after);
        if !diff.is_empty() {
            changes.push(RulesChange {
                person: person.id,
                name: person.name,
                before,
                after,
                diff,
            });
        }
    }
    Ok(Preview::Sound { changes, people })
}

#[derive(Serialize)]
struct Adopted<'a> {
    rules: &'a str,
    version: String,
}

/// Puts a text of rules to use in the season (its slug) and draws up everybody's path anew, in one transaction. `seen` is the state
/// ([`Rules::content_version`]) of the rules that were edited. Answers how many paths were drawn up.
///
/// # Errors
/// What the policies say, [`Error::NotFound`], [`Error::Stale`] when other rules were put to use meanwhile, [`Error::Invalid`] on `text` when
/// the text is faulty ([`preview_rules`] says how).
pub async fn adopt_rules(
    app: &App,
    actor: &Actor,
    season: &str,
    text: &str,
    seen: &str,
) -> Result<usize> {
    let mut tx = app.write().await?;
    let offered = season_for(app, &mut tx, actor, season).await?;
    tx.lock_name(&setting(&offered.season)).await?;
    let before = active(&mut tx, &offered.season).await?;
    if before.rules().content_version().as_str() != seen {
        return Err(Error::Stale);
    }
    let rules = read(&offered, text)
        .map_err(|_| Error::field("text", domain::input::InputError::UnknownChoice))?;
    let now = app.now().as_millisecond();
    let kept = store::content_version::keep(
        &mut tx,
        &ContentVersionRow {
            id: app.new_id::<ContentVersionRow>().to_string(),
            kind: "pathway-rules".to_owned(),
            slug: rules.slug().to_owned(),
            version: rules.content_version().to_string(),
            body: text.to_owned(),
            created_at: now,
            created_by: Some(actor.name().to_owned()),
            published_at: Some(now),
        },
    )
    .await?;
    store::setting::set(&mut tx, &setting(&offered.season), &kept.id).await?;
    let state = |rules: &'_ Rules| rules.content_version().to_string();
    let was = Adopted {
        rules: before.rules().slug(),
        version: state(before.rules()),
    };
    let is = Adopted {
        rules: rules.slug(),
        version: state(&rules),
    };
    history::record(
        app,
        &mut tx,
        actor,
        "pathway.rules-adopted",
        ("season", &offered.season.id),
        Some(&was),
        Some(&is),
    )
    .await?;
    let number = all_anew(app, &mut tx, actor, &offered).await?;
    tx.commit().await?;
    Ok(number)
}

/// Draws up the paths of everybody in the season (its slug) anew. Answers how many.
///
/// # Errors
/// What the policies say, [`Error::NotFound`].
pub async fn recompute(app: &App, actor: &Actor, season: &str) -> Result<usize> {
    let mut tx = app.write().await?;
    let offered = season_for(app, &mut tx, actor, season).await?;
    let number = all_anew(app, &mut tx, actor, &offered).await?;
    tx.commit().await?;
    Ok(number)
}

async fn all_anew(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    offered: &Offered,
) -> Result<usize> {
    let ground = Ground::load(app, tx, offered).await?;
    let mut number = 0;
    for response in store::response::completed_in(tx, &offered.season.id).await? {
        let Some(id) = &response.person_id else {
            continue;
        };
        if let Some(person) = store::people::person(tx, id).await? {
            draw_up_on(app, tx, actor, &ground, &person, &response).await?;
            number += 1;
        }
    }
    Ok(number)
}

/// The present season with the rules that it uses, for whoever may change them; none between seasons.
///
/// # Errors
/// What the policies say.
pub async fn rules_of_present(
    app: &App,
    actor: &Actor,
) -> Result<Option<(SeasonRow, ActiveRules, Offered)>> {
    let present = crate::questionnaire::offered(app).await?;
    let resource = match &present {
        Some(offered) => Resource::of_programme(parse(&offered.season.programme_id)?),
        None => Resource::everything(),
    };
    authorise(app, actor, Action::ManageRules, &resource)?;
    let Some(offered) = present else {
        return Ok(None);
    };
    let mut db = app.read().await?;
    let rules = active(&mut db, &offered.season).await?;
    Ok(Some((offered.season.clone(), rules, offered)))
}

#[cfg(test)]
mod tests {
    use super::line_of;

    #[test]
    fn a_fault_is_found_on_the_line_where_it_stands() {
        let text = "slug = \"boutic\"\n\n[level]\nfrom = [4, 8, 12]\n\n[[level.points]]\nwhen = \"a\"\n\n[[rules]]\nslug = \"un\"\nwhen = \"b\"\n\n[[rules]]\nslug = \"deux\"\nreason.fr = \"\"\nwhen = \"c\"\n";
        for (field, line) in [
            ("slug", Some(1)),
            ("level.from", Some(4)),
            ("level.points[0].when", Some(7)),
            ("rules[0].when", Some(11)),
            ("rules[1].when", Some(16)),
            ("rules[1].reason.fr", Some(15)),
            ("rules[2].when", None),
            ("most_steps", None),
        ] {
            assert_eq!(line_of(text, field), line, "{field}");
        }
    }
}
