//! Where everything is on the page: the one truth of printer and reader.

use crate::code::SheetId;
use crate::geometry::{Point, Rect};

/// Cells across a corner marker: the finder pattern of QR codes, dark and light in 1:1:3:1:1.
pub const MARKER_CELLS: usize = 7;

/// A marker's side. At ten pixels a millimetre a cell is 13 pixels wide; read down to a fifth of that.
pub(crate) const MARKER_SIDE: f64 = 9.1;
/// Between the middles of the markers; a printer's margin of 7 mm stays free around them.
pub(crate) const MARKED: Rect = Rect::new(12.0, 12.0, 273.0, 186.0);
/// The code of the sheet: QR version 3, 29 cells.
pub(crate) const SHEET_CODE: Rect = Rect::new(249.0, 9.0, 21.75, 21.75);
pub(crate) const SHEET_CODE_CELLS: usize = 29;
/// Codes of lines: QR version 1, 21 cells of half a millimetre.
pub(crate) const LINE_CODE_CELLS: usize = 21;
const LINE_CODE_SIDE: f64 = 10.5;
const LINE_CODE_LEFT: f64 = 14.5;
/// Middles and side of the squares at the right end of each line.
const ANCHOR_MIDDLE: f64 = 287.0;
pub(crate) const ANCHOR_SIDE: f64 = 2.6;
const FIRST_LINE: f64 = 52.0;
const LINE_HEIGHT: f64 = 12.5;
const NAME_LEFT: f64 = 27.0;
const BOXES_RIGHT: f64 = 283.0;
/// All boxes of a line together, and one of them, take at most.
const BOXES_WIDTH: f64 = 150.0;
const BOX_WIDTH: f64 = 60.0;

/// One page of a sheet: A4 across, in millimetres from the top left corner.
///
/// Nothing dark may be printed within 2 mm of a marker, a code or an anchor. Frames of boxes are
/// lines of at most 0.3 mm on the rectangles of [`Layout::signature`]; inside of them nothing is
/// printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    half_days: u8,
    lines: u8,
}

impl Layout {
    /// Width of the page.
    pub const WIDTH: f64 = 297.0;
    /// Height of the page.
    pub const HEIGHT: f64 = 210.0;
    /// Most half days on one page.
    pub const HALF_DAYS_MOST: u8 = 4;
    /// Most lines on one page, those for unannounced people and the trainer's included.
    pub const LINES_MOST: u8 = 11;
    /// Free for the heading and facts about the session.
    pub const HEADING: Rect = Rect::new(21.0, 8.0, 222.0, 32.0);
    /// Free for the words above the columns.
    pub const COLUMNS: Rect = Rect::new(NAME_LEFT, 41.0, BOXES_RIGHT - NAME_LEFT, 11.0);
    /// Free for the words at the foot.
    pub const FOOT: Rect = Rect::new(21.0, 192.5, 255.0, 9.0);

    /// The page that a sheet's code speaks of.
    #[must_use]
    pub const fn of(sheet: &SheetId) -> Self {
        Self {
            half_days: sheet.half_days(),
            lines: sheet.lines(),
        }
    }

    /// The four corner markers, clockwise from the top left: [`MARKER_CELLS`] cells across, a dark
    /// ring, a light ring, a dark middle of three by three.
    #[must_use]
    pub fn markers() -> [Rect; 4] {
        let (right, below) = (MARKED.x + MARKED.width, MARKED.y + MARKED.height);
        [
            (MARKED.x, MARKED.y),
            (right, MARKED.y),
            (right, below),
            (MARKED.x, below),
        ]
        .map(|(x, y)| Rect::around(Point::new(x, y), MARKER_SIDE))
    }

    /// The QR code of the sheet ([`SheetId::code`]): version 3, correction Q, without its quiet zone.
    #[must_use]
    pub const fn sheet_code() -> Rect {
        SHEET_CODE
    }

    /// How many lines.
    #[must_use]
    pub const fn lines(&self) -> u8 {
        self.lines
    }

