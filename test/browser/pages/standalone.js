// Models that stand alone on a page: nothing of the library is loaded.
import * as model from '/exported/model.js';
import * as table from '/exported/table.js';

const models = { model, table };
globalThis.run = (name, rows) => rows.map((row) => models[name].predict(row));
