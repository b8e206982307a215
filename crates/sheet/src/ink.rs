//! Whether somebody signed in a box: how much ink is in it that is no frame, fold, shadow or dust.
//!
//! The paper under the ink is estimated by a closing (dark things narrower than [`PAPER`] vanish,
//! the edge of a shadow stays where it is); what is darker than that paper by a good part of the
//! way to print is ink. Straight lines from side to side are frames, folds or strokes through the
//! box, and count for nobody's signature.
#![expect(
    clippy::indexing_slicing,
    reason = "loops over pixels, within bounds that they compute"
)]

use crate::picture::{Grey, to_byte};
use crate::read::Mark;

/// Pixels a millimetre of the boxes looked at.
pub(crate) const SCALE: f64 = 8.0;
/// Radius of the closing, in pixels: strokes up to 5 mm thick are ink.
const PAPER: usize = 20;
/// What is cut around a box, in pixels and in millimetres: the paper there belongs to the closing.
const AROUND: usize = PAPER;
pub(crate) const MARGIN: f64 = 2.5;
/// Along the inside of its frame, in pixels: where a frame may come to lie, and ink of neighbours.
const EDGE: usize = 10;
/// What is left out on each side of a cut.
const RIM: usize = AROUND + EDGE;
/// From paper (0) to print (1): where ink begins, and from where a line was drawn with a pen.
const INK: f64 = 0.24;
const PEN: f64 = 0.5;
/// Noise of that size hides any ink.
const NOISE_MOST: f64 = 0.11;
/// Square millimetres of ink: a speck to forget, what an empty box may have, what a signature has.
/// A pen of 0.4 mm leaves 4 mm² on a way of 10 mm: two letters.
const SPECK: f64 = 0.12;
const EMPTY_MOST: f64 = 0.7;
const SIGNED_LEAST: f64 = 3.2;
/// Millimetres from one end of a signature to the other, at least.
const EXTENT_LEAST: f64 = 3.5;
/// How many half pixels on each side of a line are taken out with it.
const LINE: i32 = 11;
/// A line has at least so many pixels: 5 mm.
const LINE_LEAST: usize = 40;
const LINES_MOST: usize = 5;
const CANDIDATES_MOST: usize = 400;
/// Directions tried, over half a turn, and pixels between two lines of one direction.
const TURNS: usize = 240;
const BIN: usize = 2;
/// A line may be fainter than ink by so much.
const FAINT: f64 = 0.65;
/// A box covered by more than this share is scrawled over or dirty.
const FAINT_MOST: f64 = 0.4;
/// Share of a line from side to side that must be ink for it to be one.
const LINE_COVERED: f64 = 0.82;

/// What a box says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Judged {
    pub(crate) mark: Mark,
    pub(crate) confidence: f64,
}

/// Looks at a box, cut at [`SCALE`] with [`MARGIN`] around its frame. `print` is how dark print is on this
/// picture, as a share of the paper's brightness.
pub(crate) fn judge(cut: &Grey, print: f64) -> Judged {
    let unsure = Judged {
        mark: Mark::Unsure,
        confidence: 0.5,
    };
    if cut.width <= 3 * RIM || cut.height <= 3 * RIM {
        return unsure;
    }
    let depth = depth(cut, print);
    let noise = noise(&depth);
    if noise > NOISE_MOST {
        return Judged {
            confidence: 0.2,
            ..unsure
        };
    }
    let from = INK.max(4.5 * noise);
    let mut mask = Mask::of(&depth, cut.width, from);
    if mask.faint_share() > FAINT_MOST {
        return unsure;
    }
    let lines = mask.take_lines_out();
    let ink = mask.ink();
    let quiet = 1.0 - noise / NOISE_MOST / 2.0;
    // A line that was taken out leaves its rags, where it meets another or the edge of a shadow.
    let least = SIGNED_LEAST * if lines.any { 2.0 } else { 1.0 };
    if ink.area >= least && ink.extent >= EXTENT_LEAST {
        let more = ((ink.area - SIGNED_LEAST) / (2.0 * SIGNED_LEAST)).min(1.0);
        return Judged {
            mark: Mark::Signed,
            confidence: 0.6 + 0.4 * more * quiet,
        };
    }
    if ink.area <= EMPTY_MOST && !lines.pen {
        return Judged {
            mark: Mark::Empty,
            confidence: 0.6 + 0.4 * (1.0 - ink.area / EMPTY_MOST) * quiet,
        };
    }
    unsure
}

