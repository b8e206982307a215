//! The territory's own map, drawn from the outlines of its communes.

use std::fmt::Write as _;

use super::{Area, Gazetteer, Outlines, Point};

/// Width or height of the drawing, whichever is larger, in its own units.
const SIZE: f64 = 1000.0;
/// Free space around the drawing.
const MARGIN: f64 = 8.0;
/// Radius of the circle that stands for a commune without outline, in kilometres: that of a circle of 12 km², about the median commune.
const CIRCLE_KM: f64 = 1.95;
const KM_PER_DEGREE: f64 = 111.2;

/// A map as SVG parts. Coordinates are whole units, `y` down.
#[derive(Debug, Clone, PartialEq)]
pub struct TerritoryMap {
    /// Width in units.
    pub width: f64,
    /// Height in units.
    pub height: f64,
    /// One shape a commune, in order of code.
    pub shapes: Vec<MapShape>,
    projection: Projection,
}

/// A commune on the map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapShape {
    /// Code of the commune.
    pub code: &'static str,
    /// Its name, for the title.
    pub name: &'static str,
    /// Its drawing.
    pub shape: Shape,
}

/// How a commune is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// Its outline: the `d` of an SVG path, to be filled by even-odd.
    Path(String),
    /// No outline is known: a circle at its centre.
    Circle {
        /// Centre, from the left.
        x: i32,
        /// Centre, from the top.
        y: i32,
        /// Radius.
        r: i32,
    },
}

/// From degrees to units: longitudes shrunk by the cosine of the middle latitude, good for territories up to a region.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Projection {
    west: f64,
    north: f64,
    cosine: f64,
    scale: f64,
}

impl Projection {
    fn units(&self, point: Point) -> (f64, f64) {
        let x = (point.lon - self.west) * self.cosine * self.scale + MARGIN;
        let y = (self.north - point.lat) * self.scale + MARGIN;
        (x, y)
    }

    fn rounded(&self, point: Point) -> (i32, i32) {
        let (x, y) = self.units(point);
        // The drawing is a thousand units wide: far within range.
        #[expect(
            clippy::cast_possible_truncation,
            reason = "see above; `as` saturates for anything else"
        )]
        let whole = |value: f64| value.round() as i32;
        (whole(x), whole(y))
    }
}

/// What is known of a commune's place.
enum Place {
    Rings(Vec<Vec<Point>>),
    Centre(Point),
}

impl TerritoryMap {
    /// Draws the communes of an area. Those without outline become circles; those without outline and centre are left out; `None` when
    /// nothing can be drawn.
    #[must_use]
    pub fn draw(area: &Area, gazetteer: &Gazetteer, outlines: &Outlines) -> Option<Self> {
        let places: Vec<_> = gazetteer
            .communes_of(area)
            .filter_map(|commune| {
                let place = outlines
                    .rings(commune.code)
                    .map(Place::Rings)
                    .or_else(|| Some(Place::Centre(commune.centre()?)))?;
                Some((commune, place))
            })
            .collect();
        let (projection, width, height) = frame(places.iter().map(|(_, place)| place))?;
        let shapes = places
            .iter()
            .map(|(commune, place)| MapShape {
                code: commune.code,
                name: commune.name,
                shape: shape(place, &projection),
            })
            .collect();
        Some(Self {
            width,
            height,
            shapes,
            projection,
        })
    }

    /// The `viewBox` attribute.
    #[must_use]
    pub fn view_box(&self) -> String {
        format!("0 0 {} {}", self.width, self.height)
    }

    /// Where a point lies on the map, in units; it may lie outside. For sites and people.
    #[must_use]
    pub fn place(&self, point: Point) -> (f64, f64) {
        self.projection.units(point)
    }
}

/// The projection that fits everything into the drawing, and its width and height.
fn frame<'p>(places: impl Iterator<Item = &'p Place>) -> Option<(Projection, f64, f64)> {
    let (mut west, mut east, mut south, mut north) = (f64::MAX, f64::MIN, f64::MAX, f64::MIN);
    let mut take = |point: Point, by: f64| {
        let across = by / point.lat.to_radians().cos();
        west = west.min(point.lon - across);
        east = east.max(point.lon + across);
        south = south.min(point.lat - by);
        north = north.max(point.lat + by);
    };
    for place in places {
        match place {
            Place::Rings(rings) => rings.iter().flatten().for_each(|point| take(*point, 0.0)),
            Place::Centre(point) => take(*point, CIRCLE_KM / KM_PER_DEGREE),
        }
    }
    let cosine = f64::midpoint(south, north).to_radians().cos();
    let (across, down) = ((east - west) * cosine, north - south);
    let largest = across.max(down);
    (largest > 0.0 && largest.is_finite()).then(|| {
        let scale = (SIZE - 2.0 * MARGIN) / largest;
        let units = |extent: f64| (extent * scale + 2.0 * MARGIN).ceil();
        (
            Projection {
                west,
                north,
                cosine,
                scale,
            },
            units(across),
            units(down),
        )
    })
}

fn shape(place: &Place, projection: &Projection) -> Shape {
    match place {
        Place::Rings(rings) => Shape::Path(path(rings, projection)),
        Place::Centre(point) => {
            let (x, y) = projection.rounded(*point);
            #[expect(clippy::cast_possible_truncation, reason = "a thousand units at most")]
            let r = (CIRCLE_KM / KM_PER_DEGREE * projection.scale)
                .round()
                .max(3.0) as i32;
            Shape::Circle { x, y, r }
        }
    }
}

/// Absolute start, then differences between rounded corners: short, and neighbours meet exactly.
fn path(rings: &[Vec<Point>], projection: &Projection) -> String {
    let mut d = String::new();
    for ring in rings {
        let mut corners = ring.iter().map(|point| projection.rounded(*point));
        let Some((mut x, mut y)) = corners.next() else {
            continue;
        };
        // Writing to a String cannot fail.
        let _ = write!(d, "M{x} {y}l");
        for (to_x, to_y) in corners {
            if (to_x, to_y) != (x, y) {
                let _ = write!(d, "{} {} ", to_x - x, to_y - y);
                (x, y) = (to_x, to_y);
            }
        }
        d.truncate(d.trim_end_matches([' ', 'l']).len());
        d.push('z');
    }
    d
}
