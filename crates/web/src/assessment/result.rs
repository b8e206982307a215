//! What a test gave.

use application::Error;
use application::access::Actor;
use application::assessment::{self, ResultView};
use axum::extract::Path;
use documents::texts::Arg;
use domain::assessment::run::Change;
use serde::{Deserialize, Serialize};

use super::take::address;
use super::{Key, words};
use crate::pathway::level as practice;
use crate::shell::error::refusal;
use crate::shell::{Answer, Ctx, Flash, Form, Page, Query};

/// An area of the result.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct AreaView {
    pub(super) name: String,
    pub(super) tone: &'static str,
    pub(super) word: String,
    pub(super) asked: usize,
}

/// A question as it was answered.
#[derive(Debug, Default, Serialize)]
pub(super) struct ReviewView {
    pub(super) ask: String,
    pub(super) picture: Option<String>,
    pub(super) alt: String,
    pub(super) best: String,
    pub(super) chosen: String,
    pub(super) right: bool,
    pub(super) because: String,
}

/// An earlier test.
#[derive(Debug, Default, Serialize)]
pub(super) struct EarlierView {
    pub(super) day: String,
    pub(super) level: String,
    /// In words, kindly.
    pub(super) change: String,
    pub(super) href: String,
}

/// The result.
#[derive(Debug, Default, Serialize)]
pub(super) struct ResultPage {
    pub(super) name: String,
    /// Whether anything was answered at all.
    pub(super) answered: bool,
    /// Whether it rests on enough answers.
    pub(super) conclusive: bool,
    pub(super) level: String,
    pub(super) means: String,
    /// Between which levels it lies.
    pub(super) between: String,
    pub(super) areas: Vec<AreaView>,
    pub(super) earlier: Option<EarlierView>,
    /// Whether the person may say that it counts for their path.
    pub(super) may_apply: bool,
    pub(super) applied: bool,
    /// Whether test and questionnaire say the same.
    pub(super) same: bool,
    pub(super) told: String,
    pub(super) tested: String,
    pub(super) action: String,
    pub(super) reviews: Vec<ReviewView>,
    /// Where to begin once more, or to go on.
    pub(super) own: bool,
}

impl Page for ResultPage {
    const TEMPLATE: &'static str = "assessment/result.html";
}

pub(super) fn areas(ctx: &Ctx, areas: &[assessment::Area]) -> Vec<AreaView> {
    areas
        .iter()
        .map(|area| {
            let (tone, word) = words::footing(ctx, area.footing);
            AreaView {
                name: area.area.name.get(ctx.language()).to_owned(),
                tone,
                word,
                asked: area.asked,
            }
        })
        .collect()
}

fn reviews(ctx: &Ctx, view: &ResultView) -> Vec<ReviewView> {
    let language = ctx.language();
    view.items
        .iter()
        .map(|reviewed| {
            let text = |place: Option<usize>| {
                let choice = place.and_then(|place| reviewed.item.choices.get(place));
                choice.map_or("", |choice| choice.text(language)).to_owned()
            };
            let picture = reviewed.item.picture.as_ref();
            ReviewView {
                ask: reviewed.item.ask.get(language).to_owned(),
                picture: picture
                    .map(|_| address(&view.opened, &format!("image/{}", reviewed.place))),
                alt: picture
                    .map_or_else(String::new, |picture| picture.alt.get(language).to_owned()),
                best: text(reviewed.item.right()),
                chosen: text(reviewed.chosen),
                right: reviewed.right,
                because: reviewed.item.because.get(language).to_owned(),
            }
        })
        .collect()
}

/// Between which levels a result lies, in words.
fn between(ctx: &Ctx, view: &ResultView) -> String {
    let number = |level: Option<domain::assessment::adaptive::Level>| {
        level.map_or(0, |level| i64::from(level.number()))
    };
    let (low, high) = (number(view.between.0), number(view.between.1));
    if low == high {
        return ctx.text("assessment-between-same");
    }
    let key = if low == 0 {
        "assessment-between-below"
    } else {
        "assessment-between"
    };
    ctx.text_with(
        key,
        &[("low", Arg::Integer(low)), ("high", Arg::Integer(high))],
    )
}

fn page(ctx: &Ctx, view: &ResultView) -> ResultPage {
    let means = view.level.map_or_else(
        || ctx.text("assessment-means-before"),
        |level| words::band(ctx, level.band()).1,
    );
    let earlier = view.earlier.as_ref().map(|earlier| EarlierView {
        day: words::day(ctx, earlier.finished_at),
        level: words::level(ctx, earlier.level),
        change: ctx.text(match earlier.change {
            Change::Up => "assessment-since-up",
            Change::Same => "assessment-since-same",
            Change::Down => "assessment-since-down",
        }),
        href: earlier.link.clone(),
    });
    ResultPage {
        name: view.opened.person.name.clone(),
        answered: view.ability.is_some(),
        conclusive: view.opened.run.conclusive == 1,
        level: words::level(ctx, view.level),
        means,
        between: between(ctx, view),
        areas: areas(ctx, &view.areas),
        earlier,
        may_apply: view.may_apply(),
        applied: view.opened.run.applied == 1,
        same: view.told == Some(view.practice),
        told: view
            .told
            .map_or_else(String::new, |told| practice(ctx, told)),
        tested: practice(ctx, view.practice),
        action: address(&view.opened, "parcours"),
        reviews: reviews(ctx, view),
        own: matches!(ctx.actor(), Actor::Participant { .. }),
    }
}

/// `GET /test/{id}/resultat`: level and areas in plain words.
pub(super) async fn show(ctx: Ctx, Path(id): Path<String>, key: Query<Key>) -> Answer {
    let key = key.value.cle;
    match assessment::result(ctx.app(), &id, &key).await {
        Ok(view) => ctx.page(&page(&ctx, &view)),
        Err(Error::Refused(_)) => Ok(ctx.redirect(&format!("/test/{id}?cle={key}"))),
        Err(other) => Err(other.into()),
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    compte: String,
}

/// `POST /test/{id}/parcours`: whether the result counts for the path.
pub(super) async fn apply(
    ctx: Ctx,
    Path(id): Path<String>,
    key: Query<Key>,
    Form(wanted): Form<Wanted>,
) -> Answer {
    let key = key.value.cle;
    let counts = wanted.compte == "oui";
    let told = match assessment::apply(ctx.app(), ctx.actor(), &id, &key, counts).await {
        Ok(()) if counts => Flash::ok(ctx.text("assessment-applied")),
        Ok(()) => Flash::ok(ctx.text("assessment-not-applied")),
        Err(Error::Refused(refused)) => Flash::wait(refusal(&refused, ctx.language())),
        Err(other) => return Err(other.into()),
    };
    Ok(ctx.redirect_with(&format!("/test/{id}/resultat?cle={key}"), &[told]))
}
