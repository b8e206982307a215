//! The bag: downloads of what people take home. The links to them are on the participant's, the person's, the session's and the certificates' page.

use application::bag::{self, Wrapped, Wrapping};
use axum::Router;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;

use crate::State;
use crate::shell::{Answer, Ctx, WebError};
use crate::space::participant;

/// The addresses of this area.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        .route("/mon-espace/valise/{file}", get(own))
        .route("/bureau/personnes/{id}/valise/{file}", get(of_person))
        .route("/bureau/valises/{file}", get(of_season))
        .route("/formateur/seances/{id}/valises.zip", get(of_session))
}

fn wrapping(file: &str) -> Result<Wrapping, WebError> {
    match file {
        "dossier.zip" => Ok(Wrapping::Folder),
        "livre.epub" => Ok(Wrapping::Book),
        _ => Err(WebError::not_found()),
    }
}

/// `GET /mon-espace/valise/dossier.zip` or `livre.epub`: one's own.
async fn own(ctx: Ctx, Path(file): Path<String>) -> Answer {
    let person = participant(&ctx)?;
    let wrapped = bag::own(ctx.app(), ctx.actor(), person, wrapping(&file)?).await?;
    Ok(download(wrapped))
}

/// `GET /bureau/personnes/{id}/valise/dossier.zip` or `livre.epub`: somebody's.
async fn of_person(ctx: Ctx, Path((id, file)): Path<(String, String)>) -> Answer {
    let wrapped = bag::of_person(ctx.app(), ctx.actor(), &id, wrapping(&file)?).await?;
    Ok(download(wrapped))
}

/// `GET /bureau/valises/{season}.zip`: those of a season.
async fn of_season(ctx: Ctx, Path(file): Path<String>) -> Answer {
    let season = file.strip_suffix(".zip").ok_or_else(WebError::not_found)?;
    let wrapped = bag::of_season(ctx.app(), ctx.actor(), season).await?;
    Ok(download(wrapped))
}

/// `GET /formateur/seances/{id}/valises.zip`: those of the group of a session.
async fn of_session(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let wrapped = bag::of_session(ctx.app(), ctx.actor(), &id).await?;
    Ok(download(wrapped))
}

/// A file of personal data: saved by the browser, kept by no cache.
fn download(wrapped: Wrapped) -> Response {
    let headers = [
        (header::CONTENT_TYPE, wrapped.kind.to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{}\"", wrapped.file),
        ),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    (headers, wrapped.bytes).into_response()
}
