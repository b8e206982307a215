//! From a picture to who signed.

use thiserror::Error;

use crate::code::{SheetId, Tag};
use crate::geometry::{Point, Rect};
use crate::layout::{ANCHOR_SIDE, LINE_CODE_CELLS, Layout};
use crate::page::{Found, NOWHERE, sheet};
use crate::picture::{self, Grey, SIDE_LEAST};
use crate::{ink, qr};

/// Why a picture says nothing.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReadError {
    /// Neither JPEG nor PNG, or damaged.
    #[error("not a picture in JPEG or PNG, or a damaged one")]
    NotAnImage,
    /// More than [`picture::BYTES_MOST`].
    #[error("more than {} bytes", picture::BYTES_MOST)]
    TooManyBytes,
    /// More than [`picture::PIXELS_MOST`].
    #[error("more than {} pixels", picture::PIXELS_MOST)]
    TooManyPixels,
    /// So few pixels that codes cannot be read.
    #[error("fewer than {SIDE_LEAST} pixels on the longer side")]
    TooSmall,
    /// Nearly nothing to see.
    #[error("too dark")]
    TooDark,
    /// The camera moved, or its focus was elsewhere.
    #[error("too blurred")]
    TooBlurred,
    /// The four corner markers are not in the picture.
    #[error("no sheet found: {markers} of 4 markers")]
    NoSheet {
        /// How many there are, at most 4.
        markers: u8,
    },
    /// Markers, but no code of ours at its place.
    #[error("not an attendance sheet of Essor, or its code cannot be read")]
    ForeignSheet,
    /// More than one sheet.
    #[error("two sheets in one picture")]
    TwoSheets,
    /// The sheet of another session.
    #[error("the sheet of another session")]
    OtherSession(SheetId),
}

/// What a box says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Somebody signed.
    Signed,
    /// Nobody did.
    Empty,
    /// For a human to look at.
    Unsure,
}

/// One box to sign.
#[derive(Debug, Clone, PartialEq)]
pub struct BoxReading {
    /// What it says.
    pub mark: Mark,
    /// How sure that is, from 0 to 1; at most 0.5 with [`Mark::Unsure`].
    pub confidence: f64,
    /// The box with a little around it, laid flat and upright: a JPEG file.
    pub picture: Vec<u8>,
}

/// One line of the sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct LineReading {
    /// Whose line; `None` when its code cannot be read.
    pub tag: Option<Tag>,
    /// The place of the name, where people who came unannounced write theirs: a JPEG file.
    pub name: Vec<u8>,
    /// A box a half day, in order.
    pub boxes: Vec<BoxReading>,
}

/// A sheet, read.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// Which sheet.
    pub sheet: SheetId,
    /// Its lines, in order.
    pub lines: Vec<LineReading>,
}

/// Reads the photograph or scan of one page of a session's sheet, JPEG or PNG, whichever way it lies.
///
/// # Errors
/// [`ReadError`]: what to say to whoever took the picture.
pub fn read(bytes: &[u8], session: [u8; 16]) -> Result<Reading, ReadError> {
    of_picture(&picture::decode(bytes)?, session)
}

/// As [`fn@read`], of a picture already unpacked: a byte of brightness a pixel, row by row.
///
/// # Errors
/// [`ReadError`]; [`ReadError::NotAnImage`] when pixels are missing or over.
pub fn read_luminance(
    width: usize,
    pixels: Vec<u8>,
    session: [u8; 16],
) -> Result<Reading, ReadError> {
    if width == 0 || pixels.is_empty() || !pixels.len().is_multiple_of(width) {
        return Err(ReadError::NotAnImage);
    }
    if pixels.len() as u64 > picture::PIXELS_MOST {
        return Err(ReadError::TooManyPixels);
    }
    let grey = Grey {
        width,
        height: pixels.len() / width,
        pixels,
    };
    of_picture(&grey, session)
}

/// Above so many pixels a picture is halved first: finer than any pen.
const PIXELS_FINE: usize = 17_000_000;
fn of_picture(grey: &Grey, session: [u8; 16]) -> Result<Reading, ReadError> {
    if grey.longer_side() < SIDE_LEAST || grey.width < 60 || grey.height < 60 {
        return Err(ReadError::TooSmall);
    }
    let halved;
    let picture = if grey.pixels.len() > PIXELS_FINE {
        halved = grey.smaller(2);
        &halved
    } else {
        grey
    };
    let found = sheet(picture)?;
    if found.sheet.session() != session {
        return Err(ReadError::OtherSession(found.sheet));
    }
    found.lines(picture)
}

