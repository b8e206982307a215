//! What each letter says.

use domain::language::Language;
use jiff::Timestamp;

use super::{Alternative, Change, Context, Mail, SessionFacts};
use crate::formats;
use crate::texts::{Arg, Texts};

/// A letter before it takes a shape.
pub(super) struct Body {
    pub(super) subject: String,
    pub(super) greeting: String,
    pub(super) blocks: Vec<Block>,
    pub(super) closing: String,
    pub(super) signature: String,
    pub(super) footer: Vec<String>,
}

/// A part of a letter.
pub(super) enum Block {
    /// Words.
    Paragraph(String),
    /// Labels and what they stand for.
    Facts(Vec<(String, String)>),
    /// A code to type, in large letters.
    Code(String),
    /// Entries with a page each.
    Links(Vec<(String, String)>),
    /// The thing to do next.
    Action { label: String, link: String },
    /// Something else that can be done.
    Aside {
        words: String,
        label: String,
        link: String,
    },
}

/// Writes one letter.
pub(super) struct Writer<'a> {
    texts: &'static Texts,
    pub(super) context: &'a Context,
    pub(super) blocks: Vec<Block>,
}

/// The letter as blocks.
pub(super) fn compose(mail: &Mail, context: &Context) -> Body {
    let mut writer = Writer {
        texts: Texts::embedded(),
        context,
        blocks: Vec::new(),
    };
    let subject = match mail {
        Mail::SignInCode { .. }
        | Mail::SignInLink { .. }
        | Mail::QuestionnaireResume { .. }
        | Mail::LevelTestResume { .. }
        | Mail::PathwayReady { .. }
        | Mail::PathwayConfirm { .. }
        | Mail::CertificateReady { .. }
        | Mail::WishAnswered { .. }
        | Mail::QuizReady { .. }
        | Mail::DebriefHome { .. }
        | Mail::MissingOutcome { .. }
        | Mail::Satisfaction { .. }
        | Mail::StaffWelcome { .. } => writer.personal(mail),
        Mail::SessionChanged { .. } | Mail::SessionCancelled { .. } => writer.upheaval(mail),
        Mail::SeatOffered { .. } | Mail::OfferLapsed { .. } | Mail::Invitation { .. } => {
            writer.proposal(mail)
        }
        Mail::EnrolmentPlaced { .. }
        | Mail::EnrolmentWaiting { .. }
        | Mail::Reminder { .. }
        | Mail::GroupConfirmed { .. }
        | Mail::Withdrawn { .. } => writer.enrolment(mail),
    };
    let name = context.recipient.name.trim();
    let greeting = if name.is_empty() {
        writer.say("mail-greeting-nameless", &[])
    } else {
        writer.say("mail-greeting", &[("name", name.into())])
    };
    let mut footer = Vec::new();
    if !context.contact.trim().is_empty() {
        footer.push(writer.say("mail-contact", &[("contact", (&context.contact).into())]));
    }
    footer.push(writer.say(
        "mail-footer",
        &[("programme", (&context.sender.name).into())],
    ));
    Body {
        subject,
        greeting,
        closing: writer.say("mail-closing", &[]),
        signature: context.sender.name.clone(),
        footer,
        blocks: writer.blocks,
    }
}

