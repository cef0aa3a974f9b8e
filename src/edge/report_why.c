/* report_why.c: see report_why.h. */
#include "edge/report_why.h"

#include "base/limits.h"
#include "edge/report.h"
#include "edge/report_json.h"

#define OTHERS_SHOWN 3 /* of /why */

void report_add_place(struct page *page, struct place place)
{
	struct arena arena;

	arena_init(&arena);
	page_add(page, STYLE_DIM, report_place(place, &arena));
	arena_release(&arena);
}

/* "Open question" within a sentence: "open question"; "I-message" stays. */
static void add_title(struct page *page, struct slice title)
{
	char first = title.len ? title.at[0] : 0;
	bool word =
	        title.len > 1 && (title.at[1] == ' ' || (title.at[1] >= 'a' && title.at[1] <= 'z'));

	if (first >= 'A' && first <= 'Z' && word) {
		char small = (char)(first - 'A' + 'a');

		page_add(page, STYLE_PLAIN, (struct slice){&small, 1});
		title = slice_sub(title, 1, title.len);
	}
	page_add(page, STYLE_PLAIN, title);
}

static void heard(struct page *page, const struct session *session, const struct turn *turn,
                  const char *nothing, bool all)
{
	const struct detections *found = &turn->heard;
	unsigned number = 0;
	size_t i, j;

	for (i = 0; i < found->count; i++) {
		const struct move *move = found->items[i].move;

		if (!report_is_numbered(found, i))
			continue;
		page_begin(page, REPORT_SPEECH, REPORT_SPEECH + 4);
		page_addf(page, STYLE_PLAIN, "%u. ", ++number);
		if (all)
			report_id(page, STYLE_BOLD, move->id);
		else
			page_add(page, STYLE_BOLD, move->title);
		if (session_struck(session, turn->number, move))
			page_addz(page, STYLE_PLAIN, " (struck)");
		page_addz(page, STYLE_PLAIN, ":");
		for (j = i; j < found->count; j++) {
			if (found->items[j].move != move)
				continue;
			page_addz(page, STYLE_PLAIN, " ");
			if (found->items[j].where.end > found->items[j].where.start)
				report_quote(page, STYLE_PLAIN,
				             slice_span(found->folded.said, found->items[j].where),
				             60);
			else
				page_addz(page, STYLE_PLAIN, "(pause)");
			page_addz(page, STYLE_PLAIN, " ");
			report_add_place(page, found->items[j].rule->match.place);
		}
		page_end(page);
	}
	if (number == 0)
		page_textz(page, REPORT_SPEECH, STYLE_PLAIN, nothing);
}

static const struct candidate *winner(const struct turn *turn)
{
	size_t i;

	for (i = 0; i < turn->candidate_count; i++) {
		if (turn->candidates[i].won)
			return &turn->candidates[i];
	}
	return NULL;
}

static const char *stance_words(enum stance stance)
{
	static const char *const words[STANCES] = {" agreed, since that is so",
	                                           " said no, since that is not so",
	                                           " cannot say whether that is so",
	                                           " was not ready for your suggestion",
	                                           " saw what stands in the way of your suggestion",
	                                           " half took your suggestion",
	                                           " took your suggestion",
	                                           " took your suggestion and made it their own",
	                                           " had been asked that before"};

	return words[stance];
}

/* "Sam answered your open question" */
static void answered(struct page *page, struct slice name, const struct turn *turn)
{
	const struct detection *what = turn->answered;
	const struct slice asks = SLICE("Asks ");

	if (!what) {
		page_add(page, STYLE_PLAIN, name);
		page_addz(page, STYLE_PLAIN, " heard nothing that asks for one answer");
	} else if (what->move->quiet && slice_starts(what->move->title, asks)) {
		page_addz(page, STYLE_PLAIN, "You asked ");
		page_add(page, STYLE_PLAIN,
		         slice_sub(what->move->title, asks.len, what->move->title.len));
		page_addz(page, STYLE_PLAIN, ", and ");
		page_add(page, STYLE_PLAIN, name);
		page_addz(page, STYLE_PLAIN, " answered that");
	} else if (what->move->quiet || what->move->instead) {
		page_add(page, STYLE_PLAIN, name);
		page_addz(page, STYLE_PLAIN, " answered ");
		report_quote(page, STYLE_PLAIN, slice_span(turn->utterance, what->where), 60);
		page_addz(page, STYLE_PLAIN, ", heard as ");
		add_title(page, what->move->title);
	} else {
		page_add(page, STYLE_PLAIN, name);
		page_addz(page, STYLE_PLAIN, " answered your ");
		add_title(page, what->move->title);
	}
}

