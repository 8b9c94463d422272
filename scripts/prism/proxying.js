import { closedAfterActing, startProvider } from '../../dist/testing.js';
import { sendControls } from './controls.js';
import { callNatives } from './mocking.js';
import { Observer } from './observer.js';
import { startRelay } from './relay.js';
import { describe } from './score.js';
import { startPrism } from './server.js';

/** @import { Acceptance, RefundApi, SimulatedProvider } from '../../dist/testing.js' */
/** @import { Drive } from './drives.js' */
/** @import { Score } from './score.js' */

const PAID = 5000n;
const PART = 1250n;

/**
 * A client of a simulated provider, with Prism between them.
 *
 * @typedef {object} Proxied
 * @property {any} client
 * @property {Drive} drive
 * @property {any} generated
 * @property {SimulatedProvider} provider
 * @property {Score} score
 * @property {(what: string) => string} newRef
 */

/**
 * Drives a client through a Prism that passes on what the spec allows, and nothing else.
 *
 * @param {object} options
 * @param {RefundApi} options.api
 * @param {Drive} options.drive
 * @param {string} options.spec
 * @param {any} options.generated
 * @param {Observer} options.observer
 * @param {Score} options.score
 */
export async function driveProxy({ api, drive, generated, observer, score, spec }) {
  const provider = await startProvider(api);
  const relay = await startRelay(provider.url, drive.complete);
  try {
    const prism = await startPrism(['proxy', spec, relay.url]);
    try {
      const proxied = { drive, generated, provider, score, newRef: counter() };
      const connect = connector(proxied, prism.url);
      for (const config of drive.clients) await driveClient({ ...proxied, client: connect(config, observer) });
      score.answer('requests that arrived', provider.requests.length, observer.exchanges.length);
      await controlAnswers(proxied, connect, relay.spoilNext);
      await controlRequests(proxied, prism.url);
    } finally {
      await prism.close();
    }
  } finally {
    await relay.close();
    await provider.close();
  }
}

function counter() {
  let count = 0;
  return (/** @type {string} */ what) => {
    count += 1;
    return `${what}/${count}`;
  };
}

/**
 * @param {Pick<Proxied, 'drive' | 'generated'>} proxied
 * @param {string} baseUrl
 */
function connector({ drive, generated }, baseUrl) {
  const journal = generated.memoryJournal();
  return (/** @type {object | undefined} */ config, /** @type {Observer} */ { fetch }) =>
    generated[drive.create]({ ...config, baseUrl, fetch, journal });
}

/** @param {Proxied} proxied */
async function driveClient(proxied) {
  const { client, drive, provider, score } = proxied;
  for (const acceptance of provider.acceptances) {
    // Prism would not let a status pass that the spec does not list.
    if (drive.listsStatuses && acceptance.status === 'unrecognized') continue;
    for (const detail of drive.details) {
      await refundOnce(proxied, acceptance, detail, PART);
      if (client.capabilities.full) await refundOnce(proxied, acceptance, detail, PAID);
    }
  }
  provider.acceptAs(firstOf(provider));
  await beRefused(proxied);
  await reconcile(proxied);
  const { id } = addPayment(proxied);
  await callNatives(client, drive.native(idOf(drive, id), provider.ledger.refunds.at(-1)?.id ?? ''), score);
}

/**
 * @param {Proxied} proxied
 * @param {Acceptance} acceptance
 * @param {object} detail
 * @param {bigint} minor - all that was paid is asked for as a full refund.
 */
async function refundOnce(proxied, acceptance, detail, minor) {
  const { client, drive, newRef, provider, score } = proxied;
  provider.acceptAs(acceptance);
  const { id } = addPayment(proxied);
  const refundRef = newRef(`${acceptance.raw ?? acceptance.status}/${minor}`);
  const amount = amountOf(proxied, minor);
  const outcome = await client.refund({ refundRef, payment: idOf(drive, id), amount, ...detail });
  score.answer(`refund ${refundRef}`, describe(outcome), `accepted ${acceptance.status}`);
  const made = provider.ledger.refunds.filter(({ payment }) => payment === id);
  score.answer(`ledger of ${refundRef}`, made.map((refund) => refund.minor).join(' and '), `${minor}`);
  if (client.retrieve === undefined) return;
  const found = await client.retrieve(made[0]?.id);
  score.answer(`retrieve ${refundRef}`, describe(found), `found ${acceptance.status}`);
}

