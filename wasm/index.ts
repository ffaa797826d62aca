// The exports of the module.
export { run } from './tape';
export { serve } from './threads';
