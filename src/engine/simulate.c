/* simulate.c: a mentor of a style holds a conversation. See simulate.h.
 *
 * The mentor sees what a person in the room would: the words, what is shown, what was said so far,
 * the clock. Hidden meters stay hidden. */
#include "engine/simulate_parts.h"

#include "base/limits.h"
#include "engine/debrief_parts.h"

/* How a line for a move is drawn: what is about what is being talked of comes first. */
#define FITS_HERE 12u
#define FITS_ANYWHERE 4u
#define FITS_ELSEWHERE 1u
/* Another line is drawn when one was said already; so often. */
#define TRIES 6u

struct talk {
	struct stage *stage;
	const struct mentor *style;
	struct session *session;
	const struct turn *last; /* NULL before the first */
	uint64_t chance;
	uint64_t here; /* topics being talked about */
	struct slice hers; /* the ECT's last line */
	size_t focus; /* the observation this mentor has come with */
	uint64_t shown; /* observations said; those past 63 count as unsaid */
	int aim; /* topic that {theme} named in the utterance being made, or -1 */
	uint64_t said[LIMIT_TURNS]; /* hashes of utterances */
	size_t said_count;
};

uint64_t simulate_seed(uint64_t seed, struct slice style, uint64_t number)
{
	uint64_t chance = slice_hash(seed * UINT64_C(0x9E3779B97F4A7C15) + SLICE_HASH_SEED, style);

	chance ^= number * UINT64_C(0xD6E8FEB86659FD93);
	return chance_next(&chance) >> 33;
}

static uint32_t count_of(const struct talk *talk, int move)
{
	uint32_t count = 0;
	size_t i;

	for (i = 1; i <= session_turns(talk->session); i++)
		count += detections_have(&session_turn(talk->session, i)->heard,
		                         talk->stage->ruleset->moves[move]);
	return count;
}

static bool done(const struct talk *talk, int arg)
{
	const struct ruleset *ruleset = talk->stage->ruleset;
	const struct framework *framework;
	size_t i;
	size_t j;

	if ((size_t)arg < ruleset->move_count)
		return count_of(talk, arg) > 0;
	framework = ruleset->frameworks[(size_t)arg - ruleset->move_count];
	for (i = 0; i < framework->item_count; i++) {
		const struct framework_item *item = &framework->items[i];

		for (j = 0; j < item->move_count; j++) {
			if (count_of(talk, (int)item->moves[j]->index) > 0)
				break;
		}
		if (j == item->move_count && !item->optional)
			return false;
	}
	return framework->item_count > 0;
}

static bool took(const struct talk *talk, uint32_t stances)
{
	return talk->last && talk->last->stance && (1u << (talk->last->stance - 1) & stances);
}

static bool told(const struct talk *talk)
{
	size_t i;

	for (i = 1; i <= session_turns(talk->session); i++) {
		if (session_turn(talk->session, i)->tell)
			return true;
	}
	return false;
}

/* Stage directions apart. */
static struct slice spoken(const struct talk *talk)
{
	struct slice words = talk->hers;

	while (words.len && words.at[0] == '(')
		words = slice_trim(slice_sub(words, slice_find(words, SLICE(")")) + 1, words.len));
	return words;
}

static double value(void *context, int id, int arg)
{
	struct talk *talk = context;
	struct slice words;
	struct slice word;
	double count = 0;

	switch ((enum mentor_name)id) {
	case MENTOR_TURN:
		return (double)session_turns(talk->session) + 1;
	case MENTOR_MINUTES:
		return talk->last ? talk->last->minutes : 0;
	case MENTOR_WORDS:
		for (words = spoken(talk); slice_word(&words, &word);)
			count++;
		return count;
	case MENTOR_ASKS:
		return slice_ends(slice_trim(talk->hers), SLICE("?"));
	case MENTOR_CUE:
		return talk->last && talk->last->cue;
	case MENTOR_TOLD:
		return told(talk);
	case MENTOR_REFUSES:
		return took(talk, 1u << STANCE_RESIST | 1u << STANCE_OBSTACLE);
	case MENTOR_WAVERS:
		return took(talk, 1u << STANCE_YES_BUT);
	case MENTOR_AGREED:
		return session_agreed(talk->session);
	case MENTOR_DONE:
		return done(talk, arg);
	case MENTOR_COUNT:
		return count_of(talk, arg);
	case MENTOR_LAST:
		return talk->last &&
		       detections_have(&talk->last->heard, talk->stage->ruleset->moves[arg]);
	case MENTOR_CHANCE:
		return chance_below(&talk->chance, 100);
	}
	BUG("a mentor cannot see %d", id);
}

