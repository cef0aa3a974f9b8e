/* question.c: see question.h.
 *
 * Not a parser: the few forms in which tired people ask in English, checked word by word from the
 * front, with the statements that look like them ruled out. */
#include "load/question.h"

#include "load/words.h"

/* Words looked at: a question shows its form early. */
#define TOKENS 48u

struct token {
	struct slice word;
	bool comma; /* a comma stands behind it */
	bool quoted; /* a quotation begins with it */
};

struct tokens {
	struct token items[TOKENS];
	size_t count;
};

#define TABLE(name) static const char *const name[]
#define IN(word, table) word_in((word), (table), sizeof(table) / sizeof((table)[0]))

/* All tables are sorted in byte order. */
TABLE(openers) = {
        "actually", "ah",      "aha",   "alright", "also", "and",    "anyway",  "basically",
        "because",  "but",     "cool",  "cos",     "er",   "erm",    "evening", "fine",
        "good",     "great",   "hello", "hey",     "hi",   "hiya",   "hm",      "hmm",
        "honestly", "just",    "like",  "listen",  "look", "lovely", "mhm",     "mm",
        "mmm",      "morning", "no",    "nope",    "now",  "oh",     "ok",      "okay",
        "or",       "please",  "plus",  "right",   "so",   "sorry",  "sure",    "thanks",
        "then",     "uh",      "um",    "well",    "yeah", "yep",    "yes",
};
TABLE(wh_words) = {
        "how",    "how'd", "how're", "how's",  "hows",   "what",  "what'd",  "what're",
        "what's", "whats", "when",   "when'd", "when's", "where", "where'd", "where's",
        "wheres", "which", "who",    "who'd",  "who're", "who's", "whom",    "whos",
        "whose",  "why",   "why'd",  "why's",  "whys",
};
TABLE(auxiliaries) = {
        "am",       "are",      "aren't",   "arent",   "can",     "can't",  "cant",      "could",
        "couldn't", "couldnt",  "did",      "didn't",  "didnt",   "do",     "does",      "doesn't",
        "doesnt",   "don't",    "dont",     "had",     "hadn't",  "hadnt",  "has",       "hasn't",
        "hasnt",    "have",     "haven't",  "havent",  "is",      "isn't",  "isnt",      "may",
        "might",    "mightn't", "must",     "mustn't", "shall",   "should", "shouldn't", "shouldnt",
        "was",      "wasn't",   "wasnt",    "were",    "weren't", "werent", "will",      "won't",
        "wont",     "would",    "wouldn't", "wouldnt",
};
TABLE(pronouns) = {
        "he", "i", "it", "she", "that", "there", "they", "this", "u", "we", "ya", "you",
};
TABLE(determiners) = {
        "a",       "all",       "an",        "any",      "anybody",    "anyone", "anything",
        "both",    "each",      "everybody", "everyone", "everything", "her",    "his",
        "its",     "most",      "my",        "one",      "our",        "some",   "somebody",
        "someone", "something", "the",       "their",    "these",      "those",  "your",
};
/* What follows "what" or "which" in a statement: "what a lesson", "which means". */
TABLE(after_what) = {
        "a", "an", "he", "i", "it", "she", "that", "the", "they", "this", "we", "you", "your",
};
TABLE(after_which) = {
        "are",   "can", "could", "gave",  "gives", "had",   "has",   "he",
        "i",     "in",  "is",    "it",    "made",  "makes", "means", "meant",
        "might", "she", "shows", "takes", "tells", "that",  "the",   "then",
        "they",  "was", "we",    "were",  "will",  "would", "you",
};
TABLE(how_more) = {
        "about", "come", "else", "far", "long", "many", "much", "often", "so", "soon",
};
TABLE(where_more) = {
        "else", "from", "next", "now", "to",
};
TABLE(prepositions) = {
        "about", "at", "by", "for", "from", "in", "of", "on", "to", "with",
};
TABLE(any_more) = {
        "chance", "idea", "ideas", "luck", "news", "questions", "reason", "thoughts",
};
/* What one does after a left-out "I": "did notice", "could see". */
TABLE(verbs) = {
        "ask",     "be",     "come",  "enjoy", "feel", "find", "get",    "give",    "go",
        "have",    "hear",   "help",  "like",  "look", "love", "make",   "mean",    "need",
        "nothing", "notice", "say",   "see",   "seem", "show", "speak",  "suggest", "take",
        "talk",    "tell",   "think", "try",   "want", "well", "wonder", "work",
};
/* How something is or stands: "is leah ok", "was homework in". */
TABLE(states) = {
        "a",     "able",  "all",     "allowed", "alright", "always", "an",    "any",  "at",
        "away",  "back",  "better",  "done",    "fine",    "first",  "happy", "here", "his",
        "in",    "late",  "lost",    "meant",   "my",      "new",    "off",   "ok",   "okay",
        "on",    "out",   "quiet",   "ready",   "still",   "stuck",  "sure",  "the",  "their",
        "there", "upset", "usually", "with",    "your",
};
/* What follows "was" where its subject is left out: "was lovely with them", "was part of it". */
TABLE(verdicts) = {
        "already",   "also",      "always",    "awful",   "awkward", "bad",      "best",
        "better",    "bit",       "bloody",    "brave",   "bright",  "brill",    "brilliant",
        "busy",      "calm",      "chaos",     "class",   "clear",   "cool",     "cracking",
        "dead",      "different", "difficult", "done",    "easy",    "enough",   "excellent",
        "fab",       "fair",      "fantastic", "fine",    "first",   "flat",     "fun",
        "gone",      "good",      "gorgeous",  "grand",   "great",   "half",     "happy",
        "hard",      "horrible",  "huge",      "keen",    "kind",    "late",     "left",
        "less",      "like",      "long",      "lost",    "lots",    "loud",     "lovely",
        "made",      "mayhem",    "mint",      "mostly",  "never",   "nice",     "noisy",
        "odd",       "often",     "ok",        "okay",    "part",    "perfect",  "poor",
        "pretty",    "proper",    "quick",     "quiet",   "quite",   "rather",   "ready",
        "real",      "right",     "rough",     "rubbish", "rude",    "sad",      "same",
        "sat",       "seen",      "sharp",     "short",   "slow",    "smashing", "solid",
        "sometimes", "sound",     "special",   "still",   "strange", "strong",   "super",
        "sure",      "terrible",  "thrilled",  "time",    "top",     "tough",    "tricky",
        "up",        "upset",     "useful",    "usually", "warm",    "weak",     "weird",
        "well",      "wild",      "wonderful", "worried", "worse",   "worth",    "wrong",
};
/* Who tells of a question that somebody else asked. */
TABLE(reporting) = {
        "ask",   "asked",    "asking",  "asks", "said",       "say",    "saying",   "says",
        "think", "thinking", "thought", "told", "understand", "wonder", "wondered",
};
TABLE(greetings) = {
        "evening", "hello", "hey", "hi", "hiya", "morning",
};
TABLE(negatives) = {
        "hardly", "never", "no", "nobody", "none", "not", "nothing",
};
TABLE(joints) = {
        "and",
        "but",
        "or",
        "so",
};

