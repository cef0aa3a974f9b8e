/* repl_voice.c: see repl_voice.h. */
#include "repl_voice.h"

#include "base/utf8.h"
#include "edge/journal.h"
#include "edge/report.h"
#include "edge/report_opinion.h"
#include "edge/voicing.h"
#include "repl_log.h"

static void keep(void *context)
{
	repl_keep(context);
}

/* A stage direction, then words: as report_speech has it. */
static void add_sentence(struct page *page, struct slice sentence)
{
	size_t close = 0;

	if (slice_starts(sentence, SLICE("(")) && slice_find(sentence, SLICE(")")) < sentence.len)
		close = slice_find(sentence, SLICE(")")) + 1;
	page_add(page, STYLE_DIM, slice_sub(sentence, 0, close));
	page_add(page, STYLE_PLAIN, slice_sub(sentence, close, sentence.len));
	page_addz(page, STYLE_PLAIN, " ");
}

static bool show(void *context, struct slice sentence, bool first)
{
	struct repl *repl = context;
	struct page *page = &repl->page;
	const struct slice name = repl->play->scenario->name;
	size_t column = REPORT_MARGIN + utf8_width(name) + 2;

	if (first) {
		page_begin(page, REPORT_MARGIN, column < REPORT_SPEECH ? REPORT_SPEECH : column);
		page_add(page, STYLE_BOLD, name);
		if (page->plain)
			page_addz(page, STYLE_PLAIN, ": ");
		else
			page_tab(page, REPORT_SPEECH);
	}
	add_sentence(page, sentence);
	return repl_show(repl);
}

void repl_voice(struct repl *repl)
{
	const struct voicing_talk talk = {.session = repl->session,
	                                  .attempt = journal_attempt(repl->play->journal),
	                                  .keep = keep,
	                                  .show = show,
	                                  .context = repl};
	struct voicing_result result;

	/* What was heard stands there while the model thinks. */
	repl_show(repl);
	voicing_answer(repl->play->voicing, &talk, &result);
	page_end(&repl->page);
	if (result.message[0])
		page_textz(&repl->page, REPORT_SPEECH, STYLE_DIM, result.message);
}

void repl_opinion(struct repl *repl)
{
	struct voicing *voicing = repl->play->voicing;
	struct opinion opinion;
	struct err err;

	page_textz(&repl->page, REPORT_MARGIN, STYLE_DIM,
	           "The LLM reads it through. Ctrl-C stops it.");
	repl_show(repl);
	opinion_init(&opinion, repl->session);
	if (voicing_opinion(voicing, journal_attempt(repl->play->journal), &opinion, &err))
		report_opinion(&repl->page, &opinion, voicing_host(voicing));
	else
		page_text(&repl->page, REPORT_MARGIN, STYLE_DIM, slice_of(err.text));
	page_gap(&repl->page);
	opinion_release(&opinion);
}
