// The module that a training worker runs. Nothing imports it; fit-in-worker.ts starts it.
import type { Reply, Request } from './messages.ts';
import { serve } from './serve.ts';

const post: unknown = Reflect.get(globalThis, 'postMessage');
const answer = serve((reply: Reply) => {
  if (typeof post === 'function') post.call(globalThis, reply);
});
Reflect.set(globalThis, 'onmessage', ({ data }: { data: Request }) => void answer(data));
