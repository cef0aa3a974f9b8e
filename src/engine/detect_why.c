/* detect_why.c: the nearest miss: why a move was not found (detect.h). */
#include "engine/detect_parts.h"

/* Shorter literals stand in any text. */
#define LITERAL_MIN 3u

/* How near a miss came: found but dropped, matched but stopped, or nothing. */
static int nearness(enum miss miss)
{
	switch (miss) {
	case MISS_FOUND:
		return 3;
	case MISS_YIELDS:
	case MISS_NEEDS:
		return 2;
	case MISS_UNLESS:
	case MISS_WHEN:
		return 1;
	case MISS_PATTERN:
		break;
	}
	return 0;
}

static void note(struct hearing *hearing, const struct near_miss *miss)
{
	if (hearing->asked == miss->rule->move &&
	    nearness(miss->miss) > nearness(hearing->miss->miss))
		*hearing->miss = *miss;
}

void why_vetoed(struct hearing *hearing, const struct rule *rule, const struct pattern *veto,
                struct span where)
{
	if (hearing->miss)
		note(hearing,
		     &(struct near_miss){
		             .miss = MISS_UNLESS, .rule = rule, .veto = veto, .where = where});
}

void why_failed(struct hearing *hearing, const struct rule *rule, const struct expr *when,
                struct span where)
{
	struct near_miss miss = {.miss = MISS_WHEN, .rule = rule, .where = where};
	size_t terms = expr_terms(when);
	bool holds = true;
	size_t i;

	if (!hearing->miss)
		return;
	for (i = 0; i < terms && holds; i++)
		miss.condition = expr_term(when, i, detect_feature, hearing, &holds);
	note(hearing, &miss);
}

void why_dropped(struct hearing *hearing, enum miss kind, const struct detection *detection,
                 const struct move *other)
{
	if (hearing->miss)
		note(hearing, &(struct near_miss){.miss = kind,
		                                  .rule = detection->rule,
		                                  .other = other,
		                                  .where = detection->where});
}

static bool is_literal(char byte)
{
	return (byte >= 'a' && byte <= 'z') || byte == ' ' || byte == '\'' ||
	       (unsigned char)byte >= 0x80;
}

/* Cuts the next run of plain letters off a pattern; escapes, classes and names of groups are none.
 */
static bool next_literal(struct slice pattern, size_t *at, struct slice *literal)
{
	size_t start = *at;
	size_t end;

	while (start < pattern.len && !is_literal(pattern.at[start])) {
		size_t close;

		if (pattern.at[start] == '\\') {
			start += 2;
		} else if (pattern.at[start] == '[') {
			close = slice_find(slice_sub(pattern, start, pattern.len), SLICE("]"));
			start += close + 1;
		} else if (pattern.at[start] == '(' && start + 2 < pattern.len &&
		           pattern.at[start + 1] == '?' && pattern.at[start + 2] == '<') {
			close = slice_find(slice_sub(pattern, start, pattern.len), SLICE(">"));
			start += close + 1;
		} else {
			start++;
		}
	}
	end = start;
	while (end < pattern.len && is_literal(pattern.at[end]))
		end++;
	/* "sounds?" may lack its last letter. */
	if (end > start && end < pattern.len && strchr("?*{", pattern.at[end]))
		end--;
	*at = end > start ? end : start + 1;
	if (start >= pattern.len)
		return false;
	*literal = slice_trim(slice_sub(pattern, start, end));
	return true;
}

/* The rule whose longest literal is in the text. */
static void nearest_pattern(struct hearing *hearing, const struct move *move)
{
	struct slice text = hearing->out->folded.text;
	size_t longest = LITERAL_MIN - 1;
	struct slice literal;
	size_t i;

	for (i = 0; i < move->rule_count; i++) {
		size_t at = 0;

		while (next_literal(move->rules[i]->match.text, &at, &literal)) {
			size_t found;

			if (literal.len <= longest)
				continue;
			found = slice_find(text, literal);
			if (found == text.len)
				continue;
			longest = literal.len;
			hearing->miss->rule = move->rules[i];
			hearing->miss->where = detect_typed(
			        hearing,
			        (struct span){(uint32_t)found, (uint32_t)(found + literal.len)});
		}
	}
}

void detect_why_not(struct detector *detector, struct slice said, const struct history *before,
                    const struct move *move, struct arena *arena, struct near_miss *out)
{
	struct detections heard;
	struct hearing hearing = {.detector = detector,
	                          .before = before,
	                          .arena = arena,
	                          .out = &heard,
	                          .asked = move,
	                          .miss = out};
	const struct detection *found;

	*out = (struct near_miss){.miss = MISS_PATTERN};
	detect_hear(&hearing, said);
	found = detections_of(&heard, move);
	if (found)
		*out = (struct near_miss){
		        .miss = MISS_FOUND, .rule = found->rule, .where = found->where};
	else if (out->miss == MISS_PATTERN)
		nearest_pattern(&hearing, move);
}
