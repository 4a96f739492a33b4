import { createTheme, defaultVariantColorsResolver, type CSSVariablesResolver } from '@mantine/core'

const sans =
  "'Avenir Next', Avenir, 'Segoe UI Variable Display', 'Segoe UI', 'Helvetica Neue', Helvetica, Arial, system-ui, sans-serif"

/** Plum and marigold: ink-dark plum acts in the light, marigold in the dark; both pass AA on their ground. */
export const theme = createTheme({
  fontFamily: sans,
  headings: { fontFamily: sans, fontWeight: '800' },
  primaryColor: 'plum',
  primaryShade: { light: 7, dark: 3 },
  defaultRadius: 'md',
  colors: {
    plum: [
      '#faf1f8',
      '#f0dced',
      '#e2b9dc',
      '#d596cb',
      '#b75fab',
      '#96418b',
      '#782c6f',
      '#5a1d55',
      '#431340',
      '#31112f',
    ],
    dark: [
      '#f4ebf2',
      '#d9cbd7',
      '#b9a8b8',
      '#8d7b8c',
      '#564556',
      '#453545',
      '#2f232f',
      '#171017',
      '#120c12',
      '#0c080c',
    ],
  },
  variantColorResolver: (input) => {
    if (input.variant === 'filled' && (input.color ?? 'plum') === 'plum') return solid('cta')
    if (input.variant === 'danger') return solid('danger-fill')
    if (input.variant === 'onband') return solid('accent')
    return defaultVariantColorsResolver(input)
  },
})

const solid = (name: string) => ({
  background: `var(--${name})`,
  hover: `var(--${name}-hover)`,
  color: `var(--${name}-ink)`,
  border: '1px solid transparent',
})

const ours = {
  '--mantine-color-body': 'var(--paper)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--ink-soft)',
  '--mantine-color-placeholder': 'var(--ink-soft)',
  '--mantine-color-anchor': 'var(--link)',
  '--mantine-color-error': 'var(--danger)',
  '--mantine-color-default': 'var(--card)',
  '--mantine-color-default-hover': 'var(--hover)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--line-strong)',
  '--mantine-primary-color-filled': 'var(--cta)',
}

/** Points Mantine's own variables at the palette of theme.css. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({ variables: {}, light: ours, dark: ours })
