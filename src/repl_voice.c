/* repl_voice.c: see repl_voice.h. */
#include "repl_voice.h"

#include "edge/journal.h"
#include "edge/report.h"
#include "edge/report_opinion.h"
#include "edge/voicing.h"
#include "repl_log.h"

static void keep(void *context)
{
	repl_keep(context);
}

static bool show(void *context, struct slice sentence, bool first)
{
	struct repl *repl = context;

	if (first)
		report_speaker(&repl->page, repl->play->scenario->name);
	report_said(&repl->page, sentence);
	page_addz(&repl->page, STYLE_PLAIN, " ");
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
