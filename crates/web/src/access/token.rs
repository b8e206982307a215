//! Bearer tokens of an account: the list, the question before one is revoked, and the page that shows a new one, once.

use application::access::account::{self, ApiTokenRow};
use serde::Serialize;

use super::instant;
use crate::listing::{Confirm, Link, Section};
use crate::shell::{Ctx, Page, WebError};

/// The tokens of an account, on its page; `here` is the page's address.
pub(super) fn tokens(ctx: &Ctx, rows: &[ApiTokenRow], here: &str, add: Option<Link>) -> Section {
    let heads = [
        "access-token-name",
        "access-token-scopes",
        "access-token-since",
        "access-token-used",
        "access-token-state",
    ];
    let mut section = Section::new(
        ctx.text("access-tokens"),
        heads.map(|key| ctx.text(key)).to_vec(),
        ctx.text("access-tokens-none"),
        add,
    );
    for row in rows {
        let used = row
            .last_used_at
            .map_or_else(|| ctx.text("access-token-never"), |at| instant(ctx, at));
        let (state, links) = if row.revoked_at.is_some() {
            (ctx.text("access-token-is-revoked"), Vec::new())
        } else {
            let revoke = format!("{here}/jetons/{}/revoquer", row.id);
            let link = Link::new(ctx.text("access-token-revoke"), revoke);
            (ctx.text("access-token-good"), vec![link])
        };
        let cells = vec![
            row.name.clone(),
            row.scopes.clone(),
            instant(ctx, row.created_at),
            used,
            state,
        ];
        section.line(cells, None, 0, Vec::new(), links);
    }
    section
}

/// The question before a token is revoked.
pub(super) async fn ask(
    ctx: &Ctx,
    holder: &str,
    token: &str,
    here: &str,
) -> Result<Confirm, WebError> {
    let rows = account::tokens(ctx.app(), ctx.actor(), holder).await?;
    let row = rows
        .into_iter()
        .find(|row| row.id == token && row.revoked_at.is_none())
        .ok_or_else(WebError::not_found)?;
    Ok(Confirm {
        title: ctx.text_with(
            "access-token-revoke-question",
            &[("name", row.name.as_str().into())],
        ),
        text: ctx.text("access-token-revoke-text"),
        yes: ctx.text("access-token-revoke"),
        action: format!("{here}/jetons/{token}/revoquer"),
        back: Link::new(ctx.text("access-tokens"), here),
        version: 0,
    })
}

/// A new bearer token: shown once, kept nowhere.
#[derive(Serialize)]
pub(super) struct NewToken {
    pub(super) crumbs: Vec<Link>,
    pub(super) token: String,
}

impl Page for NewToken {
    const TEMPLATE: &'static str = "access/token.html";
}

#[cfg(test)]
pub(super) fn samples() -> Vec<crate::shell::sample::Sample> {
    vec![crate::shell::sample::Sample::of(NewToken {
        crumbs: vec![Link::new("Mon compte", "/bureau/compte")],
        token: "essor_abc".into(),
    })]
}