/* The observation come with, unless it was said; then another. */
static const struct evidence *observation(struct talk *talk)
{
	const struct scenario *scenario = talk->stage->scenario;
	size_t i = talk->focus;
	size_t tries;

	if (scenario->evidence_count == 0)
		return NULL;
	for (tries = 0; tries < TRIES && talk->shown >> (i & 63) & 1; tries++)
		i = chance_below(&talk->chance, (uint32_t)scenario->evidence_count);
	talk->shown |= UINT64_C(1) << (i & 63);
	return &scenario->evidence[i];
}

static struct slice topic_title(const struct talk *talk)
{
	const struct scenario *scenario = talk->stage->scenario;
	size_t i;

	for (i = 0; i < scenario->topic_count; i++) {
		if (talk->here >> i & 1)
			return scenario->topics[i].title;
	}
	return SLICE("");
}

static uint32_t fit(const struct talk *talk, const struct saying *saying)
{
	if (saying->topics & talk->here)
		return FITS_HERE;
	return saying->topics ? FITS_ELSEWHERE : FITS_ANYWHERE;
}

static const struct saying *draw_saying(struct talk *talk, const struct pool *pool)
{
	bool stray = pool->strays == pool->count ||
	             (pool->strays && chance_below(&talk->chance, 100) < talk->style->strays);
	uint32_t sum = 0;
	uint32_t at;
	size_t i;

	for (i = 0; i < pool->count; i++)
		sum += pool->items[i].stray == stray ? fit(talk, &pool->items[i]) : 0;
	if (sum == 0)
		return NULL;
	at = chance_below(&talk->chance, sum);
	for (i = 0;; i++) {
		uint32_t weight = pool->items[i].stray == stray ? fit(talk, &pool->items[i]) : 0;

		if (at < weight)
			return &pool->items[i];
		at -= weight;
	}
}

static bool add_observation(struct talk *talk, struct strbuf *out)
{
	const struct evidence *evidence = observation(talk);

	if (evidence)
		strbuf_add(out, evidence->text);
	return evidence != NULL;
}

static bool add_move(struct talk *talk, const struct move *move, struct strbuf *out)
{
	const struct saying *saying = draw_saying(talk, &talk->stage->pools[move->index]);
	struct slots slots = {.name = talk->stage->scenario->name,
	                      .topic = topic_title(talk),
	                      .last = debrief_last(talk->hers, &talk->stage->talk)};
	const struct evidence *evidence;

	if (!saying)
		return false;
	if (slice_find(saying->words, SLICE("{evidence}")) < saying->words.len) {
		evidence = observation(talk);
		if (evidence)
			slots.evidence = evidence->text;
	}
	return debrief_fill(saying->words, &slots, out);
}

static bool add_drawn(struct talk *talk, const struct words *words, struct strbuf *out)
{
	if (words->count == 0)
		return false;
	strbuf_add(out, words->items[chance_below(&talk->chance, (uint32_t)words->count)]);
	return true;
}

static bool add_theme(struct talk *talk, struct strbuf *out)
{
	const struct scenario *scenario = talk->stage->scenario;

	if (scenario->topic_count == 0)
		return false;
	talk->aim = (int)chance_below(&talk->chance, (uint32_t)scenario->topic_count);
	return add_drawn(talk, &talk->stage->themes[talk->aim], out);
}

/* Of a fact about the topic just named, or being talked of. */
static bool add_claim(struct talk *talk, const struct words *claims, struct strbuf *out)
{
	const struct scenario *scenario = talk->stage->scenario;
	uint64_t topics = talk->aim >= 0 ? UINT64_C(1) << talk->aim : talk->here;
	size_t from;
	size_t i;

	if (scenario->fact_count == 0)
		return false;
	from = chance_below(&talk->chance, (uint32_t)scenario->fact_count);
	for (i = 0; i < scenario->fact_count; i++) {
		size_t fact = (from + i) % scenario->fact_count;
		int about = scenario->facts[fact].about;

		if (about >= 0 && topics >> about & 1 && claims[fact].count)
			return add_drawn(talk, &claims[fact], out);
	}
	return false;
}

