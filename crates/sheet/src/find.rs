//! Finder patterns: dark, light, dark, light, dark in 1:1:3:1:1 along every line through the middle.
//! The corner markers are such patterns, and so are three corners of every QR code.
#![expect(
    clippy::indexing_slicing,
    reason = "loops over pixels, within bounds that they compute"
)]

use crate::geometry::Point;
use crate::picture::{Grey, Sums};

/// Which pixels are dark for their surroundings.
pub(crate) struct Bits {
    width: usize,
    height: usize,
    dark: Vec<bool>,
}

impl Bits {
    /// Dark is what is a seventh darker than the mean of the square around it (Bradley and Roth,
    /// “Adaptive Thresholding using the Integral Image”, 2007), and by more than noise.
    pub(crate) fn of(grey: &Grey, radius: usize) -> Self {
        let sums = Sums::of(grey);
        let mut dark = Vec::with_capacity(grey.pixels.len());
        for (y, row) in grey.pixels.chunks(grey.width).enumerate() {
            let vertical = (y.saturating_sub(radius), (y + radius + 1).min(grey.height));
            for (x, value) in row.iter().enumerate() {
                let across = (x.saturating_sub(radius), (x + radius + 1).min(grey.width));
                let count = (across.1 - across.0) * (vertical.1 - vertical.0);
                let mean = f64::from(sums.sum(across, vertical)) / count as f64;
                dark.push(f64::from(*value) < (mean * 0.86).min(mean - 4.0));
            }
        }
        Self {
            width: grey.width,
            height: grey.height,
            dark,
        }
    }

    fn dark(&self, x: usize, y: usize) -> bool {
        self.dark[y * self.width + x]
    }

    /// The five runs through a dark place, along a row or a column, and the middle of the third.
    fn runs(&self, x: usize, y: usize, down: bool) -> Option<([usize; 5], f64)> {
        let (at, end) = if down {
            (y, self.height)
        } else {
            (x, self.width)
        };
        let dark = |along: usize| {
            if down {
                self.dark(x, along)
            } else {
                self.dark(along, y)
            }
        };
        if !dark(at) {
            return None;
        }
        let mut counts = [0; 5];
        let mut first = at;
        for (slot, wanted) in [(2, true), (1, false), (0, true)] {
            while first > 0 && dark(first - 1) == wanted {
                first -= 1;
                counts[slot] += 1;
            }
        }
        let before = counts[2];
        let mut next = at;
        for (slot, wanted) in [(2, true), (3, false), (4, true)] {
            while next < end && dark(next) == wanted {
                next += 1;
                counts[slot] += 1;
            }
        }
        let start = (at - before) as f64;
        Some((counts, start + counts[2] as f64 / 2.0))
    }
}

/// A finder pattern in a picture.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Marker {
    /// Its middle.
    pub(crate) at: Point,
    /// Its length along the row through the middle, in pixels.
    pub(crate) wide: f64,
    /// Its length along the column through the middle.
    pub(crate) tall: f64,
}

/// Whether runs are as 1:1:3:1:1, and how long they are together.
fn as_marker(counts: [usize; 5]) -> Option<f64> {
    if counts.contains(&0) {
        return None;
    }
    let total: usize = counts.iter().sum();
    let unit = total as f64 / 7.0;
    let near = |count: usize, units: f64| {
        (count as f64 - units * unit).abs() <= (0.5 * unit + 0.35) * units.sqrt()
    };
    let fits = near(counts[2], 3.0) && [0, 1, 3, 4].iter().all(|slot| near(counts[*slot], 1.0));
    (fits && total >= 7).then_some(total as f64)
}

/// A page has four markers and three patterns a code. A picture with more than so many is made of
/// them, and says nothing; of those found, the largest are enough.
const SEEN_MOST: usize = 1_500;
const FOUND_MOST: usize = 150;

/// The finder patterns, the largest first.
pub(crate) fn markers(bits: &Bits) -> Vec<Marker> {
    let mut seen: Vec<(Marker, usize)> = Vec::new();
    for y in 0..bits.height {
        if seen.len() > SEEN_MOST {
            return Vec::new();
        }
        let row = &bits.dark[y * bits.width..][..bits.width];
        let mut runs = [0_usize; 5];
        for x in 0..=bits.width {
            let dark = row.get(x).copied();
            let before = x > 0 && row[x - 1];
            if x > 0 && dark != Some(before) {
                // A run ended. Five of them, the last dark, may be a marker.
                if before && as_marker(runs).is_some() {
                    let middle = x - runs[4] - runs[3] - runs[2].div_ceil(2);
                    consider(bits, middle, y, &mut seen);
                }
                runs.rotate_left(1);
                runs[4] = 0;
            }
            runs[4] += 1;
        }
    }
    let mut found: Vec<Marker> = seen
        .into_iter()
        .filter(|(marker, count)| *count >= 2 || marker.tall < 12.0)
        .map(|(marker, _)| marker)
        .collect();
    found.sort_by(|a, b| (b.wide * b.tall).total_cmp(&(a.wide * a.tall)));
    found.truncate(FOUND_MOST);
    for marker in &mut found {
        marker.at = middle_of_core(bits, marker);
    }
    found
}

