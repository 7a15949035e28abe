import { afterEach, describe, expect, it, vi } from 'vitest';
import { runCli } from './main';
import { convloom, recorder } from './testing';

afterEach(() => vi.unstubAllEnvs());

describe('templates', () => {
  it('lists every template with its size', async () => {
    const { out, exit } = await convloom('templates');
    expect(exit).toBe(0);
    expect(out).toMatch(/vgg-d +224×224×3 +1,000 +138,357,544 +15,470,264,320 +Simonyan 2014/);
  });

  it('lists them as JSON', async () => {
    const rows = JSON.parse((await convloom('templates', '--json')).out);
    expect(rows[0]).toMatchObject({ id: 'lenet-5', input: [28, 28, 1], classes: 10, params: 61_706 });
  });

  it('says so when the app has lost them', async () => {
    vi.stubEnv('CONVLOOM_ASSETS', '/nowhere');
    expect(await convloom('templates')).toMatchObject({
      exit: 1,
      err: expect.stringContaining('CONVLOOM_ASSETS'),
    });
  });
});

describe('a name that is neither file nor template', () => {
  it('is answered with the one that was meant', async () => {
    const { exit, err } = await convloom('analyze', 'resnet20');
    expect([exit, err]).toEqual([1, expect.stringContaining('Did you mean resnet-20?')]);
  });

  it('is answered with the list where nothing is near', async () => {
    expect((await convloom('analyze', '../nowhere/graph.json')).err).toContain(
      'The templates are alexnet, alexnet-2012',
    );
  });

  it('may be longer than the system lets names be', async () => {
    expect(await convloom('analyze', 'x'.repeat(5000))).toMatchObject({
      exit: 1,
      err: expect.stringContaining('too long'),
    });
  });
});

describe('the command line', () => {
  it('exits with 0 for help and version', async () => {
    expect(await convloom('--version')).toEqual({ exit: 0, out: '0.1.0', err: '' });
    const { out, exit } = await convloom('train', '--help');
    expect([exit, out]).toEqual([
      0,
      expect.stringContaining('convloom train resnet-20 --data mnist --epochs 1'),
    ]);
    expect((await convloom('--help')).out).toContain('Exit codes: 0 fine');
  });

  const wrong: readonly [argv: string[], says: RegExp][] = [
    [[], /There is no command/],
    [['trian', 'x'], /Unknown command 'trian'.*\n[\s\S]*Did you mean train\?/],
    [['train'], /Missing required argument 'net'/],
    [['train', 'lenet-5', '--epoch', '3'], /Unknown option '--epoch'.*\n[\s\S]*Did you mean --epochs\?/],
    [['train', 'lenet-5', '--epochs'], /argument missing/],
    [['train', 'lenet-5', '--epochs', '1.5'], /--epochs '1.5' must be a whole number from 1 to 10,000/],
    [['train', 'lenet-5', '--batch', 'many'], /--batch 'many' must be a whole number/],
    [['train', 'lenet-5', '--rate', '-1'], /--rate '-1' must be a number above 0/],
    [['analyze', 'lenet-5', '--classes', '1'], /--classes '1' must be a whole number from 2/],
    [['analyze', 'a', 'b'], /Too many arguments/],
  ];

  it.each(wrong)('%j is refused in three lines, and exits with 1', async (argv, says) => {
    const { exit, err, out } = await convloom(...argv);
    expect([exit, err, out]).toEqual([1, expect.stringMatching(says), '']);
    expect(err).toMatch(/\n {2}Why: .+\n {2}Fix: .+$/);
    expect(err).not.toContain('    at ');
  });

  it('gives faults as JSON when JSON is wanted', async () => {
    const { exit, out, err } = await convloom('train', 'lenet-5', '--epochs', '0', '--json');
    expect([exit, err, JSON.parse(out).error.code]).toEqual([1, '', 'cli/option']);
    expect(Object.keys(JSON.parse(out).error)).toEqual(['code', 'what', 'why', 'remedy', 'place']);
  });
});

describe('a fault of Convloom', () => {
  const broken = () => {
    const { terminal, err } = recorder();
    const print = () => {
      throw new TypeError('x is not a function');
    };
    return { err, terminal: { ...terminal, print } };
  };

  it('exits with 2 and shows no stack', async () => {
    const { terminal, err } = broken();
    expect(await runCli(['templates'], terminal, '0')).toBe(2);
    expect(err).toEqual([
      expect.stringMatching(
        /^The command failed\.\n {2}Why: x is not a function\n {2}Fix: .*CONVLOOM_DEBUG=1/,
      ),
    ]);
  });

  it('shows the stack with CONVLOOM_DEBUG=1', async () => {
    vi.stubEnv('CONVLOOM_DEBUG', '1');
    const { terminal, err } = broken();
    await runCli(['templates'], terminal, '0');
    expect(err[1]).toMatch(/^TypeError[\s\S]*\n {4}at /);
  });
});
