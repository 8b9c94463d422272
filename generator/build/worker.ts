/** A thread that compiles providers: see {@link Crew}. */

import { parentPort } from 'node:worker_threads';
import { compileProvider } from '../generate.js';
import type { Order } from './crew.js';

parentPort?.on('message', ({ input, options }: Order) => {
  void compileProvider(input, options).then((result) => parentPort?.postMessage(result));
});
