import { defineConfig } from 'refundgen';

export default defineConfig({
  providers: {
    chip: { spec: 'specs/chip.yaml' },
    medusa: { spec: 'specs/medusa.yaml' },
    piriod: { spec: 'specs/piriod.yaml' },
    wooshpay: { spec: 'specs/wooshpay.yaml', overlay: 'specs/wooshpay.overlay.yaml' },
  },
  output: 'src/refunds',
});