static void tokenise(struct slice clause, struct tokens *tokens)
{
	size_t at = 0;
	struct span word;

	tokens->count = 0;
	while (tokens->count < TOKENS && clause_word(clause, &at, &word)) {
		size_t next = word.end;

		while (next < clause.len && (clause.at[next] == ' ' || clause.at[next] == '"'))
			next++;
		tokens->items[tokens->count++] = (struct token){
		        .word = slice_span(clause, word),
		        .comma = next < clause.len && clause.at[next] == ',',
		        .quoted = word.start > 0 && strchr("\"'", clause.at[word.start - 1])};
	}
}

static struct slice word_at(const struct tokens *tokens, size_t index)
{
	return index < tokens->count ? tokens->items[index].word : SLICE("");
}

static bool is_at(const struct tokens *tokens, size_t index, const char *word)
{
	return slice_is(word_at(tokens, index), word);
}

/* "you", "i'd" */
static bool is_pronoun(struct slice word)
{
	return IN(slice_sub(word, 0, slice_find(word, SLICE("'"))), pronouns);
}

static bool is_subject(struct slice word)
{
	return IN(word, pronouns) || IN(word, determiners);
}

/* "ain't", "didnt" */
static bool is_negative(struct slice word)
{
	return IN(word, negatives) || slice_ends(word, SLICE("n't")) ||
	       (slice_ends(word, SLICE("nt")) && IN(word, auxiliaries));
}

/* A name or another bare noun, and how it stands: "is leah ok", "was kyle doing it", but not "was
 * lovely with them", "was doing ok" or "is really on it". */
