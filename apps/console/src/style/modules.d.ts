declare module '*.css'
/** The address of a program that runs beside the page. */
declare module '*?worker&url' {
  const url: string
  export default url
}
