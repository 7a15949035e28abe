/** Vite gives the address of the built file. */
declare module '*.woff2?url' {
  const url: string;
  export default url;
}