/// How far each pixel is from paper (0) to print (1).
fn depth(cut: &Grey, print: f64) -> Vec<f64> {
    let smooth = smoothed(cut);
    let paper = extreme(&extreme(&smooth, PAPER, u8::max), PAPER, u8::min);
    let whole = (1.0 - print).max(0.2);
    smooth
        .pixels
        .iter()
        .zip(&paper.pixels)
        .map(|(value, paper)| {
            let share = f64::from(*value) / f64::from((*paper).max(1));
            ((1.0 - share) / whole).clamp(0.0, 1.5)
        })
        .collect()
}

/// Each pixel the mean of nine.
fn smoothed(cut: &Grey) -> Grey {
    let mut smooth = cut.clone();
    for y in 0..cut.height {
        for x in 0..cut.width {
            let (mut sum, mut count) = (0_u32, 0_u32);
            for row in y.saturating_sub(1)..(y + 2).min(cut.height) {
                for column in x.saturating_sub(1)..(x + 2).min(cut.width) {
                    sum += u32::from(cut.get(column, row));
                    count += 1;
                }
            }
            smooth.pixels[y * cut.width + x] = to_byte(f64::from(sum) / f64::from(count));
        }
    }
    smooth
}

/// The greatest or the least within a square, first along rows, then along columns.
fn extreme(grey: &Grey, radius: usize, of: fn(u8, u8) -> u8) -> Grey {
    let turned = |grey: &Grey| {
        let mut turned = Grey::filled(grey.height, grey.width, 0);
        for (at, pixel) in turned.pixels.iter_mut().enumerate() {
            *pixel = grey.get(at / grey.height, at % grey.height);
        }
        turned
    };
    let along = |grey: &Grey| {
        let mut out = grey.clone();
        for (row, from) in out
            .pixels
            .chunks_mut(grey.width)
            .zip(grey.pixels.chunks(grey.width))
        {
            for (x, pixel) in row.iter_mut().enumerate() {
                let around = &from[x.saturating_sub(radius)..(x + radius + 1).min(grey.width)];
                *pixel = around.iter().copied().reduce(of).unwrap_or(*pixel);
            }
        }
        out
    };
    turned(&along(&turned(&along(grey))))
}

/// The standard deviation of what is mostly paper: by the median distance from the median, since
/// ink covers less than half.
fn noise(depth: &[f64]) -> f64 {
    let median = |values: &mut Vec<f64>| {
        let middle = values.len() / 2;
        *values.select_nth_unstable_by(middle, f64::total_cmp).1
    };
    let mut values = depth.to_vec();
    let centre = median(&mut values);
    for value in &mut values {
        *value = (*value - centre).abs();
    }
    1.4826 * median(&mut values)
}

/// Where ink is, within the rim.
struct Mask<'a> {
    depth: &'a [f64],
    whole_width: usize,
    width: usize,
    height: usize,
    ink: Vec<bool>,
    /// Where something may be part of a line.
    faint: Vec<bool>,
}

/// What was taken out.
#[derive(Default)]
struct Lines {
    any: bool,
    /// Whether one of them was drawn with a pen across the box.
    pen: bool,
}

/// From border to border, in pixels.
struct Line {
    start: (f64, f64),
    end: (f64, f64),
}

impl Line {
    fn length(&self) -> f64 {
        (self.end.0 - self.start.0).hypot(self.end.1 - self.start.1)
    }

