import react from '@vitejs/plugin-react';
import { defineConfig, loadEnv } from 'vite';

export default defineConfig(({ mode }) => {
  const { VITE_API_URL = '' } = loadEnv(mode, import.meta.dirname);
  return {
    plugins: [react()],
    cacheDir: 'dist/.vite',
    build: { outDir: 'dist/page' },
    server: {
      // Answers as localhost and as 127.0.0.1: two origins, of which the API allows one.
      host: '127.0.0.1',
      // The page is served from here, so nothing here needs CORS. Vite would else answer
      // preflights itself and add headers to what the API says.
      cors: false,
      proxy: {
        '/api': {
          target: VITE_API_URL,
          changeOrigin: true,
          rewrite: (path) => path.replace(/^\/api/, ''),
        },
      },
    },
  };
});
