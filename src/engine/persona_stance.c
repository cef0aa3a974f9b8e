/* persona_stance.c: what she makes of proposals and of questions about what she knows. See
 * persona.h. */
#include "engine/persona.h"

#define DEGREES 5 /* resist, obstacle, yes-but, accept, own version */
#define SAME_PROPOSAL 0.5 /* share of content stems by which a proposal is the same again */
#define SAME_QUESTION 0.8 /* … and a question */
#define OWN_WORDS 0.5 /* share of her own words by which it takes up her idea */
#define STEP_BYTES_MAX 160 /* a step is a sentence, not a speech */

static void gist_of(struct mind *mind, struct slice folded, struct gist *gist)
{
	struct stemmer *stemmer = detector_stemmer(mind->detector);
	struct span word;
	size_t at = 0;

	gist->count = 0;
	while (gist->count < GIST_STEMS && clause_word(folded, &at, &word)) {
		struct slice text = slice_span(folded, word);

		if (clause_is_content(text))
			gist->stems[gist->count++] =
			        slice_hash(SLICE_HASH_SEED, stemmer_stem(stemmer, text));
	}
}

/* Share of the smaller gist's stems that the other has; 0 when they share fewer than two (or one,
 * if that is all). */
static double likeness(const struct gist *a, const struct gist *b, bool of_larger)
{
	size_t smaller = a->count < b->count ? a->count : b->count;
	size_t larger = a->count < b->count ? b->count : a->count;
	size_t shared = 0;
	size_t i;
	size_t j;

	for (i = 0; i < a->count; i++) {
		for (j = 0; j < b->count; j++) {
			if (a->stems[i] == b->stems[j]) {
				shared++;
				break;
			}
		}
	}
	if (smaller == 0 || shared < (smaller < 2 ? smaller : 2))
		return 0;
	return (double)shared / (double)(of_larger ? larger : smaller);
}

static struct slice clause_text(const struct turn *turn, const struct detection *detection)
{
	return slice_span(turn->heard.folded.text,
	                  turn->heard.clauses.items[detection->clause].where);
}

uint64_t persona_topics(const struct mind *mind, const struct turn *turn,
                        const struct detection *answered)
{
	uint64_t topics = 0;

	if (answered)
		topics = turn->clause_topics[answered->clause];
	if (!topics)
		topics = turn->topics;
	if (!topics)
		topics = topic_newest(&mind->topics, topic_moment(mind->turn, false));
	return topics;
}

/* She was asked before she was told: an open question in an earlier utterance. */
static bool asked_first(const struct mind *mind, const struct turn *turn)
{
	size_t i;

	for (i = 0; i < mind->ruleset->move_count; i++) {
		const struct move *move = mind->ruleset->moves[i];

		if (move->room && move->answers == ANSWERS_REQUEST &&
		    mind->move_uses[i] > (detections_have(&turn->heard, move) ? 1u : 0u))
			return true;
	}
	return false;
}

static int degree_now(const struct mind *mind, const struct turn *turn, double own_words)
{
	int ownership = mind->meters[METER_OWNERSHIP];
	int tension = mind->meters[METER_TENSION];
	int trust = mind->meters[METER_TRUST];
	int degree = ownership <= 2 ? 0 : (ownership - 1) / 2;

	if (tension >= 7)
		degree -= 2;
	else if (tension >= 5)
		degree -= 1;
	degree += asked_first(mind, turn) ? 1 : -1;
	if (trust >= 7)
		degree++;
	else if (trust <= 2)
		degree--;
	if (own_words >= OWN_WORDS)
		degree++;
	return degree < 0 ? 0 : degree >= DEGREES ? DEGREES - 1 : degree;
}

static const struct detection *last_ranked(const struct turn *turn, enum answers rank)
{
	const struct detection *last = NULL;
	size_t i;

	for (i = 0; i < turn->heard.count; i++) {
		if (turn->heard.items[i].move->answers == rank)
			last = &turn->heard.items[i];
	}
	return last;
}

/* The proposal she answers: the last that is more than an act, since "and we'll look at it Friday"
 * often follows the step itself. */
static const struct detection *last_proposal(const struct turn *turn)
{
	const struct detection *last = NULL;
	size_t i;

	for (i = 0; i < turn->heard.count; i++) {
		const struct detection *one = &turn->heard.items[i];

		if (one->move->answers == ANSWERS_PROPOSAL &&
		    (!last || !one->move->quiet || last->move->quiet))
			last = one;
	}
	return last;
}

static bool take_proposal(struct mind *mind, const struct turn *turn, const struct history *before,
                          struct stance_taken *out)
{
	const struct detection *why = last_proposal(turn);
	struct proposal *known = NULL;
	struct gist gist;
	size_t i;

