" Scenarios, temperaments, drills and rule packs of rehearse.
if exists('b:current_syntax')
  finish
endif

" What begins a block stands at the left edge.
syntax match rehearseBlock /^\(scenario\|temperament\|persona\|brief\|evidence\|goal\|beat\|knows\|tells\|ending\|model\|move\|framework\|list\|meter\|deck\|coach\|prompt\|on\|aside\|otherwise\|instead\)\>/ nextgroup=rehearseName skipwhite
syntax match rehearseBlock /^\(about\|language\|licence\|source\)\>/ nextgroup=rehearseProse skipwhite
syntax match rehearseBlock /^topic\>/ nextgroup=rehearseTopic skipwhite
syntax match rehearseTopic /[a-z][a-z0-9_-]*/ contained nextgroup=rehearsePattern skipwhite
syntax match rehearseName /.*$/ contained contains=rehearseCondition,rehearseSlot
syntax match rehearseKeyword /^\s\+\(about\|agrees\|also\|answers\|aside\|axis\|cell\|checks\|confidence\|cue\|denies\|effect\|ect\|ending\|fits\|focus\|framework\|from\|generic\|go\|good\|high\|id\|instead\|item\|language\|level\|list\|low\|mends\|middle\|minutes\|move\|moves\|needs\|on\|optional\|or\|otherwise\|persona\|quiet\|reacts\|room\|scenario\|shows\|start\|temperament\|then\|topic\|turns\|use\|when\|whole\|without\|x\|y\|yields\|ask\)\>/ nextgroup=rehearseRest skipwhite
syntax match rehearseKeyword /^\s\+\(advice\|cycle\|evidence\|heard\|helped\|hint\|interaction\|licence\|phase\|say\|source\|step\|task\|thinks\|title\|verdict\|voice\|who\|wonder\|words\)\>:\?/ nextgroup=rehearseProse skipwhite
syntax match rehearseProse /.*$/ contained contains=rehearseSlot
syntax match rehearseRest /.*$/ contained contains=rehearseCondition,rehearseSlot,rehearseEffect
syntax match rehearsePatternKey /^\s\+\(match\|unless\|agrees\|denies\)\>/ nextgroup=rehearsePattern skipwhite
syntax match rehearsePattern /.*$/ contained contains=rehearseList,rehearseGroup
syntax match rehearseGroup /(?<\w\+>\|(?[:=!]\|(?<[=!]/ contained
syntax match rehearseList /\(\\[pPxogkN]\)\@<!{[a-z][a-z0-9_-]*}/ contained
syntax match rehearseTest /^\s\+\(yes\|no\)\>/ nextgroup=rehearseTestLine skipwhite
syntax match rehearseTestLine /.*$/ contained contains=rehearseArrow
syntax match rehearseArrow /=>/ contained
syntax match rehearseCondition /\<\(when\|about\|and\|or\|not\|done\|in_order\|asked\|agreed\|told\|count\|trust\|tension\|clarity\|ownership\|turn\|words\|question\|questions\|echo\|echo_all\|echo_run\|echo_turns\)\>/ contained
syntax match rehearseEffect /[+-]\d\+/ contained
syntax match rehearseSlot /{[a-z][^}]*}/ contained
syntax match rehearseSpeaker /^\s*\u[^:]\{0,40}:/ nextgroup=rehearseSpeech skipwhite
syntax match rehearseSpeech /.*$/ contained contains=rehearseDirection,rehearseSlot
syntax match rehearseDirection /([^)]*)/ contained
syntax match rehearseComment /^\s*#\( .*\)\?$/
syntax match rehearseTab /^ *\t\+/

highlight default link rehearseBlock Statement
highlight default link rehearseName Title
highlight default link rehearseTopic Title
highlight default link rehearseKeyword Keyword
highlight default link rehearsePatternKey Keyword
highlight default link rehearseTest Keyword
highlight default link rehearsePattern String
highlight default link rehearseGroup Special
highlight default link rehearseList Identifier
highlight default link rehearseArrow Operator
highlight default link rehearseCondition Conditional
highlight default link rehearseEffect Number
highlight default link rehearseSlot Identifier
highlight default link rehearseSpeaker Type
highlight default link rehearseDirection Comment
highlight default link rehearseComment Comment
highlight default link rehearseTab Error

let b:current_syntax = 'rehearse'
