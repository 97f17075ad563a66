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

const round = (value, digits = 2) => Number(value.toFixed(digits));

/** The figures of one measurement in the shape that scripts read. turns: {ours, peers, limit}. */
export function result(unit, turns) {
  const rate = (list) => median(list.map((turn) => turn.rate));
  const ours = rate(turns.ours);
  const peers = Object.fromEntries(Object.entries(turns.peers).map(([name, list]) => [name, round(rate(list), 0)]));
  const limit = turns.limit ? rate(turns.limit) : undefined;
  const of = (field) => round(median(turns.ours.map((turn) => turn[field])));
  return {
    unit,
    ours: round(ours, 0),
    peers,
    ...(limit && { limit: round(limit, 0) }),
    ...(Object.keys(peers).length > 0 && { ratio_to_best_peer: round(ours / Math.max(...Object.values(peers))) }),
    ...(limit && { ratio_to_limit: round(ours / limit) }),
    p50_ms: of('p50'),
    p99_ms: of('p99'),
    cpu_us: of('cpuUs'),
    rss_mib: of('rssMib'),
    spread_percent: round(spread(turns.ours.map((turn) => turn.rate)), 1),
    peers_cpu_us: Object.fromEntries(
      Object.entries(turns.peers).map(([name, list]) => [name, round(median(list.map((turn) => turn.cpuUs)), 1)]),
    ),
    peers_rss_mib: Object.fromEntries(
      Object.entries(turns.peers).map(([name, list]) => [name, round(median(list.map((turn) => turn.rssMib)), 1)]),
    ),
  };
}

function lines(results) {
  const rows = [];
  for (const [name, figures] of Object.entries(results)) {
    rows.push([name, 'insighta-api', figures.ours, '1', figures.cpu_us, figures.rss_mib, `${figures.p50_ms} / ${figures.p99_ms}`]);
    for (const [peer, rate] of Object.entries(figures.peers))
      rows.push([name, peer, rate, (figures.ours / rate).toFixed(2), figures.peers_cpu_us[peer], figures.peers_rss_mib[peer], '']);
    if (figures.limit) rows.push([name, 'pgbench (limit)', figures.limit, figures.ratio_to_limit, '', '', '']);
  }
  return rows;
}

const header = ['name', 'server', 'req/s', 'ours is x times', 'CPU us/req', 'MiB', 'p50 / p99 ms'];

export function printResults(results) {
  const table = [header, ...lines(results)].map((row) => row.map(String));
  const widths = header.map((_, column) => Math.max(...table.map((row) => row[column].length)));
  for (const row of table) console.log(row.map((cell, column) => cell.padEnd(widths[column])).join('  ').trimEnd());
}

export function asMarkdown(results, machine, effort) {
  const table = [header, header.map(() => '---'), ...lines(results)].map((row) => `| ${row.join(' | ')} |`).join('\n');
  const spreads = Object.entries(results).map(([name, figures]) => `${name} ${figures.spread_percent} %`).join(', ');
  return `# Benchmarks

Written by \`./dev bench\` on ${new Date().toISOString().slice(0, 10)}. Medians of ${effort.rounds} turns of ${effort.seconds} s each; ours, the
peers and the limit take turns in one run, so that a figure is only ever compared with its neighbours. Half the spread
of our turns: ${spreads}.

Machine: ${machine.cpu}, ${machine.cores} cores, ${machine.memory}, ${machine.kernel}; PostgreSQL ${machine.postgres},
Node ${process.version}. Servers, PostgreSQL and the load generator share the cores. ${effort.rows.toLocaleString('en')} profiles.
64 connections of one wrk thread; pgbench with 8 clients, for refresh and bookings with 16 as insighta-api has
connections for transactions, prepared statements, one query per round trip.

${table}

## What is alike, and what is not

* Every server checks the same ES256 token, looks its session and person up by primary key, reads one profile by
  primary key, and answers the same ten fields. Express and Fastify run two worker processes with node-postgres and
  prepared statements (\`bench/peers\`).
* insighta-api remembers tokens whose signature it has verified, by their hash; the peers verify each time, as
  jsonwebtoken does. What the session and person may is read from the database every time by all of them.
* insighta-api also counts the rate limit, writes its log line and its metrics; the peers do none of that.
* pgbench runs the same two statements without HTTP, tokens or JSON, one after the other; insighta-api sends what comes
  in one turn of its loop in one message, which is how it can be the faster.
* refresh spends a refresh token for another and signs an access token; token-verify is GET /auth/me with the tokens
  of 128 people in turn. pgbench runs the statements of the same transaction, taken from the same files.
* book-hot-slot is 64 clients who want any of 8 hours of one trainer, book-spread 64 clients with a trainer each. What
  was booked is cancelled by a later request, so a figure counts bookings, refusals (409, hot only) and cancellations.
  pgbench runs the statements of the same transactions with the look at session and person before each.
* ping is a constant JSON answer: what HTTP itself costs.
`;
}
