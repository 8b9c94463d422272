// Required into every Node process that is measured: appends what the whole process took to the file that
// REFUNDGEN_BENCH_COST names. CommonJS, as an ES module would make every start slower by the loader of such modules.

const { appendFileSync } = require('node:fs');
const { isMainThread } = require('node:worker_threads');

const to = process.env.REFUNDGEN_BENCH_COST;
// A worker is a thread of a process that is counted already.
if (to !== undefined && isMainThread) {
  process.on('exit', () => {
    const { maxRSS, systemCPUTime, userCPUTime } = process.resourceUsage();
    appendFileSync(to, `${JSON.stringify({ cpuMs: (systemCPUTime + userCPUTime) / 1000, peakMb: maxRSS / 1024 })}\n`);
  });
}
