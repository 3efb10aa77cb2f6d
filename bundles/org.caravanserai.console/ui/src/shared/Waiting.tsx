import { Bullseye, Spinner } from '@patternfly/react-core';

/** Something is on its way. */
export function Waiting({ what }: { what: string }) {
  return (
    <Bullseye className="serai-waiting">
      <Spinner aria-label={`Loading ${what}`} />
    </Bullseye>
  );
}
