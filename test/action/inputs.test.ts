import { expect, it } from 'vitest';
import { InputError, readInputs } from '../../action/inputs.ts';

const given = (inputs: Readonly<Record<string, string>>) =>
  readInputs(
    Object.fromEntries(
      Object.entries(inputs).map(([name, value]) => [
        `STEADFAST_INPUT_${name.toUpperCase().replaceAll('-', '_')}`,
        value,
      ]),
    ),
  );

it('reads names between spaces, commas and lines, and takes what is left out by its default', () => {
  expect(given({ experiments: ' slow,\n lost  gone ' })).toEqual({
    command: 'rehearse',
    experiments: ['slow', 'lost', 'gone'],
    environment: '',
    service: '',
    maxAge: '30d',
    set: [],
    failOn: '',
    workingDirectory: '.',
    version: '',
    region: '',
    artifactName: '',
  });
  expect(given({ experiments: 'slow', set: 'delay=1s\n\n  share=a b=c ' }).set).toEqual([
    'delay=1s',
    'share=a b=c',
  ]);
});

it.each<[Record<string, string>, string]>([
  [{ command: 'deploy' }, "command is 'deploy', and must be one of check, rehearse, run, gate"],
  [{ experiments: '--help' }, "'--help' begins with a dash"],
  [{ command: 'run', environment: 'staging' }, 'run needs experiments'],
  [{ command: 'run', experiments: 'slow' }, 'run needs an environment'],
  [{ command: 'gate' }, 'gate needs a service'],
  [{ experiments: 'slow', set: 'delay' }, 'set must be name=value'],
  [{ set: 'delay=1s' }, 'set is for one experiment'],
  [{ version: 'git+https://evil.example' }, 'which is none of npm'],
])('refuses %j', (inputs, message) => {
  expect(() => given(inputs)).toThrow(InputError);
  expect(() => given(inputs)).toThrow(message);
});
