#!/usr/bin/env node
import module from 'node:module';

// Where Node can keep what it has compiled, the next run is spared that: since 22.8.
if ('enableCompileCache' in module && typeof module.enableCompileCache === 'function') module.enableCompileCache();

const { main } = await import('./cli.js');
process.exitCode = await main(process.argv.slice(2));
