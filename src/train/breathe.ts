// A pause between stretches of work, without which nothing else in the process would get its turn.

/** Lets timers, input and cancelling have their turn. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === 'function') setImmediate(resolve);
    else setTimeout(resolve);
  });
}
