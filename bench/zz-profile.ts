import { measure } from './measure.js';
import { startUpstream } from './processes.js';
const upstream = await startUpstream({ members: 25, latencyMs: 20 });
for (const target of process.argv.slice(2)) {
  const s = await measure(target, { page: 'full', users: 8000, members: 25, connections: 16, warmUp: 1000, requests: 2500, maxSeconds: 15 }, upstream);
  console.log(target, s.requestsPerSecond.toFixed(0), 'req/s', s.processorMs.toFixed(3), 'ms', s.peakResidentMiB.toFixed(0), 'MiB', JSON.stringify(s.callsByEndpoint));
}
await upstream.stop();
