import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the code of refundgen stands. Bundled or not, this module is at its root: no other may ask where it stands. */
export const CODE = fileURLToPath(new URL('./', import.meta.url));

/** The folder of the package, in which everything stands that comes with the code. */
export const PACKAGE = path.dirname(CODE);

export const TEMPLATES = path.join(PACKAGE, 'templates');

export const SPECS = path.join(PACKAGE, 'specs');
