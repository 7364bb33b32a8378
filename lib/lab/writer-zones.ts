import type { LabService } from '../experiment/lab-service.ts';

/** In which zone the writer of each database of a lab is now. */
export interface WriterZones {
  /** Undefined where the lab does not say. */
  zoneOf(service: string): string | undefined;
  /** A failover has another instance write. @returns the zone that this one is in; undefined where the lab names none */
  failOver(service: string): string | undefined;
  /** Calls back after each failover that has moved a writer. @returns how to end that */
  onMove(listener: () => void): () => void;
}

export function createWriterZones(services: Readonly<Record<string, LabService>>): WriterZones {
  const zones = new Map<string, { readonly writer: string; readonly next: string | undefined }>();
  for (const [name, service] of Object.entries(services)) {
    if ('postgres' in service && service.zone !== undefined)
      zones.set(name, { writer: service.zone, next: service.failsOverTo });
  }
  const listeners = new Set<() => void>();
  return {
    zoneOf: (service) => zones.get(service)?.writer,
    failOver: (service) => {
      const { writer, next } = zones.get(service) ?? {};
      if (writer === undefined || next === undefined) return undefined;
      zones.set(service, { writer: next, next: writer });
      for (const listener of listeners) listener();
      return next;
    },
    onMove: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
