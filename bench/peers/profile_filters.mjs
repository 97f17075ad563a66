// What a list is asked for, and its conditions in SQL.

import { refusal } from './pool.mjs';
import { countryNames } from './country_names.mjs';

export const ageGroups = { child: [0, 12], teenager: [13, 19], adult: [20, 59], senior: [60, 120] };
const sortColumns = {
  created_at: 'created_at', age: 'age', name: 'name_key',
  gender_probability: 'gender_probability', country_probability: 'country_probability',
};
const known = new Set(['gender', 'country_id', 'age_group', 'min_age', 'max_age', 'sort_by', 'order', 'page', 'limit', 'q', 'format']);

function integerOf(text, least) {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least) throw refusal(422, 'Invalid query parameters');
  return value;
}

function oneOf(text, allowed) {
  if (!allowed.includes(text)) throw refusal(422, 'Invalid query parameters');
  return text;
}

/** Filters, order and window of a request's query. */
export function readQuery(query) {
  for (const [name, value] of Object.entries(query))
    if (!known.has(name) || typeof value !== 'string') throw refusal(422, 'Invalid query parameters');
  const filters = {};
  if (query.gender) filters.gender = oneOf(query.gender.toLowerCase(), ['male', 'female']);
  if (query.country_id) filters.country_id = oneOf(query.country_id.toUpperCase(), [...countryNames.keys()]);
  if (query.age_group) filters.age_group = oneOf(query.age_group.toLowerCase(), Object.keys(ageGroups));
  if (query.min_age) filters.min_age = integerOf(query.min_age, 0);
  if (query.max_age) filters.max_age = integerOf(query.max_age, 0);
  return {
    filters,
    column: sortColumns[oneOf(query.sort_by ?? 'created_at', Object.keys(sortColumns))],
    direction: oneOf(query.order ?? 'asc', ['asc', 'desc']),
    page: integerOf(query.page ?? '1', 1),
    limit: Math.min(integerOf(query.limit ?? '10', 1), 50),
  };
}

const operators = { gender: ['gender', '='], country_id: ['country_id', '='], min_age: ['age', '>='], max_age: ['age', '<='] };

/** { shape, where, values }: the shape names the prepared statement. */
export function conditionsOf(filters) {
  const conditions = [];
  const values = [];
  const add = (column, operator, value) => conditions.push(`${column} ${operator} $${values.push(value)}`);
  for (const [name, [column, operator]] of Object.entries(operators))
    if (filters[name] !== undefined) add(column, operator, filters[name]);
  if (filters.age_group) {
    add('age', '>=', ageGroups[filters.age_group][0]);
    add('age', '<=', ageGroups[filters.age_group][1]);
  }
  const where = conditions.length ? `where ${conditions.join(' and ')}` : '';
  return { where, values };
}
