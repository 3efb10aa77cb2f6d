/** The product's mark. */
export function Mark() {
  return (
    <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true" className="serai-mark">
      <rect width="32" height="32" rx="6" fill="#7d4b12" />
      <path
        d="M5 26V14h4v-3h3v3h2V9a2 2 0 0 1 4 0v5h2v-3h3v3h4v12h-8v-5a3 3 0 0 0-6 0v5z"
        fill="#fff"
      />
    </svg>
  );
}
