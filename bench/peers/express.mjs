import cluster from 'node:cluster';
import { pipeline } from 'node:stream/promises';
import express from 'express';
import { authenticate, loadKeys, requireAdmin } from './access.mjs';
import { exportProfiles } from './csv_export.mjs';
import { importProfiles } from './csv_import.mjs';
import { findProfile, listProfiles, readStats, searchProfiles } from './profile_queries.mjs';

const workers = 2;

function profileRoutes() {
  const routes = express.Router();
  routes.get('/', async (request, response) => {
    response.json(await listProfiles(request.baseUrl, request.query));
  });
  routes.get('/search', async (request, response) => {
    response.json(await searchProfiles(`${request.baseUrl}/search`, request.query));
  });
  routes.get('/stats', async (request, response) => {
    response.json({ status: 'success', data: await readStats(request.query) });
  });
  routes.get('/export', async (request, response) => {
    const lines = await exportProfiles(request.query);
    response.type('text/csv').attachment('profiles.csv');
    await pipeline(lines, response);
  });
  routes.post('/import', async (request, response) => {
    requireAdmin(request.actor);
    response.json(await importProfiles(request));
  });
  routes.get('/:id', async (request, response) => {
    response.json({ status: 'success', data: await findProfile(request.params.id) });
  });
  return routes;
}

if (cluster.isPrimary) {
  for (let i = 0; i < workers; i += 1) cluster.fork();
} else {
  await loadKeys();
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.get('/ping', (request, response) => response.json({ status: 'ok' }));
  app.use('/api/v1', async (request, response, next) => {
    request.actor = await authenticate(request.headers.authorization);
    next();
  });
  app.use('/api/v1/profiles', profileRoutes());
  app.use((fault, request, response, next) => {
    if (response.headersSent) return next(fault);
    return response.status(fault.status ?? 500).json({ status: 'error', message: fault.message });
  });
  app.listen(Number(process.env.BENCH_PORT), '127.0.0.1');
}
