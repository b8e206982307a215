//! Wishes: what people ask for, and the desk's answers.

mod list;

use application::content::catalogue;
use application::people::commune_label;
use application::wish::{self, Ask, Reply, WishRow};
use axum::Router;
use axum::extract::Path;
use axum::routing::get;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::State;
use crate::listing::{Choice, Confirm, Deed, Detail, Fact, Field, FormPage, Link, Version, phone};
use crate::shell::{Answer, Ctx, FieldErrors, Flash, Form, Page, Query};

const LIST: &str = "/bureau/souhaits";

/// The addresses of this area.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        .route("/souhaits", get(new).post(send))
        .route("/bureau/souhaits", get(list::list))
        .route("/bureau/souhaits/demande", get(list::demand))
        .route("/bureau/souhaits/nouveau", get(new_at_desk).post(add))
        .route("/bureau/souhaits/{id}", get(show))
        .route("/bureau/souhaits/{id}/repondre", get(reply).post(answer))
        .route("/bureau/souhaits/{id}/classer", get(ask_close).post(close))
}

fn title(ctx: &Ctx, module: Option<&str>) -> String {
    match module {
        None | Some("") => ctx.text("wish-other-subject"),
        Some(slug) => catalogue().module(slug).map_or_else(
            || slug.to_owned(),
            |module| module.title.get(ctx.language()).to_owned(),
        ),
    }
}

fn modules(ctx: &Ctx) -> Vec<Choice> {
    let mut all: Vec<Choice> = catalogue()
        .modules()
        .map(|module| Choice::new(&module.slug, module.title.get(ctx.language())))
        .collect();
    all.sort_by_key(|choice| domain::text::fold(&choice.label));
    all
}

/// A visitor's wish.
#[derive(Debug, Default, Serialize)]
pub(crate) struct NewWish {
    form: Ask,
    modules: Vec<Choice>,
    errors: FieldErrors,
    known: bool,
}

