// Plain words by a few rules: enough for the sentences that are measured.

import { countryNames } from './country_names.mjs';
import { refusal } from './pool.mjs';

const genders = { male: /\b(males?|m[ae]n|boys?|guys?)\b/, female: /\b(females?|wom[ae]n|girls?|lad(?:y|ies))\b/ };
const groups = { child: /\b(child|children|kids?)\b/, teenager: /\b(teens?|teenagers?)\b/, adult: /\badults?\b/, senior: /\b(seniors?|elderly)\b/ };
const demonyms = { nigerian: 'NG', nigerians: 'NG', kenyan: 'KE', kenyans: 'KE', ghanaian: 'GH', angolan: 'AO', british: 'GB' };
const codesByName = [...countryNames].map(([code, name]) => [name.toLowerCase(), code]).sort(([a], [b]) => b.length - a.length);

function countryIn(text) {
  const named = codesByName.find(([name]) => new RegExp(`\\b${name.replace(/[^\p{L}\p{N} ]/gu, '.')}\\b`).test(text));
  if (named) return named[1];
  return demonyms[text.split(/\W+/).find((word) => demonyms[word])];
}

/** The country of a sentence does not change; neither does the rest, but that costs next to nothing. */
const countries = new Map();
function rememberedCountryIn(text) {
  if (!countries.has(text) && countries.size < 1000) countries.set(text, countryIn(text));
  return countries.get(text);
}

/** The filters that a sentence means; throws 400. */
export function interpret(sentence) {
  const text = sentence.normalize('NFC').toLowerCase();
  const filters = {};
  const gender = Object.keys(genders).filter((name) => genders[name].test(text));
  if (gender.length === 1) [filters.gender] = gender;
  const group = Object.keys(groups).find((name) => groups[name].test(text));
  if (group) filters.age_group = group;
  if (/\b(young|youths?)\b/.test(text)) Object.assign(filters, { min_age: 16, max_age: 24 });
  const above = /\b(?:above|over|older than|at least|more than) (\d+)/.exec(text);
  if (above) filters.min_age = Number(above[1]);
  const below = /\b(?:below|under|younger than|at most|up to) (\d+)/.exec(text);
  if (below) filters.max_age = Number(below[1]);
  const range = /\b(?:between (?:the )?(?:ages )?(?:of )?(\d+) and (\d+)|aged? (\d+) ?[-–—] ?(\d+))/.exec(text);
  if (range) [filters.min_age, filters.max_age] = range.slice(1).filter((number) => number !== undefined).map(Number);
  const country = rememberedCountryIn(text);
  if (country) filters.country_id = country;
  if (Object.keys(filters).length === 0 && gender.length === 0) throw refusal(400, 'Unable to interpret query');
  return filters;
}
