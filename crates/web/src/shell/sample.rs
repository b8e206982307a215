//! Sample data for the tests that render every page.

use std::sync::OnceLock;

use application::access::{Actor, Binding, Role, Staff};
use application::showcase::Identity;
use domain::id::Id;
use domain::language::Language;
use minijinja::value::{Serde, Value};

use super::assets::Assets;
use super::error;
use super::flash::Flash;
use super::frame::{Frame, Page, Parts};
use super::templates::Templates;
use crate::state::Settings;

/// A page with sample data.
pub(crate) struct Sample {
    /// Its template.
    pub(crate) template: &'static str,
    /// Its data.
    pub(crate) data: Value,
}

impl Sample {
    /// The sample of a page. Give one for every state that looks different: filled, empty, with errors.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "samples are written in place"
    )]
    pub(crate) fn of<P: Page>(page: P) -> Self {
        Self {
            template: P::TEMPLATE,
            data: Value::from(Serde(&page)),
        }
    }
}

/// The samples of the shell.
pub(crate) fn samples() -> Vec<Sample> {
    let mut samples = error::samples::samples();
    samples.extend(super::gallery::samples());
    samples
}

/// The templates, set up once for all tests.
pub(crate) fn templates() -> &'static Templates {
    static TEMPLATES: OnceLock<Templates> = OnceLock::new();
    TEMPLATES.get_or_init(|| Templates::new(&Assets::embedded()))
}

/// A member of staff with one role everywhere.
pub(crate) fn staff(role: Role) -> Actor {
    Actor::Staff(Staff {
        account: Id::new(0, &[0; 10]),
        name: "Claire Delattre".to_owned(),
        bindings: vec![Binding {
            role,
            programme: None,
            territory: None,
        }],
        trainer: None,
    })
}

/// The frame of a coordinator's page, with everything a frame can have.
pub(crate) fn frame(language: Language) -> Frame {
    Frame::new(&Parts {
        settings: &settings(),
        identity: &identity(),
        language,
        path: "/bureau/seances",
        query: Some("page=2&lang=fr"),
        actor: &staff(Role::Coordinator),
        demonstration: true,
        csrf: "token",
        flash: &[
            Flash::ok("C’est enregistré."),
            Flash::bad("Un courriel n’est pas parti."),
        ],
        request: "0123456789abcdef",
    })
}

/// The settings of the samples.
pub(crate) fn settings() -> Settings {
    Settings {
        base: "http://127.0.0.1:8080".to_owned(),
    }
}

/// What the installation of the samples is called.
fn identity() -> Identity {
    Identity {
        programme: "Boutic".to_owned(),
        territory: "Pays du Ternois".to_owned(),
        ..crate::state::nobody()
    }
}
