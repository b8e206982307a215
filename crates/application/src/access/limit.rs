//! Limits on what can be guessed, kept in the database so that they hold over several nodes.

use crate::{App, Error, Result};

/// How often something may be tried.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// Name of what is tried.
    pub name: &'static str,
    /// Tries allowed in a window.
    pub most: i64,
    /// Length of the window in seconds.
    pub seconds: i64,
}

/// Password tries for one account from one network address: whoever guesses from elsewhere locks nobody else out.
pub const PASSWORD: Limit = Limit {
    name: "password",
    most: 10,
    seconds: 900,
};
/// Password tries for one account from everywhere: more than one address alone may use, so that guessing from many is bounded too.
pub const PASSWORD_ACCOUNT: Limit = Limit {
    name: "password-account",
    most: 100,
    seconds: 3600,
};
/// Password tries for any account from one network address.
pub const PASSWORD_CLIENT: Limit = Limit {
    name: "password-client",
    most: 200,
    seconds: 3600,
};
/// Questionnaires completed with one e-mail address.
pub const QUESTIONNAIRE: Limit = Limit {
    name: "questionnaire",
    most: 10,
    seconds: 3600,
};
/// Codes asked for by one address.
pub const CODE_SENT: Limit = Limit {
    name: "code-sent",
    most: 5,
    seconds: 3600,
};
/// Codes tried for one address.
pub const CODE_TRIED: Limit = Limit {
    name: "code-tried",
    most: 10,
    seconds: 3600,
};
/// Anonymous requests (registrations, questionnaires) from one network address.
pub const ANONYMOUS: Limit = Limit {
    name: "anonymous",
    most: 120,
    seconds: 3600,
};
/// Certificate codes tried from one network address.
pub const CERTIFICATE: Limit = Limit {
    name: "certificate",
    most: 60,
    seconds: 3600,
};
/// Badges checked from one network address.
pub const BADGE: Limit = Limit {
    name: "badge",
    most: 120,
    seconds: 3600,
};

/// Counts a try by `who`.
///
/// # Errors
/// [`Error::TooMany`] past the limit, with the seconds to wait.
pub async fn count(app: &App, limit: Limit, who: &str) -> Result<()> {
    let now = app.now().as_second();
    let window = now - now.rem_euclid(limit.seconds);
    let mut tx = app.write().await?;
    let hits = store::access::hit(&mut tx, &bucket(limit, who), window * 1000).await?;
    tx.commit().await?;
    if hits > limit.most {
        Err(Error::TooMany {
            retry_after: window + limit.seconds - now,
        })
    } else {
        Ok(())
    }
}

/// Forgets the tries of `who` in the present window: the last one was right.
pub async fn forget(app: &App, limit: Limit, who: &str) -> Result<()> {
    let mut tx = app.write().await?;
    store::access::forget_hits(&mut tx, &bucket(limit, who)).await?;
    tx.commit().await?;
    Ok(())
}

/// Whoever is counted is not kept in plain: it may be an address.
fn bucket(limit: Limit, who: &str) -> String {
    format!("{}:{}", limit.name, super::secret::token_hash(who))
}
