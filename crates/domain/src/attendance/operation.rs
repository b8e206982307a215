//! One thing said of an attendance, on a page or on a device without network. Operations are only ever added.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Mark;
use crate::id::{OperationId, PersonId, SessionId};

/// Longest drawn signature, in characters of its path.
const LONGEST_STROKES: usize = 20_000;
/// Longest note, in characters.
const LONGEST_NOTE: usize = 2_000;
/// Longest name, telephone number or name of a firm of somebody at the door, in characters.
const LONGEST_NAME: usize = 200;
/// Most minutes that can be told of a moment: a day.
const MOST_MINUTES: u32 = 1_440;
/// Most operations that one replaces.
const MOST_REPLACED: usize = 64;
/// Greatest counter: what every browser can count to without losing one.
const MOST_COUNTED: u64 = 9_007_199_254_740_991;

/// One thing said, as the device wrote it. The order of two operations is that of their counters, never that of their clocks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Operation {
    /// Made where it was said, so that sending it twice is harmless.
    pub id: OperationId,
    /// In which session.
    pub session: SessionId,
    /// Of whom; a note is of nobody. Somebody at the door has an id made on the device.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// One more than the highest counter known where it was said.
    pub counter: u64,
    /// What the clock of the device showed.
    #[serde(with = "jiff::fmt::serde::timestamp::millisecond::required")]
    pub clock: Timestamp,
    /// Operations of the same person that were known and no longer hold.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub replaces: BTreeSet<OperationId>,
    /// What was said.
    #[serde(flatten)]
    pub said: Said,
}

/// When somebody came or left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Moment {
    /// At the begin, for an arrival; at the end, for a departure.
    Whole,
    /// When it was said: the device's clock, put right by the server.
    Now,
    /// So many minutes after the begin, for an arrival; before the end, for a departure.
    Minutes(u32),
}

/// How somebody signed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "how", rename_all = "kebab-case")]
pub enum Signing {
    /// On the paper sheet.
    Paper,
    /// On the screen.
    Screen {
        /// What was drawn: an SVG path of `M` and `L` in a field of 600 by 200.
        #[serde(default)]
        strokes: String,
    },
}

/// What is said.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Said {
    /// Came.
    Arrived {
        /// When.
        at: Moment,
    },
    /// Left.
    Left {
        /// When.
        at: Moment,
    },
    /// Did not come.
    Absent,
    /// Did not come, and said so.
    Excused,
    /// A tap taken back: nothing is said.
    Cleared,
    /// The whole of it at once: on the page of a session, and when a conflict is settled.
    Marked {
        /// How.
        #[serde(flatten)]
        mark: Mark,
    },
    /// Somebody came without being registered.
    Added {
        /// Their name.
        name: String,
        /// Their telephone.
        #[serde(default)]
        phone: String,
        /// Their firm or authority.
        #[serde(default)]
        organisation: String,
    },
    /// Signed.
    Signed {
        /// How.
        #[serde(flatten)]
        how: Signing,
    },
    /// Something for the next trainer.
    Noted {
        /// The note.
        text: String,
    },
    /// The result of a quiz taken on paper.
    Quiz {
        /// Which quiz.
        quiz: String,
        /// Right answers.
        right: u32,
        /// Questions.
        of: u32,
    },
}

impl Said {
    /// The stable name of the kind, for storage and locale keys.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Arrived { .. } => "arrived",
            Self::Left { .. } => "left",
            Self::Absent => "absent",
            Self::Excused => "excused",
            Self::Cleared => "cleared",
            Self::Marked { .. } => "marked",
            Self::Added { .. } => "added",
            Self::Signed { .. } => "signed",
            Self::Noted { .. } => "noted",
            Self::Quiz { .. } => "quiz",
        }
    }

    /// Whether it says if somebody came, and when.
    pub(super) fn tells_arrival(&self) -> bool {
        matches!(
            self,
            Self::Arrived { .. }
                | Self::Absent
                | Self::Excused
                | Self::Cleared
                | Self::Marked { .. }
        )
    }

    /// Whether it says if somebody left, and when.
    pub(super) fn tells_departure(&self) -> bool {
        matches!(
            self,
            Self::Left { .. } | Self::Absent | Self::Excused | Self::Cleared | Self::Marked { .. }
        )
    }
}

