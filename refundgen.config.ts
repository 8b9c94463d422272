import { defineConfig } from './generator/index.js';

export default defineConfig({
  providers: {
    piriod: { spec: 'specs/piriod.yaml' },
    wooshpay: { spec: 'specs/wooshpay.yaml' },
    medusa: { spec: 'specs/medusa.yaml' },
    chip: { spec: 'specs/chip.yaml' },
  },
  output: 'generated',
});