impl Page for NewWish {
    const TEMPLATE: &'static str = "wish/new.html";
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct About {
    atelier: String,
}

fn is_known(ctx: &Ctx) -> bool {
    matches!(ctx.actor(), application::access::Actor::Participant { .. })
}

/// `GET /souhaits`: what would you come to?
async fn new(ctx: Ctx, query: Query<About>) -> Answer {
    ctx.page(&NewWish {
        form: Ask {
            module: query.value.atelier,
            ..Ask::default()
        },
        modules: modules(&ctx),
        known: is_known(&ctx),
        ..NewWish::default()
    })
}

/// `POST /souhaits`: keeps it.
async fn send(ctx: Ctx, Form(form): Form<Ask>) -> Answer {
    match wish::ask(ctx.app(), ctx.actor(), &form).await {
        Ok(new) => {
            let told = ctx.text(if new {
                "wish-kept"
            } else {
                "wish-kept-already"
            });
            let to = match catalogue().module(form.module.trim()) {
                Some(module) => format!("/ateliers/{}", module.slug),
                None => "/souhaits".to_owned(),
            };
            Ok(ctx.redirect_with(&to, &[Flash::ok(told)]))
        }
        Err(error) => {
            let errors = FieldErrors::of(error, ctx.language())?;
            ctx.invalid(&NewWish {
                form,
                errors,
                modules: modules(&ctx),
                known: is_known(&ctx),
            })
        }
    }
}

fn stage(ctx: &Ctx, stage: &str) -> (&'static str, String) {
    match stage {
        "open" => ("wait", ctx.text("wish-stage-open")),
        "answered" => ("ok", ctx.text("wish-stage-answered")),
        _ => ("full", ctx.text("wish-stage-closed")),
    }
}

fn reason(ctx: &Ctx, reason: &str) -> String {
    ctx.text(match reason {
        "full" => "wish-reason-full",
        "absent" => "wish-reason-absent",
        _ => "wish-reason-asked",
    })
}

fn day(ctx: &Ctx, at: i64) -> String {
    Timestamp::from_millisecond(at).map_or_else(
        |_| String::new(),
        |at| ctx.zone().to_datetime(at).date().to_string(),
    )
}

fn desk_form(ctx: &Ctx, typed: &Ask) -> FormPage {
    let fields = vec![
        Field::select(
            "module",
            ctx.text("wish-module"),
            modules(ctx),
            &typed.module,
        ),
        Field::line("area", "detail", ctx.text("wish-detail"), &typed.detail)
            .hint(ctx.text("wish-detail-hint")),
        Field::line("text", "name", ctx.text("wish-person"), &typed.name).required(),
        Field::line("tel", "phone", ctx.text("wish-phone"), &typed.phone),
        Field::line("email", "email", ctx.text("wish-email"), &typed.email),
        Field::line(
            "commune",
            "commune",
            ctx.text("wish-commune"),
            &typed.commune,
        ),
    ];
    let list = Link::new(ctx.text("wish-list"), LIST);
    FormPage::new(
        ctx.text("wish-new"),
        vec![list],
        "/bureau/souhaits/nouveau".to_owned(),
        fields,
        "",
    )
}

/// `GET /bureau/souhaits/nouveau`: somebody told the desk what they would come to.
async fn new_at_desk(ctx: Ctx) -> Answer {
    ctx.page(&desk_form(&ctx, &Ask::default()))
}

async fn add(ctx: Ctx, Form(form): Form<Ask>) -> Answer {
    match wish::ask(ctx.app(), ctx.actor(), &form).await {
        Ok(new) => {
            let told = ctx.text(if new {
                "listing-saved"
            } else {
                "wish-kept-already"
            });
            Ok(ctx.redirect_with(LIST, &[Flash::ok(told)]))
        }
        Err(error) => desk_form(&ctx, &form).again(&ctx, error, None),
    }
}

/// `GET /bureau/souhaits/{id}`: one wish.
async fn show(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let (one, person) = wish::get(ctx.app(), ctx.actor(), &id).await?;
    let here = format!("{LIST}/{id}");
    let close = if one.stage == "closed" {
        "wish-reopen"
    } else {
        "wish-close"
    };
    ctx.page(&Detail {
        title: title(&ctx, one.module.as_deref()),
        crumbs: vec![Link::new(ctx.text("wish-list"), LIST)],
        badge: Some(stage(&ctx, &one.stage)),
        facts: vec![
            Fact::new(ctx.text("wish-person"), person.name)
                .to(Some(format!("/bureau/personnes/{}", person.id))),
            Fact::new(
                ctx.text("wish-commune"),
                person
                    .commune_code
                    .as_deref()
                    .map(commune_label)
                    .unwrap_or_default(),
            ),
            Fact::new(ctx.text("wish-email"), person.email.unwrap_or_default()),
            Fact::new(ctx.text("wish-phone"), phone(person.phone.as_deref())),
            Fact::lines(
                ctx.text("wish-detail"),
                one.detail.lines().map(str::to_owned).collect(),
            ),
            Fact::new(ctx.text("wish-reason"), reason(&ctx, &one.reason)),
            Fact::new(ctx.text("wish-since"), day(&ctx, one.created_at)),
            Fact::lines(
                ctx.text("wish-answer"),
                one.answer.lines().map(str::to_owned).collect(),
            )
            .to(one
                .session_id
                .as_ref()
                .map(|session| format!("/seances/{session}"))),
        ],
        actions: vec![
            Link::new(ctx.text("wish-reply"), format!("{here}/repondre")),
            Link::new(ctx.text(close), format!("{here}/classer")),
        ],
        version: one.version,
        ..Detail::default()
    })
}

async fn reply_fields(ctx: &Ctx, one: &WishRow, typed: &Reply) -> application::Result<Vec<Field>> {
    let sessions = wish::sessions_for(ctx.app(), ctx.actor(), &one.id).await?;
    let sessions = sessions
        .into_iter()
        .map(|(session, starts)| {
            let when = documents::formats::date(ctx.language(), starts.date());
            let hour = documents::formats::time(ctx.language(), starts.time());
            let label = format!(
                "{}, {when}, {hour}, {}",
                title(ctx, Some(&session.module)),
                session.site_name
            );
            Choice::new(session.id, label)
        })
        .collect();
    Ok(vec![
        Field::line("area", "answer", ctx.text("wish-answer"), &typed.answer)
            .required()
            .hint(ctx.text("wish-answer-hint")),
        Field::select(
            "session",
            ctx.text("wish-session"),
            sessions,
            &typed.session,
        )
        .hint(ctx.text("wish-session-hint")),
    ])
}

async fn reply_form(ctx: &Ctx, one: &WishRow, typed: &Reply) -> application::Result<FormPage> {
    let here = format!("{LIST}/{}", one.id);
    let crumbs = vec![
        Link::new(ctx.text("wish-list"), LIST),
        Link::new(title(ctx, one.module.as_deref()), here.clone()),
    ];
    let fields = reply_fields(ctx, one, typed).await?;
    Ok(FormPage::new(
        ctx.text("wish-reply"),
        crumbs,
        format!("{here}/repondre"),
        fields,
        &typed.version,
    ))
}

/// `GET /bureau/souhaits/{id}/repondre`: a sentence for the person, and the session that answers it.
async fn reply(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let (one, _) = wish::get(ctx.app(), ctx.actor(), &id).await?;
    ctx.page(&reply_form(&ctx, &one, &as_typed(&one)).await?)
}

fn as_typed(one: &WishRow) -> Reply {
    Reply {
        answer: one.answer.clone(),
        session: one.session_id.clone().unwrap_or_default(),
        version: one.version.to_string(),
    }
}

async fn answer(ctx: Ctx, Path(id): Path<String>, Form(sent): Form<Reply>) -> Answer {
    match wish::answer(ctx.app(), ctx.actor(), &id, &sent).await {
        Ok(told) => {
            let told = if told {
                Flash::ok(ctx.text("wish-answered"))
            } else {
                Flash::wait(ctx.text("wish-answered-call"))
            };
            Ok(ctx.redirect_with(&format!("{LIST}/{id}"), &[told]))
        }
        Err(error) => {
            let (one, _) = wish::get(ctx.app(), ctx.actor(), &id).await?;
            let stored = reply_fields(&ctx, &one, &as_typed(&one)).await?;
            let form = reply_form(&ctx, &one, &sent).await?;
            form.again(&ctx, error, Some((stored, one.version)))
        }
    }
}

/// `GET /bureau/souhaits/{id}/classer`: before it no longer counts.
async fn ask_close(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let (one, _) = wish::get(ctx.app(), ctx.actor(), &id).await?;
    let (yes, text) = if one.stage == "closed" {
        ("wish-reopen", "wish-reopen-text")
    } else {
        ("wish-close", "wish-close-text")
    };
    ctx.page(&Confirm {
        title: ctx.text(yes),
        text: ctx.text(text),
        yes: ctx.text(yes),
        action: format!("{LIST}/{id}/classer"),
        back: Link::new(title(&ctx, one.module.as_deref()), format!("{LIST}/{id}")),
        version: one.version,
    })
}

async fn close(ctx: Ctx, Path(id): Path<String>, Form(sent): Form<Version>) -> Answer {
    let at = format!("{LIST}/{id}");
    let done = wish::close(ctx.app(), ctx.actor(), &id, &sent.version).await;
    let deed = Deed {
        subject: ("wish", &id),
        version: &sent.version,
        yes: "wish-close",
        action: format!("{at}/classer"),
        fields: Vec::new(),
        page: at.clone(),
        to: at,
        told: "listing-saved",
    };
    deed.answer(&ctx, done).await
}

/// Each look of the pages of this area.
#[cfg(test)]
pub(crate) fn samples() -> Vec<crate::shell::sample::Sample> {
    use crate::shell::sample::Sample;
    let modules = || vec![Choice::new("creer-son-site", "Créer son site")];
    let mut errors = FieldErrors::default();
    errors.add("email", "Écrivez une adresse.");
    errors.add("detail", "C’est trop long.");
    vec![
        Sample::of(NewWish {
            modules: modules(),
            ..NewWish::default()
        }),
        Sample::of(NewWish {
            modules: modules(),
            known: true,
            ..NewWish::default()
        }),
        Sample::of(NewWish {
            form: Ask {
                module: "creer-son-site".into(),
                detail: "<b>Vendre</b> mes fromages".into(),
                ..Ask::default()
            },
            modules: modules(),
            errors,
            known: false,
        }),
    ]
}
