import { Alert, AlertActionCloseButton, AlertGroup, type AlertProps } from '@patternfly/react-core';
import { createContext, use, useState, type ReactNode } from 'react';

interface Notice {
  id: number;
  title: string;
  variant: NonNullable<AlertProps['variant']>;
}

type Notify = (variant: Notice['variant'], title: string) => void;

const NoticesContext = createContext<Notify>(() => undefined);
const SECONDS = 8;

/** Says what was done, wherever in the page the user is. */
export function useNotices(): Notify {
  return use(NoticesContext);
}

/** Shows what was done; what went well goes by itself. */
export function Notices({ children }: { children: ReactNode }) {
  const [notices, setNotices] = useState<Notice[]>([]);
  const close = (id: number) => setNotices((all) => all.filter((each) => each.id !== id));
  const [notify] = useState(() => {
    let last = 0;
    const add: Notify = (variant, title) => {
      const id = ++last;
      setNotices((all) => [...all, { id, variant, title }]);
    };
    return add;
  });
  return (
    <NoticesContext value={notify}>
      {children}
      <AlertGroup isToast isLiveRegion>
        {notices.map(({ id, variant, title }) => (
          <Alert
            component="p"
            key={id}
            variant={variant}
            title={title}
            timeout={variant === 'danger' ? false : SECONDS * 1000}
            onTimeout={() => close(id)}
            actionClose={<AlertActionCloseButton title={title} onClose={() => close(id)} />}
          />
        ))}
      </AlertGroup>
    </NoticesContext>
  );
}
