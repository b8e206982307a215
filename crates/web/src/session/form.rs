//! Creating and changing sessions: the form, then what it would do, then the deed.

use application::content;
use application::session::{self, Command, Edit, Preview, Warning};
use application::{Error, site, trainer};
use axum::extract::Path;
use serde::{Deserialize, Serialize};

use super::view::{in_words, title};
use crate::listing::{Choice, Field, FormPage, Link};
use crate::shell::{Answer, Ctx, Flash, Form, Page, Query};

/// The form as sent: place is `site/room`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    season: String,
    module: String,
    place: String,
    trainer: String,
    day: String,
    starts: String,
    ends: String,
    least: String,
    capacity: String,
    public_note: String,
    version: String,
    anyway: String,
    /// The preview was seen.
    sure: String,
    /// Back from the preview to the form.
    again: String,
}

impl Typed {
    fn edit(&self) -> Edit {
        let (site, room) = self.place.split_once('/').unwrap_or((&self.place, ""));
        Edit {
            season: self.season.clone(),
            module: self.module.clone(),
            site: site.to_owned(),
            room: room.to_owned(),
            trainer: self.trainer.clone(),
            day: self.day.clone(),
            starts: self.starts.clone(),
            ends: self.ends.clone(),
            least: self.least.clone(),
            capacity: self.capacity.clone(),
            public_note: self.public_note.clone(),
            version: self.version.clone(),
            anyway: self.anyway.clone(),
        }
    }

    fn of(edit: Edit) -> Self {
        Self {
            place: format!("{}/{}", edit.site, edit.room),
            season: edit.season,
            module: edit.module,
            trainer: edit.trainer,
            day: edit.day,
            starts: edit.starts,
            ends: edit.ends,
            least: edit.least,
            capacity: edit.capacity,
            public_note: edit.public_note,
            version: edit.version,
            ..Self::default()
        }
    }

    /// Everything typed, to be sent again from the preview.
    fn hidden(&self) -> Vec<(&'static str, String)> {
        vec![
            ("season", self.season.clone()),
            ("module", self.module.clone()),
            ("place", self.place.clone()),
            ("trainer", self.trainer.clone()),
            ("day", self.day.clone()),
            ("starts", self.starts.clone()),
            ("ends", self.ends.clone()),
            ("least", self.least.clone()),
            ("capacity", self.capacity.clone()),
            ("public_note", self.public_note.clone()),
            ("version", self.version.clone()),
        ]
    }
}

/// One letter to come.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct LetterLine {
    pub(super) name: String,
    pub(super) what: String,
    pub(super) how: String,
    pub(super) phone: String,
}

/// What a command would do, before it is done.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct PreviewPage {
    pub(super) heading: String,
    pub(super) lead: String,
    pub(super) crumbs: Vec<Link>,
    pub(super) action: String,
    pub(super) fields: Vec<(&'static str, String)>,
    pub(super) clashes: Vec<String>,
    pub(super) refuses: bool,
    pub(super) warnings: Vec<String>,
    pub(super) letters: Vec<LetterLine>,
    pub(super) yes: String,
    pub(super) danger: bool,
    pub(super) can_go_back: bool,
    pub(super) back: String,
}

impl Page for PreviewPage {
    const TEMPLATE: &'static str = "session/preview.html";
}

impl PreviewPage {
    /// The page's parts that tell what would happen.
    pub(super) fn of(ctx: &Ctx, preview: &Preview) -> Self {
        let told = |letter: &application::enrolment::ToTell| LetterLine {
            name: letter.name.clone(),
            what: ctx.text(&format!("enrolment-letter-{}", letter.letter.slug())),
            how: ctx.text(if letter.email.is_some() {
                "session-preview-by-mail"
            } else {
                "session-preview-by-phone"
            }),
            phone: letter.phone.clone().unwrap_or_default(),
        };
        let clash = |clash: &session::Clash| {
            let mut values = vec![("other", overview(ctx, &clash.with).into())];
            if let Some(person) = &clash.person {
                values.push(("person", person.as_str().into()));
            }
            ctx.text_with(clash.key, &values)
        };
        Self {
            clashes: preview.clashes.iter().map(clash).collect(),
            refuses: preview.refuses(),
            warnings: preview
                .warnings
                .iter()
                .map(|one| warning(ctx, one))
                .collect(),
            letters: preview.letters.iter().map(told).collect(),
            ..Self::default()
        }
    }
}

