import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { CompiledProvider, CompileOptions, ProviderInput } from '../generate.js';
import { CODE } from '../installation.js';
import type { Result } from '../problem.js';

/** What a thread is asked to compile. */
export interface Order {
  readonly input: ProviderInput;
  readonly options: CompileOptions;
}

/** Threads that compile, each one provider at a time. */
export class Crew {
  readonly #members: readonly Member[];
  readonly #idle: Member[];
  readonly #waiting: ((member: Member) => void)[] = [];

  constructor(threads: number) {
    this.#members = Array.from({ length: threads }, () => new Member());
    this.#idle = [...this.#members];
  }

  /** Runs a job as soon as a member is free. */
  async take<T>(job: (member: Member) => Promise<T>): Promise<T> {
    const member = this.#idle.pop() ?? (await new Promise<Member>((resolve) => this.#waiting.push(resolve)));
    try {
      return await job(member);
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#idle.push(member);
      else next(member);
    }
  }

  async dismiss(): Promise<void> {
    await Promise.all(this.#members.map((member) => member.dismiss()));
  }
}

/** One thread. */
export class Member {
  readonly #worker = new Worker(path.join(CODE, 'worker.js'));

  /** Rejects where the thread ends: that is a defect, and no problem of the spec. */
  compile(input: ProviderInput, options: CompileOptions): Promise<Result<CompiledProvider>> {
    const order: Order = { input, options };
    return new Promise((resolve, reject) => {
      const settle = () => {
        this.#worker.off('message', onMessage);
        this.#worker.off('error', onError);
      };
      const onMessage = (result: Result<CompiledProvider>) => {
        settle();
        resolve(result);
      };
      const onError = (cause: unknown) => {
        settle();
        reject(cause);
      };
      this.#worker.on('message', onMessage);
      this.#worker.on('error', onError);
      this.#worker.postMessage(order);
    });
  }

  async dismiss(): Promise<void> {
    await this.#worker.terminate();
  }
}
