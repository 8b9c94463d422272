import { defineConfig } from 'refundgen';
import base from './refundgen.config.js';

export default defineConfig({ ...base, output: 'src/shared', runtime: 'package' });