static bool stands(struct slice subject, struct slice after)
{
	if (!clause_is_content(subject) || after.len == 0 || IN(subject, verdicts) ||
	    IN(subject, verbs) || slice_ends(subject, SLICE("ing")) ||
	    slice_ends(subject, SLICE("ed")) || slice_ends(subject, SLICE("ly")))
		return false;
	return IN(after, states) || (after.len > 4 && (slice_ends(after, SLICE("ing")) ||
	                                               slice_ends(after, SLICE("ed"))));
}

/* "do you", "is the class", "can pupils": an auxiliary and its subject at `index`. */
static bool is_inversion(const struct tokens *tokens, size_t index)
{
	struct slice aux = word_at(tokens, index);
	size_t next = is_at(tokens, index + 1, "not") ? index + 2 : index + 1;
	struct slice subject = word_at(tokens, next);
	struct slice after = word_at(tokens, next + 1);
	bool negative = slice_is(aux, "don't") || slice_is(aux, "dont");

	if (!IN(aux, auxiliaries) || subject.len == 0)
		return false;
	if (tokens->items[index].comma)
		return false;
	/* "do the starter first", "have a go" and "don't you dare" tell, they do not ask. */
	if (slice_is(aux, "do") || negative)
		return IN(subject, pronouns) && !slice_is(subject, "it") &&
		       !slice_is(subject, "this") && !slice_is(subject, "that") &&
		       !slice_is(subject, "there") &&
		       !(negative && (slice_is(after, "dare") || slice_is(after, "worry")));
	if (slice_is(aux, "have") || slice_is(aux, "will") || slice_is(aux, "may") ||
	    slice_is(aux, "might") || slice_is(aux, "must"))
		return IN(subject, pronouns) &&
		       !(slice_is(aux, "have") &&
		         (slice_is(subject, "it") || slice_is(subject, "this") ||
		          slice_is(subject, "that")));
	/* "should you need anything", "had you asked him, he …" */
	if (slice_is(aux, "should") && (slice_is(after, "need") || slice_is(after, "want") ||
	                                slice_is(after, "wish") || slice_is(after, "ever")))
		return false;
	if (slice_is(aux, "had")) {
		size_t i;

		for (i = index; i < tokens->count; i++) {
			if (tokens->items[i].comma)
				return false;
		}
	}
	if (is_subject(subject))
		return true;
	if (slice_is(aux, "is") || slice_is(aux, "was") || slice_is(aux, "are") ||
	    slice_is(aux, "were"))
		return stands(subject, after);
	/* A name or a bare plural: "did kian answer", "did leah do it all". */
	return (slice_starts(aux, SLICE("did")) || slice_starts(aux, SLICE("does")) ||
	        slice_starts(aux, SLICE("can")) || slice_starts(aux, SLICE("would")) ||
	        slice_starts(aux, SLICE("could")) || slice_starts(aux, SLICE("should"))) &&
	       clause_is_content(subject) && !IN(subject, verbs) && after.len > 0 &&
	       (!IN(after, auxiliaries) || slice_is(after, "do") || slice_is(after, "have")) &&
	       !slice_starts(aux, SLICE("didn")) && !slice_starts(aux, SLICE("doesn"));
}

/* Within so many words; "is" and "was" only if they count, since "what struck me was the start". */
static bool inverts_soon(const struct tokens *tokens, size_t index, size_t within, bool being)
{
	size_t i;

	for (i = index; i < index + within && i < tokens->count; i++) {
		struct slice word = word_at(tokens, i);
		bool counts = being || !(slice_is(word, "is") || slice_is(word, "was"));

		if (counts && IN(word, auxiliaries) && is_subject(word_at(tokens, i + 1)))
			return true;
		if (tokens->items[i].comma)
			return false;
	}
	return false;
}

/* "what was really good was the start": no question. */
static bool is_cleft(const struct tokens *tokens, size_t index)
{
	size_t i;

	for (i = index; i < index + 5 && i < tokens->count; i++) {
		struct slice word = word_at(tokens, i);

		if (is_subject(word))
			return false;
		if (slice_is(word, "is") || slice_is(word, "was"))
			return true;
	}
	return false;
}

/* "what colour was the card", not "what worked was the pause". */
static bool is_noun(struct slice word)
{
	return !slice_ends(word, SLICE("ed")) && !slice_ends(word, SLICE("s"));
}

