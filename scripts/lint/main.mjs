// node main.mjs ROOT [REPORT]: runs every rule on the checkout, prints what it found, and writes the
// counts to REPORT in the form that ./dev test reads.

import { writeFileSync } from 'node:fs';
import { checkIncludes } from './includes.mjs';
import { checkSizes } from './sizes.mjs';
import { readSources } from './sources.mjs';
import { checkFormat, checkJavaScript, checkScripts } from './tools.mjs';
import { checkFolderNames, checkSqlPlaces, checkTemplates, checkUnfinished, checkWhitespace } from './words.mjs';

const rules = {
  'includes keep to the walls': checkIncludes,
  'folders have names': checkFolderNames,
  'SQL is in repositories': checkSqlPlaces,
  'templates escape': checkTemplates,
  'files and functions are short': checkSizes,
  'nothing is unfinished': checkUnfinished,
  'lines end cleanly': checkWhitespace,
  'C++ is formatted': checkFormat,
  'shell scripts are sound': checkScripts,
  'JavaScript parses': checkJavaScript,
};

const [root, report] = process.argv.slice(2);
const sources = readSources(root);
let failed = 0;
for (const [name, rule] of Object.entries(rules)) {
  const faults = rule(sources, root);
  console.log(`${faults.length ? 'not ok' : 'ok'}  ${name}`);
  for (const { path, line, message } of faults) console.log(`    ${path}:${line}: ${message}`);
  if (faults.length) failed += 1;
}
if (report) writeFileSync(report, `# pass ${Object.keys(rules).length - failed}\n# fail ${failed}\n`);
process.exitCode = failed ? 1 : 0;
