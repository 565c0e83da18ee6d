const KEY = 'groundrules-theme';

/** The switch between light, dark and what the system says. A browser that keeps nothing of local files forgets it. */
export function startTheme(switches: HTMLElement): void {
  const stored = kept();
  for (const input of switches.querySelectorAll<HTMLInputElement>('input')) {
    input.checked = input.value === stored;
    input.addEventListener('change', () => {
      choose(input.value);
      keep(input.value);
    });
  }
  choose(stored);
  switches.hidden = false;
}

function choose(theme: string): void {
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
}

function kept(): string {
  try {
    const theme = localStorage.getItem(KEY);
    return theme === 'light' || theme === 'dark' ? theme : 'auto';
  } catch {
    return 'auto';
  }
}

function keep(theme: string): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // The choice holds for this page.
  }
}
