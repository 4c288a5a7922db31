// Lets the list of coming dates follow the date and repetition fields while somebody types.
(() => {
  const WATCHED = ["start_date", "start_time", "all_day", "repeat", "repeat_weekdays", "repeat_until"];
  let timer = 0;

  const refresh = async (form, box) => {
    const data = new FormData(form);
    const query = new URLSearchParams();
    for (const [name, value] of data) {
      if (WATCHED.includes(name) || name.startsWith("date_changes-")) query.append(name, value);
    }
    const response = await fetch(`${box.dataset.url}?${query}`, { headers: { Accept: "text/html" } });
    if (response.ok) box.innerHTML = await response.text();
  };

  document.addEventListener("change", (event) => {
    if (!WATCHED.includes(event.target.name)) return;
    const box = event.target.form?.querySelector("[data-event-dates]");
    if (!box) return;
    clearTimeout(timer);
    timer = setTimeout(() => refresh(event.target.form, box), 300);
  });
})();
