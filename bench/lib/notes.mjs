// What is alike in each measurement, and what is not.

export const ofAll = [
  'Servers, PostgreSQL and the load generator share the cores. 64 connections of one wrk thread.',
  'The peers (`bench/peers`) are Express and Fastify with node-postgres: two worker processes, prepared statements, 16 connections each, on the same database as the same role. Before a run both must give the same answers as ours.',
  'Every server checks the same ES256 token and looks its session and person up by primary key each time. insighta-api remembers tokens whose signature it has verified, by their hash; the peers verify each time, as jsonwebtoken does.',
  'insighta-api also counts the rate limit, writes its log line and its metrics; the peers do none of that.',
  'pgbench has 8 clients (16 for refresh and bookings, as insighta-api has connections for transactions), prepared statements, one query per round trip; no HTTP, tokens or JSON. For profiles it replays what PostgreSQL heard from insighta-api, with the same parameters. insighta-api sends what comes in one turn of its loop in one message, which is how it can be the faster.',
  'A limit is no competitor but the floor: what the database alone costs for the same work.',
];

export const notes = {
  ping: 'a constant JSON answer without a token: what HTTP itself costs.',
  'profile-by-id': '1,000 random ids in turn; the answers have the same ten fields.',
  'profile-page': `eight lists of 50 with exact totals, in turn: page 1 and 2, by gender, country, ages, group, and four orders. The
  peers count by count(*) beside the page's query. insighta-api's links carry a cursor as well.`,
  'profile-page-deep': `page numbers nine tenths into the whole list in four orders, and into one gender. The peers read the ids first
  and then join, as the table's indexes like it.`,
  'profile-search': `eight sentences in turn, with exact totals. The peers know only the words that these sentences need, by regular
  expressions; insighta-api reads the whole grammar and says what it understood.`,
  'profile-stats': 'of everybody, of a country, and of women from 18 on. The peers group the rows by one query with grouping sets.',
  'import-500k': `one CSV file by curl into an empty table. \`\\copy\` reads the finished rows, ids and folded names included, from a
  file into a table with the same columns, constraints and indexes, without triggers; the servers read, check and fold
  the caller's CSV, drop repeated names, and keep the totals. The peers insert 5,000 rows a statement while they parse.`,
  'export-500k': `curl to /dev/null, every row in the default order with ten columns. \`\\copy\` is the eight stored columns in the
  order of the table; in the order of the export it is named beside it. The peers let PostgreSQL write the lines (COPY).`,
  refresh: 'spends a refresh token for another and signs an access token. pgbench runs the statements of the same transaction.',
  'token-verify': 'GET /auth/me with the tokens of 128 people in turn. openssl alone says what verifying a signature costs.',
  'book-hot-slot': `64 clients who want any of 8 hours of one trainer. What was booked is cancelled by a later request, so a figure counts
  bookings, refusals (409) and cancellations. pgbench runs the statements of the same transactions with the look at
  session and person before each.`,
  'book-spread': '64 clients with a trainer each, else as book-hot-slot.',
  'portal-dashboard': `the whole page for a signed-in person, over 50,000 profiles (the peer groups the rows each
  time). The portal asks the API over HTTP for the person and the statistics, so CPU and
  memory are those of both processes; express-ejs reads session, person and statistics from the database itself (one
  process less, a plain session cookie without sealed tokens) and draws the same cards, charts, map and tables with EJS.`,
  'cli-startup': `CPU (user and system) of a whole process, fork and exec included, by the shell's times over many runs. The peer is
  node printing its version.`,
  'reads-during-import': `p99 of one list of 50 at a fixed rate while an import of the CSV runs beside it, counted from when each request was due;
  the limit is the same without an import.`,
  soak: 'wrk at full speed with lists, searches and single profiles; resident memory of insighta-api.',
  'scale-10m': `one connection, one request at a time, medians of 15 after 3 that warm up; the table was vacuumed and analysed at each
  size. Imports go on from the size, 100,000 rows (90,000 at the first), and are given per 100,000.`,
};
