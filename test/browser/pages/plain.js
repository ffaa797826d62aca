// A page without a bundler: the library's files as they are packed.
import * as chainrule from '/dist/index.js';
import * as worker from '/dist/worker/index.js';
import { tasks } from './tasks.js';

globalThis.run = (task, ...operands) => tasks({ chainrule, worker })[task](...operands);
