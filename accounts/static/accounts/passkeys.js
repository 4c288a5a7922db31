// Says on the page what allauth's scripts would tell the console only: that a passkey was not shown or made.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const note of document.querySelectorAll("[data-passkey-failed]")) note.hidden = false;
});
