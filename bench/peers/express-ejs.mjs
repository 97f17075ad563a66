// The dashboard as an Express application would have it: a session cookie, the statistics by SQL, a template.

import cluster from 'node:cluster';
import { join } from 'node:path';
import express from 'express';
import { personOf } from './access.mjs';
import { figuresOf } from './dashboard_figures.mjs';
import { refusal } from './pool.mjs';
import { readStats } from './profile_queries.mjs';

const workers = 2;

function sessionOf(request) {
  const cookie = /(?:^|;\s*)session=([0-9a-f-]{36})/.exec(request.headers.cookie ?? '');
  if (!cookie) throw refusal(401, 'Sign in first');
  return cookie[1];
}

if (cluster.isPrimary) {
  for (let i = 0; i < workers; i += 1) cluster.fork();
} else {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('views', join(import.meta.dirname, 'views'));
  app.set('view engine', 'ejs');
  app.get('/ping', (request, response) => response.json({ status: 'ok' }));
  app.get('/dashboard', async (request, response) => {
    const [person, stats] = await Promise.all([personOf(sessionOf(request)), readStats(request.query)]);
    response.render('people', figuresOf(person, stats));
  });
  app.use((fault, request, response, next) => {
    if (response.headersSent) return next(fault);
    return response.status(fault.status ?? 500).type('text').send(fault.message);
  });
  app.listen(Number(process.env.BENCH_PORT), '127.0.0.1');
}
