//! Which quizzes a session offers.

/// What a quiz is made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Belongs<'a> {
    /// Slug of its module.
    pub module: &'a str,
    /// The one session that it is for; none: every session of the module.
    pub session: Option<&'a str>,
    /// The trainer whose it is; none: the desk's, for every trainer.
    pub trainer: Option<&'a str>,
}

/// The session that asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Given<'a> {
    /// The session.
    pub session: &'a str,
    /// Slug of its module.
    pub module: &'a str,
    /// Who gives it.
    pub trainer: Option<&'a str>,
}

/// How near a quiz is to a session, the nearest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// Made for this session.
    Session,
    /// Its trainer's own, for the module.
    Trainer,
    /// The desk's, for the module.
    Module,
}

/// How near the quiz is to the session; nothing when it is not for it.
#[must_use]
pub fn reach(quiz: Belongs<'_>, session: Given<'_>) -> Option<Reach> {
    if quiz.module != session.module {
        return None;
    }
    match (quiz.session, quiz.trainer) {
        (Some(id), _) => (id == session.session).then_some(Reach::Session),
        (None, Some(trainer)) => (Some(trainer) == session.trainer).then_some(Reach::Trainer),
        (None, None) => Some(Reach::Module),
    }
}

/// The quizzes offered: the nearest ones alone, so that nobody answers the same questions twice.
#[must_use]
pub fn nearest<T>(quizzes: Vec<(Reach, T)>) -> Vec<T> {
    let Some(best) = quizzes.iter().map(|(reach, _)| *reach).min() else {
        return Vec::new();
    };
    quizzes
        .into_iter()
        .filter(|(reach, _)| *reach == best)
        .map(|(_, quiz)| quiz)
        .collect()
}
