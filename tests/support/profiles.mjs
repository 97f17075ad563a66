// Profiles for tests.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './instance.mjs';

export const fields = [
  'id', 'name', 'gender', 'gender_probability', 'age', 'age_group', 'country_id', 'country_name', 'country_probability', 'created_at',
];

/** CSV of rows such as { name: 'Ada', age: 36 }; what a row leaves out is the same for all. */
export function csvOf(rows) {
  const columns = ['name', 'gender', 'age', 'country_id', 'gender_probability', 'country_probability', 'created_at'];
  const usual = { gender: 'female', age: 30, country_id: 'NG', gender_probability: 0.9, country_probability: 0.5, created_at: '2026-01-01T00:00:00Z' };
  const cell = (value) => (/[",\r\n]/.test(`${value}`) ? `"${`${value}`.replaceAll('"', '""')}"` : `${value}`);
  return [columns.join(','), ...rows.map((row) => columns.map((name) => cell({ ...usual, ...row }[name])).join(','))].join('\n') + '\n';
}

/** The published 2,026 profiles, as { profiles: [...] }; nothing where they are not beside the checkout. */
export function publishedProfiles() {
  const path = join(root, '../shared/data/seed_profiles.json');
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
