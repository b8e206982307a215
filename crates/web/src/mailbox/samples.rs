//! Sample data of the mailbox.

use super::{LetterLine, LetterPage, ListPage, TextLine};
use crate::listing::Choice;
use crate::shell::sample::Sample;

fn line() -> LetterLine {
    LetterLine {
        id: "m1".into(),
        to: "Zoé".into(),
        address: "zoe@example.org".into(),
        subject: "Votre place <mardi>".into(),
        at: "lundi 5 octobre 2026, 14 h".into(),
        tone: "bad",
        state: "Non parti".into(),
    }
}

/// Every look of the mailbox.
pub(crate) fn samples() -> Vec<Sample> {
    let list = |layout, letters: Vec<LetterLine>, filtered| ListPage {
        layout,
        path: "/bureau/courrier",
        lead: "Les plus récents d’abord.".into(),
        stages: vec![Choice::new("sent", "Envoyé")],
        total: 1,
        from: 1,
        to: 1,
        next: Some("/bureau/courrier?page=2".into()),
        letters,
        filtered,
        ..ListPage::default()
    };
    vec![
        Sample::of(list("shell/desk.html", vec![line()], true)),
        Sample::of(list("shell/public.html", Vec::new(), true)),
        Sample::of(list("shell/public.html", Vec::new(), false)),
        Sample::of(LetterPage {
            layout: "shell/desk.html",
            path: "/bureau/courrier",
            line: line(),
            text: vec![
                TextLine {
                    text: "Bonjour <Zoé>,".into(),
                    href: None,
                },
                TextLine {
                    text: "http://127.0.0.1:8080/agenda".into(),
                    href: Some("/agenda".into()),
                },
            ],
            html: "<p onclick=x>Bonjour</p>".into(),
            calendar: "BEGIN:VCALENDAR".into(),
            method: "REQUEST".into(),
            session: Some("/bureau/seances/s1".into()),
            error: "550".into(),
            can_retry: true,
        }),
        Sample::of(LetterPage {
            layout: "shell/public.html",
            path: "/courrier",
            line: line(),
            ..LetterPage::default()
        }),
    ]
}
