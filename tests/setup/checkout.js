// Before `npm run contract`, in plain JavaScript: Playwright compiles no TypeScript below node_modules.
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../..', import.meta.url));
if (/[\\/]node_modules[\\/]/.test(folder)) {
  console.error(
    `${folder} is below node_modules, where Playwright compiles no TypeScript: expected a checkout of its own, beside your project.`,
  );
  process.exit(2);
}
