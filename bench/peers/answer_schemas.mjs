// A response schema lets Fastify compile the serializer, as its manual advises.

const text = { type: 'string' };
const number = { type: 'number' };
const integer = { type: 'integer' };
const object = (properties) => ({ type: 'object', properties });
const list = (items) => ({ type: 'array', items });
const answers = (schema) => ({ schema: { response: { 200: schema } } });

const profile = object({
  id: text, name: text, gender: text, gender_probability: number, age: integer, age_group: text,
  country_id: text, country_name: text, country_probability: number, created_at: text,
});
const maybeText = { type: ['string', 'null'] };

export const pingAnswer = answers(object({ status: text }));
export const profileAnswer = answers(object({ status: text, data: profile }));
export const pageAnswer = answers(object({
  status: text, page: integer, limit: integer, total: integer, total_pages: integer,
  links: object({ self: text, next: maybeText, prev: maybeText }), data: list(profile),
}));
export const statsAnswer = answers(object({
  status: text,
  data: object({
    total: integer,
    gender: object({ male: integer, female: integer }),
    age_group: object({ child: integer, teenager: integer, adult: integer, senior: integer }),
    age: list(object({ age: integer, count: integer })),
    country: list(object({ country_id: text, country_name: text, count: integer })),
    created: list(object({ date: text, count: integer })),
  }),
}));
