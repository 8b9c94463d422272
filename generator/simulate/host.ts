import { createServer, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { Connections } from './connections.js';

/** The server of a simulated provider: it can go away, and come back at the same place. */
export class Host {
  readonly #server: Server;
  readonly #connections = new Connections();
  #port = 0;
  #isClosed = false;
  #ending: Promise<void> = Promise.resolve();

  constructor(receive: RequestListener) {
    this.#server = createServer(receive);
    this.#server.on('connection', (socket: Socket) => this.#connections.add(socket));
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /**
   * Takes connections, if it does not do so already.
   *
   * @throws Error after `close`, or where another program has taken the port in the meantime.
   */
  async open(): Promise<void> {
    await this.#ending;
    if (this.#isClosed) throw new Error('the simulation has ended: start a new one');
    if (this.#server.listening) return;
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(this.#port, '127.0.0.1', () => {
        this.#server.off('error', reject);
        resolve();
      });
    });
    const address = this.#server.address();
    this.#port = typeof address === 'object' && address !== null ? address.port : 0;
  }

  /** Refuses connections, and ends those that are open. */
  goDown(): Promise<void> {
    this.#ending = new Promise((resolve) => {
      // It may be down already.
      this.#server.close(() => resolve());
      this.#connections.closeAll();
    });
    return this.#ending;
  }

  close(): Promise<void> {
    this.#isClosed = true;
    return this.goDown();
  }

  idle(): Promise<void> {
    return this.#connections.idle(this.#port);
  }
}
