//! Points, rectangles, and the projection of a page into a picture.

/// A place: millimetres on the page from its top left corner, or pixels of a picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Downwards.
    pub y: f64,
}

impl Point {
    pub(crate) const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    pub(crate) fn distance(self, other: Self) -> f64 {
        (self.x - other.x).hypot(self.y - other.y)
    }
}

/// An upright rectangle, in millimetres on the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rect {
    /// Left side.
    pub x: f64,
    /// Upper side.
    pub y: f64,
    /// From left to right.
    pub width: f64,
    /// From top to bottom.
    pub height: f64,
}

impl Rect {
    pub(crate) const fn new(x: f64, y: f64, width: f64, height: f64) -> Self {
        Self {
            x,
            y,
            width,
            height,
        }
    }

    /// A square around its middle.
    pub(crate) const fn around(middle: Point, side: f64) -> Self {
        Self::new(middle.x - side / 2.0, middle.y - side / 2.0, side, side)
    }

    /// The middle.
    #[must_use]
    pub const fn middle(&self) -> Point {
        Point::new(self.x + self.width / 2.0, self.y + self.height / 2.0)
    }

    /// Larger by so much on every side.
    pub(crate) const fn grown(&self, by: f64) -> Self {
        Self::new(
            self.x - by,
            self.y - by,
            self.width + 2.0 * by,
            self.height + 2.0 * by,
        )
    }
}

/// A perspective mapping of the plane (a 3 × 3 matrix, row by row).
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Projection([f64; 9]);

impl Projection {
    /// Takes the corners of a rectangle (top left, then clockwise) to four points; `None` when three
    /// of them lie on one line. Square to quadrilateral as in Heckbert, “Fundamentals of Texture
    /// Mapping and Image Warping” (1989), section 2.2.3.
    pub(crate) fn onto(from: Rect, to: [Point; 4]) -> Option<Self> {
        let [p0, p1, p2, p3] = to;
        let (dx1, dy1) = (p1.x - p2.x, p1.y - p2.y);
        let (dx2, dy2) = (p3.x - p2.x, p3.y - p2.y);
        let (sx, sy) = (p0.x - p1.x + p2.x - p3.x, p0.y - p1.y + p2.y - p3.y);
        let below = dx1 * dy2 - dx2 * dy1;
        if below.abs() < 1e-9 || from.width <= 0.0 || from.height <= 0.0 {
            return None;
        }
        let g = (sx * dy2 - sy * dx2) / below;
        let h = (dx1 * sy - dy1 * sx) / below;
        let (a, b, c) = (p1.x - p0.x + g * p1.x, p3.x - p0.x + h * p3.x, p0.x);
        let (d, e, f) = (p1.y - p0.y + g * p1.y, p3.y - p0.y + h * p3.y, p0.y);
        // Before it, the rectangle becomes the unit square.
        let (w, v) = (1.0 / from.width, 1.0 / from.height);
        let row = |a: f64, b: f64, c: f64| [a * w, b * v, c - a * w * from.x - b * v * from.y];
        let [m0, m1, m2] = row(a, b, c);
        let [m3, m4, m5] = row(d, e, f);
        let [m6, m7, m8] = row(g, h, 1.0);
        Some(Self([m0, m1, m2, m3, m4, m5, m6, m7, m8]))
    }

    /// Where a point comes to lie.
    pub(crate) fn at(&self, point: Point) -> Point {
        let [a, b, c, d, e, f, g, h, i] = self.0;
        let below = g * point.x + h * point.y + i;
        Point::new(
            (a * point.x + b * point.y + c) / below,
            (d * point.x + e * point.y + f) / below,
        )
    }

    /// The way back; `None` if there is none.
    pub(crate) fn inverse(&self) -> Option<Self> {
        let [a, b, c, d, e, f, g, h, i] = self.0;
        let minors = [
            e * i - f * h,
            c * h - b * i,
            b * f - c * e,
            f * g - d * i,
            a * i - c * g,
            c * d - a * f,
            d * h - e * g,
            b * g - a * h,
            a * e - b * d,
        ];
        let determinant = a * minors[0] + b * minors[3] + c * minors[6];
        (determinant.abs() > 1e-12).then(|| Self(minors.map(|minor| minor / determinant)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corners_go_where_they_are_told_and_come_back() {
        let page = Rect::new(12.0, 12.0, 273.0, 186.0);
        let to = [
            Point::new(110.0, 95.0),
            Point::new(900.0, 140.0),
            Point::new(870.0, 700.0),
            Point::new(60.0, 640.0),
        ];
        let onto = Projection::onto(page, to).unwrap();
        let back = onto.inverse().unwrap();
        for (x, y, expected) in [
            (12.0, 12.0, to[0]),
            (285.0, 12.0, to[1]),
            (285.0, 198.0, to[2]),
            (12.0, 198.0, to[3]),
        ] {
            let there = onto.at(Point::new(x, y));
            assert!(there.distance(expected) < 1e-6, "{there:?}");
            assert!(back.at(there).distance(Point::new(x, y)) < 1e-6);
        }
    }

    #[test]
    fn corners_on_one_line_have_no_projection() {
        let line = [0.0, 1.0, 2.0, 3.0].map(|x| Point::new(x, x));
        assert_eq!(Projection::onto(Rect::new(0.0, 0.0, 1.0, 1.0), line), None);
    }
}
