import { connect, type Socket } from 'node:net';

/** The connections that clients have opened. */
export class Connections {
  readonly #sockets = new Set<Socket>();
  readonly #waiting: (() => void)[] = [];

  add(socket: Socket): void {
    // A client that goes away in the middle is a part of the game.
    socket.on('error', () => undefined);
    this.#sockets.add(socket);
    socket.on('close', () => {
      this.#sockets.delete(socket);
      if (this.#sockets.size === 0) for (const resolve of this.#waiting.splice(0)) resolve();
    });
  }

  /** Waits until every connection that a client has opened by now is closed, and none is open. */
  async idle(port: number): Promise<void> {
    await knock(port);
    if (this.#sockets.size > 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  closeAll(): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}

/**
 * Connections are taken in the order in which they were opened: once this one has been taken and closed, no earlier one
 * waits to be seen. A client that has given up at once may have sent its request all the same.
 */
function knock(port: number): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.end());
    socket.resume();
    // Nobody listens any more: then nobody waits to be seen.
    socket.on('error', () => undefined);
    socket.on('close', () => resolve());
  });
}
