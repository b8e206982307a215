//! What is true in Essor: types, rules and state machines. No input or output, no clock,
//! no randomness: all of it is passed in.
pub mod assessment;
pub mod attendance;
pub mod badge;
pub mod catalogue;
pub mod certificate;
mod condition;
pub mod content;
pub mod debrief;
pub mod enrolment;
pub mod funding;
pub mod id;
pub mod input;
pub mod language;
pub mod pathway;
pub mod plan;
pub mod preparation;
pub mod programme;
pub mod questionnaire;
pub mod quiz;
pub mod satisfaction;
pub mod session;
pub mod territory;
pub mod text;
