import { createColors } from 'picocolors';
import { describe, expect, it } from 'vitest';
import { doctorDocumentSchema } from '../../../lib/cli/doctor/document.ts';
import { examine, unknownBy } from '../../../lib/cli/doctor/examine.ts';
import { doctorLines } from '../../../lib/cli/doctor/lines.ts';
import { fine, namesOf } from '../../../lib/cli/doctor/look.ts';
import { widthOf } from '../../../lib/cli/view/text-width.ts';
import { SteadfastError } from '../../../lib/experiment/steadfast-error.ts';
import { createVirtualClock } from '../../fakes/virtual-clock.ts';
import { commandHere } from '../command-here.ts';
import { doctorWorld } from '../doctor/doctor-world.ts';
import { holding } from '../doctor/holding.ts';

const never = () => new Promise<never>(() => undefined);

describe('steadfast doctor', () => {
  it('looks at this machine alone where no environment is named, and prints one document', async () => {
    const { code, stdout } = await commandHere().run('doctor', '--json');
    const { environment, checks, version } = doctorDocumentSchema.parse(JSON.parse(stdout));
    expect([environment, version]).toEqual([null, '1.2.3']);
    expect(checks.map(({ name }) => name)).toEqual(expect.arrayContaining(['node', 'install', 'disk']));
    // In an empty folder nothing is wrong: there is only nothing to do.
    expect(checks.find(({ name }) => name === 'project')).toMatchObject({ status: 'warn' });
    expect(code).toBe(0);
  });

  it('is 4 where a definition is broken, and says how to mend it', async () => {
    const { code, stdout } = await commandHere({ 'experiments/a.yaml': 'id: [' }).run('doctor');
    expect(code).toBe(4);
    expect(stdout).toMatch(/FAIL\s+project/);
    expect(stdout).toContain('steadfast check tells each with its place');
    expect(stdout).toContain('1 to mend');
  });

  it('is 0 where only warnings are, and 4 where something is unknown', async () => {
    expect((await doctorWorld({ active: 5 }).look()).code).toBe(0);
    const { code, out } = await doctorWorld({ refuses: ['ListExperiments'] }).look({ env: 'staging' });
    expect(code).toBe(4);
    expect(out).toMatch(/\?\s+fis-experiments/);
    expect(out).toContain('AWS refused fis:ListExperiments');
    expect(out).toContain('1 that nobody could see');
  });

  it('tells for people where it looked, with what has to be mended', async () => {
    const { code, out } = await doctorWorld({ active: 5 }).look({ env: 'staging' });
    expect(code).toBe(0);
    expect(out).toContain('Steadfast 1.2.3: this machine, staging (111111111111 eu-west-1)');
    expect(out).toMatch(/warn\s+fis-experiments/);
    expect(out).toContain('mend: a run would be rejected as busy');
    expect(out).toContain('docs/how-to/plan-a-run.md');
    expect(out).toMatch(/\d+ fine, 1 warning/);
  });

  it('tells a person that it looks, on stderr', async () => {
    const { err } = await doctorWorld().look({ env: 'staging' }, true);
    expect(err).toBe('Looking at this machine and at staging: at most 30 s.\n');
    expect((await doctorWorld().look()).err).toBe('');
  });

  it('asks nothing else where the credentials are another account’s', async () => {
    const { code, out } = await doctorWorld({ outside: { account: '999999999999' } }).look();
    const { checks, environment } = doctorDocumentSchema.parse(JSON.parse(out));
    expect(code).toBe(4);
    expect(environment).toEqual({ id: 'staging' });
    expect(checks.at(-1)).toMatchObject({
      name: 'credentials',
      status: 'fail',
      seen: holding('999999999999'),
      mend: holding('--profile'),
    });
  });

  it('says of an environment that nobody knows that there is none', async () => {
    const { code, out } = await doctorWorld().look({ env: 'stagin', json: true });
    expect(code).toBe(4);
    expect(out).toContain("there is no environment 'stagin'");
  });

  it('is unknown where nobody could say whose the credentials are', async () => {
    const caller = () => Promise.reject(new SteadfastError('cannot-begin', 'AWS cannot be reached'));
    const { out } = await doctorWorld({ outside: { caller } }).look();
    const { checks } = doctorDocumentSchema.parse(JSON.parse(out));
    expect(checks.at(-1)).toMatchObject({
      name: 'credentials',
      status: 'unknown',
      seen: 'AWS cannot be reached',
    });
  });

  it('hangs on no network that is dead: it gives up after the limit', async () => {
    const asked = Promise.withResolvers<void>();
    const caller = () => {
      asked.resolve();
      return never();
    };
    const world = doctorWorld({
      outside: { caller },
      meanwhile: async (doctor) => {
        await asked.promise;
        await doctor.advance(15_000);
      },
    });
    const { out, code } = await world.look();
    expect(code).toBe(4);
    expect(out).toContain('AWS did not say whose the credentials are within 15 s');
  });

  it('leaves at Ctrl-C with 130, and listens no more', async () => {
    const world = doctorWorld({ outside: { caller: never }, meanwhile: async (doctor) => doctor.signal() });
    await expect(world.look()).rejects.toMatchObject({ code: 'interrupted' });
    expect(world.listening()).toBe(0);
  });

  it('refuses a broken definition of the environment as any word does', async () => {
    const caller = () => Promise.reject(new Error('a bug'));
    await expect(doctorWorld({ outside: { caller } }).look()).rejects.toThrow('a bug');
  });
});

