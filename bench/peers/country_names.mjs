// The same table of countries as ours: Debian's iso-codes with the published short names.

import { readFileSync } from 'node:fs';

const { '3166-1': countries } = JSON.parse(readFileSync('/usr/share/iso-codes/json/iso_3166-1.json', 'utf8'));

export const countryNames = new Map(countries.map(({ alpha_2: code, name, common_name: common }) => [code, common ?? name]));
for (const [code, name] of [['CD', 'DR Congo'], ['CG', 'Republic of the Congo'], ['CV', 'Cape Verde'], ['ST', 'São Tomé and Príncipe']])
  countryNames.set(code, name);
