import type { ToxicType } from './toxic-type.ts';
import { bandwidthType } from './toxics/bandwidth.ts';
import { connectDelayType } from './toxics/connect-delay.ts';
import { downType } from './toxics/down.ts';
import { httpAbortType } from './toxics/http-abort.ts';
import { httpLatencyType } from './toxics/http-latency.ts';
import { httpStatusType } from './toxics/http-status.ts';
import { latencyType } from './toxics/latency.ts';
import { limitDataType } from './toxics/limit-data.ts';
import { noopType } from './toxics/noop.ts';
import { packetLossType } from './toxics/packet-loss.ts';
import { resetPeerType } from './toxics/reset-peer.ts';
import { slicerType } from './toxics/slicer.ts';
import { slowCloseType } from './toxics/slow-close.ts';
import { timeoutType } from './toxics/timeout.ts';

/** Every type of toxic that can be put on a link, by its name: Toxiproxy's own, then ours. */
export const toxicTypes: ReadonlyMap<string, ToxicType> = new Map(
  [
    latencyType,
    bandwidthType,
    slowCloseType,
    timeoutType,
    resetPeerType,
    slicerType,
    limitDataType,
    noopType,
    downType,
    connectDelayType,
    packetLossType,
    httpLatencyType,
    httpStatusType,
    httpAbortType,
  ].map((type) => [type.name, type]),
);
