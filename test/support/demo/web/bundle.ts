import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** The files of the page, by path, ready to be served. */
export type Bundle = ReadonlyMap<string, { readonly type: string; readonly body: string }>;

const PAGE = fileURLToPath(new URL('./page/', import.meta.url));

/** Bundles the page with everything it needs: at run time, nothing is fetched from elsewhere. */
export async function bundlePage(): Promise<Bundle> {
  const { outputFiles } = await build({
    entryPoints: { page: `${PAGE}main.tsx` },
    outdir: PAGE,
    write: false,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'silent',
  });
  const file = (extension: string): string => outputFiles.find(({ path }) => path.endsWith(extension))?.text ?? '';
  return new Map([
    ['/', { type: 'text/html; charset=utf-8', body: HTML }],
    ['/page.js', { type: 'text/javascript; charset=utf-8', body: file('.js') }],
    ['/page.css', { type: 'text/css; charset=utf-8', body: file('.css') }],
  ]);
}

const HTML = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>prizedraw: a Slack workspace to try it in</title>
    <link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 100 100'%3E%3Ctext y='.9em' font-size='90'%3E🎁%3C/text%3E%3C/svg%3E">
    <link rel="stylesheet" href="/page.css">
  </head>
  <body>
    <div id="root"></div>
    <script type="module" src="/page.js"></script>
  </body>
</html>
`;
