//! The letters that Essor writes: typed, in two languages, as plain text and HTML, with a
//! calendar file where one helps.
//!
//! A letter is short: what happened, the facts, what to do next. [`Mail::render`] gives the whole
//! of it; putting it into an envelope and sending it is the business of others. Whatever people
//! typed is escaped in HTML and can neither break a subject nor begin a header.

mod attachment;
mod compose;
mod layout;
mod looking_back;

pub(crate) use layout::escape;

use domain::enrolment::WaitReason;
use domain::language::Language;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::calendar::{Method, Person};

/// A session, as letters tell it. Texts are in the language of the letter already.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SessionFacts {
    /// Identifies the entry in people's calendars for ever: `id@host`.
    pub uid: String,
    /// Version of that entry: must grow with every calendar file sent for it.
    pub sequence: u32,
    /// The title of the module.
    pub module: String,
    /// Beginning.
    pub start: Timestamp,
    /// End.
    pub end: Timestamp,
    /// The site with its address, on one line.
    pub place: String,
    /// The room, if the site has several.
    pub room: Option<String>,
    /// Latitude and longitude of the site in degrees.
    pub position: Option<(f64, f64)>,
    /// What to bring, in words.
    pub bring: Option<String>,
    /// The page of the session.
    pub link: String,
}

/// Another date that is proposed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alternative {
    /// The title of the module.
    pub module: String,
    /// Beginning.
    pub start: Timestamp,
    /// The site and its commune.
    pub place: String,
    /// The page of the session.
    pub link: String,
}

/// What changed in a session; the new state is in its [`SessionFacts`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "what")]
pub enum Change {
    /// Day or hours.
    When {
        /// The former beginning.
        start: Timestamp,
        /// The former end.
        end: Timestamp,
    },
    /// The site.
    Place {
        /// The former site.
        old: String,
        /// The new site.
        new: String,
    },
    /// The room.
    Room {
        /// The former room.
        old: String,
        /// The new room.
        new: String,
    },
    /// Who leads it.
    Trainer {
        /// Who would have led it.
        old: String,
        /// Who leads it.
        new: String,
    },
    /// The module.
    Module {
        /// The former title.
        old: String,
        /// The new title.
        new: String,
    },
}

/// A letter. Links are whole addresses (`https://…`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Mail {
    /// A seat is reserved.
    EnrolmentPlaced {
        /// Which session.
        session: SessionFacts,
        /// How many more people are needed before the group opens; 0 if it takes place.
        missing: u32,
        /// One-click withdrawal.
        withdraw: String,
    },
    /// There is no seat yet.
    EnrolmentWaiting {
        /// Which session.
        session: SessionFacts,
        /// Rank on the waiting list, from 1.
        rank: u32,
        /// Why there is no seat.
        why: WaitReason,
        /// One-click withdrawal.
        withdraw: String,
    },
    /// A seat is free and kept for a while.
    SeatOffered {
        /// Which session.
        session: SessionFacts,
        /// Until when.
        until: Timestamp,
        /// Takes the seat.
        accept: String,
        /// Leaves the seat.
        decline: String,
        /// Held out by a plan, rather than freed by somebody else.
        planned: bool,
    },
    /// The offer passed unanswered.
    OfferLapsed {
        /// Which session.
        session: SessionFacts,
        /// Where to register again or find other dates.
        agenda: String,
        /// The desk took it back, rather than time.
        taken_back: bool,
    },
    /// A session changed.
    SessionChanged {
        /// Its new state.
        session: SessionFacts,
        /// What changed.
        changes: Vec<Change>,
        /// Whether the person has a seat, hence a calendar entry to update.
        placed: bool,
        /// One-click withdrawal.
        withdraw: String,
    },
    /// A session does not take place.
    SessionCancelled {
        /// Which session.
        session: SessionFacts,
        /// Why, in words.
        reason: Option<String>,
        /// Other dates of the same module.
        alternatives: Vec<Alternative>,
        /// Whether the person had a seat, hence a calendar entry to take away.
        placed: bool,
        /// Where to find other dates.
        agenda: String,
    },
    /// The session is near.
    Reminder {
        /// Which session.
        session: SessionFacts,
        /// One-click withdrawal.
        withdraw: String,
    },
    /// Enough people registered: the group opens.
    GroupConfirmed {
        /// Which session.
        session: SessionFacts,
        /// One-click withdrawal.
        withdraw: String,
    },
    /// The person withdrew.
    Withdrawn {
        /// Which session.
        session: SessionFacts,
        /// Whether the person had a seat, hence a calendar entry to take away.
        placed: bool,
        /// Where to find other dates.
        agenda: String,
    },
    /// A seat is proposed by someone of the programme.
    Invitation {
        /// Which session.
        session: SessionFacts,
        /// The name of who proposes it.
        by: String,
        /// Until when the seat is kept, if it is.
        until: Option<Timestamp>,
        /// Takes the seat.
        accept: String,
    },
    /// A code to sign in with.
    SignInCode {
        /// The code.
        code: String,
        /// How long it is valid, in minutes.
        minutes: u32,
    },
    /// A link to sign in with.
    SignInLink {
        /// The link.
        link: String,
        /// How long it is valid, in minutes.
        minutes: u32,
    },
    /// Where to take up the questionnaire again.
    QuestionnaireResume {
        /// The link.
        link: String,
    },
    /// Where to take up a level test again.
    LevelTestResume {
        /// The link.
        link: String,
    },
    /// The path is ready.
    PathwayReady {
        /// The link.
        link: String,
        /// How many modules it proposes.
        steps: u32,
    },
    /// A questionnaire was completed in the name of somebody who has a path already.
    PathwayConfirm {
        /// Confirms it.
        link: String,
    },
    /// The certificate is ready.
    CertificateReady {
        /// The link.
        link: String,
        /// Minutes attended.
        minutes: u32,
    },
    /// A wish is answered.
    WishAnswered {
        /// What was wished, in the person's words.
        wish: String,
        /// The answer.
        answer: String,
        /// Dates that fit the wish.
        sessions: Vec<Alternative>,
        /// Where to find other dates.
        agenda: String,
    },
    /// The quiz of a session that the person came to.
    QuizReady {
        /// The title of the module.
        module: String,
        /// When the session was.
        start: Timestamp,
        /// One-click link to the quiz.
        link: String,
    },
    /// What somebody takes home of the talk at the end of their path.
    DebriefHome {
        /// Titles of the modules taken.
        modules: Vec<String>,
        /// Minutes attended.
        minutes: u32,
        /// What they decided to do next, in their words.
        next: String,
        /// The person's own page.
        link: String,
    },
    /// What came of something that was missing.
    MissingOutcome {
        /// What was missing.
        title: String,
        /// Whether it becomes a workshop.
        taken_up: bool,
        /// Why, or what comes next, in words; may be empty.
        reason: String,
        /// Where to find dates.
        link: String,
    },
    /// What do you think, without who you are.
    Satisfaction {
        /// Title of the workshop, or name of the season.
        title: String,
        /// Where to answer.
        link: String,
    },
    /// An account for someone of the staff.
    StaffWelcome {
        /// What they are, in words: “formateur”.
        role: String,
        /// Where to choose a password.
        link: String,
        /// How long the link is valid, in hours.
        hours: u32,
    },
}

