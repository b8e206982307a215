//! Finding the page: which four markers are its corners, and which sheet it is.

use crate::code::SheetId;
use crate::find::{Bits, Marker, markers};
use crate::geometry::{Point, Projection, Rect};
use crate::layout::{MARKED, MARKER_SIDE, SHEET_CODE, SHEET_CODE_CELLS};
use crate::picture::Grey;
use crate::qr;
use crate::read::ReadError;

/// Longer side of the pictures in which markers are sought, coarse then fine.
const SEARCHED: [usize; 2] = [1_600, 3_400];
/// A pixel is dark for its surroundings: how many times these go into the longer side, first for
/// sharp pictures, then for blurred ones.
const SURROUNDINGS: [usize; 2] = [28, 60];

/// A sheet in a picture.
pub(crate) struct Found {
    pub(crate) sheet: SheetId,
    /// From the page to the picture.
    pub(crate) page: Projection,
    /// How dark print is, as a share of the paper's brightness.
    pub(crate) print: f64,
}

/// The one sheet in a picture.
pub(crate) fn sheet(picture: &Grey) -> Result<Found, ReadError> {
    let mut most_markers = 0;
    let mut coarse = None;
    let mut last_factor = 0;
    for side in SEARCHED {
        let factor = picture.longer_side().div_ceil(side);
        if factor == last_factor {
            continue;
        }
        last_factor = factor;
        let small = picture.smaller(factor);
        for share in SURROUNDINGS {
            let markers = markers(&Bits::of(&small, (small.longer_side() / share).max(9)));
            match sheets(picture, &markers, factor as f64) {
                Sheets::One(found) => return Ok(*found),
                Sheets::Several => return Err(ReadError::TwoSheets),
                Sheets::None { markers } => most_markers = most_markers.max(markers),
            }
        }
        coarse.get_or_insert(small);
    }
    let seen = coarse.unwrap_or_else(|| picture.clone());
    let (black, white) = (seen.quantile(0.02), seen.quantile(0.98));
    if white < 50 || white - black < 25 {
        return Err(ReadError::TooDark);
    }
    if seen.sharpness() < SHARPNESS_LEAST {
        return Err(ReadError::TooBlurred);
    }
    if most_markers < 4 {
        return Err(ReadError::NoSheet {
            markers: most_markers,
        });
    }
    Err(ReadError::ForeignSheet)
}

/// Below, a picture in which nothing was found is blurred.
const SHARPNESS_LEAST: f64 = 0.2;
/// Most markers looked at, and most ways to put four of them together.
const MARKERS_MOST: usize = 16;
const TRIES_MOST: usize = 40;

/// No shift.
pub(crate) const NOWHERE: Point = Point::new(0.0, 0.0);

enum Sheets {
    None {
        /// Markers that may be a sheet's corners; 4 when they lie as a sheet's do.
        markers: u8,
    },
    One(Box<Found>),
    Several,
}

/// Puts four markers together to a page and reads its code.
fn sheets(picture: &Grey, markers: &[Marker], factor: f64) -> Sheets {
    // The patterns of codes are a half or a third of the markers' size.
    let largest = markers.first().map_or(0.0, Marker::length);
    let markers: Vec<&Marker> = markers
        .iter()
        .filter(|marker| marker.length() > 0.4 * largest)
        .take(MARKERS_MOST)
        .collect();
    let mut pages = Vec::new();
    for (a, first) in markers.iter().enumerate() {
        for (b, second) in markers.iter().enumerate().skip(a + 1) {
            for (c, third) in markers.iter().enumerate().skip(b + 1) {
                for (d, fourth) in markers.iter().enumerate().skip(c + 1) {
                    let four = [*first, *second, *third, *fourth];
                    for (misfit, page) in as_pages(four) {
                        pages.push((misfit, [a, b, c, d], page));
                    }
                }
            }
        }
    }
    pages.sort_by(|a, b| a.0.total_cmp(&b.0));
    let alike = markers
        .iter()
        .filter(|marker| marker.length() > 0.7 * largest)
        .count();
    let seen = if pages.is_empty() { alike.min(3) } else { 4 };
    let mut found: Option<([usize; 4], Found)> = None;
    for (_, corners, page) in pages.into_iter().take(TRIES_MOST) {
        if let Some((taken, one)) = &found {
            // The same sheet again, or one put together from parts of it.
            if corners.iter().any(|corner| taken.contains(corner)) {
                continue;
            }
            if another_sheet(picture, &page, factor, one) {
                return Sheets::Several;
            }
            continue;
        }
        let place = |at| scaled(page.at(at), factor);
        let Some(code) = qr::read(picture, (SHEET_CODE, NOWHERE), SHEET_CODE_CELLS, place) else {
            continue;
        };
        let Some(sheet) = SheetId::parse(&code.text) else {
            continue;
        };
        let Some(page) = scaled_page(&page, factor) else {
            continue;
        };
        let print = (code.dark / code.light.max(1.0)).clamp(0.0, 0.75);
        found = Some((corners, Found { sheet, page, print }));
    }
    match found {
        Some((_, found)) => Sheets::One(Box::new(found)),
        None => Sheets::None {
            markers: u8::try_from(seen).unwrap_or_default(),
        },
    }
}

