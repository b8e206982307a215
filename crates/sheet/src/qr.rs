//! Reading a QR code of known size near a known place of the page, already laid flat.
#![expect(
    clippy::indexing_slicing,
    reason = "loops over cells, within bounds that they compute"
)]

use rqrr::{Grid, SimpleGrid};

use crate::find::{Bits, Marker, markers};
use crate::geometry::{Point, Rect};
use crate::picture::Grey;

/// How far a code may lie from where it is printed, in millimetres: bent paper.
pub(crate) const REACH: f64 = 3.2;

/// A code that was read.
pub(crate) struct Code {
    pub(crate) text: String,
    /// How far its middle lies from where it is printed, in millimetres.
    pub(crate) shift: Point,
    /// Grey of its dark and of its light cells.
    pub(crate) dark: f64,
    pub(crate) light: f64,
}

/// The code of so many cells printed at `at`, or `hint` away from it (in millimetres) when its corners
/// are not found. `place` says where in the picture a point of the page is.
pub(crate) fn read(
    picture: &Grey,
    (at, hint): (Rect, Point),
    cells: usize,
    place: impl Fn(Point) -> Point,
) -> Option<Code> {
    let cell = at.width / cells as f64;
    // Five or six pixels a cell.
    let scale = 5.5 / cell;
    let piece = at.grown(REACH + cell);
    let cut = picture.cut(piece, scale, place);
    // The code's upper left corner and its cells, in pixels of the cut.
    let origin = Point::new((at.x - piece.x) * scale, (at.y - piece.y) * scale);
    let pixels = cell * scale;
    let hint = Point::new(hint.x * scale, hint.y * scale);
    for placed in corners(&cut, origin, hint, cells, pixels) {
        for (x, y) in NUDGES {
            let grid = placed.moved(x, y).grid(&cut, cells);
            let sharper = sharpened(&grid, cells);
            let Some(text) = [&grid, &sharper]
                .into_iter()
                .find_map(|grid| decoded(grid, cells))
            else {
                continue;
            };
            let middle = placed.at(cells as f64 / 2.0, cells as f64 / 2.0);
            let (dark, light) = shades(&grid, cells);
            return Some(Code {
                text,
                shift: Point::new(
                    piece.x + middle.x / scale - at.middle().x,
                    piece.y + middle.y / scale - at.middle().y,
                ),
                dark,
                light,
            });
        }
    }
    None
}

/// By how many cells the grid is moved when a code cannot be read where its corners say.
const NUDGES: [(f64, f64); 9] = [
    (0.0, 0.0),
    (0.3, 0.0),
    (-0.3, 0.0),
    (0.0, 0.3),
    (0.0, -0.3),
    (0.3, 0.3),
    (-0.3, 0.3),
    (0.3, -0.3),
    (-0.3, -0.3),
];

/// Cells less what their neighbours blurred into them.
fn sharpened(grid: &[f64], cells: usize) -> Vec<f64> {
    let value = |x: usize, y: usize| grid[y.min(cells - 1) * cells + x.min(cells - 1)];
    (0..cells * cells)
        .map(|at| {
            let (x, y) = (at % cells, at / cells);
            let around = value(x + 1, y)
                + value(x.saturating_sub(1), y)
                + value(x, y + 1)
                + value(x, y.saturating_sub(1));
            grid[at] + 0.8 * (grid[at] - around / 4.0)
        })
        .collect()
}

/// Where a code lies: its corner, and one cell to the right and down.
#[derive(Clone, Copy)]
struct Placed {
    origin: Point,
    right: Point,
    down: Point,
}

impl Placed {
    fn at(&self, x: f64, y: f64) -> Point {
        Point::new(
            self.origin.x + x * self.right.x + y * self.down.x,
            self.origin.y + x * self.right.y + y * self.down.y,
        )
    }

    fn moved(&self, x: f64, y: f64) -> Self {
        Self {
            origin: self.at(x, y),
            ..*self
        }
    }

