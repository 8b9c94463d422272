import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { TEMPLATES } from '../installation.js';
import { loadHandlebars } from '../libraries.js';

/** Templates ready to run, by their file names: they come with refundgen and do not change while it runs. */
const compiled = new Map<string, (view: object) => string>();

/** Renders a template. A name that the view does not have is an error, also where Handlebars would take it as false. */
export function render(template: string, view: object): string {
  const run = compiled.get(template) ?? compileTemplate(template);
  compiled.set(template, run);
  return run(strictView(view));
}

function readTemplate(name: string): string {
  return readFileSync(path.join(TEMPLATES, name), 'utf8');
}

function compileTemplate(template: string): (view: object) => string {
  const source = readTemplate(template);
  const handlebars = loadHandlebars().create();
  for (const name of readdirSync(TEMPLATES).filter((file) => file.endsWith('.hbs'))) {
    handlebars.registerPartial(name.slice(0, -'.hbs'.length), readTemplate(name));
  }
  const run = handlebars.compile(source, {
    // The output is TypeScript: HTML escapes would corrupt it. Escaping is done where the view is made.
    noEscape: true,
    strict: true,
    knownHelpersOnly: true,
    preventIndent: true,
  });
  return (view) => run(view, { allowProtoPropertiesByDefault: false });
}

/** `{{#if nope}}` is silent even in strict mode: behind this, it throws. */
function strictView<T extends object>(view: T): T {
  return new Proxy(view, {
    get(target, key, receiver) {
      const value: unknown = Reflect.get(target, key, receiver);
      if (typeof key === 'string' && !Reflect.has(target, key) && !PROBED.has(key)) {
        throw new Error(`the template uses ${key}, which the view does not have`);
      }
      return typeof value === 'object' && value !== null ? strictView(value) : value;
    },
  });
}

/** What Handlebars asks of every value, to find out what it is. */
const PROBED = new Set(['toHTML', 'then', 'length', 'toJSON']);
