// A Lambda container: a fresh process that holds one function, and answers one event at a time. Plain JavaScript, so that
// nothing but the function is loaded beside it: node container.mjs <bundle> [milliseconds that an invocation may take]
const [, , bundle, timeout] = process.argv;
const { handler } = await import(bundle);

process.on('message', async (event) => {
  const started = performance.now();
  try {
    const context = timeout && {
      getRemainingTimeInMillis: () => started + Number(timeout) - performance.now(),
    };
    await handler(event, context || undefined);
    process.send({ milliseconds: performance.now() - started, usage: process.resourceUsage() });
  } catch (error) {
    process.send({ error: `${error.name}: ${error.message}` });
  }
});
process.send({ ready: true });
