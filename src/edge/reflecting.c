/* reflecting.c: see reflecting.h. */
#include "edge/reflecting.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "edge/calendar.h"
#include "edge/clock.h"
#include "edge/out.h"
#include "edge/report.h"
#include "edge/term.h"

#define AGAIN "  Ctrl-C again to leave; what you answered is kept."

static const struct question {
	struct slice kind;
	const char *ask;
} questions[] = {
        {{"helped", 6}, "What helped?"},
        {{"hindered", 8}, "What got in the way?"},
        {{"missing", 7}, "What was missing?"},
        {{"intention", 9}, "For the real conversation: one thing you mean to do?"},
};
#define QUESTIONS (sizeof(questions) / sizeof(questions[0]))

struct asking {
	const struct reflecting *with;
	struct page *page;
	struct strbuf line;
	struct arena arena;
	const struct store_note *notes; /* of before */
	size_t note_count;
	bool kept; /* something was */
	bool over; /* the mentor leaves, or the log failed */
};

/* What is asked is for whoever sits there: a pipe has its answers. */
static bool show(struct asking *asking)
{
	bool fine = true;

	if (term_is_live(asking->with->term))
		fine = term_write(asking->with->term, strbuf_slice(&asking->page->out));
	strbuf_clear(&asking->page->out);
	asking->page->width = term_look(1).width;
	return fine;
}

static void say(struct asking *asking, enum style style, const char *text)
{
	page_textz(asking->page, REPORT_MARGIN, style, text);
}

/* What could not be taken. */
static void refuse(struct asking *asking, const char *text)
{
	struct strbuf line = {0};

	if (term_is_live(asking->with->term)) {
		say(asking, STYLE_DIM, text);
		return;
	}
	strbuf_addf(&line, "rehearse: %s", text);
	out_note(strbuf_slice(&line));
	strbuf_release(&line);
}

/* The next answer; empty for Enter. False to leave. */
static bool hear(struct asking *asking, struct slice *typed)
{
	const char *prompt = asking->page->plain ? "> " : "  > ";

	while (show(asking)) {
		switch (term_read(asking->with->term, prompt, AGAIN, LIMIT_PLAN_BYTES,
		                  &asking->line)) {
		case TERM_LINE:
			*typed = slice_trim(strbuf_slice(&asking->line));
			if (slice_is(*typed, "q"))
				return false;
			if (utf8_invalid(*typed) == typed->len)
				return true;
			refuse(asking, "That is not UTF-8 text; please write it again.");
			break;
		case TERM_LONG:
			refuse(asking, "That is over 8 KiB; a few sentences are enough.");
			break;
		default:
			return false;
		}
	}
	return false;
}

static bool has_outcome(const struct asking *asking, const struct store_note *note)
{
	size_t i;

	for (i = 0; i < asking->note_count; i++) {
		if (asking->notes[i].about == note->id)
			return true;
	}
	return false;
}

/* The last one of that kind, or NULL. An intention that was carried out stays as it is. */
static const struct store_note *before(const struct asking *asking, struct slice kind)
{
	size_t i;

	for (i = asking->note_count; i > 0; i--) {
		const struct store_note *note = &asking->notes[i - 1];

		if (slice_eq(note->kind, kind))
			return has_outcome(asking, note) ? NULL : note;
	}
	return NULL;
}

static bool put(struct asking *asking, const struct store_note *old, struct store_note *note,
                struct err *err)
{
	asking->kept = true;
	if (!old)
		return store_add_note(asking->with->store, note, err);
	note->id = old->id;
	return note->text.len ? store_change_note(asking->with->store, note, err)
	                      : store_drop_note(asking->with->store, note->id, err);
}

/* The day of the real conversation; `*due` when none is named. False to leave. */
static bool ask_when(struct asking *asking, bool in_a_week, double *due)
{
	struct strbuf day = {0};
	struct slice typed = {0};
	bool heard;

	calendar_write(*due, &day);
	page_begin(asking->page, REPORT_MARGIN, REPORT_MARGIN);
	page_addf(asking->page, STYLE_PLAIN,
	          "When is it? A day such as thursday, in 5 days, 3 dec. Enter: %s%s.",
	          in_a_week ? "in a week, on " : "", day.at);
	page_end(asking->page);
	strbuf_release(&day);
	while ((heard = hear(asking, &typed)) && typed.len) {
		if (calendar_read(typed, clock_now(), due))
			break;
		refuse(asking, "I read no day to come in that; thursday, in 5 days or 3 dec I "
		               "can read.");
	}
	return heard;
}

static bool answer(struct asking *asking, const struct question *question, struct slice typed,
                   struct err *err)
{
	const struct store_note *old = before(asking, question->kind);
	struct store_note note = {.session = asking->with->session,
	                          .attempt = asking->with->attempt,
	                          .kind = question->kind,
	                          .at = clock_now()};
	bool fine;

	if (slice_is(typed, "-") && !old)
		return true;
	if (!slice_is(typed, "-"))
		note.text = slice_copy(&asking->arena, typed);
	if (slice_eq(question->kind, NOTE_INTENTION) && note.text.len) {
		bool dated = old && old->due > clock_now();

		/* Kept before the day is asked for: whoever leaves there has it in a week. */
		note.due = dated ? old->due : calendar_due(calendar_in_a_week(clock_now()));
		fine = put(asking, old, &note, err);
		asking->over = fine && !ask_when(asking, !dated, &note.due);
		return fine && store_change_note(asking->with->store, &note, err);
	}
	return put(asking, old, &note, err);
}

static bool ask(struct asking *asking, const struct question *question, struct err *err)
{
	const struct store_note *old = before(asking, question->kind);
	struct slice typed;

	page_begin(asking->page, REPORT_MARGIN, REPORT_MARGIN);
	page_addz(asking->page, STYLE_PLAIN, question->ask);
	if (old) {
		page_addz(asking->page, STYLE_DIM, " So far: ");
		report_quote(asking->page, STYLE_DIM, old->text, 400);
		term_remember(asking->with->term, old->text);
	}
	page_end(asking->page);
	if (!hear(asking, &typed)) {
		asking->over = true;
		return true;
	}
	return typed.len == 0 || answer(asking, question, typed, err);
}

bool reflecting_run(const struct reflecting *reflecting, struct page *page, struct err *err)
{
	struct asking asking = {.with = reflecting, .page = page};
	struct store_note *notes = NULL;
	bool fine;
	size_t i;

	arena_init(&asking.arena);
	fine = store_notes(reflecting->store, reflecting->attempt, &asking.arena, &notes,
	                   &asking.note_count, err);
	asking.notes = notes;
	if (fine && term_is_live(reflecting->term)) {
		page_gap(page);
		say(&asking, STYLE_DIM,
		    asking.note_count ? "Enter keeps what is there, - takes it away, q leaves."
		                      : "Each is optional: Enter passes on, q leaves.");
	}
	for (i = 0; fine && !asking.over && i < QUESTIONS; i++)
		fine = ask(&asking, &questions[i], err);
	if (!term_is_live(reflecting->term))
		strbuf_clear(&page->out);
	if (asking.kept && fine)
		say(&asking, STYLE_DIM, "Kept with this attempt.");
	strbuf_release(&asking.line);
	arena_release(&asking.arena);
	return fine;
}
