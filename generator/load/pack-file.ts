import path from 'node:path';
import { SPECS } from '../installation.js';

/** The overlays that come with refundgen: facts of providers whose specs are published elsewhere. */
export const PACKS_FOLDER = path.join(SPECS, 'packs');

export const PACK_ENDING = '.overlay.yaml';

/** The overlay of a pack by its name, whether or not there is one. */
export function packFile(name: string, folder = PACKS_FOLDER): string {
  return path.join(folder, `${name}${PACK_ENDING}`);
}

/** Whether a text can name a pack: it becomes a part of a path. */
export function isPackName(name: string): boolean {
  return /^[a-z\d]+(?:-[a-z\d]+)*$/.test(name);
}

/** Whether a file is the overlay of a pack. */
export function isPackFile(file: string): boolean {
  return path.dirname(file) === path.dirname(packFile('any'));
}
