// The data sets that can be fetched by name: their files, and what their bytes must be. Where they are kept is cache.ts's business.

/** A file of a data set, as it is once unpacked. */
export interface DataSetFile {
  readonly name: string;
  readonly bytes: number;
  /** In hexadecimal. */
  readonly sha256: string;
}

/** A data set. */
export interface DataSet {
  readonly about: string;
  /** Folders on the web that hold the files, gzipped; tried in this order, none of them trusted. */
  readonly mirrors: readonly string[];
  readonly files: readonly DataSetFile[];
  /** The name of each label, where labels are more than digits. */
  readonly classNames?: readonly string[];
  /** The file that a name stands for: `mnist` the first part, `mnist:test` another. */
  readonly parts: Readonly<Record<string, string>>;
}

/**
 * By name. Checksums were computed from the files; those of Fashion-MNIST's images are from three public lists that agree with each other
 * and, where they have them, with the files of its labels and of MNIST.
 */
export const dataSets: Readonly<Record<string, DataSet>> = {
  mnist: {
    about: 'handwritten digits, 28×28 pixels: 60,000 to train on, 10,000 to test (LeCun, Cortes, Burges)',
    mirrors: ['https://ossci-datasets.s3.amazonaws.com/mnist/', 'https://storage.googleapis.com/cvdf-datasets/mnist/'],
    files: [
      {
        name: 'train-images-idx3-ubyte',
        bytes: 47_040_016,
        sha256: 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
      },
      {
        name: 'train-labels-idx1-ubyte',
        bytes: 60_008,
        sha256: '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
      },
      {
        name: 't10k-images-idx3-ubyte',
        bytes: 7_840_016,
        sha256: '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
      },
      {
        name: 't10k-labels-idx1-ubyte',
        bytes: 10_008,
        sha256: 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
      },
    ],
    parts: { '': 'train-images-idx3-ubyte', test: 't10k-images-idx3-ubyte' },
  },
  'fashion-mnist': {
    about: 'pieces of clothing, 28×28 pixels: 60,000 to train on, 10,000 to test (Zalando Research, MIT)',
    mirrors: [
      'https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/b2617bb6d3ffa2e429640350f613e3291e10b141/data/fashion/',
      'http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/',
    ],
    files: [
      {
        name: 'train-images-idx3-ubyte',
        bytes: 47_040_016,
        sha256: 'c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888',
      },
      {
        name: 'train-labels-idx1-ubyte',
        bytes: 60_008,
        sha256: 'bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9',
      },
      {
        name: 't10k-images-idx3-ubyte',
        bytes: 7_840_016,
        sha256: '5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b',
      },
      {
        name: 't10k-labels-idx1-ubyte',
        bytes: 10_008,
        sha256: '0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34',
      },
    ],
    classNames: [
      'T-shirt/top',
      'Trouser',
      'Pullover',
      'Dress',
      'Coat',
      'Sandal',
      'Shirt',
      'Sneaker',
      'Bag',
      'Ankle boot',
    ],
    parts: { '': 'train-images-idx3-ubyte', test: 't10k-images-idx3-ubyte' },
  },
};

/** Those that ship with the command line, and need no fetching. */
export const shippedSets: Readonly<Record<string, string>> = {
  iris: '150 flowers of three species (Fisher 1936)',
  digits: '1,797 handwritten digits, 8×8 pixels (UCI, Optical Recognition of Handwritten Digits)',
  wine: '178 Italian wines of three cultivars, by thirteen measurements (UCI, Wine)',
};