/// The other session of a clash: what and where; the time is the same.
fn overview(ctx: &Ctx, with: &session::SessionOverview) -> String {
    format!(
        "{}, {}",
        title(&with.module, ctx.language()),
        with.site_name
    )
}

fn warning(ctx: &Ctx, warning: &Warning) -> String {
    let labels = |slugs: &[String], terms: &[domain::catalogue::Term]| {
        let labels: Vec<&str> = slugs
            .iter()
            .map(|slug| {
                let term = terms.iter().find(|term| term.slug == *slug);
                term.map_or(slug.as_str(), |term| term.label.get(ctx.language()))
            })
            .collect();
        labels.join(", ")
    };
    let vocabulary = content::vocabulary();
    match warning {
        Warning::TrainerLacks { skills } => ctx.text_with(
            warning.key(),
            &[("missing", labels(skills, &vocabulary.skills).into())],
        ),
        Warning::RoomLacks { equipment } => ctx.text_with(
            warning.key(),
            &[("missing", labels(equipment, &vocabulary.equipment).into())],
        ),
        Warning::RoomTooSmall { room } => ctx.text_with(warning.key(), &[("room", (*room).into())]),
        Warning::GroupTooLarge { most } => {
            ctx.text_with(warning.key(), &[("most", (*most).into())])
        }
        _ => ctx.text(warning.key()),
    }
}

/// What can be chosen in the form.
struct Choices {
    seasons: Vec<Choice>,
    modules: Vec<Choice>,
    places: Vec<Choice>,
    trainers: Vec<Choice>,
}

impl Choices {
    async fn load(ctx: &Ctx) -> application::Result<Self> {
        let (app, actor) = (ctx.app(), ctx.actor());
        let seasons = session::seasons(app, actor).await?;
        let in_use = trainer::TrainerFilter {
            archived: Some(false),
            ..trainer::TrainerFilter::default()
        };
        let trainers = trainer::list(app, actor, &in_use).await?;
        let sites = site::SiteFilter {
            archived: Some(false),
            ..site::SiteFilter::default()
        };
        let mut places = Vec::new();
        for site in site::list(app, actor, &sites).await? {
            let rooms = site
                .rooms
                .iter()
                .filter(|room| room.row.archived_at.is_none());
            for room in rooms {
                places.push(Choice::new(
                    format!("{}/{}", site.row.id, room.row.id),
                    format!(
                        "{}, {} ({})",
                        site.row.name, room.row.name, room.row.capacity
                    ),
                ));
            }
            places.push(Choice::new(
                format!("{}/", site.row.id),
                format!("{} – {}", site.row.name, ctx.text("session-no-room")),
            ));
        }
        let mut modules: Vec<Choice> = content::catalogue()
            .modules()
            .map(|module| Choice::new(&module.slug, module.title.get(ctx.language())))
            .collect();
        modules.sort_by(|a, b| a.label.cmp(&b.label));
        Ok(Self {
            seasons: seasons
                .into_iter()
                .map(|season| Choice::new(season.slug, season.name))
                .collect(),
            modules,
            places,
            trainers: trainers
                .into_iter()
                .map(|one| Choice::new(one.row.id, one.row.name))
                .collect(),
        })
    }
}

