//! The pages of a bag, written once for the book, the folder and the printer.

use std::fmt::Write as _;

use super::{Bag, BagContact, BagCorrection, BagPlace, BagSession};
use crate::formats;
use crate::mail::escape;
use crate::texts::{Arg, Texts};

/// The style of all pages: readable on a screen of 1995, on paper and on a telephone.
pub(super) const STYLE: &str = "\
body { font-family: Verdana, Arial, sans-serif; line-height: 1.5; margin: 1em auto; max-width: 42em; padding: 0 1em; color: #1a1a1a; background: #ffffff; }
h1, h2, h3 { font-family: Georgia, \"Times New Roman\", serif; line-height: 1.25; }
h1 { border-bottom: 2px solid #0b3c5d; padding-bottom: 0.2em; }
a { color: #0b4f8a; }
th { text-align: left; padding-right: 1em; vertical-align: top; }
.own { color: #444444; }
.bag { page-break-before: always; }
@media print { a { color: #1a1a1a; text-decoration: none; } h2, h3 { page-break-after: avoid; } }
";

/// One page: the name of its file without ending, its title, and what stands under it.
pub(super) struct BagPage {
    pub(super) name: String,
    pub(super) title: String,
    pub(super) body: String,
}

/// Words in the bag's language.
fn words(bag: &Bag, key: &str) -> String {
    Texts::embedded().get(bag.language, key)
}

/// All pages after the first, in reading order.
pub(super) fn pages(bag: &Bag) -> Vec<BagPage> {
    let mut pages: Vec<BagPage> = bag
        .sessions
        .iter()
        .enumerate()
        .map(|(number, session)| BagPage {
            name: format!("seance-{:02}", number + 1),
            title: session.title.clone(),
            body: session_body(bag, session),
        })
        .collect();
    if !bag.next.is_empty() {
        pages.push(BagPage {
            name: "suite".to_owned(),
            title: words(bag, "bag-next"),
            body: next_body(bag),
        });
    }
    if !bag.places.is_empty() || !bag.people.is_empty() {
        pages.push(BagPage {
            name: "adresses".to_owned(),
            title: words(bag, "bag-addresses"),
            body: addresses_body(bag),
        });
    }
    pages
}

/// The title of the whole.
pub(super) fn title(bag: &Bag) -> String {
    let person = Arg::from(bag.person.as_str());
    Texts::embedded().format(bag.language, "bag-title", &[("person", person)])
}

/// What stands under the title of the first page, without links.
pub(super) fn cover(bag: &Bag) -> String {
    let mut body = String::new();
    paragraph(&mut body, &format!("{}, {}", bag.programme, bag.season));
    let day = formats::date(bag.language, bag.made);
    let args = [("day", Arg::from(day.as_str()))];
    let made = Texts::embedded().format(bag.language, "bag-made", &args);
    paragraph(&mut body, &made);
    let minutes: u32 = bag.sessions.iter().map(|session| session.minutes).sum();
    if minutes > 0 {
        let time = formats::duration(bag.language, minutes);
        let args = [
            ("count", Arg::from(bag.sessions.len())),
            ("time", Arg::from(time.as_str())),
        ];
        let sum = Texts::embedded().format(bag.language, "bag-sum", &args);
        paragraph(&mut body, &sum);
    } else {
        paragraph(&mut body, &words(bag, "bag-empty"));
    }
    body
}

/// The links of the first page: to the pages with this ending, and to the papers.
pub(super) fn contents(bag: &Bag, ending: &str, book: Option<&str>) -> String {
    let mut body = String::new();
    heading(&mut body, &words(bag, "bag-contents"));
    body.push_str("<ul>\n");
    for page in pages(bag) {
        link(&mut body, &format!("{}.{ending}", page.name), &page.title);
    }
    body.push_str("</ul>\n");
    heading(&mut body, &words(bag, "bag-papers"));
    body.push_str("<ul>\n");
    link(&mut body, "a-imprimer.html", &words(bag, "bag-print"));
    for paper in &bag.papers {
        link(&mut body, &paper.file, &paper.title);
    }
    if let Some(book) = book {
        link(&mut body, book, &words(bag, "bag-book"));
    }
    body.push_str("</ul>\n");
    body
}

fn session_body(bag: &Bag, session: &BagSession) -> String {
    let mut body = String::new();
    let language = bag.language;
    let day = formats::date(language, session.time.date);
    let hours = formats::time_range(language, session.time.start, session.time.end);
    paragraph(&mut body, &format!("{day}, {hours}"));
    paragraph(&mut body, &session.site);
    if let Some(trainer) = &session.trainer {
        let args = [("name", Arg::from(trainer.as_str()))];
        let with = Texts::embedded().format(language, "bag-trainer", &args);
        paragraph(&mut body, &with);
    }
    if !session.aims.is_empty() {
        heading(&mut body, &words(bag, "bag-aims"));
        list(&mut body, &session.aims);
    }
    if !session.parts.is_empty() {
        heading(&mut body, &words(bag, "bag-parts"));
        body.push_str("<dl>\n");
        for (name, text) in &session.parts {
            let (name, text) = (escape(name), escape(text));
            let _ = writeln!(body, "<dt><strong>{name}</strong></dt><dd>{text}</dd>");
        }
        body.push_str("</dl>\n");
    }
    if !session.corrections.is_empty() {
        heading(&mut body, &words(bag, "bag-quiz"));
        body.push_str("<ol>\n");
        for one in &session.corrections {
            correction(&mut body, bag, one);
        }
        body.push_str("</ol>\n");
    }
    body
}

fn correction(body: &mut String, bag: &Bag, one: &BagCorrection) {
    let _ = write!(
        body,
        "<li><p><strong>{}</strong></p>",
        escape(&one.question)
    );
    let right = one.right.join(" · ");
    let label = words(bag, "bag-right");
    let _ = write!(body, "<p>{} {}</p>", escape(&label), escape(&right));
    if let Some(own) = &one.own {
        let label = words(bag, "bag-own");
        let _ = write!(
            body,
            "<p class=\"own\">{} {}</p>",
            escape(&label),
            escape(own)
        );
    }
    if !one.feedback.is_empty() {
        let _ = write!(body, "<p>{}</p>", escape(&one.feedback));
    }
    body.push_str("</li>\n");
}

fn next_body(bag: &Bag) -> String {
    let mut body = String::new();
    paragraph(&mut body, &words(bag, "bag-next-text"));
    list(&mut body, &bag.next);
    body
}

fn addresses_body(bag: &Bag) -> String {
    let mut body = String::new();
    if !bag.people.is_empty() {
        heading(&mut body, &words(bag, "bag-people"));
        for contact in &bag.people {
            person(&mut body, contact);
        }
    }
    if !bag.places.is_empty() {
        heading(&mut body, &words(bag, "bag-places"));
        for place in &bag.places {
            site(&mut body, place);
        }
    }
    body
}

fn person(body: &mut String, contact: &BagContact) {
    let _ = write!(body, "<p><strong>{}</strong>", escape(&contact.name));
    for line in [
        Some(&contact.role),
        contact.phone.as_ref(),
        contact.email.as_ref(),
    ]
    .into_iter()
    .flatten()
    .filter(|line| !line.is_empty())
    {
        let _ = write!(body, "<br />{}", escape(line));
    }
    body.push_str("</p>\n");
}

fn site(body: &mut String, place: &BagPlace) {
    let _ = write!(body, "<p><strong>{}</strong>", escape(&place.name));
    let lines = [Some(&place.address), place.phone.as_ref()];
    for line in lines.into_iter().flatten() {
        let _ = write!(body, "<br />{}", escape(line));
    }
    body.push_str("</p>\n");
}

fn heading(body: &mut String, text: &str) {
    let _ = writeln!(body, "<h2>{}</h2>", escape(text));
}

fn paragraph(body: &mut String, text: &str) {
    let _ = writeln!(body, "<p>{}</p>", escape(text));
}

fn link(body: &mut String, to: &str, text: &str) {
    let _ = writeln!(
        body,
        "<li><a href=\"{}\">{}</a></li>",
        escape(to),
        escape(text)
    );
}

fn list(body: &mut String, lines: &[String]) {
    body.push_str("<ul>\n");
    for line in lines {
        let _ = writeln!(body, "<li>{}</li>", escape(line));
    }
    body.push_str("</ul>\n");
}
