// Medians of turns, and how they are told.

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Half the distance between the fastest and the slowest turn, in percent of the median. */
function spread(values) {
  return ((Math.max(...values) - Math.min(...values)) / 2 / median(values)) * 100;
}

export const round = (value, digits = 2) => Number(value.toFixed(digits));
const rounded = (value) => round(value, value >= 100 ? 0 : value >= 10 ? 1 : 3);
const isLessBetter = (unit) => unit !== 'req/s';

/** More is always better: how many times as good a is as b. */
const timesAsGood = (unit, a, b) => round(isLessBetter(unit) ? b / a : a / b);

const valuesOf = (turns) => turns.map((turn) => turn.rate ?? turn.value);
const mapValues = (object, change) => Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]));

/** Medians of what every turn says beside its value. */
const fields = { p50: 'p50_ms', p99: 'p99_ms', cpuUs: 'cpu_us', rssMib: 'rss_mib', growthMib: 'growth_mib' };
function medians(turns) {
  const said = Object.keys(fields).filter((field) => turns.every((turn) => turn[field] !== undefined));
  return Object.fromEntries(said.map((field) => [fields[field], round(median(turns.map((turn) => turn[field])))]));
}

/** The figures of one measurement in the shape that scripts read. turns: { ours, peers, limit }; extras: { what: text }. */
export function result(unit, { ours, peers = {}, limit }, extras = {}) {
  const value = (turns) => rounded(median(valuesOf(turns)));
  const figures = { unit, ours: value(ours), peers: mapValues(peers, value) };
  if (limit) figures.limit = value(limit);
  const all = Object.values(figures.peers);
  if (all.length > 0) figures.ratio_to_best_peer = timesAsGood(unit, figures.ours, isLessBetter(unit) ? Math.min(...all) : Math.max(...all));
  if (limit) figures.ratio_to_limit = timesAsGood(unit, figures.ours, figures.limit);
  Object.assign(figures, medians(ours), {
    turns: ours.length,
    spread_percent: round(spread(valuesOf(ours)), 1),
    peers_spread_percent: mapValues(peers, (turns) => round(spread(valuesOf(turns)), 1)),
    peers_figures: mapValues(peers, medians),
  });
  if (limit) figures.limit_spread_percent = round(spread(valuesOf(limit)), 1);
  if (Object.keys(extras).length > 0) figures.extras = extras;
  return figures;
}

/** What the limit of a measurement is, where it is not pgbench. */
const limitNames = { 'import-500k': '\\copy', 'export-500k': '\\copy', 'cli-startup': '/bin/true', 'reads-during-import': 'no import', 'scale-10m': 'at the start' };
const ourNames = { 'portal-dashboard': 'insighta-portal', 'cli-startup': 'insighta' };

function row(name, server, value, unit, ratio, spreadPercent, more) {
  const memory = more.growth_mib === undefined ? more.rss_mib : `+${more.growth_mib}`;
  const latency = more.p50_ms === undefined ? undefined : `${more.p50_ms} / ${more.p99_ms}`;
  return [name, server, `${value} ${unit}`, ratio, `${spreadPercent} %`, more.cpu_us, memory, latency].map((cell) => cell ?? '');
}

function rowsOf(name, figures) {
  const { unit, ours, peers, limit } = figures;
  const rows = [row(name, ourNames[name] ?? 'insighta-api', ours, unit, '1', figures.spread_percent, figures)];
  for (const [peer, value] of Object.entries(peers))
    rows.push(row(name, peer, value, unit, timesAsGood(unit, ours, value), figures.peers_spread_percent[peer], figures.peers_figures[peer]));
  if (limit !== undefined)
    rows.push(row(name, `${limitNames[name] ?? 'pgbench'} (limit)`, limit, unit, figures.ratio_to_limit, figures.limit_spread_percent, {}));
  return rows;
}

const header = ['name', 'who', 'median', 'ours is x times', 'spread', 'CPU us/req', 'MiB', 'p50 / p99 ms'];

export function printResults(results) {
  const rows = Object.entries(results).flatMap(([name, figures]) => rowsOf(name, figures));
  const table = [header, ...rows].map((cells) => cells.map(String));
  const widths = header.map((_, column) => Math.max(...table.map((cells) => cells[column].length)));
  for (const cells of table) console.log(cells.map((cell, column) => cell.padEnd(widths[column])).join('  ').trimEnd());
  for (const [name, { extras = {} }] of Object.entries(results))
    for (const [what, text] of Object.entries(extras)) console.log(`${name}: ${what}: ${text}`);
}

export function tableOf(results) {
  const rows = Object.entries(results).flatMap(([name, figures]) => rowsOf(name, figures));
  const table = [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  const extras = Object.entries(results).flatMap(([name, figures]) =>
    Object.entries(figures.extras ?? {}).map(([what, text]) => `* ${name}, ${what}: ${text}`));
  return [...table, ...(extras.length > 0 ? ['', ...extras] : [])].join('\n');
}
