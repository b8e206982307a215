//! Who may do what, where.

pub mod account;
mod actor;
pub mod demonstration;
mod letter;
pub mod limit;
pub mod link;
mod policies;
mod secret;
pub mod sign_in;
mod territories;
mod token;

pub use actor::{Actor, Binding, Role, Staff};
pub use policies::{Action, Policies, Resource};
pub use secret::{PASSWORD_LEAST, PASSWORD_MOST, check_password, token_hash};
pub use territories::{Scope, area_of, scope, territories_of};

use crate::{App, Error, Result};

/// Lets the use case go on if `actor` may do `action` on `resource`; every use case begins with it.
///
/// # Errors
/// [`Error::SignInNeeded`] for a visitor who might be allowed once signed in, [`Error::Forbidden`] otherwise.
pub fn authorise(app: &App, actor: &Actor, action: Action, resource: &Resource) -> Result<()> {
    if app.policies().allow(actor, action, resource)? {
        Ok(())
    } else if matches!(actor, Actor::Visitor) {
        Err(Error::SignInNeeded)
    } else {
        Err(Error::Forbidden)
    }
}