static bool add_piece(struct talk *talk, const struct mentor_piece *piece, struct strbuf *out)
{
	struct slice words = SLICE("");

	switch (piece->slot) {
	case SLOT_TEXT:
		words = piece->text;
		break;
	case SLOT_NAME:
		words = talk->stage->scenario->name;
		break;
	case SLOT_TOPIC:
		words = topic_title(talk);
		break;
	case SLOT_LAST:
		words = debrief_last(talk->hers, &talk->stage->talk);
		break;
	case SLOT_EVIDENCE:
		return add_observation(talk, out);
	case SLOT_THEME:
		return add_theme(talk, out);
	case SLOT_CLAIM:
		return add_claim(talk, talk->stage->claims, out);
	case SLOT_UNTRUTH:
		return add_claim(talk, talk->stage->untruths, out);
	case SLOT_MOVE:
		return add_move(talk, piece->move, out);
	}
	strbuf_add(out, words);
	return words.len > 0;
}

static bool fill(struct talk *talk, const struct mentor_line *line, struct strbuf *out)
{
	size_t i;

	strbuf_clear(out);
	talk->aim = -1;
	for (i = 0; i < line->piece_count; i++) {
		if (!add_piece(talk, &line->pieces[i], out))
			return false;
	}
	return true;
}

static bool was_said(const struct talk *talk, uint64_t hash)
{
	size_t i;

	for (i = 0; i < talk->said_count; i++) {
		if (talk->said[i] == hash)
			return true;
	}
	return false;
}

static const struct mentor_line *draw_line(struct talk *talk, const struct mentor_part *part)
{
	uint32_t sum = 0;
	uint32_t at;
	size_t i;

	for (i = 0; i < part->line_count; i++)
		sum += part->lines[i].weight;
	if (sum == 0)
		return NULL;
	at = chance_below(&talk->chance, sum);
	for (i = 0; at >= part->lines[i].weight; i++)
		at -= part->lines[i].weight;
	return &part->lines[i];
}

/* Something of this part, not said before if there is a choice; false when nothing can be filled.
 */
static bool say_part(struct talk *talk, const struct mentor_part *part, struct strbuf *out)
{
	bool filled = false;
	size_t i;

	for (i = 0; i < TRIES; i++) {
		const struct mentor_line *line = draw_line(talk, part);

		if (!line)
			return false;
		filled = fill(talk, line, out);
		if (filled && (out->len == 0 ||
		               !was_said(talk, slice_hash(SLICE_HASH_SEED, strbuf_slice(out)))))
			return true;
	}
	return filled;
}

static void utter(struct talk *talk, struct strbuf *out)
{
	bool said = false;
	size_t i;

	for (i = 0; !said && i < talk->style->part_count; i++) {
		const struct mentor_part *part = &talk->style->parts[i];

		said = (!part->when || expr_holds(part->when, value, talk)) &&
		       say_part(talk, part, out);
	}
	if (!said)
		strbuf_clear(out);
	/* Said at one go: a line of a pipe, too. */
	for (i = 0; i < out->len; i++) {
		if (out->at[i] == '\n')
			out->at[i] = ' ';
	}
}

static void listen(struct talk *talk)
{
	struct session *session = talk->session;

	talk->hers = session_line_before(session, (uint32_t)session_turns(session) + 1);
	talk->here = stage_topics(talk->stage, talk->hers);
	if (talk->last)
		talk->here |= talk->last->topics;
	if (!talk->here && talk->stage->scenario->evidence_count) {
		int about = talk->stage->scenario->evidence[talk->focus].about;

		talk->here = about >= 0 ? UINT64_C(1) << about : 0;
	}
}

struct session *simulate_talk(struct stage *stage, const struct mentor *style, uint64_t seed,
                              uint32_t turns)
{
	struct talk talk = {.stage = stage, .style = style, .chance = seed};
	struct strbuf words = {0};

	arena_clear(&stage->talk);
	if (stage->scenario->evidence_count)
		talk.focus = chance_below(&talk.chance, (uint32_t)stage->scenario->evidence_count);
	talk.session = session_new(stage->scenario, stage->ruleset, stage->detector, seed);
	session_opening(talk.session);
	while (!session_ended(talk.session) && session_turns(talk.session) < turns) {
		listen(&talk);
		utter(&talk, &words);
		if (talk.said_count < LIMIT_TURNS)
			talk.said[talk.said_count++] =
			        slice_hash(SLICE_HASH_SEED, strbuf_slice(&words));
		talk.last = session_hear(talk.session, strbuf_slice(&words), 0);
	}
	session_end(talk.session);
	strbuf_release(&words);
	return talk.session;
}
