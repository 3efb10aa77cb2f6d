import { createStore } from '../api/store';

export type Theme = 'light' | 'dark' | 'system';

const KEY = 'serai.theme';
const CLASS = 'pf-v6-theme-dark';
const systemIsDark = window.matchMedia('(prefers-color-scheme: dark)');

/** The theme that was chosen. */
export const themeStore = createStore<Theme>(stored());

/** Shows the page in the chosen theme, now and when the system's changes. */
export function applyTheme(): void {
  const show = () => {
    const theme = themeStore.get();
    const isDark = theme === 'dark' || (theme === 'system' && systemIsDark.matches);
    document.documentElement.classList.toggle(CLASS, isDark);
  };
  systemIsDark.addEventListener('change', show);
  themeStore.subscribe(show);
  show();
}

/** Chooses a theme; this browser keeps it. */
export function chooseTheme(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // A browser that keeps nothing shows the theme until the page is left.
  }
  themeStore.set(theme);
}

function stored(): Theme {
  try {
    const text = localStorage.getItem(KEY);
    return text === 'light' || text === 'dark' ? text : 'system';
  } catch {
    return 'system';
  }
}
