// The same page for a bundler: the library by its name.
import { adam, dense, fit, network, sgd, wasmBackend } from 'chainrule';
import * as worker from 'chainrule/worker';
import { tasks } from './tasks.js';

const chainrule = { adam, dense, fit, network, sgd, wasmBackend };
globalThis.run = (task, ...operands) => tasks({ chainrule, worker })[task](...operands);
