// Draws world.svg: one path per territory, named by its ISO 3166 alpha-2 code, on a grid of whole
// units. Pages colour a territory with <use href="…world.svg#NG">; "land" is all of them at once.
//
// usage: node draw_world.mjs ISO_3166_1_JSON OUTPUT
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { geoNaturalEarth1, geoStream } from 'd3-geo';
import { feature } from 'topojson-client';

const [isoFile, output] = process.argv.slice(2);
const require = createRequire(import.meta.url);
const atlas = JSON.parse(readFileSync(require.resolve('world-atlas/countries-50m.json')));
const iso = JSON.parse(readFileSync(isoFile))['3166-1'];
const alpha2 = new Map(iso.map((country) => [country.numeric, country.alpha_2]));
// Kosovo has no number in ISO 3166; XK is the code everyone uses.
const codeOf = (shape) =>
  alpha2.get(String(shape.id).padStart(3, '0')) ?? (shape.properties.name === 'Kosovo' ? 'XK' : undefined);

const WIDTH = 1000;
const shapes = feature(atlas, atlas.objects.countries).features.filter(
  (shape) => codeOf(shape) && codeOf(shape) !== 'AQ',
);
const projection = geoNaturalEarth1().precision(0.5).fitWidth(WIDTH, { type: 'FeatureCollection', features: shapes });

const distance = ([x, y], [ax, ay], [bx, by]) => {
  const length = Math.hypot(bx - ax, by - ay);
  return length === 0
    ? Math.hypot(x - ax, y - ay)
    : Math.abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length;
};

/** Douglas and Peucker: the points of a line that matter at `tolerance` units. */
function simplified(line, tolerance) {
  if (line.length < 3) return line;
  let farthest = 0;
  let at = 0;
  for (let i = 1; i < line.length - 1; i += 1) {
    const d = distance(line[i], line[0], line[line.length - 1]);
    if (d > farthest) [farthest, at] = [d, i];
  }
  if (farthest <= tolerance) return [line[0], line[line.length - 1]];
  return [...simplified(line.slice(0, at + 1), tolerance).slice(0, -1), ...simplified(line.slice(at), tolerance)];
}

const area = (ring) =>
  Math.abs(ring.reduce((sum, [x, y], i) => {
    const [nx, ny] = ring[(i + 1) % ring.length];
    return sum + x * ny - nx * y;
  }, 0)) / 2;

/** A closed ring on whole units, without repeated points. */
function snapped(ring) {
  // Split at the point farthest from the start, so that both halves have distinct ends.
  const start = ring[0];
  let at = 0;
  ring.forEach((point, i) => {
    if (Math.hypot(point[0] - start[0], point[1] - start[1]) >
        Math.hypot(ring[at][0] - start[0], ring[at][1] - start[1])) at = i;
  });
  const line = [...simplified(ring.slice(0, at + 1), 0.6).slice(0, -1), ...simplified(ring.slice(at), 0.6)];
  const points = line.map(([x, y]) => [Math.round(x), Math.round(y)]);
  return points.filter(([x, y], i) => i === 0 || x !== points[i - 1][0] || y !== points[i - 1][1]).slice(0, -1);
}

/** Relative commands are the shortest: `m450 120l2-3 …z`. */
function path(rings) {
  return rings.map((ring) => {
    let [px, py] = ring[0];
    const steps = ring.slice(1).map(([x, y]) => {
      const [dx, dy] = [x - px, y - py];
      [px, py] = [x, y];
      return `${dx}${dy < 0 ? '' : ' '}${dy}`;
    });
    return `M${ring[0][0]} ${ring[0][1]}l${steps.join(' ').replace(/ -/g, '-')}z`;
  }).join('');
}

/** The rings on the plane, cut at the antimeridian: Russia does not cross the whole map. */
function project(shape) {
  const rings = [];
  geoStream(shape, projection.stream({
    polygonStart() {},
    polygonEnd() {},
    lineStart() { rings.push([]); },
    lineEnd() { rings.at(-1).push(rings.at(-1)[0]); },
    point(x, y) { rings.at(-1).push([x, y]); },
  }));
  return rings;
}

function ringsOf(shape) {
  const projected = project(shape);
  const rings = projected.map(snapped).filter((ring) => ring.length > 2 && area(ring) >= 1);
  if (rings.length > 0) return rings;
  // An island smaller than the grid is still there: a dot of two units.
  const [x, y] = projected[0][0].map(Math.round);
  return [[[x - 1, y - 1], [x + 1, y - 1], [x + 1, y + 1], [x - 1, y + 1]]];
}

const paths = new Map();
for (const shape of shapes) paths.set(codeOf(shape), [...(paths.get(codeOf(shape)) ?? []), ...ringsOf(shape)]);
const lowest = Math.max(...[...paths.values()].flat(2).map(([, y]) => y));
const body = [...paths].sort().map(([code, rings]) => `<path id="${code}" d="${path(rings)}"/>`).join('\n');
writeFileSync(output,
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${lowest + 2}"><g id="land">\n${body}\n</g></svg>\n`);
