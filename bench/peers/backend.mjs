// What both peers share: the work of a request is the same as in insighta-api. The token is checked,
// its session and person are looked up by primary key, then the row itself; prepared statements
// throughout.

import { createPublicKey } from 'node:crypto';
import jwt from 'jsonwebtoken';
import pg from 'pg';

const { BENCH_ISSUER: issuer, BENCH_DATABASE_HOST, BENCH_DATABASE_PASSWORD } = process.env;

const pool = new pg.Pool({
  host: BENCH_DATABASE_HOST,
  database: 'insighta',
  user: 'insighta_api',
  password: BENCH_DATABASE_PASSWORD,
  max: 16,
});

const keys = new Map();

export async function loadKeys() {
  const { keys: jwks } = await (await fetch(`${issuer}/.well-known/jwks.json`)).json();
  for (const jwk of jwks) keys.set(jwk.kid, createPublicKey({ key: jwk, format: 'jwk' }));
}

const accessQuery = {
  name: 'access',
  text: `select u.id, u.roles, u.is_active, u.auth_epoch, s.revoked_at is not null as is_revoked, s.expires_at
         from identity.sessions s join identity.users u on u.id = s.user_id
         where s.id = $1`,
};

const profileQuery = {
  name: 'profile',
  text: `select id, name, gender, gender_probability, age, country_id, country_probability, created_at
         from profiles.profiles where id = $1`,
};

/** The person of a request; throws an error with a status. */
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
  const { rows } = await pool.query({ ...accessQuery, values: [claims.sid] });
  const access = rows[0];
  if (!access || access.is_revoked || access.expires_at <= new Date() || access.auth_epoch !== claims.epoch)
    throw refusal(401, 'The session is over');
  if (!access.is_active) throw refusal(403, 'This account was deactivated');
  if (!access.roles.some((role) => role === 'admin' || role === 'analyst'))
    throw refusal(403, 'You may not read profiles');
  return access;
}

function ageGroup(age) {
  if (age <= 12) return 'child';
  if (age <= 19) return 'teenager';
  return age <= 59 ? 'adult' : 'senior';
}

const countryNames = new Intl.DisplayNames(['en'], { type: 'region' });

/** The profile as the API shows it; throws 404. */
export async function findProfile(id) {
  const { rows } = await pool.query({ ...profileQuery, values: [id] });
  const row = rows[0];
  if (!row) throw refusal(404, 'Profile not found');
  return {
    id: row.id,
    name: row.name,
    gender: row.gender,
    gender_probability: row.gender_probability,
    age: row.age,
    age_group: ageGroup(row.age),
    country_id: row.country_id,
    country_name: countryNames.of(row.country_id),
    country_probability: row.country_probability,
    created_at: row.created_at.toISOString().replace('.000Z', 'Z'),
  };
}

export function refusal(status, message) {
  return Object.assign(new Error(message), { status });
}
