// Who asks: the token is checked, its session and person are looked up by primary key.

import { createPublicKey } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { pool, refusal } from './pool.mjs';

const { BENCH_ISSUER: issuer } = process.env;
const keys = new Map();

export async function loadKeys() {
  const { keys: jwks } = await (await fetch(`${issuer}/.well-known/jwks.json`)).json();
  for (const jwk of jwks) keys.set(jwk.kid, createPublicKey({ key: jwk, format: 'jwk' }));
}

const accessQuery = {
  name: 'access',
  text: `select u.id, u.login, u.roles, u.is_active, u.auth_epoch, s.revoked_at is not null as is_revoked, s.expires_at
         from identity.sessions s join identity.users u on u.id = s.user_id
         where s.id = $1`,
};

/** The person of a session that lives; throws an error with a status. */
export async function personOf(session) {
  const { rows } = await pool.query({ ...accessQuery, values: [session] });
  const person = rows[0];
  if (!person || person.is_revoked || person.expires_at <= new Date()) throw refusal(401, 'The session is over');
  if (!person.is_active) throw refusal(403, 'This account was deactivated');
  if (!person.roles.some((role) => role === 'admin' || role === 'analyst'))
    throw refusal(403, 'You may not read profiles');
  return person;
}

/** The person of a request with a bearer token. */
export async function authenticate(authorization) {
  if (!authorization?.startsWith('Bearer ')) throw refusal(401, 'Sign in first');
  const token = authorization.slice(7);
  let claims;
  try {
    const { kid } = jwt.decode(token, { complete: true }).header;
    claims = jwt.verify(token, keys.get(kid), { algorithms: ['ES256'], issuer, audience: issuer });
  } catch {
    throw refusal(401, 'The access token is not valid');
  }
  const person = await personOf(claims.sid);
  if (person.auth_epoch !== claims.epoch) throw refusal(401, 'The session is over');
  return person;
}

export function requireAdmin(person) {
  if (!person.roles.includes('admin')) throw refusal(403, 'Only admins may import');
}
