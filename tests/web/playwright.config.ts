// Browser tests of build/site in the system's Chromium: playwright test -c tests/web
import { defineConfig } from '@playwright/test';
import { kServer } from './server';

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '../../build/playwright',
  snapshotPathTemplate: '{testDir}/baseline/{arg}{ext}',
  reporter: [['list']],
  workers: 1,
  timeout: 60_000,
  use: {
    baseURL: kServer.url,
    browserName: 'chromium',
    launchOptions: {
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
  webServer: {
    command: kServer.command,
    cwd: kServer.root,
    url: kServer.url,
    reuseExistingServer: false,
  },
});
