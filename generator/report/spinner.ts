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
    if (running.size === 0) {
      shown.stop();
      return;
    }
    const text = [...running].join(', ');
    // Whoever sets the text of one that stands still draws it, below lines that are there to stay.
    if (shown.isSpinning) shown.text = text;
    else shown.start(text);
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
