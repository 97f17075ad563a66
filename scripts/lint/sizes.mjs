// A file has at most 400 lines, a function at most 60.

import { isCpp, isScript, withoutCommentsAndLiterals } from './sources.mjs';

const longestFile = 400;
const longestFunction = 60;

export function checkSizes(sources) {
  const faults = [];
  for (const { path, text, lines } of sources) {
    if (!isCpp(path) && !isScript(path) && !/\.(mjs|js|sql)$/.test(path)) continue;
    const count = lines.at(-1) === '' ? lines.length - 1 : lines.length;
    if (count > longestFile) {
      faults.push({ path, line: count, message: `${count} lines; split it by what it does (${longestFile})` });
    }
    if (!isCpp(path)) continue;
    for (const { line, length } of functionsOf(text)) {
      if (length > longestFunction) {
        faults.push({ path, line, message: `a function of ${length} lines (${longestFunction})` });
      }
    }
  }
  return faults;
}

/** Outermost function bodies, found by their braces: { line, length }. */
export function functionsOf(text) {
  const code = withoutCommentsAndLiterals(text).replace(/^[ \t]*#(?:[^\n]*\\\n)*[^\n]*/gm, (match) => match.replace(/[^\n]/g, ' '));
  const found = [];
  const open = [];
  let header = '';
  let headerLine = 1;
  let line = 1;
  for (const character of code) {
    if (character === '\n') line += 1;
    if (character === '{') {
      const inside = open.some(({ isFunction }) => isFunction);
      open.push({ isFunction: !inside && opensFunction(header), line: headerLine });
      header = '';
    } else if (character === '}') {
      const closed = open.pop();
      if (closed?.isFunction) found.push({ line: closed.line, length: line - closed.line + 1 });
      header = '';
    } else if (character === ';') {
      header = '';
    } else {
      if (header.trim() === '') headerLine = line;
      header += character;
    }
  }
  return found;
}

function opensFunction(header) {
  return /\)[^()=]*$|\)\s*->[^{]*$/.test(header) && !/^\s*(namespace|class|struct|union|enum|extern)\b[^(]*$/.test(header);
}
