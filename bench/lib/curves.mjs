// Growth curves on two logarithmic axes, as SVG that is readable on light and dark pages.

const left = 70;
const top = 48;
const plotWidth = 560;
const plotHeight = 440;
const labelWidth = 300;
const lineHeight = 15;
const width = left + plotWidth + labelWidth;
const height = top + plotHeight + 56;
const colours = ['#e6692a', '#2f7fd6', '#2a9d57', '#b04fc4', '#c9971a', '#d6455d', '#1c9aa8', '#7d6be0', '#8a7350', '#6f8f1f'];
const dashes = ['', '7 3', '2 3'];

const decadeOf = (value) => Math.floor(Math.log10(value) + 1e-9);
const escaped = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

function axes(sizes, values) {
  const bottom = decadeOf(Math.min(...values));
  const ceiling = decadeOf(Math.max(...values)) + 1;
  const [first, last] = [sizes[0], sizes.at(-1)].map(Math.log10);
  return {
    decades: Array.from({ length: ceiling - bottom + 1 }, (_, index) => 10 ** (bottom + index)),
    x: (size) => left + (plotWidth * (Math.log10(size) - first)) / Math.max(1e-9, last - first),
    y: (value) => top + plotHeight * (1 - (Math.log10(value) - bottom) / (ceiling - bottom)),
  };
}

/** Labels beside the ends of their lines, moved apart where they would overlap. */
function placed(labels) {
  const sorted = labels.toSorted((a, b) => a.y - b.y);
  for (let i = 1; i < sorted.length; i += 1) sorted[i].y = Math.max(sorted[i].y, sorted[i - 1].y + lineHeight);
  const excess = sorted.length > 0 ? sorted.at(-1).y - (top + plotHeight) : 0;
  if (excess <= 0) return sorted;
  sorted.at(-1).y -= excess;
  for (let i = sorted.length - 2; i >= 0; i -= 1) sorted[i].y = Math.min(sorted[i].y, sorted[i + 1].y - lineHeight);
  return sorted;
}

function grid({ sizes, x, y, decades }) {
  const name = (ms) => (ms >= 1000 ? `${ms / 1000} s` : `${ms} ms`);
  const across = decades.map((ms) => `<path class="grid" d="M${left} ${y(ms).toFixed(1)}h${plotWidth}"/><text x="${left - 8}" y="${(y(ms) + 4).toFixed(1)}" text-anchor="end">${name(ms)}</text>`);
  const down = sizes.map((size) => `<path class="grid" d="M${x(size).toFixed(1)} ${top}v${plotHeight}"/><text x="${x(size).toFixed(1)}" y="${top + plotHeight + 20}" text-anchor="middle">${size.toLocaleString('en')}</text>`);
  return [...across, ...down].join('\n');
}

function line({ what, points }, index, x, y) {
  const style = `stroke="${colours[index % colours.length]}" stroke-dasharray="${dashes[Math.floor(index / colours.length) % dashes.length]}"`;
  const path = points.map(([size, ms], at) => `${at === 0 ? 'M' : 'L'}${x(size).toFixed(1)} ${y(ms).toFixed(1)}`).join('');
  const dots = points.map(([size, ms]) => `<circle cx="${x(size).toFixed(1)}" cy="${y(ms).toFixed(1)}" r="2.5" fill="${colours[index % colours.length]}"/>`).join('');
  return `<g><title>${escaped(what)}</title><path class="curve" ${style} d="${path}"/>${dots}</g>`;
}

function label({ what, colour, from, end, y }) {
  return `<path class="lead" stroke="${colour}" d="M${end} ${from.toFixed(1)}L${left + plotWidth + 18} ${y.toFixed(1)}"/><text x="${left + plotWidth + 22}" y="${(y + 4).toFixed(1)}">${escaped(what)}</text>`;
}

/** scale: { sizes, rows: { what: [ms at each size or null] } }. */
export function curves({ sizes, rows }) {
  const series = Object.entries(rows)
    .map(([what, values]) => ({ what, points: sizes.map((size, index) => [size, values[index]]).filter(([, ms]) => ms > 0) }))
    .filter(({ points }) => points.length > 0);
  const { decades, x, y } = axes(sizes, series.flatMap(({ points }) => points.map(([, ms]) => ms)));
  const labels = placed(series.map(({ what, points }, index) => {
    const [size, ms] = points.at(-1);
    return { what: `${what}: ${ms.toLocaleString('en')} ms`, colour: colours[index % colours.length], from: y(ms), end: x(size).toFixed(1), y: y(ms) };
  }));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="12" role="img" aria-label="Milliseconds of a request by the number of profiles">
<style>
text { fill: #3d444d } .grid { stroke: #8b949e; stroke-opacity: .35; fill: none } .curve { fill: none; stroke-width: 1.8 } .lead { fill: none; stroke-opacity: .5 }
@media (prefers-color-scheme: dark) { text { fill: #c9d1d9 } }
</style>
<text x="${left}" y="22" font-size="15" font-weight="600">Milliseconds of one request, by the number of profiles</text>
<text x="${left}" y="38">both axes logarithmic; medians, one request at a time</text>
${grid({ sizes, x, y, decades })}
${series.map((one, index) => line(one, index, x, y)).join('\n')}
${labels.map(label).join('\n')}
<text x="${left + plotWidth / 2}" y="${top + plotHeight + 42}" text-anchor="middle">profiles</text>
</svg>
`;
}