static void belongs(struct page *page, const struct candidate *weighed)
{
	static const char *const words[TIERS] = {
	        "follows on from the line before", "belongs to this part of the talk",
	        "belongs to this scenario as a whole", "tells what is known about that",
	        "comes from the temperament"};

	page_addf(page, STYLE_PLAIN, "; this reply %s", words[weighed->tier]);
	if (weighed->reply->otherwise)
		page_addz(page, STYLE_PLAIN, " and is there for when nothing else fits");
	else if (weighed->conditions > 1)
		page_addf(page, STYLE_PLAIN, " and fits with %zu conditions", weighed->conditions);
	else if (weighed->conditions == 1)
		page_addz(page, STYLE_PLAIN, " and fits with one condition");
}

static void answer(struct page *page, const struct scenario *scenario, const struct turn *turn)
{
	const struct candidate *won = winner(turn);
	const bool stance = turn->stance && won && won->reply->stances & (1u << (turn->stance - 1));
	const bool told = turn->tell && turn->reply == turn->tell->reply;

	page_begin(page, REPORT_SPEECH, REPORT_SPEECH + 2);
	if (stance) {
		page_add(page, STYLE_PLAIN, scenario->name);
		page_addz(page, STYLE_PLAIN, stance_words((enum stance)(turn->stance - 1)));
	} else {
		answered(page, scenario->name, turn);
	}
	if (told) {
		page_addz(page, STYLE_PLAIN, ", by telling you something held back until then; ");
		report_add_place(page, turn->reply->place);
	} else if (won) {
		if (won->reply->about >= 0) {
			page_addz(page, STYLE_PLAIN, stance ? ", about " : " about ");
			page_add(page, STYLE_PLAIN, scenario->topics[won->reply->about].title);
		}
		belongs(page, won);
		page_addz(page, STYLE_PLAIN, "; ");
		report_add_place(page, won->reply->place);
	}
	if (turn->tell && !told)
		page_addz(page, STYLE_PLAIN, ". You were then told something held back until now.");
	page_end(page);
}

/* How a suggestion would be taken is all one here. The same text for the same thing. */
static const char *stance_thing(uint32_t stances)
{
	if (stances & 1u << STANCE_AGREE)
		return "what is so";
	if (stances & 1u << STANCE_DENY)
		return "what is not so";
	if (stances & 1u << STANCE_HEDGE)
		return "what nobody can tell";
	if (stances & 1u << STANCE_AGAIN)
		return "the same question again";
	return "a suggestion";
}

/* "being asked how it felt, or a suggestion, about participation" */
static void trigger_words(struct page *page, const struct reply *reply,
                          const struct scenario *scenario)
{
	const struct slice asks = SLICE("Asks ");

	if (reply->on_count && slice_starts(reply->on[0]->title, asks)) {
		page_addz(page, STYLE_PLAIN, "being asked ");
		page_add(page, STYLE_PLAIN,
		         slice_sub(reply->on[0]->title, asks.len, reply->on[0]->title.len));
	} else if (reply->on_count) {
		add_title(page, reply->on[0]->title);
	} else if (reply->stances) {
		page_addz(page, STYLE_PLAIN, stance_thing(reply->stances));
	} else {
		page_addz(page, STYLE_PLAIN, "anything");
	}
	if (reply->about >= 0) {
		page_addz(page, STYLE_PLAIN, " about ");
		page_add(page, STYLE_PLAIN, scenario->topics[reply->about].title);
	}
}

/* Whether the two would read alike in trigger_words. */
static bool alike(const struct reply *a, const struct reply *b)
{
	if (a->about != b->about || !a->on_count != !b->on_count)
		return false;
	if (a->on_count)
		return a->on[0] == b->on[0];
	if (!a->stances || !b->stances)
		return a->stances == b->stances;
	return stance_thing(a->stances) == stance_thing(b->stances);
}