    /// The grey of each cell: its middle and four places around.
    fn grid(&self, cut: &Grey, cells: usize) -> Vec<f64> {
        let mut grid = Vec::with_capacity(cells * cells);
        for y in 0..cells {
            for x in 0..cells {
                let (x, y) = (x as f64 + 0.5, y as f64 + 0.5);
                let around = [
                    (0.0, 0.0),
                    (0.2, 0.2),
                    (-0.2, 0.2),
                    (0.2, -0.2),
                    (-0.2, -0.2),
                ];
                let sum: f64 = around
                    .iter()
                    .map(|(dx, dy)| f64::from(cut.between(self.at(x + dx, y + dy))))
                    .sum();
                grid.push(sum / 5.0);
            }
        }
        grid
    }
}

/// Where the code may lie, the most likely first: by its three corner patterns, by two, by one, and
/// where it was printed.
fn corners(cut: &Grey, origin: Point, hint: Point, cells: usize, pixels: f64) -> Vec<Placed> {
    let radius = (6.0 * pixels) as usize;
    let sized = |marker: &Marker| {
        let fits = |length: f64| (0.65..1.5).contains(&(length / (7.0 * pixels)));
        fits(marker.wide) && fits(marker.tall)
    };
    let found: Vec<Marker> = markers(&Bits::of(cut, radius))
        .into_iter()
        .filter(sized)
        .collect();
    let last = cells as f64 - 3.5;
    let expected = [(3.5, 3.5), (last, 3.5), (3.5, last)];
    let expected = expected.map(|(x, y)| Point::new(origin.x + x * pixels, origin.y + y * pixels));
    let mut ranked: Vec<(usize, f64, Placed)> = Vec::new();
    for marker in &found {
        for (corner, place) in expected.iter().enumerate() {
            let shift = Point::new(marker.at.x - place.x, marker.at.y - place.y);
            // Every corner where this shift has it, or where a pattern near it is.
            let mut count = 0;
            let mut miss = 0.0;
            let mut settled = [Point::new(0.0, 0.0); 3];
            for (n, other) in expected.iter().enumerate() {
                let place = Point::new(other.x + shift.x, other.y + shift.y);
                let near = found
                    .iter()
                    .map(|marker| marker.at)
                    .min_by(|a, b| a.distance(place).total_cmp(&b.distance(place)))
                    .filter(|near| near.distance(place) < 1.8 * pixels);
                let near = if n == corner { Some(marker.at) } else { near };
                count += usize::from(near.is_some());
                miss += near.map_or(pixels, |near| near.distance(place));
                settled[n] = near.unwrap_or(place);
            }
            ranked.push((
                count,
                miss + 0.1 * shift.x.hypot(shift.y),
                placed(settled, cells),
            ));
        }
    }
    ranked.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.total_cmp(&b.1)));
    let hinted = expected.map(|at| Point::new(at.x + hint.x, at.y + hint.y));
    let as_printed = placed(hinted, cells);
    let mut all: Vec<Placed> = ranked.into_iter().take(4).map(|ranked| ranked.2).collect();
    all.push(as_printed);
    all
}

/// A code by the middles of its three corner patterns.
fn placed([first, right, down]: [Point; 3], cells: usize) -> Placed {
    let between = cells as f64 - 7.0;
    let along = |to: Point| Point::new((to.x - first.x) / between, (to.y - first.y) / between);
    let (right, down) = (along(right), along(down));
    let origin = Point::new(
        first.x - 3.5 * (right.x + down.x),
        first.y - 3.5 * (right.y + down.y),
    );
    Placed {
        origin,
        right,
        down,
    }
}

/// The text of cells: each is dark or light for the cells around it.
fn decoded(grid: &[f64], cells: usize) -> Option<String> {
    let bits = SimpleGrid::from_func(cells, |x, y| {
        let (mut least, mut most) = (f64::MAX, f64::MIN);
        for row in y.saturating_sub(3)..(y + 4).min(cells) {
            for value in &grid[row * cells..][x.saturating_sub(3)..(x + 4).min(cells)] {
                least = least.min(*value);
                most = most.max(*value);
            }
        }
        grid[y * cells + x] < f64::midpoint(least, most)
    });
    let (_, text) = Grid::new(bits).decode().ok()?;
    Some(text)
}

/// The middle of the darker and of the lighter half: about as many cells are dark as light.
fn shades(grid: &[f64], cells: usize) -> (f64, f64) {
    let mut sorted = grid.to_vec();
    sorted.sort_by(f64::total_cmp);
    let count = cells * cells;
    (sorted[count / 5], sorted[count * 4 / 5])
}
