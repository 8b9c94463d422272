import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { ALL } from './engine-checks.js';

/** @import { Checks } from '../package-test/checks.js' */
/** @import { Engine } from './engines.js' */
/** @import { Workspace } from './workspace.js' */

const EVERYWHERE = ['--workspaces', '--if-present'];

/**
 * A second clone has what the first one generated, from the remote cache.
 *
 * @param {Checks} checks
 * @param {Engine} engine
 * @param {Workspace} clone
 * @param {Readonly<Record<string, string>>} first - what the first clone generated.
 */
export async function proveSharing(checks, engine, clone, first) {
  await checks.check('second clone: what stands in for refundgen fails, and is noticed', async () => {
    const generate = clone.withoutRefundgen(() => clone.npm('run', 'generate', ...EVERYWHERE));
    await assert.rejects(generate, /ended with 1/);
  });
  await checks.check('second clone: all comes from the remote cache, and refundgen is not run', async () => {
    const run = await clone.withoutRefundgen(() => engine.run(clone, 'generate', 'typecheck'));
    assert.deepEqual(run, { ran: [], restored: ALL });
    assert.deepEqual(await clone.generated(), first);
  });
  await checks.check('second clone: the compiler and refundgen check accept it', async () => {
    await clone.npm('run', 'typecheck', ...EVERYWHERE);
    await clone.npm('run', 'check', ...EVERYWHERE);
  });
}

/**
 * The recipe of the README for npm workspaces without an engine.
 *
 * @param {Checks} checks
 * @param {Workspace} workspace
 * @param {Readonly<Record<string, string>>} first - what an engine generated.
 */
export async function provePlain(checks, workspace, first) {
  await workspace.remove('turbo.json');
  await workspace.removeGenerated();
  await checks.check('npm alone: npm run generate --workspaces --if-present writes the same', async () => {
    await workspace.npm('run', 'generate', ...EVERYWHERE);
    assert.deepEqual(await workspace.generated(), first);
  });
  await checks.check('npm alone: the second run writes nothing', async () => {
    const before = await writtenAt(workspace, first);
    await workspace.npm('run', 'generate', ...EVERYWHERE);
    assert.deepEqual(await writtenAt(workspace, first), before);
  });
  await checks.check('npm alone: check fails where a spec was changed and nothing generated', async () => {
    await workspace.edit('packages/specs-harbour/harbour.yaml', 'maxLength: 64', 'maxLength: 32');
    await assert.rejects(workspace.npm('run', 'check', ...EVERYWHERE), /harbour\/client\.ts/);
  });
}

/**
 * @param {Workspace} workspace
 * @param {Readonly<Record<string, string>>} files
 */
function writtenAt({ folder }, files) {
  return Promise.all(Object.keys(files).map(async (file) => (await stat(path.join(folder, file))).mtimeMs));
}
