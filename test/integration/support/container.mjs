// A container of AWS Lambda's for the built functions: is told which one to load, and hands it one event at a time.
// Its clock is ahead of the machine's, so that keys that were just made are old.
const ahead = Number(process.argv[2]);
const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...parts) {
    if (parts.length === 0) super(RealDate.now() + ahead);
    else super(...parts);
  }
  static now() {
    return RealDate.now() + ahead;
  }
};

const flat = (error) => ({
  name: error.name,
  code: error.code,
  message: error.message,
  ...(error.unjudged && {
    unjudged: error.unjudged.map(({ resource, error }) => ({ resource, error: flat(error) })),
  }),
});

process.on('message', async ({ url, event }) => {
  try {
    const { handler } = await import(url);
    process.send({ answer: await handler(event, {}) });
  } catch (error) {
    process.send({ error: flat(error) });
  }
});
