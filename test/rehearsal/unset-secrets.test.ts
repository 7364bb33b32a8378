import { expect, it } from 'vitest';
import { experimentSchema } from '../../lib/experiment/experiment.ts';
import { unsetSecrets } from '../../lib/rehearsal/unset-secrets.ts';
import { slowNames } from '../end-to-end/greetings.ts';

const probe = (headers: Readonly<Record<string, unknown>>) => ({
  http: { service: 'greeter', path: '/', headers },
  tolerances: { errorRate: { below: '1%' } },
});

const experiment = experimentSchema.parse({
  ...slowNames,
  steadyState: {
    greeting: probe({ authorization: { secret: 'greeter-key' }, 'x-team': 'shop' }),
    health: probe({ authorization: { secret: 'greeter-key' }, 'x-key': { secret: 'KEY' } }),
  },
});

it('secrets that are not set are told once each, with how to set them', () => {
  expect(unsetSecrets(experiment, {})).toEqual([
    {
      message:
        "the secret 'greeter-key' is not set, which steadyState.greeting.http.headers.authorization asks for",
      hint: 'set the environment variable greeter_key',
    },
    {
      message: "the secret 'KEY' is not set, which steadyState.health.http.headers.x-key asks for",
      hint: 'set the environment variable KEY',
    },
  ]);
});

it('secrets that are set, also to nothing, are not told', () => {
  expect(unsetSecrets(experiment, { KEY: '', 'greeter-key': 'x' })).toEqual([]);
  expect(unsetSecrets(experiment, { KEY: '', greeter_key: 'x' })).toEqual([]);
});
