//! Personal paths: drawn up from answers, rules and the sessions there are.

mod compute;
mod rules;
mod view;

use domain::pathway::{Outcome, Pathway};
use store::Connection;
use store::pathway::{PathwayRow, PathwayStepRow};
use store::people::PersonRow;
use store::response::ResponseRow;
use store::wish::WishRow;

use crate::access::Actor;
use crate::questionnaire::{Offered, json};
use crate::{App, Result, history, wish};

use compute::Ground;
pub use rules::{
    ActiveRules, Preview, RulesChange, active, adopt_rules, line_of, preview_rules, recompute,
    rules_of_present,
};
pub use store::pathway::RelayedPerson;
pub use store::session::SessionOverview;
pub use view::{
    Meeting, PathView, StepView, coming, current, of_response, register_proposed, relayed,
};

/// What the event log keeps of a path.
#[derive(serde::Serialize)]
struct Drawn<'a> {
    level: u8,
    modules: Vec<&'a str>,
    rules: &'a str,
}

/// The completed response that a person's path in a season answers, with the level, 0 to 3, that it alone comes to.
pub(crate) async fn told(
    db: &mut Connection,
    offered: &Offered,
    person: &str,
) -> Result<Option<(ResponseRow, u8)>> {
    let Some(response) = store::response::completed_by(db, person, &offered.season.id).await?
    else {
        return Ok(None);
    };
    let rules = active(db, &offered.season).await?;
    let answers = crate::questionnaire::answers_of(&response)?;
    let level = domain::pathway::level_told(rules.rules(), offered.questionnaire, &answers);
    Ok(Some((response, level)))
}

/// Draws up the path of a person from a completed response and stores it in place of an earlier one, with the wishes that follow.
pub(crate) async fn draw_up(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    offered: &Offered,
    person: &PersonRow,
    response: &ResponseRow,
) -> Result<Pathway> {
    let ground = Ground::load(app, tx, offered).await?;
    draw_up_on(app, tx, actor, &ground, person, response).await
}

/// The same on what is loaded already, for many people.
async fn draw_up_on(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    ground: &Ground<'_>,
    person: &PersonRow,
    response: &ResponseRow,
) -> Result<Pathway> {
    let path = ground.path(app, tx, Some(person), response).await?;
    let row = PathwayRow {
        id: app.new_id::<domain::id::kind::Pathway>().to_string(),
        season_id: ground.offered.season.id.clone(),
        person_id: person.id.clone(),
        response_id: response.id.clone(),
        level: i64::from(path.level),
        rules: ground.rules.rules().slug().to_owned(),
        rules_version: ground.rules.rules().content_version().to_string(),
        made_at: app.now().as_millisecond(),
        superseded_at: None,
    };
    store::pathway::replace(tx, &row, &steps_of(&row.id, &path)?).await?;
    let drawn = Drawn {
        level: path.level,
        modules: path.steps.iter().map(|step| step.module.as_str()).collect(),
        rules: &row.rules_version,
    };
    history::record(
        app,
        tx,
        actor,
        "pathway.drawn-up",
        ("pathway", &row.id),
        None,
        Some(&drawn),
    )
    .await?;
    for step in &path.steps {
        let reason = match &step.outcome {
            Outcome::Full => "full",
            Outcome::Absent { .. } => "absent",
            Outcome::Booked { session } => {
                let session = session.to_string();
                wish::met(
                    app,
                    tx,
                    actor,
                    &person.id,
                    &ground.offered.season.id,
                    &step.module,
                    &session,
                )
                .await?;
                continue;
            }
            Outcome::Proposed => continue,
        };
        wish::keep(
            app,
            tx,
            actor,
            WishRow {
                module: Some(step.module.clone()),
                reason: reason.to_owned(),
                ..wish::blank(app, &ground.offered.season.id, &person.id)
            },
        )
        .await?;
    }
    Ok(path)
}

fn steps_of(pathway: &str, path: &Pathway) -> Result<Vec<PathwayStepRow>> {
    let mut steps = Vec::with_capacity(path.steps.len());
    for (position, step) in (1..).zip(&path.steps) {
        let (outcome, session) = match &step.outcome {
            Outcome::Booked { session } => ("booked", Some(session.to_string())),
            Outcome::Proposed => (
                "proposed",
                step.proposals
                    .first()
                    .map(|proposal| proposal.session.to_string()),
            ),
            Outcome::Full => ("full", None),
            Outcome::Absent { .. } => ("absent", None),
        };
        steps.push(PathwayStepRow {
            pathway_id: pathway.to_owned(),
            position,
            module: step.module.clone(),
            reasons: json(&step.reasons)?,
            outcome: outcome.to_owned(),
            session_id: session,
        });
    }
    Ok(steps)
}
