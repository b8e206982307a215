//! The two shapes of a letter: plain text and HTML.

use std::fmt::Write;

use domain::language::Language;

use super::compose::{Block, Body};

/// Longest line of plain text, in characters; a link or a long word may be longer.
const WIDTH: usize = 72;

/// The letter as plain text.
pub(super) fn text(body: &Body, language: Language) -> String {
    let colon = match language {
        Language::Fr => "\u{a0}:",
        Language::En => ":",
    };
    let mut parts = vec![wrap(&body.greeting)];
    for block in &body.blocks {
        parts.push(match block {
            Block::Paragraph(words) => wrap(words),
            Block::Facts(facts) => facts
                .iter()
                .map(|(label, text)| indent(&format!("{label}{colon} {text}")))
                .collect::<Vec<_>>()
                .join("\n"),
            Block::Code(code) => format!("    {}", clean(code)),
            Block::Links(links) => links
                .iter()
                .map(|(words, link)| {
                    format!("{}\n  {}", indent(&format!("- {words}")), clean(link))
                })
                .collect::<Vec<_>>()
                .join("\n"),
            Block::Action { label, link } => {
                format!("{}\n{}", wrap(&format!("→ {label}")), clean(link))
            }
            Block::Aside { words, label, link } => {
                format!(
                    "{}\n{}\n{}",
                    wrap(words),
                    wrap(&format!("→ {label}")),
                    clean(link)
                )
            }
        });
    }
    parts.push(format!(
        "{}\n{}",
        wrap(&body.closing),
        wrap(&body.signature)
    ));
    // “-- ” and a line end mark a signature for mail programs.
    let footer: Vec<String> = body.footer.iter().map(|line| wrap(line)).collect();
    parts.push(format!("-- \n{}", footer.join("\n")));
    let mut text = parts.join("\n\n");
    text.push('\n');
    text
}

/// A word or link without what could break its line.
fn clean(text: &str) -> String {
    text.chars()
        .filter(|character| !character.is_control())
        .collect()
}

fn indent(text: &str) -> String {
    wrap_to(text, WIDTH - 2)
        .lines()
        .map(|line| format!("  {line}"))
        .collect::<Vec<_>>()
        .join("\n")
}

fn wrap(text: &str) -> String {
    wrap_to(text, WIDTH)
}

/// Breaks at plain spaces only, so that “14 h” stays together. Line ends in the text are kept.
fn wrap_to(text: &str, width: usize) -> String {
    let mut wrapped = String::with_capacity(text.len() + text.len() / width);
    for (number, line) in text.lines().enumerate() {
        if number > 0 {
            wrapped.push('\n');
        }
        let mut length = 0;
        for word in line.split(' ').filter(|word| !word.is_empty()) {
            let word = clean(word);
            let size = word.chars().count();
            if length > 0 && length + 1 + size > width {
                wrapped.push('\n');
                length = 0;
            } else if length > 0 {
                wrapped.push(' ');
                length += 1;
            }
            wrapped.push_str(&word);
            length += size;
        }
    }
    wrapped
}

const PAGE: &str = "margin:0;padding:24px 12px;background:#f4f3ee;color:#1c2b2a;font:17px/1.5 Georgia,'Times New Roman',serif";
const SHEET: &str =
    "max-width:35em;margin:0 auto;padding:28px;background:#fff;border-top:6px solid #0f5c55";
const BUTTON: &str = "display:inline-block;padding:12px 20px;background:#0f5c55;color:#fff;text-decoration:none;font-weight:bold;border-radius:4px";
const LINK: &str = "color:#0f5c55";
const LABEL: &str =
    "padding:3px 14px 3px 0;color:#55635f;font-weight:normal;text-align:left;vertical-align:top";
const CODE: &str = "font:bold 32px/1.2 Consolas,Menlo,monospace;letter-spacing:.15em";
const SMALL: &str = "max-width:42em;margin:14px auto 0;padding:0 28px;color:#55635f;font-size:14px";

/// The letter as an HTML page without picture, script or outside style: it looks the same with
/// remote content blocked.
pub(super) fn html(body: &Body, language: Language) -> String {
    let mut page = format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{}</title></head>\n\
         <body style=\"{PAGE}\">\n<div style=\"{SHEET}\">\n",
        escape(&body.subject)
    );
    paragraph(&mut page, &body.greeting);
    for block in &body.blocks {
        html_block(&mut page, block);
    }
    push(
        &mut page,
        format_args!(
            "<p>{}<br>{}</p>\n</div>\n",
            escape(&body.closing),
            escape(&body.signature)
        ),
    );
    let footer: Vec<String> = body.footer.iter().map(|line| escape(line)).collect();
    push(
        &mut page,
        format_args!(
            "<p style=\"{SMALL}\">{}</p>\n</body>\n</html>\n",
            footer.join("<br>")
        ),
    );
    page
}

fn html_block(page: &mut String, block: &Block) {
    match block {
        Block::Paragraph(words) => paragraph(page, words),
        Block::Facts(facts) => {
            page.push_str("<table style=\"border-collapse:collapse;margin:16px 0\">\n");
            for (label, text) in facts {
                let (label, text) = (escape(label), escape(text));
                push(
                    page,
                    format_args!(
                        "<tr><th scope=\"row\" style=\"{LABEL}\">{label}</th><td style=\"padding:3px 0\"><strong>{text}</strong></td></tr>\n"
                    ),
                );
            }
            page.push_str("</table>\n");
        }
        Block::Code(code) => push(
            page,
            format_args!("<p style=\"{CODE}\">{}</p>\n", escape(code)),
        ),
        Block::Links(links) => {
            page.push_str("<ul>\n");
            for (words, link) in links {
                push(
                    page,
                    format_args!("<li>{}</li>\n", anchor(words, link, LINK)),
                );
            }
            page.push_str("</ul>\n");
        }
        Block::Action { label, link } => {
            push(
                page,
                format_args!(
                    "<p style=\"margin:22px 0\">{}</p>\n",
                    anchor(label, link, BUTTON)
                ),
            );
        }
        Block::Aside { words, label, link } => {
            let (words, anchor) = (escape(words), anchor(label, link, LINK));
            push(page, format_args!("<p>{words}<br>{anchor}</p>\n"));
        }
    }
}

fn paragraph(page: &mut String, words: &str) {
    let words = escape(words).replace('\n', "<br>");
    push(page, format_args!("<p>{words}</p>\n"));
}

/// A link, or its words alone if the address is none of the web.
fn anchor(words: &str, link: &str, style: &str) -> String {
    let words = escape(words);
    if !link.starts_with("https://") && !link.starts_with("http://") {
        return words;
    }
    format!(
        "<a href=\"{}\" style=\"{style}\">{words}</a>",
        escape(&clean(link))
    )
}

fn push(page: &mut String, part: std::fmt::Arguments<'_>) {
    // Writing into a string cannot fail.
    let _ = page.write_fmt(part);
}

/// Text that HTML shows as it is, inside an element or a quoted attribute.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + text.len() / 8);
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\n' => escaped.push('\n'),
            other if other.is_control() => {}
            other => escaped.push(other),
        }
    }
    escaped
}
