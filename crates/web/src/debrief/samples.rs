//! Each look of the pages of this area.

use jiff::civil::date;

use super::own::{Did, HomePage};
use super::proposal::{LetterView, Preview, ToCall};
use super::talk::{AttendedView, LackView, PageView, StepView, TalkPage, UseView};
use crate::listing::{Choice, Link};
use crate::questionnaire::{Asked, Stored};
use crate::shell::FieldErrors;
use crate::shell::sample::Sample;

fn question(slug: &str, kind: &'static str) -> Asked {
    Asked {
        slug: slug.into(),
        kind,
        label: "Qu’est-ce qui a été <difficile> ?".into(),
        help: "Plusieurs réponses.".into(),
        required: false,
        options: vec![Choice::new("a", "Un"), Choice::new("b", "Deux")],
        values: vec!["a".into()],
        value: "a".into(),
    }
}

fn page(slug: &str, questions: Vec<Asked>) -> PageView {
    PageView {
        slug: slug.into(),
        title: "Les difficultés".into(),
        questions,
    }
}

fn talk() -> TalkPage {
    TalkPage {
        name: "Zoé <Petit>".into(),
        lead: "Parcours terminé".into(),
        intro: "Dix minutes ensemble.".into(),
        crumbs: vec![Link::new("Bilans", "/bureau/bilans")],
        badge: ("info", "Commencé".into()),
        facts: vec![("Commune".into(), "Frévent".into())],
        steps: vec![StepView {
            title: "Le courriel".into(),
            tone: "ok",
            word: "Suivi".into(),
        }],
        sessions: vec![AttendedView {
            title: "Le courriel".into(),
            day: date(2026, 10, 20),
            minutes: 120,
        }],
        minutes: 120,
        answered: vec![("Vous êtes…".into(), "Un <b>".into())],
        wishes: vec!["Vendre \"mieux\"".into()],
        pages: vec![
            page("difficultes", vec![question("difficultes", "checkboxes")]),
            page("manque", vec![question("manque_mots", "text")]),
            page("usage", vec![question("recommande", "radios")]),
        ],
        uses: vec![UseView {
            module: "courriel".into(),
            title: "Le courriel".into(),
            how: "gave-up".into(),
            why: "<i>".into(),
        }],
        use_options: vec![Choice::new("weekly", "Chaque semaine")],
        lack_modules: vec![LackView {
            what: "securite".into(),
            weight: "3".into(),
        }],
        lack_words: vec![LackView {
            what: "La photo".into(),
            weight: "2".into(),
        }],
        modules: vec![Choice::new("securite", "La sécurité")],
        weights: vec![Choice::new("2", "Moyen"), Choice::new("3", "Beaucoup")],
        version: 2,
        action: "/bureau/bilans/automne/1".into(),
        has_email: true,
        ..TalkPage::default()
    }
}

pub(crate) fn samples() -> Vec<Sample> {
    let mut errors = FieldErrors::default();
    for field in [
        "difficultes",
        "manque_mots",
        "recommande",
        "use_courriel",
        "why_courriel",
        "lack_module",
        "lack_words",
    ] {
        errors.add(field, "Choisissez autre chose.");
    }
    let stale = TalkPage {
        stale: true,
        stored: vec![Stored {
            label: "Difficultés".into(),
            answer: "<Rien>".into(),
        }],
        errors,
        ..talk()
    };
    let finished = TalkPage {
        finished: true,
        has_email: false,
        steps: Vec::new(),
        sessions: Vec::new(),
        wishes: Vec::new(),
        answered: Vec::new(),
        uses: Vec::new(),
        facts: Vec::new(),
        ..talk()
    };
    let sent = TalkPage {
        finished: true,
        ..talk()
    };
    let mut samples = vec![
        Sample::of(talk()),
        Sample::of(stale),
        Sample::of(finished),
        Sample::of(sent),
    ];
    samples.extend(others());
    samples
}

/// The page taken home and the letter before it goes out.
fn others() -> Vec<Sample> {
    let home = HomePage {
        season: "Automne <2026>".into(),
        sessions: 3,
        minutes: 360,
        did: vec![Did {
            title: "Le courriel".into(),
            days: vec![date(2026, 10, 20), date(2026, 10, 27)],
            used: "Chaque semaine".into(),
        }],
        next: vec!["Refaire mes <affiches>".into()],
        missing: vec!["La photo".into()],
        contact: "Boutic, 03 21 00 00 00".into(),
        made: date(2026, 11, 20),
    };
    let preview = Preview {
        title: "La photo".into(),
        crumbs: vec![
            Link::new("Propositions", "/bureau/propositions"),
            Link::new("La photo", "/bureau/propositions/1"),
        ],
        letters: vec![LetterView {
            language: "fr",
            subject: "Vous nous l’aviez demandé".into(),
            paragraphs: vec!["Bonjour,".into(), "<b>".into()],
        }],
        people: 3,
        to_call: vec![ToCall {
            name: "Luc <Roux>".into(),
            phone: "06 00 00 00 00".into(),
        }],
        told: "2026-11-20".into(),
        action: "/bureau/propositions/1/annoncer".into(),
        version: 3,
    };
    vec![
        Sample::of(home),
        Sample::of(HomePage {
            season: "Automne".into(),
            contact: "Boutic".into(),
            made: date(2026, 11, 20),
            ..HomePage::default()
        }),
        Sample::of(preview),
        Sample::of(Preview {
            title: "La photo".into(),
            crumbs: vec![Link::new("Propositions", "/bureau/propositions")],
            action: "/bureau/propositions/1/annoncer".into(),
            ..Preview::default()
        }),
    ]
}
