// Checkpoints come back exactly, and damage is found wherever it is.
import { describe, expect, it } from 'vitest';
import { dense } from '../layers/index.ts';
import { network } from '../network/index.ts';
import { type Checkpoint, readCheckpoint, writeCheckpoint } from './checkpoint.ts';
import { crc32 } from './crc32.ts';

const net = network([dense(3, 'tanh'), dense(1)], { input: 2, seed: 3 });
const velocity = { shape: [3, 2], data: Float64Array.of(1, -0, 3e-310, 4, 5, 6) };
const checkpoint: Checkpoint = {
  network: net,
  state: {
    epoch: 4,
    position: { samples: 30, seconds: 0.5, lossSum: 1.25 },
    steps: 52,
    tensors: { ...net.parameters, 'layers.0.weight.velocity': velocity },
    best: { epoch: 3, loss: 0.1 + 0.2, parameters: net.parameters },
    history: [{ epoch: 1, loss: 0.5 }],
    settings: { optimizer: 'momentum', seed: 3 },
  },
};

describe('a checkpoint', () => {
  it('comes back to the last bit', () => {
    const { network: read, state } = readCheckpoint(writeCheckpoint(checkpoint), 'c.ckpt');
    expect(read.parameters).toEqual(net.parameters);
    expect(state).toEqual(checkpoint.state);
  });

  it('is refused wherever a bit of it has flipped', () => {
    const bytes = writeCheckpoint(checkpoint);
    for (let i = 8; i < bytes.length; i += 3) {
      const flipped = bytes.slice();
      flipped[i] ^= 1 << (i % 8);
      expect(() => readCheckpoint(flipped, 'c.ckpt'), `byte ${i}`).toThrow(/c\.ckpt/);
    }
  });

  it('is refused where it is cut short', () => {
    const bytes = writeCheckpoint(checkpoint);
    for (const length of [0, 7, 100, bytes.length - 1]) {
      expect(() => readCheckpoint(bytes.slice(0, length), 'c.ckpt')).toThrow(/c\.ckpt/);
    }
  });

  it('has the checksum everyone computes', () => {
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
  });
});
