// A pause between stretches of work, without which nothing else in the process would get its turn.

/** Lets timers, input and cancelling have their turn. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === 'function') setImmediate(resolve);
    else message(resolve);
  });
}

/** A page's timers wait at least 4 ms once they are nested, and a second where the page is hidden; its messages never do. */
function message(resolve: () => void): void {
  const { port1, port2 } = new MessageChannel();
  const heard = () => {
    port1.close();
    resolve();
  };
  port1.addEventListener('message', heard, { once: true });
  port1.start();
  port2.postMessage(null);
}
