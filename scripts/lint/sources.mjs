// The files that the rules look at.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ignored = new Set(['.git', 'build', 'node_modules', '.run', '.cache']);
const text = /\.(cpp|hpp|mjs|js|sh|sql|html|css|md|cmake|json|txt|toml)$/;

/** Every text file below root as { path, text, lines }, path relative to root. */
export function readSources(root, folder = '') {
  const sources = [];
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = folder ? `${folder}/${entry.name}` : entry.name;
    if (entry.isDirectory()) {
      if (!ignored.has(entry.name)) sources.push(...readSources(root, path));
    } else if (entry.isFile() && (text.test(path) || isScript(path))) {
      sources.push(makeSource(path, readFileSync(join(root, path), 'utf8')));
    }
  }
  return sources;
}

export function makeSource(path, text) {
  return { path, text, lines: text.split('\n') };
}

export function isScript(path) {
  return path === 'dev' || path === '.ci/run' || path.endsWith('.sh') || /^scripts\/dev\/[a-z]+$/.test(path);
}

export const isCpp = (path) => /\.(cpp|hpp)$/.test(path);
export const isCppTest = (path) => /_(test|pgtest|fuzz|bench)\.cpp$/.test(path);

/** The text with comments and the insides of literals blanked; lines stay where they are. */
export function withoutCommentsAndLiterals(text) {
  const blank = (match) => match.replace(/[^\n]/g, ' ');
  const pattern =
    /R"([^\s()\\]{0,16})\([\s\S]*?\)\1"|"(?:\\.|[^"\\\n])*"|(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;
  return text.replace(pattern, blank);
}
