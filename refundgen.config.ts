import type { RefundgenConfig } from './generator/config.js';

export default {
  providers: {
    piriod: { spec: 'specs/piriod.yaml' },
    wooshpay: { spec: 'specs/wooshpay.yaml' },
    medusa: { spec: 'specs/medusa.yaml' },
    chip: { spec: 'specs/chip.yaml' },
  },
  output: 'generated',
} satisfies RefundgenConfig;