/// Checks a candidate down and across, and adds it to those seen.
fn consider(bits: &Bits, x: usize, y: usize, seen: &mut Vec<(Marker, usize)>) {
    let Some((down, middle_y)) = bits.runs(x, y, true) else {
        return;
    };
    let Some(tall) = as_marker(down) else { return };
    let row = pixel(middle_y, bits.height);
    let Some((across, middle_x)) = bits.runs(x, row, false) else {
        return;
    };
    let Some(wide) = as_marker(across) else {
        return;
    };
    if wide > 2.6 * tall || tall > 2.6 * wide {
        return;
    }
    let marker = Marker {
        at: Point::new(middle_x, middle_y),
        wide,
        tall,
    };
    let known = seen
        .iter_mut()
        .find(|(known, _)| known.at.distance(marker.at) < 0.3 * known.wide.max(known.tall));
    match known {
        Some((_, count)) => *count += 1,
        None => seen.push((marker, 1)),
    }
}

fn pixel(at: f64, size: usize) -> usize {
    at.clamp(0.0, size.saturating_sub(1) as f64) as usize
}

/// The centre of gravity of a marker's dark middle: finer than a pixel, whichever way it is turned.
fn middle_of_core(bits: &Bits, marker: &Marker) -> Point {
    let start = (
        pixel(marker.at.x, bits.width),
        pixel(marker.at.y, bits.height),
    );
    let reach = (0.36 * marker.wide.max(marker.tall)).max(2.0);
    let near = |(x, y): (usize, usize)| {
        Point::new(x as f64 + 0.5, y as f64 + 0.5).distance(marker.at) <= reach
    };
    let mut open = vec![start];
    let mut seen = vec![start];
    let (mut x_sum, mut y_sum) = (0.0, 0.0);
    while let Some((x, y)) = open.pop() {
        x_sum += x as f64 + 0.5;
        y_sum += y as f64 + 0.5;
        let next = [
            (x.wrapping_sub(1), y),
            (x + 1, y),
            (x, y.wrapping_sub(1)),
            (x, y + 1),
        ];
        for place in next {
            let inside = place.0 < bits.width && place.1 < bits.height;
            if inside && near(place) && bits.dark(place.0, place.1) && !seen.contains(&place) {
                seen.push(place);
                open.push(place);
            }
        }
        if seen.len() > 4000 {
            // Larger than any marker's middle in a picture of this size.
            return marker.at;
        }
    }
    let count = seen.len() as f64;
    Point::new(x_sum / count, y_sum / count)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A marker with cells of so many pixels.
    fn drawn(cell: usize) -> Grey {
        let side = cell * 15;
        let mut grey = Grey::filled(side, side, 220);
        for y in 0..7 * cell {
            for x in 0..7 * cell {
                let ring = (x / cell).min(y / cell).min(6 - x / cell).min(6 - y / cell);
                if ring != 1 {
                    grey.pixels[(y + 4 * cell) * side + x + 4 * cell] = 30;
                }
            }
        }
        grey
    }

    #[test]
    fn a_marker_is_found_at_its_middle_at_any_size() {
        for cell in [2, 3, 5, 9] {
            let found = markers(&Bits::of(&drawn(cell), 6 * cell));
            assert_eq!(found.len(), 1, "{cell}");
            let middle = 7.5 * cell as f64;
            assert!(found[0].at.distance(Point::new(middle, middle)) < 0.3);
            assert!((found[0].wide - 7.0 * cell as f64).abs() < 1.5);
        }
    }

    #[test]
    fn a_picture_tiled_with_markers_is_given_up_early() {
        let mut tiles = Grey::filled(1_000, 1_000, 220);
        for (at, pixel) in tiles.pixels.iter_mut().enumerate() {
            let (x, y) = (at % 1_000 % 20 / 2, at / 1_000 % 20 / 2);
            let ring = x
                .min(y)
                .min(6_usize.saturating_sub(x))
                .min(6_usize.saturating_sub(y));
            if x < 7 && y < 7 && ring != 1 {
                *pixel = 20;
            }
        }
        assert!(markers(&Bits::of(&tiles, 30)).is_empty());
    }

    #[test]
    fn stripes_and_plain_squares_are_no_markers() {
        let mut stripes = Grey::filled(140, 140, 220);
        for (at, pixel) in stripes.pixels.iter_mut().enumerate() {
            let x = at % 140 / 10;
            if [3, 5, 6, 7, 9].contains(&x) {
                *pixel = 20;
            }
        }
        assert!(markers(&Bits::of(&stripes, 40)).is_empty());
    }
}
