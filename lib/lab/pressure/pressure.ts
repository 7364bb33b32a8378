import * as z from 'zod';

/** What of a machine is put under pressure, and how hard. */
export const pressureSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('cpu'),
    /** Processes that compute. */
    workers: z.int().min(1),
    /** The share of its time that each of them computes. */
    loadPercent: z.number().min(1).max(100),
  }),
  z.strictObject({
    kind: z.literal('memory'),
    /** How much is held, in bytes. */
    bytes: z.int().min(1),
  }),
  z.strictObject({
    kind: z.literal('io'),
    /** Processes that write to the disk, and read what they wrote. */
    workers: z.int().min(1),
  }),
  z.strictObject({
    kind: z.literal('connections'),
    host: z.string(),
    port: z.int().min(1),
    /** How many are held open. */
    connections: z.int().min(1),
  }),
]);

export type Pressure = z.output<typeof pressureSchema>;
export type CpuPressure = Extract<Pressure, { kind: 'cpu' }>;

/** What the processes of a pressure have done so far, all together. */
export interface PressureCounters {
  /** CPU time that they got, in milliseconds. */
  readonly cpuMs: number;
  /** Memory that they hold now, every page of it written to. */
  readonly heldBytes: number;
  /** The most that they have held. */
  readonly mostHeldBytes: number;
  readonly writtenBytes: number;
  /** Connections that they hold now. */
  readonly heldConnections: number;
  /** Connections that were refused, or ended right after they had been opened. */
  readonly refusedConnections: number;
}

/** What one of its processes tells of itself. */
export const toldSchema = z.strictObject({
  told: z.strictObject({
    cpuMs: z.number(),
    heldBytes: z.number(),
    writtenBytes: z.number(),
    heldConnections: z.number(),
    refusedConnections: z.number(),
    /** Why it has let go by itself, once it has. */
    gaveUp: z.string().optional(),
  }),
});

export type Told = z.output<typeof toldSchema>;

/** What each of its processes is told to do. */
export const workSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('cpu'), loadPercent: z.number().min(1).max(100) }),
  z.strictObject({ kind: z.literal('memory'), bytes: z.int().min(1), leaveBytes: z.int().min(0) }),
  z.strictObject({ kind: z.literal('io'), folder: z.string(), fileBytes: z.int().min(1) }),
  z.strictObject({
    kind: z.literal('connections'),
    host: z.string(),
    port: z.int().min(1),
    connections: z.int().min(1),
  }),
]);

export type Work = z.output<typeof workSchema>;

/** A pressure that is on. */
export interface Pressing {
  /** The processes that press. */
  readonly pids: readonly number[];
  counters(): PressureCounters;
  /** Why it has ended by itself, so that the machine does not suffer; undefined while it has not. */
  gaveUp(): string | undefined;
  /** For people: `2 processes computed for 3.9 s`. */
  evidence(): string;
  /** Ends it; resolves once its processes are gone. Twice is no error. */
  stop(): Promise<void>;
}
