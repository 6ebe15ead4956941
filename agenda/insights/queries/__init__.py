from agenda.insights.queries.words import InWords, in_words, state_of, words_of
