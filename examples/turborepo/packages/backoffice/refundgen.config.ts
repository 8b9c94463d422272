import { defineConfig } from 'refundgen';

// A spec package that is named here has to be in the dependencies of package.json: the task runner goes by those.
export default defineConfig({
  providers: {
    meadow: { spec: '../specs-meadow/meadow.yaml' },
  },
  output: 'generated',
});
