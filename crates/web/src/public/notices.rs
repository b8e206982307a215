//! What the law asks for, in plain words, and what robots read.

use std::fmt::Write as _;

use application::agenda::{self, Only};
use application::content::catalogue;
use application::showcase;
use axum::http::header;
use axum::response::IntoResponse;
use serde::Serialize;

use super::Public;
use crate::shell::{Answer, Ctx, Page};

/// Who to turn to.
#[derive(Serialize)]
struct Contact {
    phone: Option<String>,
    email: Option<String>,
}

#[derive(Serialize)]
struct Accessibility {
    contact: Contact,
}

#[derive(Serialize)]
struct Privacy {
    contact: Contact,
}

#[derive(Serialize)]
struct Legal {
    contact: Contact,
}

impl Page for Accessibility {
    const TEMPLATE: &'static str = "public/accessibility.html";
}

impl Page for Privacy {
    const TEMPLATE: &'static str = "public/privacy.html";
}

impl Page for Legal {
    const TEMPLATE: &'static str = "public/legal.html";
}

async fn contact(ctx: &Ctx) -> Result<Contact, application::Error> {
    let programme = showcase::showcase(ctx.app()).await?.programme;
    Ok(Contact {
        phone: programme
            .as_ref()
            .and_then(|programme| programme.contact_phone.clone()),
        email: programme.and_then(|programme| programme.contact_email),
    })
}

/// `GET /accessibilite`: what this site does for everybody to use it, and what it does not do yet.
pub(super) async fn accessibility(public: Public) -> Answer {
    public
        .answer(async |ctx| {
            let contact = contact(&ctx).await?;
            ctx.page(&Accessibility { contact })
        })
        .await
}

/// `GET /donnees-personnelles`: what is kept of people, why, how long, and their rights.
pub(super) async fn privacy(public: Public) -> Answer {
    public
        .answer(async |ctx| {
            let contact = contact(&ctx).await?;
            ctx.page(&Privacy { contact })
        })
        .await
}

/// `GET /mentions`: who publishes this site.
pub(super) async fn legal(public: Public) -> Answer {
    public
        .answer(async |ctx| {
            let contact = contact(&ctx).await?;
            ctx.page(&Legal { contact })
        })
        .await
}

/// `GET /robots.txt`: the public pages only.
pub(super) async fn robots(ctx: Ctx) -> Answer {
    let base = &ctx.state.settings.base;
    let text = format!(
        "User-agent: *\nDisallow: /bureau\nDisallow: /formateur\nDisallow: /referent\nDisallow: /mon-espace\nDisallow: /acces\n\
         Disallow: /inscriptions\nDisallow: /connexion\nSitemap: {base}/sitemap.xml\n"
    );
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response())
}

/// `GET /sitemap.xml`: every public page.
pub(super) async fn sitemap(public: Public) -> Answer {
    public.answer(sitemap_of).await
}

async fn sitemap_of(ctx: Ctx) -> Answer {
    let base = &ctx.state.settings.base;
    let mut paths: Vec<String> = ["", "agenda", "ateliers", "lieux", "saison"]
        .map(str::to_owned)
        .into();
    paths.extend(
        catalogue()
            .modules()
            .map(|module| format!("ateliers/{}", module.slug)),
    );
    for shown in showcase::sites(ctx.app()).await? {
        paths.push(format!("lieux/{}", shown.site.row.slug));
    }
    for listed in agenda::next(ctx.app(), Only::Any).await? {
        paths.push(format!("seances/{}", listed.row.id));
    }
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for path in paths {
        // Slugs and ids need no escaping. Writing to a String cannot fail.
        let _ = writeln!(xml, "<url><loc>{base}/{path}</loc></url>");
    }
    xml.push_str("</urlset>\n");
    Ok((
        [(header::CONTENT_TYPE, "application/xml; charset=utf-8")],
        xml,
    )
        .into_response())
}

#[cfg(test)]
pub(super) fn samples() -> Vec<crate::shell::sample::Sample> {
    use crate::shell::sample::Sample;
    let contact = |known: bool| Contact {
        phone: known.then(|| "+33321000000".to_owned()),
        email: known.then(|| "a@exemple.fr".to_owned()),
    };
    [true, false]
        .into_iter()
        .flat_map(|known| {
            [
                Sample::of(Accessibility {
                    contact: contact(known),
                }),
                Sample::of(Privacy {
                    contact: contact(known),
                }),
                Sample::of(Legal {
                    contact: contact(known),
                }),
            ]
        })
        .collect()
}
