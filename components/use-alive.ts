import { useEffect, useState } from "react";

/** Whether a click does something yet: false on the server, and until scripts have taken over what it rendered. */
export function useAlive(): boolean {
  const [alive, setAlive] = useState(false);
  useEffect(() => setAlive(true), []);
  return alive;
}
