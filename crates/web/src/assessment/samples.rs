//! Each look of the pages of this area.

use super::desk::{AreaRow, Figure, Figures, SummaryPage};
use super::items::{ChoiceRow, ItemView};
use super::result::{AreaView, EarlierView, ResultPage, ReviewView};
use super::take::{Paused, PictureView, Question, Welcome};
use crate::listing::Choice;
use crate::shell::FieldErrors;
use crate::shell::sample::Sample;

/// Areas of each kind.
pub(super) fn areas() -> Vec<AreaView> {
    let area = |tone, asked| AreaView {
        name: "Communiquer & <travailler>".into(),
        tone,
        word: "Un point d’appui".into(),
        asked,
    };
    vec![area("ok", 3), area("full", 0)]
}

fn welcome(stage: &'static str) -> Welcome {
    Welcome {
        stage,
        after: stage == "open",
        link: "/test/1?cle=2".into(),
        action: "/mon-espace/test".into(),
        back: "/mon-espace".into(),
        most: 15,
    }
}

fn question(touch: Option<bool>) -> Question {
    Question {
        place: 3,
        most: 15,
        ask: "Où écrivez-vous <l’adresse> ?".into(),
        picture: touch.map(|touch| PictureView {
            src: "/test/1/image/3?cle=2".into(),
            alt: "Une fenêtre \"ouverte\"".into(),
            touch,
        }),
        choices: vec![Choice::new("1", "A"), Choice::new("2", "B")],
        item: "barre-adresse".into(),
        action: "/test/1?cle=2".into(),
        stop: "/test/1/pause?cle=2".into(),
        ..Question::default()
    }
}

fn result() -> ResultPage {
    let review = |right, picture: Option<&str>| ReviewView {
        ask: "Que faites-vous ?".into(),
        picture: picture.map(Into::into),
        alt: "Un dessin".into(),
        best: "Je regarde".into(),
        chosen: if right { "Je regarde" } else { "<Rien>" }.into(),
        right,
        because: "Parce que.".into(),
    };
    ResultPage {
        name: "Zoé <Petit>".into(),
        answered: true,
        conclusive: true,
        level: "Niveau 3 sur 8".into(),
        means: "Vous vous débrouillez.".into(),
        between: "Entre 2 et 4.".into(),
        areas: areas(),
        earlier: Some(EarlierView {
            day: "2026-03-02".into(),
            level: "Niveau 2".into(),
            change: "Vous avez progressé.".into(),
            href: "/test/0/resultat?cle=1".into(),
        }),
        may_apply: true,
        applied: false,
        same: false,
        told: "Vous débutez".into(),
        tested: "Vous êtes à l’aise".into(),
        action: "/test/1/parcours?cle=2".into(),
        reviews: vec![
            review(true, None),
            review(false, Some("/test/1/image/2?cle=2")),
        ],
        own: true,
    }
}

fn summary(count: Option<u32>, total: Option<u32>) -> SummaryPage {
    let figures = || Figures {
        total,
        figures: vec![Figure {
            label: "De base".into(),
            count,
        }],
    };
    SummaryPage {
        season: "Automne".into(),
        slug: "automne".into(),
        seasons: vec![Choice::new("automne", "Automne"), Choice::new("ete", "Été")],
        whole: count.is_some(),
        stages: figures(),
        start: figures(),
        after: figures(),
        change: figures(),
        areas: vec![AreaRow {
            name: "Créer".into(),
            start: Some(("ok", "Un point d’appui".into())),
            after: None,
        }],
    }
}

pub(crate) fn samples() -> Vec<Sample> {
    let mut errors = FieldErrors::default();
    errors.add("choice", "Choisissez.");
    let mut samples: Vec<Sample> = ["new", "open", "done", "declined"]
        .map(|stage| Sample::of(welcome(stage)))
        .into();
    samples.extend([
        Sample::of(question(None)),
        Sample::of(question(Some(true))),
        Sample::of(Question {
            errors,
            ..question(Some(false))
        }),
        Sample::of(Paused {
            link: "http://essor.test/test/1?cle=2".into(),
            back: "/test/1?cle=2".into(),
            action: "/test/1/pause?cle=2".into(),
            stop: "/test/1/fin?cle=2".into(),
            answers: 3,
            mail: true,
        }),
        Sample::of(Paused::default()),
        Sample::of(result()),
        Sample::of(ResultPage {
            applied: true,
            own: false,
            earlier: None,
            ..result()
        }),
        Sample::of(ResultPage {
            same: true,
            ..result()
        }),
        Sample::of(ResultPage {
            conclusive: false,
            may_apply: false,
            ..result()
        }),
        Sample::of(ResultPage::default()),
        Sample::of(summary(Some(7), Some(12))),
        Sample::of(summary(None, Some(12))),
        Sample::of(summary(None, None)),
        Sample::of(summary(Some(0), Some(0))),
        Sample::of(ItemView {
            slug: "barre-adresse".into(),
            ask: "Où <écrivez>-vous ?".into(),
            picture: Some("/bureau/tests/questions/barre-adresse/image".into()),
            alt: "Une fenêtre".into(),
            share: Some(0.12),
            seconds: Some(14),
            calibrated: Some(120),
            choices: vec![ChoiceRow {
                fr: "A".into(),
                en: "A".into(),
                right: true,
                chosen: 3,
            }],
            ..ItemView::default()
        }),
        Sample::of(ItemView {
            ask: "Où ?".into(),
            ..ItemView::default()
        }),
    ]);
    samples
}