    /// How many boxes a line.
    #[must_use]
    pub const fn half_days(&self) -> u8 {
        self.half_days
    }

    fn top(line: u8) -> f64 {
        FIRST_LINE + f64::from(line) * LINE_HEIGHT
    }

    /// The QR code of a line, from 0 ([`SheetId::line_code`]): version 1, correction Q, without its
    /// quiet zone.
    #[must_use]
    pub fn line_code(&self, line: u8) -> Rect {
        let space = (LINE_HEIGHT - LINE_CODE_SIDE) / 2.0;
        Rect::new(
            LINE_CODE_LEFT,
            Self::top(line) + space,
            LINE_CODE_SIDE,
            LINE_CODE_SIDE,
        )
    }

    /// The dark square at the right end of a line, by which bent paper is followed.
    #[must_use]
    pub fn anchor(&self, line: u8) -> Rect {
        let middle = Self::top(line) + LINE_HEIGHT / 2.0;
        Rect::around(Point::new(ANCHOR_MIDDLE, middle), ANCHOR_SIDE)
    }

    /// Where a line's name is printed, or written by hand.
    #[must_use]
    pub fn name(&self, line: u8) -> Rect {
        let left = self.signature(line, 0).x;
        Rect::new(NAME_LEFT, Self::top(line), left - NAME_LEFT, LINE_HEIGHT)
    }

    /// The box to sign of a line and a half day of this page, both from 0.
    #[must_use]
    pub fn signature(&self, line: u8, half_day: u8) -> Rect {
        let count = f64::from(self.half_days.max(1));
        let width = BOX_WIDTH.min(BOXES_WIDTH / count);
        let left = BOXES_RIGHT - width * (count - f64::from(half_day));
        Rect::new(left, Self::top(line), width, LINE_HEIGHT)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn apart(a: Rect, b: Rect, space: f64) -> bool {
        let a = a.grown(space);
        a.x + a.width <= b.x
            || b.x + b.width <= a.x
            || a.y + a.height <= b.y
            || b.y + b.height <= a.y
    }

    fn everything_dark(layout: Layout) -> Vec<Rect> {
        let mut all = Layout::markers().to_vec();
        all.push(Layout::sheet_code());
        for line in 0..layout.lines() {
            all.extend([layout.line_code(line), layout.anchor(line)]);
        }
        all
    }

    #[test]
    fn markers_codes_and_anchors_stay_clear_of_each_other_and_of_the_edge() {
        for half_days in 1..=Layout::HALF_DAYS_MOST {
            let layout = Layout {
                half_days,
                lines: Layout::LINES_MOST,
            };
            let all = everything_dark(layout);
            for (n, one) in all.iter().enumerate() {
                assert!(one.x >= 7.0 && one.x + one.width <= Layout::WIDTH - 7.0);
                assert!(one.y >= 7.0 && one.y + one.height <= Layout::HEIGHT - 7.0);
                assert!(all.iter().skip(n + 1).all(|other| apart(*one, *other, 2.0)));
            }
        }
    }

    #[test]
    fn boxes_lie_between_names_and_anchors_and_never_over_one_another() {
        for half_days in 1..=Layout::HALF_DAYS_MOST {
            let layout = Layout {
                half_days,
                lines: Layout::LINES_MOST,
            };
            let boxes: Vec<Rect> = (0..layout.lines())
                .flat_map(|line| (0..half_days).map(move |day| layout.signature(line, day)))
                .collect();
            for (n, one) in boxes.iter().enumerate() {
                assert!(
                    boxes
                        .iter()
                        .skip(n + 1)
                        .all(|other| apart(*one, *other, -0.01))
                );
                assert!(
                    everything_dark(layout)
                        .iter()
                        .all(|dark| apart(*one, *dark, 1.5))
                );
                assert!(apart(*one, Layout::FOOT, 2.0) && apart(*one, Layout::COLUMNS, -0.01));
            }
            assert!(layout.name(0).width >= 80.0);
        }
    }
}
