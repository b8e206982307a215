//! domain
pub mod language;
