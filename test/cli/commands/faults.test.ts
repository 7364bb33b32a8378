import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { main } from '../../../lib/cli/main.ts';
import { faultSchema } from '../../../lib/experiment/fault.ts';
import { labFaults } from '../../../lib/experiment/lab-faults/lab-faults.ts';
import { actionIds } from '../../../lib/fis/catalogue.ts';
import { actionHandlers } from '../../../lib/lab/fis/action-handlers.ts';
import { expectDocumentOf } from '../documents/expect-document.ts';

/** What the command prints, and its exit code. */
async function steadfast(...words: readonly string[]) {
  const [stdout, stderr] = [new PassThrough(), Object.assign(new PassThrough(), { columns: 80, rows: 24 })];
  const io = { cwd: '/', stdout, stderr, isTerminal: false, stdoutColours: false, stderrColours: false };
  const code = await main(words, io, '0.0.0');
  stdout.end();
  stderr.end();
  const out = await text(stdout);
  expectDocumentOf(words, out);
  return { code, out, err: await text(stderr) };
}

const listSchema = z.strictObject({
  faults: z.array(
    z.strictObject({
      id: z.string(),
      service: z.string(),
      title: z.string(),
      target: z.string().nullable(),
      takesTraffic: z.boolean(),
      fidelity: z.enum(['same', 'approximate', 'not rehearsable']),
      price: z.enum(['by the minute', 'at once', 'not told', 'nothing']),
    }),
  ),
});
const listed = async (...words: readonly string[]) =>
  listSchema.parse(JSON.parse((await steadfast('faults', ...words, '--json')).out)).faults;

describe('steadfast faults', () => {
  it('lists every fault as one document', async () => {
    const ofLab = labFaults.map(({ id }) => id);
    expect((await listed()).map(({ id }) => id)).toEqual([...actionIds, ...ofLab]);
    expect((await listed('--service', 'lab')).map(({ id }) => id)).toEqual(ofLab);
  });

  it('lists those of one service', async () => {
    const faults = await listed('--service', 'rds');
    expect(faults).toMatchObject([
      { id: 'aws:rds:failover-db-cluster', target: 'aws:rds:cluster', takesTraffic: false, price: 'at once' },
      { id: 'aws:rds:reboot-db-instances' },
    ]);
  });

  it('says which take a share of the traffic and which can be rehearsed', async () => {
    const faults = await listed();
    const taking = faults.filter(({ takesTraffic }) => takesTraffic).map(({ service }) => service);
    expect([...new Set(taking)]).toEqual(['dsql', 'ec2', 'ecs', 'eks', 'fis', 'kinesis', 'lambda']);
    const played = faults.filter(({ fidelity }) => fidelity !== 'not rehearsable').map(({ id }) => id);
    expect(played).toEqual(faults.map(({ id }) => id).filter((id) => actionHandlers.has(id)));
  });

  it('lists them for people, by service', async () => {
    const { code, out } = await steadfast('faults', '--service', 'ecs');
    expect(code).toBe(0);
    expect(out).toMatch(/^ecs\n {2}aws:ecs:drain-container-instances/);
    expect(out).toContain('Stops ECS tasks (can be rehearsed)');
  });

  it.each([
    [['aws:ecs:stop-tasks'], "there is no fault 'aws:ecs:stop-tasks'", "did you mean 'aws:ecs:stop-task'?"],
    [['stop-task'], "there is no fault 'stop-task'", "did you mean 'aws:ecs:stop-task'?"],
    [['aws:eks:delete-pod'], "there is no fault 'aws:eks:delete-pod'", "did you mean 'aws:eks:pod-delete'?"],
    [['everything'], "there is no fault 'everything'", 'steadfast faults lists them'],
    [['--service', 'lamda'], "FIS has no faults of a service 'lamda'", "did you mean 'lambda'?"],
    [['--service', 'mainframe'], "FIS has no faults of a service 'mainframe'", 'there are: arc,'],
    [['aws:ecs:stop-task', '--service', 'rds'], "'aws:ecs:stop-task' is no fault of rds", 'steadfast faults'],
  ])('refuses %j with what was probably meant', async (words, message, hint) => {
    const { code, out, err } = await steadfast('faults', ...words);
    expect(code).toBe(4);
    expect(out).toBe('');
    expect(err).toContain(message);
    expect(err).toContain(hint);
  });
});

describe('steadfast faults <id>', () => {
  it.each([...actionIds, ...labFaults.map(({ id }) => id)])(
    'explains %s with an example that the schema accepts',
    async (id) => {
      const { code, out } = await steadfast('faults', id, '--json');
      const explained = z.looseObject({ id: z.string(), example: z.unknown() }).parse(JSON.parse(out));
      expect(code).toBe(0);
      expect(explained.id).toBe(id);
      expect(faultSchema.safeParse(explained.example).success).toBe(true);
    },
  );

  it('tells parameters with range and default, needs, what is left, permissions and an example', async () => {
    const { out } = await steadfast('faults', 'aws:lambda:invocation-add-delay');
    expect(out).toContain('lasts as long as the stage; a stage may give a share of the traffic');
    expect(out).toMatch(/delay \(a duration\) .* From 0ms to 15m\. Default: 1s\./);
    expect(out).toContain('AWS_FIS_CONFIGURATION_LOCATION');
    expect(out).toContain('nothing: FIS deletes the fault from the bucket');
    expect(out).toMatch(/s3:PutObject: only below the prefixes .*, as the environment declares/);
    expect(out).toContain('  action: aws:lambda:invocation-add-delay\n  selector:\n    service: shop\n');
    expect(out).toContain('approximate: in a lab each request to a service that plays Lambda');
    const resource = await steadfast('faults', 'aws:eks:inject-kubernetes-custom-resource');
    expect(resource.out).toContain('not rehearsable: what it does is told by a custom resource');
  });

  it('tells how long a fault lasts at least, and what it costs', async () => {
    const { out } = await steadfast('faults', 'aws:directconnect:virtual-interface-disconnect');
    expect(out).toContain('aws:directconnect:virtual-interface, at most 5 at once');
    expect(out).toContain('lasts as long as the stage, at least 10m');
    expect(out).toContain('FIS asks $0.10 a minute');
  });

  it('tells what Kubernetes must allow where IAM knows nothing of it', async () => {
    const { out } = await steadfast('faults', 'aws:eks:pod-delete');
    expect(out).toContain('Kubernetes must allow, in the namespace');
    expect(out).toContain('pods/ephemeralcontainers: update');
    expect(out).toContain("aws:eks:pod, at most 1000 at once, as the service declares them under 'eks'");
  });

  it('tells of a wait that it hits nothing', async () => {
    const { out } = await steadfast('faults', 'aws:fis:wait');
    expect(out).toContain('no resource of its own: it takes no selector');
    expect(out).toContain('FIS does not tell its price');
  });
});