	if (!why)
		return false;
	gist_of(mind, clause_text(turn, why), &gist);
	out->degree = degree_now(mind, turn,
	                         history_echo(before, mind->detector, clause_text(turn, why)).all);
	for (i = 0; i < mind->proposal_count; i++) {
		if (likeness(&mind->proposals[i].gist, &gist, false) >= SAME_PROPOSAL)
			known = &mind->proposals[i];
	}
	if (known) {
		if (out->degree > known->degree + 1)
			out->degree = known->degree + 1;
		if (out->degree < known->degree - 1)
			out->degree = known->degree - 1;
	} else {
		mind->proposals = arena_grow(mind->arena, mind->proposals, &mind->proposal_cap,
		                             mind->proposal_count + 1, sizeof(*known));
		known = &mind->proposals[mind->proposal_count++];
	}
	*known = (struct proposal){.gist = gist, .degree = out->degree};
	out->why = why;
	out->stances |= 1u << (STANCE_RESIST + out->degree);
	return true;
}

/* A "not" or "never" before the words found, other than in the inversion at the clause's start
 * ("isn't it the rows?"): then the words say the opposite of what the pattern means. */
static bool negated(struct slice clause, struct span found)
{
	struct span word;
	size_t at = 0;
	size_t words = 0;

	while (clause_word(clause, &at, &word) && word.end <= found.start) {
		struct slice text = slice_span(clause, word);

		if (++words > 1 && (slice_is(text, "not") || slice_is(text, "never") ||
		                    slice_is(text, "no") || slice_ends(text, SLICE("n't"))))
			return true;
	}
	return false;
}

static bool found_in(struct mind *mind, const struct regex *pattern, struct slice clause,
                     uint32_t *length)
{
	struct span where;

	if (!pattern || regex_find(pattern, mind->scratch, clause, 0, &where) != REGEX_YES ||
	    negated(clause, where))
		return false;
	*length = where.end - where.start;
	return true;
}

/* What she may know that the claim is about: what its clause names, else all that is current. */
static uint64_t claimed_topics(const struct mind *mind, const struct turn *turn,
                               const struct detection *why)
{
	const struct scenario *scenario = mind->scenario;
	uint64_t known = 0;
	size_t i;

	for (i = 0; i < scenario->fact_count; i++)
		known |= UINT64_C(1) << scenario->facts[i].about;
	if (turn->clause_topics[why->clause] & known)
		return turn->clause_topics[why->clause];
	return turn->topics | topic_all(&mind->topics, topic_moment(mind->turn, false));
}

/* Answers a question whether something is so by what she knows: the fact of which most words were
 * found. */
static void take_claim(struct mind *mind, const struct turn *turn, const struct detection *why,
                       struct stance_taken *out)
{
	const struct scenario *scenario = mind->scenario;
	struct slice clause = clause_text(turn, why);
	uint64_t claimed = claimed_topics(mind, turn, why);
	uint32_t longest = 0;
	bool about_known = false;
	size_t i;

	for (i = 0; i < scenario->fact_count; i++) {
		const struct fact *fact = &scenario->facts[i];
		uint32_t length;

		if (!(claimed >> fact->about & 1))
			continue;
		about_known = about_known || turn->topics >> fact->about & 1;
		if (found_in(mind, fact->denies, clause, &length) && length > longest) {
			longest = length;
			out->fact = fact;
			out->stances = 1u << STANCE_DENY;
			out->binding = true;
		}
		if (found_in(mind, fact->agrees, clause, &length) && length > longest) {
			longest = length;
			out->fact = fact;
			out->stances = 1u << STANCE_AGREE;
			out->binding = false;
		}
	}
	if (longest == 0) {
		/* Giving back what she feels or said needs no verdict, unless it claims something
		 * she would know. */
		if (why->move->answers != ANSWERS_REQUEST && !about_known)
			return;
		out->stances = 1u << STANCE_HEDGE;
		out->binding = true;
	}
	out->why = why;
}

/* "Whose plan is it?" wants a name: neither yes nor no answers it. */
static bool asks_which(const struct turn *turn, const struct detection *check)
{
	static const char *const wants[] = {"who",   "whose", "whom",   "what", "what's",
	                                    "which", "where", "when",   "why",  "how",
	                                    "who's", "how's", "where's"};
	static const char *const openers[] = {"so",   "and",  "but",   "ok",  "okay", "right",
	                                      "well", "then", "in",    "at",  "on",   "to",
	                                      "from", "for",  "about", "with"};
	struct slice clause = clause_text(turn, check);
	struct span word;
	size_t at = 0;
	size_t i;

	if (check->move->answers != ANSWERS_REQUEST)
		return false;
	while (clause_word(clause, &at, &word)) {
		struct slice text = slice_span(clause, word);
		bool opener = false;

		for (i = 0; i < sizeof(wants) / sizeof(*wants); i++) {
			if (slice_eq(text, slice_of(wants[i])))
				return true;
		}
		for (i = 0; i < sizeof(openers) / sizeof(*openers); i++)
			opener = opener || slice_eq(text, slice_of(openers[i]));
		if (!opener)
			return false;
	}
	return false;
}