    /// One pixel at a right angle.
    fn beside(&self) -> (f64, f64) {
        let length = self.length().max(1.0);
        (
            (self.start.1 - self.end.1) / length,
            (self.end.0 - self.start.0) / length,
        )
    }

    /// Places along it, so many pixels apart.
    fn points(&self, apart: f64) -> Vec<(f64, f64)> {
        let steps = (self.length() / apart).ceil().max(1.0);
        (0..=steps as usize)
            .map(|step| {
                let share = step as f64 / steps;
                let between = |from: f64, to: f64| from + (to - from) * share;
                (
                    between(self.start.0, self.end.0),
                    between(self.start.1, self.end.1),
                )
            })
            .collect()
    }
}

/// What was found.
struct Ink {
    /// In square millimetres.
    area: f64,
    /// From end to end, in millimetres.
    extent: f64,
}

impl<'a> Mask<'a> {
    fn of(depth: &'a [f64], whole_width: usize, from: f64) -> Self {
        let width = whole_width - 2 * RIM;
        let height = depth.len() / whole_width - 2 * RIM;
        let beyond = |from: f64| {
            let rows = depth.chunks(whole_width).skip(RIM).take(height);
            rows.flat_map(|row| row[RIM..RIM + width].iter().map(|depth| *depth > from))
                .collect()
        };
        Self {
            depth,
            whole_width,
            width,
            height,
            ink: beyond(from),
            faint: beyond(FAINT * from),
        }
    }

    fn faint_share(&self) -> f64 {
        let count = self.faint.iter().filter(|faint| **faint).count();
        count as f64 / self.faint.len().max(1) as f64
    }

    /// Takes straight lines from border to border out.
    fn take_lines_out(&mut self) -> Lines {
        let mut lines = Lines::default();
        for _ in 0..LINES_MOST {
            let Some(line) = self.line() else { break };
            lines.any = true;
            lines.pen |= self.take_out(&line);
        }
        lines
    }

    /// The longest line that ink covers from border to border: candidates by a Hough transform, since
    /// a fold goes through a box at any angle.
    fn line(&self) -> Option<Line> {
        let reach = self.width + self.height;
        let bins = reach.div_ceil(BIN) * 2;
        let mut votes = vec![0_u16; TURNS * bins];
        let turns: Vec<(f64, f64)> = (0..TURNS)
            .map(|turn| (turn as f64 * std::f64::consts::PI / TURNS as f64).sin_cos())
            .collect();
        for (at, _) in self.faint.iter().enumerate().filter(|(_, faint)| **faint) {
            let (x, y) = ((at % self.width) as f64, (at / self.width) as f64);
            for (turn, (sine, cosine)) in turns.iter().enumerate() {
                let bin = (x * cosine + y * sine + reach as f64) / BIN as f64;
                votes[turn * bins + bin as usize] += 1;
            }
        }
        let mut candidates: Vec<(u16, usize)> = votes
            .iter()
            .enumerate()
            .filter(|(_, votes)| usize::from(**votes) >= LINE_LEAST)
            .map(|(at, votes)| (*votes, at))
            .collect();
        candidates.sort_unstable_by(|a, b| b.cmp(a));
        let mut best: Option<(f64, Line)> = None;
        for (votes, at) in candidates.into_iter().take(CANDIDATES_MOST) {
            let (sine, cosine) = turns[at / bins];
            let offset = ((at % bins * BIN) as f64 + BIN as f64 / 2.0) - reach as f64;
            let Some(line) = self.chord(sine, cosine, offset) else {
                continue;
            };
            let length = line.length();
            // A line fills most of its bin, which is as long as it is and so many pixels wide.
            let known = best.as_ref().map_or(0.0, |(length, _)| *length);
            if f64::from(votes) < LINE_COVERED * length || length <= known {
                continue;
            }
            if self.covered(&line) >= LINE_COVERED {
                best = Some((length, line));
            }
        }
        best.map(|(_, line)| line)
    }

