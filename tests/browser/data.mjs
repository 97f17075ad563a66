// Profiles that the tests know by heart.
const countries = ['NG', 'KE', 'GH', 'ZA', 'EG', 'GB', 'US', 'IN', 'BR', 'FR', 'JP'];

/** 200 people and no young man from Nigeria, then nine of them. */
export const people = [
  ...Array.from({ length: 200 }, (_, i) => ({
    name: `Person ${String(i).padStart(3, '0')}`,
    gender: i % 2 ? 'male' : 'female',
    age: 25 + (i % 60),
    country_id: countries[i % countries.length],
  })),
  ...Array.from({ length: 9 }, (_, i) => ({ name: `Youngster ${i}`, gender: 'male', age: 16 + i, country_id: 'NG' })),
];
export const awkward = [
  { name: '<script>document.title = "owned"</script>', gender: 'male', age: 40, country_id: 'NG' },
  { name: 'عائشة بنت محمد', gender: 'female', age: 41, country_id: 'EG' },
];

const quoted = (text) => `"${String(text).replaceAll('"', '""')}"`;

export function csvOf(profiles) {
  return ['name,gender,age,country_id', ...profiles.map((p) => [p.name, p.gender, p.age, p.country_id].map(quoted).join(','))]
    .join('\n') + '\n';
}
