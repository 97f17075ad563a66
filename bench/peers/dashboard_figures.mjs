// What the dashboard draws, from the statistics.

import { countryNames } from './country_names.mjs';

const width = 600;
const height = 160;
const widest = 48;
const bandYears = 5;
const mostDays = 60;
const mostCountries = 12;
const shades = 5;

const numbers = new Intl.NumberFormat('en');
export const grouped = (number) => numbers.format(number);

function percent(part, total) {
  const value = total === 0 ? 0 : (part / total) * 100;
  return value > 0 && value < 0.95 ? '< 1 %' : `${Math.round(value)} %`;
}

function bars(tallies, total) {
  const most = Math.max(1, ...tallies.map(({ count }) => count));
  return tallies.map(({ text, url, count }) => ({
    text, url, count: grouped(count), share: percent(count, total), length: `${((100 * count) / most).toFixed(1)}%`,
  }));
}

function chart(counts, labelled) {
  const most = Math.max(1, ...counts.map(({ count }) => count));
  const step = width / counts.length;
  const gap = step > 6 ? 2 : 0;
  const every = Math.max(1, Math.floor(counts.length / labelled));
  const columns = counts.map(({ text, count }, index) => {
    const left = Math.round(step * index);
    const place = Math.max(1, Math.round(step * (index + 1)) - left - gap);
    const wide = Math.min(place, widest);
    const tall = count > 0 ? Math.max(1, Math.round((height * count) / most)) : 0;
    return { x: left + Math.trunc((place - wide) / 2), y: height - tall, width: wide, height: tall, text, hint: `${text}: ${grouped(count)}` };
  });
  const labels = columns.filter((_, index) => index % every === 0).map((column) => ({ x: column.x + Math.trunc(column.width / 2), text: column.text }));
  return { columns, labels };
}

function ageBands(ages) {
  const bands = [];
  for (const { age, count } of ages) {
    const from = age - (age % bandYears);
    if (bands.length === 0) bands.push({ from, count: 0 });
    while (bands.at(-1).from < from) bands.push({ from: bands.at(-1).from + bandYears, count: 0 });
    bands.at(-1).count += count;
  }
  return bands;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const shortDay = (date) => `${Number(date.slice(8))} ${months[Number(date.slice(5, 7)) - 1]}`;
const shadeOf = (count, most) => Math.min(shades, Math.max(1, Math.ceil(Math.sqrt(count / most) * shades - 1e-9)));
const capital = (word) => word[0].toUpperCase() + word.slice(1);

function tallies(counts, filter) {
  return Object.entries(counts).map(([name, count]) => ({ text: capital(name), url: `/profiles?${filter}=${name}`, count }));
}

const countryOptions = [...countryNames].sort(([, a], [, b]) => (a < b ? -1 : 1));

/** Everything that the template shows. */
export function figuresOf(person, stats) {
  const { total } = stats;
  const bands = ageBands(stats.age);
  const mostPeople = bands.reduce((best, band) => (band.count > best.count ? band : best), bands[0]);
  const days = stats.created.slice(-mostDays).map(({ date, count }) => ({ text: shortDay(date), count }));
  const countries = stats.country.toSorted((a, b) => b.count - a.count || (a.country_name < b.country_name ? -1 : 1));
  const most = countries[0]?.count ?? 0;
  const countryBars = bars(countries.map(({ country_id: id, country_name: text, count }) => ({ text, url: `/profiles?country_id=${id}`, count })), total);
  const key = Array.from({ length: shades }, (_, index) => index + 1)
    .map((shade) => ({ shade, from: grouped(Math.max(1, Math.floor((((shade - 1) / shades) ** 2) * most) + 1)) }));
  return {
    person,
    total: grouped(total),
    countryCount: countries.length,
    countryOptions,
    genders: bars(tallies(stats.gender, 'gender'), total),
    groups: bars(tallies(stats.age_group, 'age_group'), total),
    ages: {
      finding: `Ages: most people, ${grouped(mostPeople.count)}, are ${mostPeople.from} to ${mostPeople.from + 4}`,
      ...chart(bands.map(({ from, count }) => ({ text: String(from), count })), 9),
      rows: bars(bands.map(({ from, count }) => ({ text: `${from}–${from + 4}`, url: `/profiles?min_age=${from}&max_age=${from + 4}`, count })), total),
    },
    days: {
      finding: `Days on which profiles were added: ${grouped(days.at(-1).count)} on the last one, ${days.at(-1).text}`,
      ...chart(days, 4),
      rows: days.map(({ text, count }) => ({ text, count: grouped(count) })),
    },
    territories: countries.map(({ country_id: id, count }) => ({ id, shade: shadeOf(count, most) })),
    key,
    countries: countryBars.slice(0, mostCountries),
    moreCountries: countryBars.slice(mostCountries),
  };
}