    /// The part of a line (`x cosine + y sine = offset`) within the box, if it is long enough.
    fn chord(&self, sine: f64, cosine: f64, offset: f64) -> Option<Line> {
        // From the point nearest to the corner, along the line, until each border.
        let (x, y) = (offset * cosine, offset * sine);
        let (dx, dy) = (-sine, cosine);
        let (mut from, mut to) = (f64::MIN, f64::MAX);
        for (start, step, size) in [(x, dx, self.width), (y, dy, self.height)] {
            let last = (size - 1) as f64;
            if step.abs() < 1e-9 {
                if !(0.0..=last).contains(&start) {
                    return None;
                }
                continue;
            }
            let (a, b) = (-start / step, (last - start) / step);
            from = from.max(a.min(b));
            to = to.min(a.max(b));
        }
        let line = Line {
            start: (x + from * dx, y + from * dy),
            end: (x + to * dx, y + to * dy),
        };
        (to - from >= LINE_LEAST as f64).then_some(line)
    }

    /// The share of a line with ink on it or beside it.
    fn covered(&self, line: &Line) -> f64 {
        let (dx, dy) = line.beside();
        let mut count = 0;
        let points = line.points(2.0);
        for (x, y) in &points {
            let here = |by: f64| {
                let at = self.at(x + by * dx, y + by * dy);
                at.is_some_and(|at| self.faint[at])
            };
            count += usize::from([0.0, 1.0, -1.0].into_iter().any(here));
        }
        count as f64 / points.len() as f64
    }

    fn at(&self, x: f64, y: f64) -> Option<usize> {
        let (x, y) = (x.round(), y.round());
        let inside = x >= 0.0 && y >= 0.0 && x < self.width as f64 && y < self.height as f64;
        inside.then(|| y as usize * self.width + x as usize)
    }

    /// Takes one line out; whether it is as dark as a pen and not along the border.
    fn take_out(&mut self, line: &Line) -> bool {
        let (dx, dy) = line.beside();
        let points = line.points(0.5);
        let mut darkest_sum = 0.0;
        for (x, y) in &points {
            let mut darkest: f64 = 0.0;
            for by in -LINE..=LINE {
                let by = f64::from(by) / 2.0;
                let Some(at) = self.at(x + by * dx, y + by * dy) else {
                    continue;
                };
                self.ink[at] = false;
                self.faint[at] = false;
                let (column, row) = (at % self.width + RIM, at / self.width + RIM);
                darkest = darkest.max(self.depth[row * self.whole_width + column]);
            }
            darkest_sum += darkest;
        }
        let rim = 1.5 * EDGE as f64;
        let along = |values: [f64; 2], size: usize| {
            let near = |test: &dyn Fn(f64) -> bool| values.iter().all(|value| test(*value));
            near(&|value| value < rim) || near(&|value| value > size as f64 - rim)
        };
        let on_border = along([line.start.0, line.end.0], self.width)
            || along([line.start.1, line.end.1], self.height);
        !on_border && darkest_sum / points.len() as f64 > PEN
    }

    /// The ink that is left, without specks and without what hangs in from a neighbour's box.
    fn ink(&mut self) -> Ink {
        let mut area = 0.0;
        let mut bounds = (usize::MAX, 0, usize::MAX, 0);
        for start in 0..self.ink.len() {
            if !self.ink[start] {
                continue;
            }
            let (count, part) = self.connected(start);
            let size = count as f64 / (SCALE * SCALE);
            let hangs_in = part.3 < EDGE || part.2 + EDGE > self.height - 1;
            if size < SPECK || (hangs_in && size < SIGNED_LEAST) {
                continue;
            }
            area += size;
            bounds = (
                bounds.0.min(part.0),
                bounds.1.max(part.1),
                bounds.2.min(part.2),
                bounds.3.max(part.3),
            );
        }
        let extent = if area > 0.0 {
            let (width, height) = (bounds.1 - bounds.0, bounds.3 - bounds.2);
            (width as f64).hypot(height as f64) / SCALE
        } else {
            0.0
        };
        Ink { area, extent }
    }

