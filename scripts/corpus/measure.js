// Loaded into a command with --import: writes what the whole process took to the file that MEASURE_TO names.

import { writeFileSync } from 'node:fs';

const to = process.env.MEASURE_TO;
process.on('exit', () => {
  if (to === undefined) return;
  const { maxRSS, systemCPUTime, userCPUTime } = process.resourceUsage();
  const cpuMs = (systemCPUTime + userCPUTime) / 1000;
  writeFileSync(to, JSON.stringify({ wallMs: performance.now(), cpuMs, peakMb: maxRSS / 1024 }));
});
