// Checks that other programs make: clang-format, shellcheck, Node's parser.

import { spawnSync } from 'node:child_process';
import { isCpp, isScript } from './sources.mjs';

export function checkFormat(sources, root) {
  const files = sources.map(({ path }) => path).filter(isCpp);
  return run('clang-format-19', ['--dry-run', '--Werror', ...files], root, files);
}

export function checkScripts(sources, root) {
  const files = sources.map(({ path }) => path).filter(isScript);
  return run('shellcheck', ['--format=gcc', '--external-sources', '--exclude=SC1091', ...files], root, files);
}

export function checkJavaScript(sources, root) {
  const files = sources.map(({ path }) => path).filter((path) => /\.m?js$/.test(path) && !/\.min\.js$/.test(path));
  return files.flatMap((file) => run(process.execPath, ['--check', file], root, [file]));
}

function run(program, args, root, files) {
  if (files.length === 0) return [];
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (error) return [{ path: program, line: 0, message: error.message }];
  if (status === 0) return [];
  const faults = [];
  for (const line of `${stdout}${stderr}`.split('\n')) {
    const place = /^(.+?):(\d+)(?::\d+)?:?\s*(.*)$/.exec(line);
    if (place) faults.push({ path: place[1], line: Number(place[2]), message: place[3] || 'does not parse' });
  }
  return faults.length ? faults : [{ path: program, line: 0, message: `${stdout}${stderr}`.trim() || `status ${status}` }];
}
