//! The bag as a folder that opens without network, and the folders of a group.

use std::collections::BTreeSet;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::pages::{BagPage, STYLE, contents, cover, pages, title};
use super::{Bag, BagError};
use crate::mail::escape;
use crate::texts::Texts;

/// An archive under construction.
type Archive = ZipWriter<Cursor<Vec<u8>>>;

pub(super) fn of_one(bag: &Bag) -> Result<Vec<u8>, BagError> {
    let mut archive = Archive::new(Cursor::default());
    fill(&mut archive, &bag.slug(), bag)?;
    Ok(archive.finish()?.into_inner())
}

pub(super) fn of_group(bags: &[Bag]) -> Result<Vec<u8>, BagError> {
    let mut archive = Archive::new(Cursor::default());
    let mut taken = BTreeSet::new();
    for bag in bags {
        let folder = free_name(&mut taken, &bag.slug());
        fill(&mut archive, &folder, bag)?;
    }
    if let Some(first) = bags.first() {
        let all: String = bags.iter().map(printed).collect();
        let whole = Texts::embedded().get(first.language, "bag-group");
        put(
            &mut archive,
            "a-imprimer.html",
            html(first.language.code(), &whole, &all, true).as_bytes(),
        )?;
    }
    Ok(archive.finish()?.into_inner())
}

/// The name, with a number if another has it: two people may be called the same.
fn free_name(taken: &mut BTreeSet<String>, name: &str) -> String {
    let mut free = name.to_owned();
    for number in 2_usize.. {
        if taken.insert(free.clone()) {
            break;
        }
        free = format!("{name}-{number}");
    }
    free
}

fn fill(archive: &mut Archive, folder: &str, bag: &Bag) -> Result<(), BagError> {
    let language = bag.language.code();
    let book = format!("{}.epub", bag.slug());
    let body = cover(bag) + &contents(bag, "html", Some(&book));
    let first = html(language, &title(bag), &body, false);
    put(archive, &format!("{folder}/index.html"), first.as_bytes())?;
    put(archive, &format!("{folder}/style.css"), STYLE.as_bytes())?;
    let home = Texts::embedded().get(bag.language, "bag-home");
    for page in pages(bag) {
        let back = format!("<p><a href=\"index.html\">{}</a></p>\n", escape(&home));
        let text = html(language, &page.title, &(page.body + &back), false);
        put(
            archive,
            &format!("{folder}/{}.html", page.name),
            text.as_bytes(),
        )?;
    }
    let paper = html(language, &title(bag), &inside(bag), false);
    put(
        archive,
        &format!("{folder}/a-imprimer.html"),
        paper.as_bytes(),
    )?;
    put(archive, &format!("{folder}/{book}"), &bag.epub()?)?;
    for paper in &bag.papers {
        put(archive, &format!("{folder}/{}", paper.file), &paper.bytes)?;
    }
    // The byte that tells old Windows that the text is UTF-8, and its line ends.
    let hint = Texts::embedded().get(bag.language, "bag-readme");
    let hint = format!("\u{feff}{}\r\n", hint.replace('\n', "\r\n"));
    put(archive, &format!("{folder}/LISEZMOI.txt"), hint.as_bytes())
}

/// Everything of one bag under one another, titles one step lower.
fn inside(bag: &Bag) -> String {
    let chapters = pages(bag).into_iter().map(|BagPage { title, body, .. }| {
        let body = body.replace("<h2>", "<h3>").replace("</h2>", "</h3>");
        format!("<h2>{}</h2>\n{body}", escape(&title))
    });
    cover(bag) + &chapters.collect::<String>()
}

fn printed(bag: &Bag) -> String {
    format!(
        "<div class=\"bag\"><h1>{}</h1>\n{}</div>\n",
        escape(&title(bag)),
        inside(bag)
    )
}

/// A whole page. `bare`: what is inside has its own titles.
fn html(language: &str, title: &str, body: &str, bare: bool) -> String {
    let title = escape(title);
    let (style, heading) = if bare {
        (
            format!("<style type=\"text/css\">\n{STYLE}</style>"),
            String::new(),
        )
    } else {
        let link = "<link rel=\"stylesheet\" type=\"text/css\" href=\"style.css\" />";
        (link.to_owned(), format!("<h1>{title}</h1>\n"))
    };
    format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n\
         <meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\" />\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />\n\
         <title>{title}</title>\n{style}\n</head>\n<body>\n{heading}{body}</body>\n</html>\n"
    )
}

fn put(archive: &mut Archive, name: &str, bytes: &[u8]) -> Result<(), BagError> {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    archive.start_file(name, options)?;
    archive.write_all(bytes)?;
    Ok(())
}