    /// Takes one connected piece out: its size, and its left, right, upper and lower end.
    fn connected(&mut self, start: usize) -> (usize, (usize, usize, usize, usize)) {
        let mut open = vec![start];
        self.ink[start] = false;
        let (mut count, mut bounds) = (0, (usize::MAX, 0, usize::MAX, 0));
        while let Some(at) = open.pop() {
            count += 1;
            let (x, y) = (at % self.width, at / self.width);
            bounds = (
                bounds.0.min(x),
                bounds.1.max(x),
                bounds.2.min(y),
                bounds.3.max(y),
            );
            for row in y.saturating_sub(1)..(y + 2).min(self.height) {
                for column in x.saturating_sub(1)..(x + 2).min(self.width) {
                    let next = row * self.width + column;
                    if self.ink[next] {
                        self.ink[next] = false;
                        open.push(next);
                    }
                }
            }
        }
        (count, bounds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIDTH: usize = 400;
    const HEIGHT: usize = 100;

    /// A box with its frame, paper at 200 and print at 40.
    fn boxed(draw: impl Fn(f64, f64) -> Option<u8>) -> Judged {
        let (width, height) = (WIDTH + 2 * AROUND, HEIGHT + 2 * AROUND);
        let mut cut = Grey::filled(width, height, 200);
        for (at, pixel) in cut.pixels.iter_mut().enumerate() {
            let (x, y) = (at % width, at / width);
            let frame = |at: usize, size: usize| [AROUND, AROUND + size].contains(&at);
            if frame(x, WIDTH) || frame(y, HEIGHT) {
                *pixel = 130;
            }
            if let Some(value) = draw(x as f64 - AROUND as f64, y as f64 - AROUND as f64) {
                *pixel = value;
            }
        }
        judge(&cut, 0.2)
    }

    #[test]
    fn an_empty_box_with_its_frame_is_empty() {
        let judged = boxed(|_, _| None);
        assert_eq!(judged.mark, Mark::Empty);
        assert!(judged.confidence > 0.9);
    }

    #[test]
    fn a_wave_of_ink_is_a_signature() {
        let judged = boxed(|x, y| {
            let line = 50.0 + 20.0 * (x / 9.0).sin();
            ((60.0..220.0).contains(&x) && (y - line).abs() < 3.0).then_some(60)
        });
        assert_eq!(judged.mark, Mark::Signed);
        assert!(judged.confidence > 0.9);
    }

    #[test]
    fn a_fold_and_the_edge_of_a_shadow_are_no_signature() {
        let judged = boxed(|x, y| {
            let fold = (y - 40.0 - 0.05 * x).abs() < 3.0;
            let shade = x > 180.0 + y / 2.0;
            match (fold, shade) {
                (true, true) => Some(85),
                (true, false) => Some(135),
                (false, true) => Some(120),
                (false, false) => None,
            }
        });
        assert_eq!(judged.mark, Mark::Empty);
    }

    #[test]
    fn a_stroke_of_the_pen_through_the_whole_box_is_for_a_human_to_read() {
        let judged = boxed(|x, y| ((y - 80.0 + 0.15 * x).abs() < 3.0).then_some(50));
        assert_eq!(judged.mark, Mark::Unsure);
    }

    #[test]
    fn what_hangs_in_from_the_box_above_is_not_counted() {
        let judged = boxed(|x, y| ((150.0..170.0).contains(&x) && y < 18.0).then_some(50));
        assert_eq!(judged.mark, Mark::Empty);
    }

    #[test]
    fn a_box_scrawled_over_is_for_a_human_to_read() {
        let judged = boxed(|x, y| ((x + y) % 12.0 < 7.0).then_some(60));
        assert_eq!(judged.mark, Mark::Unsure);
    }

    #[test]
    fn a_dot_is_neither_empty_nor_a_signature() {
        let judged = boxed(|x, y| ((x - 200.0).hypot(y - 50.0) < 6.0).then_some(50));
        assert_eq!(judged.mark, Mark::Unsure);
    }
}
