import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { replayWithKey } from '../../templates/runtime/retry.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOW = Date.parse('2026-03-04T05:06:07Z');

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('a key', () => {
  const { isKeyAlive, whenExpired } = replayWithKey(24, 'ask_provider');
  const ago = (milliseconds: number): string => new Date(NOW - milliseconds).toISOString();

  test.each([
    ['just now', 0, 30_000, true],
    [
      'yesterday, with ten minutes and the timeout left, and a little more',
      24 * HOUR - 10 * MINUTE - 30_001,
      30_000,
      true,
    ],
    ['yesterday, with ten minutes and the timeout left', 24 * HOUR - 10 * MINUTE - 30_000, 30_000, false],
    ['yesterday, with a long timeout', 24 * HOUR - HOUR, 2 * HOUR, false],
    ['a day ago', 24 * HOUR, 1, false],
    ['in the future of this clock', -5 * MINUTE, 30_000, true],
  ])('that was sent %s', (_, milliseconds, timeoutMs, alive) => {
    expect(isKeyAlive(ago(milliseconds), timeoutMs)).toBe(alive);
  });

  test.each(['', 'yesterday', 'null'])('that was sent at %j is not alive', (startedAt) => {
    expect(isKeyAlive(startedAt, 30_000)).toBe(false);
  });

  test('says what to do when it is not', () => {
    expect(whenExpired).toBe('ask_provider');
  });

  test('that lives shorter than the margin is never sent again', () => {
    expect(replayWithKey(0.1, 'reconcile').isKeyAlive(ago(0), 1)).toBe(false);
  });
});

describe('the wait', () => {
  const { maxSends, wait } = replayWithKey(24, 'reconcile');

  test.each([
    [1, undefined, 500],
    [2, undefined, 1000],
    [2, 0, 1000],
    [1, 7000, 7000],
    [1, 20_000, 20_000],
  ])('after send %i, asked for %s ms: at most %i ms', async (send, retryAfterMs, milliseconds) => {
    const waiting = wait(send, retryAfterMs, {});
    await vi.advanceTimersByTimeAsync(milliseconds);
    expect(vi.getTimerCount()).toBe(0);
    expect(await waiting).toBe(true);
  });

  test.each([
    [1, 0, 250],
    [2, 0, 500],
    [3, 0, 1000],
    [1, 0.999, 499],
    [2, 0.999, 999],
    [3, 0.999, 1999],
  ])(
    'after send %i is not shorter than half of the most, and not always the same',
    async (send, random, milliseconds) => {
      vi.spyOn(Math, 'random').mockReturnValue(random);
      let over = false;
      const waiting = wait(send, undefined, {}).then(() => {
        over = true;
      });
      await vi.advanceTimersByTimeAsync(milliseconds - 1);
      expect(over).toBe(false);
      await vi.advanceTimersByTimeAsync(1);
      expect(over).toBe(true);
      await waiting;
    },
  );

  test('leaves no listener on the signal of the call', async () => {
    const { signal } = new AbortController();
    const waiting = wait(1, undefined, { signal });
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(500);
    expect(await waiting).toBe(true);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  test('is not as long as a provider likes', async () => {
    expect(await wait(1, 20_001, {})).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('ends with the call, and leaves nothing behind', async () => {
    const controller = new AbortController();
    const waiting = wait(1, 7000, { signal: controller.signal });
    controller.abort();
    expect(await waiting).toBe(false);
    expect(await wait(1, 7000, { signal: controller.signal })).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
  });

  test('comes before few sends', () => {
    expect(maxSends).toBe(3);
  });
});
