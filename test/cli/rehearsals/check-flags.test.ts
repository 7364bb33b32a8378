import { describe, expect, it } from 'vitest';
import { checkFlags } from '../../../lib/cli/rehearsals/check-flags.ts';
import type { RehearseFlags } from '../../../lib/cli/rehearsals/flags.ts';
import { matching, withFields } from '../../fakes/matching.ts';

describe('the flags of rehearse', () => {
  it.each<[string | undefined, RehearseFlags, string]>([
    ['slow', {}, 'one'],
    ['slow', { repeat: 1 }, 'many'],
    ['slow.json', { lab: 'shop', map: ['api.myapp.com=shop'] }, 'one'],
    ['slow', { repeat: 3, parallel: 2, json: true }, 'many'],
    [undefined, { all: true }, 'many'],
    [undefined, { all: true, repeat: 2 }, 'many'],
    ['slow', { watch: true, set: ['delay=1s'] }, 'watch'],
  ])('%s with %j is %s', (argument, flags, kind) => {
    expect(checkFlags(argument, flags)).toEqual({ kind, argument });
  });

  it.each<[string | undefined, RehearseFlags, RegExp]>([
    [undefined, {}, /nothing to rehearse/],
    [undefined, { watch: true }, /nothing to rehearse/],
    ['slow', { all: true }, /'slow' names one/],
    [undefined, { all: true, set: ['delay=1s'] }, /--set is for one/],
    [undefined, { all: true, stage: 2 }, /--stage is for one/],
    [undefined, { all: true, lab: 'shop' }, /--lab is for one file of another tool/],
    [undefined, { all: true, map: ['api.myapp.com=shop'] }, /--map is for one file of another tool/],
    ['slow', { parallel: 2 }, /--parallel is for many/],
    ['slow', { watch: true, json: true }, /--watch follows one/],
    ['slow', { watch: true, repeat: 2 }, /--watch follows one/],
  ])('%s with %j is wrong usage, with how to mend it', (argument, flags, message) => {
    expect(() => checkFlags(argument, flags)).toThrow(
      withFields({
        code: 'usage',
        message: matching(message),
        hint: matching(/./),
      }),
    );
  });
});