fn fields(ctx: &Ctx, choices: &Choices, typed: &Typed, is_new: bool) -> Vec<Field> {
    let mut fields = Vec::new();
    if is_new {
        fields.push(
            Field::select(
                "season",
                ctx.text("session-season"),
                choices.seasons.clone(),
                &typed.season,
            )
            .required(),
        );
    }
    fields.extend([
        Field::select(
            "module",
            ctx.text("session-module"),
            choices.modules.clone(),
            &typed.module,
        )
        .required(),
        Field::select(
            "place",
            ctx.text("session-place"),
            choices.places.clone(),
            &typed.place,
        )
        .required(),
        Field::select(
            "trainer",
            ctx.text("session-trainer"),
            choices.trainers.clone(),
            &typed.trainer,
        ),
        Field::line("date", "day", ctx.text("session-day"), &typed.day).required(),
        Field::line("time", "starts", ctx.text("session-starts"), &typed.starts).required(),
        Field::line("time", "ends", ctx.text("session-ends"), &typed.ends)
            .hint(ctx.text("session-ends-hint")),
        Field::line("number", "least", ctx.text("session-least"), &typed.least)
            .hint(ctx.text("session-least-hint")),
        Field::line(
            "number",
            "capacity",
            ctx.text("session-capacity"),
            &typed.capacity,
        )
        .hint(ctx.text("session-capacity-hint")),
        Field::line(
            "area",
            "public_note",
            ctx.text("session-public-note"),
            &typed.public_note,
        ),
    ]);
    fields
}

fn form(ctx: &Ctx, id: Option<&str>, choices: &Choices, typed: &Typed) -> FormPage {
    let list = Link::new(ctx.text("session-list"), "/bureau/seances");
    let fields = fields(ctx, choices, typed, id.is_none());
    match id {
        None => {
            let action = "/bureau/seances/nouvelle".to_owned();
            FormPage::new(ctx.text("session-new"), vec![list], action, fields, "")
                .lead(ctx.text("session-new-lead"))
        }
        Some(id) => {
            let here = format!("/bureau/seances/{id}");
            let action = format!("{here}/modifier");
            let crumbs = vec![list, Link::new(ctx.text("session-one"), here)];
            let heading = ctx.text("session-edit");
            FormPage::new(heading, crumbs, action, fields, &typed.version)
        }
    }
}

