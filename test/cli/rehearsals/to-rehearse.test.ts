import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import {
  experimentToRehearse,
  type ForeignFlags,
  foreignSettings,
  tellImport,
  toRehearse,
} from '../../../lib/cli/rehearsals/to-rehearse.ts';
import { temporaryProject } from '../../definitions/temporary-project.ts';
import { changed } from '../../definitions/told.ts';
import { greetings, greetingsProject } from '../../end-to-end/greetings.ts';
import { containing, matching } from '../../fakes/matching.ts';
import { staging } from '../../plan/examples.ts';
import { capturedIo } from '../captured-io.ts';
import { slowDatabase } from '../foreign/slow-database.ts';

const map = ['api.myapp.com=greeter', 'postgres=names'];

const asked = (
  name: string,
  flags: ForeignFlags = {},
  files: Readonly<Record<string, unknown>> = greetingsProject(),
) => toRehearse(name, temporaryProject({ 'chaos/slow.json': slowDatabase, ...files }), flags);

describe('an experiment of another tool that is to be rehearsed', () => {
  it('is made for the run alone, with what its host and its target are here', async () => {
    const found = await asked('chaos/slow.json', { map });
    expect(found).toMatchObject({
      kind: 'experiment',
      lab: { id: 'greetings' },
      words: 'chaos/slow.json --map api.myapp.com=greeter --map postgres=names',
      experiment: {
        id: 'slow-database-response-causes-graceful',
        file: matching(/chaos\/slow\.json$/),
        definition: {
          lab: 'greetings',
          steadyState: { 'homepage-responds-in-time': { http: { service: 'greeter', path: '/products' } } },
          faults: {
            'add-network-latency': { selector: { service: 'greeter' }, parameters: { to: ['names'] } },
          },
        },
      },
      imported: {
        title: 'Chaos Toolkit',
        from: { file: 'chaos/slow.json', format: 'chaos-toolkit', sha256: matching(/^[0-9a-f]{64}$/) },
      },
    });
  });

  it('is told before anything starts: its mapping, what differs, and what nobody has decided', async () => {
    const { io, out, err } = capturedIo('/');
    tellImport(io, await asked('chaos/slow.json', { map, lab: 'greetings' }));
    expect(out()).toBe('');
    expect(err()).toMatch(
      /^chaos\/slow\.json \(Chaos Toolkit\) is taken in as it stands, for the lab greetings\. None of its hosts is asked\.\n/,
    );
    expect(err()).toContain("  - api.myapp.com is the service 'greeter' here, as --map says");
    expect(err()).toContain("  - 'postgres' is the link from 'greeter' to 'names' here, as --map says");
    expect(err()).toMatch(
      /\nApproximated:\n {2}steady-state-hypothesis\.probes\[0\]\.provider\.timeout\n {6}a time-out/,
    );
    expect(err()).toMatch(/\nLeft open, with what is proposed meanwhile:\n {2}- owner: which team/);
    expect(err()).not.toContain('Not taken over');
  });

  it('is told in lines that fit the terminal, and that do not move its cursor', async () => {
    const { io, err } = capturedIo('/', { isTerminal: true });
    const red = '\u001b[31m';
    const method = ['method', 0, 'provider', 'arguments', `${red}more`];
    const files = { ...greetingsProject(), 'slow.json': changed(slowDatabase, method, 7) };
    tellImport(io, await asked('slow.json', { map }, files));
    expect(
      Math.max(
        ...err()
          .split('\n')
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(100);
    expect(err()).toMatch(/\n {4}\S/);
    expect(err()).toContain('\n  method[0].provider.arguments.more\n');
    const stderr = new PassThrough();
    tellImport({ ...io, stderr }, await asked('slow.json', { map }, files));
    const ofUnknownWidth = await text(stderr.end());
    expect(Math.max(...ofUnknownWidth.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(err()).not.toContain('\u001b');
  });

  it('says of what cannot be done here where it can be', async () => {
    const template = {
      targets: {
        T: { resourceType: 'aws:ecs:task', resourceTags: { Service: 'greeter' }, selectionMode: 'ALL' },
      },
      actions: { A: { actionId: 'aws:ecs:stop-task', targets: { Tasks: 'T' } } },
      stopConditions: [{ source: 'none' }],
      roleArn: 'arn:aws:iam::111111111111:role/fis',
    };
    const inStaging = {
      ...greetingsProject(),
      'experiments/environments/staging.json': staging,
      'fis.json': template,
    };
    const other = { ...staging, id: 'sandbox', tag: { key: 'Env', value: 'sandbox' } };
    const inEither = { ...inStaging, 'experiments/environments/sandbox.json': other };
    const hints = async (files: Readonly<Record<string, unknown>>) => {
      const found = await asked('fis.json', { map }, files);
      return found.kind === 'refused' ? found.reasons.map(({ hint }) => hint) : [];
    };
    expect(await hints(inStaging)).toContainEqual(matching(/; steadfast import --fix does so$/));
    expect(await hints(inEither)).toContainEqual(matching(/--env.*\(of steadfast import\)$/));
  });

  it('tells what was not taken over', async () => {
    const { io, err } = capturedIo('/');
    const controls = [{ name: 'tell', provider: { type: 'python', module: 'chaosslack.notification' } }];
    const files = { ...greetingsProject(), 'slow.yaml': { ...slowDatabase, controls } };
    tellImport(io, await asked('slow.yaml', { map }, files));
    expect(err()).toMatch(/\nNot taken over:\n {2}controls/);
  });

  it('is refused where nothing says what its host is', async () => {
    const found = await asked('chaos/slow.json', { map: ['postgres=names'] });
    expect(found).toMatchObject({
      kind: 'refused',
      experiment: {
        id: 'slow-database-response-causes-graceful',
        definition: { lab: 'greetings' },
        importedFrom: {},
      },
      reasons: [
        {
          message: 'nothing says which service of the lab greetings the host api.myapp.com is',
          hint: 'say so with --map api.myapp.com=SERVICE; the lab has greeter, names',
        },
      ],
    });
  });

  it('is refused where its URL has no host', async () => {
    const url = ['steady-state-hypothesis', 'probes', 0, 'provider', 'url'];
    const files = { ...greetingsProject(), 'slow.json': changed(slowDatabase, url, '/products') };
    expect(await asked('slow.json', { map }, files)).toMatchObject({
      kind: 'refused',
      reasons: [{ message: containing('a URL without a host'), hint: containing('--map HOST=SERVICE') }],
    });
  });

  it.each([
    ['Slow DB!.json', 'slow-db'],
    ['ß.json', 'imported'],
  ])('is refused where nothing comes of it, and called after its file %s', async (name, id) => {
    const files = { ...greetingsProject(), [name]: { ...slowDatabase, method: [] } };
    expect(await asked(name, { map }, files)).toMatchObject({
      kind: 'refused',
      experiment: { id, title: name, definition: null },
      reasons: [
        { message: matching(/\.json method: no action of the method becomes a fault/), hint: matching(/./) },
      ],
    });
  });

  it('cannot be rehearsed again and again where it is refused', async () => {
    const root = temporaryProject({ ...greetingsProject(), 'slow.json': slowDatabase });
    await expect(experimentToRehearse('slow.json', root, { map: ['postgres=names'] })).rejects.toMatchObject({
      code: 'invalid',
      message: 'slow.json cannot be rehearsed',
      problems: [{ code: 'not-imported', hint: containing('--map') }],
    });
    expect((await experimentToRehearse('slow.json', root, { map })).kind).toBe('experiment');
    expect(foreignSettings({ lab: 'greetings', map })).toEqual({ lab: 'greetings', map });
    expect(foreignSettings({})).toEqual({});
  });

  it('is one experiment, not several', async () => {
    const one = JSON.stringify(slowDatabase);
    const files = { ...greetingsProject(), 'two.yaml': `${one}\n---\n${one}\n` };
    await expect(asked('two.yaml', { map }, files)).rejects.toMatchObject({
      code: 'invalid',
      message: matching(/^two\.yaml holds 2 experiments: slow-database\S+, slow-database\S+$/),
      hint: containing('steadfast import two.yaml --out experiments'),
    });
  });

  it('is an experiment, not a lab', async () => {
    const files = {
      ...greetingsProject(),
      'toxiproxy.json': [{ name: 'redis', listen: '127.0.0.1:26379', upstream: '127.0.0.1:6379' }],
    };
    await expect(asked('toxiproxy.json', {}, files)).rejects.toMatchObject({
      code: 'invalid',
      message: 'toxiproxy.json holds no experiment: what comes of it is a lab',
    });
  });

  it('lies anywhere: what is told of the file is its name', async () => {
    const elsewhere = temporaryProject({ 'slow.json': slowDatabase });
    const found = await asked(`${elsewhere}/slow.json`, { map });
    expect(found).toMatchObject({ kind: 'experiment', imported: { from: { file: 'slow.json' } } });
  });

  it.each([
    ['--lab', { lab: 'greetings' }],
    ['--map', { map }],
  ])('is all that %s is for', async (flag, flags) => {
    for (const name of ['slow-names', 'experiments/slow-names.json'])
      await expect(asked(name, flags)).rejects.toMatchObject({
        code: 'usage',
        message: containing(`${flag} is for files of other tools`),
      });
    expect(await asked('slow-names')).toMatchObject({
      kind: 'experiment',
      words: 'slow-names',
      lab: { id: 'greetings' },
    });
  });
});

describe('the lab that it is rehearsed in', () => {
  const lab = (id: string) => ({ [`experiments/labs/${id}.json`]: { ...greetings, id } });
  const inLab = async (flags: ForeignFlags, files: Readonly<Record<string, unknown>>) =>
    (await asked('chaos/slow.json', { map, ...flags }, files)).lab.id;

  it('is the one that is named, else the one called shop, else the only one', async () => {
    const three = { ...lab('market'), ...lab('shop'), ...lab('stand') };
    expect(await inLab({ lab: 'stand' }, three)).toBe('stand');
    expect(await inLab({}, three)).toBe('shop');
    expect(await inLab({}, lab('market'))).toBe('market');
  });

  it.each([
    [
      'none of several',
      {},
      { ...lab('market'), ...lab('stand') },
      'cannot-begin',
      'nothing says which lab',
      'name one with --lab: market, stand',
    ],
    ['none at all', {}, {}, 'cannot-begin', 'nothing says which lab', 'steadfast init writes a first one'],
    [
      'a slip',
      { lab: 'markte' },
      lab('market'),
      'unknown-id',
      "there is no lab 'markte'",
      "did you mean 'market'?",
    ],
    [
      'one that is not there',
      { lab: 'xyz' },
      lab('market'),
      'unknown-id',
      "there is no lab 'xyz'",
      'there are: market',
    ],
    ['one of none', { lab: 'xyz' }, {}, 'unknown-id', "there is no lab 'xyz'", 'there are: none'],
  ])('is refused where it is %s', async (_case, flags, files, code, message, hint) => {
    await expect(inLab(flags, files)).rejects.toMatchObject({
      code,
      message: containing(message),
      hint: containing(hint),
    });
  });

  it('is refused with its problems where it is broken', async () => {
    const broken = { 'experiments/labs/shop.json': { ...greetings, id: 'shop', pace: 'slow' } };
    await expect(inLab({}, { ...lab('market'), ...lab('stand'), ...broken })).rejects.toMatchObject({
      code: 'invalid',
      message: "the lab 'shop' is not valid",
      problems: [{ path: ['pace'] }],
    });
  });
});
