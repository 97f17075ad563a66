import cluster from 'node:cluster';
import Fastify from 'fastify';
import { authenticate, loadKeys, requireAdmin } from './access.mjs';
import { pageAnswer, pingAnswer, profileAnswer, statsAnswer } from './answer_schemas.mjs';
import { exportProfiles } from './csv_export.mjs';
import { importProfiles } from './csv_import.mjs';
import { findProfile, listProfiles, readStats, searchProfiles } from './profile_queries.mjs';

const workers = 2;
const prefix = '/api/v1/profiles';

async function profileRoutes(api) {
  api.addHook('onRequest', async (request) => {
    request.actor = await authenticate(request.headers.authorization);
  });
  api.get('/', pageAnswer, async (request) => listProfiles(prefix, request.query));
  api.get('/search', pageAnswer, async (request) => searchProfiles(`${prefix}/search`, request.query));
  api.get('/stats', statsAnswer, async (request) => ({ status: 'success', data: await readStats(request.query) }));
  api.get('/export', async (request, reply) => {
    const lines = await exportProfiles(request.query);
    return reply.type('text/csv; charset=utf-8').header('Content-Disposition', 'attachment; filename="profiles.csv"').send(lines);
  });
  api.post('/import', async (request) => {
    requireAdmin(request.actor);
    return importProfiles(request.body);
  });
  api.get('/:id', profileAnswer, async (request) => ({ status: 'success', data: await findProfile(request.params.id) }));
}

if (cluster.isPrimary) {
  for (let i = 0; i < workers; i += 1) cluster.fork();
} else {
  await loadKeys();
  const app = Fastify();
  app.decorateRequest('actor', null);
  app.addContentTypeParser('text/csv', (request, payload, done) => done(null, payload));
  app.get('/ping', pingAnswer, async () => ({ status: 'ok' }));
  app.register(profileRoutes, { prefix });
  app.setErrorHandler((fault, request, reply) =>
    reply.status(fault.status ?? fault.statusCode ?? 500).send({ status: 'error', message: fault.message }),
  );
  await app.listen({ port: Number(process.env.BENCH_PORT), host: '127.0.0.1' });
}
