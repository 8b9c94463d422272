import { rm } from 'node:fs/promises';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { watch } from '../../generator/commands/watch.js';
import { project } from '../build/project.js';
import { put, read } from '../output/folder.js';
import { terminalFor } from './terminal.js';

const CONFIG = (output: string) =>
  `export default { providers: { chip: { spec: 'specs/chip.yaml' } }, output: '${output}' };\n`;

/** Watches a project until the test ends. */
async function watching() {
  const folder = await project();
  await put(folder, 'refundgen.config.js', CONFIG('generated'));
  const cwd = vi.spyOn(process, 'cwd').mockReturnValue(folder);
  const terminal = terminalFor();
  const stop = new AbortController();
  const ended = watch(terminal, [], {}, stop.signal);
  onTestFinished(async () => {
    stop.abort();
    await ended;
    cwd.mockRestore();
  });
  const waits = (times: number): Promise<void> =>
    vi.waitFor(() => expect(terminal.errors.filter((line) => line === 'Waiting for changes.')).toHaveLength(times), {
      timeout: 50_000,
      interval: 50,
    });
  await waits(1);
  return { folder, terminal, waits };
}

test('a changed spec, overlay and configuration are generated, and a mistake is waited out', async () => {
  const { folder, terminal, waits } = await watching();
  const spec = await read(folder, 'specs/chip.yaml');
  await put(folder, 'specs/chip.yaml', spec.replace('Refund a paid purchase', 'Refund it'));
  await waits(2);
  expect(await read(folder, 'generated/chip/types.ts')).toContain('* Refund it\n');

  const overlay = await read(folder, 'specs/chip.overlay.yaml');
  await put(folder, 'specs/chip.overlay.yaml', 'overlay: [\n');
  await waits(3);
  expect(terminal.errors.join('\n')).toContain('error R002 specs/chip.overlay.yaml');
  expect(await read(folder, 'generated/chip/types.ts')).toContain('* Refund it\n');
  await put(folder, 'specs/chip.overlay.yaml', overlay);
  await waits(4);

  await put(folder, 'refundgen.config.js', 'export default { providers: 1 };\n');
  await waits(5);
  expect(terminal.errors.join('\n')).toContain('error R060');
  await put(folder, 'refundgen.config.js', CONFIG('elsewhere'));
  await waits(6);
  expect(await read(folder, 'elsewhere/chip/types.ts')).toContain('* Refund it\n');
});

test('an overlay that disappears, and is back, counts', async () => {
  const { folder, terminal, waits } = await watching();
  const overlay = await read(folder, 'specs/chip.overlay.yaml');
  await rm(path.join(folder, 'specs/chip.overlay.yaml'));
  await waits(2);
  expect(terminal.errors.join('\n')).toMatch(/error R03\d/);
  await put(folder, 'specs/chip.overlay.yaml', overlay);
  await waits(3);
  expect(terminal.lines.filter((line) => line.includes('chip'))).toHaveLength(2);
});

test('a configuration that is gone is a mistake to wait out', async () => {
  const { folder, terminal, waits } = await watching();
  await rm(path.join(folder, 'refundgen.config.js'));
  await waits(2);
  expect(terminal.errors.join('\n')).toContain('error R060');
  await put(folder, 'refundgen.config.js', CONFIG('elsewhere'));
  await waits(3);
  expect(await read(folder, 'elsewhere/chip/client.ts')).toContain('createChip');
});
