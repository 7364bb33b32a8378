import type { AddedCallFault, Call, CallEffect, CallFault, CallPoint } from '../../../lib/lab/calls/call.ts';

/** A point that calls nobody: it tells what would become of a call. */
export class FakeCallPoint implements CallPoint {
  readonly host = '127.0.0.1';
  readonly port = 1;
  readonly service: string;
  readonly caller: string | undefined;
  readonly #faults = new Set<{ readonly fault: CallFault; seen: number; hit: number }>();

  constructor(service: string, caller?: string) {
    this.service = service;
    this.caller = caller;
  }

  get faultsInPlace(): number {
    return this.#faults.size;
  }

  addFault(fault: CallFault): AddedCallFault {
    const placed = { fault, seen: 0, hit: 0 };
    this.#faults.add(placed);
    return {
      counters: () => ({ seen: placed.seen, hit: placed.hit }),
      remove: () => void this.#faults.delete(placed),
    };
  }

  call(call: Partial<Omit<Call, 'body'>> & { readonly body?: string } = {}): CallEffect | undefined {
    const { method = 'POST', path = '/', headers = {}, body = '' } = call;
    let effect: CallEffect | undefined;
    for (const placed of this.#faults) {
      placed.seen += 1;
      effect ??= placed.fault({ method, path, headers, body: Buffer.from(body) });
      if (effect !== undefined) placed.hit += 1;
    }
    return effect;
  }

  async close(): Promise<void> {
    this.#faults.clear();
  }
}