impl Mail {
    /// The name of the kind of letter, as stored in the outbox.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::EnrolmentPlaced { .. } => "enrolment-placed",
            Self::EnrolmentWaiting { .. } => "enrolment-waiting",
            Self::SeatOffered { .. } => "seat-offered",
            Self::OfferLapsed { .. } => "offer-lapsed",
            Self::SessionChanged { .. } => "session-changed",
            Self::SessionCancelled { .. } => "session-cancelled",
            Self::Reminder { .. } => "reminder",
            Self::GroupConfirmed { .. } => "group-confirmed",
            Self::Withdrawn { .. } => "withdrawn",
            Self::Invitation { .. } => "invitation",
            Self::SignInCode { .. } => "sign-in-code",
            Self::SignInLink { .. } => "sign-in-link",
            Self::QuestionnaireResume { .. } => "questionnaire-resume",
            Self::LevelTestResume { .. } => "level-test-resume",
            Self::PathwayReady { .. } => "pathway-ready",
            Self::PathwayConfirm { .. } => "pathway-confirm",
            Self::CertificateReady { .. } => "certificate-ready",
            Self::WishAnswered { .. } => "wish-answered",
            Self::QuizReady { .. } => "quiz-ready",
            Self::DebriefHome { .. } => "debrief-home",
            Self::MissingOutcome { .. } => "missing-outcome",
            Self::Satisfaction { .. } => "satisfaction",
            Self::StaffWelcome { .. } => "staff-welcome",
        }
    }

    /// Writes the letter.
    #[must_use]
    pub fn render(&self, context: &Context) -> Rendered {
        let body = compose::compose(self, context);
        Rendered {
            subject: one_line(&body.subject),
            text: layout::text(&body, context.language),
            html: layout::html(&body, context.language),
            calendar: attachment::calendar(self, context),
        }
    }
}

/// Who writes to whom, when.
#[derive(Debug, Clone)]
pub struct Context {
    /// The language of the letter.
    pub language: Language,
    /// Who receives it; the name may be empty.
    pub recipient: Person,
    /// In whose name it is written: the programme and the address that answers.
    pub sender: Person,
    /// Whom to ask, in words: “Claire Dubois, 03 21 00 00 00”.
    pub contact: String,
    /// The zone in which hours are told.
    pub zone: TimeZone,
    /// When the letter is written.
    pub now: Timestamp,
}

/// A letter ready for its envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// The subject: one line without control characters.
    pub subject: String,
    /// Plain text, wrapped at 72 characters; links stand alone on their line.
    pub text: String,
    /// The same as a HTML page.
    pub html: String,
    /// The calendar file, if one goes with it.
    pub calendar: Option<CalendarPart>,
}

/// A calendar file that goes with a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarPart {
    /// Also stands in the content type of the part: `text/calendar; method=REQUEST`.
    pub method: Method,
    /// The file.
    pub body: String,
}

/// Longest subject, in characters.
const SUBJECT_MOST: usize = 150;

/// A text on one line without control characters, of bearable length: nothing in it can end the
/// subject and begin another header.
fn one_line(text: &str) -> String {
    let cleaned: String = text
        .chars()
        .map(|character| {
            if character.is_control() {
                ' '
            } else {
                character
            }
        })
        .collect();
    // Only plain spaces: those of French typography must stay.
    let line = cleaned
        .split(' ')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    if line.chars().count() <= SUBJECT_MOST {
        return line;
    }
    line.chars().take(SUBJECT_MOST - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests;
