// In a right-to-left admin, what is written in German is still read from the left: each field follows its own text.
// A style sheet can turn the letters of a field, but not the side on which a long text begins.
(() => {
  if (document.documentElement.dir !== "rtl") return;
  const types = ["text", "search", "url", "email", "tel"].map((type) => `input[type="${type}"]`);
  const selector = [...types, "textarea"].join(", ");
  const seen = new WeakSet();
  const follow = (field) => {
    // Whoever made a field with a direction knew why. An empty one stands like the page, with its placeholder.
    if (!seen.has(field) && field.hasAttribute("dir")) return;
    seen.add(field);
    if (field.value) field.dir = "auto";
    else field.removeAttribute("dir");
  };
  const followAll = () => document.querySelectorAll(selector).forEach(follow);
  document.addEventListener("DOMContentLoaded", () => {
    followAll();
    // Fields come later too: in windows, in choosers, when somebody adds a part to a page.
    new MutationObserver(followAll).observe(document.body, { childList: true, subtree: true });
  });
  document.addEventListener("input", (event) => {
    if (event.target.matches(selector)) follow(event.target);
  });
})();
