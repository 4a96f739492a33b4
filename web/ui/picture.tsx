type Widths = { widths: { width: number; url: string }[] }

/**
 * A picture in the width that its place needs. The place has its height from its style, so that nothing moves when the
 * picture comes. `sizes` says how wide the place is, as in HTML.
 */
export function Picture(props: {
  picture: Widths
  alt: string
  sizes: string
  className?: string | undefined
  /** It is what one sees first. */
  eager?: boolean
}) {
  const { widths } = props.picture
  return (
    <img
      src={widths.at(-1)?.url}
      srcSet={widths.map(({ width, url }) => `${url} ${width}w`).join(', ')}
      sizes={props.sizes}
      alt={props.alt}
      className={props.className}
      loading={props.eager ? 'eager' : 'lazy'}
      fetchPriority={props.eager ? 'high' : 'auto'}
      decoding="async"
    />
  )
}
