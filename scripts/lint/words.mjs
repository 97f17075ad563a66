// What may be written where: nothing unfinished, no SQL outside repositories, templates that escape,
// folders with names that say something.

import { isCpp, isCppTest, isScript } from './sources.mjs';

const unfinished = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'HA' + 'CK', 'XX' + 'X'].join('|')})\\b`);
const vagueFolders = new Set(['common', 'util', 'utils', 'helper', 'helpers', 'misc', 'shared', 'core', 'base']);
const sql = /"\s*(select\s+.+\s+from\s|insert\s+into\s|update\s+\w+(\.\w+)?\s+set\s|delete\s+from\s|(create|alter|drop)\s+(table|index|schema)\s|truncate\s)/i;
const speaksSql = /^platform\/(postgres|testing)\/|\/repositories\//;

export function checkUnfinished(sources) {
  return linesThat(sources, (path) => !path.endsWith('.json'), (line) => unfinished.test(line) && 'unfinished: do it or file it');
}

export function checkSqlPlaces(sources) {
  return linesThat(
    sources,
    (path) => isCpp(path) && !isCppTest(path) && !speaksSql.test(path),
    (line) => sql.test(line) && 'SQL belongs into a file below a repository',
  );
}

export function checkFolderNames(sources) {
  const faults = new Map();
  for (const { path } of sources) {
    const folders = path.split('/').slice(0, -1);
    const vague = folders.find((name) => vagueFolders.has(name));
    if (vague) {
      const folder = folders.slice(0, folders.indexOf(vague) + 1).join('/');
      faults.set(folder, { path: folder, line: 1, message: `a folder named '${vague}' says nothing` });
    }
  }
  return [...faults.values()];
}

/** ctemplate escapes nothing in a file that does not ask for it. */
export function checkTemplates(sources) {
  const faults = [];
  for (const { path, text } of sources) {
    if (!/^(apps|features)\/.*\.html$/.test(path) || path.includes('/assets/')) continue;
    if (!/\{\{%AUTOESCAPE context="HTML"/.test(text)) {
      faults.push({ path, line: 1, message: 'a template without {{%AUTOESCAPE context="HTML"}} escapes nothing' });
    }
    text.split('\n').forEach((line, index) => {
      if (/\{\{[A-Z_0-9]+[^}]*:none/.test(line)) faults.push({ path, line: index + 1, message: "':none' escapes nothing" });
      if (/\bhx-on\b|\son[a-z]+\s*=/.test(line)) faults.push({ path, line: index + 1, message: 'an inline handler; the CSP forbids it' });
    });
  }
  return faults;
}

export function checkWhitespace(sources) {
  const faults = linesThat(
    sources,
    (path) => isCpp(path) || isScript(path) || /\.(mjs|sql|md|cmake|css|html)$/.test(path),
    (line) => (/[ \t]$/.test(line) && 'blanks at the end of the line') || (/\r/.test(line) && 'a carriage return'),
  );
  for (const { path, text } of sources) {
    if (text !== '' && !text.endsWith('\n')) faults.push({ path, line: text.split('\n').length, message: 'no newline at the end' });
  }
  return faults;
}

function linesThat(sources, applies, fault) {
  const faults = [];
  for (const { path, lines } of sources) {
    if (!applies(path)) continue;
    lines.forEach((line, index) => {
      const message = fault(line);
      if (message) faults.push({ path, line: index + 1, message });
    });
  }
  return faults;
}
