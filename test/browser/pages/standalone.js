// A model that stands alone on a page: nothing of the library is loaded.
import { predict } from '/exported/model.js';

globalThis.run = (rows) => rows.map((row) => predict(row));
