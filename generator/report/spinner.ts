import yoctoSpinner from 'yocto-spinner';

/** Shows on a terminal which providers are being generated. */
export interface Progress {
  started(id: string): void;
  ended(id: string): void;
  stop(): void;
}

/** @param stream - a terminal. */
export function spinner(stream: NodeJS.WriteStream): Progress {
  const shown = yoctoSpinner({ stream });
  const running = new Set<string>();
  const update = (): void => {
    shown.text = [...running].join(', ');
    if (running.size > 0) shown.start();
    else shown.stop();
  };
  return {
    started: (id) => {
      running.add(id);
      update();
    },
    ended: (id) => {
      running.delete(id);
      update();
    },
    stop: () => {
      running.clear();
      update();
    },
  };
}