/* Neither like the line that was said nor like one already named. */
static bool is_new(const struct turn *turn, size_t index)
{
	const struct candidate *candidates = turn->candidates;
	size_t i;

	for (i = 0; i < turn->candidate_count; i++) {
		if ((i < index || candidates[i].won) &&
		    alike(candidates[i].reply, candidates[index].reply))
			return false;
	}
	return !candidates[index].reply->otherwise;
}

static void others(struct page *page, const struct scenario *scenario, const struct turn *turn)
{
	size_t shown = 0;
	size_t i;

	for (i = 0; i < turn->candidate_count && shown < OTHERS_SHOWN; i++) {
		if (!is_new(turn, i))
			continue;
		if (shown++ == 0) {
			page_begin(page, REPORT_SPEECH, REPORT_SPEECH + 2);
			page_add(page, STYLE_PLAIN, scenario->name);
			page_addz(page, STYLE_PLAIN, " also had lines for: ");
		} else {
			page_addz(page, STYLE_PLAIN, "; ");
		}
		trigger_words(page, turn->candidates[i].reply, scenario);
	}
	if (shown == 0)
		return;
	page_addz(page, STYLE_PLAIN, ". ");
	page_addz(page, STYLE_DIM, "/why all has the rest.");
	page_end(page);
}

void report_why(struct page *page, const struct session *session, const struct turn *turn, bool all)
{
	const struct scenario *scenario = session_scenario(session);

	heard(page, session, turn, "No move was heard in your last turn.", all);
	if (all) {
		report_why_rules(page, scenario, turn);
		return;
	}
	answer(page, scenario, turn);
	others(page, scenario, turn);
}

void report_why_heard(struct page *page, const struct session *session, const struct turn *turn)
{
	heard(page, session, turn, "No move was heard.", true);
	report_acts(page, &turn->heard);
}

/* The move of `count(ID) …`, and what stands behind it; NULL when it is something else. */
static const struct move *counted(const struct ruleset *ruleset, struct slice term,
                                  struct slice *behind)
{
	const struct slice start = SLICE("count(");
	size_t close = slice_find(term, SLICE(") "));

	if (!slice_starts(term, start) || close >= term.len)
		return NULL;
	*behind = slice_sub(term, close + 2, term.len);
	return ruleset_move(ruleset, slice_sub(term, start.len, close));
}

/* “count(a) = 0”, “count(a) >= 1 or count(b) >= 1”: before or after which moves. Empty when the
 * condition is none of these. */
static struct slice counted_words(const struct ruleset *ruleset, struct slice term,
                                  struct arena *arena)
{
	const struct slice either = SLICE(" or ");
	struct slice words = {0};
	struct slice behind;
	const struct move *move;

	if (slice_starts(term, SLICE("(")) && slice_ends(term, SLICE(")")) &&
	    !slice_starts(term, SLICE("count(")))
		term = slice_sub(term, 1, term.len - 1);
	move = counted(ruleset, term, &behind);

	if (move && (slice_is(behind, "= 0") || slice_is(behind, "< 1")))
		return slice_format(arena, "before your first “%.*s”", SLICE_ARGS(move->title));
	if (move && slice_is(behind, "< 2"))
		return slice_format(arena, "before your second “%.*s”", SLICE_ARGS(move->title));
	while (term.len) {
		size_t end = slice_find(term, either);

		move = counted(ruleset, slice_sub(term, 0, end), &behind);
		if (!move || !slice_is(behind, ">= 1"))
			return SLICE("");
		words = words.len ? slice_format(arena, "%.*s or “%.*s”", SLICE_ARGS(words),
		                                 SLICE_ARGS(move->title))
		                  : slice_format(arena, "after an earlier “%.*s”",
		                                 SLICE_ARGS(move->title));
		term = slice_sub(term, end + either.len < term.len ? end + either.len : term.len,
		                 term.len);
	}
	return words;
}

/* What a term of a condition asks for, in words; empty where it takes a rule writer to read. */
static struct slice condition_words(const struct session *session, struct slice term,
                                    struct arena *arena)
{
	const struct slice name = session_scenario(session)->name;
	long number;

