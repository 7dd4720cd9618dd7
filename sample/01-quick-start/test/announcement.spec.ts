import { announcement } from '../src/announcement.js';

describe('announcement', () => {
  it('says what to open and what to type', () => {
    const text = announcement({
      apiUrl: 'http://localhost:3000',
      pageUrl: 'http://localhost:3001',
      corsOrigins: ['http://localhost:3001', 'https://shop.example.com'],
      inspectorUrl: 'http://localhost:3000/cors',
      close: () => Promise.resolve(),
    });
    expect(text.split('\n').filter(Boolean)).toEqual([
      'The orders API listens on http://localhost:3000, with CORS_ORIGINS=http://localhost:3001,https://shop.example.com',
      'Watch a browser allow and refuse calls to it. Open the same page on two origins:',
      '  http://localhost:3001',
      '  http://127.0.0.1:3001',
      'See who may call what, and why a call is refused:',
      '  http://localhost:3000/cors',
      'Or send the preflight a browser sends before a PUT:',
      '  curl -i -X OPTIONS http://localhost:3000/orders/1 -H "Origin: http://localhost:3001" -H "Access-Control-Request-Method: PUT" -H "Access-Control-Request-Headers: content-type"',
    ]);
  });
});
