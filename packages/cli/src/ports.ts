/** Which ports are taken where none is named. */

/** The Device Manager is `http://ADDRESS` where the program may use port 80. */
export function defaultBoxPort(): number {
  return process.getuid?.() === 0 ? 80 : 8080;
}

export const DEMO_BOX_PORT = 8080;
export const CENTRAL_PORT = 8090;