/// Why an operation cannot be taken as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// It is of nobody, and must be of somebody; or the other way round.
    #[error("of nobody")]
    Person,
    /// A text that is empty or too long, or a signature that is no drawing.
    #[error("text out of bounds")]
    Text,
    /// A number that cannot be.
    #[error("number out of bounds")]
    Number,
}

impl Operation {
    /// Whether it can be taken as it is.
    ///
    /// # Errors
    /// [`Fault`], the first found.
    pub fn check(&self) -> Result<(), Fault> {
        if matches!(self.said, Said::Noted { .. }) != self.person.is_none() {
            return Err(Fault::Person);
        }
        if self.counter > MOST_COUNTED || self.replaces.len() > MOST_REPLACED {
            return Err(Fault::Number);
        }
        let fits = |text: &str, most: usize| text.chars().count() <= most;
        match &self.said {
            Said::Arrived { at } | Said::Left { at } => match at {
                Moment::Minutes(minutes) if *minutes > MOST_MINUTES => Err(Fault::Number),
                _ => Ok(()),
            },
            Said::Marked { mark } if mark.missed().is_some_and(|missed| missed > MOST_MINUTES) => {
                Err(Fault::Number)
            }
            Said::Added {
                name,
                phone,
                organisation,
            } => {
                let fit = [name, phone, organisation]
                    .into_iter()
                    .all(|text| fits(text, LONGEST_NAME));
                if name.trim().is_empty() || !fit {
                    return Err(Fault::Text);
                }
                Ok(())
            }
            Said::Signed {
                how: Signing::Screen { strokes },
            } => {
                let drawn = strokes
                    .bytes()
                    .all(|byte| matches!(byte, b'M' | b'L' | b' ' | b'0'..=b'9'));
                if !strokes.starts_with('M') || !drawn || strokes.len() > LONGEST_STROKES {
                    return Err(Fault::Text);
                }
                Ok(())
            }
            Said::Noted { text } if text.trim().is_empty() || !fits(text, LONGEST_NOTE) => {
                Err(Fault::Text)
            }
            Said::Quiz { quiz, right, of } => {
                if quiz.trim().is_empty() || !fits(quiz, LONGEST_NAME) {
                    return Err(Fault::Text);
                }
                if right > of || *of > MOST_MINUTES {
                    return Err(Fault::Number);
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operation_reads_as_a_device_writes_it() {
        let text = r#"{"id":"0199c1b0-0000-7000-8000-000000000001","session":"0199c1b0-0000-7000-8000-000000000002",
            "person":"0199c1b0-0000-7000-8000-000000000003","counter":4,"clock":1790000000000,
            "replaces":["0199c1b0-0000-7000-8000-000000000004"],"kind":"arrived","at":{"minutes":12}}"#;
        let read: Operation = serde_json::from_str(text).unwrap();
        assert_eq!(
            read.said,
            Said::Arrived {
                at: Moment::Minutes(12)
            }
        );
        assert_eq!(read.check(), Ok(()));
        let again: Operation =
            serde_json::from_str(&serde_json::to_string(&read).unwrap()).unwrap();
        assert_eq!(again, read);
        for (said, expected) in [
            (
                r#""kind":"signed","how":"screen","strokes":"M1 2L3 4""#,
                Ok(()),
            ),
            (
                r#""kind":"signed","how":"screen","strokes":"M1 2\"/><script>""#,
                Err(Fault::Text),
            ),
            (r#""kind":"signed","how":"paper""#, Ok(())),
            (r#""kind":"added","name":" ""#, Err(Fault::Text)),
            (
                r#""kind":"left","at":{"minutes":90000}"#,
                Err(Fault::Number),
            ),
            (r#""kind":"noted","text":"Rallonge""#, Err(Fault::Person)),
            (r#""kind":"marked","mark":"late","minutes":20"#, Ok(())),
            (
                r#""kind":"quiz","quiz":"mails","right":3,"of":2"#,
                Err(Fault::Number),
            ),
        ] {
            let text = text.replace(r#""kind":"arrived","at":{"minutes":12}"#, said);
            let read: Operation = serde_json::from_str(&text).unwrap();
            assert_eq!(read.check(), expected, "{said}");
        }
        let unknown = text.replace("arrived", "teleported");
        assert!(serde_json::from_str::<Operation>(&unknown).is_err());
    }
}