/// Site and room are one field in the form.
fn to_place(error: Error) -> Error {
    match error {
        Error::Invalid(mut wrong) => {
            for one in &mut wrong {
                if matches!(one.field.as_str(), "site" | "room") {
                    "place".clone_into(&mut one.field);
                }
            }
            Error::Invalid(wrong)
        }
        other => other,
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Start {
    atelier: String,
    saison: String,
}

/// `GET /bureau/seances/nouvelle`: the form; `atelier` and `saison` fill it in.
pub(super) async fn new(ctx: Ctx, query: Query<Start>) -> Answer {
    let choices = Choices::load(&ctx).await?;
    let Start { atelier, saison } = query.value;
    let first = choices.seasons.first().map(|one| one.value.clone());
    let typed = Typed {
        module: atelier,
        season: if saison.is_empty() {
            first.unwrap_or_default()
        } else {
            saison
        },
        ..Typed::default()
    };
    ctx.page(&form(&ctx, None, &choices, &typed))
}

/// `POST /bureau/seances/nouvelle`: what it would do, or the deed.
pub(super) async fn create(ctx: Ctx, Form(typed): Form<Typed>) -> Answer {
    carry_out(&ctx, None, typed).await
}

/// `GET /bureau/seances/{id}/modifier`: the form.
pub(super) async fn edit(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let typed = Typed::of(session::as_typed(ctx.app(), ctx.actor(), &id).await?);
    let choices = Choices::load(&ctx).await?;
    ctx.page(&form(&ctx, Some(&id), &choices, &typed))
}

/// `POST /bureau/seances/{id}/modifier`: what it would do, or the deed.
pub(super) async fn save(ctx: Ctx, Path(id): Path<String>, Form(typed): Form<Typed>) -> Answer {
    carry_out(&ctx, Some(&id), typed).await
}

/// Shows the preview unless it was seen or there is nothing to see, then does it.
async fn carry_out(ctx: &Ctx, id: Option<&str>, typed: Typed) -> Answer {
    if !typed.again.is_empty() {
        let choices = Choices::load(ctx).await?;
        return ctx.page(&form(ctx, id, &choices, &typed));
    }
    let edit = typed.edit();
    let command = match id {
        None => Command::Create(edit),
        Some(id) => Command::Edit {
            id: id.to_owned(),
            edit,
        },
    };
    if typed.sure.is_empty() {
        match session::preview(ctx.app(), ctx.actor(), &command).await {
            Ok(preview) if !preview.is_empty() => {
                return ctx.page(&preview_page(ctx, id, &typed, &preview));
            }
            Ok(_) => {}
            Err(error) => return again(ctx, id, &typed, error).await,
        }
    }
    match session::carry_out(ctx.app(), ctx.actor(), &command).await {
        Ok(done) => {
            let first = done.sessions.first().cloned().unwrap_or_default();
            let key = if id.is_none() {
                "session-created"
            } else {
                "session-changed"
            };
            let flashes = done_flashes(ctx, key, done.preview.letters.len());
            Ok(ctx.redirect_with(&format!("/bureau/seances/{first}"), &flashes))
        }
        Err(error) => again(ctx, id, &typed, error).await,
    }
}

/// What was done and how many people are told.
pub(super) fn done_flashes(ctx: &Ctx, key: &str, told: usize) -> Vec<Flash> {
    let mut flashes = vec![Flash::ok(ctx.text(key))];
    if told > 0 {
        flashes.push(Flash::info(
            ctx.text_with("session-told", &[("n", told.into())]),
        ));
    }
    flashes
}

fn preview_page(ctx: &Ctx, id: Option<&str>, typed: &Typed, preview: &Preview) -> PreviewPage {
    let list = Link::new(ctx.text("session-list"), "/bureau/seances");
    let (heading, action, back) = match id {
        None => (
            ctx.text("session-new"),
            "/bureau/seances/nouvelle".to_owned(),
            "/bureau/seances".to_owned(),
        ),
        Some(id) => (
            ctx.text("session-edit"),
            format!("/bureau/seances/{id}/modifier"),
            format!("/bureau/seances/{id}"),
        ),
    };
    PreviewPage {
        heading,
        lead: ctx.text("session-preview-lead"),
        crumbs: vec![list],
        action,
        fields: typed.hidden(),
        yes: ctx.text(if preview.letters.is_empty() {
            "session-preview-save"
        } else {
            "session-preview-go"
        }),
        can_go_back: true,
        back,
        ..PreviewPage::of(ctx, preview)
    }
}

/// The form again, with both states when somebody else was quicker.
async fn again(ctx: &Ctx, id: Option<&str>, typed: &Typed, error: Error) -> Answer {
    if matches!(
        error,
        Error::NotFound | Error::Forbidden | Error::SignInNeeded
    ) {
        return Err(error.into());
    }
    let choices = Choices::load(ctx).await?;
    let stored = match id {
        Some(id) => {
            let stored = Typed::of(session::as_typed(ctx.app(), ctx.actor(), id).await?);
            let version = stored.version.parse().unwrap_or_default();
            Some((fields(ctx, &choices, &stored, false), version))
        }
        None => None,
    };
    form(ctx, id, &choices, typed).again(ctx, to_place(error), stored)
}

/// The title of a page about one session.
pub(super) async fn heading(ctx: &Ctx, id: &str) -> application::Result<String> {
    let page = session::page(ctx.app(), ctx.actor(), id).await?;
    Ok(in_words(ctx, &page.session))
}