static bool asks_what(const struct tokens *tokens, size_t index)
{
	struct slice next = word_at(tokens, index + 1);
	size_t i;

	if (next.len == 0)
		return true;
	if (slice_is(next, "is") || slice_is(next, "was"))
		return !is_cleft(tokens, index + 2);
	if (IN(next, auxiliaries))
		return true;
	if (IN(next, after_what) || is_pronoun(next))
		return slice_is(next, "you") &&
		       slice_ends(word_at(tokens, index + 2), SLICE("ing"));
	if (slice_is(word_at(tokens, index + 2), "is") ||
	    slice_is(word_at(tokens, index + 2), "was"))
		return is_noun(next) && is_subject(word_at(tokens, index + 3));
	if (inverts_soon(tokens, index + 1, 6, false))
		return true;
	/* "what struck me was …" is a statement, "what made you think it was …" is not. */
	for (i = index + 2; i < tokens->count; i++) {
		struct slice word = word_at(tokens, i);

		if ((slice_is(word, "is") || slice_is(word, "was")) &&
		    !IN(word_at(tokens, i - 1), pronouns))
			return false;
	}
	return true;
}

static bool asks_how(const struct tokens *tokens, size_t index)
{
	struct slice next = word_at(tokens, index + 1);

	if (next.len == 0 || IN(next, how_more) || IN(next, auxiliaries))
		return true;
	if (slice_is(next, "you") || slice_is(next, "u"))
		return slice_ends(word_at(tokens, index + 2), SLICE("ing"));
	return !is_subject(next) && inverts_soon(tokens, index + 1, 6, true);
}

static bool asks_with(const struct tokens *tokens, size_t index)
{
	struct slice wh = word_at(tokens, index);
	struct slice next = word_at(tokens, index + 1);

	if (tokens->items[index].comma && index + 1 < tokens->count)
		return false;
	if (slice_is(wh, "what"))
		return asks_what(tokens, index);
	if (slice_is(wh, "how"))
		return asks_how(tokens, index);
	if (slice_is(wh, "which"))
		return next.len == 0 || !IN(next, after_which) ||
		       (IN(next, auxiliaries) &&
		        (is_at(tokens, index + 2, "you") || is_at(tokens, index + 2, "we")));
	if (slice_is(wh, "when") || slice_is(wh, "where"))
		return next.len == 0 || (slice_is(wh, "where") && IN(next, where_more)) ||
		       (IN(next, auxiliaries) && word_at(tokens, index + 2).len > 0);
	if (slice_is(wh, "why") || slice_is(wh, "who"))
		return !is_pronoun(next) || slice_is(next, "that") || slice_is(next, "this");
	if (slice_is(wh, "what's") || slice_is(wh, "whats"))
		return !is_cleft(tokens, index + 1);
	return true;
}

/* Does a question begin with the word at `index`? */
static bool begins(const struct tokens *tokens, size_t index)
{
	struct slice word = word_at(tokens, index);

	if (word.len == 0 || tokens->items[index].quoted)
		return false;
	if (IN(word, wh_words))
		return asks_with(tokens, index);
	if (IN(word, prepositions) && IN(word_at(tokens, index + 1), wh_words))
		return inverts_soon(tokens, index + 2, 6, true);
	if (slice_is(word, "d'you") || slice_is(word, "dyou") || slice_is(word, "d'ya") ||
	    slice_is(word, "dya"))
		return true;
	if (slice_is(word, "u"))
		return is_at(tokens, index + 1, "think");
	if (slice_is(word, "any"))
		return IN(word_at(tokens, index + 1), any_more);
	if (slice_is(word, "mind"))
		return is_at(tokens, index + 1, "if");
	return is_inversion(tokens, index);
}

/* "they need time and so do you" */
static bool is_likewise(const struct tokens *tokens, size_t index)
{
	return index > 0 && index + 2 == tokens->count &&
	       (is_at(tokens, index - 1, "so") || is_at(tokens, index - 1, "nor") ||
	        is_at(tokens, index - 1, "neither"));
}

/* A question that follows a comma or "but" within the clause: only with its inversion in sight. */
static bool asks_inside(const struct tokens *tokens, size_t index)
{
	struct slice word = word_at(tokens, index);
	size_t aux = IN(word, wh_words) ? index + 1 : index;
	struct slice subject = word_at(tokens, aux + 1);

	if (!IN(word_at(tokens, aux), auxiliaries) || is_likewise(tokens, aux) ||
	    tokens->items[index].quoted)
		return false;
	if (aux == index && !is_inversion(tokens, index))
		return false;
	return IN(subject, pronouns);
}

