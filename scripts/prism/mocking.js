import { sendControls } from './controls.js';
import { describe } from './score.js';
import { startPrism } from './server.js';

/** @import { Drive, Kit } from './drives.js' */
/** @import { Observer } from './observer.js' */
/** @import { Score } from './score.js' */

/**
 * Drives a client against answers that Prism makes up by the spec: none is about the refund that was asked for, so the
 * client must not take one for it.
 *
 * @param {object} options
 * @param {Drive} options.drive
 * @param {string} options.spec
 * @param {any} options.generated
 * @param {Observer} options.observer
 * @param {Score} options.score
 */
export async function driveMock({ drive, generated, observer, score, spec }) {
  const prism = await startPrism(['mock', spec]);
  try {
    for (const config of drive.clients) {
      const client = generated[drive.create]({
        ...config,
        baseUrl: prism.url,
        fetch: observer.fetch,
        journal: generated.memoryJournal(),
      });
      await refundMocked(client, drive, generated, score);
      await readMocked(client, drive, score);
    }
    const [[payment]] = drive.mocked.refunds;
    await sendControls(drive, prism.url, payment, score);
  } finally {
    await prism.close();
  }
}

/**
 * @param {any} client
 * @param {Drive} drive
 * @param {Kit} kit
 * @param {Score} score
 */
async function refundMocked(client, { currency, details, mocked }, { full, money, partial }, score) {
  for (const [payment, minor, ends] of mocked.refunds) {
    const amounts = [partial(money(currency, minor)), ...(client.capabilities.full ? [full()] : [])];
    for (const [index, amount] of amounts.entries()) {
      for (const [at, detail] of details.entries()) {
        const refundRef = `order-77/${payment}/${minor}/${index}/${at}`;
        const outcome = await client.refund({ refundRef, payment, amount, ...detail });
        score.answer(`mock, refund ${refundRef}`, describe(outcome), ends);
        if (outcome.kind !== 'unknown' || mocked.reconciled === undefined) continue;
        const seen = client.retrieve === undefined ? [] : [{ refundId: 're_1' }];
        const { verdict } = await client.reconcile(outcome.attempt, ...seen);
        score.answer(`mock, reconcile ${refundRef}`, verdict, mocked.reconciled);
      }
    }
  }
}

/**
 * @param {any} client
 * @param {Drive} drive
 * @param {Score} score
 */
async function readMocked(client, { mocked, native }, score) {
  for (const [refundId, ends] of mocked.retrievals ?? []) {
    score.answer(`mock, retrieve ${refundId}`, describe(await client.retrieve(refundId)), ends);
  }
  const [[payment]] = mocked.refunds;
  await callNatives(client, native(payment, 're_1'), score);
}

/**
 * Calls every operation as the spec has it.
 *
 * @param {any} client
 * @param {ReturnType<Drive['native']>} inputs
 * @param {Score} score
 */
export async function callNatives(client, inputs, score) {
  score.answer('native operations', Object.keys(inputs).join(', '), Object.keys(client.native).join(', '));
  for (const [name, input] of Object.entries(inputs)) {
    const { httpStatus, status } = await client.native[name](input);
    score.answer(`native ${name}, HTTP ${httpStatus}`, status === httpStatus && status < 300, true);
  }
}
