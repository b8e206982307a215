//! QR codes as SVG: one path, dark modules only.

use std::fmt::Write;

use fast_qr::{ECL, QRBuilder};

/// The code of an address as SVG; `None` if the text is too long for any QR code (2,331 bytes).
///
/// Medium error correction: survives a fold or a stamp. The quiet zone is part of the picture.
#[must_use]
pub fn svg(text: &str) -> Option<String> {
    const QUIET: usize = 2;
    let code = QRBuilder::new(text).ecl(ECL::M).build().ok()?;
    let mut path = String::new();
    for row in 0..code.size {
        let mut column = 0;
        while column < code.size {
            let run = (column..code.size)
                .take_while(|at| dark(&code, row, *at))
                .count();
            if run > 0 {
                let (x, y) = (column + QUIET, row + QUIET);
                // Writing into a string cannot fail.
                let _ = write!(path, "M{x} {y}h{run}v1h-{run}z");
            }
            column += run.max(1);
        }
    }
    let side = code.size + 2 * QUIET;
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" \
         shape-rendering=\"crispEdges\"><path d=\"{path}\"/></svg>"
    ))
}

fn dark(code: &fast_qr::QRCode, row: usize, column: usize) -> bool {
    code.data
        .get(row * code.size + column)
        .is_some_and(|module| module.value())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_three_corner_squares() {
        let svg = svg("https://essor.example/attestations/ABCD").unwrap();
        // The top row of the first corner: seven dark modules behind the quiet zone.
        assert!(svg.contains("d=\"M2 2h7v1h-7z"), "{svg}");
    }

    #[test]
    fn a_text_beyond_any_code_gives_none() {
        assert_eq!(super::svg(&"a".repeat(4000)), None);
    }
}
