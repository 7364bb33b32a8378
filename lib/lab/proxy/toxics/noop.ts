import * as z from 'zod';
import { untouched } from '../toxic.ts';
import { toxicType } from '../toxic-type.ts';

export const noopType = toxicType({
  name: 'noop',
  origin: 'toxiproxy',
  summary: 'Does nothing: for trying out a control.',
  attributes: z.object({}),
  make: (where) => ({ ...where, affect: () => untouched }),
});
