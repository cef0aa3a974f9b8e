# Every deck that is shipped passes its check: each good version is heard as its move, nothing that must not count is. And
# there is enough to drill: 150 prompts, and 12 for each move of active listening and AID.
set -u
rehearse check "$TOP/scenarios/drills" --shipped-only || exit 1
prompts=$(cat "$TOP"/scenarios/drills/*.deck | grep -c '^prompt ')
if [ "$prompts" -lt 150 ]; then
	echo "only $prompts prompts"
	exit 1
fi
for move in minimal_encourager open_question repetition emotional_label paraphrase i_message pause summarise \
	action impact desired_outcome; do
	count=$(cat "$TOP"/scenarios/drills/*.deck | grep -c "^  ask $move\$")
	if [ "$count" -lt 12 ]; then
		echo "only $count prompts for $move"
		exit 1
	fi
done
