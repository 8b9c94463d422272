import type { Conventions } from '../conventions.js';

/** The module specifier that is written for a module, which is given relative and with the extension `.js`. */
export function writeSpecifier(module: string, { importExtension, runtime }: Conventions): string {
  const [, name] = /^\.{1,2}\/runtime\/([\w-]+\.js)$/.exec(module) ?? [];
  if (name !== undefined && runtime === 'package') return `refundgen/runtime/${name}`;
  const stem = module.replace(/\.js$/, '');
  return importExtension === 'none' ? stem : `${stem}.${importExtension}`;
}
