/** A script as text, which `build.mjs` makes of the file: a page loads nothing, so it brings its worker along. */
declare module '*?code' {
  const code: string
  export default code
}
