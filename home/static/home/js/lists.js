/* Lists swap their results with htmx. It would note the address in the browser's storage; nothing is kept in a
   reader's browser unasked, so it finds none and works without. */
Object.defineProperty(window, "sessionStorage", { value: undefined });
