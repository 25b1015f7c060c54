// The search runs here. An amount is found however it is typed (with an ordinary, a no-break or a
// narrow space, or none), and a word with or without its accents.
(() => {
  const QUERY = 2 // the kind of message that carries what was typed
  const here = self.document ? self.document.currentScript.src : self.location.href

  const fold = (text) => text.normalize("NFD").replace(/\p{Mn}/gu, "")
  const compact = (text) => text.replace(/(\d)[\s\u00a0\u202f](?=\d{3}(?!\d))/g, "$1")

  // Registered before Material's own listener, which receives the same event after this one.
  self.addEventListener("message", (event) => {
    if (event.data.type !== QUERY) return
    const typed = compact(fold(event.data.data)).replace(/\s*€/g, "")
    Object.defineProperty(event, "data", { value: { type: QUERY, data: typed } })
  })

  const indexed = () => {
    const Token = self.lunr.Token
    self.lunr.Token = function (text, metadata) {
      return new Token(compact(fold(text)), metadata)
    }
    self.lunr.Token.prototype = Token.prototype
  }
  const loaded = self.importScripts(new URL("SEARCH_WORKER", here).href)
  if (loaded) loaded.then(indexed)
  else indexed()
})()
