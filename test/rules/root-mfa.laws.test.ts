import fc from 'fast-check';
import rule from '../../rules/root-mfa/rule.ts';
import { denied, judged, memoryAccount } from '../support/memory.ts';
import { type Device, everything, judgeRoot, named, ofRoot, rootArn, type Summary } from '../support/root.ts';

describe('root-mfa: parameters and laws', () => {
  test.each([
    [{ requireHardware: 'yes' }, /requireHardware is "yes": expected true or false/],
    [{ noCredentialsVerdict: 'MAYBE' }, /noCredentialsVerdict is "MAYBE"/],
    [{ hardware: 'true' }, /there is no parameter "hardware"/],
  ])('the parameters %j are refused', async (parameters, message) => {
    await expect(judged(rule, memoryAccount({}), parameters)).rejects.toThrow(message);
  });

  describe('for any account', () => {
    const count = fc.option(fc.integer({ min: 0, max: 2 }), { nil: undefined });
    const summaries = fc
      .record({
        AccountMFAEnabled: count,
        AccountPasswordPresent: count,
        AccountAccessKeysPresent: count,
        AccountSigningCertificatesPresent: count,
      })
      .map((summary) => JSON.parse(JSON.stringify(summary)) as Summary);
    const lists = fc.oneof(
      fc.constant(denied),
      fc.array(
        fc.constantFrom<Device>(
          ofRoot(),
          ofRoot(named),
          { SerialNumber: named },
          ofRoot(named, `${rootArn}x`),
        ),
        { maxLength: 3 },
      ),
    );
    test('requiring hardware never makes a failing root pass', async () => {
      await fc.assert(
        fc.asyncProperty(summaries, lists, async (summary, devices) => {
          const lenient = await judgeRoot({ summary, devices });
          const strict = await judgeRoot({ summary, devices }, { requireHardware: 'true' });
          if (lenient.compliance === 'NON_COMPLIANT') expect(strict.compliance).toBe('NON_COMPLIANT');
          if (strict.compliance === 'COMPLIANT') expect(lenient.compliance).toBe('COMPLIANT');
        }),
      );
    });

    test('a verdict holds whatever the keys that were left out would have said', async () => {
      await fc.assert(
        fc.asyncProperty(
          summaries,
          fc.array(count, { minLength: 4, maxLength: 4 }),
          async (summary, rest) => {
            const said = await judgeRoot({ summary });
            if (said.compliance === 'UNKNOWN') return;
            const keys = Object.keys(everything).slice(0, 4);
            const whole = Object.fromEntries(keys.map((key, at) => [key, summary[key] ?? rest[at] ?? 0]));
            expect((await judgeRoot({ summary: whole })).compliance).toBe(said.compliance);
          },
        ),
      );
    });
  });
});
