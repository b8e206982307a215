//! The questionnaire.
mod availability;
pub use availability::{Availability, Cell, DAYS, Slot, UnknownCell, day_code};