/* "leah did it all didnt she", "they didn't all finish did they": turned against what went before.
 */
static bool is_tag(const struct tokens *tokens)
{
	size_t last = tokens->count - 1;
	bool denied = false;
	size_t i;

	if (tokens->count < 4 || tokens->count == TOKENS || !IN(word_at(tokens, last), pronouns) ||
	    !IN(word_at(tokens, last - 1), auxiliaries))
		return false;
	for (i = 0; i + 1 < last; i++) {
		if (IN(word_at(tokens, i), wh_words))
			return false;
		denied = denied || is_negative(word_at(tokens, i));
	}
	/* "don't do that", "none of them are there" */
	if (is_at(tokens, last, "that") || is_at(tokens, last, "this") ||
	    IN(word_at(tokens, last - 2), auxiliaries) || is_negative(word_at(tokens, last - 2)) ||
	    (is_at(tokens, last, "there") && !is_at(tokens, 0, "there")))
		return false;
	if (IN(word_at(tokens, last - 2), prepositions) || IN(word_at(tokens, last - 2), joints) ||
	    is_pronoun(word_at(tokens, last - 2)) || is_at(tokens, last - 2, "than") ||
	    is_at(tokens, last - 2, "as") || is_at(tokens, last - 2, "nor") ||
	    is_at(tokens, last - 2, "neither"))
		return false;
	return is_negative(word_at(tokens, last - 1)) != denied;
}

/* "the bit with kyle was great how did you do that": two sentences with nothing between them. What
 * others were asked is none. */
static bool runs_on(const struct tokens *tokens)
{
	size_t i;

	for (i = 0; i + 3 < tokens->count; i++) {
		struct slice word = word_at(tokens, i);

		if (IN(word, reporting) || tokens->items[i].quoted)
			return false;
		if (i > 0 &&
		    (slice_is(word, "how") || slice_is(word, "what") || slice_is(word, "why")) &&
		    (is_at(tokens, i + 1, "did") || is_at(tokens, i + 1, "do") ||
		     is_at(tokens, i + 1, "would") || is_at(tokens, i + 1, "could")) &&
		    IN(word_at(tokens, i + 2), pronouns))
			return true;
	}
	return false;
}

/* "hi kit how did tuesday go": a question word, an auxiliary and more, behind a greeted name. */
static bool asks_named(const struct tokens *tokens, size_t index)
{
	struct slice word = word_at(tokens, index);

	return (slice_is(word, "how") || slice_is(word, "what") || slice_is(word, "why")) &&
	       IN(word_at(tokens, index + 1), auxiliaries) && index + 3 < tokens->count &&
	       begins(tokens, index);
}

/* The first word behind openers: "so", "ok sam", "yes, and". */
static size_t skip_openers(const struct tokens *tokens, size_t index)
{
	while (index < tokens->count && IN(word_at(tokens, index), openers))
		index++;
	return index;
}

bool question_by_form(struct slice clause)
{
	struct tokens tokens;
	size_t first;
	size_t i;

	tokenise(clause, &tokens);
	first = skip_openers(&tokens, 0);
	if (first < tokens.count && !is_likewise(&tokens, first) && begins(&tokens, first))
		return true;
	/* A name: "tom, what …", "hi tom how …". */
	if (first + 1 < tokens.count && clause_is_content(word_at(&tokens, first)) &&
	    (tokens.items[first].comma || (first > 0 && !tokens.items[first - 1].comma))) {
		size_t next = skip_openers(&tokens, first + 1);

		if (tokens.items[first].comma
		            ? begins(&tokens, next)
		            : asks_inside(&tokens, next) ||
		                      (IN(word_at(&tokens, first - 1), greetings) &&
		                       asks_named(&tokens, next)))
			return true;
	}
	if (is_tag(&tokens) || runs_on(&tokens))
		return true;
	for (i = 1; i < tokens.count; i++) {
		if (tokens.items[i - 1].comma || IN(word_at(&tokens, i - 1), joints)) {
			if (asks_inside(&tokens, skip_openers(&tokens, i)))
				return true;
		}
	}
	return false;
}