describe('a look', () => {
  const look = (name: string, seen: () => Promise<ReturnType<typeof fine>>) => ({
    name,
    docs: 'a.md',
    look: seen,
  });
  const running = new AbortController().signal;

  it('that fails is unknown, by its own words, and keeps no other from being told', async () => {
    const clock = createVirtualClock({ auto: false });
    const looks = [
      look('one', async () => fine('well')),
      look('two', async () =>
        Promise.reject(new SteadfastError('permission', 'AWS refused it', { hint: 'ask ann' })),
      ),
      look('three', () => {
        throw new Error('no disk');
      }),
    ];
    expect(await examine(looks, clock, running)).toEqual([
      { name: 'one', status: 'ok', seen: 'well', docs: 'docs/a.md' },
      { name: 'two', status: 'unknown', seen: 'AWS refused it', mend: 'ask ann', docs: 'docs/a.md' },
      {
        name: 'three',
        status: 'unknown',
        seen: 'no disk',
        mend: 'see what is in the way, and look again',
        docs: 'docs/a.md',
      },
    ]);
    expect(clock.sleepers).toBe(0);
  });

  it('that takes longer than its limit is unknown, and the others are not late for it', async () => {
    const clock = createVirtualClock();
    const [late] = await examine([look('slow', never)], clock, running);
    expect(late).toMatchObject({ status: 'unknown', seen: 'there was no answer within 15 s' });
    const ended = new AbortController();
    ended.abort();
    const [left] = await examine([look('slow', never)], clock, ended.signal);
    expect(left?.seen).toBe('it was ended before there was an answer');
  });

  it('names only some of many', () => {
    expect(namesOf(['a', 'b', 'c', 'd', 'e', 'f', 'g'])).toBe('a, b, c, d, e and 2 more');
    expect(unknownBy('a text')).toMatchObject({ status: 'unknown', seen: 'a text' });
  });
});

describe('what the doctor tells', () => {
  const document = {
    ok: false,
    version: '1.2.3',
    environment: { id: 'staging' },
    checks: [
      { name: 'node', status: 'ok' as const, seen: 'Node 24.21.0', docs: 'docs/a.md' },
      { name: 'disk', status: 'skipped' as const, seen: 'nothing to look at', docs: 'docs/a.md' },
      {
        name: 'guards-elsewhere',
        status: 'fail' as const,
        seen: 'shopErrors: steadfast-staging-shopErrors has no data, since its metric is silent when all is well',
        mend: 'see that its metric has data: one that is silent when all is well is made dense by FILL(errors, 0)',
        docs: 'docs/how-to/declare-an-environment.md',
      },
    ],
  };

  it.each([40, 60, 80, 120])('keeps to %i columns', (columns) => {
    const lines = doctorLines(document, { columns, paint: createColors(false) });
    // A path is copied: it is not broken.
    for (const line of lines.filter((one) => !one.includes('docs/')))
      expect(widthOf(line)).toBeLessThanOrEqual(columns);
  });

  it('is coloured where that is asked for', () => {
    const lines = doctorLines(document, { columns: 80, paint: createColors(true) }).join('\n');
    expect(lines).toContain(String.fromCharCode(27));
    expect(lines).toContain('1 fine, 1 to mend');
  });
});
