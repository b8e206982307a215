//! What people can do: the adaptive level test with its item bank and calibration, and quizzes
//! with their exchange format and marking.

pub mod adaptive;
pub mod bank;
pub mod calibration;
pub mod gift;
pub mod marking;
pub mod run;
pub mod small;
