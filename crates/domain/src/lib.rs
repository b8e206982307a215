//! domain
pub mod language;
pub mod text;