/// Whether a second page lies there: its code may be hidden or of anything.
fn another_sheet(picture: &Grey, page: &Projection, factor: f64, one: &Found) -> bool {
    let place = |at| scaled(page.at(at), factor);
    let code = qr::read(picture, (SHEET_CODE, NOWHERE), SHEET_CODE_CELLS, place);
    code.and_then(|code| SheetId::parse(&code.text))
        .is_some_and(|sheet| {
            // A copy of the same page beside it is a second sheet as well.
            let there = place(SHEET_CODE.middle());
            sheet != one.sheet || there.distance(one.page.at(SHEET_CODE.middle())) > 50.0
        })
}

fn scaled(at: Point, factor: f64) -> Point {
    Point::new(at.x * factor, at.y * factor)
}

/// The page in the picture of full size.
fn scaled_page(page: &Projection, factor: f64) -> Option<Projection> {
    Projection::onto(
        MARKED,
        corners_of(MARKED).map(|at| scaled(page.at(at), factor)),
    )
}

fn corners_of(rect: Rect) -> [Point; 4] {
    let (right, below) = (rect.x + rect.width, rect.y + rect.height);
    [
        Point::new(rect.x, rect.y),
        Point::new(right, rect.y),
        Point::new(right, below),
        Point::new(rect.x, below),
    ]
}

impl Marker {
    fn length(&self) -> f64 {
        (self.wide * self.tall).sqrt()
    }
}

/// The pages of which four markers may be the corners, each with how badly the markers' own sizes
/// fit it: turned by quarters, those that are possible.
fn as_pages(mut four: [&Marker; 4]) -> Vec<(f64, Projection)> {
    let middle = Point::new(
        four.iter().map(|marker| marker.at.x).sum::<f64>() / 4.0,
        four.iter().map(|marker| marker.at.y).sum::<f64>() / 4.0,
    );
    // Clockwise, since rows count downwards.
    let angle = |marker: &Marker| (marker.at.y - middle.y).atan2(marker.at.x - middle.x);
    four.sort_by(|a, b| angle(a).total_cmp(&angle(b)));
    let points = four.map(|marker| marker.at);
    if !convex(points) {
        return Vec::new();
    }
    let mut pages = Vec::new();
    for _ in 0..4 {
        if let Some(page) = Projection::onto(MARKED, four.map(|marker| marker.at))
            && let Some(misfit) = misfit(&page, four)
        {
            pages.push((misfit, page));
        }
        four.rotate_left(1);
    }
    pages
}

fn convex(points: [Point; 4]) -> bool {
    let next = |n: usize| points.iter().cycle().skip(n);
    (0..4).all(|n| {
        let mut three = next(n);
        match (three.next(), three.next(), three.next()) {
            (Some(a), Some(b), Some(c)) => {
                let turn = (b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x);
                turn > 0.05 * a.distance(*b) * b.distance(*c)
            }
            _ => false,
        }
    })
}

/// How far the lengths of four markers along rows and columns are from what the page says of them:
/// the greatest ratio's logarithm. `None` when one is off by more than half.
fn misfit(page: &Projection, four: [&Marker; 4]) -> Option<f64> {
    let back = page.inverse()?;
    let mut worst: f64 = 0.0;
    for marker in four {
        let here = back.at(marker.at);
        let expected = |x: f64, y: f64| {
            let there = back.at(Point::new(marker.at.x + x, marker.at.y + y));
            let step = (there.x - here.x).abs().max((there.y - here.y).abs());
            MARKER_SIDE / step
        };
        for (length, expected) in [
            (marker.wide, expected(1.0, 0.0)),
            (marker.tall, expected(0.0, 1.0)),
        ] {
            let off = (length / expected).ln().abs();
            worst = if off.is_finite() {
                worst.max(off)
            } else {
                f64::MAX
            };
        }
    }
    (worst < 0.42).then_some(worst)
}
