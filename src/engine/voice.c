/* voice.c: see voice.h. Here: the messages. */
#include "engine/voice.h"

#include "base/utf8.h"

/* Of what the ECT knows, so many lines: a prompt is read anew each turn. */
#define FACTS 40
#define OPEN_TELLS 8

static void put_slot(struct strbuf *out, const struct slice words)
{
	/* Slots of the script's own lines are left as gaps. */
	struct slice rest = words;
	struct slice part;

	while (slice_cut(&rest, '{', &part)) {
		strbuf_add(out, part);
		if (rest.len == 0)
			break;
		strbuf_addz(out, "…");
		rest = slice_sub(rest, slice_find(rest, SLICE("}")) + 1, rest.len);
	}
}

static void put_reply(struct strbuf *out, const struct reply *reply)
{
	size_t i;

	if (!reply || reply->alternative_count == 0)
		return;
	for (i = 0; i < reply->alternatives[0].line_count; i++) {
		strbuf_addz(out, i ? " " : "");
		put_slot(out, reply->alternatives[0].lines[i].words);
	}
}

static void put_knows(const struct session *session, struct strbuf *out)
{
	const struct scenario *scenario = session_scenario(session);
	size_t i;

	for (i = 0; i < scenario->fact_count && i < FACTS; i++) {
		const struct fact *fact = &scenario->facts[i];

		strbuf_addz(out, out->len ? "; " : "");
		if (fact->about >= 0)
			strbuf_addf(out, "%.*s: ", SLICE_ARGS(scenario->topics[fact->about].title));
		put_reply(out, fact->reply);
	}
}

static void put_told(const struct session *session, struct strbuf *out)
{
	const struct scenario *scenario = session_scenario(session);
	size_t told = 0;
	size_t i;

	for (i = 0; i < scenario->tell_count && told < OPEN_TELLS; i++) {
		if (!session_told(session, &scenario->tells[i]))
			continue;
		strbuf_addz(out, told++ ? "; " : "");
		put_reply(out, scenario->tells[i].reply);
	}
}

/* By topic only: what is not told to the model it cannot tell. */
static void put_closed(const struct session *session, struct strbuf *out)
{
	const struct scenario *scenario = session_scenario(session);
	size_t i;

	for (i = 0; i < scenario->tell_count; i++) {
		const struct tell *tell = &scenario->tells[i];

		if (tell->about < 0 || session_told(session, tell))
			continue;
		strbuf_addf(out, "%swhat lies behind %.*s", out->len ? "; " : "",
		            SLICE_ARGS(scenario->topics[tell->about].title));
	}
}

static void put_meters(const struct session *session, struct strbuf *out)
{
	const struct ruleset *ruleset = session_ruleset(session);
	enum meter meter;

	for (meter = 0; meter < METERS; meter++) {
		const struct meter_words *words = &ruleset->meters[meter];
		int value = session_meter(session, meter);
		struct slice reads = meter_reads(words, value);

		strbuf_addf(out, "%s%.*s: %.*s (%d of 10)", meter ? ", " : "",
		            SLICE_ARGS(words->title), SLICE_ARGS(reads), value);
	}
}

static void put_intent(const struct session *session, struct strbuf *out)
{
	const struct turn *turn = session_turn(session, session_turns(session));

	strbuf_add(out, turn->line);
}

static void fill(void *context, struct slice slot, struct strbuf *out)
{
	const struct session *session = *(const struct session *const *)context;
	const struct scenario *scenario = session_scenario(session);

	if (slice_is(slot, "name"))
		strbuf_add(out, scenario->name);
	else if (slice_is(slot, "who"))
		strbuf_add(out, scenario->who);
	else if (slice_is(slot, "voice"))
		strbuf_add(out, scenario->voice);
	else if (slice_is(slot, "brief"))
		strbuf_add(out, scenario->brief);
	else if (slice_is(slot, "goal"))
		strbuf_add(out, scenario->goal);
	else if (slice_is(slot, "knows"))
		put_knows(session, out);
	else if (slice_is(slot, "told"))
		put_told(session, out);
	else if (slice_is(slot, "closed"))
		put_closed(session, out);
	else if (slice_is(slot, "meters"))
		put_meters(session, out);
	else if (slice_is(slot, "intent"))
		put_intent(session, out);
}

static void push(struct json *messages, const char *role, struct slice text,
                 const struct voice_mask *mask)
{
	struct json *message = json_object();
	struct strbuf masked = {0};

	if (mask) {
		voice_mask_put(mask, text, &masked);
		text = strbuf_slice(&masked);
	}
	json_add_text(message, "role", slice_of(role));
	json_add_text(message, "content", text);
	json_push(messages, message);
	strbuf_release(&masked);
}

static struct slice said_in(const struct turn *turn)
{
	return turn->said.len ? turn->said : turn->line;
}

struct json *voice_messages(const struct session *session, const struct prompt *prompt,
                            const struct voice_mask *mask)
{
	struct json *messages = json_array();
	size_t turns = session_turns(session);
	size_t first = turns > (size_t)prompt->turns ? turns - (size_t)prompt->turns + 1 : 1;
	struct strbuf system = {0};
	size_t i;

	prompt_fill(prompt, fill, &session, &system);
	push(messages, "system", strbuf_slice(&system), mask);
	strbuf_release(&system);
	for (i = first; i <= turns; i++) {
		const struct turn *turn = session_turn(session, i);

		if (i == first)
			push(messages, "assistant", session_line_before(session, (uint32_t)i),
			     mask);
		push(messages, "user", turn->utterance.len ? turn->utterance : SLICE("(a pause)"),
		     mask);
		if (i < turns)
			push(messages, "assistant", said_in(turn), mask);
	}
	return messages;
}
