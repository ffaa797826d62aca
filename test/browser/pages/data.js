// A page that trains on files dropped on it, for a bundler: from the files to a model's file in a few lines.
import { adam, datasetFromIdx, fit, prepareTable, splitDataset } from 'chainrule';
import { readTable } from 'chainrule/csv';
import { networkFrom, writeModel } from 'chainrule/formats';
import { labelImages, readImages } from 'chainrule/images';

/** The files that were dropped last. */
let dropped = [];
document.body.addEventListener('drop', (event) => {
  event.preventDefault();
  dropped = [...event.dataTransfer.files];
});

const tasks = {
  /** Drops what the input has been given, as files from a desktop come. */
  drop() {
    const dataTransfer = new DataTransfer();
    for (const file of document.querySelector('input').files) dataTransfer.items.add(file);
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, cancelable: true }));
    return dropped.map(({ name }) => name);
  },
  async trainOnTable({ target, ...settings }) {
    const table = await readTable(dropped[0]);
    return train(prepareTable(table, { targets: [target], test: 0.2, validation: 0.1 }), settings);
  },
  async trainOnImages({ classes, options, ...settings }) {
    const { images } = await readImages(dropped, options);
    const { labels, classNames } = labelImages(classes, 'the folder');
    const dataset = datasetFromIdx(images, labels, { classNames });
    return train(splitDataset(dataset, { test: 0.2, validation: 0.1 }), settings);
  },
  async pixels(options) {
    const { images, notices } = await readImages(dropped, options);
    return { shape: images.shape, values: [...images.values], notices };
  },
  table: async (options) => (await readTable(dropped[0], options)).columns,
};

/** A model file's bytes, in base 64. */
async function train({ training, validation }, { network, epochs, batch, learningRate }) {
  const optimizer = adam({ learningRate });
  const given = networkFrom(network, 'the network');
  const options = { validation, patience: 20, epochs, batch, optimizer };
  const { network: trained } = await fit(given, training, options);
  const bytes = writeModel({ network: trained, preprocessing: training.preprocessing });
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

/** What a task comes to, or the sentence with which it was refused. */
globalThis.run = async (task, operand) => {
  try {
    return await tasks[task](operand);
  } catch (error) {
    return { code: error.code, message: error.message };
  }
};
