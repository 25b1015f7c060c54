// What the pages do in the browser: compare two days, filter the table of traceability.
(() => {
  const fold = (text) =>
    text.normalize("NFD").replace(/\p{Mn}/gu, "").replace(/[\s\u00a0\u202f]/g, "").toLowerCase()

  const form = document.querySelector("form.compare")
  if (form) {
    const dates = form.dataset.dates.split(" ")
    const pages = new Map(form.dataset.pages.trim().split(" ").map((entry) => entry.split("=")))
    const answer = form.querySelector(".compare__answer")
    const inForce = (day) => dates.filter((date) => date <= day).pop() ?? ""
    form.hidden = false
    form.addEventListener("submit", (event) => {
      event.preventDefault()
      const days = [form.elements.first.value, form.elements.second.value].sort()
      const [first, second] = days.map(inForce)
      const page = pages.get(`${first}_${second}`)
      if (page) window.location.href = page
      else answer.textContent = "Rien n'a changé entre ces deux jours."
    })
  }

  const filter = document.querySelector("#filter")
  if (filter) {
    const rows = [...document.querySelectorAll("#trace tbody tr")]
    const texts = rows.map((row) => fold(row.textContent))
    const count = document.querySelector("#filter-count")
    const apply = () => {
      const words = filter.value.replace(/(\d)\s(?=\d{3}(?!\d))/g, "$1").split(/\s+/).map(fold)
      let shown = 0
      rows.forEach((row, rank) => {
        row.hidden = !words.every((word) => texts[rank].includes(word))
        shown += row.hidden ? 0 : 1
      })
      count.textContent = `${shown} ligne${shown > 1 ? "s" : ""} sur ${rows.length}`
    }
    filter.closest(".filter").hidden = false
    filter.addEventListener("input", apply)
    apply()
  }

  // A printed page shows everything.
  window.addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll("details:not(.tests):not([open])")) {
      if (!details.closest("#trace")) details.open = true
    }
  })
})()
