import type { LabParts, StartServicesOptions } from '../../lab-parts.ts';
import { LabReplica } from '../../lab-replica.ts';
import { freePorts } from '../../processes/free-ports.ts';
import { siblingFile } from '../../processes/start-helper.ts';
import { environmentTag } from '../../running-lab.ts';
import { defaultHealthWithinMs } from '../../services.ts';
import { serveDataPlane } from './serve-data-plane.ts';

/**
 * Starts the control of a lab's links: a process of its own with the data plane at the other end of its channel, and a replica like
 * any other, which an experiment may stop. Its replacement listens on the same port, and remembers nothing.
 */
export async function startControl(
  options: StartServicesOptions,
  parts: LabParts,
  name: string,
): Promise<LabReplica> {
  const { lab, folder, processes, clock, signal, watch, onRestartFailed } = options;
  const [port = 0] = await freePorts(1);
  const id = `${name}-1`;
  const tag = environmentTag(lab.id);
  const control = new LabReplica({
    service: name,
    tags: { Service: name, [tag.key]: tag.value },
    links: new Map(),
    start: {
      name: id,
      command: ['node', siblingFile(import.meta.url, 'control-child'), JSON.stringify({ port })],
      folder,
      helper: true,
    },
    health: { port, path: '/version', withinMs: defaultHealthWithinMs },
    processes,
    clock,
    signal,
    watch,
    onSpawned: (managed) => serveDataPlane(managed, parts.plane),
    onRestartFailed: (thrown) => onRestartFailed(id, thrown),
  });
  parts.replicas.push(control);
  await control.start();
  return control;
}
