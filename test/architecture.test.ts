import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

/** Lower layers know nothing of higher ones: what each folder of the generator may import beside itself. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  load: [],
  discover: ['load'],
  slice: ['load'],
  normalize: ['load', 'discover', 'slice'],
  emit: [],
  output: [],
  format: [],
  // What is generated anew, and what is not: between the configuration and what is written.
  build: ['load', 'diff', 'format', 'output'],
  report: ['build', 'output'],
  commands: ['build', 'conformance', 'diff', 'init', 'inspect', 'load', 'output', 'report'],
  inspect: ['load', 'discover', 'normalize'],
  diff: ['load', 'normalize'],
  // Of emitting, only how a string literal is written.
  init: ['load', 'normalize', 'inspect', 'emit'],
  // Independent of what it tests: it knows the IR, and nothing that makes clients.
  simulate: [],
  conformance: ['simulate'],
};

function modules(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => path.join(folder, name));
}

function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/^(?:import|export)\b[^;]*?from '(\.[^']+)';/gms)].map(([, specifier = '']) =>
    path.relative('generator', path.join(path.dirname(file), specifier)),
  );
}

describe('layers', () => {
  it.each(Object.entries(MAY_IMPORT))('%s imports only what lies below it', (folder, allowed) => {
    const foreign = modules(path.join('generator', folder)).flatMap((file) =>
      importsOf(file)
        .filter((target) => target.includes('/'))
        .filter((target) => ![folder, ...allowed].includes(target.split('/')[0] ?? ''))
        .map((target) => `${file} imports ${target}`),
    );
    expect(foreign).toEqual([]);
  });

  it('keeps the IR free of imports', () => {
    expect(new Set(importsOf('generator/ir.ts'))).toEqual(new Set(['ir-native.js']));
    expect(importsOf('generator/ir-native.ts')).toEqual(['ir.js']);
  });

  it('keeps emitting away from OpenAPI, types.ts aside', () => {
    const readers = modules('generator/emit').filter(
      (file) => !/\/types(-[a-z]+)?\.ts$/.test(file) && importsOf(file).includes('json.js'),
    );
    expect(readers).toEqual([]);
  });

  it('prints in the command line only', () => {
    const printing = modules('generator').filter((file) =>
      /console\.|process\.(stdout|stderr|exit)/.test(readFileSync(file, 'utf8')),
    );
    expect(printing.sort()).toEqual(['generator/bin.ts', 'generator/cli.ts']);
  });
});

describe('examples', () => {
  it('shows the same packages in each engine', () => {
    const textsOf = (engine: string): object => {
      const folder = path.join('examples', engine, 'packages');
      const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
      const files = entries.filter(
        (entry) =>
          entry.isFile() && !/node_modules|generated|\.tsbuildinfo/.test(path.join(entry.parentPath, entry.name)),
      );
      return Object.fromEntries(
        files.map(({ name, parentPath }) => {
          const file = path.join(parentPath, name);
          return [path.relative(folder, file), readFileSync(file, 'utf8')];
        }),
      );
    };
    expect(textsOf('nx')).toEqual(textsOf('turborepo'));
  });
});

describe('documents', () => {
  it.each(['ARCHITECTURE.md', 'CONTRIBUTING.md', 'README.md'])('%s names only paths that exist', (document) => {
    const text = readFileSync(document, 'utf8');
    const named = [
      ...text.matchAll(/`((?:generator|templates|specs|test|scripts|docs|generated|\.ci)\/[\w./-]*)`/g),
    ].map(([, name = '']) => name);
    const linked = [...text.matchAll(/\]\(([\w./-]+)\)/g)].map(([, name = '']) => name);
    expect([...named, ...linked].filter((name) => !existsSync(name))).toEqual([]);
  });
});

describe('generated code', () => {
  it('has no dependencies and imports with extensions', () => {
    const foreign = modules('generated').flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/from '([^']+)'/g)]
        .map(([, specifier = '']) => specifier)
        .filter((specifier) => !/^\.{1,2}\/[\w./-]+\.js$/.test(specifier))
        .map((specifier) => `${file}: ${specifier}`),
    );
    expect(foreign).toEqual([]);
  });

  it('knows no provider in the generator', () => {
    const named = [...modules('generator'), ...modules('templates/runtime')].filter((file) =>
      /piriod|wooshpay|medusa|\bchip\b/i.test(readFileSync(file, 'utf8')),
    );
    expect(named).toEqual([]);
  });
});
