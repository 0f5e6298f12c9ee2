import vuePlugin from 'eslint-plugin-vue'
import tseslint from 'typescript-eslint'

/** Import directions: renderer -> preload/contract <- main. */
const forbid = (...patterns) => ({
  'no-restricted-imports': ['error', { patterns }],
})
const electronOnlyInShell = {
  group: ['electron'],
  message: 'Electron is imported in main/shell, main/index.ts and preload/index.ts only.',
}
const noRenderer = { group: ['**/renderer/**'], message: 'Main never imports from renderer/.' }
const noMain = { group: ['**/main/**'], message: 'Only main/ imports from main/.' }
/** What a person reads is in words.en.ts and words.de.ts; an example to type, in a placeholder, is no word. */
const readAttributes = [
  ...['title', 'alt', 'label', 'hint', 'text', 'legend', 'heading', 'caption', 'aria-label'],
  ...['aria-description', 'aria-placeholder', 'aria-roledescription', 'aria-valuetext'],
]
const signs = '()[]{}<>.,:;+-=*/#%&!?|·•–—→…×✓'
const wordsInCode = {
  selector:
    'Property[key.name=/^(label|title|text|hint|body|message|heading|caption|legend|ariaLabel)$/] > ' +
    ':matches(Literal[value=/[A-Za-z]{2}/], TemplateLiteral[quasis.0.value.raw=/[A-Za-z]{2}/])',
  message: 'Words belong in words.en.ts and words.de.ts.',
}
const noNode = { group: ['node:*'], message: 'This code runs in the page.' }

export default tseslint.config(
  { ignores: ['out/', 'dist/', 'node_modules/', 'coverage/', 'test-results/'] },
  ...tseslint.configs.strictTypeChecked,
  ...vuePlugin.configs['flat/recommended'],
  {
    languageOptions: {
      parserOptions: {
        projectService: true,
        extraFileExtensions: ['.vue'],
        parser: tseslint.parser,
      },
    },
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-confusing-void-expression': 'off',
      'no-console': 'error',
      'vue/no-v-html': 'error',
      'vue/multi-word-component-names': 'off',
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/require-default-prop': 'off',
      // Formatting is prettier's.
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
      'vue/html-indent': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/first-attribute-linebreak': 'off',
      'vue/attributes-order': 'off',
    },
  },
  { files: ['main/**/*.ts'], rules: forbid(noRenderer, electronOnlyInShell) },
  { files: ['main/index.ts', 'main/shell/**/*.ts'], rules: forbid(noRenderer) },
  { files: ['preload/index.ts'], rules: forbid(noRenderer, noMain) },
  {
    files: ['preload/contract/**/*.ts'],
    rules: forbid(noRenderer, noMain, noNode, electronOnlyInShell),
  },
  { files: ['renderer/**/*.{ts,vue}'], rules: forbid(noMain, noNode, electronOnlyInShell) },
  {
    files: ['renderer/**/*.{ts,vue}'],
    ignores: ['**/words.*.ts'],
    rules: {
      'no-restricted-syntax': ['error', wordsInCode],
      'vue/no-restricted-syntax': ['error', wordsInCode],
      'vue/no-bare-strings-in-template': [
        'error',
        // The boxes of pictures carry names of examples: shop:1.2.
        { attributes: { '/^(?!picture).+/i': readAttributes }, allowlist: [...signs] },
      ],
    },
  },
  {
    // Plain scripts and configuration are not part of the TypeScript project.
    files: ['**/*.{js,mjs,cjs}'],
    ...tseslint.configs.disableTypeChecked,
  },
  {
    files: ['build/**/*.mjs', 'main/serve.ts', 'main/engines/ensure.ts', 'test/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
)
