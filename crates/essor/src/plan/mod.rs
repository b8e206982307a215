//! `essor plan …`: the planner on files, without any database.
//!
//! Answers: 0 done, 1 the plan breaks a rule, 2 something could not be read or does not fit together.

mod files;
mod look;
mod solve;
mod tour;

use std::process::ExitCode;

use clap::Subcommand;

/// The plan breaks a rule.
const NO: u8 = 1;
/// A file could not be read, breaks its format, or does not belong to the other.
const BAD_INPUT: u8 = 2;

#[derive(Subcommand)]
pub(crate) enum Plan {
    /// Find a good plan for an instance (training-planning/1); Ctrl-C ends with the best so far.
    Solve(solve::Solve),
    /// Say which rules a plan breaks and what it costs.
    Check(look::Check),
    /// Say what holds a plan back.
    Explain(look::Explain),
    /// List what is different for each person from one plan to another, with the reason.
    Changes(look::Changes),
    /// Find where stands travel (stand-tour/1), or what a late host comes to.
    Tour(tour::TourCommand),
}

/// Why a command ends without result.
pub(crate) struct Failed {
    code: u8,
    lines: Vec<String>,
}

impl Failed {
    fn bad_input(line: impl Into<String>) -> Self {
        Self {
            code: BAD_INPUT,
            lines: vec![line.into()],
        }
    }

    fn all(lines: Vec<String>) -> Self {
        Self {
            code: BAD_INPUT,
            lines,
        }
    }
}

impl From<std::io::Error> for Failed {
    fn from(error: std::io::Error) -> Self {
        Self::bad_input(error.to_string())
    }
}

impl From<serde_json::Error> for Failed {
    fn from(error: serde_json::Error) -> Self {
        Self::bad_input(error.to_string())
    }
}

impl Plan {
    pub(crate) async fn run(self) -> ExitCode {
        let done = match self {
            Self::Solve(command) => command.run().await,
            Self::Check(command) => command.run(),
            Self::Explain(command) => command.run(),
            Self::Changes(command) => command.run(),
            Self::Tour(command) => command.run(),
        };
        match done {
            Ok(()) => ExitCode::SUCCESS,
            Err(failed) => {
                for line in failed.lines {
                    eprintln!("essor plan: {line}");
                }
                ExitCode::from(failed.code)
            }
        }
    }
}
