/* persona_words.c: the words of her line: slots, alternatives, memory of what was said. See
 * persona.h. */
#include "engine/persona.h"

#include "base/ascii.h"

static struct slice said_of(const struct turn *turn, struct slice id)
{
	struct slice said = SLICE("");
	size_t i;

	for (i = 0; i < turn->heard.count; i++) {
		const struct detection *detection = &turn->heard.items[i];

		if (!slice_eq(detection->move->id, id) || detection->said.len == 0)
			continue;
		if (said.len == 0 || detection == turn->answered)
			said = detection->said;
	}
	return said;
}

static struct slice slot(const struct mind *mind, const struct turn *turn, struct slice name)
{
	int topic;

	if (slice_starts(name, SLICE("said ")))
		return said_of(turn, slice_trim(slice_sub(name, 5, name.len)));
	if (slice_is(name, "step"))
		return mind->step;
	if (slice_is(name, "name"))
		return mind->scenario->name;
	if (slice_is(name, "topic")) {
		topic = topic_latest(&mind->topics, topic_moment(mind->turn, true));
		return topic < 0 ? SLICE("") : mind->scenario->topics[topic].title;
	}
	return SLICE("");
}

/* Nothing, or the end of a sentence, stands before it. */
static bool begins_sentence(struct slice before)
{
	before = slice_trim(before);
	return before.len == 0 || slice_ends(before, SLICE(".")) ||
	       slice_ends(before, SLICE("?")) || slice_ends(before, SLICE("!"));
}

static void put_slot(struct slice text, bool begins, struct strbuf *out)
{
	size_t at = out->len;

	strbuf_add(out, text);
	if (begins)
		out->at[at] = ascii_upper(out->at[at]);
}

bool persona_fill(const struct mind *mind, const struct turn *turn, struct slice words,
                  struct strbuf *out)
{
	const struct slice whole = words;
	struct slice part;

	while (words.len) {
		size_t open = slice_find(words, SLICE("{"));
		size_t close = slice_find(words, SLICE("}"));

		if (open == words.len || close < open || close == words.len) {
			strbuf_add(out, words);
			return true;
		}
		strbuf_add(out, slice_sub(words, 0, open));
		part = slot(mind, turn, slice_sub(words, open + 1, close));
		if (part.len == 0)
			return false;
		put_slot(part, begins_sentence(slice_sub(whole, 0, whole.len - words.len + open)),
		         out);
		words = slice_sub(words, close + 1, words.len);
	}
	return true;
}

static bool say(const struct mind *mind, const struct turn *turn,
                const struct alternative *alternative, struct strbuf *out)
{
	bool bound = true;
	size_t i;

	for (i = 0; i < alternative->line_count; i++) {
		const struct speech *line = &alternative->lines[i];

		if (i)
			strbuf_addc(out, '\n');
		if (line->direction.len)
			strbuf_addf(out, "(%.*s)%s", SLICE_ARGS(line->direction),
			            line->words.len ? " " : "");
		bound = persona_fill(mind, turn, line->words, out) && bound;
	}
	return bound;
}

void persona_say(const struct mind *mind, const struct turn *turn,
                 const struct alternative *alternative, struct strbuf *out)
{
	say(mind, turn, alternative, out);
}

/* The hash of the words alone: directions do not make a line new. */
static bool words_hash(const struct mind *mind, const struct turn *turn,
                       const struct alternative *alternative, uint64_t *hash)
{
	struct strbuf buf = {0};
	bool bound = true;
	size_t i;

	*hash = SLICE_HASH_SEED;
	for (i = 0; i < alternative->line_count; i++) {
		const struct speech *line = &alternative->lines[i];

		strbuf_clear(&buf);
		bound = persona_fill(mind, turn, line->words, &buf) && bound;
		if (line->words.len == 0)
			strbuf_add(&buf, line->direction);
		*hash = slice_hash(*hash, strbuf_slice(&buf));
	}
	strbuf_release(&buf);
	return bound;
}

static bool words_said(const struct mind *mind, uint64_t hash)
{
	size_t i;

	for (i = 0; i < mind->said_count; i++) {
		if (mind->said_words[i] == hash)
			return true;
	}
	return false;
}

const struct alternative *persona_pick(const struct mind *mind, const struct turn *turn,
                                       const struct reply *reply, bool *fresh)
{
	const struct alternative *oldest = NULL;
	uint64_t mixed = (mind->chance ^ reply->index) * UINT64_C(0xD6E8FEB86659FD93);
	size_t from;
	size_t i;

	*fresh = false;
	if (reply->alternative_count == 0)
		return NULL;
	from = (size_t)((mixed >> 32) % reply->alternative_count);
	for (i = 0; i < reply->alternative_count; i++) {
		const struct alternative *one =
		        &reply->alternatives[(from + i) % reply->alternative_count];
		uint64_t hash;

		if (!words_hash(mind, turn, one, &hash))
			continue;
		if (!mind->alternative_said[one->index] && !words_said(mind, hash)) {
			*fresh = true;
			return one;
		}
		if (!oldest ||
		    mind->alternative_said[one->index] < mind->alternative_said[oldest->index])
			oldest = one;
	}
	return oldest;
}

void persona_remember(struct mind *mind, const struct turn *turn,
                      const struct alternative *alternative)
{
	uint64_t hash;

	words_hash(mind, turn, alternative, &hash);
	mind->alternative_said[alternative->index] = mind->turn;
	mind->said_words = arena_grow(mind->arena, mind->said_words, &mind->said_cap,
	                              mind->said_count + 1, sizeof(hash));
	mind->said_words[mind->said_count++] = hash;
}
