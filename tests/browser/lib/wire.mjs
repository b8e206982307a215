// The network between a browser and the server, to be cut: connections are refused and those under way break off.

import { connect, createServer } from "node:net";

/** Listens on a port of its own and passes everything on to `base`. */
export async function startWire(base) {
  const { hostname, port } = new URL(base);
  const open = new Set();
  const keep = (socket) => {
    open.add(socket);
    socket.on("close", () => open.delete(socket));
    socket.on("error", () => socket.destroy());
  };
  let own = 0;
  let listener;
  const join = () =>
    new Promise((resolve, reject) => {
      listener = createServer((near) => {
        const far = connect(Number(port), hostname);
        keep(near);
        keep(far);
        near.pipe(far).pipe(near);
      });
      listener.once("error", reject);
      listener.listen(own, "127.0.0.1", () => {
        own = listener.address().port;
        resolve();
      });
    });
  const cut = () =>
    new Promise((resolve) => {
      listener.close(resolve);
      for (const socket of open) socket.destroy();
    });
  await join();
  return { base: `http://127.0.0.1:${own}`, cut, join };
}
