// A Lambda container: a fresh process that holds one function, and answers one event at a time. Plain JavaScript, so that
// nothing but the function is loaded beside it: node container.mjs <bundle>
const { handler } = await import(process.argv[2]);

process.on('message', async (event) => {
  const started = performance.now();
  try {
    await handler(event);
    process.send({ milliseconds: performance.now() - started });
  } catch (error) {
    process.send({ error: `${error.name}: ${error.message}` });
  }
});
process.send({ ready: true });
