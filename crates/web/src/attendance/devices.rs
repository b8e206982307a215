//! The browsers that trainers have prepared, to turn off one that is lost.

use application::attendance::{self, Devices};
use axum::Router;
use axum::extract::Path;
use axum::routing::{get, post};
use jiff::civil::{Date, Time};
use serde::Serialize;

use super::Nothing;
use super::view::{AsideView, civil};
use crate::State;
use crate::shell::{Answer, Ctx, Flash, Form, Page, WebError};

/// The addresses of devices: the trainer's own, and the desk's.
pub(super) fn routes() -> Router<State> {
    Router::new()
        .route("/formateur/appareils", get(list))
        .route("/bureau/appareils", get(list))
        .route("/formateur/appareils/{id}/retirer", post(revoke))
        .route("/formateur/appareils/mis-de-cote/{id}", post(seen_to))
        .route(
            "/formateur/seances/{session}/mis-de-cote/{id}",
            post(seen_to_in),
        )
}

/// The devices.
#[derive(Default, Serialize)]
pub(super) struct DevicesPage {
    here: String,
    devices: Vec<DeviceView>,
    aside: Vec<AsideView>,
}

impl Page for DevicesPage {
    const TEMPLATE: &'static str = "attendance/devices.html";
}

#[derive(Serialize)]
struct DeviceView {
    id: String,
    name: String,
    owner: String,
    day: Date,
    seen_day: Date,
    seen_time: Time,
    tone: &'static str,
    state: String,
    revocable: bool,
}

impl DevicesPage {
    fn of(ctx: &Ctx, found: &Devices) -> Result<Self, WebError> {
        let now = ctx.app().now().as_millisecond();
        let devices = found.devices.iter().map(|owned| {
            let device = &owned.device;
            let (seen_day, seen_time) = civil(device.seen_at, ctx.zone())?;
            let (tone, state) = if device.revoked_at.is_some() {
                ("bad", ctx.text("attendance-device-state-off"))
            } else if now < device.list_until {
                ("ok", ctx.text("attendance-device-state-today"))
            } else if now < device.send_until {
                ("wait", ctx.text("attendance-device-state-sends"))
            } else {
                ("full", ctx.text("attendance-device-state-over"))
            };
            Ok(DeviceView {
                id: device.id.clone(),
                name: device.name.clone(),
                owner: owned.owner.clone(),
                day: civil(device.created_at, ctx.zone())?.0,
                seen_day,
                seen_time,
                tone,
                state,
                revocable: device.revoked_at.is_none() && now < device.send_until,
            })
        });
        Ok(Self {
            here: ctx.path().to_owned(),
            devices: devices.collect::<Result<_, WebError>>()?,
            aside: found
                .aside
                .iter()
                .map(|row| AsideView::of(ctx, row))
                .collect(),
        })
    }
}

/// `GET /formateur/appareils` and `/bureau/appareils`: one's own devices, or everybody's.
async fn list(ctx: Ctx) -> Answer {
    let found = attendance::devices(ctx.app(), ctx.actor()).await?;
    ctx.page(&DevicesPage::of(&ctx, &found)?)
}

/// `POST …/retirer`: a device is lost, or no longer used.
async fn revoke(ctx: Ctx, Path(id): Path<String>, Form(_): Form<Nothing>) -> Answer {
    attendance::revoke(ctx.app(), ctx.actor(), &id).await?;
    let flash = Flash::ok(ctx.text("attendance-device-revoked-done"));
    Ok(ctx.redirect_with("/formateur/appareils", &[flash]))
}

/// `POST …/mis-de-cote/{id}`: somebody has seen to what could not be read.
async fn seen_to(ctx: Ctx, Path(id): Path<String>, Form(_): Form<Nothing>) -> Answer {
    attendance::seen_to(ctx.app(), ctx.actor(), &id, None).await?;
    Ok(ctx.redirect("/formateur/appareils"))
}

/// `POST …/seances/{session}/mis-de-cote/{id}`: the same, within a session.
async fn seen_to_in(
    ctx: Ctx,
    Path((session, id)): Path<(String, String)>,
    Form(_): Form<Nothing>,
) -> Answer {
    attendance::seen_to(ctx.app(), ctx.actor(), &id, Some(&session)).await?;
    Ok(ctx.redirect(&format!("/formateur/seances/{session}#mis-de-cote")))
}

#[cfg(test)]
pub(super) fn samples() -> Vec<crate::shell::sample::Sample> {
    use crate::shell::sample::Sample;
    use jiff::civil::{date, time};
    let device = |revocable| DeviceView {
        id: "1".into(),
        name: "Tablette <b>rouge</b>".into(),
        owner: "Paul".into(),
        day: date(2026, 10, 5),
        seen_day: date(2026, 10, 5),
        seen_time: time(14, 5, 0, 0),
        tone: "ok",
        state: "Prêt pour aujourd’hui".into(),
        revocable,
    };
    vec![
        Sample::of(DevicesPage::default()),
        Sample::of(DevicesPage {
            here: "/bureau/appareils".into(),
            devices: vec![device(true), device(false)],
            aside: vec![AsideView::sample()],
        }),
    ]
}