impl Writer<'_> {
    pub(super) fn language(&self) -> Language {
        self.context.language
    }

    pub(super) fn say(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        self.texts.format(self.language(), key, args)
    }

    pub(super) fn paragraph(&mut self, key: &str, args: &[(&str, Arg<'_>)]) {
        let words = self.say(key, args);
        self.blocks.push(Block::Paragraph(words));
    }

    pub(super) fn action(&mut self, key: &str, link: &str) {
        let label = self.say(key, &[]);
        self.blocks.push(Block::Action {
            label,
            link: link.to_owned(),
        });
    }

    /// The one-click way out, with a word of why it matters.
    fn withdrawal(&mut self, words: &str, label: &str, link: &str) {
        let (words, label) = (self.say(words, &[]), self.say(label, &[]));
        self.blocks.push(Block::Aside {
            words,
            label,
            link: link.to_owned(),
        });
    }

    /// “mardi 3 février 2026 de 14 h à 16 h”.
    fn when(&self, start: Timestamp, end: Timestamp) -> String {
        let (start, end) = (
            start.to_zoned(self.context.zone.clone()),
            end.to_zoned(self.context.zone.clone()),
        );
        format!(
            "{} {}",
            formats::date(self.language(), start.date()),
            formats::time_range(self.language(), start.time(), end.time())
        )
    }

    /// “mardi 3 février 2026 à 14 h”.
    fn instant(&self, at: Timestamp) -> String {
        let at = at.to_zoned(self.context.zone.clone());
        self.say(
            "mail-instant",
            &[
                ("date", formats::date(self.language(), at.date()).into()),
                ("time", formats::time(self.language(), at.time()).into()),
            ],
        )
    }

    fn subject(&self, key: &str, session: &SessionFacts) -> String {
        let date = session.start.to_zoned(self.context.zone.clone()).date();
        let date = formats::date_without_year(self.language(), date);
        self.say(
            key,
            &[("module", (&session.module).into()), ("date", date.into())],
        )
    }

    /// What, when and where, with what to know before coming.
    fn facts(&mut self, session: &SessionFacts) {
        self.facts_of(session, true);
    }

    /// What, when and where, of a session that is not to be attended.
    fn bare_facts(&mut self, session: &SessionFacts) {
        self.facts_of(session, false);
    }

    fn facts_of(&mut self, session: &SessionFacts, coming: bool) {
        let mut facts = vec![
            (self.say("mail-fact-module", &[]), session.module.clone()),
            (
                self.say("mail-fact-when", &[]),
                self.when(session.start, session.end),
            ),
            (self.say("mail-fact-place", &[]), session.place.clone()),
        ];
        if let (Some(room), true) = (&session.room, coming) {
            facts.push((self.say("mail-fact-room", &[]), room.clone()));
        }
        if let (Some(bring), true) = (&session.bring, coming) {
            facts.push((self.say("mail-fact-bring", &[]), bring.clone()));
        }
        self.blocks.push(Block::Facts(facts));
    }

    fn alternatives(&mut self, key: &str, sessions: &[Alternative]) {
        if sessions.is_empty() {
            return;
        }
        self.paragraph(key, &[]);
        let links = sessions
            .iter()
            .map(|session| {
                let words = format!(
                    "{}, {}, {}",
                    session.module,
                    self.instant(session.start),
                    session.place
                );
                (words, session.link.clone())
            })
            .collect();
        self.blocks.push(Block::Links(links));
    }

    /// Letters about one's own registration; gives the subject.
    fn enrolment(&mut self, mail: &Mail) -> String {
        match mail {
            Mail::EnrolmentPlaced {
                session,
                missing,
                withdraw,
            } => self.placed(session, *missing, withdraw),
            Mail::EnrolmentWaiting {
                session,
                rank,
                why,
                withdraw,
            } => {
                let (name, figure) = why.figure();
                self.paragraph("mail-waiting-intro", &[("rank", (*rank).into())]);
                self.paragraph(why.key(), &[(name, figure.into())]);
                self.facts(session);
                self.paragraph("mail-waiting-next", &[]);
                self.withdrawal(
                    "mail-waiting-withdraw",
                    "mail-waiting-withdraw-label",
                    withdraw,
                );
                self.subject("mail-waiting-subject", session)
            }
            Mail::Reminder { session, withdraw } => {
                self.paragraph("mail-reminder-intro", &[]);
                self.facts(session);
                self.action("mail-session-label", &session.link);
                self.withdrawal("mail-withdraw", "mail-withdraw-label", withdraw);
                self.subject("mail-reminder-subject", session)
            }
            Mail::GroupConfirmed { session, withdraw } => {
                self.paragraph("mail-group-intro", &[]);
                self.facts(session);
                self.paragraph("mail-calendar-adds", &[]);
                self.withdrawal("mail-withdraw", "mail-withdraw-label", withdraw);
                self.subject("mail-group-subject", session)
            }
            Mail::Withdrawn {
                session,
                placed,
                agenda,
            } => {
                self.paragraph("mail-withdrawn-intro", &[]);
                self.bare_facts(session);
                if *placed {
                    self.paragraph("mail-calendar-removes", &[]);
                }
                self.action("mail-agenda-label", agenda);
                self.subject("mail-withdrawn-subject", session)
            }
            _ => String::new(),
        }
    }

    /// Letters that propose a seat or say that the proposal is over; gives the subject.
    fn proposal(&mut self, mail: &Mail) -> String {
        match mail {
            Mail::SeatOffered {
                session,
                until,
                accept,
                decline,
                planned,
            } => {
                let until = self.instant(*until);
                let (intro, next, subject) = if *planned {
                    (
                        "mail-proposal-intro",
                        "mail-proposal-next",
                        "mail-proposal-subject",
                    )
                } else {
                    ("mail-offer-intro", "mail-offer-next", "mail-offer-subject")
                };
                self.paragraph(intro, &[("until", until.into())]);
                self.facts(session);
                self.action("mail-offer-accept", accept);
                self.withdrawal(next, "mail-offer-decline", decline);
                self.subject(subject, session)
            }
            Mail::OfferLapsed {
                session,
                agenda,
                taken_back,
            } => {
                let (intro, subject) = if *taken_back {
                    ("mail-taken-back-intro", "mail-taken-back-subject")
                } else {
                    ("mail-lapsed-intro", "mail-lapsed-subject")
                };
                self.paragraph(intro, &[]);
                self.bare_facts(session);
                self.paragraph("mail-lapsed-next", &[]);
                self.action("mail-agenda-label", agenda);
                self.subject(subject, session)
            }
            Mail::Invitation {
                session,
                by,
                until,
                accept,
            } => {
                self.paragraph("mail-invitation-intro", &[("by", by.into())]);
                self.facts(session);
                if let Some(until) = until {
                    let until = self.instant(*until);
                    self.paragraph("mail-invitation-until", &[("until", until.into())]);
                }
                self.action("mail-invitation-accept", accept);
                self.paragraph("mail-invitation-else", &[]);
                self.subject("mail-invitation-subject", session)
            }
            _ => String::new(),
        }
    }

    fn placed(&mut self, session: &SessionFacts, missing: u32, withdraw: &str) -> String {
        self.paragraph("mail-placed-intro", &[]);
        self.facts(session);
        if missing > 0 {
            self.paragraph("mail-placed-missing", &[("missing", missing.into())]);
        }
        self.paragraph("mail-calendar-adds", &[]);
        self.withdrawal("mail-withdraw", "mail-withdraw-label", withdraw);
        self.subject("mail-placed-subject", session)
    }

    /// Letters about a session that changes or falls; gives the subject.
    fn upheaval(&mut self, mail: &Mail) -> String {
        match mail {
            Mail::SessionChanged {
                session,
                changes,
                placed,
                withdraw,
            } => {
                self.paragraph("mail-changed-intro", &[]);
                for change in changes {
                    let told = self.change(change, session);
                    self.blocks.push(Block::Paragraph(told));
                }
                self.paragraph("mail-changed-now", &[]);
                self.facts(session);
                if *placed {
                    self.paragraph("mail-calendar-updates", &[]);
                }
                self.withdrawal("mail-changed-withdraw", "mail-withdraw-label", withdraw);
                self.subject("mail-changed-subject", session)
            }
            Mail::SessionCancelled {
                session,
                reason,
                alternatives,
                placed,
                agenda,
            } => {
                self.paragraph("mail-cancelled-intro", &[]);
                if let Some(reason) = reason.as_deref().filter(|reason| !reason.trim().is_empty()) {
                    self.paragraph("mail-cancelled-reason", &[("reason", reason.into())]);
                }
                self.bare_facts(session);
                self.alternatives("mail-cancelled-alternatives", alternatives);
                if *placed {
                    self.paragraph("mail-calendar-removes", &[]);
                }
                self.action("mail-agenda-label", agenda);
                self.subject("mail-cancelled-subject", session)
            }
            _ => String::new(),
        }
    }

    fn change(&self, change: &Change, session: &SessionFacts) -> String {
        let (key, old, new) = match change {
            Change::When { start, end } => (
                "mail-change-when",
                self.when(*start, *end),
                self.when(session.start, session.end),
            ),
            Change::Place { old, new } => ("mail-change-place", old.clone(), new.clone()),
            Change::Room { old, new } => ("mail-change-room", old.clone(), new.clone()),
            Change::Trainer { old, new } => ("mail-change-trainer", old.clone(), new.clone()),
            Change::Module { old, new } => ("mail-change-module", old.clone(), new.clone()),
        };
        let label = self.say(key, &[]);
        // What was empty before (no room yet) is not told as “instead of nothing”.
        if old.trim().is_empty() {
            return self.say(
                "mail-change-new",
                &[("label", label.into()), ("new", new.into())],
            );
        }
        self.say(
            "mail-change",
            &[
                ("label", label.into()),
                ("old", old.into()),
                ("new", new.into()),
            ],
        )
    }

    /// Letters that are not about a session; gives the subject.
    fn personal(&mut self, mail: &Mail) -> String {
        let subject = match mail {
            Mail::SignInCode { code, minutes } => {
                self.paragraph("mail-code-intro", &[("minutes", (*minutes).into())]);
                self.blocks.push(Block::Code(code.clone()));
                self.paragraph("mail-code-ignore", &[]);
                return self.say("mail-code-subject", &[("code", code.into())]);
            }
            Mail::SignInLink { link, minutes } => {
                self.paragraph("mail-link-intro", &[("minutes", (*minutes).into())]);
                self.action("mail-link-label", link);
                self.paragraph("mail-link-ignore", &[]);
                "mail-link-subject"
            }
            Mail::QuestionnaireResume { link } => {
                self.paragraph("mail-resume-intro", &[]);
                self.action("mail-resume-label", link);
                self.paragraph("mail-resume-next", &[]);
                "mail-resume-subject"
            }
            Mail::LevelTestResume { link } => {
                self.paragraph("mail-level-test-intro", &[]);
                self.action("mail-level-test-label", link);
                self.paragraph("mail-resume-next", &[]);
                "mail-level-test-subject"
            }
            Mail::PathwayReady { link, steps } => {
                self.paragraph("mail-pathway-intro", &[("steps", (*steps).into())]);
                self.action("mail-pathway-label", link);
                self.paragraph("mail-pathway-next", &[]);
                "mail-pathway-subject"
            }
            Mail::PathwayConfirm { link } => {
                self.paragraph("mail-confirm-intro", &[]);
                self.action("mail-confirm-label", link);
                self.paragraph("mail-confirm-next", &[]);
                "mail-confirm-subject"
            }
            Mail::CertificateReady { link, minutes } => {
                let hours = formats::duration(self.language(), *minutes);
                self.paragraph("mail-certificate-intro", &[("hours", hours.into())]);
                self.action("mail-certificate-label", link);
                self.paragraph("mail-certificate-next", &[]);
                "mail-certificate-subject"
            }
            Mail::WishAnswered {
                wish,
                answer,
                sessions,
                agenda,
            } => {
                self.paragraph("mail-wish-intro", &[("wish", wish.into())]);
                self.blocks.push(Block::Paragraph(answer.clone()));
                self.alternatives("mail-wish-sessions", sessions);
                self.action("mail-agenda-label", agenda);
                "mail-wish-subject"
            }
            Mail::QuizReady { .. }
            | Mail::DebriefHome { .. }
            | Mail::MissingOutcome { .. }
            | Mail::Satisfaction { .. } => {
                return super::looking_back::compose(self, mail);
            }
            Mail::StaffWelcome { role, link, hours } => {
                self.paragraph("mail-staff-intro", &[("role", role.into())]);
                self.paragraph("mail-staff-next", &[("hours", (*hours).into())]);
                self.action("mail-staff-label", link);
                return self.say(
                    "mail-staff-subject",
                    &[("programme", (&self.context.sender.name).into())],
                );
            }
            _ => return String::new(),
        };
        self.say(subject, &[])
    }
}
