import cluster from 'node:cluster';
import express from 'express';
import { authenticate, findProfile, loadKeys } from './backend.mjs';

const workers = 2;

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
  app.get('/api/v1/profiles/:id', async (request, response) => {
    response.json({ status: 'success', data: await findProfile(request.params.id) });
  });
  app.use((fault, request, response, next) => {
    if (response.headersSent) return next(fault);
    return response.status(fault.status ?? 500).json({ status: 'error', message: fault.message });
  });
  app.listen(Number(process.env.BENCH_PORT), '127.0.0.1');
}
