/* words.c: see words.h and clause.h. */
#include "load/words.h"

#include "base/utf8.h"

/* Words that carry no content of their own. Sorted. */
static const char *const stop_words[] = {
        "a",          "about",      "above",      "absolutely", "actually",  "after",
        "again",      "ah",         "aha",        "ain't",      "all",       "already",
        "alright",    "also",       "although",   "am",         "an",        "and",
        "another",    "any",        "anybody",    "anyhow",     "anyone",    "anything",
        "anyway",     "are",        "aren't",     "around",     "as",        "at",
        "aw",         "away",       "awfully",    "aww",        "back",      "basically",
        "be",         "because",    "been",       "before",     "behind",    "being",
        "below",      "between",    "bit",        "both",       "but",       "by",
        "bye",        "came",       "can",        "can't",      "cannot",    "cant",
        "come",       "comes",      "coming",     "cos",        "could",     "could've",
        "couldn't",   "couldnt",    "coz",        "cuz",        "d'ya",      "d'you",
        "definitely", "did",        "didn't",     "didnt",      "do",        "does",
        "doesn't",    "doesnt",     "doing",      "don't",      "done",      "dont",
        "down",       "dunno",      "during",     "dyou",       "each",      "eh",
        "either",     "else",       "em",         "er",         "erm",       "err",
        "etc",        "even",       "ever",       "every",      "few",       "for",
        "from",       "gave",       "get",        "gets",       "getting",   "give",
        "given",      "gives",      "giving",     "go",         "goes",      "going",
        "gone",       "gonna",      "got",        "gotta",      "guess",     "ha",
        "had",        "hadn't",     "hadnt",      "haha",       "has",       "hasn't",
        "hasnt",      "have",       "haven't",    "havent",     "having",    "he",
        "he'd",       "he'll",      "he's",       "hello",      "her",       "here",
        "here's",     "hers",       "herself",    "hey",        "hi",        "him",
        "himself",    "his",        "hm",         "hmm",        "how",       "how'd",
        "how're",     "how's",      "however",    "huh",        "i",         "i'd",
        "i'll",       "i'm",        "i've",       "if",         "im",        "in",
        "indeed",     "instead",    "into",       "is",         "isn't",     "isnt",
        "it",         "it'd",       "it'll",      "it's",       "its",       "itself",
        "ive",        "just",       "kind",       "kinda",      "knew",      "know",
        "least",      "less",       "let",        "let's",      "lets",      "like",
        "literally",  "lot",        "lots",       "made",       "make",      "makes",
        "making",     "many",       "may",        "maybe",      "me",        "mean",
        "means",      "mhm",        "might",      "mightn't",   "mine",      "mm",
        "mm-hm",      "mm-hmm",     "mmm",        "more",       "most",      "mostly",
        "much",       "must",       "mustn't",    "my",         "myself",    "n't",
        "nah",        "near",       "nearly",     "needn't",    "no",        "nope",
        "nor",        "not",        "now",        "obviously",  "of",        "off",
        "oh",         "ok",         "okay",       "on",         "once",      "one",
        "one's",      "only",       "onto",       "or",         "other",     "others",
        "ought",      "our",        "ours",       "ourselves",  "out",       "over",
        "own",        "perhaps",    "please",     "possibly",   "pretty",    "probably",
        "quite",      "rather",     "really",     "reckon",     "right",     "said",
        "saw",        "say",        "saying",     "says",       "see",       "seem",
        "seemed",     "seems",      "seen",       "shall",      "she",       "she'd",
        "she'll",     "she's",      "should",     "should've",  "shouldn't", "shouldnt",
        "since",      "so",         "some",       "somebody",   "somehow",   "someone",
        "something",  "sometimes",  "somewhat",   "sort",       "sorta",     "still",
        "stuff",      "such",       "suppose",    "sure",       "take",      "taken",
        "taking",     "than",       "thank",      "thanks",     "that",      "that'd",
        "that'll",    "that's",     "thats",      "the",        "their",     "theirs",
        "them",       "themselves", "then",       "there",      "there'd",   "there's",
        "theres",     "these",      "they",       "they'd",     "they'll",   "they're",
        "they've",    "theyre",     "thing",      "things",     "think",     "this",
        "those",      "though",     "through",    "thru",       "till",      "to",
        "too",        "took",       "totally",    "toward",     "towards",   "truly",
        "u",          "uh",         "uh-huh",     "um",         "umm",       "under",
        "unless",     "until",      "up",         "upon",       "ur",        "us",
        "usually",    "very",       "wanna",      "was",        "wasn't",    "wasnt",
        "way",        "we",         "we'd",       "we'll",      "we're",     "we've",
        "well",       "went",       "were",       "weren't",    "weve",      "what",
        "what'd",     "what're",    "what's",     "whatever",   "whats",     "when",
        "when's",     "whenever",   "where",      "where'd",    "where's",   "whether",
        "which",      "while",      "who",        "who'd",      "who's",     "whom",
        "whose",      "why",        "why'd",      "why's",      "will",      "with",
        "within",     "without",    "won't",      "wont",       "would",     "would've",
        "wouldn't",   "wouldnt",    "wow",        "ya",         "ye",        "yea",
        "yeah",       "yep",        "yes",        "yet",        "yo",        "you",
        "you'd",      "you'll",     "you're",     "you've",     "your",      "youre",
        "yours",      "yourself",   "yourselves", "youve",      "yup",
};

bool word_in(struct slice word, const char *const *table, size_t count)
{
	size_t low = 0;

	while (low < count) {
		size_t middle = low + (count - low) / 2;
		int order = slice_compare(word, slice_of(table[middle]));

		if (order == 0)
			return true;
		if (order < 0)
			count = middle;
		else
			low = middle + 1;
	}
	return false;
}

bool clause_is_content(struct slice word)
{
	return !word_in(word, stop_words, sizeof(stop_words) / sizeof(stop_words[0]));
}

/* The bytes of the letter or digit at `at`; 0 if none stands there. */
static size_t letter(struct slice folded, size_t at)
{
	unsigned char byte;
	uint32_t code;
	size_t len;

	if (at >= folded.len)
		return 0;
	byte = (unsigned char)folded.at[at];
	if (byte < 0x80)
		return utf8_is_word(byte) ? 1 : 0;
	len = utf8_next(slice_sub(folded, at, folded.len), &code);
	return utf8_is_word(code) ? len : 0;
}

bool clause_word(struct slice folded, size_t *at, struct span *word)
{
	size_t start = *at;
	size_t end;
	size_t len;

	while (start < folded.len && letter(folded, start) == 0) {
		uint32_t code;

		start += utf8_next(slice_sub(folded, start, folded.len), &code);
	}
	end = start;
	for (;;) {
		len = letter(folded, end);
		if (len == 0 && end > start && end < folded.len &&
		    (folded.at[end] == '\'' || folded.at[end] == '-')) {
			len = letter(folded, end + 1);
			len = len ? len + 1 : 0;
		}
		if (len == 0)
			break;
		end += len;
	}
	*at = end;
	*word = (struct span){(uint32_t)start, (uint32_t)end};
	return end > start;
}
