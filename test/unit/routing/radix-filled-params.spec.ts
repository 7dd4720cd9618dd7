import { hasFilledParams } from '../../../lib/routing/radix-filled-params.js';

describe('hasFilledParams', () => {
  it.each([[{}], [{ id: '1' }], [{ id: '0', '*': '' }], [{ id: undefined }]])(
    'takes %j',
    (params) => {
      expect(hasFilledParams(params)).toBe(true);
    },
  );

  it.each([[{ id: '' }], [{ id: '1', name: '' }], [{ '*': '1', id: '' }]])(
    'does not take %j',
    (params) => {
      expect(hasFilledParams(params)).toBe(false);
    },
  );
});