	if (slice_is(term, "question"))
		return SLICE("as a question");
	if (slice_is(term, "not question"))
		return SLICE("when it is no question");
	if (slice_starts(term, SLICE("turn >= ")) &&
	    slice_int(slice_sub(term, 8, term.len), 1, LIMIT_TURNS, &number))
		return slice_format(arena, "from your turn %ld on", number);
	if (slice_starts(term, SLICE("words >= ")) &&
	    slice_int(slice_sub(term, 9, term.len), 1, LIMIT_UTTERANCE_BYTES, &number))
		return slice_format(arena, "in at least %ld words", number);
	if (slice_starts(term, SLICE("words <= ")) &&
	    slice_int(slice_sub(term, 9, term.len), 1, LIMIT_UTTERANCE_BYTES, &number))
		return slice_format(arena, "in at most %ld words", number);
	if (slice_starts(term, SLICE("echo")) && slice_find(term, SLICE(">")) < term.len)
		return slice_format(arena, "when it takes up words of %.*s's", SLICE_ARGS(name));
	if (slice_starts(term, SLICE("echo")) && slice_find(term, SLICE("<")) < term.len)
		return slice_format(arena, "when it takes up fewer words of %.*s's",
		                    SLICE_ARGS(name));
	return counted_words(session_ruleset(session), term, arena);
}

static void miss_plainly(struct page *page, const struct session *session, const struct turn *turn,
                         const struct move *move, const struct near_miss *miss)
{
	const bool quoted = miss->where.end > miss->where.start;
	struct arena arena;
	struct slice condition;

	if (miss->miss == MISS_FOUND || miss->miss == MISS_PATTERN) {
		page_add(page, STYLE_BOLD, move->title);
		page_addz(page, STYLE_PLAIN,
		          miss->miss == MISS_FOUND
		                  ? " was heard: /why shows where."
		                  : " was not heard: nothing you said comes near it.");
		return;
	}
	arena_init(&arena);
	if (quoted)
		report_quote(page, STYLE_PLAIN, slice_span(turn->utterance, miss->where), 60);
	page_addz(page, STYLE_PLAIN, quoted ? " came near " : "Your words came near ");
	page_add(page, STYLE_BOLD, move->title);
	switch (miss->miss) {
	case MISS_WHEN:
		condition = condition_words(session, miss->condition, &arena);
		page_addz(page, STYLE_PLAIN, ", but that counts only ");
		if (condition.len)
			page_add(page, STYLE_PLAIN, condition);
		else
			page_addz(page, STYLE_PLAIN, "in other circumstances");
		break;
	case MISS_YIELDS:
		page_addz(page, STYLE_PLAIN, ", but the same words were heard as ");
		add_title(page, miss->other->title);
		break;
	case MISS_NEEDS:
		page_addz(page, STYLE_PLAIN, ", but that counts only with or after ");
		add_title(page, miss->other->title);
		page_addz(page, STYLE_PLAIN, ", which was not heard");
		break;
	default:
		page_addz(page, STYLE_PLAIN, ", but other words there make it something else");
		break;
	}
	page_addz(page, STYLE_PLAIN, ".");
	arena_release(&arena);
}

static void meaning(struct page *page, const struct move *move)
{
	if (move->about.len == 0)
		return;
	page_begin(page, REPORT_SPEECH, REPORT_SPEECH);
	page_addz(page, STYLE_PLAIN, "It means: ");
	page_add(page, STYLE_PLAIN, move->about);
	page_end(page);
}

void report_why_not(struct page *page, const struct session *session, const struct turn *turn,
                    const struct move *move, bool all)
{
	struct history *before = session_history(session, turn->number);
	struct near_miss miss = {0};
	struct arena arena;

	arena_init(&arena);
	detect_why_not(session_detector(session), turn->utterance, before, move, &arena, &miss);
	if (all) {
		report_near_miss(page, turn, move, &miss);
	} else {
		page_begin(page, REPORT_SPEECH, REPORT_SPEECH);
		miss_plainly(page, session, turn, move, &miss);
		page_end(page);
	}
	if (miss.miss != MISS_FOUND)
		meaning(page, move);
	arena_release(&arena);
	history_free(before);
}
