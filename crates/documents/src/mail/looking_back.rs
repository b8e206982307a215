//! Letters after a session and after the end of a path: the quiz, what one takes home, what came of what was missing, what one thinks.

use super::Mail;
use super::compose::{Block, Writer};
use crate::formats;

/// Writes the letter; gives the subject.
pub(super) fn compose(writer: &mut Writer<'_>, mail: &Mail) -> String {
    match mail {
        Mail::QuizReady {
            module,
            start,
            link,
        } => {
            let date = start.to_zoned(writer.context.zone.clone()).date();
            let date = formats::date_without_year(writer.language(), date);
            writer.paragraph(
                "mail-quiz-intro",
                &[("module", module.into()), ("date", date.into())],
            );
            writer.action("mail-quiz-label", link);
            writer.paragraph("mail-quiz-next", &[]);
            writer.say("mail-quiz-subject", &[("module", module.into())])
        }
        Mail::DebriefHome {
            modules,
            minutes,
            next,
            link,
        } => {
            home(writer, modules, *minutes, next);
            writer.action("mail-debrief-label", link);
            writer.say("mail-debrief-subject", &[])
        }
        Mail::MissingOutcome {
            title,
            taken_up,
            reason,
            link,
        } => {
            writer.paragraph("mail-missing-intro", &[("title", title.into())]);
            if *taken_up {
                writer.paragraph("mail-missing-taken-up", &[]);
            } else {
                writer.paragraph("mail-missing-declined", &[]);
            }
            if !reason.trim().is_empty() {
                writer.blocks.push(Block::Paragraph(reason.clone()));
            }
            writer.action("mail-agenda-label", link);
            writer.say("mail-missing-subject", &[("title", title.into())])
        }
        Mail::Satisfaction { title, link } => {
            writer.paragraph("mail-satisfaction-intro", &[("title", title.into())]);
            writer.paragraph("mail-satisfaction-anonymous", &[]);
            writer.action("mail-satisfaction-label", link);
            writer.say("mail-satisfaction-subject", &[("title", title.into())])
        }
        _ => String::new(),
    }
}

fn home(writer: &mut Writer<'_>, modules: &[String], minutes: u32, next: &str) {
    writer.paragraph("mail-debrief-intro", &[]);
    let mut facts = Vec::new();
    if !modules.is_empty() {
        facts.push((writer.say("mail-debrief-did", &[]), modules.join(", ")));
        facts.push((
            writer.say("mail-debrief-hours", &[]),
            formats::duration(writer.language(), minutes),
        ));
    }
    if !facts.is_empty() {
        writer.blocks.push(Block::Facts(facts));
    }
    if !next.trim().is_empty() {
        writer.paragraph("mail-debrief-next", &[]);
        writer.blocks.push(Block::Paragraph(next.to_owned()));
    }
    writer.paragraph("mail-debrief-page", &[]);
}
