// What embed.html says to people, in the languages that prompts are understood in.

/** @typedef {typeof SAYINGS.en} Sayings */

export const SAYINGS = {
  en: {
    title: 'Portrait', person: 'New person', style: 'Style', plain: 'Photograph', words: 'Say it in words',
    example: 'an elderly woman laughing, round glasses', near: 'Similar people', use: 'Use this portrait', back: 'Back',
    loading: 'Loading the painter…', painting: 'Painting…', unused: 'Not understood: ', taken: 'Done.',
    alone: 'This page is made to be part of another one; docs/EMBED.md says how.',
  },
  de: {
    title: 'Porträt', person: 'Neue Person', style: 'Stil', plain: 'Fotografie', words: 'In Worten sagen',
    example: 'eine ältere Frau, lachend, runde Brille', near: 'Ähnliche Menschen', use: 'Dieses Porträt nehmen', back: 'Zurück',
    loading: 'Der Maler wird geladen…', painting: 'Wird gemalt…', unused: 'Nicht verstanden: ', taken: 'Fertig.',
    alone: 'Diese Seite ist dafür da, Teil einer anderen zu sein; docs/EMBED.md sagt, wie.',
  },
  fr: {
    title: 'Portrait', person: 'Autre personne', style: 'Style', plain: 'Photographie', words: 'Décrire en mots',
    example: 'une femme âgée qui rit, lunettes rondes', near: 'Personnes semblables', use: 'Choisir ce portrait', back: 'Retour',
    loading: 'Chargement du peintre…', painting: 'En train de peindre…', unused: 'Pas compris : ', taken: 'Terminé.',
    alone: 'Cette page est faite pour être intégrée dans une autre ; docs/EMBED.md explique comment.',
  },
  es: {
    title: 'Retrato', person: 'Otra persona', style: 'Estilo', plain: 'Fotografía', words: 'Decirlo con palabras',
    example: 'una mujer mayor riendo, gafas redondas', near: 'Personas parecidas', use: 'Usar este retrato', back: 'Atrás',
    loading: 'Cargando el pintor…', painting: 'Pintando…', unused: 'No entendido: ', taken: 'Listo.',
    alone: 'Esta página está hecha para formar parte de otra; docs/EMBED.md explica cómo.',
  },
  pt: {
    title: 'Retrato', person: 'Outra pessoa', style: 'Estilo', plain: 'Fotografia', words: 'Dizer em palavras',
    example: 'uma mulher idosa rindo, óculos redondos', near: 'Pessoas parecidas', use: 'Usar este retrato', back: 'Voltar',
    loading: 'Carregando o pintor…', painting: 'Pintando…', unused: 'Não entendido: ', taken: 'Pronto.',
    alone: 'Esta página foi feita para fazer parte de outra; docs/EMBED.md explica como.',
  },
  it: {
    title: 'Ritratto', person: 'Altra persona', style: 'Stile', plain: 'Fotografia', words: 'Dirlo a parole',
    example: 'una donna anziana che ride, occhiali tondi', near: 'Persone simili', use: 'Usa questo ritratto', back: 'Indietro',
    loading: 'Caricamento del pittore…', painting: 'Sto dipingendo…', unused: 'Non capito: ', taken: 'Fatto.',
    alone: 'Questa pagina è fatta per stare dentro un’altra; docs/EMBED.md spiega come.',
  },
};

/** @param {string | null} wanted such as "de-AT" @returns {keyof typeof SAYINGS} */
export function languageOf(wanted) {
  const short = (wanted ?? '').slice(0, 2).toLowerCase();
  return short in SAYINGS ? /** @type {keyof typeof SAYINGS} */ (short) : 'en';
}