impl Found {
    /// Reads every line.
    fn lines(&self, picture: &Grey) -> Result<Reading, ReadError> {
        let layout = Layout::of(&self.sheet);
        let mut codes: Vec<(Option<Tag>, Option<Point>)> = (0..layout.lines())
            .map(|line| self.line_code(picture, &layout, line, NOWHERE))
            .collect();
        if codes.iter().all(|(_, shift)| shift.is_none()) {
            return Err(ReadError::TooBlurred);
        }
        // Once more beside those that were read: paper is bent alike there.
        for line in 0..layout.lines() {
            let near = codes
                .iter()
                .enumerate()
                .filter_map(|(n, (_, shift))| Some((n.abs_diff(usize::from(line)), (*shift)?)))
                .min_by_key(|(apart, _)| *apart);
            if let Some((1.., hint)) = near
                && let Some(code) = codes.get_mut(usize::from(line))
            {
                *code = self.line_code(picture, &layout, line, hint);
            }
        }
        let lines = (0..layout.lines())
            .zip(codes)
            .map(|(line, (tag, shift))| {
                let bend = self.bend(picture, &layout, line, shift);
                self.line(picture, &layout, line, tag, &bend)
            })
            .collect();
        Ok(Reading {
            sheet: self.sheet,
            lines,
        })
    }

    /// Whose line, and how far its code lies from its place.
    fn line_code(
        &self,
        picture: &Grey,
        layout: &Layout,
        line: u8,
        hint: Point,
    ) -> (Option<Tag>, Option<Point>) {
        let at = (layout.line_code(line), hint);
        let code = qr::read(picture, at, LINE_CODE_CELLS, |at| self.page.at(at));
        let Some(code) = code else {
            return (None, None);
        };
        (self.sheet.parse_line(line, &code.text), Some(code.shift))
    }

    /// How the paper is bent along a line, by its two ends.
    fn bend(&self, picture: &Grey, layout: &Layout, line: u8, left: Option<Point>) -> Bend {
        let near = left.unwrap_or(NOWHERE);
        let right = self.anchor(picture, layout.anchor(line), near);
        Bend {
            left: (
                layout.line_code(line).middle().x,
                left.or(right).unwrap_or(NOWHERE),
            ),
            right: (
                layout.anchor(line).middle().x,
                right.or(left).unwrap_or(NOWHERE),
            ),
            known: left.is_some() || right.is_some(),
        }
    }

    /// How far the square at a line's right end lies from its place, in millimetres.
    fn anchor(&self, picture: &Grey, at: Rect, near: Point) -> Option<Point> {
        const SCALE: f64 = 8.0;
        let piece = at.grown(qr::REACH);
        let cut = picture.cut(piece, SCALE, |at| self.page.at(at));
        let (white, black) = (f64::from(cut.quantile(0.8)), f64::from(cut.quantile(0.02)));
        if black > white * f64::midpoint(self.print, 1.0) {
            return None;
        }
        let between = f64::midpoint(white, black);
        let (mut count, mut x_sum, mut y_sum) = (0.0, 0.0, 0.0);
        for (row, pixels) in cut.pixels.chunks(cut.width).enumerate() {
            for (column, _) in pixels
                .iter()
                .enumerate()
                .filter(|(_, value)| f64::from(**value) < between)
            {
                count += 1.0;
                x_sum += column as f64 + 0.5;
                y_sum += row as f64 + 0.5;
            }
        }
        let size: f64 = count / (SCALE * SCALE);
        if !(0.6..1.5).contains(&(size / (ANCHOR_SIDE * ANCHOR_SIDE))) {
            return None;
        }
        let shift = Point::new(
            piece.x + x_sum / count / SCALE - at.middle().x,
            piece.y + y_sum / count / SCALE - at.middle().y,
        );
        // Paper bends a little between the two ends, not more.
        (shift.distance(near) < 3.5).then_some(shift)
    }

    fn line(
        &self,
        picture: &Grey,
        layout: &Layout,
        line: u8,
        tag: Option<Tag>,
        bend: &Bend,
    ) -> LineReading {
        let place = |at| self.page.at(bend.at(at));
        let shown = |rect: Rect| picture.cut(rect, PICTURE_SCALE, place).jpeg();
        let boxes = (0..layout.half_days())
            .map(|half_day| {
                let rect = layout.signature(line, half_day);
                let cut = picture.cut(rect.grown(ink::MARGIN), ink::SCALE, place);
                let judged = ink::judge(&cut, self.print);
                let (mark, confidence) = if bend.known {
                    (judged.mark, judged.confidence)
                } else {
                    (Mark::Unsure, 0.2)
                };
                BoxReading {
                    mark,
                    confidence,
                    picture: shown(rect.grown(1.5)),
                }
            })
            .collect();
        LineReading {
            tag,
            name: shown(layout.name(line)),
            boxes,
        }
    }
}

/// Pixels a millimetre of the pictures to look at.
const PICTURE_SCALE: f64 = 6.0;

/// How far a line lies from its place at two of its points.
struct Bend {
    left: (f64, Point),
    right: (f64, Point),
    /// Whether one of them was found; otherwise the box may be a neighbour's.
    known: bool,
}

impl Bend {
    fn at(&self, point: Point) -> Point {
        let share = (point.x - self.left.0) / (self.right.0 - self.left.0);
        let (left, right) = (self.left.1, self.right.1);
        Point::new(
            point.x + left.x + (right.x - left.x) * share,
            point.y + left.y + (right.y - left.y) * share,
        )
    }
}
