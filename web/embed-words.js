// What embed.html says to people, in the languages that prompts are understood in.

export const LANGUAGES = /** @type {const} */ (['en', 'de', 'fr', 'es', 'pt', 'it']);

/** A row a saying, its columns in the order of LANGUAGES. */
const ROWS = {
  title: ['Portrait', 'Porträt', 'Portrait', 'Retrato', 'Retrato', 'Ritratto'],
  person: ['New person', 'Neue Person', 'Autre personne', 'Otra persona', 'Outra pessoa', 'Altra persona'],
  style: ['Style', 'Stil', 'Style', 'Estilo', 'Estilo', 'Stile'],
  plain: ['Photograph', 'Fotografie', 'Photographie', 'Fotografía', 'Fotografia', 'Fotografia'],
  words: ['Say it in words', 'In Worten sagen', 'Décrire en mots', 'Decirlo con palabras', 'Dizer em palavras', 'Dirlo a parole'],
  example: [
    'an elderly woman laughing, round glasses',
    'eine ältere Frau, lachend, runde Brille',
    'une femme âgée qui rit, lunettes rondes',
    'una mujer mayor riendo, gafas redondas',
    'uma mulher idosa rindo, óculos redondos',
    'una donna anziana che ride, occhiali tondi',
  ],
  near: ['Similar people', 'Ähnliche Menschen', 'Personnes semblables', 'Personas parecidas', 'Pessoas parecidas', 'Persone simili'],
  use: [
    'Use this portrait',
    'Dieses Porträt nehmen',
    'Choisir ce portrait',
    'Usar este retrato',
    'Usar este retrato',
    'Usa questo ritratto',
  ],
  back: ['Back', 'Zurück', 'Retour', 'Atrás', 'Voltar', 'Indietro'],
  loading: [
    'Loading the painter…',
    'Der Maler wird geladen…',
    'Chargement du peintre…',
    'Cargando el pintor…',
    'Carregando o pintor…',
    'Caricamento del pittore…',
  ],
  painting: ['Painting…', 'Wird gemalt…', 'En train de peindre…', 'Pintando…', 'Pintando…', 'Sto dipingendo…'],
  unused: ['Not understood: ', 'Nicht verstanden: ', 'Pas compris : ', 'No entendido: ', 'Não entendido: ', 'Non capito: '],
  taken: ['Done.', 'Fertig.', 'Terminé.', 'Listo.', 'Pronto.', 'Fatto.'],
  alone: [
    'This page is made to be part of another one; docs/EMBED.md says how.',
    'Diese Seite ist dafür da, Teil einer anderen zu sein; docs/EMBED.md sagt, wie.',
    'Cette page est faite pour être intégrée dans une autre ; docs/EMBED.md explique comment.',
    'Esta página está hecha para formar parte de otra; docs/EMBED.md explica cómo.',
    'Esta página foi feita para fazer parte de outra; docs/EMBED.md explica como.',
    'Questa pagina è fatta per stare dentro un’altra; docs/EMBED.md spiega come.',
  ],
};

/** @typedef {Record<keyof typeof ROWS, string>} Sayings */

/** @param {string | null} wanted such as "de-AT" @returns {typeof LANGUAGES[number]} */
export function languageOf(wanted) {
  const short = (wanted ?? '').slice(0, 2).toLowerCase();
  return LANGUAGES.find((known) => known === short) ?? 'en';
}

/** @param {typeof LANGUAGES[number]} lang @returns {Sayings} */
export function sayingsIn(lang) {
  const column = LANGUAGES.indexOf(lang);
  return /** @type {Sayings} */ (Object.fromEntries(Object.entries(ROWS).map(([name, row]) => [name, row[column]])));
}