/**
 * No such payment, and more than was paid.
 *
 * @param {Proxied} proxied
 */
async function beRefused(proxied) {
  const { client, drive, newRef, score } = proxied;
  const [detail] = drive.details;
  const { id } = addPayment(proxied);
  for (const [payment, minor] of /** @type {const} */ ([
    [drive.nobody, PART],
    [idOf(drive, id), PAID + 1n],
  ])) {
    const amount = proxied.generated.partial(proxied.generated.money(drive.currency, minor));
    const outcome = await client.refund({ refundRef: newRef('refused'), payment, amount, ...detail });
    score.answer(`refund ${minor} of ${payment}`, outcome.kind, 'refused');
  }
}

/**
 * The provider acts and its answer is lost.
 *
 * @param {Proxied} proxied
 */
async function reconcile(proxied) {
  const { client, drive, generated, newRef, provider, score } = proxied;
  const { id } = addPayment(proxied);
  const { expect } = client.capabilities;
  const before = generated.money(drive.currency, expect === 'refunded' ? 0n : PAID);
  provider.fail(closedAfterActing);
  const outcome = await client.refund({
    refundRef: newRef('lost'),
    payment: idOf(drive, id),
    amount: amountOf(proxied, PART),
    ...drive.details[0],
    ...(expect === 'none' ? {} : { expect: { [expect]: before } }),
  });
  score.answer('a lost answer', outcome.kind, 'unknown');
  if (client.reconcile === undefined || outcome.kind !== 'unknown') return;
  const seen = client.retrieve === undefined ? [] : [{ refundId: provider.ledger.refunds.at(-1)?.id }];
  const { verdict } = await client.reconcile(outcome.attempt, ...seen);
  score.answer('reconcile after a lost answer', verdict, 'happened');
}

/**
 * Prism has to see that an answer is wrong, too.
 *
 * @param {Omit<Proxied, 'client'>} proxied
 * @param {ReturnType<typeof connector>} connect
 * @param {() => void} spoilNext
 */
async function controlAnswers(proxied, connect, spoilNext) {
  const { drive, provider, score } = proxied;
  const { id } = addPayment(proxied);
  const inputs = drive.native(idOf(drive, id), provider.ledger.refunds.at(-1)?.id ?? '');
  for (const [name, input] of Object.entries(inputs)) {
    const observer = new Observer();
    spoilNext();
    await connect(drive.clients[0], observer).native[name](input);
    score.control(`a wrong answer to ${name}`, observer.violations('response').length > 0, true);
  }
}

/**
 * @param {Omit<Proxied, 'client'>} proxied
 * @param {string} url
 */
async function controlRequests(proxied, url) {
  const { drive, provider, score } = proxied;
  const { id } = addPayment(proxied);
  const before = provider.requests.length;
  await sendControls(drive, url, idOf(drive, id), score);
  // The right one.
  score.control('requests passed on', provider.requests.length - before, 1);
}

/** @param {SimulatedProvider} provider */
function firstOf({ acceptances: [first] }) {
  if (first === undefined) throw new Error('the provider takes no refund on');
  return first;
}

/** @param {Pick<Proxied, 'drive' | 'provider'>} proxied */
function addPayment({ drive: { currency }, provider }) {
  return provider.addPayment({ currency, minor: PAID });
}

/**
 * @param {Proxied} proxied
 * @param {bigint} minor
 */
function amountOf({ drive: { currency }, generated: { full, money, partial } }, minor) {
  return minor === PAID ? full() : partial(money(currency, minor));
}

/**
 * The simulator's ids are text.
 *
 * @param {Drive} drive
 * @param {string} id
 */
function idOf({ nobody }, id) {
  return typeof nobody === 'number' ? Number(id) : id;
}
