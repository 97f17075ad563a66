import cluster from 'node:cluster';
import Fastify from 'fastify';
import { authenticate, findProfile, loadKeys } from './backend.mjs';

const workers = 2;

const text = { type: 'string' };
const number = { type: 'number' };
// A response schema lets Fastify compile the serializer, as its manual advises.
const profileAnswer = {
  type: 'object',
  properties: {
    status: text,
    data: {
      type: 'object',
      properties: {
        id: text,
        name: text,
        gender: text,
        gender_probability: number,
        age: { type: 'integer' },
        age_group: text,
        country_id: text,
        country_name: text,
        country_probability: number,
        created_at: text,
      },
    },
  },
};

if (cluster.isPrimary) {
  for (let i = 0; i < workers; i += 1) cluster.fork();
} else {
  await loadKeys();
  const app = Fastify();
  app.get('/ping', { schema: { response: { 200: { type: 'object', properties: { status: text } } } } }, async () => ({
    status: 'ok',
  }));
  app.register(
    async (api) => {
      api.addHook('onRequest', async (request) => {
        request.actor = await authenticate(request.headers.authorization);
      });
      api.get('/profiles/:id', { schema: { response: { 200: profileAnswer } } }, async (request) => ({
        status: 'success',
        data: await findProfile(request.params.id),
      }));
    },
    { prefix: '/api/v1' },
  );
  app.setErrorHandler((fault, request, reply) =>
    reply.status(fault.status ?? 500).send({ status: 'error', message: fault.message }),
  );
  await app.listen({ port: Number(process.env.BENCH_PORT), host: '127.0.0.1' });
}