/* Remembers the questions asked; true when one of them was asked before. */
static const struct detection *asked_again(struct mind *mind, const struct turn *turn)
{
	const struct detection *why = last_ranked(turn, ANSWERS_REQUEST);
	const struct detection *again = NULL;
	struct gist gist;
	size_t i;

	if (!why)
		return NULL;
	gist_of(mind, clause_text(turn, why), &gist);
	for (i = 0; i < mind->question_count; i++) {
		if (likeness(&mind->questions[i], &gist, true) >= SAME_QUESTION)
			again = why;
	}
	mind->questions = arena_grow(mind->arena, mind->questions, &mind->question_cap,
	                             mind->question_count + 1, sizeof(gist));
	mind->questions[mind->question_count++] = gist;
	return again;
}

void persona_stance(struct mind *mind, const struct turn *turn, const struct history *before,
                    struct stance_taken *out)
{
	const struct detection *again = asked_again(mind, turn);
	const struct detection *check = NULL;
	bool proposal;
	size_t i;

	*out = (struct stance_taken){.degree = -1};
	for (i = 0; i < turn->heard.count; i++) {
		if (turn->heard.items[i].move->checks && !asks_which(turn, &turn->heard.items[i]))
			check = &turn->heard.items[i];
	}
	proposal = take_proposal(mind, turn, before, out);
	/* "Wouldn't it be better to …?" asks, but what she answers is the proposal in it. */
	if (check && !(proposal && out->why->clause == check->clause)) {
		struct stance_taken claim = {.degree = -1};

		take_claim(mind, turn, check, &claim);
		if (claim.stances && (!proposal || check->move->answers == ANSWERS_REQUEST))
			*out = claim;
	}
	if (again && (!out->why || out->why->clause == again->clause)) {
		out->stances |= 1u << STANCE_AGAIN;
		out->why = again;
	}
}

/* The mentor's words in her mouth. */
static struct slice turned(struct slice word)
{
	static const char *const pairs[][2] = {
	        {"you", "I"},          {"your", "my"},   {"yours", "mine"},  {"you're", "I'm"},
	        {"you'll", "I'll"},    {"you'd", "I'd"}, {"you've", "I've"}, {"yourself", "myself"},
	        {"i", "you"},          {"my", "your"},   {"mine", "yours"},  {"i'm", "you're"},
	        {"i'll", "you'll"},    {"i'd", "you'd"}, {"i've", "you've"}, {"me", "you"},
	        {"myself", "yourself"}};
	char lower[16];
	size_t i;

	if (word.len >= sizeof(lower))
		return word;
	for (i = 0; i < word.len; i++)
		lower[i] = word.at[i] >= 'A' && word.at[i] <= 'Z' ? (char)(word.at[i] + 32)
		                                                  : word.at[i];
	for (i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
		if (slice_eq((struct slice){lower, word.len}, slice_of(pairs[i][0])))
			return slice_of(pairs[i][1]);
	}
	return word;
}

/* ’ as ', so that “you’ll” is known. */
static struct slice plain_quotes(struct arena *arena, struct slice word)
{
	size_t at = slice_find(word, SLICE("’"));

	if (at == word.len)
		return word;
	return slice_format(arena, "%.*s'%.*s", (int)at, word.at, (int)(word.len - at - 3),
	                    word.at + at + 3);
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '\'' ||
	       (unsigned char)c >= 0x80;
}

struct slice persona_step_words(struct mind *mind, const struct turn *turn,
                                const struct detection *proposal)
{
	struct slice words =
	        proposal->said.len ? proposal->said : slice_span(turn->utterance, proposal->where);
	struct strbuf buf = {0};
	struct slice step;
	size_t i = 0;

	if (words.len > STEP_BYTES_MAX) {
		size_t cut = STEP_BYTES_MAX;

		while (cut > 0 && words.at[cut] != ',' && words.at[cut] != ' ')
			cut--;
		words = slice_sub(words, 0, cut);
	}
	words = slice_trim(words);
	while (words.len && strchr(".!?,;:", words.at[words.len - 1]))
		words.len--;
	while (i < words.len) {
		size_t from = i;

		while (i < words.len && is_letter(words.at[i]))
			i++;
		if (i > from)
			strbuf_add(&buf,
			           turned(plain_quotes(mind->arena, slice_sub(words, from, i))));
		else
			strbuf_addc(&buf, words.at[i++]);
	}
	step = slice_copy(mind->arena, strbuf_slice(&buf));
	strbuf_release(&buf);
	return step;
}
