import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

/** `vite build` makes the browser's files, `vite build --ssr server.tsx` the server's renderer. */
export default defineConfig(({ isSsrBuild, mode }) => ({
  root: path('web'),
  plugins: [react()],
  // The page handler puts the nonce of the reply in its place.
  html: { cspNonce: '__NONCE__' },
  build: isSsrBuild
    ? {
        outDir: path('dist/web/server'),
        emptyOutDir: true,
        copyPublicDir: false,
        target: 'node20',
        rollupOptions: { input: { server: path('web/server.tsx') }, output: { entryFileNames: 'server.js' } },
      }
    : {
        outDir: path('dist/web/client'),
        emptyOutDir: true,
        target: 'es2022',
        // One style sheet: a lazily loaded page that was rendered on the server must not appear unstyled first.
        cssCodeSplit: false,
        // The CSP has no place for data: URIs in styles and fonts.
        assetsInlineLimit: 0,
        manifest: true,
        rollupOptions: {
          output: {
            // Shared modules would otherwise become twenty files of half a kilobyte, all needed at first.
            codeSplitting: {
              groups: [
                {
                  name: 'vendor',
                  test: /node_modules\/(react|react-dom|scheduler|@tanstack|use-sync-external-store|clsx)\//,
                },
                {
                  name: 'app',
                  test: /web\/(ui\/(?!shown-once|check|picture-field|leave-guard|message-words)|api\/|events\/)|registrations\/(register|cancel|registration)-|account-queries\.ts/,
                },
              ],
            },
          },
        },
      },
  // Everything goes into the bundle: production installs have no React.
  ssr: { noExternal: true },
  // Decided when building, or a server started without NODE_ENV would render with React's slow development half.
  define: isSsrBuild && mode === 'production' ? { 'process.env.NODE_ENV': '"production"' } : {},
}))
