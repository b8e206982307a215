//! One subject made of several people's words: taken out, put into another, taken apart.

use application::debrief::missing;
use axum::extract::Path;
use serde::{Deserialize, Serialize};

use super::MISSING;
use super::missing::{kept, label};
use crate::listing::{Choice, Deed, Detail, Field, FormPage, Link, Section, Version};
use crate::shell::{Answer, Ctx, Flash, Form};

/// `GET /bureau/manques/sujets/{id}`: a subject, its words, and what was put into it.
pub(super) async fn show(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let page = missing::subject(ctx.app(), ctx.actor(), &id).await?;
    let here = format!("{MISSING}/sujets/{id}");
    let version = page.subject.version;
    let mut words = Section::new(
        ctx.text("debrief-subject-words"),
        vec![ctx.text("debrief-what")],
        ctx.text("debrief-subject-empty"),
        Some(Link::new(
            ctx.text("debrief-group"),
            kept("/bureau/manques/regrouper", &page.season.slug),
        )),
    );
    for one in &page.words {
        let out = Link::new(
            ctx.text("debrief-take-out"),
            format!("{here}/sortir/{}", one.source),
        );
        words.line(vec![label(one)], None, version, vec![out], Vec::new());
    }
    let mut parts = Section::new(
        ctx.text("debrief-subject-parts"),
        vec![ctx.text("debrief-what")],
        ctx.text("debrief-subject-no-parts"),
        None,
    );
    for part in &page.parts {
        let split = Link::new(
            ctx.text("debrief-split"),
            format!("{here}/separer/{}", part.id),
        );
        parts.line(
            vec![part.title.clone()],
            Some(format!("{MISSING}/sujets/{}", part.id)),
            part.version,
            vec![split],
            Vec::new(),
        );
    }
    let mut actions = Vec::new();
    if page.subject.merged_into.is_none() {
        if !page.words.is_empty() {
            actions.push(Link::new(
                ctx.text("debrief-subject-people"),
                kept(&format!("{MISSING}/subject.{id}"), &page.season.slug),
            ));
        }
        if !page.others.is_empty() {
            actions.push(Link::new(
                ctx.text("debrief-merge"),
                format!("{here}/reunir"),
            ));
        }
    }
    ctx.page(&Detail {
        title: page.subject.title,
        crumbs: vec![Link::new(ctx.text("debrief-missing"), MISSING)],
        sections: vec![words, parts],
        actions,
        version,
        ..Detail::default()
    })
}

/// `POST /bureau/manques/sujets/{id}/sortir/{source}`: takes words out again.
pub(super) async fn take_out(
    ctx: Ctx,
    Path((id, source)): Path<(String, String)>,
    Form(_): Form<Version>,
) -> Answer {
    missing::take_out(ctx.app(), ctx.actor(), &id, &source).await?;
    let told = Flash::ok(ctx.text("debrief-taken-out"));
    Ok(ctx.redirect_with(&format!("{MISSING}/sujets/{id}"), &[told]))
}

/// What the form for putting a subject into another sends.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Into {
    into: String,
    version: String,
}

async fn merge_form(ctx: &Ctx, id: &str, typed: &Into) -> application::Result<FormPage> {
    let page = missing::subject(ctx.app(), ctx.actor(), id).await?;
    let others = page
        .others
        .iter()
        .map(|other| Choice::new(&other.id, other.title.as_str()));
    let here = format!("{MISSING}/sujets/{id}");
    let version = if typed.version.is_empty() {
        page.subject.version.to_string()
    } else {
        typed.version.clone()
    };
    let fields = vec![
        Field::select(
            "into",
            ctx.text("debrief-merge-into"),
            others.collect(),
            &typed.into,
        )
        .required()
        .hint(ctx.text("debrief-merge-hint")),
    ];
    let crumbs = vec![
        Link::new(ctx.text("debrief-missing"), MISSING),
        Link::new(page.subject.title, here.clone()),
    ];
    Ok(FormPage::new(
        ctx.text("debrief-merge"),
        crumbs,
        format!("{here}/reunir"),
        fields,
        &version,
    ))
}

/// `GET /bureau/manques/sujets/{id}/reunir`: into which other subject?
pub(super) async fn ask_merge(ctx: Ctx, Path(id): Path<String>) -> Answer {
    ctx.page(&merge_form(&ctx, &id, &Into::default()).await?)
}

/// `POST /bureau/manques/sujets/{id}/reunir`: puts the subject into another.
pub(super) async fn merge(ctx: Ctx, Path(id): Path<String>, Form(sent): Form<Into>) -> Answer {
    let done = if sent.into.trim().is_empty() {
        Err(application::Error::Invalid(vec![
            application::FieldError::new("into", domain::input::InputError::Empty),
        ]))
    } else {
        missing::merge(ctx.app(), ctx.actor(), &id, &sent.into, &sent.version).await
    };
    match done {
        Ok(()) => {
            let told = Flash::ok(ctx.text("debrief-merged"));
            Ok(ctx.redirect_with(&format!("{MISSING}/sujets/{}", sent.into), &[told]))
        }
        Err(error) => {
            let page = missing::subject(ctx.app(), ctx.actor(), &id).await?;
            let form = merge_form(&ctx, &id, &sent).await?;
            form.again(&ctx, error, Some((Vec::new(), page.subject.version)))
        }
    }
}

/// `POST /bureau/manques/sujets/{id}/separer/{part}`: a subject stands by itself again.
pub(super) async fn split(
    ctx: Ctx,
    Path((id, part)): Path<(String, String)>,
    Form(sent): Form<Version>,
) -> Answer {
    let done = missing::merge(ctx.app(), ctx.actor(), &part, "", &sent.version).await;
    let at = format!("{MISSING}/sujets/{id}");
    let deed = Deed {
        subject: ("subject", &part),
        version: &sent.version,
        yes: "debrief-split",
        action: format!("{at}/separer/{part}"),
        fields: Vec::new(),
        page: at.clone(),
        to: at,
        told: "debrief-split-done",
    };
    deed.answer(&ctx, done).await
}
