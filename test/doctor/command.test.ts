// The command `doctor` and what `train` says, as a child process.
import { describe, expect, it } from 'vitest';
import { runIn, temporaryFolder } from '../cli/run.ts';

const folder = temporaryFolder();
const deep = ['builtin:iris', '--hidden', '10,10,10,10,10,10,10', '--activation', 'sigmoid', '--optimizer', 'sgd'];
const wild = [
  'builtin:iris',
  '--hidden',
  '16',
  '--activation',
  'relu',
  '--optimizer',
  'sgd',
  '--lr',
  '1000',
  '--l2',
  '0',
];

describe('doctor', () => {
  it('has nothing to say about the training that train would choose', async () => {
    const { out, status } = await runIn(folder, ['doctor', 'builtin:iris']);
    expect({ out, status }).toEqual({ out: 'Nothing wrong was found.\n', status: 0 });
  });

  it('names vanishing gradients, with exit status 1', async () => {
    const { out, err, status } = await runIn(folder, ['doctor', ...deep, '--quiet']);
    expect(out).toMatch(/^1\. Gradients vanish \(serious\)\n/);
    expect(out).toContain('--activation relu');
    expect({ err, status }).toEqual({ err: '', status: 1 });
  });

  it('speaks Chinese', async () => {
    const { out } = await runIn(folder, ['--lang', 'zh', 'doctor', ...deep, '--quiet']);
    expect(out).toMatch(/^1\. 梯度消失（严重）\n/);
  });

  it('prints one JSON document', async () => {
    const { out, status } = await runIn(folder, ['doctor', ...wild, '--quiet', '--json']);
    const { examined, findings, autopsy, training, evidence } = JSON.parse(out);
    expect({ examined, status }).toEqual({ examined: 'training', status: 1 });
    expect(findings[0]).toMatchObject({ illness: 'learning-rate-too-high', remedies: [{ flags: '--lr 0.1' }] });
    expect(autopsy.first.value).toMatch(/^-?Infinity$|^NaN$/);
    expect(training.ending).toBe('diverged');
    expect(evidence.end.layers).toHaveLength(2);
  });

  it('examines a trained model as it stands', async () => {
    await runIn(folder, ['train', 'builtin:iris', '--quiet', '--out', 'iris.safetensors']);
    const { out, err, status } = await runIn(folder, ['doctor', 'iris.safetensors', 'builtin:iris']);
    expect(err).toContain('examined as it stands');
    expect({ out, status }).toEqual({ out: 'Nothing wrong was found.\n', status: 0 });
  });

  it('says in one sentence what it cannot examine', async () => {
    const { err, status } = await runIn(folder, ['doctor', 'example:mazur', 'nowhere.csv']);
    expect(status).toBe(2);
    expect(err).toMatch(/^error: [^\n]*nowhere\.csv[^\n]*\n$/);
  });
});

describe('train', () => {
  it('ends a training that diverged with the illness and the autopsy', async () => {
    const { err, status } = await runIn(folder, ['train', ...wild, '--out', 'wild.safetensors']);
    expect(status).toBe(1);
    expect(err).toContain('The learning rate is too high');
    expect(err).toMatch(/Autopsy: the first number that was not finite\n {3}layers\.\d\.\S+ was/);
  });

  it('names an illness under its results, and nothing where there is none', async () => {
    const sick = await runIn(folder, ['train', ...deep, '--epochs', '20', '--out', 'deep.safetensors']);
    expect(sick.err).toContain('Doctor     Gradients vanish: ');
    const healthy = await runIn(folder, ['train', 'builtin:iris', '--out', 'fine.safetensors']);
    expect(healthy.err).not.toContain('Doctor');
  });
});
